"""The way to the database: one pool per process, one transaction per command."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeVar

import asyncpg
from asyncpg.pool import PoolConnectionProxy

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    Pool = asyncpg.Pool[asyncpg.Record]
    Connection = asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]
else:
    # Litestar reads annotations at run time, where asyncpg's classes take no parameters.
    Pool = asyncpg.Pool
    Connection = asyncpg.Connection | PoolConnectionProxy

T = TypeVar("T")

SETTINGS = {
    "application_name": "maitred",
    # Compiling pays off for reports of seconds; ours are statements of a millisecond.
    "jit": "off",
    "timezone": "UTC",
}
# Longer than any statement should take, shorter than the patience of a host at the door.
COMMAND_TIMEOUT_SECONDS = 10.0


async def open_pool(dsn: str, *, min_size: int = 2, max_size: int = 10) -> Pool:
    """Open a pool; JSON columns are read and written as text.

    Raises OSError or asyncpg.PostgresError when the database does not answer.
    """
    return await asyncpg.create_pool(
        dsn,
        min_size=min_size,
        max_size=max_size,
        command_timeout=COMMAND_TIMEOUT_SECONDS,
        server_settings=SETTINGS,
    )


class LostRaceError(Exception):
    """What was read before the lock is no longer true; the command has to begin again."""


TRIES = 4
RETRIED = (
    LostRaceError,
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
    asyncpg.UniqueViolationError,
    # What a row is about was undone meanwhile.
    asyncpg.ForeignKeyViolationError,
)


@asynccontextmanager
async def transaction(pool: Pool) -> AsyncIterator[Connection]:
    """Lend a connection inside one READ COMMITTED transaction: commit at the end, or nothing."""
    async with pool.acquire() as connection, connection.transaction(isolation="read_committed"):
        yield connection


async def run(pool: Pool, work: Callable[[Connection], Awaitable[T]]) -> T:
    """Run a command in a transaction of its own, again from the start when it lost a race.

    Raises what the last try raised.
    """
    for left in reversed(range(TRIES)):
        try:
            async with transaction(pool) as connection:
                return await work(connection)
        except RETRIED:
            if not left:
                raise
    raise AssertionError
