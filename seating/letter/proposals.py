"""What the letter of a service date proposed: advice as it stood on that morning."""

from datetime import date, timedelta

import msgspec

from policies.advice.advice import Advice
from policies.advice.proposals import proposals_of
from seating.advice.advice import advice_for
from seating.clock import Clock
from seating.db import Connection, Pool, transaction

MORNING_AFTER = timedelta(hours=36)
"""So long after it closed a service date gets a letter with proposals."""

# The last date of each venue that is over: its periods of these days are all closed.
LETTERS_DUE = """
select distinct on (p.venue_id) p.venue_id, p.service_date
from period p
where p.closed_at > $1 and not exists (
    select from period o where o.venue_id = p.venue_id and o.service_date = p.service_date
      and o.served and o.closed_at is null)
  and not exists (
    select from letter l where l.venue_id = p.venue_id and l.service_date = p.service_date)
order by p.venue_id, p.service_date desc
"""

KEEP_LETTER = """
insert into letter (venue_id, service_date, made_at, proposals) values ($1, $2, $3, $4::jsonb)
on conflict do nothing
"""

PROPOSED = "select proposals::text from letter where venue_id = $1 and service_date = $2"


async def write_letters(pool: Pool, clock: Clock) -> int:
    """Keep what is proposed after each venue's last closed service date; returns how many.

    Of any number of processes one keeps it.
    """
    async with pool.acquire() as conn:
        now = await clock.now(conn)
        due = await conn.fetch(LETTERS_DUE, now - MORNING_AFTER)
    for row in due:
        async with transaction(pool) as conn:
            advice = await advice_for(conn, row["venue_id"], clock)
            kept = msgspec.json.encode(proposals_of(advice.advice)).decode()
            day = row["service_date"]
            await conn.execute(KEEP_LETTER, row["venue_id"], day, advice.made_at, kept)
    return len(due)


async def proposed(conn: Connection, venue_id: str, day: date) -> tuple[Advice, ...] | None:
    """Return what the letter of a service date proposed; None where there was none yet."""
    text = await conn.fetchval(PROPOSED, venue_id, day)
    return msgspec.json.decode(text, type=tuple[Advice, ...]) if text else None
