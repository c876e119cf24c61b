"""Gestures charged wrongly, and whatever a booking site hears of them, are found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.played import add, judged

if TYPE_CHECKING:
    from tests.support.planted import Planted
    from tests.support.played import Evidence


@pytest.mark.parametrize(
    "slip",
    [
        {"held": 1},
        {"reason": "HELD_BACK"},
        {"detail": "Overbooked"},
        {"items": [{"risk": 0.1}]},
        {"code": "OVERBOOKING_CAP"},
        {"detail": "a gesture from the house"},
        {"purse": 1},
    ],
)
def test_a_booking_site_that_hears_of_discretion_is_found(
    evidence: Evidence,
    planted: Planted,
    slip: Any,  # noqa: ANN401 - whatever slips
) -> None:
    planted.search.answer |= {"more": slip}
    assert "booking sites hear nothing of discretion" in judged(evidence)


def test_a_gesture_that_nobody_was_charged_for_is_found(
    evidence: Evidence, planted: Planted
) -> None:
    planted.gesture["state"] = "voided"
    broken = judged(evidence)
    assert "a purse has spent what was given" in broken
    assert "a gesture is as it was last told" in broken


def test_a_gesture_charged_twice_is_found(evidence: Evidence, planted: Planted) -> None:
    add(evidence.final["gesture"], dict(planted.gesture))
    broken = judged(evidence)
    assert "a gesture is charged once" in broken
    assert "a purse has spent what was given" in broken


def test_a_gesture_nobody_was_told_of_is_found(evidence: Evidence, planted: Planted) -> None:
    add(evidence.final["gesture"], dict(planted.gesture) | {"gesture_id": "another"})
    assert "no gesture that nobody was told of" in judged(evidence)


def test_a_purse_beyond_what_it_held_is_found(evidence: Evidence, planted: Planted) -> None:
    planted.purse["granted"] = planted.purse["spent"] - 1
    assert "no purse beyond what it was granted" in judged(evidence)


def test_a_purse_shown_beyond_what_it_held_is_found(evidence: Evidence, planted: Planted) -> None:
    shown = planted.purses_shown.answer["venue"]
    shown["spent"] = shown["granted"] + 1
    assert "no purse beyond what it was granted" in judged(evidence)


def test_the_random_letters_of_a_guests_link_disclose_nothing(
    evidence: Evidence, planted: Planted
) -> None:
    planted.booking.answer["manage_url"] = "http://127.0.0.1/r/sixty:5KUiHIMkRisKx"
    assert judged(evidence) == set()
    planted.booking.answer["manage_url"] = "http://127.0.0.1/risk/sixty:5KUi"
    assert judged(evidence) == {"booking sites hear nothing of discretion"}
