"""Held tables: advice on how many, what became of them. Turn times as written and as seen."""

from typing import Final

from litestar import get

from api.http.access import needs_role
from api.http.dependencies import GivenClock, GivenConnection, GivenStaff
from api.http.fields import AskedDate
from api.manage.dates import GivenDates
from policies.forecast.stay_evidence import TurnTimeEvidence
from seating.floor.held_report import HeldTablesReport, held_tables_report
from seating.house.hold_hints import PeriodHints, hold_hints
from seating.house.turn_times import turn_times_seen


@get("/holding", guards=[needs_role("manager")], tags=["rules"])
async def holding(
    date: AskedDate, staff: GivenStaff, conn: GivenConnection, clock: GivenClock
) -> tuple[PeriodHints, ...]:
    """Per period of a date: tables worth holding now by window and class, and the ladder."""
    return await hold_hints(conn, staff.venue_id, date, clock)


@get("/held-tables", guards=[needs_role("manager")], tags=["reports"])
async def held_tables(
    dates: GivenDates, staff: GivenStaff, conn: GivenConnection
) -> HeldTablesReport:
    """What became of the held tables of these dates, and who each that gave way gave way to."""
    return await held_tables_report(conn, staff.venue_id, *dates)


@get("/turn-times", guards=[needs_role("manager")], tags=["reports"])
async def turn_times(
    staff: GivenStaff, conn: GivenConnection, clock: GivenClock
) -> tuple[TurnTimeEvidence, ...]:
    """The written turn times by party size against the stays seen in the last half year."""
    return await turn_times_seen(conn, staff.venue_id, clock)


HANDLERS: Final = (holding, held_tables, turn_times)
