"""Figures: how sure they are and how they are said; cells of CSV."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from policies.reports.csv_cells import cell, csv_text
from policies.reports.figures import (
    FEW,
    ReportFigure,
    enough,
    mean_figure,
    rows_in_order,
    share_figure,
    told,
)
from policies.words.catalogue import say
from policies.words.message import Message, Money, message

if TYPE_CHECKING:
    from policies.reports.csv_cells import Value


def said(figure: ReportFigure, kind: str = "share", *, inside: bool = False) -> str:
    spoken = told(figure, kind, "EUR", inside=inside)  # type: ignore[arg-type]
    assert isinstance(spoken, Message)
    return say(spoken)


def test_a_share_is_told_with_its_interval_or_as_the_few_cases_it_is() -> None:
    assert said(share_figure(12, 40)) == "30 % (18 to 45 %)"
    assert said(share_figure(3, FEW - 1)) == "3 of 9 (too few to say more)"
    assert said(share_figure(0, 0)) == "too early to say"
    assert said(mean_figure(0.05, 0.01, 3)) == "5 % (too few to say more)"


def test_a_narrow_share_is_told_with_the_digits_it_needs_or_without_an_interval() -> None:
    assert said(mean_figure(0.07, 0.01, 100)) == "7 % (6.8 to 7.2 %)"
    assert said(mean_figure(0.0712, 0.01, 100)) == "7.1 % (6.9 to 7.3 %)"
    assert said(mean_figure(0.0712, 0.001, 10_000)) == "7.1 %"
    assert said(mean_figure(0.07, 0.02, 100)) == "7 % (6.6 to 7.4 %)"


def test_a_share_inside_brackets_has_none_of_its_own() -> None:
    assert said(share_figure(12, 40), inside=True) == "30 %, 18 to 45 %"
    assert said(share_figure(3, FEW - 1), inside=True) == "3 of 9"
    assert said(mean_figure(0.05, 0.01, 3), inside=True) == "5 %"


def test_other_figures_are_told_in_their_unit() -> None:
    assert said(ReportFigure(value=12.4, of=30), "minutes") == "12 min"
    assert told(ReportFigure(value=1250.0), "money", "EUR") == Money(1250, "EUR")
    assert told(ReportFigure(value=1.26), "number", "EUR") == 1.3
    assert told(ReportFigure(value=7.0), "count", "EUR") == 7


@pytest.mark.parametrize(
    ("guests", "said"),
    [(1.0, "1 гость."), (2.0, "2 гостя."), (5.04, "5 гостей."), (4.3, "4,3 гостя.")],
)
def test_a_number_without_a_rest_is_counted_as_a_whole_one(guests: float, said: str) -> None:
    figure = told(ReportFigure(value=guests), "number", "EUR")
    sentence = say(message("report-occupancy-says", top="20:00", top_figure=figure), "ru")
    assert sentence.endswith(said)


def test_the_more_cases_the_narrower_the_interval_of_a_mean() -> None:
    few, many = mean_figure(50.0, 10.0, 12), mean_figure(50.0, 10.0, 1200)
    assert few.low is not None
    assert many.low is not None
    assert few.low < many.low < 50.0
    assert mean_figure(50.0, None, 1).low is None


def test_only_a_figure_of_enough_cases_is_called_the_largest() -> None:
    assert enough(share_figure(5, FEW))
    assert not enough(share_figure(5, FEW - 1))
    assert enough(ReportFigure(value=1.0))
    assert not enough(ReportFigure(value=None))


def test_rows_go_by_their_order_where_they_have_one_else_the_largest_first() -> None:
    assert rows_in_order([(1140.0, 3.0, "19:00"), (1080.0, 9.0, "18:00")]) == [1, 0]
    assert rows_in_order([(None, 3.0, "b"), (None, 9.0, "a"), (None, 3.0, "a")]) == [1, 2, 0]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_a_text_that_a_spreadsheet_would_run_is_quoted(text: str) -> None:
    assert cell(text) == f"'{text}"


def test_numbers_and_other_texts_stay_as_they_are() -> None:
    rows: list[list[Value]] = [["Anna, née Ö", 'the "good" table', -3, 0.25, None, ""]]
    text = csv_text(rows)
    assert list(csv.reader(StringIO(text))) == [
        ["Anna, née Ö", 'the "good" table', "-3", "0.25", "", ""]
    ]
    assert text.endswith("\r\n")
