"""Idempotency-Key: the response is stored in the transaction of the work, and replayed."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from seating.db import Connection, LostRaceError, Pool, run

RETENTION = timedelta(hours=24)

# The lock ends with the transaction: if it is held, the first request is still running.
CLAIM_REQUEST = """
select pg_try_advisory_xact_lock(hashtextextended(jsonb_build_array($1::text, $2::text, $3::text,
           $4::text, $5::text)::text, 0)) as claimed
"""

READ_RESPONSE = """
select fingerprint, status, headers::text, body from idempotency
where venue_id = $1 and client_id = $2 and method = $3 and path = $4 and key = $5
  and kept_until > $6
"""

STORE_RESPONSE = """
insert into idempotency as i (venue_id, client_id, method, path, key, fingerprint, status, headers,
                              body, kept_until)
values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10)
on conflict (venue_id, client_id, method, path, key) do update
    set fingerprint = excluded.fingerprint, status = excluded.status, headers = excluded.headers,
        body = excluded.body, kept_until = excluded.kept_until
    where i.kept_until <= $11
returning true
"""


class IdempotentRequest(Struct, frozen=True, kw_only=True):
    """A request under an idempotency key; `fingerprint`: the hash of its content."""

    venue_id: str
    client_id: str
    method: str
    path: str
    key: str
    fingerprint: bytes

    @property
    def names(self) -> tuple[str, str, str, str, str]:
        """The identity of a request, without its content."""
        return self.venue_id, self.client_id, self.method, self.path, self.key


class StoredResponse(Struct, frozen=True, kw_only=True):
    """A response as it was sent, byte for byte."""

    status: int
    headers: dict[str, str]
    body: bytes


class InProgress(Struct, frozen=True):
    """The first request with this key is still running."""


class KeyReused(Struct, frozen=True):
    """The key was used for a request with other content."""


async def run_once(
    pool: Pool,
    request: IdempotentRequest,
    work: Callable[[Connection], Awaitable[StoredResponse]],
    *,
    now: datetime,
) -> StoredResponse | InProgress | KeyReused:
    """Run the work and store its response in one transaction, or return the stored one.

    `now` is wall time. Raises what the work raises; nothing is stored then.
    """

    async def attempt(conn: Connection) -> StoredResponse | InProgress | KeyReused:
        if not await claim(conn, request):
            return InProgress()
        stored = await stored_response(conn, request, now=now)
        if stored is not None:
            return stored
        answer = await work(conn)
        await store_response(conn, request, answer, now=now)
        return answer

    return await run(pool, attempt)


async def claim(conn: Connection, request: IdempotentRequest) -> bool:
    """Try to take the request's advisory lock until the end of the transaction."""
    claimed: bool = await conn.fetchval(CLAIM_REQUEST, *request.names)
    return claimed


async def stored_response(
    conn: Connection, request: IdempotentRequest, *, now: datetime
) -> StoredResponse | KeyReused | None:
    """Return the response stored under the request's key, if there is one."""
    row = await conn.fetchrow(READ_RESPONSE, *request.names, now)
    if row is None:
        return None
    if row["fingerprint"] != request.fingerprint:
        return KeyReused()
    headers = msgspec.json.decode(row["headers"], type=dict[str, str])
    return StoredResponse(status=row["status"], headers=headers, body=row["body"])


async def store_response(
    conn: Connection, request: IdempotentRequest, answer: StoredResponse, *, now: datetime
) -> None:
    """Store the response for a day. Raises LostRaceError if one is stored already."""
    headers = msgspec.json.encode(answer.headers).decode()
    stored = await conn.fetchval(
        STORE_RESPONSE,
        *request.names,
        request.fingerprint,
        answer.status,
        headers,
        answer.body,
        now + RETENTION,
        now,
    )
    if not stored:
        raise LostRaceError("the same call has been answered meanwhile")
