"""Reports as they leave the house: the CSV of a table, guests who were erased."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from seating.reports.exporting import file_name, report_csv
from tests.support.reports import ASKED, behind, told, totals

if TYPE_CHECKING:
    from seating.db import Pool
    from tests.support.reported_book import Book


async def test_the_csv_has_numbers_and_no_formula_of_a_guests(pool: Pool, book: Book) -> None:
    name = '=HYPERLINK("http://evil")'
    guest = next(
        row["guest_id"] for row in book.of("gesture", kind="claim") if row["guest_id"] is not None
    )
    await pool.execute("update gesture set party_name = $1, state = 'delivered'"
                       " where guest_id = $2 and kind = 'claim'", name, guest)  # fmt: skip
    report = await told(pool, "claims-guest")
    text = report_csv(report, "en")
    assert text.startswith("\ufeffGuest,Claims,Cost (EUR)")
    lines = list(csv.reader(StringIO(text.removeprefix("\ufeff"))))
    assert f"'{name}" in {line[0] for line in lines}
    cost = totals(report)["cost"]
    assert cost is not None
    assert lines[-1][0] == "All"
    assert float(lines[-1][2]) == cost / 100
    assert file_name(report) == f"claims-guest_{ASKED.first}_{ASKED.last}.csv"
    shares = list(csv.reader(StringIO(report_csv(await told(pool, "bookings"), "en"))))
    at = shares[0].index("No-shows, share")
    assert shares[0][at + 1 : at + 3] == ["No-shows, share, at least", "No-shows, share, at most"]
    assert 0 < float(shares[-1][at + 1]) < float(shares[-1][at]) < float(shares[-1][at + 2]) < 1


async def test_an_erased_guest_has_no_name_behind_a_figure(pool: Pool, book: Book) -> None:
    await pool.execute("update reservation set name = '-', special_request = ''")
    cases = await behind(pool, "bookings", "booked")
    assert {case.name for case in cases.shown} == {""}
    assert cases.cases == len(book.of("reservation"))
