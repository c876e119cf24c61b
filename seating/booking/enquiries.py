"""Enquiries: larger parties and whole areas, answered by a person of the house."""

from uuid import uuid4

from policies.book.answers import No
from policies.book.picture import Promise
from policies.booking.engine import enquire
from seating.book.asked import check_needs, check_start, ends_of, period_asked
from seating.book.guests import keep_guest
from seating.book.in_force import house_of
from seating.book.periods import locked
from seating.book.reservations import Booker
from seating.booking.making import Booked, Order, ask_of, write_booking
from seating.clock import Clock
from seating.db import Connection
from seating.turnaways.log import Refused, refused


async def ask_a_person(
    conn: Connection, venue_id: str, order: Order, booker: Booker, clock: Clock
) -> Booked | Refused:
    """Keep a request that holds no table until somebody says yes, whatever its size.

    Raises NotFound, Invalid, TooFarOff.
    """
    known = await house_of(conn, venue_id)
    now = await clock.now(conn)
    check_start(order.starts, now)
    check_needs(known.house, order.needs)
    guest_id = None
    if order.guest.phone is not None:
        guest_id = await keep_guest(conn, venue_id, order.guest, now=now)
    ask = ask_of(order, booker, guest_id)
    period = period_asked(known, ask.starts)
    if period is None:
        no = No(code="CLOSED", detail="The house is closed on that date.")
        return await refused(conn, venue_id, known.house, ask, no, booker, now, order.guest)
    opened = await locked(conn, venue_id, known, period, now=now)
    refusal = enquire(opened.picture, ask, opened.house, now=now)
    if refusal is not None:
        return await refused(conn, venue_id, known.house, ask, refusal, booker, now, order.guest)
    promise = Promise(
        reservation_id=order.reservation_id or uuid4(),
        period_id=period.period_id,
        state="requested",
        party_size=ask.party_size,
        starts=ask.starts,
        ends=ends_of(known.house, ask.starts, ask.party_size),
        needs=ask.needs,
        guest_id=guest_id,
        name=order.guest.name,
    )
    return await write_booking(conn, opened, order, booker, promise, None, None)
