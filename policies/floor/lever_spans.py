"""For which services a command pulls its levers, who may, and the rows it makes."""

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from msgspec import Struct

from policies.book.levers import LeverKind, PulledLever, lever_id
from policies.book.lifecycles import Actor
from policies.book.refusals import CommandRefused
from policies.floor.orders import Levers
from policies.house.calendar import Period
from policies.words.message import CalendarDate, message

LEVER_UNDO_SECONDS = 3600
"""How long a lever can be undone."""

DATES_AT_MOST = 62
"""A longer closure is the house's own: a closure of the house file."""

DAYS_AHEAD_AT_MOST = 400
"""No lever is pulled for a later date: a mistyped year is likelier."""

WHOLE_EVENING = timedelta(days=2)
"""No lever ends later than this after the last date it is for."""


class LeverSpan(Struct, frozen=True):
    """The service dates, first and last included, and the names of periods; none: all of them."""

    first: date
    last: date
    periods: tuple[str, ...] = ()


def names_services(command: Levers) -> bool:
    """Tell whether the command says for which services; else it is for the running period."""
    dates = (command.service_date, command.from_date, command.until_date)
    named = command.period is not None or bool(command.periods)
    return named or any(day is not None for day in dates)


def span_of(command: Levers, today: date) -> LeverSpan:
    """Return the services that a command names. Raises CommandRefused (INVALID)."""
    if command.service_date is not None or command.from_date is None:
        span = _one_date(command, today)
    else:
        span = _range(command, command.from_date)
    if span.first < today:
        pointer = "/from_date" if command.service_date is None else "/service_date"
        raise CommandRefused("INVALID", message("lever-for-a-past-date"), pointer)
    if (span.last - today).days > DAYS_AHEAD_AT_MOST:
        pointer = "/until_date" if command.service_date is None else "/service_date"
        too_far = message("lever-too-far-ahead", days=DAYS_AHEAD_AT_MOST)
        raise CommandRefused("INVALID", too_far, pointer)
    return span


def _one_date(command: Levers, today: date) -> LeverSpan:
    if command.service_date is not None and command.from_date is not None:
        raise CommandRefused("INVALID", message("lever-date-or-range"), "/from_date")
    for pointer, given in (("/until_date", command.until_date), ("/periods", command.periods)):
        if given:
            raise CommandRefused("INVALID", message("lever-range-without-start"), pointer)
    day = command.service_date or today
    return LeverSpan(day, day, (command.period,) if command.period else ())


def _range(command: Levers, first: date) -> LeverSpan:
    last = command.until_date
    if command.period is not None:
        raise CommandRefused("INVALID", message("lever-range-names-periods"), "/period")
    if last is None or last < first:
        raise CommandRefused("INVALID", message("lever-range-ends-before"), "/until_date")
    if (last - first).days >= DATES_AT_MOST:
        too_long = message("lever-range-too-long", most=DATES_AT_MOST)
        raise CommandRefused("INVALID", too_long, "/until_date")
    return LeverSpan(first, last, tuple(dict.fromkeys(command.periods)))


def check_person(span: LeverSpan, today: date, by: Actor) -> None:
    """Raise CommandRefused (NOT_ALLOWED) for a host who pulls levers of another date than today."""
    if by == "host" and (span.first, span.last) != (today, today):
        pointer = "/until_date" if span.first == today else "/service_date"
        raise CommandRefused("NOT_ALLOWED", message("lever-ahead-is-a-managers"), pointer)


def check_services(command: Levers, span: LeverSpan, ahead: Sequence[Period]) -> None:
    """Raise CommandRefused (INVALID) where no period of the dates has one of the names.

    `ahead`: every period of the dates.
    """
    known = {period.name for period in ahead}
    for name in span.periods:
        if name not in known:
            unknown = message(
                "lever-for-no-service", period=name, date=CalendarDate(span.first, "full")
            )
            named = command.period is not None
            pointer = "/period" if named else f"/periods/{command.periods.index(name)}"
            raise CommandRefused("INVALID", unknown, pointer)


def check_end(command: Levers, last: date, now: datetime) -> None:
    """Raise CommandRefused (INVALID) for an `until` that has passed, or is too far off."""
    until = command.until
    if until is None:
        return
    if until <= now:
        raise CommandRefused("INVALID", message("lever-end-has-passed"), "/until")
    if until.date() - last > WHOLE_EVENING:
        raise CommandRefused("INVALID", message("lever-end-too-late"), "/until")


def check_areas(command: Levers, known: Collection[str]) -> None:
    """Raise CommandRefused (INVALID) for an area there is not."""
    for pointer, areas in (
        ("/areas_shut", command.areas_shut or ()),
        ("/areas_open", command.areas_open),
    ):
        if unknown := set(areas) - set(known):
            raise CommandRefused(
                "INVALID", message("stand-no-such-area", area=min(unknown)), pointer
            )
    if both := set(command.areas_shut or ()) & set(command.areas_open):
        said = message("lever-area-both-ways", area=min(both))
        raise CommandRefused("INVALID", said, "/areas_open")


def check_ahead(command: Levers) -> None:
    """Raise CommandRefused (INVALID) for what cannot be pulled ahead, or where nothing is."""
    for pointer, given in (
        ("/last_orders", command.last_orders),
        ("/close_early", command.close_early),
    ):
        if given:
            raise CommandRefused("INVALID", message("lever-hours-are-the-houses"), pointer)
    if not list(pulled(command, LeverSpan(date.min, date.min), datetime.min.replace(tzinfo=UTC))):
        raise CommandRefused("INVALID", message("lever-none-named"))


def pulled(
    command: Levers, span: LeverSpan, now: datetime, *, period: Period | None = None
) -> Iterator[PulledLever]:
    """Yield the levers that a command pulls or puts back.

    `period`: the one it is for, whose areas that are not in `areas_shut` are opened.
    """
    for kind, value in (
        ("online_paused", command.online_paused),
        ("seating_stopped", command.seating_stopped),
    ):
        if value is not None:
            yield _lever(command, span, now, kind, engaged=value)  # type: ignore[arg-type]
    if command.last_orders is not None:
        at = (period and period.last_orders_at) or now
        yield _lever(command, span, now, "last_orders", engaged=command.last_orders, at=at)
    if command.close_early is not None:
        at = (period and period.closes_early_at) or now
        yield _lever(command, span, now, "close_early", engaged=command.close_early, at=at)
    for area, engaged in _areas(command, period):
        yield _lever(command, span, now, "area_shut", engaged=engaged, area=area)
    if command.pace is not None:
        covers = None if command.pace == "usual" else command.pace
        yield _lever(command, span, now, "pace", engaged=covers is not None, covers=covers)


def _areas(command: Levers, period: Period | None) -> Iterator[tuple[str, bool]]:
    """Yield the areas to shut and to open."""
    shut = dict.fromkeys(command.areas_shut or ())
    yield from ((area, True) for area in shut)
    opened = dict.fromkeys(command.areas_open)
    if period is not None and command.areas_shut is not None:
        opened |= dict.fromkeys(each for each in period.areas_shut if each not in shut)
    yield from ((area, False) for area in opened)


def _lever(
    command: Levers,
    span: LeverSpan,
    now: datetime,
    kind: LeverKind,
    *,
    engaged: bool,
    area: str | None = None,
    at: datetime | None = None,
    covers: int | None = None,
) -> PulledLever:
    return PulledLever(
        lever_id=lever_id(command.id, kind, area),
        action_id=command.id,
        kind=kind,
        engaged=engaged,
        from_date=span.first,
        until_date=span.last,
        periods=span.periods,
        area=area,
        at=at.astimezone(UTC) if at else None,
        covers=covers,
        until=command.until.astimezone(UTC) if command.until else None,
        pulled_at=now,
    )
