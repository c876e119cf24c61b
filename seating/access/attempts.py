"""Failed authentication attempts, counted per key: at most LIMIT per minute."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from policies.words.message import message
from seating.db import Connection, Pool
from seating.errors import Locked

LIMIT = 10
LIMIT_PER_ADDRESS = 100
"""Failures of one address over all clients, against lists of stolen secrets."""

WINDOW = timedelta(minutes=1)

# A window that begins further ahead than it is long was begun before the clock was set back: it is
# over, or nobody would get in until the clock has come there again.
COUNT_FAILURE = """
insert into attempt (key, failures, since) select key, 1, $2 from unnest($1::text[]) as key
on conflict (key) do update set
    failures = case when attempt.since > $3 and attempt.since <= $4
        then attempt.failures + 1 else 1 end,
    since = case when attempt.since > $3 and attempt.since <= $4
        then attempt.since else excluded.since end
"""

TOO_MANY = """
select exists (
    select from attempt join unnest($1::text[], $2::int[]) as allowed (key, most) using (key)
    where failures >= most and since > $3 and since <= $4)
"""

DELETE_OLD_ATTEMPTS = "delete from attempt where since <= $1 or since > $2"


async def count_failure(db: Pool | Connection, limits: Mapping[str, int], now: datetime) -> None:
    """Count a failure of each key; outside any transaction that the refusal rolls back."""
    await db.execute(COUNT_FAILURE, sorted(limits), now, now - WINDOW, now + WINDOW)


async def check(db: Pool | Connection, limits: Mapping[str, int], now: datetime) -> None:
    """Raise Locked when a key has reached its limit of failures within WINDOW.

    `limits`: failures allowed by key.
    """
    keys = sorted(limits)
    most = [limits[key] for key in keys]
    if await db.fetchval(TOO_MANY, keys, most, now - WINDOW, now + WINDOW):
        refused = Locked(message("too-many-attempts"))
        refused.seconds = int(WINDOW.total_seconds())
        raise refused


async def delete_old(conn: Connection, now: datetime) -> None:
    """Delete the counters of past windows."""
    await conn.execute(DELETE_OLD_ATTEMPTS, now - WINDOW, now + WINDOW)
