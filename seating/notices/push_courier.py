"""Sends messages to phones: each once, leased so that any number of couriers may run.

A message whose question has been answered meanwhile, or whose phone was revoked, is not sent.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final
from uuid import UUID

import httpcore
import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from msgspec import Struct

from policies.notices.words import AskedOnPhone, body_of, title_of
from policies.webhooks import asked_wait, retry_delay
from policies.words.catalogue import say
from seating.book.in_force import house_of, rules_of_period
from seating.book.periods import read_period
from seating.clock import Clock, wall_now
from seating.db import Connection, Pool
from seating.notices.calling import OPEN
from seating.notices.encrypting import authorization, encrypted, new_pair
from seating.notices.push_keys import signing_key
from seating.notices.subscriptions import forget
from seating.webhooks.egress import TIMEOUT_SECONDS, Egress, PostResult, post
from seating.webhooks.sealed_secrets import Seal, SealError

log = logging.getLogger("maitred.push")

LEASE: Final = timedelta(seconds=2 * TIMEOUT_SECONDS)
AT_ONCE: Final = 20
LIFE: Final = timedelta(minutes=10)
"""How long a message is worth sending, and a push service keeps it for a phone that is off."""
SALT_BYTES: Final = 16
GONE: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
WORTH_ANOTHER_TRY: Final = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.REQUEST_TIMEOUT})

VENUES_WITH_PUSHES = """
select distinct venue_id from push_delivery where status = 'pending' and next_at <= $1
order by venue_id
"""

LEASE_PUSHES = """
with due as (
    select subject_id, step, subscription_id from push_delivery
    where venue_id = $1 and status = 'pending' and next_at <= $2
    order by next_at, subject_id limit $4
    for update skip locked)
update push_delivery d set attempts = d.attempts + 1, next_at = $3
from due
where d.venue_id = $1 and d.subject_id = due.subject_id and d.step = due.step
  and d.subscription_id = due.subscription_id
returning d.subject_id, d.step, d.subscription_id, d.attempts
"""

# Nothing for a question that is answered, a phone that is revoked or a person who has left.
PUSH_TARGET = f"""
select o.kind, u.endpoint, u.key, u.secret, u.language, n.called_on,
       coalesce(who.name, '') as asker, q.wish ->> 'item' as item, coalesce(q.cost, 0) as cost,
       coalesce(t.party_size, r.party_size, 0) as party_size, o.period_id
from ({OPEN}) o
join notice n on n.venue_id = $1 and n.subject_id = o.subject_id and n.step = o.step
join push_subscription u on u.venue_id = $1 and u.subscription_id = $5 and u.staff_id = o.to_staff
join device d on d.venue_id = $1 and d.device_id = u.device_id and d.revoked_at is null
join staff s on s.venue_id = $1 and s.staff_id = u.staff_id and s.left_at is null
left join staff who on who.venue_id = $1 and who.staff_id = o.from_staff
left join approval q on q.venue_id = $1 and q.approval_id = o.subject_id
left join alert a on a.venue_id = $1 and a.alert_id = o.subject_id
left join turnaway t on t.venue_id = $1 and t.turnaway_id = a.turnaway_id
left join reservation r on r.venue_id = $1 and r.reservation_id = a.reservation_id
where o.subject_id = $3 and o.step = $4
"""

# No effect if the message was leased by another process meanwhile (attempts differ).
PUSH_ENDED = """
update push_delivery set status = $5, last_status = $6, next_at = coalesce($7, next_at)
where venue_id = $1 and subject_id = $2 and step = $3 and subscription_id = $4
  and status = 'pending' and attempts = $8
"""


class LeasedPush(Struct, frozen=True, kw_only=True):
    """A leased message; `attempts` includes the present one."""

    subject_id: UUID
    step: int
    subscription_id: UUID
    attempts: int


class PushTarget(Struct, frozen=True, kw_only=True):
    """Where a message goes, what its keys are, and what it tells."""

    kind: str
    endpoint: str
    key: bytes
    secret: bytes
    language: str
    called_on: datetime
    asker: str
    item: str | None
    cost: int
    party_size: int
    period_id: str


class PushText(Struct, frozen=True, kw_only=True):
    """What the worker of the screens reads (api/web/src/push/arriving.ts): no guest's name."""

    kind: str
    id: UUID
    title: str
    body: str


class PushCourier:
    """Leases due messages and posts them."""

    def __init__(
        self,
        pool: Pool,
        clock: Clock,
        seal: Seal,
        egress: Egress,
        contact: str,
        *,
        now: Callable[[], datetime] = wall_now,
    ) -> None:
        """`contact`: whom a push service may write to; `now`: wall time."""
        self._pool = pool
        self._clock = clock
        self._seal = seal
        self._egress = egress
        self._contact = contact
        self._now = now

    async def deliver_all(self) -> int:
        """Send what is due in all venues; returns how many messages were leased."""
        rows = await self._pool.fetch(VENUES_WITH_PUSHES, self._now())
        return sum([await self._deliver_in(row["venue_id"]) for row in rows])

    async def _deliver_in(self, venue_id: str) -> int:
        now = self._now()
        found = await self._pool.fetch(LEASE_PUSHES, venue_id, now, now + LEASE, AT_ONCE)
        leased = [msgspec.convert(row, LeasedPush, from_attributes=True) for row in found]
        if not leased:
            return 0
        try:
            signer = await signing_key(self._pool, venue_id, self._seal)
        except SealError:
            log.exception("the key of %s for phones cannot be read", venue_id)
            return 0
        if signer is None:
            return 0
        async with self._egress.session() as session:
            sends = (self._send(session, venue_id, signer, each) for each in leased)
            await asyncio.gather(*sends)
        return len(leased)

    async def _send(
        self,
        session: httpcore.AsyncConnectionPool,
        venue_id: str,
        signer: ec.EllipticCurvePrivateKey,
        leased: LeasedPush,
    ) -> None:
        target = await self._target(venue_id, leased)
        if target is None or self._now() > target.called_on + LIFE:
            await self._ended(venue_id, leased, None, "given_up")
            return
        text = await self._text(venue_id, leased, target)
        body = encrypted(
            text,
            target.key,
            target.secret,
            sender=new_pair(),
            salt=secrets.token_bytes(SALT_BYTES),
        )
        headers = self._headers(leased, target, signer)
        posted = await post(session, target.endpoint, headers, body)
        await self._record(venue_id, leased, target, posted)

    async def _target(self, venue_id: str, leased: LeasedPush) -> PushTarget | None:
        async with self._pool.acquire() as conn:
            at = await self._clock.now(conn)
            which = (leased.subject_id, leased.step, leased.subscription_id)
            row = await conn.fetchrow(PUSH_TARGET, venue_id, at, *which)
        return None if row is None else msgspec.convert(row, PushTarget, from_attributes=True)

    async def _text(self, venue_id: str, leased: LeasedPush, target: PushTarget) -> bytes:
        async with self._pool.acquire() as conn:
            asked = await _asked(conn, venue_id, target)
        told = PushText(
            kind=target.kind,
            id=leased.subject_id,
            title=say(title_of(asked), target.language),
            body=say(body_of(asked, target.language), target.language),
        )
        return msgspec.json.encode(told)

    def _headers(
        self, leased: LeasedPush, target: PushTarget, signer: ec.EllipticCurvePrivateKey
    ) -> dict[str, str]:
        now = self._now()
        return {
            "Authorization": authorization(target.endpoint, signer, self._contact, now=now),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(int(LIFE.total_seconds())),
            "Topic": leased.subject_id.hex,
            "Urgency": "high",
        }

    async def _record(
        self, venue_id: str, leased: LeasedPush, target: PushTarget, posted: PostResult
    ) -> None:
        status = posted.status
        if status in GONE:
            async with self._pool.acquire() as conn:
                await forget(conn, venue_id, leased.subscription_id, target.endpoint)
            return
        if status is not None and HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            await self._ended(venue_id, leased, status, "delivered")
            return
        again = self._again_at(leased, target, posted)
        await self._ended(venue_id, leased, status, "pending" if again else "given_up", again)

    def _again_at(
        self, leased: LeasedPush, target: PushTarget, posted: PostResult
    ) -> datetime | None:
        """When a message is worth another try: the service was away or busy."""
        now, status = self._now(), posted.status
        if status is not None and not (status >= 500 or status in WORTH_ANOTHER_TRY):
            log.warning("a push service refused a message: %s", status)
            return None
        wait = retry_delay(leased.attempts, 0.0, asked_wait(posted.retry_after, now))
        return now + wait if wait and now + wait <= target.called_on + LIFE else None

    async def _ended(
        self,
        venue_id: str,
        leased: LeasedPush,
        answered: int | None,
        status: str,
        again_at: datetime | None = None,
    ) -> None:
        which = (leased.subject_id, leased.step, leased.subscription_id)
        told = (status, answered, again_at, leased.attempts)
        await self._pool.execute(PUSH_ENDED, venue_id, *which, *told)


async def _asked(conn: Connection, venue_id: str, target: PushTarget) -> AskedOnPhone:
    period = await read_period(conn, venue_id, target.period_id)
    rules = await rules_of_period(conn, venue_id, period)
    names = {each.key: each.name for each in rules.gestures}
    return AskedOnPhone(
        kind=target.kind,
        asker=target.asker,
        gift=names.get(target.item or "", {}),
        cost=target.cost,
        currency=(await house_of(conn, venue_id)).house.venue.currency,
        party_size=target.party_size,
    )
