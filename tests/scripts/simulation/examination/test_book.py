"""Reservations that are lost, changed or refused against what was told are found."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.played import add, drop, hours, judged, judged_before

if TYPE_CHECKING:
    from scripts.simulation.journal import Exchange
    from tests.support.planted import Planted
    from tests.support.played import Evidence


def booking(exchange: Exchange) -> bool:
    return exchange.acknowledged and exchange.path.endswith("/reservations") and exchange.writes


def told(exchange: Exchange) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = exchange.answer.get("reservations", [])
    return found


def test_a_lost_reservation_is_found(evidence: Evidence, planted: Planted) -> None:
    drop(evidence.final["reservation"], planted.reservation)
    assert "acknowledged reservation exists once" in judged(evidence)


def test_a_reservation_stored_twice_is_found(evidence: Evidence, planted: Planted) -> None:
    add(evidence.final["reservation"], dict(planted.reservation))
    assert "acknowledged reservation exists once" in judged(evidence)


@pytest.mark.parametrize("change", ["party_size", "starts"])
def test_another_size_or_time_than_acknowledged_is_found(
    evidence: Evidence, planted: Planted, change: str
) -> None:
    planted.reservation[change] += {"party_size": 1, "starts": timedelta(minutes=15)}[change]
    assert "size and time as last acknowledged" in judged(evidence)


def test_a_cancelled_reservation_that_lives_on_is_found(
    evidence: Evidence, planted: Planted
) -> None:
    planted.cancelled["state"] = "booked"
    broken = judged(evidence)
    assert "cancelled stays cancelled" in broken
    assert "nothing left open after the close" in broken


def test_a_state_nobody_was_told_of_is_found(evidence: Evidence, planted: Planted) -> None:
    planted.reservation["state"] = "walked"
    assert "state as acknowledged" in judged(evidence)


def test_a_reservation_nobody_was_told_of_is_found(evidence: Evidence, planted: Planted) -> None:
    stranger = dict(planted.reservation) | {"reservation_id": "nobody's"}
    add(evidence.final["reservation"], stranger | {"slot_hold_id": None})
    assert "no reservation that nobody was told of" in judged(evidence)


def test_house_rules_without_a_row_are_found(evidence: Evidence) -> None:
    rows = evidence.final["acknowledgement"]
    for row in list(rows):
        drop(rows, row)
    assert "house rules acknowledged" in judged(evidence)


def test_a_step_that_does_not_exist_is_found(evidence: Evidence, planted: Planted) -> None:
    told(planted.no_show)[0]["state"] = "declined"
    assert "every step is legal" in judged(evidence)


def test_one_version_told_in_two_ways_is_found(evidence: Evidence, planted: Planted) -> None:
    told(planted.tonight)[0]["party_size"] += 1
    assert "a version is told alike" in judged(evidence)


def test_a_no_show_before_the_grace_is_found(evidence: Evidence, planted: Planted) -> None:
    planted.no_show.done_at = hours().opens - timedelta(hours=1)
    assert "no-show only after the grace" in judged(evidence)


def test_a_party_that_is_not_let_in_is_found(evidence: Evidence, planted: Planted) -> None:
    planted.arrival.status, planted.arrival.answer = 409, {"code": "NOT_POSSIBLE_NOW"}
    assert "whoever comes is let in" in judged(evidence)


def test_more_covers_than_the_kitchen_takes_are_found(evidence: Evidence) -> None:
    slow = replace(hours(), pacing=((hours().opens, 1),))
    assert "pacing kept" in judged_before(evidence, when=slow)


def test_a_guest_with_two_tables_at_once_is_found(evidence: Evidence) -> None:
    for exchange in evidence.journal.exchanges:
        if booking(exchange):
            exchange.body["guest"]["phone"] = "+491510000000"
    assert "no guest twice at once" in judged_before(evidence)
