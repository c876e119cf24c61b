"""What an evening promised and what happened, added over evenings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from scripts.benchmark.evenings import evening_command, parse
from scripts.simulation.evening_tally import (
    append_tally,
    read_tallies,
    summed,
    tally_lines,
    tally_of,
)
from scripts.simulation.examination.rows import Snapshot

if TYPE_CHECKING:
    from pathlib import Path

SEVEN = datetime(2027, 3, 12, 19, tzinfo=UTC)


def booked(key: str, size: int, state: str = "seated", **told: float) -> dict[str, Any]:
    return {
        "reservation_id": key, "party_size": size, "state": state, "starts": SEVEN,
        "ends": SEVEN + timedelta(minutes=90), "arrived_at": SEVEN + timedelta(minutes=5),
        "risk": None, "explained": {"walked_expected": 0.25, "told": told or None},
    }  # fmt: skip


def seated(key: str, minute: int) -> dict[str, Any]:
    return {
        "reservation_id": key, "seated_at": SEVEN + timedelta(minutes=minute),
        "cleared_at": SEVEN + timedelta(minutes=minute + 75),
    }  # fmt: skip


EVENING = Snapshot(
    at=SEVEN, read_at=SEVEN, moment=0,
    tables={
        "reservation": [
            booked("in time", 2, own_wait=0.1, any_wait=0.5),
            booked("late", 6, own_wait=0.3, any_wait=0.6),
            booked("lost", 6, state="walked"),
            booked("after all", 2, own_wait=0.2, any_wait=0.4) | {
                "starts": SEVEN + timedelta(minutes=100), "arrived_at": SEVEN + timedelta(hours=2),
                "ends": SEVEN + timedelta(minutes=200),
            },
            booked("not come", 2, own_wait=0.2, any_wait=0.4) | {"arrived_at": None},
        ],
        "seating": [seated("in time", 15), seated("late", 16)],
    },
)  # fmt: skip


def test_own_wait_is_of_the_party_and_any_wait_of_those_that_come_while_it_is_here() -> None:
    tally = tally_of(EVENING)
    assert [tally.own_wait.told, tally.own_wait.happened] == pytest.approx([0.6, 1])
    assert [tally.any_wait.told, tally.any_wait.happened] == pytest.approx([1.5, 2])
    assert (tally.walked.told, tally.walked.happened) == (1.25, 1)
    assert dict(tally_lines(tally))["walked of 5 to 8"] == "1 of 2 = 50.00%"


def test_evenings_add_up_and_are_kept_a_line_each(tmp_path: Path) -> None:
    file = tmp_path / "tallies"
    assert read_tallies(file) == []
    for violations in (0, 2):
        append_tally(file, tally_of(EVENING, violations=violations, seconds=30.0))
    total = summed(read_tallies(file))
    assert (total.evenings, total.violations, total.seconds) == (2, 2, 60.0)
    assert total.booked == {"1 to 2": 6, "5 to 8": 4}
    assert total.walked_by_size == {"5 to 8": 2}
    assert total.own_wait.text == "1.20 / 2 = 0.60 (6 promises)"


def test_a_stopped_run_of_evenings_goes_on_with_the_next_seed(tmp_path: Path) -> None:
    options = parse(["--count", "40", "--tallies", str(tmp_path / "tallies")])
    assert "13-40" in evening_command(options, 13)
