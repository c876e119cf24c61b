"""From the outbox to those who are to hear of it: what happened becomes deliveries, once each.

A venue's outbox is read by one process at a time, in order, so that what is told of one thing is
told in the order in which it happened.
"""

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from asyncpg import Record
from msgspec import Struct

from policies.house.calendar import zone_of
from policies.webhooks import Endpoint, hearers
from seating.book.in_force import house_of
from seating.clock import Clock, wall_now
from seating.db import Connection, Pool, run

log = logging.getLogger("maitred.webhooks")

BATCH = 200
LARGEST_BODY = 20_000
"""Bytes of a message, at most."""
PAUSE = timedelta(seconds=30)
"""An endpoint is told of a period's availability no more often than that."""

VENUES_UNTOLD = """
select distinct venue_id from outbox where told_at is null and data is not null order by venue_id
"""

# Whoever holds the venue tells; others have other venues.
LOCK_VENUE = "select 1 from venue where venue_id = $1 for no key update skip locked"

UNTOLD = """
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

LISTENING = """
select e.endpoint_id, e.client_id, e.types, g.scopes
from webhook_endpoint e
join client_venue g using (venue_id, client_id)
join client c using (client_id)
where e.venue_id = $1 and e.disabled_at is null and c.disabled_at is null
"""

DELIVER = """
insert into webhook_delivery (venue_id, delivery_id, endpoint_id, outbox_seq, type, subject, body,
                              next_at, created_at)
select $1, uuidv7(), x.endpoint_id, x.outbox_seq, x.type, x.subject, x.body, $3, $3
from jsonb_to_recordset($2::jsonb) as x (
    place int, endpoint_id uuid, outbox_seq bigint, type text, subject text, body text)
order by x.place
on conflict do nothing returning delivery_id
"""

MARK_TOLD = "update outbox set told_at = $3 where venue_id = $1 and seq = any($2::bigint[])"

VENUES_ASKING = """
select distinct venue_id from webhook_endpoint
where disabled_at is null and 'availability.changed' = any(types) order by venue_id
"""

# A receiver that has not heard the last one yet will look at all of it when it does.
MOVED = """
with moved as (
    select e.endpoint_id, p.period_id, p.service_date, p.version
    from webhook_endpoint e
    join client_venue g using (venue_id, client_id)
    join client c using (client_id)
    join period p using (venue_id)
    left join webhook_seen s using (venue_id, endpoint_id, period_id)
    where e.venue_id = $1 and e.disabled_at is null and 'availability.changed' = any(e.types)
      and c.disabled_at is null and 'availability' = any(g.scopes)
      and p.closed_at is null and p.closes > $2
      and p.version > coalesce(s.version, 0) and coalesce(s.told_at, '-infinity') <= $4
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


class Message(Struct, frozen=True, kw_only=True):
    """What a receiver gets: the type, when it happened (as the house tells time), and of what."""

    type: str
    timestamp: datetime
    data: dict[str, Any]


async def tell_outbox(pool: Pool, *, now: datetime) -> int:
    """Make deliveries of what happened in every venue; returns of how many events.

    A venue whose outbox cannot be told keeps no other waiting.
    """
    told = 0
    for row in await pool.fetch(VENUES_UNTOLD):
        try:
            told += await _tell_venue(pool, row["venue_id"], now)
        except Exception:
            log.exception("the outbox of %s cannot be told", row["venue_id"])
    return told


async def tell_availability(pool: Pool, clock: Clock) -> int:
    """Tell that there is something new to look at, not what; returns to how many."""
    venues = [row["venue_id"] for row in await pool.fetch(VENUES_ASKING)]
    return sum([await _tell_moved(pool, venue_id, clock) for venue_id in venues])


async def deliver(
    conn: Connection, venue_id: str, deliveries: Sequence[dict[str, Any]], *, now: datetime
) -> list[UUID]:
    """Have messages delivered, in this order; returns their ids."""
    placed = [each | {"place": place} for place, each in enumerate(deliveries)]
    rows = await conn.fetch(DELIVER, venue_id, msgspec.json.encode(placed).decode(), now)
    return [row["delivery_id"] for row in rows]


def body_of(event_type: str, at: datetime, data: dict[str, Any]) -> str:
    """Return a message as it is sent, the same however often it is."""
    text = msgspec.json.encode(Message(type=event_type, timestamp=at, data=data)).decode()
    if len(text.encode()) > LARGEST_BODY:
        log.error("a message of type %s is too large: only its id is told", event_type)
        return body_of(event_type, at, {key: data[key] for key in ("id", "venue", "version")})
    return text


async def _tell_venue(pool: Pool, venue_id: str, now: datetime) -> int:
    async def work(conn: Connection) -> int:
        if not await conn.fetchval(LOCK_VENUE, venue_id):
            return 0
        rows = await conn.fetch(UNTOLD, venue_id, BATCH)
        listening = [
            msgspec.convert(row, Endpoint, from_attributes=True)
            for row in await conn.fetch(LISTENING, venue_id)
        ]
        if listening:
            zone = zone_of((await house_of(conn, venue_id)).house)
            told = [each for row in rows for each in _deliveries(venue_id, row, listening, zone)]
            await deliver(conn, venue_id, told, now=now)
        await conn.execute(MARK_TOLD, venue_id, [row["seq"] for row in rows], now)
        return len(rows)

    told = BATCH
    done = 0
    while told == BATCH:
        told = await run(pool, work)
        done += told
    return done


def _deliveries(
    venue_id: str, row: Record, listening: Sequence[Endpoint], zone: ZoneInfo
) -> Iterator[dict[str, Any]]:
    data = msgspec.json.decode(row["data"])
    adjustment = row["event"] == "pos.adjustment"
    types = ["pos.adjustment"] if adjustment else data.pop("types", [])
    told = {"id": row["subject"], "venue": venue_id, "version": row["version"]} | data
    if "start" in told:
        told["start"] = datetime.fromisoformat(told["start"]).astimezone(zone)
    if row["client_id"] is not None:
        told["partner_reference"] = row["partner_reference"]
    if row["code"] is not None:
        told["code"] = row["code"]
    # What is of no client's own is a till's.
    owner = row["client_id"] or (None if adjustment else "")
    for event_type in types:
        for endpoint in hearers(event_type, owner, listening):
            yield {
                "endpoint_id": endpoint.endpoint_id,
                "outbox_seq": row["seq"],
                "type": event_type,
                "subject": row["subject"],
                "body": body_of(event_type, row["at"].astimezone(zone), told),
            }


async def _tell_moved(pool: Pool, venue_id: str, clock: Clock) -> int:
    async def work(conn: Connection) -> int:
        if not await conn.fetchval(LOCK_VENUE, venue_id):
            return 0
        now, wall = await clock.now(conn), wall_now()
        rows = await conn.fetch(MOVED, venue_id, now, wall, wall - PAUSE)
        told = [_moved(venue_id, row, now) for row in rows]
        await deliver(conn, venue_id, told, now=wall)
        return len(told)

    return await run(pool, work)


def _moved(venue_id: str, row: Record, now: datetime) -> dict[str, Any]:
    data = {"venue": venue_id, "date": row["service_date"], "version": row["version"]}
    return {
        "endpoint_id": row["endpoint_id"],
        "type": "availability.changed",
        "subject": row["period_id"],
        "body": body_of("availability.changed", now, {"id": row["period_id"]} | data),
    }
