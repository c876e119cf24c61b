"""Reports of service dates, in the language of Accept-Language."""

from typing import Annotated, Any, Final

from litestar import Request, Response, get
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, QueryParameter, SkipValidation

from api.http.access import needs_role
from api.http.dependencies import GivenClock, GivenConnection, GivenStaff
from api.http.languages import language_asked
from api.manage.dates import GivenDates
from seating.reports.asking import Asked
from seating.reports.behind import ReportCases, behind_figure
from seating.reports.exporting import file_name, report_csv
from seating.reports.telling import ReportList, ReportTold, list_of_reports, report_told

MANAGER: Final = [needs_role("manager")]
CSV: Final = "text/csv"
Period = Annotated[str | None, QueryParameter(max_length=40)]
Weekday = Annotated[int | None, QueryParameter(ge=1, le=7, description="1 is Monday.")]
ColumnKey = Annotated[str, QueryParameter(max_length=40)]
RowKey = Annotated[str | None, QueryParameter(max_length=400, description="Omitted: of all rows.")]
GivenAsked = NamedDependency[SkipValidation[Asked]]


def asked(
    request: Request[Any, Any, Any],
    dates: GivenDates,
    period: Period = None,
    weekday: Weekday = None,
) -> Asked:
    """The dates, period and weekday of the query, and the language to answer in."""
    language = language_asked(request.headers.get("accept-language"))
    first, last = dates
    return Asked(first=first, last=last, period=period, weekday=weekday, language=language)


GIVEN: Final = {"asked": Provide(asked, sync_to_thread=False)}


@get("/reports", guards=MANAGER, tags=["reports"], sync_to_thread=False)
def listed(request: Request[Any, Any, Any]) -> ReportList:
    """Every report with its title and what it tells, by group."""
    return list_of_reports(language_asked(request.headers.get("accept-language")))


@get("/reports/{key:str}", guards=MANAGER, dependencies=GIVEN, tags=["reports"])
async def told(
    key: FromPath[str],
    asked: GivenAsked,
    staff: GivenStaff,
    conn: GivenConnection,
    clock: GivenClock,
) -> ReportTold:
    """One report: its sentence, figures by row with intervals, and which of them are drawn."""
    return await report_told(conn, staff.venue_id, key, asked, clock)


@get("/reports/{key:str}/csv", guards=MANAGER, dependencies=GIVEN, media_type=CSV, tags=["reports"])
async def exported(
    key: FromPath[str],
    asked: GivenAsked,
    staff: GivenStaff,
    conn: GivenConnection,
    clock: GivenClock,
) -> Response[str]:
    """The table of a report as CSV (UTF-8); text that a spreadsheet would run is quoted."""
    report = await report_told(conn, staff.venue_id, key, asked, clock)
    named = {"Content-Disposition": f'attachment; filename="{file_name(report)}"'}
    return Response(report_csv(report, asked.language), media_type=CSV, headers=named)


@get("/reports/{key:str}/behind", guards=MANAGER, dependencies=GIVEN, tags=["reports"])
async def behind(
    key: FromPath[str],
    asked: GivenAsked,
    staff: GivenStaff,
    conn: GivenConnection,
    clock: GivenClock,
    column: ColumnKey,
    row: RowKey = None,
) -> ReportCases:
    """The reservations, refusals or gestures that a figure counts, the latest first."""
    return await behind_figure(conn, staff.venue_id, key, column, row, asked, clock)


HANDLERS: Final = (listed, told, exported, behind)
