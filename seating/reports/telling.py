"""A report as it is answered: figures by row, a title, a sentence that says what they show."""

from collections.abc import Sequence
from datetime import date

from asyncpg import Record
from msgspec import Struct

from policies.reports.figures import (
    FigureKind,
    ReportFigure,
    enough,
    mean_figure,
    rows_in_order,
    share_figure,
    told,
)
from policies.words.catalogue import say
from policies.words.message import Message, Param, message
from seating.clock import Clock
from seating.db import Connection
from seating.reports.asking import Asked, VenueAsked, parameters, venue_asked
from seating.reports.labels import Names, label_of, names_of
from seating.reports.notes import notes_on
from seating.reports.registry import REPORTS, report_named
from seating.reports.shape import Column, Group, Labels, PictureKind, Report
from seating.reports.statements import figures_statement, plan_for_these

NIGHTS = """
select count(distinct p.service_date)::int from period p
where p.venue_id = $1 and p.service_date >= $2 and p.service_date < $3 and p.opens <= $6
  and ($4::text is null or p.name = $4)
  and ($5::int is null or extract(isodow from p.service_date) = $5)
"""


class ReportEntry(Struct, frozen=True, kw_only=True):
    """A report of the list. `observation`: which of the product's observations it answers."""

    key: str
    group: Group
    title: str
    about: str
    observation: str


class ReportList(Struct, frozen=True, kw_only=True):
    """All reports; `not_kept`: what the book does not keep yet, so that no report tells it."""

    reports: tuple[ReportEntry, ...]
    groups: dict[Group, str]
    not_kept: tuple[str, ...]


class ReportColumn(Struct, frozen=True, kw_only=True):
    """A column with its title; `adds_up`: the figures of the rows sum to that of all."""

    key: str
    title: str
    kind: FigureKind
    adds_up: bool


class ReportRow(Struct, frozen=True, kw_only=True):
    """The figures of one key, in the order of the columns."""

    key: str
    label: str
    figures: tuple[ReportFigure, ...]


class ReportTold(Struct, frozen=True, kw_only=True):
    """A report over the service dates `first` to `last`.

    `says`: what it shows, in a sentence. `notes`: what was unlike every evening. `total`: the
    figures of all cases. `nights`: service dates that have begun. `cases`: how many it rests on.
    `picture` shows these columns by row.
    """

    key: str
    group: Group
    title: str
    about: str
    says: str
    notes: tuple[str, ...]
    by: str
    labels: Labels
    first: date
    last: date
    period: str | None
    periods: tuple[str, ...]
    weekday: int | None
    nights: int
    cases: int
    currency: str
    columns: tuple[ReportColumn, ...]
    rows: tuple[ReportRow, ...]
    total: tuple[ReportFigure, ...]
    picture: PictureKind
    pictured: tuple[str, ...]


def list_of_reports(language: str) -> ReportList:
    """Return the list of reports in a language."""
    entries = tuple(
        ReportEntry(
            key=each.key,
            group=each.group,
            title=say(message(f"report-{each.key}"), language),
            about=say(message(f"report-{each.key}-about"), language),
            observation=each.observation,
        )
        for each in REPORTS.values()
    )
    said = {each.group: say(message(f"report-group-{each.group}"), language) for each in entries}
    missing = tuple(say(each, language) for each in _not_kept())
    return ReportList(reports=entries, groups=said, not_kept=missing)


def _not_kept() -> tuple[Message, ...]:
    return tuple(
        map(
            message,
            ("report-without-experiments", "report-without-wishes", "report-without-proposals"),
        )
    )


async def report_told(
    conn: Connection, venue_id: str, key: str, asked: Asked, clock: Clock
) -> ReportTold:
    """Return a report. Raises NotFound for an unknown one, Invalid for what it cannot be asked."""
    report, venue = report_named(key), await venue_asked(conn, venue_id, asked, clock)
    given = parameters(asked, venue)
    await plan_for_these(conn)
    found = await conn.fetch(figures_statement(report), *given)
    nights = await conn.fetchval(NIGHTS, *given[:5], venue.now)
    names = await names_of(conn, venue, asked.language)
    notes = await notes_on(conn, report.group, (*given[:5], venue.now), asked.language)
    return _told(report, asked, venue, found, nights, names, notes)


def _told(
    report: Report,
    asked: Asked,
    venue: VenueAsked,
    found: Sequence[Record],
    nights: int,
    names: Names,
    notes: tuple[str, ...],
) -> ReportTold:
    whole = next(row for row in found if row["whole"])
    total = _figures(report, whole, nights)
    rows = _rows(report, [row for row in found if not row["whole"]], nights, asked, names)
    language = asked.language
    return ReportTold(
        key=report.key,
        group=report.group,
        title=say(message(f"report-{report.key}"), language),
        about=say(message(f"report-{report.key}-about"), language),
        says=say(_says(report, total, rows, whole["cases"], nights, venue), language),
        notes=notes,
        by=say(_by(report), language),
        labels=report.labels,
        first=asked.first,
        last=asked.last,
        period=asked.period,
        periods=venue.periods,
        weekday=asked.weekday,
        nights=nights,
        cases=whole["cases"],
        currency=venue.currency,
        columns=tuple(_column(column, language) for column in report.columns),
        rows=rows,
        total=tuple(map(_in_all, report.columns, total)),
        picture=report.picture.kind,
        pictured=report.picture.columns,
    )


def _by(report: Report) -> Message:
    if report.labels == "text":
        return message("report-by-text", report=report.key)
    return message(f"report-by-{report.labels}")


def _rows(
    report: Report, found: Sequence[Record], nights: int, asked: Asked, names: Names
) -> tuple[ReportRow, ...]:
    rows = [
        ReportRow(
            key=row["key"],
            label=label_of(report.labels, row["key"], row["name"] or "", names, asked.language),
            figures=_figures(report, row, nights),
        )
        for row in found
    ]
    places = rows_in_order(
        [
            (row["place"], made.figures[0].value or 0.0, made.label)
            for row, made in zip(found, rows, strict=True)
        ]
    )
    return tuple(rows[at] for at in places)


def _column(column: Column, language: str) -> ReportColumn:
    return ReportColumn(
        key=column.key,
        title=say(message(f"report-column-{column.key}"), language),
        kind=column.kind,
        adds_up=column.how in {"cases", "sum", "nightly"} and not column.anew,
    )


def _in_all(column: Column, figure: ReportFigure) -> ReportFigure:
    return ReportFigure(value=None) if column.anew else figure


def _figures(report: Report, row: Record, nights: int) -> tuple[ReportFigure, ...]:
    return tuple(
        _figure(column, row[f"v{at}"], row[f"d{at}"], row[f"n{at}"], nights)
        for at, column in enumerate(report.columns)
    )


def _figure(
    column: Column, value: float | None, second: float | None, of: int, nights: int
) -> ReportFigure:
    match column.how:
        case "cases" | "sum":
            return ReportFigure(value=value)
        case "share":
            return share_figure(round(second or 0.0), of)
        case "mean":
            return mean_figure(value, second, of)
        case "nightly":
            return ReportFigure(value=(value or 0.0) / nights if nights else None)
        case _:
            return ReportFigure(value=value, of=of)


def _says(
    report: Report,
    total: Sequence[ReportFigure],
    rows: Sequence[ReportRow],
    cases: int,
    nights: int,
    venue: VenueAsked,
) -> Message:
    """Return the sentence: the totals by column, and the row whose first figure is the largest."""
    if not cases:
        return message("report-nothing", nights=nights)
    params: dict[str, Param] = {
        column.key: told(figure, column.kind, venue.currency)
        for column, figure in zip(report.columns, total, strict=True)
    }
    shown = report.picture.columns[0]
    at = next(place for place, each in enumerate(report.columns) if each.key == shown)
    sure = [row for row in rows if enough(row.figures[at])] or rows
    first = max(sure, key=lambda row: row.figures[at].value or 0.0)
    params["top"] = first.label
    kind = report.columns[at].kind
    params["top_figure"] = told(first.figures[at], kind, venue.currency, inside=True)
    return message(f"report-{report.key}-says", nights=nights, rows=len(rows), **params)
