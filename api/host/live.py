"""GET /live/{venue}: server-sent events about changes at a venue.

An event names what changed (seating/book/announcing.py: the names and the envelope), not the new
content: the screen fetches it. None has an `event` field, so an EventSource gives them all to
`onmessage`. After a gap the stream sends `resync`: fetch everything (api/background/broadcast.py).

What a screen does: it fetches everything whenever a stream opens, and where one fails it closes it
and opens another after a while that doubles, up to some seconds. An EventSource reconnects by
itself when a connection breaks, but WebKit's is dead for good after an answer that is no 200.
There is a 503 only where the database does not answer, and for a stream past broadcast.STREAMS, and
a 401 where the session has ended: then the screen asks for a PIN instead of another stream.
"""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any, Final

import msgspec
from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.params import FromPath
from litestar.response import Stream

from api.background.broadcast import Broadcaster, Event, Subscription
from api.edge.endings import at_end
from api.http.access import UNTOUCHED
from api.http.dependencies import GivenPool, GivenStaff
from api.http.problems import problem
from policies.words.message import message
from seating.access.sessions import StaffMember, live_sessions
from seating.clock import wall_now
from seating.db import Pool

KEEPALIVE_SECONDS: Final = 15.0
HEADERS: Final = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@get("/{venue:str}", opt=UNTOUCHED, tags=["live"], media_type="text/event-stream")
async def live(
    request: Request[Any, Any, Any],
    venue: FromPath[str],
    staff: GivenStaff,
    pool: GivenPool,
    state: State,
) -> Stream | Response[bytes]:
    """Events, each a LiveEvent, until the session ends; its oldest streams make room."""
    if state.broadcaster.full:
        return problem(503, "UNAVAILABLE", message("live-streams-full"))
    events = stream(state.broadcaster, venue, staff, pool)
    at_end(request.scope, events.aclose)
    return Stream(events, media_type="text/event-stream", headers=HEADERS)


async def stream(
    broadcaster: Broadcaster, venue: str, staff: StaffMember, pool: Pool
) -> AsyncGenerator[bytes, None]:
    with broadcaster.subscribed(venue, staff.session_id) as subscription:
        # The session may have ended between the request's check and our subscribing.
        if staff.session_id not in await live_sessions(pool, venue, [staff.session_id]):
            return
        yield b": welcome\n\n"
        async for event in events_of(subscription):
            if wall_now() >= staff.expires_at:
                return
            yield as_sse(event)


async def events_of(subscription: Subscription) -> AsyncGenerator[Event | None, None]:
    """Events as they arrive, None after 15 s without one (keep-alive); ends with the session."""
    while True:
        try:
            event = await asyncio.wait_for(subscription.next(), KEEPALIVE_SECONDS)
        except TimeoutError:
            yield None
            continue
        if event is None:
            return
        yield event


def as_sse(event: Event | None) -> bytes:
    if event is None:
        return b": alive\n\n"
    data = msgspec.to_builtins(event)
    del data["venue"]
    return b"data: %b\n\n" % msgspec.json.encode(data)
