"""Report on turnaways."""

from typing import Final

from litestar import get

from api.http.access import needs_role
from api.http.dependencies import GivenConnection, GivenStaff
from api.manage.dates import GivenDates
from seating.turnaways.report import TurnawayReport, turnaway_report


@get("/turnaways", guards=[needs_role("manager")], tags=["reports"])
async def turned_away(
    dates: GivenDates, staff: GivenStaff, conn: GivenConnection
) -> TurnawayReport:
    """Turnaways of these dates by cause and channel, the share recovered, and how."""
    return await turnaway_report(conn, staff.venue_id, *dates)


HANDLERS: Final = (turned_away,)
