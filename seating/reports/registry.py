"""Every report, by key."""

from typing import Final

from policies.words.message import message
from seating.errors import NotFound
from seating.reports import bookings, giving, missed, promises, refusals, visits
from seating.reports.shape import GROUPS, Column, Report

ALL: Final = (
    *visits.REPORTS,
    *bookings.REPORTS,
    *refusals.REPORTS,
    *promises.REPORTS,
    *missed.REPORTS,
    *giving.REPORTS,
)
REPORTS: Final[dict[str, Report]] = {
    each.key: each for group in GROUPS for each in ALL if each.group == group
}

NOT_KEPT: Final = ("R7", "R17", "R19")
"""Observations of which the book keeps nothing or little yet; the list of reports says so."""


def report_named(key: str) -> Report:
    """Return a report. Raises NotFound."""
    if key not in REPORTS:
        raise NotFound(message("no-such-report", report=key), pointer="/key")
    return REPORTS[key]


def column_of(report: Report, key: str) -> Column:
    """Return a column of a report. Raises NotFound."""
    for column in report.columns:
        if column.key == key:
            return column
    said = tuple(each.key for each in report.columns)
    raise NotFound(message("no-such-report-column", column=key, known=said), pointer="/column")
