"""A report as a CSV file: the words of its table, each share with its interval beside it."""

from collections.abc import Iterator

from policies.reports.csv_cells import Value, csv_text
from policies.reports.figures import FigureKind, ReportFigure
from policies.words.catalogue import WHOLE_UNITS, say
from policies.words.message import message
from seating.reports.telling import ReportTold

BYTE_ORDER_MARK = "\ufeff"
"""By it spreadsheets know that the file is UTF-8."""


def file_name(report: ReportTold) -> str:
    """Return the name of the file: the report and its dates."""
    return f"{report.key}_{report.first}_{report.last}.csv"


def report_csv(report: ReportTold, language: str) -> str:
    """Return the table with a header and a line of totals if any; amounts in whole currency."""
    return BYTE_ORDER_MARK + csv_text(_lines(report, language))


def _lines(report: ReportTold, language: str) -> Iterator[list[Value]]:
    yield [report.by, *_header(report, language)]
    for row in report.rows:
        yield [_label(report, row.key, row.label), *_values(report, row.figures)]
    if any(figure.value is not None for figure in report.total):
        yield [say(message("report-total"), language), *_values(report, report.total)]


def _label(report: ReportTold, key: str, label: str) -> str:
    """Return the label; of a date the date itself, which a spreadsheet can sort."""
    return key if report.labels == "date" else label


def _header(report: ReportTold, language: str) -> Iterator[str]:
    for column in report.columns:
        yield f"{column.title} ({report.currency})" if column.kind == "money" else column.title
        if column.kind == "share":
            yield say(message("report-low", column=column.title), language)
            yield say(message("report-high", column=column.title), language)


def _values(report: ReportTold, figures: tuple[ReportFigure, ...]) -> Iterator[Value]:
    for column, figure in zip(report.columns, figures, strict=True):
        yield _value(figure.value, column.kind, report.currency)
        if column.kind == "share":
            yield _value(figure.low, "share", report.currency)
            yield _value(figure.high, "share", report.currency)


def _value(value: float | None, kind: FigureKind, currency: str) -> Value:
    match kind:
        case _ if value is None:
            return None
        case "money":
            return value if currency in WHOLE_UNITS else round(value / 100, 2)
        case "share":
            return round(value, 4)
        case "count":
            return round(value)
        case _:
            return round(value, 1)
