"""The quote model of each venue, learned from quoted parties once they sat down or left."""

from datetime import datetime, timedelta
from functools import partial
from typing import Final

import msgspec
from asyncpg import Record

from policies.book.lifecycles import SLIP_SECONDS
from policies.forecast.forecast import Forecast
from policies.lookahead.quotes import (
    FORMAT,
    QuoteModel,
    QuoteOutcome,
    SimulatedWait,
    first_model,
    from_scales,
    learned_from,
)
from seating.clock import Clock
from seating.db import Connection, Pool, run_unless_busy

MODEL = "select short, middle, long, model::text from quote_scale where venue_id = $1"

# Wait until a mistaken tap can no longer be undone (two minutes): learning cannot be undone.
TO_LEARN = """
select distinct venue_id from wait_entry
where simulated_minutes is not null and not quote_learned and ended_at <= $1
order by venue_id
"""

# The factors are what earlier code quotes with while both run.
INSERT_MODEL = """
insert into quote_scale (venue_id, short, middle, long) values ($1, 2.0, 1.1, 1.15)
on conflict do nothing
"""

LOCK_MODEL = """
select short, middle, long, model::text from quote_scale where venue_id = $1 for update
"""

# Parties still on the list at the close are left out: nobody recorded when they left.
CLAIM_OUTCOMES = """
with claimed as (
    update wait_entry set quote_learned = true
    where venue_id = $1 and simulated_minutes is not null and not quote_learned
      and ended_at <= $2
    returning wait_id, period_id, state, joined_at, ended_at, quoted_minutes, simulated)
select c.simulated::text, c.state = 'seated' as sat,
       floor(extract(epoch from c.ended_at - c.joined_at) / 60)::int as waited,
       (b.forecast ->> 'patience_minutes')::float as patience
from claimed c
join period p on p.venue_id = $1 and p.period_id = c.period_id
left join bid_price b on b.venue_id = $1 and b.period_id = c.period_id
where c.simulated is not null and c.quoted_minutes is not null
  and (c.state = 'seated' or c.ended_at < p.closes)
order by c.ended_at, c.wait_id
"""

KEEP_MODEL = """
update quote_scale set model = $2::text::jsonb, learned = learned + $3 where venue_id = $1
"""

PATIENCE: Final = Forecast().patience_minutes
_SLIP: Final = timedelta(seconds=SLIP_SECONDS)


async def quote_model_of(conn: Connection, venue_id: str) -> QuoteModel:
    """Return the model for waits: the one learned here, or the one every venue starts from."""
    return _model(await conn.fetchrow(MODEL, venue_id))


async def learn_quotes(pool: Pool, clock: Clock) -> int:
    """Learn from quoted parties that were seated or left; returns how many venues had any.

    Each entry counts once: it is claimed in the transaction that updates the model.
    """
    async with pool.acquire() as conn:
        until = await clock.now(conn) - _SLIP
        rows = await conn.fetch(TO_LEARN, until)
    for row in rows:
        work = partial(_learn, venue_id=row["venue_id"], until=until)
        await run_unless_busy(pool, work, f"quotes of {row['venue_id']}")
    return len(rows)


async def _learn(conn: Connection, venue_id: str, until: datetime) -> None:
    await conn.execute(INSERT_MODEL, venue_id)
    model = _model(await conn.fetchrow(LOCK_MODEL, venue_id))
    outcomes = await conn.fetch(CLAIM_OUTCOMES, venue_id, until)
    for row in outcomes:
        simulated = msgspec.json.decode(row["simulated"], type=SimulatedWait)
        outcome = QuoteOutcome(row["waited"], row["sat"])
        model = learned_from(model, simulated, outcome, row["patience"] or PATIENCE)
    await conn.execute(KEEP_MODEL, venue_id, msgspec.json.encode(model).decode(), len(outcomes))


def _model(row: Record | None) -> QuoteModel:
    """Return the stored model; one of before, by its factors; without a row the first."""
    if row is None:
        return first_model()
    if row["model"] is not None:
        model = msgspec.json.decode(row["model"], type=QuoteModel)
        if model.format == FORMAT:
            return model
    return from_scales((row["short"], row["middle"], row["long"]))
