"""What follows a reservation just made: its guest's link, the code it came with, the answer."""

from typing import Any

from litestar import Request, Response

from api.booking.answers import made_answer, refused
from seating.booking import Booked
from seating.db import Connection
from seating.guest_booking import booking_link, keep_referral
from seating.house import house_of
from seating.turnaways import Refused


async def made(
    conn: Connection,
    request: Request[Any, Any, Any],
    venue: str,
    done: Booked | Refused,
    referral_code: str | None,
    status: int,
) -> Response[bytes]:
    """The answer to a booking or an enquiry, in the transaction that made it."""
    house = (await house_of(conn, venue)).house
    if isinstance(done, Refused):
        return refused(house, done.no)
    await keep_referral(conn, venue, done.reservation.reservation_id, referral_code)
    token = await booking_link(conn, venue, done.reservation)
    return made_answer(house, done, status, f"{str(request.base_url).rstrip('/')}/r/{token}")
