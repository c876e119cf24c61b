"""Searches that ended in nothing: demand refused without a person, counted without a write each.

A look-up only adds to a number in memory; a task of the process writes the numbers every half
minute. Each process has rows of its own and writes what it has counted in all, so writing the same
twice changes nothing, and processes never wait for each other.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct

from policies.book.picture import Channel
from policies.house.rules import NoCode
from seating.booking.availability import Found, Search
from seating.db import Connection, Pool, transaction

KEEP_COUNTS = """
insert into search_in_vain (venue_id, period_id, party_size, hour, channel, code, counter_id,
                            service_date, searches)
select $1, x.period_id, x.party_size, x.hour, x.channel, x.code, $2, x.service_date, x.searches
from jsonb_to_recordset($3::jsonb) as x (
    period_id text, party_size int, hour timestamptz, channel text, code text, service_date date,
    searches int)
on conflict (venue_id, period_id, party_size, hour, channel, code, counter_id) do update
    set searches = greatest(search_in_vain.searches, excluded.searches)
"""


PARTY_MOST = 1000
HOURS_KEPT = 2
"""Hours whose numbers stay in memory after they were written; older ones change no more."""


class _Key(Struct, frozen=True):
    venue_id: str
    period_id: str
    party_size: int
    hour: datetime
    channel: Channel
    code: NoCode
    service_date: date


class SearchCounter:
    """What one process has counted; `counter_id` names its rows."""

    def __init__(self) -> None:
        self.counter_id: UUID = uuid4()
        self._counts: Counter[_Key] = Counter()
        self._changed: set[_Key] = set()

    def note(self, venue_id: str, wish: Search, found: Found, *, now: datetime) -> None:
        """Count a search once for each period that had nothing; one that found costs nothing.

        `now` is wall time, which never goes back; only its hour is kept.
        """
        if found.slots or found.code is None or not 1 <= wish.party_size <= PARTY_MOST:
            return
        hour = now.replace(minute=0, second=0, microsecond=0)
        for period_id in found.in_vain:
            key = _Key(
                venue_id,
                period_id,
                wish.party_size,
                hour,
                wish.channel,
                found.code,
                wish.service_date,
            )
            self._counts[key] += 1
            self._changed.add(key)

    def note_all(
        self, venue_id: str, wishes: Sequence[Search], found: Sequence[Found], *, now: datetime
    ) -> None:
        """Count each search that found nothing, unless another date of the same look-up had one."""
        if any(one.slots for one in found):
            return
        for wish, one in zip(wishes, found, strict=True):
            self.note(venue_id, wish, one, now=now)

    async def flush(self, pool: Pool) -> int:
        """Write what changed, a transaction a venue; returns how many numbers. Twice is harmless.

        What could not be written stays to be written the next time.
        """
        written = 0
        for venue_id in sorted({key.venue_id for key in self._changed}):
            keys = {key: self._counts[key] for key in self._changed if key.venue_id == venue_id}
            async with transaction(pool) as conn:
                await _keep(conn, venue_id, self.counter_id, keys)
            self._changed -= {key for key, count in keys.items() if self._counts[key] == count}
            written += len(keys)
        self._forget()
        return written

    def _forget(self) -> None:
        """Let go of hours that are over and written."""
        latest = sorted({key.hour for key in self._counts})[-HOURS_KEPT:]
        for key in [key for key in self._counts if key.hour not in latest]:
            if key not in self._changed:
                del self._counts[key]


async def _keep(conn: Connection, venue_id: str, counter_id: UUID, keys: dict[_Key, int]) -> None:
    rows = [msgspec.structs.asdict(key) | {"searches": count} for key, count in keys.items()]
    await conn.execute(KEEP_COUNTS, venue_id, counter_id, msgspec.json.encode(rows).decode())
