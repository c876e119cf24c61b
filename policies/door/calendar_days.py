"""A date as the desk's calendar shows it: what is served, what it could take, what is special."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Literal

from msgspec import Struct

from policies.book.levers import PulledLever, is_for, with_levers
from policies.book.picture import Picture
from policies.booking.party_rules import covers_allowed
from policies.house.calendar import Period, buy_out_times, closures_on, written_period
from policies.house.house import House

QUARTER = timedelta(minutes=15)

DayKind = Literal["open", "closed", "special"]


class PeriodCapacity(Struct, frozen=True, kw_only=True):
    """What a service could take: `seats` at tables on sale, and covers by the kitchen's pace.

    `pace_covers`: how many may start from the opening to the last seating. A buy-out takes away
    the seats of its areas if it lies within those hours, whole or in part.
    """

    seats: int
    pace_covers: int


class DayAbout(Struct, frozen=True, kw_only=True):
    """What the house says of a date; `special`, `closure`, `buy_outs`: their names."""

    kind: DayKind
    special: str | None = None
    closure: str | None = None
    buy_outs: tuple[str, ...] = ()


def about_day(house: House, service_date: date) -> DayAbout:
    """Return what is special about a date of the house."""
    special = next((each for each in house.special_days if each.date == service_date), None)
    closed = next((each for each in closures_on(house, service_date) if not each.areas), None)
    served = special.periods if special else () if closed else house.periods
    return DayAbout(
        kind="special" if special and special.periods else "open" if served else "closed",
        special=special.name if special else None,
        closure=closed.name if closed else None,
        buy_outs=tuple(each.name for each in house.buy_outs if each.date == service_date),
    )


def with_levers_ahead(period: Period, levers: Sequence[PulledLever], now: datetime) -> Period:
    """Return the period as the levers that are for it set it; most have none."""
    ours = [lever for lever in levers if is_for(lever, period)]
    return with_levers(period, ours, now) if ours else period


def capacity_of(period: Period, house: House) -> PeriodCapacity:
    """Return what a period could take under its levers."""
    off = set(period.areas_shut)
    for closure in closures_on(house, period.service_date):
        off.update(closure.areas)
    for buy_out in house.buy_outs:
        if abs((buy_out.date - period.service_date).days) <= 1:
            starts, ends = buy_out_times(house, buy_out)
            if starts < period.closes and period.opens < ends:
                off.update(buy_out.areas)
    seats = sum(table.seats_max for table in house.tables if table.area not in off)
    return PeriodCapacity(seats=seats, pace_covers=_by_pace(period, house))


def _by_pace(period: Period, house: House) -> int:
    quarters = (period.last_seating - period.opens) // QUARTER + 1
    written = written_period(house, period)
    if not written.pacing_changes and period.pacing_covers_until is None:
        lowered = period.pacing_covers
        return quarters * (written.pacing if lowered is None else min(written.pacing, lowered))
    picture = Picture(period=period)
    starts = (period.opens + QUARTER * number for number in range(quarters))
    return sum(covers_allowed(picture, house, each) for each in starts)
