"""API clients (booking sites, tills) and their grants at this venue."""

from datetime import timedelta
from typing import Annotated

from litestar import delete, get, post, put
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from api.http.access import confirmed, needs_role
from api.http.dependencies import GivenConnection, GivenStaff
from api.http.fields import ShortName
from seating.access.client_secrets import (
    LONGEST_OVERLAP_HOURS,
    OVERLAP_HOURS,
    RotatedSecret,
    rotate_client_secret,
)
from seating.access.clients import (
    Client,
    Scope,
    clients_of,
    create_client,
    disable_client,
    enable_client,
    set_grant,
    withdraw_grant,
)
from seating.clock import wall_now

MANAGER = [needs_role("manager")]
SURE = [needs_role("manager"), confirmed]
OWNER = [needs_role("owner"), confirmed]
Scopes = Annotated[frozenset[Scope], Meta(min_length=1)]


class NewClient(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: ShortName
    scopes: Scopes


class Secret(Struct, frozen=True, kw_only=True):
    """Returned once: only its hash is stored."""

    client_id: str
    client_secret: str


class Rotation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """For how many hours the secret before stays good; 0 ends it, and every token, at once."""

    overlap_hours: Annotated[int, Meta(ge=0, le=LONGEST_OVERLAP_HOURS)] = OVERLAP_HOURS


class Grant(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    scopes: Scopes


@get("/clients", guards=MANAGER, tags=["clients"])
async def clients(staff: GivenStaff, conn: GivenConnection) -> list[Client]:
    """The clients with a grant at this venue."""
    return await clients_of(conn, staff.venue_id, wall_now())


@post("/clients", guards=SURE, tags=["clients"])
async def create(data: JSONBody[NewClient], staff: GivenStaff, conn: GivenConnection) -> Secret:
    """Make a client; the answer holds its secret."""
    grants = {staff.venue_id: sorted(data.scopes)}
    client_id, secret = await create_client(conn, data.name, grants, by=staff.staff_id)
    return Secret(client_id=client_id, client_secret=secret)


@put("/clients/{client_id:str}/grant", guards=SURE, status_code=204, tags=["clients"])
async def let_in(
    client_id: FromPath[str], data: JSONBody[Grant], staff: GivenStaff, conn: GivenConnection
) -> None:
    """Set the scopes that this venue grants a client."""
    await set_grant(conn, staff.venue_id, client_id, sorted(data.scopes), by=staff.staff_id)


@delete("/clients/{client_id:str}/grant", guards=SURE, tags=["clients"])
async def shut_out(client_id: FromPath[str], staff: GivenStaff, conn: GivenConnection) -> None:
    """Withdraw the venue's grant from a client."""
    await withdraw_grant(conn, staff.venue_id, client_id, by=staff.staff_id)


@post("/clients/{client_id:str}/disable", guards=SURE, status_code=204, tags=["clients"])
async def stop(client_id: FromPath[str], staff: GivenStaff, conn: GivenConnection) -> None:
    """Shut a client out of this venue at once: what it has booked stays, it is told no more."""
    await disable_client(conn, staff.venue_id, client_id, wall_now(), by=staff.staff_id)


@post("/clients/{client_id:str}/enable", guards=SURE, status_code=204, tags=["clients"])
async def resume(client_id: FromPath[str], staff: GivenStaff, conn: GivenConnection) -> None:
    """Let a disabled client in again, with the scopes it had."""
    await enable_client(conn, staff.venue_id, client_id, by=staff.staff_id)


@post("/clients/{client_id:str}/rotate-secret", guards=OWNER, status_code=200, tags=["clients"])
async def rotate(
    client_id: FromPath[str], data: JSONBody[Rotation], staff: GivenStaff, conn: GivenConnection
) -> RotatedSecret:
    """Make a client that serves this venue alone another secret; the answer tells it once."""
    return await rotate_client_secret(
        conn,
        client_id,
        overlap=timedelta(hours=data.overlap_hours),
        venue_id=staff.venue_id,
        by=staff.staff_id,
        now=wall_now(),
    )


HANDLERS = (clients, create, let_in, shut_out, stop, resume, rotate)
