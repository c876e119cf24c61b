"""Prompts the host to call the waiting parties whose turn has come."""

from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from policies.book.picture import Picture
from policies.door.waiting import ReadyParty, ready_parties
from policies.house.house import House
from seating.book.announcing import announced
from seating.book.in_force import house_of
from seating.book.periods import LockedPeriod, lock_period, read_period
from seating.clock import Clock
from seating.db import Connection, Pool, run_unless_busy

SUGGESTED = """
select wait_id, suggested_tables from wait_entry
where venue_id = $1 and period_id = $2 and state = 'waiting' and suggested_at is not null
"""

# Notifies the screens only, no webhooks: the guest hears of it when the host calls.
SUGGEST = f"""
with turned as (
    update wait_entry w set suggested_at = $3, suggested_tables = x.tables
    from jsonb_to_recordset($2::jsonb) as x (wait_id uuid, tables text[])
    where w.venue_id = $1 and w.wait_id = x.wait_id and w.state = 'waiting'
    returning w.wait_id, w.version, w.period_id)
select {announced("waitlist.suggested", subject="wait_id", version="version", period="period_id")}
from turned
"""

FORGET_SUGGESTIONS = """
update wait_entry set suggested_at = null, suggested_tables = '{}'
where venue_id = $1 and wait_id = any($2::uuid[]) and state = 'waiting'
"""

WITH_PARTIES_WAITING = """
select distinct w.venue_id, w.period_id
from wait_entry w join period p using (venue_id, period_id)
where w.state = 'waiting' and p.closed_at is null
order by venue_id, period_id
"""


class Prompt(Struct, frozen=True, kw_only=True):
    """A waiting party whose turn has come, and the tables free for it."""

    wait_id: UUID
    tables: tuple[str, ...]


async def suggest_turns(
    conn: Connection, venue_id: str, picture: Picture, house: House, *, now: datetime
) -> tuple[Prompt, ...]:
    """Prompt the host for each party whose turn has come since the last call; returns those.

    Call it under the period's lock, so that concurrent calls prompt once. A prompt whose tables
    have been taken is cleared.
    """
    if not any(entry.state == "waiting" for entry in picture.waiting):
        return ()
    prompted = await suggested_tables(conn, venue_id, picture.period.period_id)
    found = ready_parties(picture, house, prompted, now=now)
    new = tuple(_prompt(turn) for turn in found if prompted.get(turn.entry.wait_id) != turn.tables)
    over = sorted(prompted.keys() - {turn.entry.wait_id for turn in found})
    if over:
        await conn.execute(FORGET_SUGGESTIONS, venue_id, over)
    if new:
        await conn.fetch(SUGGEST, venue_id, msgspec.json.encode(new).decode(), now)
    return new


async def suggested_tables(
    conn: Connection, venue_id: str, period_id: str
) -> dict[UUID, tuple[str, ...]]:
    """Return the tables of the prompts in force, by the id of the waitlist entry."""
    rows = await conn.fetch(SUGGESTED, venue_id, period_id)
    return {row["wait_id"]: tuple(row["suggested_tables"]) for row in rows}


async def promote_waiting(pool: Pool, clock: Clock) -> int:
    """Prompt for every party whose turn has come, in all venues; returns how many there were.

    Needed because tables become free without a command too: a block ends, a no-show is due.
    """
    async with pool.acquire() as conn:
        rows = await conn.fetch(WITH_PARTIES_WAITING)
    found = 0
    for row in rows:
        found += await _promote(pool, clock, row["venue_id"], row["period_id"])
    return found


async def _promote(pool: Pool, clock: Clock, venue_id: str, period_id: str) -> int:
    async def work(conn: Connection) -> int:
        locked = await _lock_period_of(conn, venue_id, period_id, clock)
        new = await suggest_turns(conn, venue_id, locked.picture, locked.house, now=locked.now)
        return len(new)

    return await run_unless_busy(pool, work, f"{period_id} of {venue_id}") or 0


async def _lock_period_of(
    conn: Connection, venue_id: str, period_id: str, clock: Clock
) -> LockedPeriod:
    in_force = await house_of(conn, venue_id)
    period = await read_period(conn, venue_id, period_id)
    return await lock_period(conn, venue_id, in_force, period, now=await clock.now(conn))


def _prompt(turn: ReadyParty) -> Prompt:
    return Prompt(wait_id=turn.entry.wait_id, tables=turn.tables)
