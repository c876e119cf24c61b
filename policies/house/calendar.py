"""Service periods on the calendar: their instants, the period at an instant, turn times, slots.

Every instant returned is in UTC: Python compares and subtracts two datetimes of one zone by their
wall clocks, which is wrong by an hour on the nights the clocks change.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from msgspec import Struct

from policies.house.house import BuyOut, Closure, Day, House, ServicePeriod, TurnTime
from policies.house.room import room_of
from policies.house.rules import HeldWindow
from policies.house.zones import zone_named


class AreaBack(Struct, frozen=True, kw_only=True):
    """An area that is shut, and the instant of the evening from which on it is open again."""

    area: str
    at: datetime


class Period(Struct, frozen=True, kw_only=True):
    """One service period on one service date; its row is the lock for every promise in it.

    `opens` <= start of a party <= `last_seating`; `closes` ends the period. `rules_version`: the
    rules in force when it opened for booking, None where none were published. `online_paused`,
    `seating_stopped`, `last_orders_at`, `closes_early_at`, `areas_shut` and `pacing_covers` (covers
    that may start per 15 minutes, where fewer than the house file says) are the evening's levers:
    None, False or empty when not in use. One with an end within the evening matters to parties who
    start before it (`seating_stopped_until`, `pacing_covers_until`, `areas_back`; None: to all);
    `pacing_covers_then`: the pace from that end on, where another lever holds again.
    `holds_made`: its held tables were created.
    `served` False: the house in force no longer serves it, and promises of it may remain.
    """

    period_id: str
    service_date: date
    name: str
    opens: datetime
    last_seating: datetime
    closes: datetime
    house_version: int
    rules_version: int | None = None
    version: int = 0
    online_paused: bool = False
    seating_stopped: bool = False
    seating_stopped_until: datetime | None = None
    last_orders_at: datetime | None = None
    closes_early_at: datetime | None = None
    areas_shut: tuple[str, ...] = ()
    areas_back: tuple[AreaBack, ...] = ()
    pacing_covers: int | None = None
    pacing_covers_until: datetime | None = None
    pacing_covers_then: int | None = None
    closed_at: datetime | None = None
    holds_made: bool = False
    served: bool = True


DAY = timedelta(days=1)
WEEK: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class NoSuchPeriod(LookupError):
    """The house serves no period of this name on this date."""

    def __init__(self, service_date: date, name: str) -> None:
        """Store the service date and the name for the error answer."""
        super().__init__(f"no period {name!r} on {service_date.isoformat()}")
        self.service_date = service_date
        self.name = name


def local_instant(zone: tzinfo, day: date, clock: time, *, second: bool = False) -> datetime:
    """Return the instant (UTC) at which the wall clocks of `zone` show `clock` on `day`.

    A local time skipped by a clock change moves forward by the gap; one that occurs twice is the
    first, or the second if `second`.
    """
    wall = datetime.combine(day, clock, zone)
    first = wall.replace(fold=0).astimezone(UTC)
    skipped = first.astimezone(zone).replace(tzinfo=None) != wall.replace(tzinfo=None)
    return first if skipped or not second else wall.replace(fold=1).astimezone(UTC)


def local_time(zone: tzinfo, instant: datetime) -> datetime:
    """Return what the wall clocks of `zone` show at `instant`, as a datetime without a zone."""
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)


def instant_near(zone: tzinfo, local: datetime, near: datetime) -> datetime:
    """Return the instant (UTC) at which the clocks show `local`: of two the one nearer to `near`.

    A local time skipped by a clock change moves forward by the gap.
    """
    passes = [
        local_instant(zone, local.date(), local.time(), second=second) for second in (False, True)
    ]
    return min(passes, key=lambda instant: abs(instant - near))


def zone_of(house: House) -> tzinfo:
    """Return the time zone of the venue."""
    return zone_named(house.venue.zone)


def service_periods(house: House, service_date: date) -> tuple[ServicePeriod, ...]:
    """Return the periods the house gives for a date, by opening.

    A special day comes first, then a closure of the whole house, then the week.
    """
    for special in house.special_days:
        if special.date == service_date:
            return _by_opening(special.periods)
    if any(not closure.areas for closure in closures_on(house, service_date)):
        return ()
    day = WEEK[service_date.weekday()]
    return _by_opening(tuple(period for period in house.periods if day in period.days))


def closures_on(house: House, service_date: date) -> tuple[Closure, ...]:
    """Return the closures, of the house or of areas, that cover a service date."""
    return tuple(
        closure
        for closure in house.closures
        if closure.from_date <= service_date <= closure.until_date
    )


def service_period(house: House, service_date: date, name: str) -> ServicePeriod:
    """Return the date's period of that name; raises NoSuchPeriod."""
    for period in service_periods(house, service_date):
        if period.name == name:
            return period
    raise NoSuchPeriod(service_date, name)


YEARS = range(2000, 2200)
"""With evenings: what is reckoned from one (half a year of history) is a date of the calendar."""


def days_around(day: date) -> tuple[date, ...]:
    """Return the day before, the day and the day after; none outside `YEARS`."""
    return (day - DAY, day, day + DAY) if day.year in YEARS else ()


def periods_on(house: House, service_date: date, *, house_version: int = 0) -> tuple[Period, ...]:
    """Return the periods of a service date with their instants (UTC), in order of opening.

    None outside `YEARS`.
    """
    if service_date.year not in YEARS:
        return ()
    zone = zone_of(house)
    return tuple(
        _period(zone, service_date, written, house_version)
        for written in service_periods(house, service_date)
    )


def seating_at(periods: Iterable[Period], instant: datetime) -> Period | None:
    """Return the one in which a party may start: of two that touch, the one that opens later."""
    found = [each for each in periods if each.opens <= instant <= each.last_seating]
    return max(found, key=lambda period: period.opens, default=None)


def open_at(periods: Iterable[Period], instant: datetime) -> Period | None:
    """Return the one open at `instant`: of several, the one that opened last."""
    found = [each for each in periods if each.opens <= instant < each.closes]
    return max(found, key=lambda period: period.opens, default=None)


def open_period_at(house: House, instant: datetime, *, house_version: int = 0) -> Period | None:
    """Return the period open at `instant` (opens up to closes), seating guests or not."""
    return open_at(_periods_around(house, instant, house_version), instant)


def service_date_at(house: House, instant: datetime) -> date:
    """Return the service date of the period open at `instant`, else the local date."""
    running = open_period_at(house, instant)
    return running.service_date if running else local_date(house, instant)


def dates_of(periods: Iterable[Period], day: date, zone: tzinfo) -> tuple[date, ...]:
    """Return the service dates, in order, of the periods whose parties may start on this day.

    The hours after midnight belong to the evening before; a guest looks for them by the calendar.
    """
    dates = {
        period.service_date
        for period in periods
        if period.opens.astimezone(zone).date()
        <= day
        <= period.last_seating.astimezone(zone).date()
    }
    return tuple(sorted(dates))


def needs_approval(house: House, period: Period) -> bool:
    """Tell whether bookings in the period are requests until a person approves them."""
    return written_period(house, period).needs_approval


def written_period(house: House, period: Period) -> ServicePeriod:
    """Return a period as the house file writes it.

    One that this house does not serve (promises of it may remain) has its own hours, no pacing to
    speak of, and bookings in it ask nobody.
    """
    known, key = room_of(house).written, (period.service_date, period.name)
    try:
        if key not in known:
            known[key] = service_period(house, *key)
        return known[key]
    except NoSuchPeriod:
        zone = zone_of(house)
        clocks = (local_time(zone, at).time() for at in (period.opens, period.last_seating))
        opens, last_seating = clocks
        return ServicePeriod(
            name=period.name,
            opens=opens,
            last_seating=last_seating,
            closes=local_time(zone, period.closes).time(),
            pacing=1000,
        )


def turn_time(house: House, party_size: int, period: Period, area: str | None = None) -> TurnTime:
    """Return the turn time of the house file for a party that starts in the period.

    `area`: where it will sit, None where that is not known yet: then no turn time of an area holds.
    """
    day = WEEK[period.service_date.weekday()]
    return room_of(house).turn_time(party_size, period.name, day, area)


def turn_minutes(house: House, party_size: int, period: Period, area: str | None = None) -> int:
    """Return the turn time in minutes, table reset included (`turn_time`)."""
    return turn_time(house, party_size, period, area).minutes


def largest_party(house: House) -> int:
    """Return the largest party size that one table or one join seats."""
    alone = [table.seats_max for table in house.tables]
    return max(alone + [join.seats_max for join in house.joins])


def largest_party_online(house: House) -> int:
    """Return the largest party size that is booked without a person of the house."""
    return min(house.booking.party_max_online, largest_party(house))


def occupancy_window(period: Period, house: House) -> tuple[datetime, datetime]:
    """Return when parties of this period can occupy tables.

    From opening to the end of the last turn, and never less than to the closing.
    """
    longest = room_of(house).longest_turn(period.name, WEEK[period.service_date.weekday()])
    ends = period.last_seating + timedelta(minutes=longest)
    return period.opens, max(ends, period.closes)


def with_overlapping(
    period: Period,
    window: tuple[datetime, datetime],
    around: Iterable[tuple[Period, tuple[datetime, datetime]]],
) -> tuple[Period, ...]:
    """Return the period and those around it whose occupancy windows overlap its own, in order."""
    others = (
        other
        for other, occupied in around
        if other.period_id != period.period_id and _overlap(occupied, window)
    )
    return tuple(sorted((period, *others), key=lambda each: (each.opens, each.period_id)))


def slot_starts(house: House, period: Period) -> tuple[datetime, ...]:
    """Return the bookable starts: every `slot_minutes` of absolute time up to the last seating."""
    step = timedelta(minutes=house.booking.slot_minutes)
    steps = (period.last_seating - period.opens) // step
    return tuple(period.opens + step * number for number in range(steps + 1))


def instant_in(house: House, period: Period, written: ServicePeriod, clock: time) -> datetime:
    """Return the first instant (UTC) in the period at which the wall clocks show `clock`."""
    day = period.service_date if clock >= written.opens else period.service_date + DAY
    return local_instant(zone_of(house), day, clock)


def buy_out_times(house: House, buy_out: BuyOut) -> tuple[datetime, datetime]:
    """Return when the private event begins and ends; an `ends` before `starts` is the next day."""
    zone = zone_of(house)
    starts = local_instant(zone, buy_out.date, buy_out.starts)
    return starts, _next_clock(zone, buy_out.date, buy_out.starts, buy_out.ends, starts)


def _by_opening(periods: tuple[ServicePeriod, ...]) -> tuple[ServicePeriod, ...]:
    return tuple(sorted(periods, key=lambda period: period.opens))


def _period(zone: tzinfo, day: date, written: ServicePeriod, house_version: int) -> Period:
    opens = local_instant(zone, day, written.opens)
    last_seating = _next_clock(zone, day, written.opens, written.last_seating, opens)
    return Period(
        period_id=f"{day.isoformat()}.{written.name}",
        service_date=day,
        name=written.name,
        opens=opens,
        last_seating=last_seating,
        closes=_closing(zone, day, written, last_seating),
        house_version=house_version,
    )


def _closing(zone: tzinfo, day: date, written: ServicePeriod, earliest: datetime) -> datetime:
    if written.closes == written.opens:
        day += DAY
    return _next_clock(zone, day, written.opens, written.closes, earliest)


def _next_clock(zone: tzinfo, day: date, opens: time, clock: time, earliest: datetime) -> datetime:
    """Return the first instant local time `clock` follows `opens`, not before `earliest`."""
    day_shown = day if clock >= opens else day + DAY
    return max(earliest, local_instant(zone, day_shown, clock, second=True))


def _overlap(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def local_date(house: House, instant: datetime) -> date:
    """Return the date on the wall clocks of the house."""
    return instant.astimezone(zone_of(house)).date()


def _periods_around(house: House, instant: datetime, house_version: int) -> tuple[Period, ...]:
    return _periods_of_days(house, local_date(house, instant), house_version)


def _periods_of_days(house: House, middle: date, house_version: int) -> tuple[Period, ...]:
    return tuple(
        period
        for day in days_around(middle)
        for period in periods_on(house, day, house_version=house_version)
    )


def is_on(window: HeldWindow, period: Period) -> bool:
    """Tell whether the window is held on the date of the period."""
    return not window.days or WEEK[period.service_date.weekday()] in window.days


def window_times(window: HeldWindow, house: House, period: Period) -> tuple[datetime, datetime]:
    """Return the held window's instants; a start before the period's opening is after midnight."""
    zone = zone_of(house)
    starts = local_instant(zone, period.service_date, window.starts)
    if starts < period.opens:
        next_day = period.service_date + timedelta(days=1)
        starts = local_instant(zone, next_day, window.starts)
    return starts, starts + timedelta(minutes=window.minutes)
