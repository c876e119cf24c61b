"""What an evening promised and what happened, added over evenings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from scripts.benchmark.evenings import evening_command, parse, relearned, truth_lines
from scripts.simulation.evening_tally import (
    EveningTally,
    PromiseTally,
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


def test_what_was_told_is_kept_by_promise_with_what_it_rested_on(tmp_path: Path) -> None:
    append_tally(tmp_path / "tallies", tally_of(EVENING))
    (kept,) = read_tallies(tmp_path / "tallies")
    by_told = {each.own_wait: each for each in kept.promises}
    assert sorted(by_told) == [0.1, 0.2, 0.3]
    assert (by_told[0.3].waited, by_told[0.1].waited, by_told[0.1].any_waited) == (
        True,
        False,
        True,
    )
    assert [each.came for each in kept.promises].count(False) == 1
    assert "0.333, 1.00" in str(truth_lines(summed([kept] * 2)))


def test_kept_evenings_are_told_again_by_what_is_learned_of_them() -> None:
    raw = (0.1, 0.5, 0.01)
    promise = PromiseTally(
        size=2, came=True, evenings=0, own_wait=0.1, any_wait=0.5, walked_expected=0.01, raw=raw,
        waited=True, any_waited=True, lost=True,
    )  # fmt: skip
    one = EveningTally(evenings=1, promises=[promise] * 20)
    first, both = relearned([one]), relearned([one, one])
    assert first.own_wait.told == pytest.approx(2.0)
    assert first.walked.told == pytest.approx(0.2)
    assert both.own_wait.told > 2 * 3.0
    assert both.walked.told > 2 * 0.4
    assert (both.own_wait.happened, both.walked.happened) == (40, 40)


def test_evenings_are_lived_in_one_house_and_fresh_ones_go_on_with_the_next_seed(
    tmp_path: Path,
) -> None:
    asked = ["--count", "40", "--tallies", str(tmp_path / "tallies")]
    assert evening_command(parse(asked), 1)[-1] == "--one-house"
    fresh = evening_command(parse([*asked, "--fresh"]), 13)
    assert "13-40" in fresh
    assert "--one-house" not in fresh
