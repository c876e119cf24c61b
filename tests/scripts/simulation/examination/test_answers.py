"""Answers that do not keep their word are found."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import TYPE_CHECKING

from scripts.simulation.examination.answers import AROUND, AROUND_ITS, as_done
from seating.door.given_up import GivenUpTable
from seating.door.order_answer import OrderAnswer
from seating.door.stand_view import ReservationView, SeatingView, WaitEntryView
from tests.support.played import HOUSE, drop, judged

if TYPE_CHECKING:
    from msgspec import Struct

    from tests.support.planted import Planted
    from tests.support.played import Evidence


def test_a_no_that_is_not_logged_is_found(evidence: Evidence, planted: Planted) -> None:
    drop(evidence.final["turnaway"], planted.refusal)
    assert "every no is logged" in judged(evidence)


def test_a_yes_and_then_a_no_with_nothing_between_is_found(
    evidence: Evidence, planted: Planted
) -> None:
    search = planted.search
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


def test_a_repeated_order_answered_otherwise_is_found(evidence: Evidence, planted: Planted) -> None:
    again = copy.deepcopy(planted.seat)
    again.answer["period_version"] += 1
    evidence.journal.exchanges.append(again)
    assert "a repeated call is answered alike" in judged(evidence)


def test_an_order_sent_again_may_tell_of_other_surroundings_but_of_no_other_past() -> None:
    views: dict[str, type[Struct]] = {
        "reservations": ReservationView,
        "seatings": SeatingView,
        "waiting": WaitEntryView,
        "held_lost": GivenUpTable,
    }
    assert set(OrderAnswer.__struct_fields__) >= AROUND
    told = {name: [dict.fromkeys(view.__struct_fields__, 1)] for name, view in views.items()}
    order = dict.fromkeys(OrderAnswer.__struct_fields__, 1) | told
    for name, view in views.items():
        assert AROUND_ITS[name] <= set(view.__struct_fields__), name
        now = told[name][0] | dict.fromkeys(AROUND_ITS[name], 2)
        assert as_done(order | {name: [now]}) == as_done(order), name
    for name, key in (
        ("reservations", "late_until"), ("reservations", "pinned_by"), ("seatings", "name"),
        ("seatings", "expected_end"), ("waiting", "quoted_minutes"), ("held_lost", "message"),
    ):  # fmt: skip
        assert as_done(order | {name: [told[name][0] | {key: 2}]}) != as_done(order), key
    for key in ("changed", "warnings", "moved", "removed_seatings", "undo_until", "held"):
        assert as_done(order | {key: 2}) != as_done(order), key
    at_desk = {"reservation_id": 1, "state": 1, "result": order}
    assert as_done(at_desk | {"result": order | {"reservations": []}}) == as_done(at_desk)
    assert as_done(at_desk | {"result": order | {"changed": 2}}) != as_done(at_desk)
    assert as_done(at_desk | {"state": 2}) != as_done(at_desk)


def test_an_order_carried_out_and_then_refused_is_found(
    evidence: Evidence, planted: Planted
) -> None:
    done = planted.seat
    again = replace(done, sent=(done.received or 0) + 1, status=409, answer={"code": "STALE"})
    evidence.journal.exchanges.append(again)
    assert "what was carried out is not refused when it is sent again" in judged(evidence)


def test_an_internal_error_is_found(evidence: Evidence) -> None:
    evidence.journal.exchanges[-1].status = 500
    assert "no internal error" in judged(evidence)
