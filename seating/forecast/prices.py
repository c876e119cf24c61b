"""Refreshes the bid prices of open periods, one row per period, in the jobs process.

A period is due when it has no prices, its house or its rules changed, they are an hour old (5
minutes from 12 hours before opening on), or 10 requests came since. Any number of processes may run
the job: an advisory lock per period lets one through, and the next finds the row fresh.
"""

import asyncio

import msgspec
from asyncpg import Record

from policies.book.picture import BidPrices, Picture
from policies.house.calendar import Period
from policies.value.hold_worth import displaced_values
from policies.value.period_prices import price_period
from seating.book.in_force import house_of, version_for
from seating.book.period_rows import PERIOD_COLUMNS, period_in
from seating.book.periods import read_unlocked
from seating.clock import Clock
from seating.db import Connection, Pool, transaction
from seating.forecast.learning import forecast_for

DUE = f"""
select p.venue_id, {PERIOD_COLUMNS}, b.made_at
from period p
left join rules r on r.venue_id = p.venue_id and r.version = p.rules_version
left join bid_price b on b.venue_id = p.venue_id and b.period_id = p.period_id
where p.closed_at is null and p.closes > $1
  and coalesce(p.rules_override #>> '{{decisions,by_value}}',
               r.body #>> '{{decisions,by_value}}', 'true') = 'true'
  and (b.made_at is null
       or b.house_version <> p.house_version
       or exists (select from action x where x.venue_id = p.venue_id and x.period_id = p.period_id
                  and x.kind in ('NewRules', 'Override') and x.at > b.made_at)
       or b.made_at <= $1 - interval '1 hour'
       or (b.made_at <= $1 - interval '5 minutes' and p.opens <= $1 + interval '12 hours')
       or 10 <= (select count(*) from reservation a where a.venue_id = p.venue_id
                 and a.period_id = p.period_id and a.created_at > b.made_at)
              + (select count(*) from turnaway t where t.venue_id = p.venue_id
                 and t.service_date = p.service_date and t.at > b.made_at
                 and t.asked_for between p.opens and p.closes))
order by p.venue_id, p.period_id
"""

# One that somebody is changing is left out: the next prices come soon.
KEEP_DISPLACED = """
update held_table h
set first_displaced = coalesce(h.first_displaced, x.displaced), last_displaced = x.displaced
from (select y.held_id, y.displaced
      from unnest($2::uuid[], $3::bigint[]) as y (held_id, displaced)
      join held_table o on o.venue_id = $1 and o.held_id = y.held_id
      where o.state = 'held'
      for update of o skip locked) x
where h.venue_id = $1 and h.held_id = x.held_id
"""

TRY_LOCK = """
select pg_try_advisory_xact_lock(hashtextextended('maitred prices ' || $1 || ' ' || $2, 0))
"""

MADE_AT = "select made_at from bid_price where venue_id = $1 and period_id = $2"

# Booking requests so far; denials to walk-ins and the waitlist belong to the walk-in demand.
COUNT_REQUESTS = """
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
    """Compute prices of the periods that are due (module docstring); returns how many were."""
    async with pool.acquire() as conn:
        rows = await conn.fetch(DUE, await clock.now(conn))
    for row in rows:
        async with transaction(pool) as conn:
            await _refresh(conn, clock, row)
    return len(rows)


async def _refresh(conn: Connection, clock: Clock, row: Record) -> None:
    venue_id, period_id = row["venue_id"], row["period_id"]
    if not await conn.fetchval(TRY_LOCK, venue_id, period_id):
        return
    if await conn.fetchval(MADE_AT, venue_id, period_id) != row["made_at"]:
        return
    in_force, now = await house_of(conn, venue_id), await clock.now(conn)
    period = period_in(row)
    in_force = await version_for(conn, in_force, period)
    picture = await read_unlocked(conn, venue_id, in_force, period, now=now)
    caution = picture.rules.decisions.stay_caution
    forecast = await forecast_for(conn, venue_id, period, stay_caution=caution)
    asked = await _count_requests(conn, venue_id, period)
    bids = await asyncio.to_thread(price_period, picture, in_force.house, forecast, asked, now=now)
    await _keep(conn, venue_id, picture, bids)
    worths = dict(displaced_values(picture, in_force.house, bids, now=now))
    if worths:
        await conn.execute(KEEP_DISPLACED, venue_id, [*worths], [*worths.values()])


async def _count_requests(conn: Connection, venue_id: str, period: Period) -> int:
    between = (period.opens, period.closes)
    count: int = await conn.fetchval(
        COUNT_REQUESTS, venue_id, period.period_id, period.service_date, *between
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
