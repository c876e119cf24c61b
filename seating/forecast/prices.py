"""Bid prices: a row a period, made anew when enough has been asked, off the hot path.

Any number of processes may run the job: an advisory lock a period lets one of them through, and
the next finds the row fresh.
"""

import asyncio

import msgspec
from asyncpg import Record

from policies.book.picture import BidPrices, Picture
from policies.house.calendar import Period
from policies.value.period_prices import priced
from seating.book.in_force import house_of
from seating.book.periods import seen
from seating.clock import Clock
from seating.db import Connection, Pool, transaction
from seating.forecast.learning import forecast_for

DUE = """
select p.venue_id, p.period_id, p.service_date, p.name, p.opens, p.last_seating, p.closes,
       p.house_version, b.made_at
from period p
left join rules r on r.venue_id = p.venue_id and r.version = p.rules_version
left join bid_price b on b.venue_id = p.venue_id and b.period_id = p.period_id
where p.closed_at is null and p.closes > $1
  and coalesce(p.rules_override -> 'decisions', r.body -> 'decisions') ->> 'by_value' = 'true'
  and (b.made_at is null
       or b.house_version <> p.house_version
       or b.made_at <= $1 - interval '1 hour'
       or (b.made_at <= $1 - interval '5 minutes' and p.opens <= $1 + interval '12 hours')
       or 10 <= (select count(*) from reservation a where a.venue_id = p.venue_id
                 and a.period_id = p.period_id and a.created_at > b.made_at)
              + (select count(*) from turnaway t where t.venue_id = p.venue_id
                 and t.service_date = p.service_date and t.at > b.made_at
                 and t.asked_for between p.opens and p.closes))
order by p.venue_id, p.period_id
"""

TAKE_TURN = """
select pg_try_advisory_xact_lock(hashtextextended('maitred prices ' || $1 || ' ' || $2, 0))
"""

MADE_AT = "select made_at from bid_price where venue_id = $1 and period_id = $2"

# Requests, not searches: whoever was refused by a person at the door had walked in.
ASKED = """
select (select count(*) from reservation where venue_id = $1 and period_id = $2)
     + (select count(*) from turnaway
        where venue_id = $1 and service_date = $3 and asked_for between $4 and $5
          and kind = 'denial' and channel not in ('walk_in', 'waitlist'))
"""

KEEP = """
insert into bid_price (venue_id, period_id, made_at, period_version, house_version, forecast,
                       prices)
values ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb)
on conflict (venue_id, period_id) do update
    set made_at = excluded.made_at, period_version = excluded.period_version,
        house_version = excluded.house_version, forecast = excluded.forecast,
        prices = excluded.prices
"""


async def refresh_prices(pool: Pool, clock: Clock) -> int:
    """Price the periods decided by value of which something is new; returns how many there were."""
    async with pool.acquire() as conn:
        rows = await conn.fetch(DUE, await clock.now(conn))
    for row in rows:
        async with transaction(pool) as conn:
            await _refresh(conn, clock, row)
    return len(rows)


async def _refresh(conn: Connection, clock: Clock, row: Record) -> None:
    venue_id, period_id = row["venue_id"], row["period_id"]
    if not await conn.fetchval(TAKE_TURN, venue_id, period_id):
        return
    if await conn.fetchval(MADE_AT, venue_id, period_id) != row["made_at"]:
        return
    known, now = await house_of(conn, venue_id), await clock.now(conn)
    columns = {name: row[name] for name in set(row.keys()) - {"venue_id", "made_at"}}
    period = msgspec.convert(columns, Period)
    if period.house_version != known.version:
        return
    picture = await seen(conn, venue_id, known.house, period, now=now)
    caution = picture.rules.decisions.stay_caution
    forecast = await forecast_for(conn, venue_id, period, stay_caution=caution)
    asked = await _asked(conn, venue_id, period)
    bids = await asyncio.to_thread(priced, picture, known.house, forecast, asked, now=now)
    await _keep(conn, venue_id, picture, bids)


async def _asked(conn: Connection, venue_id: str, period: Period) -> int:
    between = (period.opens, period.closes)
    count: int = await conn.fetchval(
        ASKED, venue_id, period.period_id, period.service_date, *between
    )
    return count


async def _keep(conn: Connection, venue_id: str, picture: Picture, bids: BidPrices) -> None:
    period = picture.period
    await conn.execute(
        KEEP,
        venue_id,
        period.period_id,
        bids.made_at,
        period.version,
        bids.house_version,
        msgspec.json.encode(bids.forecast).decode(),
        msgspec.json.encode(bids.table).decode(),
    )
