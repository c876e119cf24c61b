"""Guests of a venue, identified by phone number (policies/house/phones.py)."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct

from policies.house.phones import PhoneError, country_of, read_phone
from policies.words.message import message
from seating.book.in_force import house_of
from seating.db import Connection
from seating.errors import Invalid, NotFound

UPSERT_GUEST = """
insert into guest as g (venue_id, guest_id, name, phone, email, locale, created_at)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict on constraint guest_phone do update
    set email = coalesce(excluded.email, g.email), locale = coalesce(excluded.locale, g.locale)
returning guest_id
"""

COUNT_UPCOMING = """
select count(*) from reservation
where venue_id = $1 and guest_id = $2 and starts > $3 and state in ('requested', 'booked')
"""

FIND_GUESTS = """
select guest_id, name, phone, email, locale, notes, allergies,
       (select count(*) from reservation r where r.venue_id = $1 and r.guest_id = g.guest_id
          and r.state = 'finished') as visits,
       (select count(*) from reservation r where r.venue_id = $1 and r.guest_id = g.guest_id
          and r.state = 'no_show') as no_shows
from guest g
where venue_id = $1
  and (split_part(phone, ';', 1) like '%' || $2 or phone = $4 or phone like $4 || ';%'
       or lower(name) like $3 || '%' or lower(name) like '% ' || $3 || '%')
order by lower(name), guest_id
limit 20
"""

UPDATE_GUEST_NOTES = """
update guest set notes = coalesce($3, notes), allergies = coalesce($4, allergies)
where venue_id = $1 and guest_id = $2
"""


class Contact(Struct, frozen=True, kw_only=True):
    """Who books; only a guest with a phone number is recognised at the next booking."""

    name: str
    phone: str | None = None
    email: str | None = None
    locale: str | None = None


class Guest(Struct, frozen=True, kw_only=True):
    """A guest as staff see it, with counts of finished visits and no-shows."""

    guest_id: UUID
    name: str
    phone: str | None
    email: str | None
    locale: str | None
    notes: str
    allergies: str
    visits: int
    no_shows: int


def e164(phone: str, *, pointer: str, region: str | None = None) -> str:
    """Return the number as it is kept; raises Invalid. `region` reads numbers without a country."""
    try:
        return read_phone(phone, region)
    except PhoneError as problem:
        raise Invalid(problem.said, pointer=pointer) from None


async def upsert_guest(conn: Connection, venue_id: str, who: Contact, *, now: datetime) -> UUID:
    """Return the guest with this phone number, inserted if new. Locks the guest's row.

    Always called before a period is locked: one lock order, so no deadlocks.
    """
    guest_id: UUID = await conn.fetchval(
        UPSERT_GUEST, venue_id, uuid4(), who.name, who.phone, who.email, who.locale, now
    )
    return guest_id


async def count_upcoming(conn: Connection, venue_id: str, guest_id: UUID, *, now: datetime) -> int:
    """Return how many requested or booked reservations start after `now`."""
    count: int = await conn.fetchval(COUNT_UPCOMING, venue_id, guest_id, now)
    return count


async def find_guests(conn: Connection, venue_id: str, text: str) -> tuple[Guest, ...]:
    """Return at most 20 guests by a phone number or the start of a name or surname.

    A number may be given whole, in any form that a booking takes, or by its last digits.
    """
    digits = "".join(c for c in text if c.isdigit())
    wild = str.maketrans({"%": r"\%", "_": r"\_", "\\": r"\\"})
    name = text.strip().lower().translate(wild)
    ending = digits if len(digits) > 2 else "-"
    whole = None
    with suppress(Invalid):  # a name, or a part of a number
        whole = await local_e164(conn, venue_id, text, pointer="/q")
    rows = await conn.fetch(FIND_GUESTS, venue_id, ending, name, whole)
    return tuple(msgspec.convert(row, Guest, from_attributes=True) for row in rows)


async def update_guest_notes(
    conn: Connection, venue_id: str, guest_id: UUID, notes: str | None, allergies: str | None
) -> None:
    """Set notes and allergies; None leaves a field as it is. Raises NotFound."""
    if await conn.execute(UPDATE_GUEST_NOTES, venue_id, guest_id, notes, allergies) == "UPDATE 0":
        raise NotFound(message("no-such-guest"))


async def local_e164(
    conn: Connection, venue_id: str, phone: str | None, *, pointer: str
) -> str | None:
    """Return a number in E.164; without a country code it is read as of the venue's country.

    Raises Invalid.
    """
    if phone is None:
        return None
    venue = (await house_of(conn, venue_id)).house.venue
    return e164(phone, pointer=pointer, region=country_of(venue))
