"""Searches without result: refused demand, counted per period, party size, hour and rule.

A search increments a counter in memory; a task of the process writes the counters every 30 s. Each
process has rows of its own (`counter_id`) and writes totals, so a write may be repeated and
processes never wait for each other.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct

from policies.house.channels import Channel
from policies.house.rules import NoCode
from seating.booking.availability import Search, SearchResult
from seating.db import Connection, Pool, transaction

UPSERT_COUNTS = """
insert into search_in_vain (venue_id, period_id, party_size, hour, channel, code, counter_id,
                            service_date, searches)
select $1, x.period_id, x.party_size, x.hour, x.channel, x.code, $2, x.service_date, x.searches
from jsonb_to_recordset($3::jsonb) as x (
    period_id text, party_size int, hour timestamptz, channel text, code text, service_date date,
    searches int)
on conflict (venue_id, period_id, party_size, hour, channel, code, counter_id) do update
    set searches = greatest(search_in_vain.searches, excluded.searches)
"""


MAX_PARTY_SIZE = 1000
HOURS_KEPT = 2
"""Hours whose counters stay in memory after they were written; older ones change no more."""


class _Key(Struct, frozen=True):
    venue_id: str
    period_id: str
    party_size: int
    hour: datetime
    channel: Channel
    code: NoCode
    service_date: date


class SearchCounter:
    """The counters of one process; `counter_id` names its rows."""

    def __init__(self) -> None:
        self.counter_id: UUID = uuid4()
        self._counts: Counter[_Key] = Counter()
        self._changed: set[_Key] = set()

    def note(self, venue_id: str, search: Search, found: SearchResult, *, now: datetime) -> None:
        """Count a search without result once for each period searched.

        `now` is wall time, which never goes back; only its hour is kept.
        """
        if found.slots or found.code is None or not 1 <= search.party_size <= MAX_PARTY_SIZE:
            return
        hour = now.replace(minute=0, second=0, microsecond=0)
        for period_id in found.searched_periods:
            key = _Key(
                venue_id,
                period_id,
                search.party_size,
                hour,
                search.channel,
                found.code,
                search.service_date,
            )
            self._counts[key] += 1
            self._changed.add(key)

    def note_all(
        self,
        venue_id: str,
        searches: Sequence[Search],
        found: Sequence[SearchResult],
        *,
        now: datetime,
    ) -> None:
        """Count the searches of one request, unless one of them had a result."""
        if any(one.slots for one in found):
            return
        for search, one in zip(searches, found, strict=True):
            self.note(venue_id, search, one, now=now)

    async def flush(self, pool: Pool) -> int:
        """Write the changed counters, one transaction per venue; returns how many. Idempotent.

        What could not be written is written the next time.
        """
        written = 0
        for venue_id in sorted({key.venue_id for key in self._changed}):
            keys = {key: self._counts[key] for key in self._changed if key.venue_id == venue_id}
            async with transaction(pool) as conn:
                await _upsert_counts(conn, venue_id, self.counter_id, keys)
            self._changed -= {key for key, count in keys.items() if self._counts[key] == count}
            written += len(keys)
        self._forget()
        return written

    def _forget(self) -> None:
        """Drop counters of past hours that are written."""
        latest = sorted({key.hour for key in self._counts})[-HOURS_KEPT:]
        for key in [key for key in self._counts if key.hour not in latest]:
            if key not in self._changed:
                del self._counts[key]


async def _upsert_counts(
    conn: Connection, venue_id: str, counter_id: UUID, keys: dict[_Key, int]
) -> None:
    rows = [msgspec.structs.asdict(key) | {"searches": count} for key, count in keys.items()]
    await conn.execute(UPSERT_COUNTS, venue_id, counter_id, msgspec.json.encode(rows).decode())
