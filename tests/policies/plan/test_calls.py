"""A called party in the plan: after promises, before held tables, for its call and a whole turn."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from msgspec.structs import replace

from policies.book.changes import Changes, apply_changes
from policies.book.picture import HeldTable, Picture, WaitEntry
from policies.house.rules import Rules
from policies.plan.calls import keep_for_call, kept_calls
from policies.plan.replanning import replan
from tests.support.full_evening import a_house, at, picture, promise, seating, table

NOW = at("19:00")
HOUSE = a_house(table("one", 2), table("two", 2))
ENTRY = WaitEntry(
    wait_id=UUID(int=50),
    period_id="2026-11-28.dinner",
    state="notified",
    party_size=2,
    joined_at=at("18:40"),
)


def called(told: Picture, *suggested: str) -> Changes:
    return keep_for_call(told, HOUSE, ENTRY, UUID(int=51), suggested, now=NOW)


def with_call(told: Picture, *suggested: str) -> Picture:
    return apply_changes(told, called(told, *suggested))


def kept(told: Picture) -> tuple[str, ...] | None:
    hold = kept_calls(told, NOW).get(ENTRY.wait_id)
    return None if hold is None else hold.tables


def test_a_call_keeps_a_table_for_its_minutes_and_a_whole_turn_after_them() -> None:
    told = replace(picture(HOUSE), rules=Rules(call_minutes=20))
    (hold,) = called(told, "two").slot_holds
    assert hold.tables == ("two",)
    assert (hold.starts, hold.expires_at) == (NOW, NOW + timedelta(minutes=20))
    assert hold.ends == NOW + timedelta(minutes=20 + 90)


def test_with_no_table_for_so_long_a_call_keeps_one_for_a_turn_or_none() -> None:
    one, two = promise(1, 2, "20:30", "one"), promise(2, 2, "20:30", "two")
    (hold,) = called(picture(HOUSE, one, two)).slot_holds
    assert hold.ends == NOW + timedelta(minutes=90)
    earlier = promise(2, 2, "20:25", "two"), promise(1, 2, "20:25", "one")
    assert not called(picture(HOUSE, *earlier))


def test_a_call_moves_a_promise_and_costs_none_its_table() -> None:
    told = picture(HOUSE, promise(1, 2, "20:30", "one"), seatings=())
    told = with_call(told, "one")
    assert kept(told) == ("one",)
    assert told.promises[0].tables == ("two",)


def test_a_promise_that_loses_its_table_gets_the_called_partys() -> None:
    told = with_call(picture(HOUSE, promise(1, 2, "19:30", "one")))
    assert kept(told) == ("two",)
    sat = Changes(seatings=(seating(9, 2, "19:00", "20:30", "one"),))
    after = apply_changes(told, replan(told, sat, HOUSE, now=NOW))
    assert kept(after) is None
    assert [(each.tables, each.exposed) for each in after.promises] == [(("two",), False)]


def test_a_held_table_gives_way_to_a_called_party() -> None:
    held = HeldTable(
        held_id=UUID(int=70),
        period_id="2026-11-28.dinner",
        window="peak",
        state="held",
        seats=2,
        starts=NOW,
        ends=at("22:00"),
        release_at=at("20:00"),
        rung=0,
        tables=("two",),
    )
    told = with_call(replace(picture(HOUSE), held=(held,)))
    assert kept(told) == ("one",)
    sat = Changes(seatings=(seating(9, 2, "19:00", "20:30", "one"),))
    after = apply_changes(told, replan(told, sat, HOUSE, now=NOW))
    assert kept(after) == ("two",)
    later = after.held[0]
    assert (later.state, later.tables, later.starts) == ("held", ("one",), at("20:30"))
