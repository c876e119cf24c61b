"""Reports on gestures and on claims."""

from typing import Final

from litestar import get

from api.http.access import needs_role
from api.http.dependencies import GivenConnection, GivenStaff
from api.manage.dates import GivenDates
from seating.gestures.report import ClaimReport, GestureReport, claim_report, gesture_report

MANAGER: Final = [needs_role("manager")]


@get("/gestures", guards=MANAGER, tags=["reports"])
async def report(dates: GivenDates, staff: GivenStaff, conn: GivenConnection) -> GestureReport:
    """Gestures of these service dates: counts, shares and means with confidence intervals."""
    return await gesture_report(conn, staff.venue_id, *dates)


@get("/claims", guards=MANAGER, tags=["reports"])
async def claims(dates: GivenDates, staff: GivenStaff, conn: GivenConnection) -> ClaimReport:
    """Claims paid without questions; never shown at the door."""
    return await claim_report(conn, staff.venue_id, *dates)


HANDLERS: Final = (report, claims)
