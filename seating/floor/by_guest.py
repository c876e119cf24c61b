"""What a guest says on the page of its visit, noted as a host would note it."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from policies.floor.orders import Coming, Order, Reconfirm, TellLate
from policies.words.message import message
from seating.book.actions import ActionAuthor
from seating.booking.by_link import OwnBooking, own_booking
from seating.booking.visit import visit_of
from seating.clock import Clock
from seating.db import Connection, LostRaceError
from seating.errors import NotPossibleNow, Stale
from seating.floor.orders import execute_command

MINUTES_LATE: Final = (5, 10, 15, 20, 30)
"""What a guest may tell; for more it calls."""

TOLD_FROM: Final = timedelta(hours=3)
"""So long before its start a party may tell that it is late or on its way."""

# The page sends an id with each button; of an order sent again only the version is another.
SAID_BEFORE = """
select exists (select from action
               where venue_id = $1 and action_id = $2 and kind = $3 and staff_id is null)
"""

GUEST: Final = ActionAuthor(staff_id="", actor="guest")


def is_near(own: OwnBooking) -> bool:
    """Whether the visit is so near that its guest may tell when it comes."""
    return own.reservation.state == "booked" and own.now >= own.reservation.starts - TOLD_FROM


def comes_at(own: OwnBooking, minutes: int) -> datetime:
    """Return when a party comes that tells it is so many minutes late: after its start, or now."""
    starts = own.reservation.starts
    return max(starts, own.now) + timedelta(minutes=minutes)


async def tell_late_by_link(
    conn: Connection, token: str, action_id: UUID, minutes: int, clock: Clock
) -> None:
    """Note that the party is `minutes` late; what it is answered is kept with its reservation.

    The same id again changes nothing. Raises NotFound, NotPossibleNow, LostRaceError.
    """
    own = await own_booking(conn, token, clock)
    if minutes not in MINUTES_LATE or not is_near(own):
        raise NotPossibleNow(message("late-not-yet"))
    venue_id, key = own.in_force.house.venue.id, own.reservation.reservation_id
    version = (await visit_of(conn, venue_id, key)).version
    until = comes_at(own, minutes)
    order = TellLate(id=action_id, reservation_id=key, version=version, until=until)
    await _carried_out(conn, venue_id, order, clock)


async def confirm_by_link(conn: Connection, token: str, action_id: UUID, clock: Clock) -> None:
    """Note that the party comes as it booked. Raises as `tell_late_by_link`."""
    own = await own_booking(conn, token, clock)
    venue_id, key = own.in_force.house.venue.id, own.reservation.reservation_id
    version = (await visit_of(conn, venue_id, key)).version
    order = Reconfirm(id=action_id, reservation_id=key, version=version)
    await _carried_out(conn, venue_id, order, clock)


async def coming_by_link(conn: Connection, token: str, action_id: UUID, clock: Clock) -> None:
    """Note that the party is on its way. Raises as `tell_late_by_link`."""
    own = await own_booking(conn, token, clock)
    if not is_near(own):
        raise NotPossibleNow(message("late-not-yet"))
    venue_id, key = own.in_force.house.venue.id, own.reservation.reservation_id
    version = (await visit_of(conn, venue_id, key)).version
    order = Coming(id=action_id, reservation_id=key, version=version)
    await _carried_out(conn, venue_id, order, clock)


async def _carried_out(conn: Connection, venue_id: str, order: Order, clock: Clock) -> None:
    if await conn.fetchval(SAID_BEFORE, venue_id, order.id, type(order).__name__):
        return
    try:
        await execute_command(conn, venue_id, order, GUEST, clock)
    except Stale as changed:
        raise LostRaceError("the reservation changed before its period was locked") from changed
