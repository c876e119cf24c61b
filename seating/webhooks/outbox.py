"""Fan-out: each outbox event becomes one delivery per subscribed endpoint, exactly once.

A venue's outbox is read by one process at a time, in order of `seq`: deliveries about one subject
keep the order of its events.
"""

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Any
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct

from policies.house.calendar import zone_of
from policies.webhooks import Subscription, matching_subscriptions
from seating.book.in_force import house_of
from seating.clock import Clock, wall_now
from seating.db import Connection, Pool, run

log = logging.getLogger("maitred.webhooks")

BATCH = 200
MAX_BODY_BYTES = 20_000
"""Bytes of a message body at most."""
FOR_ALL = frozenset({"pos.adjustment", "availability.changed"})
"""Events of no client: every endpoint that subscribes to them hears of them."""
MIN_INTERVAL = timedelta(seconds=30)
"""Least time between two availability.changed of a period to an endpoint."""

VENUES_PENDING = """
select distinct venue_id from outbox where told_at is null and data is not null order by venue_id
"""

# One process per venue; others skip it.
LOCK_VENUE = "select 1 from venue where venue_id = $1 for no key update skip locked"

PENDING_EVENTS = """
select o.seq, o.event, o.subject, o.version, o.at, o.data::text, r.code,
       coalesce(r.client_id, w.client_id) as client_id,
       coalesce(r.partner_reference, w.partner_reference) as partner_reference
from outbox o
left join reservation r on r.venue_id = $1
  and r.reservation_id = case when o.event like 'reservation.%' then o.subject::uuid end
left join wait_entry w on w.venue_id = $1
  and w.wait_id = case when o.event like 'waitlist.%' then o.subject::uuid end
where o.venue_id = $1 and o.told_at is null and o.data is not null
order by o.seq limit $2
"""

SUBSCRIPTIONS = """
select e.endpoint_id, e.client_id, e.types, g.scopes
from webhook_endpoint e
join client_venue g using (venue_id, client_id)
join client c using (client_id)
where e.venue_id = $1 and e.disabled_at is null and c.disabled_at is null
  and g.disabled_at is null
"""

ENQUEUE_DELIVERIES = """
insert into webhook_delivery (venue_id, delivery_id, endpoint_id, outbox_seq, type, subject, body,
                              next_at, created_at)
select $1, uuidv7(), x.endpoint_id, x.outbox_seq, x.type, x.subject, x.body, $3, $3
from jsonb_to_recordset($2::jsonb) as x (
    place int, endpoint_id uuid, outbox_seq bigint, type text, subject text, body text)
order by x.place
on conflict do nothing returning delivery_id
"""

MARK_FANNED_OUT = "update outbox set told_at = $3 where venue_id = $1 and seq = any($2::bigint[])"

AVAILABILITY_VENUES = """
select distinct venue_id from webhook_endpoint
where disabled_at is null and 'availability.changed' = any(types) order by venue_id
"""

# Skips endpoints with one pending for the period: its receiver will read the newest state.
CHANGED_PERIODS = """
with moved as (
    select e.endpoint_id, p.period_id, p.service_date, p.version
    from webhook_endpoint e
    join client_venue g using (venue_id, client_id)
    join client c using (client_id)
    join period p using (venue_id)
    left join webhook_seen s using (venue_id, endpoint_id, period_id)
    where e.venue_id = $1 and e.disabled_at is null and 'availability.changed' = any(e.types)
      and c.disabled_at is null and g.disabled_at is null and 'availability' = any(g.scopes)
      and p.closed_at is null and p.closes > $2
      and p.version > coalesce(s.version, 0)
      -- told lately, unless that was before the clock was set back
      and not coalesce(
          s.told_at > $4 and s.told_at - $3::timestamptz <= $3::timestamptz - $4, false)
      and not exists (
          select from webhook_delivery d
          where d.venue_id = $1 and d.endpoint_id = e.endpoint_id and d.subject = p.period_id
            and d.status = 'pending')),
seen as (
    insert into webhook_seen (venue_id, endpoint_id, period_id, version, told_at)
    select $1, endpoint_id, period_id, version, $3 from moved
    on conflict (venue_id, endpoint_id, period_id) do update
        set version = excluded.version, told_at = excluded.told_at)
select endpoint_id, period_id, service_date, version from moved order by period_id
"""


class WebhookBody(Struct, frozen=True, kw_only=True):
    """A message body: event type, time of the event (venue's zone), data."""

    type: str
    timestamp: datetime
    data: dict[str, Any]


async def fan_out_outbox(pool: Pool, *, now: datetime) -> int:
    """Fan out the outboxes of all venues; returns how many events.

    A failure at one venue is logged and does not stop the others.
    """
    count = 0
    for row in await pool.fetch(VENUES_PENDING):
        try:
            count += await _fan_out_venue(pool, row["venue_id"], now)
        except Exception:
            log.exception("fanning out the outbox of %s failed", row["venue_id"])
    return count


async def announce_availability(pool: Pool, clock: Clock) -> int:
    """Enqueue availability.changed for changed periods; returns how many deliveries."""
    venues = [row["venue_id"] for row in await pool.fetch(AVAILABILITY_VENUES)]
    return sum([await _announce_changed(pool, venue_id, clock) for venue_id in venues])


async def enqueue_deliveries(
    conn: Connection, venue_id: str, deliveries: Sequence[dict[str, Any]], *, now: datetime
) -> list[UUID]:
    """Insert deliveries in this order, due now; returns their ids."""
    placed = [each | {"place": place} for place, each in enumerate(deliveries)]
    rows = await conn.fetch(ENQUEUE_DELIVERIES, venue_id, msgspec.json.encode(placed).decode(), now)
    return [row["delivery_id"] for row in rows]


def body_of(event_type: str, at: datetime, data: dict[str, Any]) -> str:
    """Return the JSON body of a message; only its ids if it exceeds LARGEST_BODY."""
    text = msgspec.json.encode(WebhookBody(type=event_type, timestamp=at, data=data)).decode()
    if len(text.encode()) > MAX_BODY_BYTES:
        log.error("a message of type %s is too large: only its id is sent", event_type)
        return body_of(event_type, at, {key: data[key] for key in ("id", "venue", "version")})
    return text


async def _fan_out_venue(pool: Pool, venue_id: str, now: datetime) -> int:
    async def work(conn: Connection) -> int:
        if not await conn.fetchval(LOCK_VENUE, venue_id):
            return 0
        rows = await conn.fetch(PENDING_EVENTS, venue_id, BATCH)
        subscriptions = [
            msgspec.convert(row, Subscription, from_attributes=True)
            for row in await conn.fetch(SUBSCRIPTIONS, venue_id)
        ]
        if subscriptions:
            zone = zone_of((await house_of(conn, venue_id)).house)
            deliveries = [
                each for row in rows for each in _deliveries(venue_id, row, subscriptions, zone)
            ]
            await enqueue_deliveries(conn, venue_id, deliveries, now=now)
        await conn.execute(MARK_FANNED_OUT, venue_id, [row["seq"] for row in rows], now)
        return len(rows)

    handled = BATCH
    done = 0
    while handled == BATCH:
        handled = await run(pool, work)
        done += handled
    return done


def _deliveries(
    venue_id: str, row: Record, subscriptions: Sequence[Subscription], zone: tzinfo
) -> Iterator[dict[str, Any]]:
    data = msgspec.json.decode(row["data"])
    types = ["pos.adjustment"] if row["event"] == "pos.adjustment" else data.pop("types", [])
    body_data = {"id": row["subject"], "venue": venue_id, "version": row["version"]} | data
    if "start" in body_data:
        body_data["start"] = datetime.fromisoformat(body_data["start"]).astimezone(zone)
    if row["client_id"] is not None:
        body_data["partner_reference"] = row["partner_reference"]
    if row["code"] is not None:
        body_data["code"] = row["code"]
    # None: for all who subscribe; "": a reservation of no client, nobody subscribes to it.
    owner = row["client_id"] or (None if row["event"] in FOR_ALL else "")
    for event_type in types:
        for endpoint in matching_subscriptions(event_type, owner, subscriptions):
            yield {
                "endpoint_id": endpoint.endpoint_id,
                "outbox_seq": row["seq"],
                "type": event_type,
                "subject": row["subject"],
                "body": body_of(event_type, row["at"].astimezone(zone), body_data),
            }


async def _announce_changed(pool: Pool, venue_id: str, clock: Clock) -> int:
    async def work(conn: Connection) -> int:
        if not await conn.fetchval(LOCK_VENUE, venue_id):
            return 0
        now, wall = await clock.now(conn), wall_now()
        rows = await conn.fetch(CHANGED_PERIODS, venue_id, now, wall, wall - MIN_INTERVAL)
        deliveries = [_availability_delivery(venue_id, row, now) for row in rows]
        await enqueue_deliveries(conn, venue_id, deliveries, now=wall)
        return len(deliveries)

    return await run(pool, work)


def _availability_delivery(venue_id: str, row: Record, now: datetime) -> dict[str, Any]:
    data = {"venue": venue_id, "date": row["service_date"], "version": row["version"]}
    return {
        "endpoint_id": row["endpoint_id"],
        "type": "availability.changed",
        "subject": row["period_id"],
        "body": body_of("availability.changed", now, {"id": row["period_id"]} | data),
    }
