"""Booking sites and tills that this house lets in."""

from typing import Annotated

from litestar import delete, get, post, put
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from api.http.access import needs_role
from api.http.dependencies import GivenConnection, GivenStaff
from policies.house.house import Name
from seating.access.clients import (
    Client,
    Scope,
    clients_of,
    create_client,
    disable,
    grant,
    withdraw,
)
from seating.clock import wall_now

MANAGER = [needs_role("manager")]
Scopes = Annotated[frozenset[Scope], Meta(min_length=1)]


class NewClient(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: Name
    scopes: Scopes


class Secret(Struct, frozen=True, kw_only=True):
    """Told once: only its hash is kept."""

    client_id: str
    client_secret: str


class Grant(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    scopes: Scopes


@get("/clients", guards=MANAGER, tags=["clients"])
async def clients(staff: GivenStaff, conn: GivenConnection) -> list[Client]:
    """Every client let in here."""
    return await clients_of(conn, staff.venue_id)


@post("/clients", guards=MANAGER, tags=["clients"])
async def create(data: JSONBody[NewClient], staff: GivenStaff, conn: GivenConnection) -> Secret:
    """A new client with its secret."""
    grants = {staff.venue_id: sorted(data.scopes)}
    client_id, secret = await create_client(conn, data.name, grants)
    return Secret(client_id=client_id, client_secret=secret)


@put("/clients/{client_id:str}/grant", guards=MANAGER, status_code=204, tags=["clients"])
async def let_in(
    client_id: FromPath[str], data: JSONBody[Grant], staff: GivenStaff, conn: GivenConnection
) -> None:
    """Let a client do exactly this here."""
    await grant(conn, staff.venue_id, client_id, sorted(data.scopes))


@delete("/clients/{client_id:str}/grant", guards=MANAGER, tags=["clients"])
async def shut_out(client_id: FromPath[str], staff: GivenStaff, conn: GivenConnection) -> None:
    """Shut a client out of this house."""
    await withdraw(conn, staff.venue_id, client_id)


@post("/clients/{client_id:str}/disable", guards=MANAGER, status_code=204, tags=["clients"])
async def stop(client_id: FromPath[str], staff: GivenStaff, conn: GivenConnection) -> None:
    """Shut a client out for good, when no other house has it."""
    await disable(conn, staff.venue_id, client_id, wall_now())


HANDLERS = (clients, create, let_in, shut_out, stop)
