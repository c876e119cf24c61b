"""Reservations as the desk reads them: with their tables, and how their guests are reached."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct, structs

from policies.book.answers import Explanation
from policies.book.picture import Promise
from policies.booking.same_guest import SameGuest, same_guest
from policies.booking.tables import enquiry_protected_until
from policies.booking.words import explain, reasons_of
from policies.house.house import House
from policies.house.room import preferences_met
from policies.house.wording import same_person
from policies.words.message import Message
from seating.book.in_force import house_of
from seating.book.periods import read_period, read_unlocked
from seating.book.reservations import (
    Booker,
    Reservation,
    read_reservation,
    requests_ahead,
    reservations_of_date,
)
from seating.clock import Clock
from seating.db import Connection

BESIDE_THE_ROW = """
select r.reservation_id, g.phone,
       (select coalesce(json_agg(json_build_object('reservation_id', o.reservation_id,
                   'name', o.name, 'party_size', o.party_size, 'starts', o.starts)
                   order by o.starts, o.reservation_id), '[]')::text from reservation o
        where o.venue_id = $1 and o.guest_id = r.guest_id and o.reservation_id <> r.reservation_id
          and o.starts < r.ends and r.starts < o.ends
          and o.state in ('requested', 'booked', 'arrived', 'seated')
          and r.state in ('requested', 'booked', 'arrived', 'seated')) as same_hours,
       coalesce(r.email, g.email) as email, coalesce(g.tags, '{}') as guest_tags,
       array(select i.table_id from intention i
             where i.venue_id = $1 and i.subject_id = r.reservation_id order by i.place) as tables
from reservation r left join guest g on g.venue_id = r.venue_id and g.guest_id = r.guest_id
where r.venue_id = $1 and r.reservation_id = any($2::uuid[])
"""

EXPLAINED = """
select explained::text from reservation where venue_id = $1 and reservation_id = $2
"""


class BookEntry(Reservation, frozen=True, kw_only=True):
    """A reservation with its planned tables, and how its guest is reached and known.

    `maybe_same_guest_as`: others of this number and name in the same hours, by another way.
    `preferences_met`: whether these are as the party would like them; None without. Of a request
    that keeps a place out of sale online (house.enquiries): `protected_until`.
    Read by id also the value calculation behind its acceptance: `explained` in numbers, `because`
    as sentences of the house's language, `reasons` in any.
    """

    tables: tuple[str, ...] = ()
    phone: str | None = None
    email: str | None = None
    guest_tags: tuple[str, ...] = ()
    explained: Explanation | None = None
    because: str = ""
    reasons: tuple[Message, ...] = ()
    preferences_met: bool | None = None
    protected_until: datetime | None = None
    maybe_same_guest_as: tuple[SameGuest, ...] = ()


async def entries_of_date(
    conn: Connection, venue_id: str, service_date: date, clock: Clock
) -> tuple[BookEntry, ...]:
    """Return every reservation of a service date, by start."""
    found = await reservations_of_date(conn, venue_id, service_date)
    return await entries_of(conn, venue_id, found, now=await clock.now(conn))


async def entry_of(
    conn: Connection, venue_id: str, reservation_id: UUID, booker: Booker, clock: Clock
) -> BookEntry:
    """Return one reservation; raises NotFound."""
    found = await read_reservation(conn, venue_id, reservation_id, booker)
    (entry,) = await entries_of(conn, venue_id, (found,), now=await clock.now(conn))
    return await with_reasons(conn, venue_id, entry)


async def pending_requests(conn: Connection, venue_id: str, clock: Clock) -> tuple[BookEntry, ...]:
    """Return the requests that wait for approval, of all dates ahead."""
    now = await clock.now(conn)
    return await entries_of(conn, venue_id, await requests_ahead(conn, venue_id, now=now), now=now)


async def entries_of(
    conn: Connection, venue_id: str, reservations: tuple[Reservation, ...], *, now: datetime
) -> tuple[BookEntry, ...]:
    """Return reservations as the desk reads them; what is due counts as applied."""
    ids = [reservation.reservation_id for reservation in reservations]
    rows = await conn.fetch(BESIDE_THE_ROW, venue_id, ids)
    beside = {row["reservation_id"]: dict(row) for row in rows}
    aged = await _promises_by_now(conn, venue_id, reservations, now)
    in_force = await house_of(conn, venue_id)
    entries = (
        _entry(each, beside[each.reservation_id], aged.get(each.reservation_id), in_force.house)
        for each in reservations
    )
    return tuple(_judged(each, in_force.on(each.service_date).house, now) for each in entries)


def _judged(entry: BookEntry, house: House, now: datetime) -> BookEntry:
    """Return the entry with what the house of its date says of its wishes and its place."""
    met = preferences_met(house, entry.preferences, entry.tables)
    until = None
    if entry.state == "requested":
        until = enquiry_protected_until(
            house, entry.needs, starts=entry.starts, made_at=entry.created_at, now=now
        )
    if met is None and until is None:
        return entry
    return structs.replace(entry, preferences_met=met, protected_until=until)


async def with_reasons(conn: Connection, venue_id: str, entry: BookEntry) -> BookEntry:
    """Return the entry with the value calculation behind its acceptance, if there was one."""
    text = await conn.fetchval(EXPLAINED, venue_id, entry.reservation_id)
    if text is None:
        return entry
    explained = msgspec.json.decode(text, type=Explanation)
    house = (await house_of(conn, venue_id)).house
    reasons = reasons_of(explained, house, "given")
    because = explain(reasons, house)
    return structs.replace(entry, explained=explained, because=because, reasons=reasons)


class _Other(Struct, frozen=True, kw_only=True):
    reservation_id: UUID
    name: str
    party_size: int
    starts: datetime


def _same_guests(text: str, name: str, house: House) -> tuple[SameGuest, ...]:
    others = msgspec.json.decode(text, type=list[_Other])
    return tuple(
        same_guest(
            house, each.name, each.party_size, each.starts, reservation_id=each.reservation_id
        )
        for each in others
        if same_person(each.name, name)
    )


def _entry(
    reservation: Reservation, beside: dict[str, Any], aged: Promise | None, house: House
) -> BookEntry:
    same = _same_guests(beside.pop("same_hours"), reservation.name, house)
    facts = structs.asdict(reservation) | beside | {"maybe_same_guest_as": same}
    facts |= {"tables": tuple(beside["tables"]), "guest_tags": tuple(beside["guest_tags"])}
    if aged is not None:
        facts |= {"state": aged.state, "version": aged.version, "tables": aged.tables}
        facts |= {"fixed": aged.fixed, "lost_tables": aged.lost_tables}
    return BookEntry(**facts)


async def _promises_by_now(
    conn: Connection, venue_id: str, reservations: tuple[Reservation, ...], now: datetime
) -> dict[UUID, Promise]:
    """Return the promises of started periods as they are by now (late, no-show, replanned)."""
    started = [each for each in reservations if each.state == "booked" and each.starts <= now]
    in_force = await house_of(conn, venue_id)
    found: dict[UUID, Promise] = {}
    for period_id in sorted({each.period_id for each in started}):
        period = await read_period(conn, venue_id, period_id)
        picture = await read_unlocked(conn, venue_id, in_force, period, now=now)
        found |= {promise.reservation_id: promise for promise in picture.promises}
    ids = {each.reservation_id for each in started}
    return {key: promise for key, promise in found.items() if key in ids}
