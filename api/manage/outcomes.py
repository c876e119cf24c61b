"""Report on overbooked promises: risk told and outcome."""

from typing import Final

from litestar import get

from api.http.access import needs_role
from api.http.dependencies import GivenConnection, GivenStaff
from api.http.fields import AskedDate
from seating.booking.overbooked_report import OverbookingReport, overbooking_report


@get("/overbooking", guards=[needs_role("manager")], tags=["rules"])
async def overbooking(
    date: AskedDate, staff: GivenStaff, conn: GivenConnection
) -> OverbookingReport:
    """Every overbooked promise of a date: the risk told, and what happened to the party."""
    return await overbooking_report(conn, staff.venue_id, date, date)


HANDLERS: Final = (overbooking,)
