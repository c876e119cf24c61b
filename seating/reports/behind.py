"""The cases behind a figure of a report: the reservations, refusals and gestures it counts."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from policies.reports.figures import FigureKind
from policies.words.catalogue import say
from policies.words.message import message
from seating.clock import Clock
from seating.db import Connection
from seating.reports.asking import Asked, parameters, venue_asked
from seating.reports.labels import label_of, names_of, worded
from seating.reports.registry import column_of, report_named
from seating.reports.statements import behind_statement, plan_for_these

AT_MOST = 500


class ReportCase(Struct, frozen=True, kw_only=True):
    """One case. `what`: a reservation, a turnaway, a gesture ...; `happened`: in words.

    `name`: as the book has it, empty for guests that were erased or never gave one. `figure`: its
    own minutes, amount or number, as the report says.
    """

    id: UUID
    what: str
    service_date: date
    at: datetime
    party_size: int
    name: str
    state: str
    happened: str
    note: str
    figure: float | None


class ReportCases(Struct, frozen=True, kw_only=True):
    """The cases behind a figure, the latest first; `cases`: of all, `shown` at most `AT_MOST`."""

    report: str
    column: str
    title: str
    row: str | None
    label: str | None
    figure: FigureKind | None
    currency: str
    cases: int
    shown: tuple[ReportCase, ...]


async def behind_figure(
    conn: Connection,
    venue_id: str,
    key: str,
    column: str,
    row: str | None,
    asked: Asked,
    clock: Clock,
) -> ReportCases:
    """Return the cases of one figure; `row`: a row's key, None for all. Raises NotFound."""
    report = report_named(key)
    counted, venue = column_of(report, column), await venue_asked(conn, venue_id, asked, clock)
    statement = behind_statement(report, counted)
    await plan_for_these(conn)
    found = await conn.fetch(statement, *parameters(asked, venue), row, AT_MOST)
    names = await names_of(conn, venue, asked.language)
    named = found[0]["name"] if found else ""
    language = asked.language
    return ReportCases(
        report=key,
        column=column,
        title=say(message(f"report-column-{counted.key}"), language),
        row=row,
        label=None if row is None else label_of(report.labels, row, named, names, language),
        figure=report.figure,
        currency=venue.currency,
        cases=found[0]["cases"] if found else 0,
        shown=tuple(
            ReportCase(
                id=each["id"],
                what=each["what"],
                service_date=each["service_date"],
                at=each["at"],
                party_size=each["party_size"],
                name="" if each["name"] == "-" else each["name"],
                state=each["state"],
                happened=worded("state", each["state"], language),
                note=worded("code", each["note"], language),
                figure=each["figure"],
            )
            for each in found
        ),
    )
