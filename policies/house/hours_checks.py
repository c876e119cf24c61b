"""Checks of opening hours: each period, pacing changes, and overlaps between periods."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import combinations

from policies.house.calendar import WEEK, YEARS, service_periods
from policies.house.grid import DAY_MINUTES, GRID_MINUTES
from policies.house.house import Day, House, ServicePeriod
from policies.house.shape import Path, Problem, days_named
from policies.words.message import Message, message


def hours_problems(house: House) -> Iterator[Problem]:
    """Yield every contradiction in the weekly periods and the special days."""
    yield from _same_name_same_day(house)
    yield from _periods(house)
    yield from _special_periods(house)
    yield from _overlaps(house)


def period_names(house: House) -> set[str]:
    """Return the names of all periods, those of special days included."""
    special = {period.name for day in house.special_days for period in day.periods}
    return special | {period.name for period in house.periods}


def grid_problems(path: Path, clock: time) -> Iterator[Problem]:
    """Yield a problem for a local time that is not a multiple of 5 minutes."""
    if clock.minute % GRID_MINUTES or clock.second or clock.microsecond:
        got = clock.isoformat("auto" if clock.second or clock.microsecond else "minutes")
        yield path, message("time-off-grid", minutes=GRID_MINUTES, got=got)


def year_problems(path: Path, day: date) -> Iterator[Problem]:
    """Yield a problem for a date outside `YEARS` (a typing error)."""
    if day.year not in YEARS:
        years = {"low": f"{YEARS.start}", "high": f"{YEARS.stop - 1}"}
        yield path, message("year-out-of-range", **years, got=day.isoformat())


def _same_name_same_day(house: House) -> Iterator[Problem]:
    for (_, one), (number, other) in combinations(enumerate(house.periods), 2):
        shared = one.days & other.days
        if one.name == other.name and shared:
            days = days_named(shared)
            yield ("periods", number, "name"), message("period-name-taken", days=days)


def _periods(house: House) -> Iterator[Problem]:
    for number, period in enumerate(house.periods):
        if not period.days:
            yield ("periods", number, "days"), message("period-without-days", days=", ".join(WEEK))
        yield from _hours(("periods", number), period)


def _special_periods(house: House) -> Iterator[Problem]:
    for number, special in enumerate(house.special_days):
        yield from year_problems(("special_days", number, "date"), special.date)
        for inner, period in enumerate(special.periods):
            path: Path = ("special_days", number, "periods", inner)
            if period.days:
                yield (*path, "days"), message("special-day-needs-no-days", date=f"{special.date}")
            yield from _hours(path, period)


def _hours(path: Path, period: ServicePeriod) -> Iterator[Problem]:
    for key in ("opens", "last_seating", "closes"):
        yield from grid_problems((*path, key), getattr(period, key))
    _, last, closes = _period_minutes(period)
    if last > closes:
        yield (*path, "last_seating"), _within(period.opens, period.closes, period.last_seating)
    yield from _pacing_changes((*path, "pacing_changes"), period)
    yield from _pacing_limits((*path, "pacing_limits"), period)


def _pacing_changes(path: Path, period: ServicePeriod) -> Iterator[Problem]:
    opens, last, _ = _period_minutes(period)
    before = -1
    for number, change in enumerate(period.pacing_changes):
        key = (*path, number, "start")
        start = _minutes_after(opens, change.start)
        yield from grid_problems(key, change.start)
        if start > last:
            yield key, _within(period.opens, period.last_seating, change.start)
        elif start <= before:
            yield key, message("pacing-out-of-order", got=f"{change.start:%H:%M}")
        before = start


def _pacing_limits(path: Path, period: ServicePeriod) -> Iterator[Problem]:
    opens, last, _ = _period_minutes(period)
    first: dict[tuple[object, ...], int] = {}
    for number, limit in enumerate(period.pacing_limits):
        if limit.covers is None and limit.parties is None:
            yield (*path, number), message("pacing-limit-says-nothing")
        if limit.start is not None:
            yield from grid_problems((*path, number, "start"), limit.start)
            if _minutes_after(opens, limit.start) > last:
                within = _within(period.opens, period.last_seating, limit.start)
                yield (*path, number, "start"), within
        at = period.opens if limit.start is None else limit.start
        before = first.setdefault((limit.channels, limit.areas, at), number)
        if before != number:
            yield (*path, number), message("pacing-limit-repeated", place=str(before + 1))


def _within(opens: time, closes: time, got: time) -> Message:
    hours = {"opens": f"{opens:%H:%M}", "closes": f"{closes:%H:%M}"}
    return message("time-outside-hours", **hours, got=f"{got:%H:%M}")


def _overlaps(house: House) -> Iterator[Problem]:
    for (_, one), (number, other) in combinations(enumerate(house.periods), 2):
        days = _clashing_days(one, other)
        if days:
            yield (
                ("periods", number),
                message("period-overlaps", other=one.name, days=days_named(days)),
            )
    for number, special in enumerate(house.special_days):
        if special.date.year in YEARS:
            yield from _special_overlaps(house, ("special_days", number), special.date)


def _clashing_days(one: ServicePeriod, other: ServicePeriod) -> set[Day]:
    """Return the weekdays on which two weekly periods overlap, across midnight too."""
    same = one.days & other.days if _clash(one, other) else frozenset()
    morning = {day for day in other.days if _day_before(day) in one.days and _clash(one, other, 1)}
    evening = {day for day in one.days if _day_before(day) in other.days and _clash(other, one, 1)}
    return {*same, *morning, *evening}


def _special_overlaps(house: House, path: Path, day: date) -> Iterator[Problem]:
    today = service_periods(house, day)
    for one, other in combinations(today, 2):
        if _clash(one, other):
            yield path, message("periods-overlap", one=one.name, other=other.name)
    for one in service_periods(house, day - timedelta(days=1)):
        for other in today:
            if _clash(one, other, 1):
                yield path, message("periods-overlap-before", one=one.name, other=other.name)
    tomorrow = day + timedelta(days=1)
    if tomorrow in {special.date for special in house.special_days}:
        return
    for one in today:
        for other in service_periods(house, tomorrow):
            if _clash(one, other, 1):
                yield path, message("periods-overlap-after", one=one.name, other=other.name)


def _clash(one: ServicePeriod, other: ServicePeriod, days_later: int = 0) -> bool:
    """Tell whether two periods overlap; none may open at the instant of another's last seating."""
    opens, until = _occupied(one)
    its_opens, its_until = (at + days_later * DAY_MINUTES for at in _occupied(other))
    return opens < its_until and its_opens < until


def _occupied(period: ServicePeriod) -> tuple[int, int]:
    opens, last, closes = _period_minutes(period)
    return opens, closes + 1 if last == closes else closes


def _period_minutes(period: ServicePeriod) -> tuple[int, int, int]:
    """Return opening, last seating and closing in minutes after midnight of the service date."""
    opens = _minutes(period.opens)
    closes = _minutes_after(opens, period.closes)
    last = _minutes_after(opens, period.last_seating)
    return opens, last, closes + DAY_MINUTES if closes == opens else closes


def _minutes_after(opens: int, clock: time) -> int:
    minutes = _minutes(clock)
    return minutes if minutes >= opens else minutes + DAY_MINUTES


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _day_before(day: Day) -> Day:
    return WEEK[WEEK.index(day) - 1]
