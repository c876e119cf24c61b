"""Report on the playbook."""

from typing import Final

from litestar import get

from api.http.access import needs_role
from api.http.dependencies import GivenClock, GivenConnection, GivenStaff
from api.manage.dates import GivenDates
from seating.turnaways.playbook import PlayUse, playbook_report


@get("/playbook", guards=[needs_role("manager")], tags=["reports"])
async def used(
    dates: GivenDates, staff: GivenStaff, conn: GivenConnection, clock: GivenClock
) -> tuple[PlayUse, ...]:
    """Per playbook answer: how often it was given on these dates, and the outcomes."""
    return await playbook_report(conn, staff.venue_id, *dates, clock)


HANDLERS: Final = (used,)
