"""Reading pulled levers, with who pulled them and why."""

from datetime import date, datetime

import msgspec

from policies.book.levers import PulledLever, standing
from seating.db import Connection

LEVERS_SHOWN = """(
    select coalesce(json_agg(l order by number), '[]') from (
        select l.lever_id, l.action_id, l.kind, l.engaged, l.from_date, l.until_date, l.periods,
               l.area, l."at", l.covers, l.until, l.pulled_at, l.version, l.number,
               a.staff_id as pulled_by, a.reason
        from lever l left join action a using (venue_id, action_id)
        where l.venue_id = $1 and l.lifted_at is null and l.from_date <= $3 and l.until_date >= $2
    ) l)"""
"""SQL: the levers of the dates from $2 to $3 in the order they were pulled, as JSON."""

LEVERS_STANDING = f"select {LEVERS_SHOWN}::text"


class LeverShown(PulledLever, frozen=True, kw_only=True):
    """A lever in force: what, for which services, until when, by whom (staff id) and why."""

    pulled_by: str | None = None
    reason: str | None = None


async def levers_standing(
    conn: Connection, venue_id: str, first: date, last: date, *, now: datetime
) -> tuple[LeverShown, ...]:
    """Return the levers in force on some service dates, in the order they were pulled."""
    text = await conn.fetchval(LEVERS_STANDING, venue_id, first, last)
    return standing(msgspec.json.decode(text, type=tuple[LeverShown, ...]), now)
