"""Promises without a place are found, shortly before the doors open."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from scripts.simulation.written_house import parse_house
from tests.support.played import HOUSE, add, drop, hours, judged_before, planned

if TYPE_CHECKING:
    from tests.support.played import Evidence


def test_a_promise_without_a_table_is_found(evidence: Evidence) -> None:
    drop(evidence.before["intention"], planned(evidence))
    assert "every promise has a table" in judged_before(evidence)


@pytest.mark.parametrize("table", ["nowhere", "B1"])
def test_a_table_that_does_not_do_is_found(evidence: Evidence, table: str) -> None:
    sizes = {row["reservation_id"]: row["party_size"] for row in evidence.before["reservation"]}
    rows = [row for row in evidence.before["intention"] if sizes.get(row["subject_id"], 0) > 1]
    for row in rows:
        row["table_id"] = table
    assert "planned tables suit the party" in judged_before(evidence)


def test_tables_that_are_no_join_are_found(evidence: Evidence) -> None:
    row = planned(evidence)
    far = "1" if row["table_id"].startswith("T") else "T1"
    add(evidence.before["intention"], dict(row) | {"table_id": far, "place": 1})
    assert "planned tables suit the party" in judged_before(evidence)


def test_a_table_for_half_the_turn_is_found(evidence: Evidence) -> None:
    planned(evidence)["ends"] -= timedelta(minutes=30)
    assert "planned for the whole turn" in judged_before(evidence)


def test_a_table_meant_for_two_is_found(evidence: Evidence) -> None:
    add(evidence.before["intention"], dict(planned(evidence)) | {"subject_id": "another"})
    assert "no table meant for two at once" in judged_before(evidence)


def test_a_plan_on_a_blocked_table_is_found(evidence: Evidence) -> None:
    row = planned(evidence)
    block = {name: row[name] for name in ("table_id", "starts", "ends")}
    add(evidence.before["block"], block | {"lifted_at": None})
    assert "planned tables are free then" in judged_before(evidence)


def test_a_plan_in_an_area_that_is_shut_is_found(evidence: Evidence) -> None:
    for period in evidence.before["period"]:
        period["areas_shut"] = ["room", "terrace", "bar"]
    assert "planned tables are free then" in judged_before(evidence)


def test_needs_that_are_not_met_are_found(evidence: Evidence) -> None:
    about = planned(evidence)["subject_id"]
    for row in evidence.before["reservation"]:
        if row["reservation_id"] == about:
            row["needs"] = {"quiet": True, "step_free": True}
    assert "planned tables suit the party" in judged_before(evidence)


def test_more_promises_than_the_room_holds_are_found(evidence: Evidence) -> None:
    tiny = parse_house(re.sub(r"seats_max = \d+", "seats_max = 1", HOUSE.text))
    assert "the promises fit the room" in judged_before(evidence, tiny)


def test_after_the_close_nobody_is_owed_a_table(evidence: Evidence) -> None:
    drop(evidence.before["intention"], planned(evidence))
    for row in evidence.before["period"]:
        row["closed_at"] = hours().closes
    assert "every promise has a table" not in judged_before(evidence)
