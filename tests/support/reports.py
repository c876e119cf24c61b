"""Reports as tests ask for them: of the twelve evenings of tests/support/reported_book."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from seating.db import run
from seating.reports.asking import Asked
from seating.reports.behind import behind_figure
from seating.reports.registry import REPORTS
from seating.reports.telling import report_told
from tests.support.house import CLOCK, VENUE
from tests.support.reported_book import TODAY

if TYPE_CHECKING:
    from policies.reports.figures import ReportFigure
    from seating.db import Pool
    from seating.reports.behind import ReportCases
    from seating.reports.telling import ReportColumn, ReportTold

ASKED = Asked(first=TODAY - timedelta(days=12), last=TODAY - timedelta(days=1))


async def told(pool: Pool, key: str, asked: Asked = ASKED) -> ReportTold:
    return await run(pool, lambda conn: report_told(conn, VENUE, key, asked, CLOCK))


async def behind(
    pool: Pool, key: str, column: str, row: str | None = None, asked: Asked = ASKED
) -> ReportCases:
    return await run(pool, lambda conn: behind_figure(conn, VENUE, key, column, row, asked, CLOCK))


def totals(report: ReportTold) -> dict[str, float | None]:
    """The figures of all cases; what is told of no more than each row, added up."""
    rows = [[each.value or 0.0 for each in row.figures] for row in report.rows]
    return {
        column.key: sum(row[at] for row in rows) if of.anew else figure.value
        for at, (column, of, figure) in enumerate(
            zip(report.columns, REPORTS[report.key].columns, report.total, strict=True)
        )
    }


def in_all(report: ReportTold) -> list[tuple[ReportFigure, ReportColumn]]:
    """The figure of all cases and its column, in order."""
    return list(zip(report.total, report.columns, strict=True))
