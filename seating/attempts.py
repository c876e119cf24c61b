"""Guesses at secrets, counted per key in the database: a few in a minute, then a pause."""

from datetime import datetime, timedelta

from seating.db import Connection, Pool
from seating.errors import Locked

LIMIT = 10
WINDOW = timedelta(minutes=1)

COUNT_FAILURE = """
insert into attempt (key, failures, since) values ($1, 1, $2)
on conflict (key) do update set
    failures = case when attempt.since <= $3 then 1 else attempt.failures + 1 end,
    since = case when attempt.since <= $3 then excluded.since else attempt.since end
"""

SELECT_FAILURES = "select failures from attempt where key = $1 and since > $2"

DELETE_OLD_ATTEMPTS = "delete from attempt where since <= $1"


async def count_failure(db: Pool | Connection, key: str, now: datetime) -> None:
    """Remember one wrong guess; call it outside a transaction that the refusal rolls back."""
    await db.execute(COUNT_FAILURE, key, now, now - WINDOW)


async def check(db: Pool | Connection, key: str, now: datetime) -> None:
    """Raise Locked when `key` has guessed wrong LIMIT times within WINDOW."""
    failures = await db.fetchval(SELECT_FAILURES, key, now - WINDOW)
    if failures is not None and failures >= LIMIT:
        raise Locked("Too many wrong attempts: wait a minute.")


async def forget_old(conn: Connection, now: datetime) -> None:
    """Drop what no longer counts."""
    await conn.execute(DELETE_OLD_ATTEMPTS, now - WINDOW)
