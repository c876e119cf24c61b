"""Webhook endpoints: a client's URL at a venue, its event types and signing secrets.

The public name is `<venue_id>:<uuid>`, because every key begins with the venue's id.
"""

import secrets
from base64 import b64encode
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct

from policies.webhooks import EventType, scope_of
from policies.words.message import message
from seating.db import Connection
from seating.errors import NotAllowed, NotFound, TooManyEndpoints
from seating.webhooks.sealed_secrets import Seal

SECRET_BYTES = 32
OLD_SECRET_LIFE = timedelta(hours=24)
MAX_ENDPOINTS = 10
"""Per client and venue."""

SCOPES_AT = """
select g.scopes from client_venue g join client c using (client_id)
where g.venue_id = $1 and g.client_id = $2 and c.disabled_at is null and g.disabled_at is null
"""

# Serialises counting and inserting a client's endpoints.
LOCK_GRANT = """
select 1 from client_venue where venue_id = $1 and client_id = $2 for no key update
"""

COUNT_ENDPOINTS = "select count(*) from webhook_endpoint where venue_id = $1 and client_id = $2"

# A new endpoint is not notified of changes before its creation.
INSERT_ENDPOINT = """
with made as (
    insert into webhook_endpoint (venue_id, endpoint_id, client_id, url, types, secret, created_at)
    values ($1, $2, $3, $4, $5, $6, $7))
insert into webhook_seen (venue_id, endpoint_id, period_id, version, told_at)
select venue_id, $2, period_id, version, '-infinity' from period
where venue_id = $1 and closed_at is null
"""

ENDPOINT = """select venue_id, endpoint_id, client_id, url, types, created_at, disabled_at,
       disabled_why, old_secret_until
from webhook_endpoint"""

READ_ENDPOINT = f"{ENDPOINT} where venue_id = $1 and endpoint_id = $2 and client_id = $3"

ENDPOINTS_OF_CLIENT = f"""
{ENDPOINT}
where client_id = $1 and ($2::text is null or venue_id = $2) and (venue_id, endpoint_id) > ($3, $4)
  and exists (select from client_venue g where g.venue_id = webhook_endpoint.venue_id
              and g.client_id = $1 and g.disabled_at is null)
order by venue_id, endpoint_id limit $5
"""

ENDPOINT_AT = f"{ENDPOINT} where venue_id = $1 and endpoint_id = $2"

ENDPOINTS_AT = """
select e.venue_id, e.endpoint_id, e.client_id, e.url, e.types, e.created_at, e.disabled_at,
       e.disabled_why, e.old_secret_until, c.name as client,
       coalesce(d.pending, 0) as pending, coalesce(d.given_up, 0) as given_up
from webhook_endpoint e
join client c using (client_id)
left join (
    select endpoint_id, count(*) filter (where status = 'pending') as pending,
           count(*) filter (where status = 'given_up') as given_up
    from webhook_delivery where venue_id = $1 group by endpoint_id) d using (endpoint_id)
where e.venue_id = $1
order by c.name, e.created_at, e.endpoint_id
"""

DELETE_ENDPOINT = "delete from webhook_endpoint where venue_id = $1 and endpoint_id = $2"

ROTATE_SECRET = """
update webhook_endpoint set old_secret = secret, old_secret_until = $4, secret = $3
where venue_id = $1 and endpoint_id = $2
"""

NO_ID = UUID(int=0)


class WebhookEndpoint(Struct, frozen=True, kw_only=True):
    """An endpoint; until `old_secret_until` messages are signed with the old secret too."""

    venue_id: str
    endpoint_id: UUID
    client_id: str
    url: str
    types: tuple[EventType, ...]
    created_at: datetime
    disabled_at: datetime | None
    disabled_why: str | None
    old_secret_until: datetime | None

    @property
    def name(self) -> str:
        """The public name."""
        return name_of(self.venue_id, self.endpoint_id)


class EndpointOfClient(WebhookEndpoint, frozen=True, kw_only=True):
    """An endpoint as the house's managers see it.

    `client`: its name. `pending`, `given_up`: deliveries that wait, and those that came to nothing.
    """

    client: str
    pending: int
    given_up: int


def name_of(venue_id: str, endpoint_id: UUID) -> str:
    """Return the public name of an endpoint."""
    return f"{venue_id}:{endpoint_id}"


def parse_name(name: str) -> tuple[str, UUID]:
    """Return the venue and id of a public name. Raises NotFound."""
    venue_id, _, text = name.partition(":")
    try:
        return venue_id, UUID(text)
    except ValueError:
        raise NotFound(message("no-such-endpoint")) from None


def new_signing_secret() -> str:
    """Return a signing secret in the format of Standard Webhooks (whsec_<base64>)."""
    return "whsec_" + b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


async def create_endpoint(
    conn: Connection,
    venue_id: str,
    client_id: str,
    url: str,
    types: Iterable[EventType],
    seal: Seal,
    *,
    now: datetime,
) -> tuple[WebhookEndpoint, str]:
    """Make an endpoint for a checked URL; return it with its secret, which is shown only once.

    Raises NotFound, NotAllowed, TooManyEndpoints.
    """
    wanted = sorted(set(types))
    await _check_scopes(conn, venue_id, client_id, wanted)
    await conn.execute(LOCK_GRANT, venue_id, client_id)
    if await conn.fetchval(COUNT_ENDPOINTS, venue_id, client_id) >= MAX_ENDPOINTS:
        problem = message("too-many-endpoints", most=MAX_ENDPOINTS)
        raise TooManyEndpoints(problem)
    endpoint_id, secret = uuid4(), new_signing_secret()
    sealed = seal.encrypt(secret.encode(), name_of(venue_id, endpoint_id))
    await conn.execute(INSERT_ENDPOINT, venue_id, endpoint_id, client_id, url, wanted, sealed, now)
    return await read_endpoint(conn, name_of(venue_id, endpoint_id), client_id), secret


async def read_endpoint(conn: Connection, name: str, client_id: str) -> WebhookEndpoint:
    """Return a client's endpoint at a venue that grants it access. Raises NotFound, NotAllowed."""
    venue_id, endpoint_id = parse_name(name)
    await _check_scopes(conn, venue_id, client_id, ())
    row = await conn.fetchrow(READ_ENDPOINT, venue_id, endpoint_id, client_id)
    if row is None:
        raise NotFound(message("no-such-endpoint"))
    return msgspec.convert(row, WebhookEndpoint, from_attributes=True)


async def endpoints_of_client(
    conn: Connection, client_id: str, *, venue_id: str | None, after: str | None, limit: int
) -> tuple[WebhookEndpoint, ...]:
    """Return a client's endpoints at all its venues or one, after a given name."""
    last = parse_name(after) if after else ("", NO_ID)
    rows = await conn.fetch(ENDPOINTS_OF_CLIENT, client_id, venue_id, *last, limit)
    return tuple(msgspec.convert(row, WebhookEndpoint, from_attributes=True) for row in rows)


async def endpoints_at(conn: Connection, venue_id: str) -> tuple[EndpointOfClient, ...]:
    """Return all endpoints that hear of a venue, by client."""
    rows = await conn.fetch(ENDPOINTS_AT, venue_id)
    return tuple(msgspec.convert(row, EndpointOfClient, from_attributes=True) for row in rows)


async def endpoint_at(conn: Connection, venue_id: str, endpoint_id: UUID) -> WebhookEndpoint:
    """Return an endpoint of a venue, whichever client's it is. Raises NotFound."""
    row = await conn.fetchrow(ENDPOINT_AT, venue_id, endpoint_id)
    if row is None:
        raise NotFound(message("no-such-endpoint"))
    return msgspec.convert(row, WebhookEndpoint, from_attributes=True)


async def delete_endpoint(conn: Connection, name: str, client_id: str) -> WebhookEndpoint:
    """Delete an endpoint with its deliveries; return what it was. Raises NotFound, NotAllowed."""
    endpoint = await read_endpoint(conn, name, client_id)
    await conn.execute(DELETE_ENDPOINT, endpoint.venue_id, endpoint.endpoint_id)
    return endpoint


async def rotate_secret(
    conn: Connection, name: str, client_id: str, seal: Seal, *, now: datetime
) -> str:
    """Replace the signing secret; the previous one signs too for OLD_SECRET_LIFE.

    Raises NotFound, NotAllowed.
    """
    endpoint = await read_endpoint(conn, name, client_id)
    secret = new_signing_secret()
    await conn.execute(
        ROTATE_SECRET,
        endpoint.venue_id,
        endpoint.endpoint_id,
        seal.encrypt(secret.encode(), endpoint.name),
        now + OLD_SECRET_LIFE,
    )
    return secret


async def _check_scopes(
    conn: Connection, venue_id: str, client_id: str, types: Iterable[str]
) -> None:
    granted = await conn.fetchval(SCOPES_AT, venue_id, client_id)
    if granted is None:
        raise NotFound(message("no-such-venue"), pointer="/venue")
    lacking = {"webhooks", *map(scope_of, types)}
    lacking -= set(granted)
    if lacking:
        problem = message("scope-needed-at-venue", scope=min(lacking))
        raise NotAllowed(problem, pointer="/types")
