"""What discretion came to: the promises beyond the room, told and happened."""

from typing import Final

from litestar import get

from api.http.access import needs_role
from api.http.dependencies import GivenConnection, GivenStaff
from api.http.fields import AskedDate
from seating.booking.overbooked_report import ToldAndHappened, told_and_happened


@get("/overbooking", guards=[needs_role("manager")], tags=["rules"])
async def overbooking(date: AskedDate, staff: GivenStaff, conn: GivenConnection) -> ToldAndHappened:
    """Every promise beyond the room on a date: the risk told, and how the party fared."""
    return await told_and_happened(conn, staff.venue_id, date, date)


HANDLERS: Final = (overbooking,)
