"""Idempotency-Key: the response is stored in the transaction of the work, and replayed.

Byte for byte, but never with a guest's link in clear: whoever reads the database or a backup of it
must not get onto guests' pages. Tokens are cut out of the body and kept beside it, sealed.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

import msgspec
from msgspec import Struct

from seating.access.links import LINK_TOKEN
from seating.db import Connection, LostRaceError, Pool, run

RETENTION = timedelta(hours=24)
CutToken = tuple[int, str]
"""Where in the body without tokens a token was, in bytes, and the token."""

# The lock ends with the transaction: if it is held, the first request is still running.
CLAIM_REQUEST = """
select pg_try_advisory_xact_lock(hashtextextended(jsonb_build_array($1::text, $2::text, $3::text,
           $4::text, $5::text)::text, 0)) as claimed
"""

READ_RESPONSE = """
select fingerprint, status, headers::text, body, sealed from idempotency
where venue_id = $1 and client_id = $2 and method = $3 and path = $4 and key = $5
  and kept_until > $6
"""

STORE_RESPONSE = """
insert into idempotency as i (venue_id, client_id, method, path, key, fingerprint, status, headers,
                              body, kept_until, sealed)
values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10, $12)
on conflict (venue_id, client_id, method, path, key) do update
    set fingerprint = excluded.fingerprint, status = excluded.status, headers = excluded.headers,
        body = excluded.body, kept_until = excluded.kept_until, sealed = excluded.sealed
    where i.kept_until <= $11
returning true
"""


class AnswerSeal(Protocol):
    """What tokens in stored answers are encrypted with."""

    def encrypt(self, secret: bytes, whose: str) -> bytes:
        """Encrypt a secret, bound to the name `whose`."""

    def decrypt(self, sealed: bytes, whose: str) -> bytes | None:
        """Return the secret bound to `whose`; None if it was sealed with a key that is gone."""


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

    @property
    def whose(self) -> str:
        """What a sealed token is bound to: it opens in no other answer's row."""
        return "\n".join(("idempotency", *self.names))


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
    seal: AnswerSeal,
    *,
    now: datetime,
) -> StoredResponse | InProgress | KeyReused:
    """Run the work and store its response in one transaction, or return the stored one.

    `now` is wall time; `seal` encrypts links. Raises what the work raises; nothing is stored then.
    """

    async def attempt(conn: Connection) -> StoredResponse | InProgress | KeyReused:
        if not await claim(conn, request):
            return InProgress()
        stored = await stored_response(conn, request, seal, now=now)
        if stored is not None:
            return stored
        answer = await work(conn)
        await store_response(conn, request, answer, seal, now=now)
        return answer

    return await run(pool, attempt)


async def claim(conn: Connection, request: IdempotentRequest) -> bool:
    """Try to take the request's advisory lock until the end of the transaction."""
    claimed: bool = await conn.fetchval(CLAIM_REQUEST, *request.names)
    return claimed


async def stored_response(
    conn: Connection, request: IdempotentRequest, seal: AnswerSeal, *, now: datetime
) -> StoredResponse | KeyReused | None:
    """Return the response stored under the request's key, if there is one.

    Where the key of its links is gone, they lead nowhere; the rest is as it was.
    """
    row = await conn.fetchrow(READ_RESPONSE, *request.names, now)
    if row is None:
        return None
    if row["fingerprint"] != request.fingerprint:
        return KeyReused()
    headers = msgspec.json.decode(row["headers"], type=dict[str, str])
    body: bytes = row["body"]
    tokens = None if row["sealed"] is None else seal.decrypt(row["sealed"], request.whose)
    if tokens is not None:
        body = with_tokens(body, msgspec.json.decode(tokens, type=list[CutToken]))
    return StoredResponse(status=row["status"], headers=headers, body=body)


async def store_response(
    conn: Connection,
    request: IdempotentRequest,
    answer: StoredResponse,
    seal: AnswerSeal,
    *,
    now: datetime,
) -> None:
    """Store the response for a day. Raises LostRaceError if one is stored already."""
    headers = msgspec.json.encode(answer.headers).decode()
    body, cut = without_tokens(answer.body)
    stored = await conn.fetchval(
        STORE_RESPONSE,
        *request.names,
        request.fingerprint,
        answer.status,
        headers,
        body,
        now + RETENTION,
        now,
        seal.encrypt(msgspec.json.encode(cut), request.whose) if cut else None,
    )
    if not stored:
        raise LostRaceError("the same call has been answered meanwhile")


def without_tokens(body: bytes) -> tuple[bytes, list[CutToken]]:
    """Return an answer without the tokens of guests' links, and these with their places in it."""
    cut: list[CutToken] = []
    kept, at = bytearray(), 0
    for found in LINK_TOKEN.finditer(body):
        kept += body[at : found.start(1)]
        cut.append((len(kept), found[1].decode()))
        at = found.end(1)
    return (bytes(kept + body[at:]), cut) if cut else (body, cut)


def with_tokens(body: bytes, cut: Sequence[CutToken]) -> bytes:
    """Put the tokens back: the inverse of `without_tokens`."""
    whole, at = bytearray(), 0
    for place, token in cut:
        whole += body[at:place] + token.encode()
        at = place
    return bytes(whole + body[at:])
