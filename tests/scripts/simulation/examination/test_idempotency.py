"""A key and a slot hold make one reservation each: what says otherwise is found."""

from __future__ import annotations

import copy
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from scripts.simulation.examination.accounts import accounts_of
from scripts.simulation.journal import Exchange, Journal
from tests.support.played import judged

if TYPE_CHECKING:
    from tests.support.planted import Planted
    from tests.support.played import Evidence


def test_two_reservations_for_one_key_are_found(evidence: Evidence, planted: Planted) -> None:
    exchange = copy.deepcopy(planted.booking)
    exchange.answer["id"] = "another"
    evidence.journal.exchanges.append(exchange)
    broken = judged(evidence)
    assert "one reservation a key" in broken
    assert "a repeated call is answered alike" in broken


def test_two_reservations_of_one_slot_hold_are_found(evidence: Evidence, planted: Planted) -> None:
    exchange = copy.deepcopy(planted.booking)
    exchange.answer["id"], exchange.key = "another", "another key"
    evidence.journal.exchanges.append(exchange)
    assert "one reservation a slot hold" in judged(evidence)


def test_a_slot_hold_used_twice_in_the_rows_is_found(evidence: Evidence, planted: Planted) -> None:
    planted.cancelled["slot_hold_id"] = planted.reservation["slot_hold_id"]
    assert "one reservation a slot hold" in judged(evidence)


def test_a_hold_confirmed_after_its_time_is_found(evidence: Evidence, planted: Planted) -> None:
    planted.booking.at += timedelta(minutes=10)
    assert "no hold confirmed after its time" in judged(evidence)


def test_a_hold_taken_back_before_its_time_is_found(evidence: Evidence, planted: Planted) -> None:
    exchange = planted.booking
    exchange.status, exchange.answer = 410, {"code": "HOLD_EXPIRED"}
    assert "no hold expired before its time" in judged(evidence)


def test_a_party_that_moves_for_a_booking_at_the_desk_is_not_of_its_making() -> None:
    at = datetime(2027, 3, 12, 18, tzinfo=UTC)
    moved = {
        "reservation_id": "moved", "version": 3, "state": "booked", "party_size": 2,
        "starts": at.isoformat(),
    }  # fmt: skip
    made = moved | {"reservation_id": "made", "version": 1}
    booking = Exchange(
        sent=1, received=2, at=at, process=0, actor="ana", method="POST", status=201,
        path="/host/reservations", key="a", body={}, why="first", intent=1, fate="answered",
        answer=made | {"result": {"reservations": [made, moved], "period_version": 7}},
    )  # fmt: skip
    assert set(accounts_of(Journal(exchanges=[booking]))) == {"made"}
