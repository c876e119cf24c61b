"""`scripts/bench showup` on a small history made here: what it judges, reads and answers."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from scripts.benchmark.showup import MONTHS, evaluate, main, read

if TYPE_CHECKING:
    from pathlib import Path

FIRST = date(2016, 9, 1)
NIGHTS = 300


@cache
def rows() -> list[dict[str, object]]:
    """Ten bookings a night; of every day's leads the long ones cancel, half as many never come."""
    random = np.random.default_rng(11)
    return [
        row(FIRST + timedelta(days=night), int(random.exponential(20.0)), random.random())
        for night in range(NIGHTS)
        for _ in range(10)
    ]


def row(arrival: date, lead: int, luck: float) -> dict[str, object]:
    cancels = 0.6 if lead > 20 else 0.1
    status = "Check-Out" if luck > cancels * 1.5 else "No-Show" if luck > cancels else "Canceled"
    return {
        "is_canceled": int(status != "Check-Out"),
        "lead_time": lead,
        "arrival_date_year": arrival.year,
        "arrival_date_month": MONTHS[arrival.month - 1],
        "arrival_date_day_of_month": arrival.day,
        "adults": 2,
        "children": "NA",
        "babies": 0,
        "distribution_channel": "Direct",
        "previous_bookings_not_canceled": 0,
        "previous_cancellations": 0,
        "assigned_room_type": "leaks" if status == "Canceled" else "",
        "reservation_status": status,
    }


@pytest.fixture
def history(tmp_path: Path) -> Path:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows()[0]))
    writer.writeheader()
    writer.writerows(rows())
    (tmp_path / "bookings.csv").write_text(text.getvalue())
    return tmp_path / "bookings.csv"


def test_both_targets_are_judged_on_later_arrivals_only(history: Path) -> None:
    report = evaluate(history)
    given, either = report.targets
    assert report.rows == either.train + either.test == NIGHTS * 10
    assert either.test == (FIRST + timedelta(days=NIGHTS) - date(2017, 5, 1)).days * 10
    cancelled = sum(one["reservation_status"] == "Canceled" for one in rows())
    assert given.train + given.test == NIGHTS * 10 - cancelled


def test_a_history_with_a_pattern_reaches_the_bars(history: Path) -> None:
    for each in evaluate(history).targets:
        assert each.loss < each.loss_constant
        assert 0.9 <= each.ratio <= 1.1
        assert each.auc > 0.6
        assert set(each.by_month) == {"2017-05", "2017-06"}


def test_the_command_prints_a_table_and_writes_the_figures(
    history: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = history.with_suffix(".json")
    assert main([str(history), "--json", str(figures)]) == 0
    printed = capsys.readouterr().out
    assert "no-show given not" in printed
    assert "reached" in printed
    assert [each["actual"] for each in json.loads(figures.read_bytes())["targets"]] == [
        each.actual for each in evaluate(history).targets
    ]


def test_a_bar_that_is_missed_is_said_and_answered_with_one(
    history: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """From May on everybody who booked early comes after all: the pattern has turned."""
    lines = history.read_text().splitlines()
    turned = [
        line.replace(",No-Show", ",Check-Out").replace(",Canceled", ",Check-Out")
        if ",2017,May" in line or ",2017,June" in line
        else line
        for line in lines
    ]
    history.write_text("\n".join(turned))
    assert main([str(history)]) == 1
    assert "missed" in capsys.readouterr().out


def test_a_zip_reads_like_the_file_in_it(history: Path) -> None:
    packed = history.with_suffix(".zip")
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(history, "bookings.csv")
    assert list(read(packed)) == list(read(history))


def test_a_guest_count_that_is_not_known_counts_nobody(history: Path) -> None:
    assert next(read(history)).booking.party_size == 2


def test_a_history_on_one_side_of_the_split_is_refused(history: Path) -> None:
    lines = history.read_text().splitlines()
    history.write_text("\n".join([lines[0], *(line for line in lines if ",2016," in line)]))
    with pytest.raises(ValueError, match="2017-05-01"):
        evaluate(history)
