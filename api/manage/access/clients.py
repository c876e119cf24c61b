"""API clients (booking sites, tills) and their grants at this venue."""

from typing import Annotated

from litestar import delete, get, post, put
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from api.http.access import needs_role
from api.http.dependencies import GivenConnection, GivenStaff
from api.http.fields import ShortName
from seating.access.clients import (
    Client,
    Scope,
    clients_of,
    create_client,
    disable_client,
    set_grant,
    withdraw_grant,
)
from seating.clock import wall_now

MANAGER = [needs_role("manager")]
Scopes = Annotated[frozenset[Scope], Meta(min_length=1)]


class NewClient(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: ShortName
    scopes: Scopes


class Secret(Struct, frozen=True, kw_only=True):
    """Returned once: only its hash is stored."""

    client_id: str
    client_secret: str


class Grant(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    scopes: Scopes


@get("/clients", guards=MANAGER, tags=["clients"])
async def clients(staff: GivenStaff, conn: GivenConnection) -> list[Client]:
    """The clients with a grant at this venue."""
    return await clients_of(conn, staff.venue_id)


@post("/clients", guards=MANAGER, tags=["clients"])
async def create(data: JSONBody[NewClient], staff: GivenStaff, conn: GivenConnection) -> Secret:
    """Make a client; the answer holds its secret."""
    grants = {staff.venue_id: sorted(data.scopes)}
    client_id, secret = await create_client(conn, data.name, grants)
    return Secret(client_id=client_id, client_secret=secret)


@put("/clients/{client_id:str}/grant", guards=MANAGER, status_code=204, tags=["clients"])
async def let_in(
    client_id: FromPath[str], data: JSONBody[Grant], staff: GivenStaff, conn: GivenConnection
) -> None:
    """Set the scopes that this venue grants a client."""
    await set_grant(conn, staff.venue_id, client_id, sorted(data.scopes))


@delete("/clients/{client_id:str}/grant", guards=MANAGER, tags=["clients"])
async def shut_out(client_id: FromPath[str], staff: GivenStaff, conn: GivenConnection) -> None:
    """Withdraw the venue's grant from a client."""
    await withdraw_grant(conn, staff.venue_id, client_id)


@post("/clients/{client_id:str}/disable", guards=MANAGER, status_code=204, tags=["clients"])
async def stop(client_id: FromPath[str], staff: GivenStaff, conn: GivenConnection) -> None:
    """Disable a client for good, if no other venue grants it anything."""
    await disable_client(conn, staff.venue_id, client_id, wall_now())


HANDLERS = (clients, create, let_in, shut_out, stop)
