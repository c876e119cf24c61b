"""Guesses at secrets, counted per key in the database: a few in a minute, then a pause."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from seating.db import Connection, Pool
from seating.errors import Locked

LIMIT = 10
OF_AN_ADDRESS = 100
"""What one address may guess at all clients together: a list of stolen secrets is longer."""

WINDOW = timedelta(minutes=1)

COUNT_FAILURE = """
insert into attempt (key, failures, since) select key, 1, $2 from unnest($1::text[]) as key
on conflict (key) do update set
    failures = case when attempt.since <= $3 then 1 else attempt.failures + 1 end,
    since = case when attempt.since <= $3 then excluded.since else attempt.since end
"""

TOO_MANY = """
select exists (
    select from attempt join unnest($1::text[], $2::int[]) as allowed (key, most) using (key)
    where failures >= most and since > $3)
"""

DELETE_OLD_ATTEMPTS = "delete from attempt where since <= $1"


async def count_failure(db: Pool | Connection, guessing: Mapping[str, int], now: datetime) -> None:
    """Remember one wrong guess; call it outside a transaction that the refusal rolls back."""
    await db.execute(COUNT_FAILURE, sorted(guessing), now, now - WINDOW)


async def check(db: Pool | Connection, guessing: Mapping[str, int], now: datetime) -> None:
    """Raise Locked when a key has guessed wrong as often within WINDOW as it may.

    `guessing`: how often each key may.
    """
    keys = sorted(guessing)
    if await db.fetchval(TOO_MANY, keys, [guessing[key] for key in keys], now - WINDOW):
        raise Locked("Too many wrong attempts: wait a minute.")


async def forget_old(conn: Connection, now: datetime) -> None:
    """Drop what no longer counts."""
    await conn.execute(DELETE_OLD_ATTEMPTS, now - WINDOW)
