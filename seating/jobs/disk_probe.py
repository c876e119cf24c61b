"""Whether the database takes writes: a file that grows on its disk, and a row that is committed.

A row alone would find its place in what the tables and the log hold already, and tell of a full
disk only hours later.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import asyncpg

from seating.db import transaction_on

if TYPE_CHECKING:
    from datetime import datetime

    from seating.db import Pool

PATIENCE_SECONDS: Final = 2.5
OFTEN_ENOUGH: Final = timedelta(seconds=4)
"""What another process wrote so shortly ago shows the same."""

SMALL_MEMORY: Final = "select set_config('work_mem', '64kB', true)"
# Half a megabyte that is kept in 64 kB of memory makes a temporary file. A time that is ahead was
# written before the clock was set back.
PROBE: Final = """
with spilled as materialized (
    select repeat(md5(i::text), 32) as line from generate_series(1, 500) i)
insert into disk_probe (at)
select $1 from (select count(line) as lines from spilled) counted where lines > 0
on conflict (one) do update set at = excluded.at
where disk_probe.at not between excluded.at - $2::interval and excluded.at
"""


async def wrong_with_writes(pool: Pool, now: datetime) -> str:
    """Write, and return what hinders it; empty where nothing does."""
    try:
        # One of the connections kept for readers: that writers wait for a lock is no full disk.
        async with (
            asyncio.timeout(PATIENCE_SECONDS),
            pool.acquire() as conn,
            transaction_on(conn),
        ):
            await conn.execute(SMALL_MEMORY)
            await conn.execute(PROBE, now, OFTEN_ENOUGH)
    except asyncpg.DiskFullError:
        return "The disk of the database is full."
    except asyncpg.PostgresError as error:
        return f"The database takes no writes ({error.sqlstate})."
    except TimeoutError:
        return f"The database has taken no write in {PATIENCE_SECONDS} s."
    except (OSError, asyncpg.InterfaceError):
        return "The database does not answer."
    return ""
