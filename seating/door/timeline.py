"""Reads the tables of a period by time, for the stand's timeline, without a lock."""

from datetime import datetime

import msgspec
from msgspec import Struct

from policies.door.timeline import Span, TableRow, timeline_of
from policies.house.calendar import Period
from seating.book.in_force import house_of, version_for
from seating.book.periods import read_unlocked
from seating.clock import Clock
from seating.db import Connection
from seating.door.tonight import period_shown

# A stay at a table ends when the party is cleared or moves to another.
PAST_STAYS = """
select s.seating_id as id, s.state, s.version, s.name, s.party_size, s.reservation_id, s.wait_id,
       t.from_at as starts, t.to_at as ends, array_agg(t.table_id order by t.place) as tables
from seating s join seating_table t on t.venue_id = s.venue_id and t.seating_id = s.seating_id
where s.venue_id = $1 and s.period_id = $2 and t.to_at > t.from_at
group by s.venue_id, s.seating_id, t.from_at, t.to_at
order by starts, id
"""


class TimelineView(Struct, frozen=True, kw_only=True):
    """The tables of a period by time at the instant `now`; on a closed day without a period none.

    `version`: of the period; a live event of it with a later one says that this may be stale.
    `unplaced`: parties that have no table, by start.
    """

    now: datetime
    period: Period | None = None
    version: int = 0
    tables: tuple[TableRow, ...] = ()
    unplaced: tuple[Span, ...] = ()


async def read_timeline(
    conn: Connection, venue_id: str, period_id: str | None, clock: Clock
) -> TimelineView:
    """Return the timeline of a period, tonight's if none is named. Raises NotFound."""
    in_force, now = await house_of(conn, venue_id), await clock.now(conn)
    period = await period_shown(conn, in_force, period_id, now)
    if period is None:
        return TimelineView(now=now)
    picture = await read_unlocked(conn, venue_id, in_force, period, now=now)
    house = (await version_for(conn, in_force, picture.period)).house
    rows = await conn.fetch(PAST_STAYS, venue_id, period.period_id)
    past = [msgspec.convert(dict(row) | {"kind": "past"}, Span) for row in rows]
    found = timeline_of(picture, house, past, now=now)
    return TimelineView(
        now=now,
        period=picture.period,
        version=picture.period.version,
        tables=found.tables,
        unplaced=found.unplaced,
    )
