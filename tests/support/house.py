"""A small house for tests of booking: tables as asked, a Wednesday, a clock that stands."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from seating.access.clients import SCOPES, create_client, issue_token
from seating.book.guests import Contact
from seating.book.reservations import Booker
from seating.booking.making import BookingRequest, BookingResult, create_reservation
from seating.clock import MovableClock, set_clock, wall_now
from seating.db import run, transaction
from seating.house.loading import load_house

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from seating.db import Pool
    from seating.turnaways.log import LoggedRefusal

VENUE = "bistro"
NOON = datetime(2027, 3, 3, 12, 0, tzinfo=UTC)
"""A Wednesday; the house is in Berlin, an hour ahead."""
SEVEN = datetime(2027, 3, 3, 18, 0, tzinfo=UTC)
DATE = "2027-03-03"
CLOCK = MovableClock()

HOUSE = """
areas = [{{ id = "room", name = "Room" }}, {{ id = "terrace", name = "Terrace" }}]
tables = [{tables}]
joins = [{joins}]
turn_times = [{{ party_max = 2, minutes = 90 }}, {{ party_max = 50, minutes = 120 }}]
[venue]
id = "{venue}"
name = "Test house"
zone = "Europe/Berlin"
currency = "EUR"
high_chairs = 1
[booking]
window_days = 60
slot_minutes = 15
cancel_cutoff_minutes = 120
party_max_online = 8
bookings_per_guest = 6
[[periods]]
name = "dinner"
days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
opens = "18:00"
last_seating = "22:00"
closes = "23:55"
pacing = 500
[house_rules]
version = 3
[[house_rules.rules]]
key = "late"
[house_rules.rules.text]
en = "We keep your table for 15 minutes."
[[staff]]
id = "anna"
name = "Anna"
role = "owner"
"""


def house_text(
    *seats: int, venue: str = VENUE, joins: Sequence[tuple[str, str]] = (), terrace: int = 0
) -> str:
    """A house file: tables called 1, 2, ... of these sizes, the last `terrace` of them outside."""
    inside = len(seats) - terrace
    tables = ", ".join(
        f'{{ id = "{n}", area = "{"room" if n <= inside else "terrace"}", seats_max = {size} }}'
        for n, size in enumerate(seats, start=1)
    )
    joined = ", ".join(
        f'{{ tables = ["{a}", "{b}"], seats_max = {seats[int(a) - 1] + seats[int(b) - 1]} }}'
        for a, b in joins
    )
    return HOUSE.format(tables=tables, joins=joined, venue=venue)


async def open_house(pool: Pool, text: str) -> None:
    """Load a house; it is Wednesday noon, and time stands still."""
    async with transaction(pool) as conn:
        await set_clock(conn, NOON, 0.0)
    await load_house(pool, text, CLOCK)


async def move_clock(pool: Pool, to: datetime) -> None:
    async with transaction(pool) as conn:
        await set_clock(conn, to, 0.0)


async def new_site(pool: Pool, *venues: str, scopes: Iterable[str] = SCOPES) -> tuple[str, str]:
    """A booking site: its id and a bearer token."""
    async with transaction(pool) as conn:
        grants = {venue: sorted(SCOPES) for venue in venues or (VENUE,)}
        client_id, _ = await create_client(conn, "A site", grants)
    token = await issue_token(pool, client_id, sorted(scopes), wall_now())
    return client_id, token.access_token


def site(client_id: str) -> Booker:
    return Booker(channel="partner", actor="partner", client_id=client_id)


HOST = Booker(channel="phone", actor="host", staff_id="anna")


def phone(number: int) -> str:
    return f"+4930{20_000_000 + number}"


def order(
    number: int = 0, *, starts: datetime = SEVEN, party_size: int = 2, known: bool = True
) -> BookingRequest:
    """An order by guest `number`; one who is not `known` leaves no phone number."""
    return BookingRequest(
        starts=starts,
        party_size=party_size,
        guest=Contact(name=f"Guest {number}", phone=phone(number) if known else None),
        accepted_house_rules=3,
    )


async def book(pool: Pool, wish: BookingRequest, booker: Booker) -> BookingResult | LoggedRefusal:
    return await run(pool, lambda conn: create_reservation(conn, VENUE, wish, booker, CLOCK))


async def booked(pool: Pool, wish: BookingRequest, booker: Booker) -> BookingResult:
    done = await book(pool, wish, booker)
    assert isinstance(done, BookingResult), done
    return done


def at(hours: float) -> datetime:
    """So many hours after seven."""
    return SEVEN + timedelta(hours=hours)


async def rewrite_house(pool: Pool, path: str, value: object) -> None:
    """Set one value of the stored house, as `{periods,0,needs_approval}`; caches notice it."""
    await pool.execute(
        "update house set house = jsonb_set(house, $1::text::text[], $2::text::jsonb),"
        " checksum = checksum || $1 || $2",
        path,
        json.dumps(value),
    )
