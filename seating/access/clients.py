"""OAuth clients (booking sites, tills): credentials, scopes per venue, access tokens."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal, get_args
from uuid import uuid4

from msgspec import Struct, convert
from msgspec.structs import replace

from policies.words.message import message
from seating.access import attempts
from seating.access.audit import INSTALLATION, keep_attempt, keep_record
from seating.access.client_secrets import old_secret_until
from seating.access.credentials import hash_of, new_secret, same_hash
from seating.db import Connection, Pool
from seating.errors import NotFound, Unauthenticated

VENUES_OF_CLIENT = """
select venue_id from client_venue
where client_id = $1 and venue_id > $2 and disabled_at is null
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

SELECT_GRANT = """
select scopes from client_venue where venue_id = $1 and client_id = $2 for update
"""

WITHDRAW_GRANT = """
delete from client_venue where venue_id = $1 and client_id = $2 returning scopes
"""

SELECT_CLIENT = """
select c.client_id, c.name, c.secret_hash, c.disabled_at,
    coalesce((
        select array_agg(distinct s) from client_venue g, unnest(g.scopes) s
        where g.client_id = c.client_id and g.disabled_at is null
    ), '{}') as scopes,
    coalesce((
        select bool_and(g.disabled_at is not null) from client_venue g
        where g.client_id = c.client_id
    ), false) as shut_out
from client c where c.client_id = $1
"""

SELECT_CLIENTS = """
select c.client_id, c.name, g.scopes, coalesce(c.disabled_at, g.disabled_at) as disabled_at,
       exists (select from client_venue o where o.client_id = g.client_id
               and o.venue_id <> g.venue_id) as serves_others,
       (select max(o.good_until) from client_old_secret o
        where o.client_id = g.client_id and o.good_until > $2) as old_secret_until
from client_venue g join client c using (client_id)
where g.venue_id = $1 order by c.name, c.client_id
"""

MERCHANTS = """
select venue_id from client_venue
where client_id = $1 and $2 = any(scopes) and disabled_at is null
"""

DISABLE_GRANT = """
update client_venue set disabled_at = coalesce(disabled_at, $3)
where venue_id = $1 and client_id = $2
"""

ENABLE_GRANT = "update client_venue set disabled_at = null where venue_id = $1 and client_id = $2"

# Of a client that no venue lets in any more.
REVOKE_TOKENS = """
delete from access_token t where t.client_id = $1 and not exists (
    select from client_venue g where g.client_id = $1 and g.disabled_at is null)
"""

ISSUE = """
insert into access_token (token_hash, client_id, scopes, expires_at) values ($1, $2, $3, $4)
"""

SELECT_PARTNER = """
select t.client_id, t.scopes, g.venue_id, coalesce(g.scopes, '{}') as granted
from access_token t
join client c using (client_id)
left join client_venue g on g.client_id = t.client_id and g.venue_id = $2
  and g.disabled_at is null
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
    """A client as one of its venues sees it.

    `disabled_at`: since when this venue shuts it out. `old_secret_until`: until then it may use a
    secret that was replaced. `serves_others`: other venues too, so none of them gives it a new one.
    """

    client_id: str
    name: str
    scopes: tuple[str, ...]
    disabled_at: datetime | None
    serves_others: bool = False
    old_secret_until: datetime | None = None


class GoogleClient(Struct, frozen=True, kw_only=True):
    """A client of the Google interface and its merchants: the venues that grant it `google`."""

    client_id: str
    merchants: frozenset[str]


class ClientAccount(Struct, frozen=True, kw_only=True):
    """A client with its secret's hash and the union of its scopes over the venues that let it in.

    `shut_out`: every one of its venues has disabled it. `secret_until`: when the secret ends that
    it came with, None for the newest.
    """

    client_id: str
    name: str
    secret_hash: bytes
    disabled_at: datetime | None
    scopes: frozenset[str]
    shut_out: bool
    secret_until: datetime | None = None


class Token(Struct, frozen=True, kw_only=True):
    """An access token as issued; `expires_in` in seconds."""

    access_token: str
    expires_in: int
    scopes: tuple[str, ...]


async def create_client(
    conn: Connection, name: str, grants: Mapping[str, Sequence[Scope]], *, by: str | None = None
) -> tuple[str, str]:
    """Make a client with its scopes per venue; return its id and secret (only the hash is kept).

    `by`: the staff id, None for whoever has the machine.
    """
    client_id, secret = f"client_{uuid4().hex[:16]}", new_secret()
    await conn.execute(INSERT_CLIENT, client_id, name, hash_of(secret))
    for venue_id in sorted(grants):
        await conn.execute(SET_GRANT, venue_id, client_id, grants[venue_id])
        facts = {"name": name, "scopes": grants[venue_id]}
        await keep_record(conn, venue_id, "MakeClient", facts, by=by, client_id=client_id)
    return client_id, secret


async def set_grant(
    conn: Connection,
    venue_id: str,
    client_id: str,
    scopes: Sequence[Scope],
    *,
    by: str | None = None,
) -> None:
    """Set the scopes of a client at a venue. Raises NotFound."""
    await read_client(conn, client_id)
    before = await conn.fetchval(SELECT_GRANT, venue_id, client_id)
    await conn.execute(SET_GRANT, venue_id, client_id, scopes)
    facts = {"scopes": scopes, "before": before or []}
    await keep_record(conn, venue_id, "SetGrant", facts, by=by, client_id=client_id)


async def withdraw_grant(
    conn: Connection, venue_id: str, client_id: str, *, by: str | None = None
) -> None:
    """Delete a client's grant at a venue, effective at once. Raises NotFound."""
    before = await conn.fetchval(WITHDRAW_GRANT, venue_id, client_id)
    if before is None:
        raise NotFound(message("no-such-client"))
    facts = {"before": before}
    await keep_record(conn, venue_id, "WithdrawGrant", facts, by=by, client_id=client_id)


async def disable_client(
    conn: Connection, venue_id: str, client_id: str, now: datetime, *, by: str | None = None
) -> None:
    """Shut a client out of this venue at once; what it has booked stays. Raises NotFound.

    It keeps its grant for `enable_client`, and its other venues. One that no venue lets in any more
    loses its tokens too, and its secret opens nothing meanwhile.
    """
    if await conn.execute(DISABLE_GRANT, venue_id, client_id, now) == "UPDATE 0":
        raise NotFound(message("no-such-client"))
    await conn.execute(REVOKE_TOKENS, client_id)
    await keep_record(conn, venue_id, "DisableClient", {}, by=by, client_id=client_id)


async def enable_client(
    conn: Connection, venue_id: str, client_id: str, *, by: str | None = None
) -> None:
    """Let a disabled client in again, with the scopes it had. Raises NotFound."""
    if await conn.execute(ENABLE_GRANT, venue_id, client_id) == "UPDATE 0":
        raise NotFound(message("no-such-client"))
    await keep_record(conn, venue_id, "EnableClient", {}, by=by, client_id=client_id)


async def clients_of(conn: Connection, venue_id: str, now: datetime) -> list[Client]:
    """Return the clients with a grant at the venue."""
    rows = await conn.fetch(SELECT_CLIENTS, venue_id, now)
    return convert(rows, list[Client], from_attributes=True)


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
    if client is not None and not (client.disabled_at or client.shut_out):
        if same_hash(secret, client.secret_hash):
            return client
        until = await old_secret_until(pool, client_id, secret, now)
        if until is not None:
            return replace(client, secret_until=until)
    await attempts.count_failure(pool, limits, now)
    if client:
        await keep_attempt(pool, INSTALLATION, "WrongSecret", {}, client_id=client_id)
    else:  # an id that is none may be a secret typed in its place
        await keep_attempt(pool, INSTALLATION, "UnknownClient", {})
    raise Unauthenticated(message("client-unknown"))


async def google_client_of(pool: Pool, client_id: str) -> GoogleClient:
    """Return an authenticated client with the venues that grant it `google`."""
    rows = await pool.fetch(MERCHANTS, client_id, "google")
    return GoogleClient(client_id=client_id, merchants=frozenset(row["venue_id"] for row in rows))


async def issue_token(
    db: Pool | Connection,
    client_id: str,
    scopes: Sequence[str],
    now: datetime,
    *,
    secret_until: datetime | None = None,
) -> Token:
    """Issue an access token; the caller has checked the scopes.

    `secret_until`: when the secret ends that it is issued for, and the token with it.
    """
    secret = new_secret()
    ordered = tuple(sorted(scopes))
    life = TOKEN_LIFE if secret_until is None else min(TOKEN_LIFE, secret_until - now)
    await db.execute(ISSUE, hash_of(secret), client_id, ordered, now + life)
    seconds = max(1, int(life.total_seconds()))
    return Token(access_token=secret, expires_in=seconds, scopes=ordered)


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
