"""Offers nobody answered: their time is over, and their money goes back to the purses."""

from datetime import datetime

from asyncpg import Record

from seating.clock import Clock
from seating.db import Connection, Pool, run

WITH_OFFERS_OVER = """
select distinct venue_id, period_id from gesture where state = 'offered' and expires_at <= $1
order by venue_id, period_id
"""

EXPIRE_OFFERS = """
with over as (
    select gesture_id from gesture
    where venue_id = $1 and period_id = $2 and state = 'offered' and expires_at <= $3
    order by gesture_id for update),
gone as (
    update gesture set state = 'expired', ended_at = $3, version = version + 1
    where venue_id = $1 and gesture_id in (select gesture_id from over) and state = 'offered'
    returning gesture_id, cost, offered_by, version),
back as (
    select owner, sum(cost)::bigint as cost
    from gone cross join lateral (values ('venue'), ('person:' || offered_by)) as of (owner)
    group by owner),
locked as (
    select owner from purse
    where venue_id = $1 and period_id = $2 and owner in (select owner from back)
    order by owner desc for update),
returned as (
    update purse p set spent = p.spent - b.cost
    from back b join locked using (owner)
    where p.venue_id = $1 and p.period_id = $2 and p.owner = b.owner)
select pg_notify('maitred', jsonb_build_object(
    'venue', $1::text, 'event', 'gesture.expired', 'id', gesture_id, 'version', version)::text)
from gone
"""


async def expire_offers(conn: Connection, venue_id: str, period_id: str, *, now: datetime) -> int:
    """Expire a period's offers that waited too long; returns how many. Twice is harmless."""
    return len(await conn.fetch(EXPIRE_OFFERS, venue_id, period_id, now))


async def expire_gestures(pool: Pool, clock: Clock) -> int:
    """Expire what is over in every house, a transaction a period; returns how many periods."""
    async with pool.acquire() as conn:
        rows = await conn.fetch(WITH_OFFERS_OVER, await clock.now(conn))
    for row in rows:
        await _expire_period(pool, clock, row)
    return len(rows)


async def _expire_period(pool: Pool, clock: Clock, row: Record) -> None:
    async def work(conn: Connection) -> int:
        now = await clock.now(conn)
        return await expire_offers(conn, row["venue_id"], row["period_id"], now=now)

    await run(pool, work)
