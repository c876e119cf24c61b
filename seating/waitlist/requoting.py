"""Waits told that are over or cannot be kept: quoted again, and the hosts are told.

A booking or a party that stays may pass a waiting party by. `quoted_minutes` stays what it was
told when it joined.
"""

from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from policies.door.waiting import quote_passed
from seating.book.announcing import announced
from seating.book.in_force import house_of, version_for
from seating.book.periods import lock_rows, read_period, read_unlocked
from seating.clock import Clock
from seating.db import Connection, Pool, run_unless_busy
from seating.waitlist.quotes import quote_in_line

WITH_QUOTES_TOLD = """
select distinct w.venue_id, w.period_id
from wait_entry w join period p using (venue_id, period_id)
where w.state = 'waiting' and w.quoted_minutes is not null and w.suggested_at is null
  and p.closed_at is null
order by venue_id, period_id
"""

# Whose turn has come, the host has been prompted to call.
QUOTES_TOLD = """
select wait_id, coalesce(requoted_at, joined_at) as told_at,
       case when requoted_at is null then quoted_minutes else requoted_minutes end as minutes
from wait_entry
where venue_id = $1 and period_id = $2 and state = 'waiting' and quoted_minutes is not null
  and suggested_at is null
order by joined_at, wait_id
"""

# Notifies the screens only: the guest's page and the site show the wait as it is now anyway.
REQUOTE = f"""
with told as (
    update wait_entry w set requoted_at = $3, requoted_minutes = x.minutes,
           requoted_likely = x.likely
    from jsonb_to_recordset($2::jsonb)
         as x (wait_id uuid, told_at timestamptz, minutes int, likely int)
    where w.venue_id = $1 and w.wait_id = x.wait_id and w.state = 'waiting'
      and coalesce(w.requoted_at, w.joined_at) = x.told_at
    returning w.wait_id, w.version, w.period_id)
select {announced("waitlist.requoted", subject="wait_id", version="version", period="period_id")}
from told
"""


class ToldQuote(Struct, frozen=True, kw_only=True):
    """A wait in minutes told to a party at an instant: at the latest, and `likely`.

    None: no table could be foreseen.
    """

    wait_id: UUID
    told_at: datetime
    minutes: int | None
    likely: int | None = None


async def renew_quotes(pool: Pool, clock: Clock) -> int:
    """Quote again, in all venues, each party whose told wait has passed; returns how many."""
    async with pool.acquire() as conn:
        rows = await conn.fetch(WITH_QUOTES_TOLD)
    renewed = 0
    for row in rows:
        renewed += await _renew(pool, clock, row["venue_id"], row["period_id"])
    return renewed


async def _renew(pool: Pool, clock: Clock, venue_id: str, period_id: str) -> int:
    async def work(conn: Connection) -> int:
        now = await clock.now(conn)
        passed = await _passed(conn, venue_id, period_id, now)
        if not passed:
            return 0
        await lock_rows(conn, venue_id, [period_id])
        return len(await conn.fetch(REQUOTE, venue_id, msgspec.json.encode(passed).decode(), now))

    return await run_unless_busy(pool, work, f"{period_id} of {venue_id}") or 0


async def _passed(
    conn: Connection, venue_id: str, period_id: str, now: datetime
) -> list[ToldQuote]:
    """Return the quotes that have passed, with the minutes to tell instead."""
    period = await read_period(conn, venue_id, period_id)
    in_force = await version_for(conn, await house_of(conn, venue_id), period)
    picture = await read_unlocked(conn, venue_id, in_force, period, now=now)
    waiting = {entry.wait_id: entry for entry in picture.waiting}
    passed = []
    for row in await conn.fetch(QUOTES_TOLD, venue_id, period_id):
        told = msgspec.convert(dict(row), ToldQuote)
        if told.wait_id not in waiting:
            continue
        quote = await quote_in_line(conn, picture, in_force.house, waiting[told.wait_id], now=now)
        minutes = None if quote is None else quote.band.latest
        likely = None if quote is None else quote.band.likely
        if quote_passed(told.told_at, told.minutes, minutes, now=now):
            passed.append(msgspec.structs.replace(told, minutes=minutes, likely=likely))
    return passed
