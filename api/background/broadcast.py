"""Live events: one LISTEN connection per process fans notifications out to its streams.

It never sends UNLISTEN (an interrupted one leaves the connection deaf), reconnects with backoff,
and after a gap sends every stream `resync`: fetch everything again.
"""

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, Final
from uuid import UUID

import asyncpg
import msgspec
from msgspec import Struct

from seating.access.sessions import live_sessions
from seating.book.announcing import CHANNEL
from seating.connecting import FAILURES, NoConnectionError, connect
from seating.db import Pool
from seating.lending import is_read_only

log = logging.getLogger("maitred.live")

SESSION_ENDED: Final = "session.ended"
QUEUE_LENGTH: Final = 256
CHECK_SECONDS: Final = 15.0
LONGEST_BACKOFF_SECONDS: Final = 10.0
STREAMS_PER_SESSION: Final = 6
"""As many as a browser holds to one host over HTTP/1.1."""
STREAMS: Final = 2000
"""Of one process: 500 tablets and room for those that come back before they are missed."""


class Event(Struct, frozen=True):
    """A change at a venue (seating/book/announcing.py): `id` and `version` of what changed."""

    venue: str
    event: str
    id: str
    version: int
    period_id: str | None = None
    staff_id: str | None = None
    for_: str | None = msgspec.field(name="for", default=None)


DECODER: Final = msgspec.json.Decoder(Event)


class Subscription:
    """The bounded queue of one stream; on overflow its events are replaced by one `resync`."""

    def __init__(self, venue: str, session_id: UUID) -> None:
        self.venue = venue
        self.session_id = session_id
        self.closed = False
        self._events: deque[Event] = deque()
        self._news = asyncio.Event()

    def put(self, event: Event) -> None:
        if len(self._events) >= QUEUE_LENGTH:
            self._events.clear()
            event = resync(self.venue)
        self._events.append(event)
        self._news.set()

    def close(self) -> None:
        self.closed = True
        self._news.set()

    async def next(self) -> Event | None:
        """The next event; None once closed."""
        while not self._events and not self.closed:
            self._news.clear()
            await self._news.wait()
        return None if self.closed else self._events.popleft()


def resync(venue: str) -> Event:
    return Event(venue=venue, event="resync", id="", version=0)


class Broadcaster:
    def __init__(self, dsn: str, pool: Pool) -> None:
        self._dsn = dsn
        self._pool = pool
        self._subscriptions: dict[Subscription, None] = {}  # the oldest first

    @property
    def full(self) -> bool:
        """Whether this process holds as many streams as it can."""
        return len(self._subscriptions) >= STREAMS

    @contextmanager
    def subscribed(self, venue: str, session_id: UUID) -> Iterator[Subscription]:
        """A stream of a session; beyond STREAMS_PER_SESSION its oldest is closed.

        Not the new one refused: a tablet that lost its network comes back before the stream it had
        is missed here.
        """
        subscription = Subscription(venue, session_id)
        self._subscriptions[subscription] = None
        self._close_oldest(session_id)
        try:
            yield subscription
        finally:
            self._subscriptions.pop(subscription, None)

    def _close_oldest(self, session_id: UUID) -> None:
        own = [each for each in self._subscriptions if each.session_id == session_id]
        for each in own[:-STREAMS_PER_SESSION]:
            each.close()
            # Its reader may be stuck in sending; it holds no place meanwhile.
            del self._subscriptions[each]

    def heard(self, _: object, __: int, ___: str, payload: object) -> None:
        """Listener of asyncpg, called with every notification."""
        try:
            event = DECODER.decode(str(payload))
        except msgspec.DecodeError:
            log.warning("an announcement that is none of ours: %.200s", payload)
            return
        for subscription in self._subscriptions:
            if subscription.venue == event.venue:
                deliver(subscription, event)

    async def listen(self) -> None:
        """Listen until cancelled; reconnect after every failure."""
        backoff = 0.1
        while True:
            try:
                async with self._listening() as connection:
                    await self._catch_up()
                    backoff = 0.1
                    await until_lost(connection)
            except (NoConnectionError, *FAILURES) as error:
                log.warning("live events interrupted (%s), again in %.1f s", error, backoff)
            await asyncio.sleep(backoff)
            backoff = min(2 * backoff, LONGEST_BACKOFF_SECONDS)

    @asynccontextmanager
    async def _listening(self) -> AsyncGenerator["asyncpg.Connection[Any]", None]:
        connection = await connect(self._dsn, {"application_name": "maitred live"})
        try:
            await connection.add_listener(CHANNEL, self.heard)
            yield connection
        finally:
            connection.terminate()

    async def _catch_up(self) -> None:
        """After a gap: close streams whose session has ended, send `resync` to the others."""
        for venue in {subscription.venue for subscription in self._subscriptions}:
            here = [each for each in self._subscriptions if each.venue == venue]
            open_ = await live_sessions(self._pool, venue, [each.session_id for each in here])
            for each in here:
                each.put(resync(venue)) if each.session_id in open_ else each.close()


def deliver(subscription: Subscription, event: Event) -> None:
    if event.event != SESSION_ENDED:
        subscription.put(event)
    elif event.id == str(subscription.session_id):
        subscription.close()


async def until_lost(connection: "asyncpg.Connection[Any]") -> None:
    """Return or raise once the connection is lost; a query every 15 s finds silent losses.

    A server that takes no writes any more is one too: what happens is announced elsewhere.
    """
    lost = asyncio.Event()
    connection.add_termination_listener(lambda _: lost.set())
    while not (connection.is_closed() or lost.is_set() or is_read_only(connection)):
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(lost.wait(), CHECK_SECONDS)
            return
        await connection.execute("select 1", timeout=CHECK_SECONDS)


@asynccontextmanager
async def broadcasting(dsn: str, pool: Pool) -> AsyncGenerator[Broadcaster, None]:
    """A broadcaster that listens while the block lasts."""
    broadcaster = Broadcaster(dsn, pool)
    listening = asyncio.create_task(broadcaster.listen(), name="live events")
    try:
        yield broadcaster
    finally:
        listening.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await listening
