"""Every report against a book whose rows are known, each figure counted again from these."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policies.words.catalogue import is_written
from seating.reports.registry import REPORTS
from tests.support.house import VENUE
from tests.support.recounted import COUNTED, present
from tests.support.reports import behind, in_all, told, totals

if TYPE_CHECKING:
    from seating.db import Pool
    from tests.support.reported_book import Book

BY_A_PERSON = """
update reservation set risk = null, overruled_why = 'friends'
where venue_id = $1 and reservation_id = $2
"""


def test_there_is_a_report_for_each_observation_that_the_book_keeps() -> None:
    told_of = {report.observation for report in REPORTS.values()}
    assert told_of - {""} == {f"R{number}" for number in range(1, 19)}


async def test_every_figure_is_what_the_rows_say(pool: Pool, book: Book) -> None:
    assert COUNTED.keys() == REPORTS.keys()
    wrong = {}
    for key, count in COUNTED.items():
        found, wanted = totals(await told(pool, key)), count(book)
        shown = {column: found[column] for column in wanted}
        if shown != pytest.approx(wanted, abs=1e-6):
            wrong[key] = shown, wanted
    assert wrong == {}


async def test_guests_seen_at_table_every_quarter_are_not_added_up(pool: Pool, book: Book) -> None:
    found = await told(pool, "occupancy")
    assert present(book)["present"]
    assert [(each.value, column.adds_up) for each, column in in_all(found)] == [(None, False)] * 2


async def test_what_was_told_is_held_against_those_it_was_told_of(pool: Pool, book: Book) -> None:
    rows = [row for row in book.of("reservation", kind="overbooked") if row["state"] == "walked"]
    before = totals(await told(pool, "told-risk"))
    await pool.execute(BY_A_PERSON, VENUE, rows[0]["reservation_id"])
    found = await told(pool, "told-risk")
    after = totals(found)
    assert after["waited_long"] == before["waited_long"] == (before["waited_told"] or 0)
    assert after["waited_told"] == (before["waited_told"] or 0) - 1
    share = next(each for each, column in in_all(found) if column.key == "waited_share")
    assert share.of == (after["came"] or 0) - 1


async def test_rows_add_up_and_what_is_behind_a_figure_are_the_cases_it_counts(
    pool: Pool,
    book: Book,  # noqa: ARG001 - there is something behind
) -> None:
    wrong, words = [], set()
    for key in REPORTS:
        report = await told(pool, key)
        for at, column in enumerate(report.columns):
            total = report.total[at]
            if column.adds_up:
                summed = sum(row.figures[at].value or 0.0 for row in report.rows)
                assert summed == pytest.approx(total.value or 0.0), (key, column.key)
            places = [(None, total), *((row.key, row.figures[at]) for row in report.rows[:2])]
            for row_key, figure in places:
                cases = await behind(pool, key, column.key, row_key)
                words |= {case.state for case in cases.shown}
                if (
                    column.kind == "count"
                    and column.adds_up
                    and not REPORTS[key].columns[at].measure
                ):
                    wanted = figure.value
                else:
                    wanted = figure.cases if figure.cases is not None else figure.of
                if wanted is not None and cases.cases != wanted:
                    wrong.append((key, column.key, row_key, cases.cases, wanted))
    assert wrong == []
    assert {word for word in words if not is_written(f"report-state-{word}")} == set()
