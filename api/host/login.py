"""Pairing a tablet, logging in and out by PIN, and who is logged in."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, delete, get, post, put
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from api.edge.compressing import WITH_A_SECRET
from api.host.fields import Colleague
from api.http.access import FIRST_PIN, OPEN, paired_device
from api.http.cookies import (
    DEVICE_COOKIE,
    SESSION_COOKIE,
    client_address,
    dropped,
    kept,
    sent,
    unread_on_the_way,
)
from api.http.dependencies import (
    GivenConnection,
    GivenDevice,
    GivenPepper,
    GivenPool,
    GivenStaff,
)
from api.http.fields import Pin, ShortName
from policies.access.rights import RIGHTS, Right
from policies.house.house import Key, Role
from policies.words.message import message
from seating.access.devices import Device, pair
from seating.access.pins import Guess, change_own_pin, confirm, log_in
from seating.access.sessions import (
    SESSION_LIFE,
    OpenSession,
    StaffMember,
    csrf_of,
    end_other_sessions,
    end_session,
    end_sessions,
    member_of_session,
    open_sessions,
)
from seating.access.staff import staff_of
from seating.errors import Unauthenticated

# The longest that browsers keep a cookie.
DEVICE_COOKIE_SECONDS = 400 * 24 * 3600


class Pairing(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    venue: Key
    code: Annotated[str, Meta(min_length=8, max_length=20)]
    device_name: ShortName


class Login(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    staff_id: Key
    pin: Pin


class GivenPin(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pin: Pin


class OwnPin(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    old_pin: Pin
    pin: Pin


class OwnPinChanged(Struct, frozen=True, kw_only=True):
    """The PIN is the new one; how many of one's other sessions that ended."""

    sessions_ended: int


class Me(Struct, frozen=True, kw_only=True):
    """Who is logged in; send `csrf_token` as X-CSRF-Token with every changing request.

    `may`: what the role allows. `must_change_pin`: somebody else chose the PIN, and nothing goes
    before PUT /host/pin.
    """

    venue_id: str
    staff_id: str
    name: str
    role: Role
    may: tuple[Right, ...]
    device_id: UUID
    csrf_token: str
    expires_at: datetime
    must_change_pin: bool


def me_of(member: StaffMember, token: str) -> Me:
    return Me(
        venue_id=member.venue_id,
        staff_id=member.staff_id,
        name=member.name,
        role=member.role,
        may=RIGHTS[member.role],
        device_id=member.device_id,
        csrf_token=csrf_of(token),
        expires_at=member.expires_at,
        must_change_pin=member.must_change_pin,
    )


@post("/pair", opt=OPEN, guards=[unread_on_the_way], status_code=204, tags=["login"])
async def pair_device(
    request: Request[Any, Any, Any], data: JSONBody[Pairing], pool: GivenPool
) -> Response[None]:
    """Pair this tablet by a manager's code; sets the device cookie.

    Until the tablet has come back with its cookie once, the same code may be sent again.
    """
    address = client_address(request)
    token = await pair(pool, data.venue, data.code, data.device_name, address)
    paired = kept(request, DEVICE_COOKIE, token, DEVICE_COOKIE_SECONDS)
    # A session from before is another tablet's, and shown with this one it would pass for stolen.
    return Response(None, cookies=[paired, *dropped(request, SESSION_COOKIE)])


@get("/staff", opt=OPEN, guards=[paired_device], tags=["login"])
async def colleagues(device: GivenDevice, pool: GivenPool) -> list[Colleague]:
    """The people with a PIN, for the login screen of a paired tablet."""
    people = await staff_of(pool, device.venue_id)
    return [Colleague(staff_id=each.staff_id, name=each.name) for each in people if each.has_pin]


@post(
    "/login", opt=OPEN, guards=[unread_on_the_way, paired_device], status_code=200, tags=["login"]
)
async def login(
    request: Request[Any, Any, Any],
    device: GivenDevice,
    data: JSONBody[Login],
    pool: GivenPool,
    pepper: GivenPepper,
) -> Response[Me]:
    """Log in by PIN; the tablet's earlier session and its live stream end."""
    token = await log_in(pool, guess_of(device, data), pepper)
    cookie = kept(request, SESSION_COOKIE, token, int(SESSION_LIFE.total_seconds()))
    member = await me_of_token(pool, token, sent(request, DEVICE_COOKIE) or "")
    return Response(member, cookies=[cookie])


def guess_of(device: Device, login: Login) -> Guess:
    return Guess(
        venue_id=device.venue_id,
        device_id=device.device_id,
        staff_id=login.staff_id,
        pin=login.pin,
    )


async def me_of_token(pool: GivenPool, token: str, device_token: str) -> Me:
    member = await member_of_session(pool, token, device_token)
    if member is None:
        raise Unauthenticated(message("session-ended-already"))
    return me_of(member, token)


@post("/logout", opt=FIRST_PIN, status_code=204, tags=["login"])
async def logout(
    request: Request[Any, Any, Any], staff: GivenStaff, conn: GivenConnection
) -> Response[None]:
    """Log out; the session's live streams end."""
    await end_sessions(conn, staff.venue_id, session_id=staff.session_id, why="logged_out")
    return Response(None, cookies=dropped(request, SESSION_COOKIE))


@get("/me", opt=FIRST_PIN | WITH_A_SECRET, tags=["login"])
async def me(request: Request[Any, Any, Any], staff: GivenStaff) -> Me:
    """Who is logged in."""
    return me_of(staff, sent(request, SESSION_COOKIE) or "")


@put("/pin", opt=FIRST_PIN, tags=["login"])
async def own_pin(
    data: JSONBody[OwnPin], staff: GivenStaff, pool: GivenPool, pepper: GivenPepper
) -> OwnPinChanged:
    """Set one's own PIN by the one before; this session goes on, one's others end."""
    ended = await change_own_pin(pool, staff, data.old_pin, data.pin, pepper)
    return OwnPinChanged(sessions_ended=ended)


@post("/session/confirm", status_code=204, tags=["login"])
async def confirm_session(
    data: JSONBody[GivenPin], staff: GivenStaff, pool: GivenPool, pepper: GivenPepper
) -> None:
    """Give the PIN again, for what answers PIN_NEEDED; good for five minutes."""
    await confirm(pool, staff, data.pin, pepper)


@post("/session/lock", opt=FIRST_PIN, status_code=204, tags=["login"])
async def lock(
    request: Request[Any, Any, Any], staff: GivenStaff, conn: GivenConnection
) -> Response[None]:
    """Lock the tablet, as it does by itself when nobody touches it: a PIN opens it again."""
    await end_sessions(conn, staff.venue_id, session_id=staff.session_id, why="locked")
    return Response(None, cookies=dropped(request, SESSION_COOKIE))


@get("/sessions", tags=["login"])
async def sessions(staff: GivenStaff, conn: GivenConnection) -> list[OpenSession]:
    """One's own open sessions."""
    return await open_sessions(conn, staff, of=staff.staff_id)


@delete("/sessions", tags=["login"])
async def end_others(staff: GivenStaff, conn: GivenConnection) -> None:
    """End one's own sessions at other tablets."""
    await end_other_sessions(conn, staff)


@delete("/sessions/{session_id:uuid}", tags=["login"])
async def end_one(session_id: FromPath[UUID], staff: GivenStaff, conn: GivenConnection) -> None:
    """End one of one's own sessions."""
    await end_session(conn, staff, session_id, of=staff.staff_id)


HANDLERS = (logout, me, own_pin, confirm_session, lock, sessions, end_others, end_one)
