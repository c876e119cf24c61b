"""The scales of wait quotes, learned from quoted parties once they sat down or left."""

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from asyncpg import Record

from policies.book.lifecycles import SLIP_SECONDS
from policies.book.picture import Picture
from policies.forecast.forecast import Forecast
from policies.lookahead.quotes import BIN_BOUNDS, Quote, QuoteOutcome, QuoteScales, update_scales
from seating.clock import Clock
from seating.db import Connection, Pool, run_unless_busy
from seating.forecast.learning import forecast_for

SCALES = "select short, middle, long from quote_scale where venue_id = $1"

# Wait until a mistaken tap can no longer be undone (two minutes): learning cannot be undone.
TO_LEARN = """
select distinct venue_id from wait_entry
where simulated_minutes is not null and not quote_learned and ended_at <= $1
order by venue_id
"""

INSERT_SCALES = """
insert into quote_scale (venue_id, short, middle, long) values ($1, $2, $3, $4)
on conflict do nothing
"""

LOCK_SCALES = """
select short, middle, long from quote_scale where venue_id = $1 for update
"""

# Parties still on the list at the close are left out: nobody recorded when they left.
CLAIM_OUTCOMES = """
with claimed as (
    update wait_entry set quote_learned = true
    where venue_id = $1 and simulated_minutes is not null and not quote_learned
      and ended_at <= $2
    returning wait_id, period_id, state, joined_at, ended_at, quoted_minutes, simulated_minutes)
select c.quoted_minutes, c.simulated_minutes, c.state = 'seated' as sat,
       floor(extract(epoch from c.ended_at - c.joined_at) / 60)::int as waited,
       (b.forecast ->> 'patience_minutes')::float as patience
from claimed c
join period p on p.venue_id = $1 and p.period_id = c.period_id
left join bid_price b on b.venue_id = $1 and b.period_id = c.period_id
where c.quoted_minutes is not null and (c.state = 'seated' or c.ended_at < p.closes)
order by c.ended_at, c.wait_id
"""

KEEP_SCALES = """
update quote_scale set short = $2, middle = $3, long = $4, learned = learned + $5
where venue_id = $1
"""

PATIENCE: Final = Forecast().patience_minutes
_SLIP: Final = timedelta(seconds=SLIP_SECONDS)


async def scales_of(conn: Connection, venue_id: str) -> QuoteScales:
    """Return the factors for simulated waits: those learned, or the defaults."""
    return _scales(await conn.fetchrow(SCALES, venue_id))


async def decision_forecast(conn: Connection, venue_id: str, picture: Picture) -> Forecast:
    """Return the forecast that decisions of this period use: that of its bid prices, if any."""
    if picture.prices is not None:
        return picture.prices.forecast
    caution = picture.rules.decisions.stay_caution
    return await forecast_for(conn, venue_id, picture.period, stay_caution=caution)


async def learn_quotes(pool: Pool, clock: Clock) -> int:
    """Learn from quoted parties that were seated or left; returns how many venues had any.

    Each entry counts once: it is claimed in the transaction that updates the scales.
    """
    async with pool.acquire() as conn:
        until = await clock.now(conn) - _SLIP
        rows = await conn.fetch(TO_LEARN, until)
    for row in rows:
        work = partial(_learn, venue_id=row["venue_id"], until=until)
        await run_unless_busy(pool, work, f"quotes of {row['venue_id']}")
    return len(rows)


async def _learn(conn: Connection, venue_id: str, until: datetime) -> None:
    await conn.execute(INSERT_SCALES, venue_id, *QuoteScales().scales)
    scales = _scales(await conn.fetchrow(LOCK_SCALES, venue_id))
    outcomes = await conn.fetch(CLAIM_OUTCOMES, venue_id, until)
    for row in outcomes:
        quote = _quote(row["quoted_minutes"], row["simulated_minutes"])
        scales = update_scales(
            scales, quote, QuoteOutcome(row["waited"], row["sat"]), row["patience"] or PATIENCE
        )
    await conn.execute(KEEP_SCALES, venue_id, *scales.scales, len(outcomes))


def _quote(minutes: int, simulated: float) -> Quote:
    return Quote(minutes, simulated, sum(simulated >= bound for bound in BIN_BOUNDS))


def _scales(row: Record | None) -> QuoteScales:
    if row is None:
        return QuoteScales()
    return QuoteScales(scales=(row["short"], row["middle"], row["long"]))
