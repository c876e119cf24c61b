"""Tonight beside the stand's view: who was there so far, and which tables may be held."""

from typing import Final

from litestar import get

from api.http.access import needs_role
from api.http.dependencies import GivenClock, GivenConnection, GivenStaff
from seating.door.evening_so_far import EveningSoFar, evening_so_far


@get("/tonight", guards=[needs_role("manager")], tags=["tonight"])
async def so_far(staff: GivenStaff, conn: GivenConnection, clock: GivenClock) -> EveningSoFar:
    """Guests at tables by quarter hour since the opening, and the windows of held tables."""
    return await evening_so_far(conn, staff.venue_id, clock)


HANDLERS: Final = (so_far,)
