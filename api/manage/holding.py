"""Advice on how many tables to hold back."""

from typing import Final

from litestar import get

from api.http.access import needs_role
from api.http.dependencies import GivenClock, GivenConnection, GivenStaff
from api.http.fields import AskedDate
from seating.house.hold_hints import PeriodHints, hold_hints


@get("/holding", guards=[needs_role("manager")], tags=["rules"])
async def holding(
    date: AskedDate, staff: GivenStaff, conn: GivenConnection, clock: GivenClock
) -> tuple[PeriodHints, ...]:
    """Per period of a date: tables worth holding now by window and class, and the ladder."""
    return await hold_hints(conn, staff.venue_id, date, clock)


HANDLERS: Final = (holding,)
