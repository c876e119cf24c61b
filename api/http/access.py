"""Authentication middleware (one query per request) and the guards that authorise."""

import binascii
from base64 import b64decode
from collections.abc import Awaitable, Callable
from typing import Final

from litestar.handlers.base import BaseRouteHandler
from litestar.middleware import DefineMiddleware
from litestar.middleware.authentication import (
    AbstractAuthenticationMiddleware,
    AuthenticationResult,
)
from msgspec import Struct

from api.edge.limits import SeenCredentials, count_google, count_guess, count_session
from api.http.cookies import DEVICE_COOKIE, SESSION_COOKIE, AnyConnection, client_address, sent
from api.http.rate_limit_headers import count_request
from policies.access.rights import at_least
from policies.house.house import Role
from policies.words.message import message
from seating.access.clients import (
    GoogleClient,
    Partner,
    Scope,
    authenticate,
    client_of_token,
    google_client_of,
)
from seating.access.credentials import same_hash
from seating.access.devices import device_of_token
from seating.access.sessions import (
    StaffMember,
    ended_session,
    is_confirmed,
    member_of_session,
    see_session,
)
from seating.clock import wall_now
from seating.db import ACTING, Pool
from seating.errors import NewPinNeeded, NotAllowed, NotFound, PinNeeded, Unauthenticated

CSRF_HEADER: Final = "X-CSRF-Token"
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})

# `opt` of a handler without authentication; tests/api/http/test_access.py lists all of them.
OPEN: Final = {"exclude_from_auth": True}

# `opt` of a handler that a first PIN opens: what is needed to set one's own.
FIRST_PIN: Final = {"first_pin": True}

# `opt` of a handler whose request is no sign of anybody at the tablet.
UNTOUCHED: Final = {"untouched": True}

# Sent by a screen with what it asks for by itself, such as what an event says has changed.
BACKGROUND_HEADER: Final = "X-Background"

# `opt` of a router that takes the client's id and secret (HTTP Basic) and no bearer token.
BASIC: Final = {"basic": True}

# Coroutines, because Litestar runs a plain function in a thread.
Guard = Callable[[AnyConnection, BaseRouteHandler], Awaitable[None]]


class Authentication(AbstractAuthenticationMiddleware):
    """The request's user: a Partner by bearer token, a StaffMember by session cookie.

    On routes with BASIC it is a Facade by the client's id and secret, and nothing else.
    """

    async def authenticate_request(self, connection: AnyConnection) -> AuthenticationResult:
        header = connection.headers.get("authorization")
        shown = header or sent(connection, SESSION_COOKIE)
        seen: SeenCredentials = connection.app.state.seen
        known = (key := hash(shown)) in seen
        if shown and not known:
            count_guess(connection.scope, key)
        try:
            user = await user_of(connection, header)
        except Unauthenticated:
            seen.wrong(key)
            raise
        if not known:
            seen.right(key)
        return AuthenticationResult(user=user, auth=None)


async def user_of(
    connection: AnyConnection, header: str | None
) -> Partner | StaffMember | GoogleClient:
    if connection.route_handler.opt.get("basic"):
        return await facade_of_credentials(connection, header or "")
    return await (partner_of(connection, header) if header else member_of(connection))


# HEAD and OPTIONS are authenticated too, unlike by default: guards need a user.
AUTHENTICATION: Final = DefineMiddleware(Authentication, exclude_http_methods=[])


async def partner_of(connection: AnyConnection, header: str) -> Partner:
    scheme, _, token = header.partition(" ")
    venue = connection.path_params.get("venue")
    if scheme.lower() != "bearer":
        raise Unauthenticated(message("token-needed"))
    partner = await client_of_token(pool_of(connection), token.strip(), venue, wall_now())
    if partner is None:
        raise Unauthenticated(message("token-unknown"))
    await count_request(connection, partner.client_id)
    return partner


async def facade_of_credentials(connection: AnyConnection, header: str) -> GoogleClient:
    """The client with this id and secret; wrong ones are throttled as at /oauth/token."""
    credentials = basic_credentials(header)
    if credentials is None:
        raise Unauthenticated(message("basic-needed"))
    address = client_address(connection)
    client = await authenticate(pool_of(connection), *credentials, address, wall_now())
    count_google(connection, client.client_id)
    return await google_client_of(pool_of(connection), client.client_id)


def basic_credentials(header: str) -> tuple[str, str] | None:
    """Id and secret of a Basic Authorization header (RFC 7617); None if it is not one."""
    scheme, _, encoded = header.partition(" ")
    try:
        name, colon, secret = b64decode(encoded.strip(), validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return None
    return (name, secret) if scheme.lower() == "basic" and colon else None


async def member_of(connection: AnyConnection) -> StaffMember:
    """The person of the session cookie, which is good with its tablet's cookie only."""
    token, pool = sent(connection, SESSION_COOKIE), pool_of(connection)
    if not token:
        raise Unauthenticated(message("log-in-or-token"))
    count_session(connection, token)
    tablet = sent(connection, DEVICE_COOKIE) or ""
    member = await member_of_session(pool, token, tablet)
    if member is None:
        raise await ended_session(pool, token, tablet)
    connection.scope["user"] = member  # for the record, where the next step refuses
    if connection.scope.get("method") not in SAFE_METHODS:
        check_csrf(connection, member)
        ACTING.set(member.staff_id)
    opt = connection.route_handler.opt
    if member.must_change_pin and not opt.get("first_pin"):
        raise NewPinNeeded(message("new-pin-needed"))
    if not opt.get("untouched") and BACKGROUND_HEADER not in connection.headers:
        await see_session(pool, member)
    return member


def check_csrf(connection: AnyConnection, member: StaffMember) -> None:
    if not same_hash(connection.headers.get(CSRF_HEADER, ""), member.csrf_hash):
        raise NotAllowed(message("csrf-needed", header=CSRF_HEADER))


def pool_of(connection: AnyConnection) -> Pool:
    pool: Pool = connection.app.state.pool
    return pool


async def partners_only(connection: AnyConnection, _: BaseRouteHandler) -> None:
    """Guard of /v1; 404 for a venue that has no grant for this client."""
    if not isinstance(connection.user, Partner):
        raise NotAllowed(message("for-sites-and-tills"))
    if "venue" in connection.path_params and connection.user.venue_id is None:
        raise NotFound(message("no-such-venue"))


async def facade_only(connection: AnyConnection, _: BaseRouteHandler) -> None:
    """Guard of /google; 403 for a client to which no venue grants the scope google."""
    if not connection.user.merchants:
        raise NotAllowed(message("scope-needed", scope="google"))


async def staff_only(connection: AnyConnection, _: BaseRouteHandler) -> None:
    """Guard of /host, /manage and /live; 404 for the venue of another house."""
    if not isinstance(connection.user, StaffMember):
        raise NotAllowed(message("for-staff"))
    if connection.path_params.get("venue", connection.user.venue_id) != connection.user.venue_id:
        raise NotFound(message("no-such-venue"))


async def paired_device(connection: AnyConnection, _: BaseRouteHandler) -> None:
    """Guard of the PIN screen: needs a paired tablet but no session; sets the Device as user."""
    token = sent(connection, DEVICE_COOKIE)
    if token:
        count_session(connection, token)
    device = await device_of_token(pool_of(connection), token) if token else None
    if device is None:
        raise Unauthenticated(message("pairing-needed"))
    connection.scope["user"] = device


async def confirmed(connection: AnyConnection, _: BaseRouteHandler) -> None:
    """Guard of what has consequences: the PIN was given in the last minutes. Raises PinNeeded.

    It stands after needs_role; POST /host/session/confirm takes the PIN.
    """
    if not is_confirmed(connection.user, wall_now()):
        raise PinNeeded(message("pin-needed"))


class ScopeGuard(Struct, frozen=True):
    """The token has `scope`, and the venue in the path (if any) grants it."""

    scope: Scope

    async def __call__(self, connection: AnyConnection, _: BaseRouteHandler) -> None:
        partner: Partner = connection.user
        about_venue = partner.venue_id is not None
        if self.scope not in partner.scopes or (about_venue and self.scope not in partner.granted):
            raise NotAllowed(message("scope-needed", scope=self.scope))


def needs_scope(scope: Scope) -> ScopeGuard:
    return ScopeGuard(scope)


def needs_role(role: Role) -> Guard:
    """Guard: the logged-in person has at least this role."""

    async def guard(connection: AnyConnection, _: BaseRouteHandler) -> None:
        if not at_least(connection.user.role, role):
            raise NotAllowed(message("role-needed", role=role))

    return guard
