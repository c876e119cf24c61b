"""The pool of a process: nobody waits long for a connection, and some are kept for readers.

Writers may hold all connections but KEPT, so that reading and health go on while writers wait for
a lock. What a lost or demoted server leaves behind is not lent again.
"""

from __future__ import annotations

import asyncio
import logging
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final

import asyncpg

from seating.connecting import FAILURES, open_connection
from seating.lock_queue import LockQueue, Patience

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

    Base = asyncpg.Pool[asyncpg.Record]
    Lent = PoolConnectionProxy[asyncpg.Record]
else:
    Base = asyncpg.Pool

log = logging.getLogger("maitred.database")

WAIT_SECONDS: Final = 1.5
"""So long one waits for a connection, or for a place among those who wait for a lock, while
nothing moves: no connection was returned, nobody got that lock."""
RETURN_SECONDS: Final = 1.0
"""To cancel what still runs on a returned connection; then it is cut off."""
CLOSE_SECONDS = 5.0
"""Connections have so long to come back when the pool closes: one that never does holds up no end
of a process, nor of a test run."""
OPENING_SECONDS: Final = 5.0
"""To open a new connection, which takes a second on a machine that is busy with other things."""
LONGEST_STATEMENT: Final = 64 * 1024
"""Characters of a statement that is planned once for a connection. Of those over 15 KiB asyncpg by
itself keeps none: the longest of ours were parsed and planned anew each time."""
KEPT: Final = 2
"""Connections for readers; of a small pool fewer, so that more are for writers."""
WRITING: Final = ("for writing",)
"""What moves when a writer's connection comes back; a reader's helps no writer who waits."""


class OneLine(logging.Filter):
    """asyncpg tells of each spare connection that does not open with a traceback: one line does."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Put the error's first line behind the message, in the traceback's place."""
        if record.exc_info and (error := record.exc_info[1]):
            said = str(error).partition("\n")[0]
            record.msg = f"{record.getMessage()} ({type(error).__name__}: {said})"
            record.args, record.exc_info = (), None
        return True


ONE_LINE: Final = OneLine()


class NoConnectionFreeError(TimeoutError):
    """All connections were in use, or none opened, for as long as one waits."""


class ConnectionPool(Base):
    """asyncpg's pool with bounds; `locks`: who of this process waits for which periods.

    `unwise`: what an operator should change of the database though it works; empty for nothing.
    """

    def __init__(self, dsn: str, *, max_size: int, wait: float | None = None, **more: Any) -> None:  # noqa: ANN401
        """`wait`: seconds in which a connection is lent, WAIT_SECONDS by default."""
        given: dict[str, Any] = {
            "max_queries": 50_000,
            "max_cacheable_statement_size": LONGEST_STATEMENT,
            "max_inactive_connection_lifetime": 300.0,
            "loop": None,
            "connect": opened_in_time,
            "reset": nothing_to_reset,
            "connection_class": asyncpg.Connection,
            "record_class": asyncpg.Record,
        }
        super().__init__(dsn, max_size=max_size, **(given | more))
        writers = max_size - min(KEPT, (max_size - 1) // 2)
        logging.getLogger("asyncpg.pool").addFilter(ONE_LINE)  # once, however often it is added
        self.wait = WAIT_SECONDS if wait is None else wait
        self.locks = LockQueue(writers)
        self.unwise = ""
        self._writers = asyncio.Semaphore(writers)
        self._writing: set[Lent] = set()
        self._patience = Patience()

    async def for_writing(self) -> Lent:
        """Lend a connection that is none of those kept for readers; `release` takes it back.

        Raises NoConnectionFreeError when no writer returned one for `wait` seconds.
        """
        try:
            if self._writers.locked():
                async with self._patience.limit(self.wait, WRITING):
                    await self._writers.acquire()
            else:
                await self._writers.acquire()  # at once
        except TimeoutError:
            raise NoConnectionFreeError("all connections for writing are in use") from None
        try:
            connection: Lent = await self._acquire(None)
        except BaseException:
            self._writers.release()
            raise
        self._writing.add(connection)
        return connection

    async def _acquire(self, timeout: float | None) -> Any:  # noqa: ANN401, ASYNC109 - as asyncpg has it
        if timeout is None and self._has_one_at_hand():
            return await super()._acquire(None)  # type: ignore[misc]
        # Without asyncpg's own timeout, which costs a task each time.
        try:
            async with self._patience.limit(self.wait if timeout is None else timeout) as limit:
                mark = LIMIT.set(limit)
                try:
                    return await super()._acquire(None)  # type: ignore[misc]
                finally:
                    LIMIT.reset(mark)
        except TimeoutError:
            raise NoConnectionFreeError("no connection was free in time") from None

    def _has_one_at_hand(self) -> bool:
        """Whether the connection that is lent next is free and open."""
        pool: Any = self  # asyncpg's own names: it tells this nowhere
        free = pool._queue._queue if pool._queue else ()  # noqa: SLF001
        last = free[-1] if free else None
        return last is not None and last.is_connected() and last._generation == pool._generation  # noqa: SLF001

    async def close(self) -> None:
        """Close all connections; those that nobody returned within CLOSE_SECONDS are cut off."""
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                await super().close()  # which cuts them off when it is cancelled
        except TimeoutError:
            log.warning("connections were in use when the pool closed and were cut off")

    async def release(self, connection: Lent, *, timeout: float | None = None) -> None:  # noqa: ASYNC109
        """Take a connection back; twice does nothing. One that is read-only now is closed.

        One that was lost, or that does not come to rest in time, is closed and replaced: that is
        no failure of what was done with it. A writer's place is free once the connection is back.
        """
        wrote, out = connection in self._writing, is_out(connection)
        self._writing.discard(connection)
        try:
            if is_read_only(connection):
                connection.terminate()
            await super().release(connection, timeout=timeout or RETURN_SECONDS)
        except FAILURES as error:
            if is_out(connection):
                raise
            log.info("a returned connection was closed: %s", type(error).__name__)
        finally:
            if wrote:
                self._writers.release()
                self._patience.moved(WRITING)
            if out:
                self._patience.moved()


def is_out(connection: Lent) -> bool:
    """Whether it was neither returned nor lost yet."""
    try:
        connection.is_closed()
    except asyncpg.InterfaceError:
        return False
    return True


async def nothing_to_reset(_: object) -> None:
    """In place of asyncpg's reset, a round trip each time a connection is returned.

    On connections of the pool settings are made by `set local` and locks end with the transaction
    (tests/test_code_safety.py); a transaction that is left open asyncpg rolls back itself.
    """


LIMIT: ContextVar[asyncio.Timeout | None] = ContextVar("limit", default=None)
"""Of the task that waits for a connection."""


async def opened_in_time(*where: Any, **how: Any) -> asyncpg.Connection[asyncpg.Record]:  # noqa: ANN401
    """Open a connection; who waits for it waits so long as that may take."""
    limit = LIMIT.get()
    if limit is not None and (when := limit.when()) is not None:
        now = asyncio.get_running_loop().time()
        limit.reschedule(max(when, now + OPENING_SECONDS))
    return await open_connection(*where, **how)


def is_read_only(connection: Lent | asyncpg.Connection[asyncpg.Record]) -> bool:
    """Whether the server said that it has become a standby, or takes no writes any more."""
    try:
        said = connection.get_settings()
    except asyncpg.InterfaceError:  # closed, or returned already
        return False
    return "on" in (
        getattr(said, "in_hot_standby", "off"),
        getattr(said, "default_transaction_read_only", "off"),
    )
