"""Enquiries: requests (large parties, whole areas) that a person answers."""

from uuid import uuid4

from policies.book.changes import Changes
from policies.book.picture import Promise
from policies.book.question import turn_end
from policies.booking.engine import enquiry_refusal
from seating.book.asked import (
    check_needs,
    check_preferences,
    check_start,
    closed_refusal,
    period_for_start,
)
from seating.book.guests import asking_guest
from seating.book.in_force import house_of
from seating.book.periods import lock_period
from seating.book.reservations import Booker
from seating.booking.client_bounds import check_bookings
from seating.booking.making import BookingRequest, BookingResult, ask_of, write_booking
from seating.booking.references import check_reference
from seating.clock import Clock
from seating.db import Connection
from seating.turnaways.log import LoggedRefusal, log_refusal


async def create_enquiry(
    conn: Connection, venue_id: str, request: BookingRequest, booker: Booker, clock: Clock
) -> BookingResult | LoggedRefusal:
    """Create a reservation in state `requested`, of any size; it holds no table until approved.

    Raises NotFound, Invalid, TooFarOff, ReferenceTaken.
    """
    now = await clock.now(conn)
    check_start(request.starts, now)
    in_force = (await house_of(conn, venue_id)).at(request.starts)
    check_needs(in_force.house, request.needs)
    check_preferences(in_force.house, request.preferences)
    by_house = booker.staff_id is not None
    guest = await asking_guest(conn, venue_id, request.guest, by_house=by_house)
    ask = ask_of(request, booker, guest.known_id)
    period = period_for_start(in_force, ask.starts)
    if period is None:
        no = closed_refusal()
        return await log_refusal(
            conn, venue_id, in_force.house, ask, no, booker, now, request.guest
        )
    locked = await lock_period(conn, venue_id, in_force, period, now=now)
    reference = request.partner_reference
    await check_reference(conn, venue_id, booker.client_id, reference, ask.starts)
    await check_bookings(conn, locked, booker, ask)
    refusal = enquiry_refusal(locked.picture, ask, locked.house, now=now)
    if refusal is not None:
        return await log_refusal(
            conn, venue_id, in_force.house, ask, refusal, booker, now, request.guest
        )
    promise = Promise(
        reservation_id=request.reservation_id or uuid4(),
        period_id=period.period_id,
        state="requested",
        party_size=ask.party_size,
        starts=ask.starts,
        ends=turn_end(locked.house, locked.picture.period, ask),
        needs=ask.needs,
        preferences=ask.preferences,
        guest_id=guest.guest_id,
        channel=booker.channel,
        made_at=now,
        client_id=booker.client_id,
        name=request.guest.name,
    )
    changes = Changes(promises=(promise,))
    return await write_booking(conn, locked, request, guest, booker, changes, None, None)
