"""Deliveries: who takes them on, in what order, and what came of them (wall time).

A delivery that is taken on is due again when its lease ends: whoever was killed meanwhile loses
nothing. Of one thing the next event waits until the one before was delivered or given up.
"""

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct

from seating.clock import Clock, wall_now
from seating.db import Connection, Pool
from seating.errors import NotFound, NotPossibleNow
from seating.webhooks.endpoints import Endpoint
from seating.webhooks.outbox import body_of, deliver

KEPT = timedelta(days=30)
TEST_TYPE = "webhook.test"

ENDPOINTS_DUE = """
select distinct venue_id, endpoint_id from webhook_delivery
where status = 'pending' and next_at <= $1 order by venue_id, endpoint_id
"""

# A client that was shut out hears nothing more, of what happened before neither.
TARGET = """
select e.url, e.secret, e.old_secret, e.old_secret_until
from webhook_endpoint e
join client_venue g using (venue_id, client_id)
join client c using (client_id)
where e.venue_id = $1 and e.endpoint_id = $2 and e.disabled_at is null
  and c.disabled_at is null and 'webhooks' = any(g.scopes)
"""

TAKE_ON = """
with due as (
    select d.delivery_id from webhook_delivery d
    where d.venue_id = $1 and d.endpoint_id = $2 and d.status = 'pending' and d.next_at <= $3
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

# For a client that is shut out: looked at again later, in case it is let in.
PUT_OFF = """
update webhook_delivery set next_at = $4
where venue_id = $1 and endpoint_id = $2 and status = 'pending' and next_at <= $3
"""

DELIVERED = """
update webhook_delivery
set status = 'delivered', ended_at = $3, last_status = $4, last_error = null
where venue_id = $1 and delivery_id = $2 and status = 'pending'
"""

# What another has taken on since is no more ours to judge.
FAILED = """
update webhook_delivery
set last_status = $4, last_error = $5, next_at = coalesce($6, next_at),
    status = case when $6::timestamptz is null then 'given_up' else 'pending' end,
    ended_at = case when $6::timestamptz is null then $7::timestamptz end
where venue_id = $1 and delivery_id = $2 and status = 'pending' and attempts = $3
"""

# What it was still to be told, it never will be.
DISABLE = """
with disabled as (
    update webhook_endpoint set disabled_at = $3, disabled_why = $4
    where venue_id = $1 and endpoint_id = $2 and disabled_at is null)
update webhook_delivery set status = 'given_up', ended_at = $3, last_error = 'endpoint disabled'
where venue_id = $1 and endpoint_id = $2 and status = 'pending'
"""

DELIVERY = """select d.delivery_id, d.type, d.status, d.attempts, d.created_at, d.last_at,
       d.last_status, d.last_error, d.body,
       case when d.status = 'pending' then d.next_at end as next_at
from webhook_delivery d"""

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

VENUES_WITH_OLD = """
select distinct venue_id from webhook_delivery where created_at <= $1 order by venue_id
"""

PURGE_DELIVERIES = """
with gone as (
    delete from webhook_delivery where venue_id = $1 and created_at <= $2 returning 1)
select count(*) from gone
"""


class Due(Struct, frozen=True):
    """An endpoint with something to be delivered now."""

    venue_id: str
    endpoint_id: UUID


class Target(Struct, frozen=True, kw_only=True):
    """Where to deliver, and the sealed secrets to sign with."""

    url: str
    secret: bytes
    old_secret: bytes | None
    old_secret_until: datetime | None


class Taken(Struct, frozen=True, kw_only=True):
    """A delivery taken on; `attempts` counts this one."""

    delivery_id: UUID
    body: str
    attempts: int


class Delivery(Struct, frozen=True, kw_only=True):
    """A delivery as its client sees it; its id is the message's."""

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


async def endpoints_due(pool: Pool, *, now: datetime) -> tuple[Due, ...]:
    """Return the endpoints, of every venue, for which a delivery's time has come."""
    return tuple(Due(*row) for row in await pool.fetch(ENDPOINTS_DUE, now))


async def target_of(pool: Pool, due: Due) -> Target | None:
    """Return where to deliver; None when the endpoint is gone, disabled or shut out."""
    row = await pool.fetchrow(TARGET, due.venue_id, due.endpoint_id)
    return None if row is None else msgspec.convert(row, Target, from_attributes=True)


async def take_on(
    pool: Pool, due: Due, *, now: datetime, until: datetime, most: int
) -> tuple[Taken, ...]:
    """Take on at most so many deliveries of an endpoint, to be finished `until` then."""
    rows = await pool.fetch(TAKE_ON, due.venue_id, due.endpoint_id, now, until, most)
    return tuple(msgspec.convert(row, Taken, from_attributes=True) for row in rows)


async def put_off(pool: Pool, due: Due, *, now: datetime, until: datetime) -> None:
    """Let an endpoint's deliveries rest."""
    await pool.execute(PUT_OFF, due.venue_id, due.endpoint_id, now, until)


async def keep_delivered(pool: Pool, due: Due, taken: Taken, status: int, *, now: datetime) -> None:
    """Note that a delivery arrived."""
    await pool.execute(DELIVERED, due.venue_id, taken.delivery_id, now, status)


async def keep_failed(
    pool: Pool,
    due: Due,
    taken: Taken,
    status: int | None,
    error: str | None,
    again_at: datetime | None,
    *,
    now: datetime,
) -> None:
    """Note that an attempt failed, and when to try again; never again if None."""
    await pool.execute(
        FAILED, due.venue_id, taken.delivery_id, taken.attempts, status, error, again_at, now
    )


async def disable(pool: Pool, due: Due, why: str, *, now: datetime) -> None:
    """Deliver nothing more to an endpoint."""
    await pool.execute(DISABLE, due.venue_id, due.endpoint_id, now, why)


async def deliveries_of(
    conn: Connection, endpoint: Endpoint, *, after: tuple[datetime, UUID] | None, limit: int
) -> tuple[Delivery, ...]:
    """Return an endpoint's deliveries, the latest first."""
    at, last = after or (None, None)
    rows = await conn.fetch(DELIVERIES_OF, endpoint.venue_id, endpoint.endpoint_id, at, last, limit)
    return tuple(msgspec.convert(row, Delivery, from_attributes=True) for row in rows)


async def deliver_test(conn: Connection, endpoint: Endpoint, *, now: datetime) -> Delivery:
    """Have a message delivered that is about nothing. Raises NotPossibleNow."""
    _check_enabled(endpoint)
    data = {"id": endpoint.name, "venue": endpoint.venue_id, "version": 1}
    message = {
        "endpoint_id": endpoint.endpoint_id,
        "type": TEST_TYPE,
        "subject": str(uuid4()),
        "body": body_of(TEST_TYPE, now, data),
    }
    made = await deliver(conn, endpoint.venue_id, [message], now=now)
    return await read_delivery(conn, endpoint, made[0])


async def redeliver(
    conn: Connection, endpoint: Endpoint, delivery_id: UUID, *, lease: timedelta, now: datetime
) -> Delivery:
    """Deliver again, or at once what is to be tried again later; what is on its way stays so.

    Raises NotFound, NotPossibleNow.
    """
    _check_enabled(endpoint)
    await read_delivery(conn, endpoint, delivery_id)
    await conn.execute(
        REDELIVER, endpoint.venue_id, endpoint.endpoint_id, delivery_id, now, now + lease
    )
    return await read_delivery(conn, endpoint, delivery_id)


async def read_delivery(conn: Connection, endpoint: Endpoint, delivery_id: UUID) -> Delivery:
    """Return one delivery of an endpoint. Raises NotFound."""
    row = await conn.fetchrow(READ_DELIVERY, endpoint.venue_id, endpoint.endpoint_id, delivery_id)
    if row is None:
        raise NotFound("there is no such delivery")
    return msgspec.convert(row, Delivery, from_attributes=True)


async def purge_deliveries(pool: Pool, clock: Clock) -> int:  # noqa: ARG001 - a sweep's signature
    """Forget deliveries of long ago; returns how many."""
    before = wall_now() - KEPT
    rows = await pool.fetch(VENUES_WITH_OLD, before)
    return sum([await pool.fetchval(PURGE_DELIVERIES, row["venue_id"], before) for row in rows])


def _check_enabled(endpoint: Endpoint) -> None:
    if endpoint.disabled_at is not None:
        told = f"the endpoint is disabled ({endpoint.disabled_why}): make a new one"
        raise NotPossibleNow(told)
