"""Bookings made through Google's facade: once per token, kept with the user as Google told it."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from uuid import UUID

import msgspec
from msgspec import Struct

from policies.book.answers import Ask, No
from policies.house.wording import clock as clock_of
from seating.book.asked import check_start, period_asked
from seating.book.in_force import house_of
from seating.book.reservations import COLUMNS, Booker, Reservation, reservation_of_row
from seating.booking.changing import Change, cancel, change
from seating.booking.making import Booked, Order, create
from seating.clock import Clock
from seating.db import Connection
from seating.errors import AlreadyCancelled, Invalid, NotFound, TokenReused
from seating.partners.google_lookups import waits_for_a_person
from seating.turnaways.log import Refused, refused

# Equal requests wait here for the first one and then find what it made.
WAIT_FOR_TOKEN = """
select pg_advisory_xact_lock(hashtextextended(
    jsonb_build_array('google', $1::text, $2::text, $3::text)::text, 0))
"""

KEEP_BOOKING = """
insert into google_booking (venue_id, reservation_id, client_id, token, asked, user_id, given_name,
                            family_name, telephone, email)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
"""

BOOKINGS = f"""
select r.venue_id, g.asked, g.user_id, g.given_name, g.family_name, g.telephone, g.email, {COLUMNS}
from google_booking g
join reservation r using (venue_id, reservation_id)
join period p on p.venue_id = g.venue_id and p.period_id = r.period_id
"""

BOOKING_OF_TOKEN = f"{BOOKINGS} where g.venue_id = $1 and g.client_id = $2 and g.token = $3"

BOOKING = f"{BOOKINGS} where g.venue_id = $1 and g.client_id = $2 and g.reservation_id = $3"

BOOKINGS_OF_USER = f"""
{BOOKINGS} where g.venue_id = any($1::text[]) and g.client_id = $2 and g.user_id = $3
order by r.starts, r.reservation_id limit 1000
"""

SAME_SLOT_TAKEN = """
select exists (
    select from google_booking g
    join reservation r using (venue_id, reservation_id)
    join guest u on u.venue_id = g.venue_id and u.guest_id = r.guest_id
    where g.venue_id = $1 and g.client_id = $2 and r.starts = $3 and u.phone = $4
      and r.state in ('requested', 'booked', 'arrived', 'seated'))
"""


class User(Struct, frozen=True, kw_only=True):
    """Who booked, as Google told it; empty where it told nothing."""

    user_id: str
    given_name: str = ""
    family_name: str = ""
    telephone: str = ""
    email: str = ""


class Wish(Struct, frozen=True, kw_only=True):
    """A booking asked for under a token. `at_once`: a request for a person to answer is no use."""

    token: str
    order: Order
    user: User
    at_once: bool = False

    @property
    def said(self) -> bytes:
        """A hash of what is asked for."""
        return sha256(msgspec.json.encode((self.order, self.user, self.at_once))).digest()


class Kept(Struct, frozen=True, kw_only=True):
    """A booking made through the facade."""

    venue_id: str
    reservation: Reservation
    user: User


class NotBooked(Struct, frozen=True, kw_only=True):
    """A "no" that has been logged. `same_slot`: this user has that very slot from Google already.

    Bookings made elsewhere never show in it.
    """

    no: No
    same_slot: bool = False


async def book(
    conn: Connection, venue_id: str, wish: Wish, booker: Booker, clock: Clock
) -> Kept | NotBooked:
    """Return the booking made under the token, else make it; a "no" is not remembered.

    Runs inside the caller's transaction. Raises NotFound, Invalid, TooFarOff, HoldExpired,
    HoldMismatch, TokenReused.
    """
    await conn.execute(WAIT_FOR_TOKEN, venue_id, booker.client_id, wish.token)
    row = await conn.fetchrow(BOOKING_OF_TOKEN, venue_id, booker.client_id, wish.token)
    if row is not None and row["asked"] != wish.said:
        raise TokenReused("this token has made another booking", pointer="/idempotency_token")
    if row is not None:
        return _kept(dict(row))
    check_not_passed(wish.order.starts, await clock.now(conn))
    done = await _made(conn, venue_id, wish, booker, clock)
    if isinstance(done, Refused):
        return await _not_booked(conn, venue_id, wish.order, done.no, booker)
    await _keep(conn, venue_id, wish, done.reservation)
    return Kept(venue_id=venue_id, reservation=done.reservation, user=wish.user)


async def read(conn: Connection, venue_id: str, reservation_id: UUID, booker: Booker) -> Kept:
    """Return a booking of the client's. Raises NotFound."""
    row = await conn.fetchrow(BOOKING, venue_id, booker.client_id, reservation_id)
    if row is None:
        raise NotFound("there is no such booking", pointer="/booking_id")
    return _kept(dict(row))


async def of_user(
    conn: Connection, venues: Sequence[str], user_id: str, booker: Booker
) -> list[Kept]:
    """Return what a user booked at these venues, in order of start; at most a thousand."""
    rows = await conn.fetch(BOOKINGS_OF_USER, venues, booker.client_id, user_id)
    return [_kept(dict(row)) for row in rows]


async def call_off(
    conn: Connection, venue_id: str, reservation_id: UUID, booker: Booker, clock: Clock
) -> Kept:
    """Cancel; one cancelled already is returned as it is.

    Raises NotFound, AlreadySeated, NotChangeable, OutsideCancellationWindow.
    """
    await read(conn, venue_id, reservation_id, booker)
    await cancel(conn, venue_id, reservation_id, "cancelled through Google", booker, clock)
    return await read(conn, venue_id, reservation_id, booker)


async def move(
    conn: Connection,
    venue_id: str,
    reservation_id: UUID,
    wish: Change,
    booker: Booker,
    clock: Clock,
) -> Kept | NotBooked:
    """Move or resize; what is so already is left as it is.

    Raises NotFound, Invalid, TooFarOff, AlreadyCancelled, NotChangeable.
    """
    kept = await read(conn, venue_id, reservation_id, booker)
    if kept.reservation.state == "cancelled":
        raise AlreadyCancelled("this booking has been cancelled")
    if _is_so(kept.reservation, wish):
        return kept
    check_not_passed(wish.starts or kept.reservation.starts, await clock.now(conn))
    done = await change(conn, venue_id, reservation_id, wish, booker, clock, version=None)
    if isinstance(done, Refused):
        return NotBooked(no=done.no)
    return msgspec.structs.replace(kept, reservation=done)


def check_not_passed(starts: datetime, now: datetime) -> None:
    """Raise Invalid for a slot that has passed."""
    if starts < now:
        raise Invalid("this slot has passed", pointer="/slot/start_sec")


async def _made(
    conn: Connection, venue_id: str, wish: Wish, booker: Booker, clock: Clock
) -> Booked | Refused:
    refusal = await _refused_at_once(conn, venue_id, wish, booker, clock)
    return refusal or await create(conn, venue_id, wish.order, booker, clock)


async def _refused_at_once(
    conn: Connection, venue_id: str, wish: Wish, booker: Booker, clock: Clock
) -> Refused | None:
    """Refuse what only a person can promise to a guest who has to know now."""
    known, now = await house_of(conn, venue_id), await clock.now(conn)
    order = wish.order
    check_start(order.starts, now)
    period = period_asked(known, order.starts)
    if not (wish.at_once and period and waits_for_a_person(known.house, period)):
        return None
    at = clock_of(known.house, order.starts)
    no = No(code="NEEDS_NOT_MET", detail=f"Bookings for {at} are confirmed by a person, later.")
    ask = Ask(
        party_size=order.party_size,
        starts=order.starts,
        channel=booker.channel,
        needs=order.needs,
    )
    return await refused(conn, venue_id, known.house, ask, no, booker, now)


async def _not_booked(
    conn: Connection, venue_id: str, order: Order, no: No, booker: Booker
) -> NotBooked:
    if no.code != "DUPLICATE":
        return NotBooked(no=no)
    same = await conn.fetchval(
        SAME_SLOT_TAKEN, venue_id, booker.client_id, order.starts, order.guest.phone
    )
    return NotBooked(no=no, same_slot=same)


async def _keep(conn: Connection, venue_id: str, wish: Wish, made: Reservation) -> None:
    await conn.execute(
        KEEP_BOOKING,
        venue_id,
        made.reservation_id,
        made.client_id,
        wish.token,
        wish.said,
        *msgspec.structs.astuple(wish.user),
    )


def _kept(row: dict[str, object]) -> Kept:
    return Kept(
        venue_id=str(row["venue_id"]),
        reservation=reservation_of_row(row),
        user=msgspec.convert(row, User),
    )


def _is_so(reservation: Reservation, wish: Change) -> bool:
    same_start = wish.starts is None or wish.starts == reservation.starts
    return same_start and wish.party_size in {None, reservation.party_size}
