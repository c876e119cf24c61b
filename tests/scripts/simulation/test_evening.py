"""An evening over HTTP keeps every promise; and the examination finds each one that is broken.

The evening is played once, against two processes. Then the journal or the rows are falsified, one
way a test, and the examination has to name what is wrong.
"""

from __future__ import annotations

import asyncio
import copy
import logging
import pickle
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scripts import embedded
from scripts.simulation import logins as keys
from scripts.simulation.crowd import draw_crowd
from scripts.simulation.examination import book, by_value, floor, gestures, held_tables, plans
from scripts.simulation.examination.accounts import accounts_of
from scripts.simulation.examination.examiner import Examiner, examine_end
from scripts.simulation.examination.findings import Findings
from scripts.simulation.examination.seating_fit import PartyToSeat, fit_together
from scripts.simulation.journal import Exchange, Journal
from scripts.simulation.play import Plan, play
from scripts.simulation.servers import serving
from scripts.simulation.written_house import Hours, WrittenHouse, parse_house, read_house

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from scripts.simulation.examination.rows import Row, Snapshot
    from scripts.simulation.journal import Fate
    from scripts.simulation.night import Night

HOUSE = read_house("bistro")
FOREIGN = re.compile(r"^\s*(from|import) (policies|seating)", re.MULTILINE)
FRIDAY = date(2027, 3, 12)
SEED, REQUESTS, WALK_INS, STEP = 5, 45, 9, timedelta(minutes=5)


@dataclass
class Evidence:
    """What an evening leaves behind: the journal, rows before the doors opened and at the end."""

    journal: Journal
    before: Snapshot
    final: Snapshot
    findings: Findings

    def row(self, table: str, **wanted: object) -> Row:
        return next(
            row for row in self.final[table] if all(row[name] == wanted[name] for name in wanted)
        )

    @property
    def night_end(self) -> datetime:
        """Business time at the end."""
        return self.final.at

    def exchange(self, wanted: Callable[[Exchange], object]) -> Exchange:
        return next(exchange for exchange in self.journal.exchanges if wanted(exchange))


def hours() -> Hours:
    found = HOUSE.evening_of(FRIDAY)
    assert found is not None
    return found


async def played(server: embedded.Server) -> Evidence:
    journal = Journal()
    plan = Plan(
        house=HOUSE, hours=hours(), seed=SEED, requests=REQUESTS, walk_ins=WALK_INS, step=STEP
    )
    snapshots: list[Snapshot] = []
    async with serving(server, HOUSE.text, 2, jobs=False) as servers:
        logins = await keys.complete(servers.dsn, keys.Logins(venue=HOUSE.venue), tablets=1)
        examiner = Examiner(dsn=servers.dsn, house=HOUSE, hours=hours(), journal=journal)

        async def watch(night: Night) -> None:
            if night.now < hours().opens and night.swept:
                snapshots[:] = [await examiner.rows(night.now)]
            await examiner.after_step(night.now, swept=night.swept)

        night = await play(plan, servers.urls, logins, journal, watch)
        findings = await examiner.at_the_end(night.now)
        return Evidence(journal, snapshots[0], await examiner.rows(night.now), findings)


@pytest.fixture(scope="module")
def honest(template: str, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The evidence of an honest evening, to be copied by each test."""
    folder = tmp_path_factory.mktemp("evening")
    server = embedded.Server(folder=folder, dsn=template, lock=-1)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    return pickle.dumps(asyncio.run(played(server)))


@pytest.fixture
def evidence(honest: bytes) -> Evidence:
    found: Evidence = pickle.loads(honest)
    return found


def judged(evidence: Evidence) -> set[str]:
    """Which rules the examination at the end finds broken."""
    findings = Findings()
    examine_end(evidence.journal, HOUSE, evidence.final, findings)
    held_tables.check_overbooked_shown(evidence.journal, hours(), findings)
    floor.check_closed(hours(), evidence.final, findings)
    return {violation.rule for violation in findings.violations}


def judged_before(
    evidence: Evidence, house: WrittenHouse = HOUSE, when: Hours | None = None
) -> set[str]:
    """Which rules about promises are found broken shortly before the doors open."""
    findings = Findings()
    accounts = accounts_of(evidence.journal)
    plans.check_plans(accounts, house, when or hours(), evidence.before, findings)
    book.check_pacing(accounts, when or hours(), evidence.before, findings)
    book.check_duplicates(accounts, house, evidence.before, findings)
    held_tables.check_held_places(house, when or hours(), evidence.before, findings)
    held_tables.check_overbooked(evidence.journal, when or hours(), evidence.before, findings)
    gestures.check_purses(evidence.before, findings)
    by_value.check_given(evidence.before, findings)
    return {violation.rule for violation in findings.violations}


# The honest evening


def test_an_evening_over_two_processes_keeps_every_promise(evidence: Evidence) -> None:
    assert evidence.findings.violations == []
    assert judged(evidence) == set()
    assert judged_before(evidence) == set()


def test_the_evening_had_something_to_examine(evidence: Evidence) -> None:
    looked = evidence.findings.looked
    assert looked["acknowledged reservation exists once"] > 20
    assert looked["planned tables suit the party"] > 20
    assert looked["no table with two parties at once"] > 100
    assert looked["a repeated call is answered alike"] > 0
    assert {exchange.why for exchange in evidence.journal.exchanges} == {
        "first",
        "retry",
        "duplicate",
    }
    assert {exchange.process for exchange in evidence.journal.exchanges} == {0, 1}


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


# Broken books


def live_ones(evidence: Evidence) -> Iterable[Row]:
    return (row for row in evidence.final["reservation"] if row["state"] == "finished")


def drop(rows: object, row: Row) -> None:
    assert isinstance(rows, list)
    rows.remove(row)


def add(rows: object, row: Row) -> None:
    assert isinstance(rows, list)
    rows.append(row)


def test_a_lost_reservation_is_found(evidence: Evidence) -> None:
    drop(evidence.final["reservation"], next(iter(live_ones(evidence))))
    assert "acknowledged reservation exists once" in judged(evidence)


def test_a_reservation_stored_twice_is_found(evidence: Evidence) -> None:
    add(evidence.final["reservation"], dict(next(iter(live_ones(evidence)))))
    assert "acknowledged reservation exists once" in judged(evidence)


@pytest.mark.parametrize("change", ["party_size", "starts"])
def test_another_size_or_time_than_acknowledged_is_found(evidence: Evidence, change: str) -> None:
    row = next(iter(live_ones(evidence)))
    row[change] += {"party_size": 1, "starts": timedelta(minutes=15)}[change]
    assert "size and time as last acknowledged" in judged(evidence)


def test_a_cancelled_reservation_that_lives_on_is_found(evidence: Evidence) -> None:
    evidence.row("reservation", state="cancelled")["state"] = "booked"
    broken = judged(evidence)
    assert "cancelled stays cancelled" in broken
    assert "nothing left open after the close" in broken


def test_a_state_nobody_was_told_of_is_found(evidence: Evidence) -> None:
    next(iter(live_ones(evidence)))["state"] = "walked"
    assert "state as acknowledged" in judged(evidence)


def test_a_reservation_nobody_was_told_of_is_found(evidence: Evidence) -> None:
    stranger = dict(next(iter(live_ones(evidence)))) | {"reservation_id": "nobody's"}
    add(evidence.final["reservation"], stranger | {"slot_hold_id": None})
    assert "no reservation that nobody was told of" in judged(evidence)


def booking(exchange: Exchange) -> bool:
    return exchange.acknowledged and exchange.path.endswith("/reservations") and exchange.writes


def over_the_api(exchange: Exchange) -> bool:
    return booking(exchange) and exchange.path.startswith("/v1/")


def with_hold(exchange: Exchange) -> bool:
    return booking(exchange) and "slot_hold_id" in exchange.body and exchange.why == "first"


def test_two_reservations_for_one_key_are_found(evidence: Evidence) -> None:
    exchange = copy.deepcopy(evidence.exchange(over_the_api))
    exchange.answer["id"] = "another"
    evidence.journal.exchanges.append(exchange)
    broken = judged(evidence)
    assert "one reservation a key" in broken
    assert "a repeated call is answered alike" in broken


def test_two_reservations_of_one_slot_hold_are_found(evidence: Evidence) -> None:
    exchange = copy.deepcopy(evidence.exchange(with_hold))
    exchange.answer["id"], exchange.key = "another", "another key"
    evidence.journal.exchanges.append(exchange)
    assert "one reservation a slot hold" in judged(evidence)


def test_a_slot_hold_used_twice_in_the_rows_is_found(evidence: Evidence) -> None:
    used = next(row for row in evidence.final["reservation"] if row["slot_hold_id"])
    other = next(row for row in evidence.final["reservation"] if not row["slot_hold_id"])
    other["slot_hold_id"] = used["slot_hold_id"]
    assert "one reservation a slot hold" in judged(evidence)


def test_a_hold_confirmed_after_its_time_is_found(evidence: Evidence) -> None:
    evidence.exchange(with_hold).at += timedelta(minutes=10)
    assert "no hold confirmed after its time" in judged(evidence)


def test_a_hold_taken_back_before_its_time_is_found(evidence: Evidence) -> None:
    exchange = evidence.exchange(with_hold)
    exchange.status, exchange.answer = 410, {"code": "HOLD_EXPIRED"}
    assert "no hold expired before its time" in judged(evidence)


def test_house_rules_without_a_row_are_found(evidence: Evidence) -> None:
    rows = evidence.final["acknowledgement"]
    for row in list(rows):
        drop(rows, row)
    assert "house rules acknowledged" in judged(evidence)


def test_a_step_that_does_not_exist_is_found(evidence: Evidence) -> None:
    exchange = evidence.exchange(lambda e: e.last == "seat" and e.acknowledged and told(e))
    told(exchange)[0]["state"] = "declined"
    assert "every step is legal" in judged(evidence)


def told(exchange: Exchange) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = exchange.answer.get("reservations", [])
    return found


def test_one_version_told_in_two_ways_is_found(evidence: Evidence) -> None:
    exchange = evidence.exchange(lambda e: e.path == "/host/tonight" and told(e))
    told(exchange)[0]["party_size"] += 1
    assert "a version is told alike" in judged(evidence)


def test_a_no_show_before_the_grace_is_found(evidence: Evidence) -> None:
    exchange = evidence.exchange(
        lambda e: e.path == "/host/tonight" and any(r["state"] == "no_show" for r in told(e))
    )
    exchange.done_at = hours().opens - timedelta(hours=1)
    assert "no-show only after the grace" in judged(evidence)


def test_a_party_that_is_not_let_in_is_found(evidence: Evidence) -> None:
    arrived = evidence.exchange(lambda e: e.last == "arrive" and e.acknowledged)
    about = arrived.body["reservation_id"]
    for exchange in evidence.journal.exchanges:
        if exchange.last == "arrive" and exchange.body["reservation_id"] == about:
            exchange.status, exchange.answer = 409, {"code": "NOT_POSSIBLE_NOW"}
    assert "whoever comes is let in" in judged(evidence)


def test_something_left_open_after_the_close_is_found(evidence: Evidence) -> None:
    evidence.row("period", period_id=hours().period_id)["closed_at"] = None
    assert "nothing left open after the close" in judged(evidence)


# Two parties at one table


def test_stays_that_overlap_are_found(evidence: Evidence) -> None:
    stay = evidence.final["seating_table"][0]
    add(evidence.final["seating_table"], dict(stay) | {"seating_id": "another"})
    assert "no table with two parties at once" in judged(evidence)


def test_a_table_given_twice_in_the_answers_is_found(evidence: Evidence) -> None:
    seated = evidence.exchange(lambda e: e.last == "seat" and e.acknowledged)
    again = copy.deepcopy(seated)
    again.key = again.body["id"] = again.answer["seatings"][0]["seating_id"] = "another"
    evidence.journal.exchanges.append(again)
    assert "no table with two parties at once" in judged(evidence)


def test_another_number_at_the_table_is_found(evidence: Evidence) -> None:
    evidence.final["seating"][0]["party_size"] += 1
    assert "guests at the table as acknowledged" in judged(evidence)


# Promises without a place


def planned(evidence: Evidence) -> Row:
    """A plan row of a reservation, alone at its table."""
    rows = [row for row in evidence.before["intention"] if row["kind"] == "reservation"]
    subjects = [row["subject_id"] for row in rows]
    return next(row for row in rows if subjects.count(row["subject_id"]) == 1)


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


def test_more_covers_than_the_kitchen_takes_are_found(evidence: Evidence) -> None:
    slow = replace(hours(), pacing=((hours().opens, 1),))
    assert "pacing kept" in judged_before(evidence, when=slow)


def test_a_guest_with_two_tables_at_once_is_found(evidence: Evidence) -> None:
    for exchange in evidence.journal.exchanges:
        if booking(exchange):
            exchange.body["guest"]["phone"] = "+491510000000"
    assert "no guest twice at once" in judged_before(evidence)


# Answers that do not keep their word


def test_a_no_that_is_not_logged_is_found(evidence: Evidence) -> None:
    rows = evidence.final["turnaway"]
    for row in list(rows):
        drop(rows, row)
    assert "every no is logged" in judged(evidence)


def test_a_yes_and_then_a_no_with_nothing_between_is_found(evidence: Evidence) -> None:
    search = evidence.exchange(lambda e: "/availability" in e.path and e.answer["items"])
    size = int(search.path.partition("party_size=")[2].partition("&")[0])
    end = evidence.journal.moments
    alone = replace(search, sent=end + 1, received=end + 2, path=plain_search(size))
    refused = replace(
        search,
        method="POST",
        path=f"/v1/venues/{HOUSE.venue}/reservations",
        sent=end + 3,
        received=end + 4,
        intent=-1,
        status=409,
        answer={"code": "SLOT_UNAVAILABLE"},
        body={"start": search.answer["items"][0]["start"], "party_size": size},
    )
    evidence.journal.exchanges += [alone, refused]
    assert "no yes and then no with nothing between" in judged(evidence)


def plain_search(size: int) -> str:
    return f"/v1/venues/{HOUSE.venue}/availability?party_size={size}"


def test_a_repeated_order_answered_otherwise_is_found(evidence: Evidence) -> None:
    seated = evidence.exchange(lambda e: e.last == "seat" and e.acknowledged)
    again = copy.deepcopy(seated)
    again.answer["period_version"] += 1
    evidence.journal.exchanges.append(again)
    assert "a repeated call is answered alike" in judged(evidence)


def test_an_order_carried_out_and_then_refused_is_found(evidence: Evidence) -> None:
    done = evidence.exchange(lambda e: e.path == "/host/orders/seat" and e.acknowledged)
    again = replace(done, sent=(done.received or 0) + 1, status=409, answer={"code": "STALE"})
    evidence.journal.exchanges.append(again)
    assert "what was carried out is not refused when it is sent again" in judged(evidence)


def test_an_internal_error_is_found(evidence: Evidence) -> None:
    evidence.journal.exchanges[-1].status = 500
    assert "no internal error" in judged(evidence)


# Discretion


def test_the_evening_played_discretion(evidence: Evidence) -> None:
    looked = evidence.findings.looked
    assert looked["a held table ends once"] >= 4
    assert looked["a held table has a place"] > 0
    assert looked["a held table is given back when it is due"] > 0
    assert looked["a gesture is charged once"] > 5
    assert looked["booking sites hear nothing of discretion"] > 50
    assert looked["beyond the room within the caps"] > 40
    assert any(row["state"] == "released" for row in evidence.final["held_table"])
    assert {"sweep": False}.items() <= evidence.exchange(unswept).body.items()


def unswept(exchange: Exchange) -> bool:
    return exchange.path == "/demo/clock" and not exchange.body["sweep"]


def released(evidence: Evidence) -> Row:
    return next(
        row
        for row in evidence.final["held_table"]
        if row["state"] == "released" and row["ended_by"] is None
    )


def test_a_held_table_released_twice_is_found(evidence: Evidence) -> None:
    about = released(evidence)["held_id"]
    told = [row for row in evidence.final["outbox"] if row["subject"] == about]
    add(evidence.final["outbox"], dict(told[-1]))
    assert "a held table ends once" in judged(evidence)


def test_a_held_table_ended_in_silence_is_found(evidence: Evidence) -> None:
    released(evidence)["state"] = "cancelled"
    assert "a held table is as it was announced" in judged(evidence)


@pytest.mark.parametrize("minutes", [-30, 240])
def test_a_held_table_given_back_at_another_time_is_found(evidence: Evidence, minutes: int) -> None:
    released(evidence)["ended_at"] += timedelta(minutes=minutes)
    assert "a held table is given back when it is due" in judged(evidence)


@pytest.mark.parametrize("reason", [None, "Nobody was told of this"])
def test_a_held_table_given_without_a_reason_is_found(
    evidence: Evidence, reason: str | None
) -> None:
    row = released(evidence)
    row["state"], row["ended_by"], row["reason"] = "granted", "jonas", reason
    assert "no table granted without a reason" in judged(evidence)


def kept(evidence: Evidence) -> Row:
    return next(row for row in evidence.before["intention"] if row["kind"] == "held")


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
    rows = [row for row in evidence.before["reservation"] if row["state"] == "booked"][:parties]
    for row in rows:
        row["kind"], row["overruled"] = "overbooked", False
        row["risk"] = {"probability": 0.01}
    return rows


def test_more_beyond_the_room_than_allowed_is_found(evidence: Evidence) -> None:
    assert len(beyond(evidence, 9)) == 9
    assert "beyond the room within the caps" in judged_before(evidence)


@pytest.mark.parametrize("risk", [None, {"probability": 0.3}])
def test_a_promise_beyond_the_room_without_its_risk_is_found(
    evidence: Evidence, risk: object
) -> None:
    beyond(evidence, 1)[0]["risk"] = risk
    assert "beyond the room with a risk under the ceiling" in judged_before(evidence)


def explained(evidence: Evidence) -> Row:
    """A reservation given by value; its numbers may be falsified."""
    rows = (row["explained"] for row in evidence.final["reservation"] if row["explained"])
    found: Row = next(rows)
    return found


@pytest.mark.parametrize(
    "slip",
    [
        {"value": 10**6},
        {"overload": 1.5},
        {"drivers": [{"reservation_id": "nobody's", "contribution": 0.1}]},
    ],
)
def test_an_answer_that_rests_on_nothing_is_found(evidence: Evidence, slip: Row) -> None:
    told = explained(evidence)
    told |= slip
    assert "what an answer rested on adds up" in judged(evidence)


def test_a_table_given_at_a_loss_is_found(evidence: Evidence) -> None:
    row = next(row for row in evidence.before["reservation"] if row["kind"] == "physical")
    row |= {"version": 1, "slot_hold_id": None}
    row["explained"] = explained(evidence) | {"value": -500}
    assert "given by value is worth something" in judged_before(evidence)


def test_a_no_for_a_price_that_was_worth_it_is_found(evidence: Evidence) -> None:
    row = next(row for row in evidence.final["turnaway"])
    row |= {"code": "BID_PRICE", "explained": explained(evidence) | {"value": 500}}
    assert "refused for the price is worth nothing" in judged(evidence)


def test_more_shown_beyond_the_room_than_allowed_is_found(evidence: Evidence) -> None:
    exchange = evidence.exchange(lambda e: e.path == "/host/tonight" and told(e))
    exchange.answer["overbooked"] = [{"party_size": 9, "overruled": False}] * 3
    assert "beyond the room within the caps" in judged(evidence)


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
def test_a_booking_site_that_hears_of_discretion_is_found(evidence: Evidence, slip: Any) -> None:  # noqa: ANN401 - whatever slips
    exchange = evidence.exchange(lambda e: "/availability" in e.path and e.acknowledged)
    exchange.answer |= {"more": slip}
    assert "booking sites hear nothing of discretion" in judged(evidence)


def given(evidence: Evidence) -> Row:
    return evidence.row("gesture", state="delivered")


def test_a_gesture_that_nobody_was_charged_for_is_found(evidence: Evidence) -> None:
    given(evidence)["state"] = "voided"
    broken = judged(evidence)
    assert "a purse has spent what was given" in broken
    assert "a gesture is as it was last told" in broken


def test_a_gesture_charged_twice_is_found(evidence: Evidence) -> None:
    add(evidence.final["gesture"], dict(given(evidence)))
    broken = judged(evidence)
    assert "a gesture is charged once" in broken
    assert "a purse has spent what was given" in broken


def test_a_gesture_nobody_was_told_of_is_found(evidence: Evidence) -> None:
    add(evidence.final["gesture"], dict(given(evidence)) | {"gesture_id": "another"})
    assert "no gesture that nobody was told of" in judged(evidence)


def test_a_purse_beyond_what_it_held_is_found(evidence: Evidence) -> None:
    purse = next(row for row in evidence.final["purse"] if row["spent"])
    purse["granted"] = purse["spent"] - 1
    assert "no purse beyond what it was granted" in judged(evidence)


def test_a_purse_shown_beyond_what_it_held_is_found(evidence: Evidence) -> None:
    exchange = evidence.exchange(lambda e: e.path == "/host/gestures" and e.acknowledged)
    exchange.answer["venue"]["spent"] = exchange.answer["venue"]["granted"] + 1
    assert "no purse beyond what it was granted" in judged(evidence)


# Ways to say yes after all


def way_taken(evidence: Evidence) -> Exchange:
    """A way out that a host opened and a party took, put into the evening."""
    path, until = "/host/rescues/a/options/b", evidence.night_end + timedelta(minutes=1)
    sent = len(evidence.journal.exchanges) * 2 + 1
    opened = replace(
        evidence.exchange(lambda e: e.last == "clear" and e.acknowledged),
        sent=sent, received=sent, at=evidence.night_end, done_at=evidence.night_end,
        path=f"{path}/open", key="opened", body={"id": "opened"},
        answer={"until": until.isoformat()},
    )  # fmt: skip
    answer = {"option_id": "b", "kind": "partner", "result": None, "reservation": None}
    taken = replace(opened, path=f"{path}/take", key="taken", body={"id": "taken"}, answer=answer)
    evidence.journal.exchanges += [opened, taken]
    row = {"option_id": "b", "rescue_id": "a", "state": "taken", "result_id": "taken"}
    add(evidence.final["rescue_option"], row)
    return taken


def row_of(evidence: Evidence, taking: Exchange) -> Row:
    return evidence.row("rescue_option", option_id=taking.answer["option_id"])


def undo_of(taking: Exchange, fate: Fate) -> Exchange:
    """A host takes it back, and perhaps never hears what became of that."""
    body = {"id": "another", "action_id": taking.key}
    path = "/host/orders/undo"
    return replace(taking, path=path, key="another", body=body, fate=fate, status=0, answer=None)


def test_a_way_taken_is_in_order_and_found_where_it_is_not_on_record(evidence: Evidence) -> None:
    taking = way_taken(evidence)
    assert judged(evidence) == set()
    row_of(evidence, taking)["state"] = "lapsed"
    assert "an option taken is on record" in judged(evidence)


@pytest.mark.parametrize(("fate", "found"), [("lost", False), ("answered", True)])
def test_a_way_that_may_have_been_taken_back_need_not_be_on_record(
    evidence: Evidence, fate: Fate, *, found: bool
) -> None:
    taking = way_taken(evidence)
    row_of(evidence, taking)["state"] = "lapsed"
    evidence.journal.exchanges.append(undo_of(taking, fate))
    assert ("an option taken is on record" in judged(evidence)) is found


def test_a_second_way_out_of_one_no_is_found(evidence: Evidence) -> None:
    row = row_of(evidence, way_taken(evidence))
    add(evidence.final["rescue_option"], dict(row) | {"option_id": "another"})
    assert "one way out for a party" in judged(evidence)


def test_a_no_within_the_two_minutes_is_found(evidence: Evidence) -> None:
    taking = way_taken(evidence)
    taking.status, taking.answer = 409, {"code": "ROOM_CHANGED", "now": {"kind": "gone"}}
    assert "what was opened is not refused within its two minutes" in judged(evidence)


def test_a_way_that_lapses_early_is_found(evidence: Evidence) -> None:
    taking = way_taken(evidence)
    taking.status, taking.answer = 410, {"code": "OPTION_LAPSED"}
    assert "no option lapses early" in judged(evidence)


def test_after_the_close_nobody_is_owed_a_table(evidence: Evidence) -> None:
    drop(evidence.before["intention"], planned(evidence))
    for row in evidence.before["period"]:
        row["closed_at"] = hours().closes
    assert "every promise has a table" not in judged_before(evidence)


# The room counted by ourselves


@pytest.mark.parametrize(
    ("sizes", "fits"),
    [([2] * 5, True), ([12, 12], True), ([12, 12, 12], False), ([8, 8, 8, 8, 8], False)],
)
def test_parties_fit_the_bistro_or_not(sizes: list[int], *, fits: bool) -> None:
    parties = [PartyToSeat(size, {}) for size in sizes]
    assert fit_together(HOUSE, frozenset(HOUSE.tables), parties) is fits


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
