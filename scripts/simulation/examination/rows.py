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

TABLES = {
    "period": "select * from period where venue_id = $1",
    "lever": "select * from lever where venue_id = $1 order by number",
    "reservation": """
        select r.*, g.phone, g.tags as guest_tags
        from reservation r left join guest g using (venue_id, guest_id)
        where r.venue_id = $1
    """,
    "acknowledgement": "select * from acknowledgement where venue_id = $1",
    "slot_hold": "select * from slot_hold where venue_id = $1",
    "wait_entry": "select * from wait_entry where venue_id = $1",
    "seating": "select * from seating where venue_id = $1",
    "seating_table": "select * from seating_table where venue_id = $1",
    "block": "select * from block where venue_id = $1",
    "held_table": "select * from held_table where venue_id = $1",
    "gesture": "select * from gesture where venue_id = $1",
    "rescue_option": "select * from rescue_option where venue_id = $1",
    "purse": "select * from purse where venue_id = $1",
    "outbox": "select * from outbox where venue_id = $1 order by seq",
    "intention": "select * from intention where venue_id = $1 order by subject_id, place",
    "turnaway": "select * from turnaway where venue_id = $1",
}
CLOCK = "select anchor + rate * (clock_timestamp() - set_at) from clock"
JSON = ("needs", "preferences", "areas_shut", "risk", "explained")


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


async def read_rows(dsn: str, venue: str, *, at: datetime, moment: int) -> Snapshot:
    """Read everything in one transaction."""
    connection = await asyncpg.connect(dsn)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            tables = {
                name: [plain(row) for row in await connection.fetch(query, venue)]
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
