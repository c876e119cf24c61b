"""Guests of a venue, identified by phone number (policies/house/phones.py)."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct

from policies.correspondence.sending import ContactWish
from policies.house.house import House
from policies.house.phones import PhoneError, country_of, read_phone
from policies.words.message import message
from seating.book.in_force import house_of
from seating.db import Connection, LostRaceError
from seating.errors import Invalid, NotFound

# The row that counts: of a merged guest's second number the one kept.
LOCK_GUEST_OF_NUMBER = """
select guest_id, merged_into, email, locale from guest
where venue_id = $1 and guest_id = (
    select coalesce(n.merged_into, n.guest_id) from guest n where n.venue_id = $1 and n.phone = $2)
for update
"""

KEEP_GUEST = """
insert into guest as g (venue_id, guest_id, name, phone, email, locale, created_at)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (venue_id, guest_id) do update
    set email = coalesce(excluded.email, g.email), locale = coalesce(excluded.locale, g.locale)
"""

FORGET_GUEST = """
with turned_away as (
    update turnaway set guest_id = null where venue_id = $1 and guest_id = $2)
delete from guest where venue_id = $1 and guest_id = $2
"""

KEPT_GUEST = """
select coalesce(merged_into, guest_id) from guest where venue_id = $1 and guest_id = $2
"""

COUNT_UPCOMING = """
select count(*) from reservation
where venue_id = $1 and guest_id = $2 and starts > $3 and state in ('requested', 'booked')
"""

TAGS_OF_GUEST = "select tags from guest where venue_id = $1 and guest_id = $2"

GUEST_COLUMNS = """
g.guest_id, g.name, g.phone, g.email, g.locale, g.notes, g.allergies, g.tags,
       g.health_consent_at, g.written_to,
       (select count(*) from reservation r where r.venue_id = $1 and r.guest_id = g.guest_id
          and r.state = 'finished') as visits,
       (select count(*) from reservation r where r.venue_id = $1 and r.guest_id = g.guest_id
          and r.state = 'no_show') as no_shows
"""

# By the number of a row merged into it too, which is the guest's second one.
FIND_GUESTS = f"""
select {GUEST_COLUMNS}
from guest g
where g.venue_id = $1 and g.merged_into is null
  and (lower(g.name) like $3 || '%' or lower(g.name) like '% ' || $3 || '%'
       or g.guest_id in (
           select coalesce(n.merged_into, n.guest_id) from guest n
           where n.venue_id = $1 and (split_part(n.phone, ';', 1) like '%' || $2
                                      or n.phone = $4 or n.phone like $4 || ';%')))
order by lower(g.name), g.guest_id
limit 20
"""

READ_GUEST = f"""
select {GUEST_COLUMNS} from guest g where g.venue_id = $1 and g.guest_id = $2
"""


class Contact(Struct, frozen=True, kw_only=True):
    """Who books; only a guest with a phone number is recognised at the next booking."""

    name: str
    phone: str | None = None
    email: str | None = None
    locale: str | None = None


class GuestRow(Struct, frozen=True, kw_only=True):
    """What is written of a guest once what they ask for is accepted; None: stays as it is."""

    guest_id: UUID
    name: str
    phone: str | None = None
    email: str | None = None
    locale: str | None = None


class AskingGuest(Struct, frozen=True, kw_only=True):
    """The guest of a request. `row`: to be written on acceptance, None if all of it is known.

    The id of a guest not known yet is in no row before that, so it asks for nothing (`known_id`).
    """

    guest_id: UUID | None = None
    known_id: UUID | None = None
    row: GuestRow | None = None


class Guest(Struct, frozen=True, kw_only=True):
    """A guest as staff see it, with counts of finished visits and no-shows.

    `health_consent_at`: when the guest agreed that allergies are kept; None with allergies: they
    were noted before anybody asked, so ask at the next visit. `written_to`: how they agreed to be
    written to; `nothing`: they asked not to be.
    """

    guest_id: UUID
    name: str
    phone: str | None
    email: str | None
    locale: str | None
    notes: str
    allergies: str
    visits: int
    no_shows: int
    tags: tuple[str, ...] = ()
    health_consent_at: datetime | None = None
    written_to: ContactWish = "anything"


def e164(phone: str, *, pointer: str, region: str | None = None) -> str:
    """Return the number as it is kept; raises Invalid. `region` reads numbers without a country."""
    try:
        return read_phone(phone, region)
    except PhoneError as problem:
        raise Invalid(problem.said, pointer=pointer) from None


async def asking_guest(
    conn: Connection, venue_id: str, who: Contact, *, by_house: bool
) -> AskingGuest:
    """Return the guest with this phone number, known or new; nothing is written. Locks their row.

    What is known is not overwritten: a site only fills what is empty, since anybody can give it any
    number; `by_house`: a person of the house corrects it. Always called before a period is locked:
    one lock order, so no deadlocks. Raises LostRaceError.
    """
    if who.phone is None:
        return AskingGuest()
    row = await conn.fetchrow(LOCK_GUEST_OF_NUMBER, venue_id, who.phone)
    if row is None:
        new = uuid4()
        return AskingGuest(guest_id=new, row=GuestRow(guest_id=new, **msgspec.structs.asdict(who)))
    guest_id: UUID = row["guest_id"]
    if row["merged_into"] is not None:
        raise LostRaceError("the guest was merged meanwhile")
    told = {name: getattr(who, name) for name in ("email", "locale")}
    news = {
        name: value
        for name, value in told.items()
        if value is not None and (row[name] is None or (by_house and row[name] != value))
    }
    filled = GuestRow(guest_id=guest_id, name=who.name, **news) if news else None
    return AskingGuest(guest_id=guest_id, known_id=guest_id, row=filled)


async def keep_guest(
    conn: Connection, venue_id: str, row: GuestRow | None, *, now: datetime
) -> None:
    """Write a guest's row. Raises UniqueViolationError if their number became known meanwhile."""
    if row is not None:
        await conn.execute(KEEP_GUEST, venue_id, *msgspec.structs.astuple(row), now)


async def forget_guest(conn: Connection, venue_id: str, guest_id: UUID) -> None:
    """Delete a guest written for what was then refused."""
    await conn.execute(FORGET_GUEST, venue_id, guest_id)


async def tags_for_access(conn: Connection, house: House, guest_id: UUID | None) -> tuple[str, ...]:
    """Return the guest's tags, for a house whose access rules may ask for them."""
    if guest_id is None or not house.access:
        return ()
    return tuple(await conn.fetchval(TAGS_OF_GUEST, house.venue.id, guest_id) or ())


async def kept_guest(
    conn: Connection, venue_id: str, guest_id: UUID, *, pointer: str | None = None
) -> UUID:
    """Return the guest an id leads to: itself, or the one it was merged into. Raises NotFound."""
    kept: UUID | None = await conn.fetchval(KEPT_GUEST, venue_id, guest_id)
    if kept is None:
        raise NotFound(message("no-such-guest"), pointer=pointer)
    return kept


async def read_guest(conn: Connection, venue_id: str, guest_id: UUID) -> Guest:
    """Return one guest. Raises NotFound."""
    row = await conn.fetchrow(READ_GUEST, venue_id, guest_id)
    if row is None:
        raise NotFound(message("no-such-guest"))
    return msgspec.convert(row, Guest, from_attributes=True)


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
