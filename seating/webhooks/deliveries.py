"""Deliveries: leased, delivered, retried, given up; a subject's in order (wall time).

A leased delivery is due again when its lease ends, so a killed process loses nothing. Per subject
and endpoint the next delivery waits until the one before is delivered or given up.
"""

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct

from policies.words.message import message
from seating.db import Connection, Pool
from seating.errors import NotFound, NotPossibleNow
from seating.webhooks.endpoints import WebhookEndpoint
from seating.webhooks.outbox import body_of, enqueue_deliveries

LONGEST_WAIT = timedelta(hours=12)
"""Longer than any wait: what is due later was written before the clock was set back, and is due."""
TEST_TYPE = "webhook.test"

ENDPOINTS_DUE = """
select distinct d.venue_id, d.endpoint_id, e.client_id
from webhook_delivery d join webhook_endpoint e using (venue_id, endpoint_id)
where d.status = 'pending' and (d.next_at <= $1 or d.next_at > $2)
  and (e.not_before is null or e.not_before <= $1 or e.not_before > $2)
order by d.venue_id, d.endpoint_id
"""

# A disabled client, or one without its grant, gets nothing more, past events included.
TARGET = """
select e.url, e.secret, e.old_secret, e.old_secret_until
from webhook_endpoint e
join client_venue g using (venue_id, client_id)
join client c using (client_id)
where e.venue_id = $1 and e.endpoint_id = $2 and e.disabled_at is null
  and c.disabled_at is null and g.disabled_at is null and 'webhooks' = any(g.scopes)
"""

LEASE_DELIVERIES = """
with due as (
    select d.delivery_id from webhook_delivery d
    where d.venue_id = $1 and d.endpoint_id = $2 and d.status = 'pending'
      and (d.next_at <= $3 or d.next_at > $6)
      and not exists (
          select from webhook_endpoint e
          where e.venue_id = $1 and e.endpoint_id = $2
            and e.not_before > $3 and e.not_before <= $6)
      and not exists (
          select from webhook_delivery b
          where b.venue_id = $1 and b.endpoint_id = $2 and b.subject = d.subject
            and b.status = 'pending' and b.seq < d.seq)
    order by d.seq limit $5
    for update skip locked)
update webhook_delivery d set attempts = d.attempts + 1, next_at = $4, last_at = $3
from due where d.venue_id = $1 and d.delivery_id = due.delivery_id
returning d.delivery_id, d.body, d.attempts
"""

# For a client without access: due again later, in case access is restored.
PUT_OFF = """
update webhook_delivery set next_at = $4
where venue_id = $1 and endpoint_id = $2 and status = 'pending'
  and (next_at <= $3 or next_at > $5)
"""

DELIVERED = """
update webhook_delivery
set status = 'delivered', ended_at = $3, last_status = $4, last_error = null
where venue_id = $1 and delivery_id = $2 and status = 'pending'
"""

# No effect if the delivery was leased by another process meanwhile (attempts differ).
FAILED = """
update webhook_delivery
set last_status = $4, last_error = $5, next_at = coalesce($6, next_at),
    status = case when $6::timestamptz is null then 'given_up' else 'pending' end,
    ended_at = case when $6::timestamptz is null then $7::timestamptz end
where venue_id = $1 and delivery_id = $2 and status = 'pending' and attempts = $3
"""

# A receiver that asks for a wait asks for it once, whichever deliveries it has refused.
HOLD_ENDPOINT = """
update webhook_endpoint set not_before = greatest(not_before, $3)
where venue_id = $1 and endpoint_id = $2
"""

RESUME_ENDPOINT = """
update webhook_endpoint set not_before = null
where venue_id = $1 and endpoint_id = $2 and not_before is not null
"""

# Gives up what is pending.
DISABLE = """
with disabled as (
    update webhook_endpoint set disabled_at = $3, disabled_why = $4
    where venue_id = $1 and endpoint_id = $2 and disabled_at is null)
update webhook_delivery set status = 'given_up', ended_at = $3, last_error = 'endpoint disabled'
where venue_id = $1 and endpoint_id = $2 and status = 'pending'
"""

DELIVERY = """select d.delivery_id, d.type, d.status, d.attempts, d.created_at, d.last_at,
       d.last_status, d.last_error, d.body,
       case when d.status = 'pending' then greatest(d.next_at, e.not_before) end as next_at
from webhook_delivery d join webhook_endpoint e using (venue_id, endpoint_id)"""

DELIVERIES_OF = f"""
{DELIVERY}
where d.venue_id = $1 and d.endpoint_id = $2
  and ($3::timestamptz is null or (d.created_at, d.delivery_id) < ($3, $4::uuid))
order by d.created_at desc, d.delivery_id desc limit $5
"""

READ_DELIVERY = f"""
{DELIVERY} where d.venue_id = $1 and d.endpoint_id = $2 and d.delivery_id = $3
"""

REDELIVER = """
update webhook_delivery set status = 'pending', ended_at = null, attempts = 0, next_at = $4
where venue_id = $1 and endpoint_id = $2 and delivery_id = $3
  and (status <> 'pending' or attempts = 0 or next_at > $5)
"""


class DueEndpoint(Struct, frozen=True):
    """An endpoint with a delivery due."""

    venue_id: str
    endpoint_id: UUID
    client_id: str = ""


class Target(Struct, frozen=True, kw_only=True):
    """Where to deliver, and the sealed secrets to sign with."""

    url: str
    secret: bytes
    old_secret: bytes | None
    old_secret_until: datetime | None


class LeasedDelivery(Struct, frozen=True, kw_only=True):
    """A leased delivery; `attempts` includes the present one."""

    delivery_id: UUID
    body: str
    attempts: int


class Delivery(Struct, frozen=True, kw_only=True):
    """A delivery as its client sees it; its id is the webhook-id header."""

    delivery_id: UUID
    type: str
    status: Literal["pending", "delivered", "given_up"]
    attempts: int
    created_at: datetime
    next_at: datetime | None
    last_at: datetime | None
    last_status: int | None
    last_error: str | None
    body: str


async def endpoints_due(pool: Pool, *, now: datetime) -> tuple[DueEndpoint, ...]:
    """Return the endpoints of all venues with a delivery due."""
    return tuple(
        DueEndpoint(*row) for row in await pool.fetch(ENDPOINTS_DUE, now, now + LONGEST_WAIT)
    )


async def target_of(pool: Pool, due: DueEndpoint) -> Target | None:
    """Return where to deliver; None if endpoint or client is gone, disabled or without grant."""
    row = await pool.fetchrow(TARGET, due.venue_id, due.endpoint_id)
    return None if row is None else msgspec.convert(row, Target, from_attributes=True)


async def lease_deliveries(
    pool: Pool, due: DueEndpoint, *, now: datetime, until: datetime, most: int
) -> tuple[LeasedDelivery, ...]:
    """Lease at most `most` due deliveries of an endpoint `until` then."""
    rows = await pool.fetch(
        LEASE_DELIVERIES, due.venue_id, due.endpoint_id, now, until, most, now + LONGEST_WAIT
    )
    return tuple(msgspec.convert(row, LeasedDelivery, from_attributes=True) for row in rows)


async def postpone(pool: Pool, due: DueEndpoint, *, now: datetime, until: datetime) -> None:
    """Postpone an endpoint's due deliveries."""
    await pool.execute(PUT_OFF, due.venue_id, due.endpoint_id, now, until, now + LONGEST_WAIT)


async def mark_delivered(
    pool: Pool, due: DueEndpoint, taken: LeasedDelivery, status: int, *, now: datetime
) -> None:
    """Record a delivery as delivered."""
    await pool.execute(DELIVERED, due.venue_id, taken.delivery_id, now, status)


async def mark_failed(
    pool: Pool,
    due: DueEndpoint,
    taken: LeasedDelivery,
    status: int | None,
    error: str | None,
    again_at: datetime | None,
    *,
    now: datetime,
) -> None:
    """Record a failed attempt, to be retried at `again_at`; None: given up."""
    await pool.execute(
        FAILED, due.venue_id, taken.delivery_id, taken.attempts, status, error, again_at, now
    )


async def hold_endpoint(pool: Pool, due: DueEndpoint, *, until: datetime) -> None:
    """Send an endpoint nothing before `until`, because its receiver asked for that."""
    await pool.execute(HOLD_ENDPOINT, due.venue_id, due.endpoint_id, until)


async def disable_endpoint(pool: Pool, due: DueEndpoint, why: str, *, now: datetime) -> None:
    """Disable an endpoint and give up its pending deliveries."""
    await pool.execute(DISABLE, due.venue_id, due.endpoint_id, now, why)


async def deliveries_of(
    conn: Connection, endpoint: WebhookEndpoint, *, after: tuple[datetime, UUID] | None, limit: int
) -> tuple[Delivery, ...]:
    """Return an endpoint's deliveries, the latest first."""
    at, last = after or (None, None)
    rows = await conn.fetch(DELIVERIES_OF, endpoint.venue_id, endpoint.endpoint_id, at, last, limit)
    return tuple(msgspec.convert(row, Delivery, from_attributes=True) for row in rows)


async def deliver_test(conn: Connection, endpoint: WebhookEndpoint, *, now: datetime) -> Delivery:
    """Enqueue a test message, due now even at a receiver that asked for a wait.

    Raises NotPossibleNow.
    """
    _check_enabled(endpoint)
    await conn.execute(RESUME_ENDPOINT, endpoint.venue_id, endpoint.endpoint_id)
    data = {"id": endpoint.name, "venue": endpoint.venue_id, "version": 1}
    message = {
        "endpoint_id": endpoint.endpoint_id,
        "type": TEST_TYPE,
        "subject": str(uuid4()),
        "body": body_of(TEST_TYPE, now, data),
    }
    made = await enqueue_deliveries(conn, endpoint.venue_id, [message], now=now)
    return await read_delivery(conn, endpoint, made[0])


async def redeliver(
    conn: Connection,
    endpoint: WebhookEndpoint,
    delivery_id: UUID,
    *,
    lease: timedelta,
    now: datetime,
) -> Delivery:
    """Deliver again, or retry at once; a delivery under lease is left alone.

    At once even at a receiver that asked for a wait: its owner knows better. Raises NotFound,
    NotPossibleNow.
    """
    _check_enabled(endpoint)
    await read_delivery(conn, endpoint, delivery_id)
    await conn.execute(RESUME_ENDPOINT, endpoint.venue_id, endpoint.endpoint_id)
    await conn.execute(
        REDELIVER, endpoint.venue_id, endpoint.endpoint_id, delivery_id, now, now + lease
    )
    return await read_delivery(conn, endpoint, delivery_id)


async def read_delivery(conn: Connection, endpoint: WebhookEndpoint, delivery_id: UUID) -> Delivery:
    """Return one delivery of an endpoint. Raises NotFound."""
    row = await conn.fetchrow(READ_DELIVERY, endpoint.venue_id, endpoint.endpoint_id, delivery_id)
    if row is None:
        raise NotFound(message("no-such-delivery"))
    return msgspec.convert(row, Delivery, from_attributes=True)


def _check_enabled(endpoint: WebhookEndpoint) -> None:
    if endpoint.disabled_at is not None:
        problem = message("endpoint-disabled")
        raise NotPossibleNow(problem)
