"""Expires offers and approval requests past their time, and at the close undelivered gestures.

The cost returns to the purses it was charged to. Gestures accepted and never delivered are in the
managers' report (seating/gestures/report.py).
"""

from datetime import datetime
from uuid import UUID

from asyncpg import Record

from seating.book.announcing import announced
from seating.clock import Clock
from seating.db import Connection, Pool, run_unless_busy

WITH_OFFERS_OVER = """
select venue_id, period_id from gesture
where state in ('suggested', 'offered') and expires_at <= $1
union
select venue_id, period_id from approval where state = 'waiting' and expires_at <= $1
order by venue_id, period_id
"""

LAPSED_ELSEWHERE = """
select distinct period_id from gesture
where venue_id = $1 and period_id <> $2 and coalesce(guest_id, party_id) = $3
  and state = 'offered' and expires_at <= $4
order by period_id
"""

EXPIRE_APPROVALS = f"""
with gone as (
    update approval set state = 'expired', version = version + 1
    where venue_id = $1 and period_id = $2 and state = 'waiting' and (expires_at <= $3 or $4)
    returning approval_id, asked_by, version)
select {
    announced(
        "approval.expired",
        subject="approval_id",
        version="version",
        period="$2::text",
        to="asked_by",
    )
}
from gone
"""

# A suggestion was never charged; an accepted gesture expires only when its period closes ($4).
EXPIRE_OFFERS = f"""
with over as (
    select gesture_id, state from gesture
    where venue_id = $1 and period_id = $2 and (
        (state in ('suggested', 'offered') and (expires_at <= $3 or $4))
        or (state = 'accepted' and $4))
    order by gesture_id for update),
gone as (
    update gesture g set state = 'expired', ended_at = $3, version = g.version + 1,
        ended_why = case when o.state = 'accepted' then 'nobody brought it before the close' end
    from over o
    where g.venue_id = $1 and g.gesture_id = o.gesture_id and g.state = o.state
    returning g.gesture_id, case when o.state = 'suggested' then 0 else g.cost end as cost,
              coalesce(g.owner, 'person:' || g.offered_by) as payer, g.version),
back as (
    select owner, sum(cost)::bigint as cost
    from gone cross join lateral (select 'venue' union select gone.payer) as of (owner)
    group by owner),
locked as (
    select owner from purse
    where venue_id = $1 and period_id = $2 and owner in (select owner from back)
    order by owner desc for update),
returned as (
    update purse p set spent = p.spent - b.cost
    from back b join locked using (owner)
    where p.venue_id = $1 and p.period_id = $2 and p.owner = b.owner)
select {announced("gesture.expired", subject="gesture_id", version="version", period="$2::text")}
from gone
"""


async def expire_offers(
    conn: Connection, venue_id: str, period_id: str, *, now: datetime, closing: bool = False
) -> int:
    """Expire a period's offers past their time; returns how many. Idempotent.

    `closing`: the period closes, so all offers and undelivered gestures expire.
    """
    return len(await conn.fetch(EXPIRE_OFFERS, venue_id, period_id, now, closing))


async def expire_lapsed_elsewhere(
    conn: Connection, venue_id: str, period_id: str, whom: UUID, *, now: datetime
) -> None:
    """Expire this guest's lapsed offers in other periods, which would count as given before."""
    for row in await conn.fetch(LAPSED_ELSEWHERE, venue_id, period_id, whom, now):
        await expire_offers(conn, venue_id, row["period_id"], now=now)


async def expire_approvals(
    conn: Connection, venue_id: str, period_id: str, *, now: datetime, closing: bool = False
) -> None:
    """Expire approval requests that were not answered in time; `closing`: all of the period."""
    await conn.execute(EXPIRE_APPROVALS, venue_id, period_id, now, closing)


async def expire_gestures(pool: Pool, clock: Clock) -> int:
    """Expire what is due in all venues, a transaction per period; returns how many periods."""
    async with pool.acquire() as conn:
        rows = await conn.fetch(WITH_OFFERS_OVER, await clock.now(conn))
    for row in rows:
        await _expire_period(pool, clock, row)
    return len(rows)


async def _expire_period(pool: Pool, clock: Clock, row: Record) -> None:
    async def work(conn: Connection) -> int:
        period, now = (row["venue_id"], row["period_id"]), await clock.now(conn)
        await expire_approvals(conn, *period, now=now)
        return await expire_offers(conn, *period, now=now)

    await run_unless_busy(pool, work, f"{row['period_id']} of {row['venue_id']}")
