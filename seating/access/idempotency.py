"""A call made twice happens once: the first answer is kept with what it did, and given again."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from seating.clock import Clock, wall_now
from seating.db import Connection, LostRaceError, Pool, run

KEPT = timedelta(hours=24)

# The lock ends with the transaction, so whoever holds it is still at work.
CLAIM_CALL = """
select pg_try_advisory_xact_lock(hashtextextended(jsonb_build_array($1::text, $2::text, $3::text,
           $4::text, $5::text)::text, 0)) as claimed
"""

KEPT_ANSWER = """
select fingerprint, status, headers::text, body from idempotency
where venue_id = $1 and client_id = $2 and method = $3 and path = $4 and key = $5
  and kept_until > $6
"""

KEEP_ANSWER = """
insert into idempotency as i (venue_id, client_id, method, path, key, fingerprint, status, headers,
                              body, kept_until)
values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10)
on conflict (venue_id, client_id, method, path, key) do update
    set fingerprint = excluded.fingerprint, status = excluded.status, headers = excluded.headers,
        body = excluded.body, kept_until = excluded.kept_until
    where i.kept_until <= $11
returning true
"""

VENUES = "select venue_id from venue order by venue_id"

PURGE_ANSWERS = """
with gone as (delete from idempotency where venue_id = $1 and kept_until <= $2 returning 1)
select count(*) from gone
"""


class Call(Struct, frozen=True, kw_only=True):
    """Whose call, of what, under which key; `fingerprint` is a hash of what it says."""

    venue_id: str
    client_id: str
    method: str
    path: str
    key: str
    fingerprint: bytes

    @property
    def names(self) -> tuple[str, str, str, str, str]:
        """What tells calls apart."""
        return self.venue_id, self.client_id, self.method, self.path, self.key


class Answer(Struct, frozen=True, kw_only=True):
    """What was answered, to the byte."""

    status: int
    headers: dict[str, str]
    body: bytes


class InProgress(Struct, frozen=True):
    """The first call with this key has not been answered yet."""


class KeyReused(Struct, frozen=True):
    """The key stands for a call that said something else."""


async def once(
    pool: Pool, call: Call, work: Callable[[Connection], Awaitable[Answer]], *, now: datetime
) -> Answer | InProgress | KeyReused:
    """Do the work and keep its answer in one transaction, or return the answer kept.

    `now` is wall time. Raises what the work raises; nothing is kept then.
    """

    async def attempt(conn: Connection) -> Answer | InProgress | KeyReused:
        if not await claim(conn, call):
            return InProgress()
        kept = await kept_answer(conn, call, now=now)
        if kept is not None:
            return kept
        answer = await work(conn)
        await keep(conn, call, answer, now=now)
        return answer

    return await run(pool, attempt)


async def claim(conn: Connection, call: Call) -> bool:
    """Tell whether this transaction is the only one at work on the call."""
    claimed: bool = await conn.fetchval(CLAIM_CALL, *call.names)
    return claimed


async def kept_answer(conn: Connection, call: Call, *, now: datetime) -> Answer | KeyReused | None:
    """Return the answer kept for the call's key, if there is one."""
    row = await conn.fetchrow(KEPT_ANSWER, *call.names, now)
    if row is None:
        return None
    if row["fingerprint"] != call.fingerprint:
        return KeyReused()
    headers = msgspec.json.decode(row["headers"], type=dict[str, str])
    return Answer(status=row["status"], headers=headers, body=row["body"])


async def keep(conn: Connection, call: Call, answer: Answer, *, now: datetime) -> None:
    """Keep the answer for a day. Raises LostRaceError when another answer is kept already."""
    headers = msgspec.json.encode(answer.headers).decode()
    kept = await conn.fetchval(
        KEEP_ANSWER,
        *call.names,
        call.fingerprint,
        answer.status,
        headers,
        answer.body,
        now + KEPT,
        now,
    )
    if not kept:
        raise LostRaceError("the same call has been answered meanwhile")


async def purge_idempotency(pool: Pool, clock: Clock) -> int:  # noqa: ARG001 - a sweep's signature
    """Delete answers kept long enough (wall time); return how many."""
    now = wall_now()
    async with pool.acquire() as conn:
        venues = [row["venue_id"] for row in await conn.fetch(VENUES)]
        return sum([await conn.fetchval(PURGE_ANSWERS, venue, now) for venue in venues])
