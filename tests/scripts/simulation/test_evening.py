"""An evening over HTTP keeps every promise, and has something to examine."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.simulation.crowd import draw_crowd
from scripts.simulation.examination import plans
from tests.support.planted import plant
from tests.support.played import HOUSE, hours, judged, judged_before, looked_before

if TYPE_CHECKING:
    from datetime import datetime

    from scripts.simulation.journal import Exchange
    from scripts.simulation.written_house import Hours
    from tests.support.played import Evidence

FOREIGN = re.compile(r"^\s*(from|import) (policies|seating)", re.MULTILINE)


def test_an_evening_over_two_processes_keeps_every_promise(evidence: Evidence) -> None:
    assert evidence.findings.violations == []
    assert judged(evidence) == set()
    assert judged_before(evidence) == set()


def test_what_is_planted_for_the_examination_is_in_order(evidence: Evidence) -> None:
    plant(evidence)
    assert judged(evidence) == set()
    assert judged_before(evidence) == set()


def test_the_evening_had_something_to_examine(evidence: Evidence) -> None:
    looked = evidence.findings.looked
    assert looked["acknowledged reservation exists once"] > 10
    assert looked["planned tables suit the party"] > 10
    assert looked["no table with two parties at once"] > 100
    assert looked["a repeated call is answered alike"] > 0
    assert {exchange.why for exchange in evidence.journal.exchanges} == {
        "first",
        "retry",
        "duplicate",
    }
    assert {exchange.process for exchange in evidence.journal.exchanges} == {0, 1}


def test_the_evening_played_discretion(evidence: Evidence) -> None:
    looked = evidence.findings.looked
    assert looked["a held table ends once"] >= 4
    assert looked_before(evidence)["a held table has a place"] > 0
    assert looked["a held table is given back when it is due"] > 0
    assert looked["a gesture is charged once"] > 5
    assert looked["booking sites hear nothing of discretion"] > 50
    assert looked["beyond the room within the caps"] > 10
    assert any(row["state"] == "released" for row in evidence.final["held_table"])
    assert {"sweep": False}.items() <= evidence.exchange(unswept).body.items()


def test_a_party_whose_table_is_ready_does_not_wait_there_for_its_friends(
    evidence: Evidence,
) -> None:
    told = [each for each in evidence.journal.acknowledged() if each.method == "POST"]
    sat = {
        each.body["reservation_id"]: each.sent
        for each in told
        if each.last == "seat" and each.body.get("reservation_id")
    }
    come = [each for each in told if each.last == "arrive"]
    joined = [each for each in come if sat.get(each.body["reservation_id"], each.sent) < each.sent]
    assert joined


def unswept(exchange: Exchange) -> bool:
    return exchange.path == "/demo/clock" and not exchange.body["sweep"]


def test_the_same_seed_brings_the_same_people() -> None:
    since = hours().opens - timedelta(days=28)
    one, again, other = (
        draw_crowd(HOUSE, hours(), since, seed=seed, requests=50, walk_ins=10) for seed in (7, 7, 8)
    )
    assert one == again
    assert one != other


def test_the_examination_knows_neither_the_policies_nor_the_domain() -> None:
    folder = Path(plans.__file__).parent
    for file in [*folder.glob("*.py"), folder.parent / "written_house.py"]:
        assert not FOREIGN.search(file.read_text())


def test_a_house_file_is_read_with_its_hours() -> None:
    evening = hours()
    local = [each.astimezone(HOUSE.zone) for each in (evening.opens, evening.closes)]
    assert [f"{each:%d %H:%M}" for each in local] == ["12 18:00", "13 01:00"]
    assert evening.covers_allowed(at(evening, "18:00")) == 16
    assert evening.covers_allowed(at(evening, "19:00")) == 20
    assert evening.covers_allowed(at(evening, "22:30")) == 10


def at(evening: Hours, clock: str) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return evening.opens.astimezone(HOUSE.zone).replace(hour=hour, minute=minute)
