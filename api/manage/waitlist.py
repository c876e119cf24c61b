"""The waitlist of past nights: waits quoted and waits that came."""

from typing import Final

from litestar import get

from api.http.access import needs_role
from api.http.dependencies import GivenConnection, GivenStaff
from api.manage.dates import GivenDates
from seating.waitlist.report import WaitsReport, waits_report


@get("/waitlist", guards=[needs_role("manager")], tags=["reports"])
async def waits(dates: GivenDates, staff: GivenStaff, conn: GivenConnection) -> WaitsReport:
    """What parties that joined were quoted, how long they waited, and the share of quotes kept."""
    return await waits_report(conn, staff.venue_id, *dates)


HANDLERS: Final = (waits,)
