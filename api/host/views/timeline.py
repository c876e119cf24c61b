"""The timeline: who and what has each table of a period, from when until when."""

from typing import Final

from litestar import get

from api.host.fields import AskedPeriod
from api.http.dependencies import GivenClock, GivenConnection, GivenStaff
from seating.door.timeline import TimelineView, read_timeline


@get("/timeline", tags=["tonight"])
async def timeline(
    staff: GivenStaff, conn: GivenConnection, clock: GivenClock, period: AskedPeriod = None
) -> TimelineView:
    """The tables of a period by time: tonight's unless another is named."""
    return await read_timeline(conn, staff.venue_id, period, clock)


HANDLERS: Final = (timeline,)
