"""Tonight, read for the stand without a lock: what fell due counts as done."""

import msgspec

from seating.book.in_force import house_of
from seating.book.periods import named_period, seen, tonights
from seating.clock import Clock
from seating.db import Connection
from seating.door.stand_view import Beside, Tonight, WaitBeside, shown

BESIDE = """
select r.reservation_id, r.code, r.channel, r.notes, g.phone, g.notes as guest_notes, g.allergies
from reservation r left join guest g on g.venue_id = r.venue_id and g.guest_id = r.guest_id
where r.venue_id = $1 and r.period_id = $2
  and r.state in ('requested', 'booked', 'arrived', 'seated', 'no_show')
"""

WAITS_BESIDE = """
select wait_id, channel, coming_at, suggested_at, suggested_tables from wait_entry
where venue_id = $1 and period_id = $2 and state in ('waiting', 'notified')
"""


async def tonight(conn: Connection, venue_id: str, period_id: str | None, clock: Clock) -> Tonight:
    """Return a period as its host sees it, tonight's if none is named. Raises NotFound."""
    known = await house_of(conn, venue_id)
    now = await clock.now(conn)
    period = named_period(known, period_id, now) if period_id else tonights(known, now)
    picture = await seen(conn, venue_id, known.house, period, now=now)
    rows = await conn.fetch(BESIDE, venue_id, period.period_id)
    beside = {row["reservation_id"]: msgspec.convert(dict(row), Beside) for row in rows}
    rows = await conn.fetch(WAITS_BESIDE, venue_id, period.period_id)
    waits = {row["wait_id"]: msgspec.convert(dict(row), WaitBeside) for row in rows}
    return shown(picture, known.house, beside, waits, now)
