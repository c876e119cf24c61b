"""Looking up host names, in threads of their own: slow name servers hold up only who named them.

A look-up cannot be broken off, its thread waits for the name servers to the end. So each asker has
only a few at a time, also those that nobody waits for any more.
"""

import asyncio
import socket
from collections import Counter, deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from policies.words.message import message
from seating.errors import TooManyRequests

LookUp = Callable[[str, int], list[str]]


def look_up(host: str, port: int) -> list[str]:
    """Return the addresses of a host; blocks. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


class LookUps:
    """At most `threads` look-ups at a time, `each` of one asker.

    `queue`: whoever has as many waits until one is done; otherwise TooManyRequests is raised.
    """

    def __init__(self, *, threads: int, each: int, queue: bool, look_up: LookUp = look_up) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="names")
        self._each, self._queue, self._look_up = each, queue, look_up
        self._running: Counter[str] = Counter()
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {}

    async def __call__(self, host: str, port: int, asker: str) -> list[str]:
        """Return the addresses of a host. Raises OSError, TooManyRequests."""
        await self._take_turn(asker)
        loop = asyncio.get_running_loop()
        work = self._threads.submit(self._look_up, host, port)

        def over(_: Future[list[str]]) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(self._give_back, asker)

        work.add_done_callback(over)
        return await asyncio.wrap_future(work)

    async def _take_turn(self, asker: str) -> None:
        if self._running[asker] < self._each:
            self._running[asker] += 1
            return
        if not self._queue:
            raise TooManyRequests(message("url-look-up-running"), pointer="/url")
        turn = asyncio.get_running_loop().create_future()
        waiting = self._waiting.setdefault(asker, deque())
        waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._give_back(asker)
            raise

    def _give_back(self, asker: str) -> None:
        """Hand the turn on, to the first who still waits for it."""
        waiting = self._waiting.get(asker)
        while waiting:
            turn = waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._waiting.pop(asker, None)
        self._running[asker] -= 1
        if not self._running[asker]:
            del self._running[asker]
