"""Pairing a tablet, logging in and out by PIN, and who is logged in."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import JSONBody
from msgspec import Meta, Struct

from api.host.fields import Colleague
from api.http.access import OPEN, paired_device
from api.http.cookies import (
    DEVICE_COOKIE,
    SESSION_COOKIE,
    client_address,
    dropped,
    kept,
    sent,
    unread_on_the_way,
)
from api.http.dependencies import GivenConnection, GivenDevice, GivenPool, GivenStaff
from api.http.fields import Pin, ShortName
from policies.house.house import Key, Role
from policies.words.message import message
from seating.access.devices import pair
from seating.access.sessions import (
    SESSION_LIFE,
    StaffMember,
    csrf_of,
    end_sessions,
    log_in,
    member_of_session,
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


class Me(Struct, frozen=True, kw_only=True):
    """Who is logged in; send `csrf_token` as X-CSRF-Token with every changing request."""

    venue_id: str
    staff_id: str
    name: str
    role: Role
    device_id: UUID
    csrf_token: str
    expires_at: datetime


def me_of(member: StaffMember, token: str) -> Me:
    return Me(
        venue_id=member.venue_id,
        staff_id=member.staff_id,
        name=member.name,
        role=member.role,
        device_id=member.device_id,
        csrf_token=csrf_of(token),
        expires_at=member.expires_at,
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
    return Response(None, cookies=[kept(request, DEVICE_COOKIE, token, DEVICE_COOKIE_SECONDS)])


@get("/staff", opt=OPEN, guards=[paired_device], tags=["login"])
async def colleagues(device: GivenDevice, pool: GivenPool) -> list[Colleague]:
    """The people with a PIN, for the login screen of a paired tablet."""
    people = await staff_of(pool, device.venue_id)
    return [Colleague(staff_id=each.staff_id, name=each.name) for each in people if each.has_pin]


@post(
    "/login", opt=OPEN, guards=[unread_on_the_way, paired_device], status_code=200, tags=["login"]
)
async def login(
    request: Request[Any, Any, Any], device: GivenDevice, data: JSONBody[Login], pool: GivenPool
) -> Response[Me]:
    """Log in by PIN; the tablet's earlier session and its live stream end."""
    token = await log_in(pool, device.venue_id, device.device_id, data.staff_id, data.pin)
    cookie = kept(request, SESSION_COOKIE, token, int(SESSION_LIFE.total_seconds()))
    return Response(await me_of_token(pool, token), cookies=[cookie])


async def me_of_token(pool: GivenPool, token: str) -> Me:
    member = await member_of_session(pool, token)
    if member is None:
        raise Unauthenticated(message("session-ended-already"))
    return me_of(member, token)


@post("/logout", status_code=204, tags=["login"])
async def logout(
    request: Request[Any, Any, Any], staff: GivenStaff, conn: GivenConnection
) -> Response[None]:
    """Log out; the session's live streams end."""
    await end_sessions(conn, staff.venue_id, session_id=staff.session_id, why="logged_out")
    return Response(None, cookies=dropped(request, SESSION_COOKIE))


@get("/me", tags=["login"])
async def me(request: Request[Any, Any, Any], staff: GivenStaff) -> Me:
    """Who is logged in."""
    return me_of(staff, sent(request, SESSION_COOKIE) or "")
