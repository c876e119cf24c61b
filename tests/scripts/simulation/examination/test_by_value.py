"""Decisions by value whose numbers rest on nothing are found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.planted import EXPLAINED
from tests.support.played import judged, judged_before, planned

if TYPE_CHECKING:
    from scripts.simulation.examination.rows import Row
    from tests.support.planted import Planted
    from tests.support.played import Evidence


@pytest.mark.parametrize(
    "slip",
    [
        {"value": 10**6},
        {"overload": 1.5},
        {"drivers": [{"reservation_id": "nobody's", "contribution": 0.1}]},
    ],
)
def test_an_answer_that_rests_on_nothing_is_found(
    evidence: Evidence, planted: Planted, slip: Row
) -> None:
    planted.reservation["explained"] |= slip
    assert "what an answer rested on adds up" in judged(evidence)


def test_a_table_given_at_a_loss_is_found(evidence: Evidence) -> None:
    about = planned(evidence)["subject_id"]
    row = next(row for row in evidence.before["reservation"] if row["reservation_id"] == about)
    row |= {"version": 1, "slot_hold_id": None, "overruled": False, "overruled_why": None}
    row["explained"] = EXPLAINED | {"value": -500}
    assert "given by value is worth something" in judged_before(evidence)


def test_a_no_for_a_price_that_was_worth_it_is_found(evidence: Evidence, planted: Planted) -> None:
    no = planted.refusal
    no |= {"code": "BID_PRICE", "explained": EXPLAINED | {"value": 500}}
    assert "refused for the price is worth nothing" in judged(evidence)
