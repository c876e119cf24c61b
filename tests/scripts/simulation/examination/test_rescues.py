"""Ways to say yes after all that are not kept are found."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.support.planted import plant
from tests.support.played import add, judged

if TYPE_CHECKING:
    from scripts.simulation.examination.rows import Row
    from scripts.simulation.journal import Exchange, Fate
    from tests.support.played import Evidence


def way_taken(evidence: Evidence) -> Exchange:
    """A way out that a host opened and a party took, put into the evening."""
    clear = plant(evidence).clear
    path, until = "/host/rescues/a/options/b", evidence.night_end + timedelta(minutes=1)
    sent = len(evidence.journal.exchanges) * 2 + 1
    opened = replace(
        clear,
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
