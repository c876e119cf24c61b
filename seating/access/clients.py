"""OAuth clients (booking sites, tills): credentials, scopes per venue, access tokens."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal, get_args
from uuid import uuid4

from msgspec import Struct, convert

from policies.words.message import message
from seating.access import attempts
from seating.access.credentials import hash_of, new_secret, same_hash
from seating.db import Connection, Pool
from seating.errors import NotAllowed, NotFound, Unauthenticated

VENUES_OF_CLIENT = """
select venue_id from client_venue
where client_id = $1 and venue_id > $2
order by venue_id
limit $3
"""


Scope = Literal["availability", "bookings", "enquiries", "waitlist", "webhooks", "pos", "google"]
SCOPES: frozenset[Scope] = frozenset(get_args(Scope))
TOKEN_LIFE = timedelta(hours=1)

INSERT_CLIENT = "insert into client (client_id, name, secret_hash) values ($1, $2, $3)"

SET_GRANT = """
insert into client_venue (venue_id, client_id, scopes) values ($1, $2, $3)
on conflict (venue_id, client_id) do update set scopes = excluded.scopes
"""

WITHDRAW_GRANT = "delete from client_venue where venue_id = $1 and client_id = $2"

SELECT_CLIENT = """
select c.client_id, c.name, c.secret_hash, c.disabled_at,
    coalesce((
        select array_agg(distinct s) from client_venue g, unnest(g.scopes) s
        where g.client_id = c.client_id
    ), '{}') as scopes,
    coalesce((
        select array_agg(g.venue_id) from client_venue g where g.client_id = c.client_id
    ), '{}') as venues
from client c where c.client_id = $1
"""

SELECT_CLIENTS = """
select c.client_id, c.name, g.scopes, c.disabled_at
from client_venue g join client c using (client_id)
where g.venue_id = $1 order by c.name, c.client_id
"""

MERCHANTS = "select venue_id from client_venue where client_id = $1 and $2 = any(scopes)"

DISABLE_CLIENT = "update client set disabled_at = coalesce(disabled_at, $2) where client_id = $1"

ISSUE = """
insert into access_token (token_hash, client_id, scopes, expires_at) values ($1, $2, $3, $4)
"""

SELECT_PARTNER = """
select t.client_id, t.scopes, g.venue_id, coalesce(g.scopes, '{}') as granted
from access_token t
join client c using (client_id)
left join client_venue g on g.client_id = t.client_id and g.venue_id = $2
where t.token_hash = $1 and t.expires_at > $3 and c.disabled_at is null
"""

DELETE_EXPIRED_TOKENS = """
with gone as (delete from access_token where expires_at <= $1 returning 1)
select count(*) from gone
"""


class Partner(Struct, frozen=True, kw_only=True):
    """The client of a request.

    `scopes`: of its token; `granted`: of its grant at the venue addressed. `venue_id` is None if no
    venue is addressed, or one without a grant.
    """

    client_id: str
    scopes: frozenset[str]
    venue_id: str | None
    granted: frozenset[str]


class Client(Struct, frozen=True, kw_only=True):
    """A client as one of its venues sees it."""

    client_id: str
    name: str
    scopes: tuple[str, ...]
    disabled_at: datetime | None


class GoogleClient(Struct, frozen=True, kw_only=True):
    """A client of the Google interface and its merchants: the venues that grant it `google`."""

    client_id: str
    merchants: frozenset[str]


class ClientAccount(Struct, frozen=True, kw_only=True):
    """A client with its secret's hash and the union of its scopes over all venues."""

    client_id: str
    name: str
    secret_hash: bytes
    disabled_at: datetime | None
    scopes: frozenset[str]
    venues: frozenset[str]


class Token(Struct, frozen=True, kw_only=True):
    """An access token as issued; `expires_in` in seconds."""

    access_token: str
    expires_in: int
    scopes: tuple[str, ...]


async def create_client(
    conn: Connection, name: str, grants: Mapping[str, Sequence[Scope]]
) -> tuple[str, str]:
    """Make a client with its scopes per venue; return its id and secret (only the hash is kept)."""
    client_id, secret = f"client_{uuid4().hex[:16]}", new_secret()
    await conn.execute(INSERT_CLIENT, client_id, name, hash_of(secret))
    for venue_id in sorted(grants):
        await conn.execute(SET_GRANT, venue_id, client_id, grants[venue_id])
    return client_id, secret


async def set_grant(
    conn: Connection, venue_id: str, client_id: str, scopes: Sequence[Scope]
) -> None:
    """Set the scopes of a client at a venue. Raises NotFound."""
    await read_client(conn, client_id)
    await conn.execute(SET_GRANT, venue_id, client_id, scopes)


async def withdraw_grant(conn: Connection, venue_id: str, client_id: str) -> None:
    """Delete a client's grant at a venue, effective at once. Raises NotFound."""
    if await conn.execute(WITHDRAW_GRANT, venue_id, client_id) == "DELETE 0":
        raise NotFound(message("no-such-client"))


async def disable_client(conn: Connection, venue_id: str, client_id: str, now: datetime) -> None:
    """Disable a client for good. Raises NotFound, NotAllowed if it serves other venues too."""
    client = await read_client(conn, client_id)
    if venue_id not in client.venues:
        raise NotFound(message("no-such-client"))
    if client.venues != {venue_id}:
        raise NotAllowed(message("client-serves-others"))
    await conn.execute(DISABLE_CLIENT, client_id, now)


async def clients_of(conn: Connection, venue_id: str) -> list[Client]:
    """Return the clients with a grant at the venue."""
    return convert(await conn.fetch(SELECT_CLIENTS, venue_id), list[Client], from_attributes=True)


async def read_client(db: Pool | Connection, client_id: str) -> ClientAccount:
    """Return a client; raises NotFound."""
    row = await db.fetchrow(SELECT_CLIENT, client_id)
    if row is None:
        raise NotFound(message("no-such-client"))
    return convert(row, ClientAccount, from_attributes=True)


async def authenticate(
    pool: Pool, client_id: str, secret: str, address: str, now: datetime
) -> ClientAccount:
    """Return the client of an id and secret. Raises Unauthenticated, or Locked after failures.

    Failures count per client and address, so that nobody can lock a client out from elsewhere, and
    per address, against lists of clients.
    """
    limits = {
        f"client {client_id[:80]} {address}": attempts.LIMIT,
        f"clients {address}": attempts.LIMIT_PER_ADDRESS,
    }
    await attempts.check(pool, limits, now)
    try:
        client = await read_client(pool, client_id)
    except NotFound:
        client = None
    if client is None or client.disabled_at or not same_hash(secret, client.secret_hash):
        await attempts.count_failure(pool, limits, now)
        raise Unauthenticated(message("client-unknown"))
    return client


async def google_client_of(pool: Pool, client_id: str) -> GoogleClient:
    """Return an authenticated client with the venues that grant it `google`."""
    rows = await pool.fetch(MERCHANTS, client_id, "google")
    return GoogleClient(client_id=client_id, merchants=frozenset(row["venue_id"] for row in rows))


async def issue_token(
    db: Pool | Connection, client_id: str, scopes: Sequence[str], now: datetime
) -> Token:
    """Issue an access token; the caller has checked the scopes."""
    secret = new_secret()
    ordered = tuple(sorted(scopes))
    await db.execute(ISSUE, hash_of(secret), client_id, ordered, now + TOKEN_LIFE)
    return Token(access_token=secret, expires_in=int(TOKEN_LIFE.total_seconds()), scopes=ordered)


async def client_of_token(
    db: Pool | Connection, token: str, venue_id: str | None, now: datetime
) -> Partner | None:
    """Return the client of a bearer token at `venue_id`; None if unknown, expired or disabled."""
    row = await db.fetchrow(SELECT_PARTNER, hash_of(token), venue_id, now)
    return None if row is None else convert(row, Partner, from_attributes=True)


async def venues_of_client(
    conn: Connection, client_id: str, *, after: str = "", limit: int = 50
) -> tuple[str, ...]:
    """Return the ids of the venues with a grant for a client, in order, after a given one."""
    rows = await conn.fetch(VENUES_OF_CLIENT, client_id, after, limit)
    return tuple(row["venue_id"] for row in rows)
