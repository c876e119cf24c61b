"""What the guest of a reservation was written, and what became of it."""

from typing import Final
from uuid import UUID

from litestar import get
from litestar.params import FromPath

from api.http.dependencies import GivenConnection, GivenStaff
from seating.correspondence.reading import NoticeSeen, notices_of_reservation


@get("/reservations/{reservation_id:uuid}/notices", tags=["reservations"])
async def reservation_notices(
    reservation_id: FromPath[UUID], staff: GivenStaff, conn: GivenConnection
) -> tuple[NoticeSeen, ...]:
    """The messages to the guest of a reservation: waiting, sent, delivered, failed, or why none."""
    return await notices_of_reservation(conn, staff.venue_id, reservation_id)


HANDLERS: Final = (reservation_notices,)
