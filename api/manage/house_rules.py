"""Report on which house rules were shown to whom."""

from typing import Final

from litestar import get

from api.http.access import needs_role
from api.http.dependencies import GivenConnection, GivenStaff
from api.manage.dates import GivenDates
from seating.house.house_rules import AcknowledgementReport, acknowledgement_report


@get("/house-rules", guards=[needs_role("manager")], tags=["reports"])
async def rules_shown(
    dates: GivenDates, staff: GivenStaff, conn: GivenConnection
) -> AcknowledgementReport:
    """Per party of these dates: version shown, channel, and who read it out."""
    return await acknowledgement_report(conn, staff.venue_id, *dates)


HANDLERS: Final = (rules_shown,)
