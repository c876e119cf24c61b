"""Pool, transactions and retries: one pool per process, one transaction per command."""

from __future__ import annotations

import asyncio
import logging
import re
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, TypeVar

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from seating import lending
from seating.connecting import FAILURES, no_connection, read_dsn
from seating.fitness import require_fit
from seating.lock_queue import MOST_SECONDS, TURN, CrowdedError, Turn

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    Connection = asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]
else:
    # Litestar reads annotations at run time, where asyncpg's classes take no parameters.
    Connection = asyncpg.Connection | PoolConnectionProxy

Pool = lending.ConnectionPool
ACTING: ContextVar[str | None] = ContextVar("acting", default=None)
"""The staff id of the person for whom this task writes; announcements say it
(seating/book/announcing.py)."""
SET_ACTING = "select set_config('maitred.acting', $1, true)"
T = TypeVar("T")
log = logging.getLogger("maitred.database")

SETTINGS = {
    "application_name": "maitred",
    # Our statements take about a millisecond; compiling one takes longer than running it.
    "jit": "off",
    # With the time in which a connection is lent (lending.WAIT_SECONDS) three seconds: then whoever
    # waits for a period is told so (503 PERIOD_BUSY).
    "lock_timeout": "1200ms",
    # A process of ours that hangs, or whose machine is gone, holds nobody's book for ever.
    "statement_timeout": "15s",
    "idle_in_transaction_session_timeout": "60s",
    "tcp_keepalives_idle": "15",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "timezone": "UTC",
}
# Far above what any statement should take, short enough for somebody waiting at a tablet.
COMMAND_TIMEOUT_SECONDS = 8.0


async def open_pool(dsn: str, *, min_size: int = 2, max_size: int = 10) -> Pool:
    """Open a pool on a database that is fit; JSON columns are read and written as text.

    Raises NoConnectionError when the database does not answer, UnfitDatabaseError when it cannot
    carry the service.
    """
    target = read_dsn(dsn)
    try:
        pool = await Pool(
            target.dsn,
            min_size=min_size,
            max_size=max_size,
            command_timeout=COMMAND_TIMEOUT_SECONDS,
            server_settings=SETTINGS,
            **target.keywords,
        )
    except FAILURES as error:
        raise no_connection(dsn, error) from None
    try:
        async with pool.acquire() as connection:
            facts = await require_fit(connection)
        if facts.warning:
            log.warning("%s", facts.warning)
        pool.unwise = facts.warning
    except BaseException:
        await pool.close()
        raise
    return pool


def violates(error: asyncpg.PostgresError, constraint: str) -> bool:
    """Tell whether the error names this constraint or index.

    A distributed PostgreSQL (Citus) leaves `constraint_name` empty and puts the name, with the
    shard's number behind it, into the message.
    """
    if name := error.constraint_name:
        return bool(name == constraint)
    return re.search(rf'"{re.escape(constraint)}(_\d+)?"', str(error)) is not None


class LostRaceError(Exception):
    """What was read before the lock has changed; `run` retries the command."""


TRIES = 4
RETRIED = (
    LostRaceError,
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
    asyncpg.UniqueViolationError,
    # The row referred to was undone (deleted) by a concurrent command.
    asyncpg.ForeignKeyViolationError,
)


@asynccontextmanager
async def transaction(pool: Pool) -> AsyncIterator[Connection]:
    """Yield a connection inside one READ COMMITTED transaction; roll back on an exception.

    Raises NoConnectionFreeError.
    """
    connection = await pool.for_writing()
    try:
        async with transaction_on(connection):
            yield connection
    finally:
        await pool.release(connection)


@asynccontextmanager
async def transaction_on(connection: Connection) -> AsyncIterator[None]:
    """Run the block in a READ COMMITTED transaction on a connection that is lent already.

    Where the server does not answer, the connection is cut off: asyncpg would wait for the word
    that its statement is cancelled. What the block raised is raised, also where there is nothing to
    roll back any more.
    """
    ended: BaseException | None = None
    try:
        async with connection.transaction(isolation="read_committed"):
            try:
                if who := ACTING.get():
                    await connection.execute(SET_ACTING, who)
                yield
            except BaseException as error:
                ended = error
                if isinstance(error, TimeoutError):
                    connection.terminate()
                raise
    except FAILURES:
        if ended is None:
            raise
    if ended is not None:
        raise ended


async def run(pool: Pool, work: Callable[[Connection], Awaitable[T]]) -> T:
    """Run `work` in its own transaction; on an exception in RETRIED again, up to TRIES times.

    Where many of this process wait for the same periods, it queues without a connection and tries
    again, for MOST_SECONDS in all. Raises what the last try raised, NoConnectionFreeError,
    PeriodBusyError.
    """
    turn = Turn(pool.locks)
    token = TURN.set(turn)
    try:
        return await _tried(pool, work, turn)
    finally:
        turn.give_back()
        TURN.reset(token)


async def _tried(pool: Pool, work: Callable[[Connection], Awaitable[T]], turn: Turn) -> T:
    left, now = TRIES, asyncio.get_running_loop().time
    until = now() + MOST_SECONDS
    while True:
        try:
            async with transaction(pool) as connection:
                return await work(connection)
        except CrowdedError as many:
            if now() >= until:  # it locks several, one after the other, and gave its place away
                raise
            await turn.queue.place_for(many.key, pool.wait)
            turn.place = many.key
        except RETRIED:
            left -= 1
            if not left:
                raise


SKIP_AFTER = "set local lock_timeout = '300ms'"


async def run_unless_busy(
    pool: Pool, work: Callable[[Connection], Awaitable[T]], what: str
) -> T | None:
    """Run a part of a sweep; None, and a line in the log, when others keep it locked.

    `what` names it there. The next sweep tries again, and the other parts are not kept waiting.
    """

    async def soon(conn: Connection) -> T:
        await conn.execute(SKIP_AFTER)
        return await work(conn)

    try:
        return await run(pool, soon)
    except asyncpg.LockNotAvailableError:
        log.warning("%s is locked by others and was left for the next time", what)
        return None
