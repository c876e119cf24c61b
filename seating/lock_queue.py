"""Who of this process waits for locked periods, so that one stuck evening leaves room for others.

Whoever waits for a lock inside PostgreSQL holds a connection meanwhile. So only a few may wait
there for the same periods; the others give their connection back and queue here, in order, until
one of those is through or their time is over.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import asyncpg

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence

Key = tuple[str, ...]
"""A venue and the periods that are locked together."""

LONGEST_QUEUE: Final = 200
MOST_SECONDS: Final = 10.0
"""Longer nobody waits, also where it goes on."""


class PeriodBusyError(asyncpg.LockNotAvailableError):
    """The periods stayed locked by others; nothing was written."""


class CrowdedError(PeriodBusyError):
    """As many of this process as may wait for these periods already."""

    def __init__(self, key: Key) -> None:
        super().__init__(f"many wait for {' '.join(key)}")
        self.key = key


class Patience:
    """Time limits that begin anew whenever something moves, so that only standing still ends them.

    None lasts longer than MOST_SECONDS.
    """

    def __init__(self) -> None:
        self._limits: dict[asyncio.Timeout, tuple[Key, float, float]] = {}

    @asynccontextmanager
    async def limit(self, seconds: float, key: Key = ()) -> AsyncIterator[asyncio.Timeout]:
        """Raise TimeoutError when the block takes so long and nothing moves for its key."""
        end = asyncio.get_running_loop().time() + max(seconds, MOST_SECONDS)
        async with asyncio.timeout(seconds) as limit:
            self._limits[limit] = (key, seconds, end)
            try:
                yield limit
            finally:
                del self._limits[limit]

    def moved(self, key: Key = ()) -> None:
        """Begin the limits of this key anew."""
        if not self._limits:
            return
        now = asyncio.get_running_loop().time()
        for limit, (whose, seconds, end) in self._limits.items():
            if whose == key and not limit.expired():
                limit.reschedule(max(limit.when() or now, min(now + seconds, end)))


class LockQueue:
    """`most` connections at a time are lent for writing; one evening's waiters hold half of them.

    All waiters together hold three quarters of them.
    """

    def __init__(self, most: int) -> None:
        self._each = max(1, most // 2)
        self._all = max(self._each, most * 3 // 4)
        self._waiting: Counter[Key] = Counter()
        self._queue: dict[asyncio.Future[None], Key] = {}
        self._patience = Patience()

    def enter(self, key: Key) -> bool:
        """Take a place among those who wait inside PostgreSQL, if there is one."""
        free = self._has_place(key)
        if free:
            self._waiting[key] += 1
        return free

    def moved(self, key: Key) -> None:
        """Somebody got these locks: whoever queues for them may go on waiting."""
        self._patience.moved(key)

    def leave(self, key: Key) -> None:
        """Give a place back: to the first in the queue that it helps."""
        self._waiting[key] -= 1
        if not self._waiting[key]:
            del self._waiting[key]
        for next_one, wanted in self._queue.items():
            if not next_one.done() and self._has_place(wanted):
                self._waiting[wanted] += 1
                next_one.set_result(None)
                return

    async def place_for(self, key: Key, seconds: float) -> None:
        """Queue for a place and take it.

        Raises PeriodBusyError when nobody got these locks for so many seconds.
        """
        if self.enter(key):
            return
        if len(self._queue) >= LONGEST_QUEUE:
            raise PeriodBusyError(f"too many queue for {' '.join(key)}")
        mine = asyncio.get_running_loop().create_future()
        self._queue[mine] = key
        try:
            async with self._patience.limit(seconds, key):
                await mine
        except BaseException as error:
            if mine.done() and not mine.cancelled():
                self.leave(key)
            if isinstance(error, TimeoutError):
                raise PeriodBusyError(f"no turn in time for {' '.join(key)}") from None
            raise
        finally:
            del self._queue[mine]

    def many_for(self, key: Key) -> bool:
        """Whether as many as may wait for these periods alone, so that they are surely locked."""
        return self._waiting[key] >= self._each

    def _has_place(self, key: Key) -> bool:
        return self._waiting[key] < self._each and self._waiting.total() < self._all


@dataclass
class Turn:
    """What `run` knows of its command: the queue it may have to join, the place it was given."""

    queue: LockQueue
    place: Key | None = None

    def give_back(self) -> None:
        """Give back a place that was not used."""
        if self.place is not None:
            place, self.place = self.place, None
            self.queue.leave(place)


TURN: Final[ContextVar[Turn | None]] = ContextVar("turn", default=None)


@contextmanager
def waiting_for(venue_id: str, period_ids: Sequence[str]) -> Iterator[bool]:
    """Hold a place of the queue while the block takes the locks; False: it may not wait for them.

    Raises CrowdedError where many wait already, also when the block finds what it may not wait for
    locked. Outside of `run`, which alone can queue, everybody may wait.
    """
    turn, key = TURN.get(), (venue_id, *period_ids)
    if turn is None:
        yield True
        return
    if turn.place != key:
        turn.give_back()
        if turn.queue.enter(key):
            turn.place = key
        elif turn.queue.many_for(key):
            raise CrowdedError(key)
    try:
        yield turn.place is not None
        turn.queue.moved(key)
    except asyncpg.LockNotAvailableError:
        if turn.place is None:
            raise CrowdedError(key) from None
        raise
    finally:
        turn.give_back()
