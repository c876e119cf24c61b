"""Report on overbooked promises: risk told and outcome, and what ceilings rest on."""

from typing import Final

from litestar import get

from api.http.access import needs_role
from api.http.dependencies import GivenConnection, GivenStaff
from api.http.fields import AskedDate
from policies.booking.ceiling_evidence import CeilingEvidence
from seating.forecast.overbooked_report import (
    OverbookingReport,
    ceilings_of_date,
    overbooking_report,
)


@get("/overbooking", guards=[needs_role("manager")], tags=["rules"])
async def overbooking(
    date: AskedDate, staff: GivenStaff, conn: GivenConnection
) -> OverbookingReport:
    """Every overbooked promise of a date: the risk told, and what happened to the party."""
    return await overbooking_report(conn, staff.venue_id, date, date)


@get("/ceilings", guards=[needs_role("manager")], tags=["rules"])
async def ceilings(
    date: AskedDate, staff: GivenStaff, conn: GivenConnection
) -> tuple[CeilingEvidence, ...]:
    """The overbooking ceiling of each period of a date, with the evidence it rests on."""
    return await ceilings_of_date(conn, staff.venue_id, date)


HANDLERS: Final = (overbooking, ceilings)
