"""What waits for whoever asks, and whether this device rings for them when nobody looks at it."""

from typing import Final

from litestar import delete, get, post, put
from litestar.params import JSONBody
from msgspec import Struct

from api.http.dependencies import (
    GivenClock,
    GivenConnection,
    GivenEgress,
    GivenSeal,
    GivenStaff,
)
from seating.notices.calling import OpenQuestions, open_questions
from seating.notices.push_keys import public_key
from seating.notices.subscriptions import (
    Subscribe,
    as_base64url,
    subscribe,
    subscribed_at,
    unsubscribe,
)


class PushKey(Struct, frozen=True, kw_only=True):
    """`public_key`: for PushManager.subscribe(), in base64url."""

    public_key: str


class PushHere(Struct, frozen=True, kw_only=True):
    """`endpoint`: where this device rings for this person; None: it does not."""

    endpoint: str | None


@get("/notices", tags=["gestures"])
async def notices(staff: GivenStaff, conn: GivenConnection, clock: GivenClock) -> OpenQuestions:
    """Questions that wait for this person, and this person's own that nobody has answered.

    Ask again after `notice.*`, `approval.*`, `alert.*`.
    """
    now = await clock.now(conn)
    return await open_questions(conn, staff.venue_id, staff.staff_id, now=now)


@get("/push", tags=["gestures"])
async def push(staff: GivenStaff, conn: GivenConnection) -> PushHere:
    """Whether this device rings for this person."""
    return PushHere(endpoint=await subscribed_at(conn, staff))


@post("/push/key", status_code=200, tags=["gestures"])
async def push_key(staff: GivenStaff, conn: GivenConnection, seal: GivenSeal) -> PushKey:
    """The key with which a browser subscribes at this house; made when it is first asked for."""
    return PushKey(public_key=as_base64url(await public_key(conn, staff.venue_id, seal)))


@put("/push", tags=["gestures"])
async def ring(
    data: JSONBody[Subscribe], staff: GivenStaff, conn: GivenConnection, egress: GivenEgress
) -> PushHere:
    """This device rings for this person from now on."""
    endpoint = await egress.check_url(data.endpoint, f"push {staff.venue_id}")
    await subscribe(conn, staff, data, endpoint)
    return PushHere(endpoint=endpoint)


@delete("/push", status_code=204, tags=["gestures"])
async def ring_no_more(staff: GivenStaff, conn: GivenConnection) -> None:
    """This device rings for this person no more."""
    await unsubscribe(conn, staff)


HANDLERS: Final = (notices, push, push_key, ring, ring_no_more)
