"""Who was shown the house rules, for managers."""

from typing import Final

from litestar import get

from api.http.access import needs_role
from api.http.dependencies import GivenConnection, GivenStaff
from api.manage.dates import GivenDates
from seating.house.house_rules import ShownReport, shown_report


@get("/house-rules", guards=[needs_role("manager")], tags=["reports"])
async def rules_shown(dates: GivenDates, staff: GivenStaff, conn: GivenConnection) -> ShownReport:
    """Which version each party of some dates was shown, on which channel, read out by whom."""
    return await shown_report(conn, staff.venue_id, *dates)


HANDLERS: Final = (rules_shown,)
