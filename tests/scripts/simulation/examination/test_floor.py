"""Two parties at one table, and what is left open, are found."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from tests.support.played import add, hours, judged

if TYPE_CHECKING:
    from tests.support.planted import Planted
    from tests.support.played import Evidence


def test_something_left_open_after_the_close_is_found(evidence: Evidence) -> None:
    evidence.row("period", period_id=hours().period_id)["closed_at"] = None
    assert "nothing left open after the close" in judged(evidence)


def test_stays_that_overlap_are_found(evidence: Evidence, planted: Planted) -> None:
    add(evidence.final["seating_table"], dict(planted.stay) | {"seating_id": "another"})
    assert "no table with two parties at once" in judged(evidence)


def test_a_table_given_twice_in_the_answers_is_found(evidence: Evidence, planted: Planted) -> None:
    again = copy.deepcopy(planted.seat)
    again.key = again.body["id"] = again.answer["seatings"][0]["seating_id"] = "another"
    evidence.journal.exchanges.append(again)
    assert "no table with two parties at once" in judged(evidence)


def test_another_number_at_the_table_is_found(evidence: Evidence, planted: Planted) -> None:
    planted.seating["party_size"] += 1
    assert "guests at the table as acknowledged" in judged(evidence)
