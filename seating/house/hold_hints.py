"""Advice to managers: which tables to hold back on a date."""

from datetime import date

from msgspec import Struct

from policies.house.calendar import periods_on
from policies.value.hold_advice import HoldHint, hold_advice
from seating.book.in_force import house_of
from seating.book.periods import read_unlocked
from seating.clock import Clock
from seating.db import Connection


class PeriodHints(Struct, frozen=True, kw_only=True):
    """A period's advice; none while it has no bid prices (`priced` is False)."""

    period_id: str
    priced: bool
    hints: tuple[HoldHint, ...]


async def hold_hints(
    conn: Connection, venue_id: str, service_date: date, clock: Clock
) -> tuple[PeriodHints, ...]:
    """Return for each period of a date what is worth holding back, now and at each release step."""
    in_force, now = await house_of(conn, venue_id), await clock.now(conn)
    found = []
    for period in periods_on(in_force.house, service_date, house_version=in_force.version):
        picture = await read_unlocked(conn, venue_id, in_force.house, period, now=now)
        found.append(
            PeriodHints(
                period_id=period.period_id,
                priced=picture.prices is not None,
                hints=hold_advice(picture, in_force.house, now=now),
            )
        )
    return tuple(found)
