"""What a manager sees of an evening beside the stand's view: who was there, what may be held."""

from datetime import datetime

import msgspec
from msgspec import Struct

from policies.book.pace import QUARTER
from policies.house.calendar import is_on
from seating.book.in_force import house_of, rules_of_period
from seating.book.periods import tonights_or_none
from seating.clock import Clock
from seating.db import Connection

# The parties of the period that sat at each instant; one that was joined to another is not counted.
PRESENT = """
select q.at, coalesce(sum(s.party_size), 0)::int as present
from generate_series($3::timestamptz, $4::timestamptz, $5::interval) q (at)
left join seating s on s.venue_id = $1 and s.period_id = $2 and s.merged_into is null
    and s.seated_at <= q.at and (s.cleared_at is null or s.cleared_at > q.at)
group by q.at order by q.at
"""


class QuarterPresent(Struct, frozen=True, kw_only=True):
    """How many guests were `present` at tables `at` the beginning of a past quarter of an hour."""

    at: datetime
    present: int


class HoldableWindow(Struct, frozen=True, kw_only=True):
    """A window of tonight's rules of which one more table may be held, for `seats` guests."""

    name: str
    seats: int
    count: int


class EveningSoFar(Struct, frozen=True, kw_only=True):
    """Tonight's service as a manager sees it; on a closed day without a period nothing.

    `present`: from the opening to now. `windows`: held windows of the period.
    """

    now: datetime
    period_id: str | None = None
    present: tuple[QuarterPresent, ...] = ()
    windows: tuple[HoldableWindow, ...] = ()


async def evening_so_far(conn: Connection, venue_id: str, clock: Clock) -> EveningSoFar:
    """Return what was of tonight's service so far."""
    in_force, now = await house_of(conn, venue_id), await clock.now(conn)
    period = await tonights_or_none(conn, in_force, now)
    if period is None:
        return EveningSoFar(now=now)
    rules = await rules_of_period(conn, venue_id, period)
    rows = await conn.fetch(PRESENT, venue_id, period.period_id, period.opens, now, QUARTER)
    return EveningSoFar(
        now=now,
        period_id=period.period_id,
        present=tuple(msgspec.convert(row, QuarterPresent, from_attributes=True) for row in rows),
        windows=tuple(
            HoldableWindow(name=each.name, seats=each.seats, count=each.count)
            for each in rules.holds
            if each.period == period.name and is_on(each, period)
        ),
    )
