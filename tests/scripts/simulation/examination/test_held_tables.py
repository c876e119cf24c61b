"""Held tables and promises beyond the room that break their rules are found."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from scripts.simulation.examination.accounts import reservations_in
from scripts.simulation.examination.limits import Limits, allowed
from tests.support.played import add, drop, judged, judged_before, promised

if TYPE_CHECKING:
    from scripts.simulation.examination.rows import Row
    from tests.support.planted import Planted
    from tests.support.played import Evidence


def test_a_held_table_released_twice_is_found(evidence: Evidence, planted: Planted) -> None:
    about = planted.held["held_id"]
    told = [row for row in evidence.final["outbox"] if row["subject"] == about]
    add(evidence.final["outbox"], dict(told[-1]))
    assert "a held table ends once" in judged(evidence)


def test_a_held_table_ended_in_silence_is_found(evidence: Evidence, planted: Planted) -> None:
    planted.held["state"] = "cancelled"
    assert "a held table is as it was announced" in judged(evidence)


@pytest.mark.parametrize("minutes", [-30, 240])
def test_a_held_table_given_back_at_another_time_is_found(
    evidence: Evidence, planted: Planted, minutes: int
) -> None:
    planted.held["ended_at"] += timedelta(minutes=minutes)
    assert "a held table is given back when it is due" in judged(evidence)


@pytest.mark.parametrize("reason", [None, "Nobody was told of this"])
def test_a_held_table_given_without_a_reason_is_found(
    evidence: Evidence, planted: Planted, reason: str | None
) -> None:
    row = planted.held
    row["state"], row["ended_by"], row["reason"] = "granted", "jonas", reason
    assert "no table granted without a reason" in judged(evidence)


def kept(evidence: Evidence) -> Row:
    """A plan row of a table that is held then: the house's rules hold some every Friday."""
    held = {row["held_id"] for row in evidence.before["held_table"] if row["state"] == "held"}
    return next(row for row in evidence.before["intention"] if row["subject_id"] in held)


def test_a_held_table_without_a_place_is_found(evidence: Evidence) -> None:
    drop(evidence.before["intention"], kept(evidence))
    assert "a held table has a place" in judged_before(evidence)


def test_a_held_table_promised_as_well_is_found(evidence: Evidence) -> None:
    add(evidence.before["intention"], dict(kept(evidence)) | {"subject_id": "another"})
    assert "no table meant for two at once" in judged_before(evidence)


def test_a_table_kept_after_it_was_given_back_is_found(evidence: Evidence) -> None:
    about = kept(evidence)["subject_id"]
    for row in evidence.before["held_table"]:
        if row["held_id"] == about:
            row["state"] = "released"
    assert "what is not held any more keeps no table" in judged_before(evidence)


def beyond(evidence: Evidence, parties: int) -> list[Row]:
    """Falsify so many promises into ones beyond the room."""
    ids = {live.account.reservation_id for live in promised(evidence)}
    rows = [row for row in evidence.before["reservation"] if row["reservation_id"] in ids][:parties]
    for row in rows:
        row["kind"], row["overruled"] = "overbooked", False
        row["risk"] = {"probability": 0.01}
    return rows


def test_more_beyond_the_room_than_allowed_is_found(evidence: Evidence) -> None:
    assert len(beyond(evidence, 9)) == 9
    assert "beyond the room within the caps" in judged_before(evidence)


def test_guests_who_come_with_more_than_they_booked_are_beyond_no_cap(evidence: Evidence) -> None:
    (row,) = beyond(evidence, 1)
    row["party_size"] += 20
    assert "beyond the room within the caps" not in judged_before(evidence)


def test_more_guests_promised_beyond_the_room_than_allowed_are_found(evidence: Evidence) -> None:
    (row,) = beyond(evidence, 1)
    row["party_size"] += 20
    for exchange in evidence.journal.acknowledged():
        answer = exchange.answer if isinstance(exchange.answer, dict) else {}
        for seen in (answer, *reservations_in(answer)):
            if row["reservation_id"] in {seen.get("id"), seen.get("reservation_id")}:
                seen["party_size"] = row["party_size"]
    assert "beyond the room within the caps" in judged_before(evidence)


@pytest.mark.parametrize("risk", [None, {"probability": 0.3}])
def test_a_promise_beyond_the_room_without_its_risk_is_found(
    evidence: Evidence, risk: object
) -> None:
    beyond(evidence, 1)[0]["risk"] = risk
    assert "beyond the room with a risk under the ceiling" in judged_before(evidence)


def test_more_shown_beyond_the_room_than_allowed_is_found(
    evidence: Evidence, planted: Planted
) -> None:
    planted.tonight.answer["overbooked"] = [{"party_size": 9, "overruled": False}] * 3
    assert "beyond the room within the caps" in judged(evidence)


@pytest.mark.parametrize(("moments", "parties"), [((5, 6), 8), ((15, 16), 8), ((21, 22), 3)])
def test_narrower_caps_hold_once_their_publication_was_answered(
    moments: tuple[int, int], parties: int
) -> None:
    wide = Limits(sent=1, received=2, parties=8, covers=24, ceiling=0.1)
    narrow = Limits(sent=10, received=20, parties=3, covers=9, ceiling=0.1)
    assert allowed([wide, narrow], *moments).parties == parties
