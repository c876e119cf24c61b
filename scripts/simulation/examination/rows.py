"""Snapshots of the database as plain rows, read between steps when no call is under way."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import asyncpg

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime


Row = dict[str, Any]

OF_PERIODS_SINCE = (
    "join period p using (venue_id, period_id) where p.venue_id = $1 and p.opens >= $2"
)

TABLES = {
    "period": "select * from period where venue_id = $1 and opens >= $2",
    "lever": "select * from lever where venue_id = $1 and pulled_at >= $2 order by number",
    "reservation": """
        select r.*, g.phone, g.tags as guest_tags
        from reservation r left join guest g using (venue_id, guest_id)
        where r.venue_id = $1 and r.created_at >= $2
    """,
    "acknowledgement": "select * from acknowledgement where venue_id = $1 and at >= $2",
    "slot_hold": "select * from slot_hold where venue_id = $1 and created_at >= $2",
    "wait_entry": "select * from wait_entry where venue_id = $1 and joined_at >= $2",
    "seating": "select * from seating where venue_id = $1 and seated_at >= $2",
    "seating_table": "select * from seating_table where venue_id = $1 and from_at >= $2",
    "block": "select * from block where venue_id = $1 and ends >= $2",
    "held_table": "select * from held_table where venue_id = $1 and starts >= $2",
    "gesture": f"select x.* from gesture x {OF_PERIODS_SINCE}",
    "rescue_option": """
        select x.* from rescue_option x join rescue r using (venue_id, rescue_id)
        where x.venue_id = $1 and r.listed_at >= $2
    """,
    "purse": f"select x.* from purse x {OF_PERIODS_SINCE}",
    "outbox": "select * from outbox where venue_id = $1 and at >= $2 order by seq",
    "intention": """
        select * from intention i where venue_id = $1 and starts >= $2 and not exists (
            select from reservation r where r.venue_id = i.venue_id
            and r.reservation_id = i.subject_id and r.created_at < $2)
        order by subject_id, place
    """,
    "turnaway": "select * from turnaway where venue_id = $1 and at >= $2",
}
"""What an evening wrote that began at $2: a house may have lived others before."""
CLOCK = "select anchor + rate * (clock_timestamp() - set_at) from clock"
JSON = ("needs", "preferences", "areas_shut", "risk", "explained", "ended_for")


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """All rows at one moment of the journal (`moment`) and of business time (`at`).

    `read_at`: business time when they were read; later than `at` if the clock runs.
    """

    at: datetime
    read_at: datetime
    moment: int
    tables: Mapping[str, Sequence[Row]]

    def __getitem__(self, table: str) -> Sequence[Row]:
        """The rows of a table."""
        return self.tables[table]


async def read_rows(
    dsn: str, venue: str, *, at: datetime, moment: int, since: datetime
) -> Snapshot:
    """Read everything the evening that began at `since` wrote, in one transaction."""
    connection = await asyncpg.connect(dsn)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            tables = {
                name: [plain(row) for row in await connection.fetch(query, venue, since)]
                for name, query in TABLES.items()
            }
            read_at: datetime | None = await connection.fetchval(CLOCK)
    finally:
        await connection.close()
    return Snapshot(at=at, read_at=read_at or at, moment=moment, tables=tables)


def plain(row: asyncpg.Record) -> Row:
    """A row with ids as text and JSON decoded."""
    return {name: value_of(name, value) for name, value in row.items()}


def value_of(name: str, value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    """One value."""
    if name in JSON and isinstance(value, str):
        return json.loads(value)
    return str(value) if name.endswith("_id") and value is not None else value
