"""Report on the waitlist: quoted and actual waits."""

from typing import Final

from litestar import get

from api.http.access import needs_role
from api.http.dependencies import GivenConnection, GivenStaff
from api.manage.dates import GivenDates
from seating.waitlist.report import WaitsReport, waits_report


@get("/waitlist", guards=[needs_role("manager")], tags=["reports"])
async def waits(dates: GivenDates, staff: GivenStaff, conn: GivenConnection) -> WaitsReport:
    """Quotes, actual waits, and the share of quotes kept, of parties that joined."""
    return await waits_report(conn, staff.venue_id, *dates)


HANDLERS: Final = (waits,)
