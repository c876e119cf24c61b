"""Google's bookings: create (once per idempotency token), update, list, with Google's user data."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from uuid import UUID

import msgspec
from msgspec import Struct

from policies.book.answers import Ask, No
from policies.booking.changing import moves_or_grows, only_by_request
from policies.house.calendar import needs_approval
from policies.house.wording import clock as clock_of
from policies.words.message import message
from seating.book.asked import check_start, period_for_start
from seating.book.in_force import house_of
from seating.book.reservations import (
    COLUMNS,
    Booker,
    Reservation,
    reservation_of_row,
    standing_of,
)
from seating.booking.changing import Change, cancel, change
from seating.booking.making import (
    BookingRequest,
    BookingResult,
    ask_of,
    create_reservation,
)
from seating.clock import Clock
from seating.db import Connection
from seating.errors import AlreadyCancelled, Invalid, NotFound, TokenReused
from seating.turnaways.log import LoggedRefusal, log_refusal

# Concurrent requests with one token wait for the first, then find its booking.
WAIT_FOR_TOKEN = """
select pg_advisory_xact_lock(hashtextextended(
    jsonb_build_array('google', $1::text, $2::text, $3::text)::text, 0))
"""

INSERT_BOOKING = """
insert into google_booking (venue_id, reservation_id, client_id, token, asked, user_id, given_name,
                            family_name, telephone, email, echoed)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::text::jsonb)
"""

BOOKINGS = f"""
select r.venue_id, g.asked, g.user_id, g.given_name, g.family_name, g.telephone, g.email,
       g.echoed::text as echoed, {COLUMNS}
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

UPDATE_ECHO = """
update google_booking set echoed = echoed || $4::text::jsonb
where venue_id = $1 and client_id = $2 and reservation_id = $3
"""

SAME_SLOT_TAKEN = """
select exists (
    select from google_booking g
    join reservation r using (venue_id, reservation_id)
    join guest u on u.venue_id = g.venue_id and u.guest_id = r.guest_id
    where g.venue_id = $1 and g.client_id = $2 and r.starts = $3 and u.phone = $4
      and r.state in ('requested', 'booked', 'arrived', 'seated'))
"""


class GoogleUser(Struct, frozen=True, kw_only=True):
    """The user as Google sent it; empty where it sent nothing."""

    user_id: str
    given_name: str = ""
    family_name: str = ""
    telephone: str = ""
    email: str = ""


class Echo(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an answer repeats as Google sent it; empty where it sent nothing.

    `room_id`: the area, where it was named so and not by the service.
    """

    confirmation_mode: str = ""
    availability_tag: str = ""
    room_id: str = ""
    staff_id: str = ""
    offer_id: str = ""
    language_code: str = ""


class GoogleBookingRequest(Struct, frozen=True, kw_only=True):
    """A CreateBooking request. `at_once`: only an immediate confirmation is of use."""

    token: str
    request: BookingRequest
    user: GoogleUser
    at_once: bool = False
    echo: Echo = Echo()

    @property
    def fingerprint(self) -> bytes:
        """The SHA-256 of what is asked for, to recognise a token used for something else."""
        asked = (self.request, self.user, self.at_once, self.echo)
        return sha256(msgspec.json.encode(asked)).digest()


class GoogleBooking(Struct, frozen=True, kw_only=True):
    """A booking made through Google: its reservation and user."""

    venue_id: str
    reservation: Reservation
    user: GoogleUser
    echo: Echo = Echo()


class NotBooked(Struct, frozen=True, kw_only=True):
    """A refusal that has been logged. `same_slot`: the user has that slot already, through Google.

    Bookings by other channels do not count.
    """

    no: No
    same_slot: bool = False


async def book_once(
    conn: Connection,
    venue_id: str,
    booking_request: GoogleBookingRequest,
    booker: Booker,
    clock: Clock,
) -> GoogleBooking | NotBooked:
    """Return the booking made under the token, else make it; refusals are not stored.

    Runs inside the caller's transaction. Raises NotFound, Invalid, TooFarOff, HoldExpired,
    HoldMismatch, TokenReused.
    """
    await conn.execute(WAIT_FOR_TOKEN, venue_id, booker.client_id, booking_request.token)
    row = await conn.fetchrow(BOOKING_OF_TOKEN, venue_id, booker.client_id, booking_request.token)
    if row is not None and row["asked"] != booking_request.fingerprint:
        raise TokenReused(message("token-made-another-booking"), pointer="/idempotency_token")
    if row is not None:
        return _booking(dict(row))
    check_not_passed(booking_request.request.starts, await clock.now(conn))
    done = await _make(conn, venue_id, booking_request, booker, clock)
    if isinstance(done, LoggedRefusal):
        return await _not_booked(conn, venue_id, booking_request.request, done.no, booker)
    await _insert(conn, venue_id, booking_request, done.reservation)
    return GoogleBooking(
        venue_id=venue_id,
        reservation=done.reservation,
        user=booking_request.user,
        echo=booking_request.echo,
    )


async def read_booking(
    conn: Connection, venue_id: str, reservation_id: UUID, booker: Booker
) -> GoogleBooking:
    """Return a booking of the client. Raises NotFound."""
    row = await conn.fetchrow(BOOKING, venue_id, booker.client_id, reservation_id)
    if row is None:
        raise NotFound(message("no-such-booking"), pointer="/booking_id")
    return _booking(dict(row))


async def bookings_of_user(
    conn: Connection, venues: Sequence[str], user_id: str, booker: Booker
) -> list[GoogleBooking]:
    """Return a user's bookings at these venues, by start; at most 1000."""
    rows = await conn.fetch(BOOKINGS_OF_USER, venues, booker.client_id, user_id)
    return [_booking(dict(row)) for row in rows]


async def cancel_booking(
    conn: Connection, venue_id: str, reservation_id: UUID, booker: Booker, clock: Clock
) -> GoogleBooking:
    """Cancel; one already cancelled is returned unchanged.

    Raises NotFound, AlreadySeated, NotChangeable, OutsideCancellationWindow.
    """
    await read_booking(conn, venue_id, reservation_id, booker)
    await cancel(conn, venue_id, reservation_id, "cancelled through Google", booker, clock)
    return await read_booking(conn, venue_id, reservation_id, booker)


async def change_booking(
    conn: Connection,
    venue_id: str,
    reservation_id: UUID,
    wanted: Change,
    booker: Booker,
    clock: Clock,
    *,
    echo: Echo,
    at_once: bool = False,
) -> GoogleBooking | NotBooked:
    """Move or resize, and keep what is to be `echo`ed from now on; repeating it does no more.

    `at_once`: only an immediate confirmation is of use. Raises NotFound, Invalid, TooFarOff,
    AlreadyCancelled, NotChangeable, OutsideCancellationWindow, ReferenceTaken.
    """
    booking = await read_booking(conn, venue_id, reservation_id, booker)
    if booking.reservation.state == "cancelled":
        raise AlreadyCancelled(message("booking-cancelled"))
    if _is_unchanged(booking.reservation, wanted):
        return await _with_echo(conn, booking, echo, booker)
    if wanted.starts not in {None, booking.reservation.starts}:
        check_not_passed(wanted.starts, await clock.now(conn))
    asked = _ask_of(booking.reservation, wanted, booker)
    waits = at_once and moves_or_grows(standing_of(booking.reservation, booker), asked)
    refusal = await _refused_at_once(conn, venue_id, asked, booker, clock) if waits else None
    done = refusal or await change(
        conn, venue_id, reservation_id, wanted, booker, clock, version=None
    )
    if isinstance(done, LoggedRefusal):
        return NotBooked(no=done.no)
    changed = msgspec.structs.replace(booking, reservation=done)
    return await _with_echo(conn, changed, echo, booker)


def check_not_passed(starts: datetime, now: datetime) -> None:
    """Raise Invalid for a slot that has passed."""
    if starts < now:
        raise Invalid(message("slot-passed"), pointer="/slot/start_sec")


async def _make(
    conn: Connection,
    venue_id: str,
    booking_request: GoogleBookingRequest,
    booker: Booker,
    clock: Clock,
) -> BookingResult | LoggedRefusal:
    refusal, request = None, booking_request.request
    if booking_request.at_once:
        asked = ask_of(request, booker, None)
        refusal = await _refused_at_once(conn, venue_id, asked, booker, clock)
    return refusal or await create_reservation(
        conn, venue_id, _with_reference(booking_request), booker, clock
    )


def _with_reference(booking_request: GoogleBookingRequest) -> BookingRequest:
    """Return the request; without a number the user is what tells a wish sent again."""
    request = booking_request.request
    if request.guest.phone is not None:
        return request
    return msgspec.structs.replace(request, partner_reference=booking_request.user.user_id)


async def _refused_at_once(
    conn: Connection, venue_id: str, ask: Ask, booker: Booker, clock: Clock
) -> LoggedRefusal | None:
    """Refuse what has to be confirmed at once in a period whose bookings need approval."""
    now = await clock.now(conn)
    check_start(ask.starts, now)
    in_force = (await house_of(conn, venue_id)).at(ask.starts)
    period = period_for_start(in_force, ask.starts)
    house = in_force.house
    if period is None or not (needs_approval(house, period) or only_by_request(house, period, ask)):
        return None
    at = clock_of(in_force.house, ask.starts)
    no = No(code="NEEDS_NOT_MET", said=message("confirmed-by-person", time=at))
    return await log_refusal(conn, venue_id, in_force.house, ask, no, booker, now)


async def _not_booked(
    conn: Connection, venue_id: str, request: BookingRequest, no: No, booker: Booker
) -> NotBooked:
    if no.code != "DUPLICATE":
        return NotBooked(no=no)
    same = await conn.fetchval(
        SAME_SLOT_TAKEN, venue_id, booker.client_id, request.starts, request.guest.phone
    )
    return NotBooked(no=no, same_slot=same)


async def _insert(
    conn: Connection, venue_id: str, booking_request: GoogleBookingRequest, made: Reservation
) -> None:
    await conn.execute(
        INSERT_BOOKING,
        venue_id,
        made.reservation_id,
        made.client_id,
        booking_request.token,
        booking_request.fingerprint,
        *msgspec.structs.astuple(booking_request.user),
        msgspec.json.encode(booking_request.echo).decode(),
    )


async def _with_echo(
    conn: Connection, booking: GoogleBooking, echo: Echo, booker: Booker
) -> GoogleBooking:
    """Store what was sent; the rest stays as it was."""
    sent = msgspec.to_builtins(echo)
    if not sent:
        return booking
    subject = booking.reservation.reservation_id
    encoded = msgspec.json.encode(sent).decode()
    await conn.execute(UPDATE_ECHO, booking.venue_id, booker.client_id, subject, encoded)
    return msgspec.structs.replace(booking, echo=msgspec.structs.replace(booking.echo, **sent))


def _booking(row: dict[str, object]) -> GoogleBooking:
    return GoogleBooking(
        venue_id=str(row["venue_id"]),
        reservation=reservation_of_row(row),
        user=msgspec.convert(row, GoogleUser),
        echo=msgspec.json.decode(str(row["echoed"]), type=Echo),
    )


def _ask_of(reservation: Reservation, wanted: Change, booker: Booker) -> Ask:
    return Ask(
        party_size=wanted.party_size or reservation.party_size,
        starts=wanted.starts or reservation.starts,
        channel=booker.channel,
        needs=reservation.needs,
    )


def _is_unchanged(reservation: Reservation, wanted: Change) -> bool:
    same_start = wanted.starts is None or wanted.starts == reservation.starts
    return same_start and wanted.party_size in {None, reservation.party_size}
