"""At the door: what is offered is true, kind by kind, and promises keep their places."""

import random
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from policies.book.picture import HeldTable, Picture, Seating, SlotHold
from policies.door.exposure import expected_end, exposed_by
from policies.door.option import Option
from policies.door.options import walk_in_options
from policies.door.owed import promised_options
from policies.house.house import House, TurnTime
from policies.house.room import Needs
from tests.policies.plan.test_placement import random_ask, random_house
from tests.support.full_evening import (
    AS_PUBLISHED,
    FIRST_COME,
    YESTERDAY,
    a_house,
    assert_complete,
    at,
    block,
    book,
    dinner,
    picture,
    promise,
    resettled,
    seating,
    table,
)

NOW = at("19:00")


def offered(told: Picture, house: House, size: int, needs: Needs | None = None) -> list[Option]:
    return list(walk_in_options(told, house, size, needs or Needs(), now=NOW))


def a_held_table(starts: datetime, *tables: str) -> HeldTable:
    return HeldTable(
        held_id=UUID(int=70),
        period_id="2026-11-28.dinner",
        window="peak",
        state="held",
        seats=2,
        starts=starts,
        ends=starts + timedelta(hours=2),
        release_at=starts,
        rung=0,
        tables=tables,
    )


def test_equal_tables_are_one_option_that_says_how_many_are_alike() -> None:
    house = a_house(*(table(f"t{number}", 2) for number in range(5)), table("four", 4))
    first, second = offered(picture(house), house, 2)
    assert (first.tables, first.interchangeable, first.seats, first.kind) == (
        ("t0",),
        4,
        2,
        "table",
    )
    assert (second.tables, second.interchangeable, second.seats) == (("four",), 0, 4)
    assert first.full_turn
    assert first.turn_ends == at("20:30")
    assert first.sentence == "Table t0 for 2 guests, free now for the whole turn."


def test_tables_in_different_areas_are_different_options() -> None:
    house = a_house(table("a", 2), table("b", 2, "bar"))
    assert [option.area for option in offered(picture(house), house, 2)] == ["hall", "bar"]
    assert [option.area for option in offered(picture(house), house, 2, Needs(area="bar"))] == [
        "bar"
    ]


def test_a_join_is_offered_as_one() -> None:
    house = a_house(table("a", 2), table("b", 4), joins=[(("a", "b"), 6)])
    (only,) = offered(picture(house), house, 5)
    assert (only.kind, only.tables, only.seats) == ("join", ("a", "b"), 6)


def test_at_most_six_are_offered() -> None:
    house = a_house(*(table(f"t{size}", size) for size in range(2, 12)))
    assert len(offered(picture(house), house, 2)) == 6


def test_a_promise_is_moved_so_that_the_whole_turn_is_free() -> None:
    house = a_house(table("a", 2), table("b", 2))
    sat = seating(8, 2, "18:00", "19:30", "b")
    told = picture(house, promise(1, 2, "20:00", "a"), seatings=(sat,))
    (only,) = offered(told, house, 2)
    assert only.full_turn
    assert (only.tables, only.moved) == (("a",), {UUID(int=1): ("b",)})


def test_a_table_promised_soon_is_free_until_then_and_a_wait_is_quoted_beside_it() -> None:
    house = a_house(table("a", 2), table("b", 2))
    sat = seating(8, 2, "18:00", "19:40", "b")
    told = picture(house, promise(1, 2, "20:00", "a", fixed=True), seatings=(sat,))
    short, wait = offered(told, house, 2)
    assert (short.tables, short.full_turn, short.turn_ends) == (("a",), False, at("20:00"))
    assert short.sentence == "Table a for 2 guests, free now until 20:00."
    assert (wait.kind, wait.tables, wait.ready_at) == ("wait", ("b",), at("19:40"))
    assert wait.wait_minutes == 40
    assert wait.turn_ends == at("21:10")


def test_a_table_is_free_until_it_is_needed_next_not_until_the_turn_ends() -> None:
    house = a_house(table("a", 2), table("b", 2, "bar"))
    told = picture(house, promise(1, 2, "21:30", "a"))
    assert [each.free_until for each in offered(told, house, 2)] == [at("21:30"), None]
    closed = replace(told, blocks=(block("b", "22:00", "23:00"),))
    assert [each.free_until for each in offered(closed, house, 2)] == [at("21:30"), at("22:00")]
    held = replace(told, held=(a_held_table(at("20:45"), "b"),))
    assert [each.free_until for each in offered(held, house, 2)] == [at("21:30"), at("20:45")]


def test_a_table_freed_by_a_move_is_free_until_those_who_stay_need_it() -> None:
    house = a_house(table("a", 2), table("b", 2))
    sat = seating(8, 2, "18:00", "19:30", "b")
    coming = promise(1, 2, "20:00", "a"), promise(2, 2, "21:45", "a")
    (only,) = offered(picture(house, *coming, seatings=(sat,)), house, 2)
    assert (only.moved, only.free_until) == ({UUID(int=1): ("b",)}, at("21:45"))
    assert only.turn_ends == at("20:30")
    fixed = (promise(1, 2, "19:30", "a", fixed=True), promise(2, 2, "21:10", "b", fixed=True))
    waits = picture(house, *fixed, seatings=(sat,))
    *_, wait = offered(waits, house, 2)
    assert (wait.ready_at, wait.tables, wait.free_until) == (at("19:30"), ("b",), at("21:10"))


def to_promised(told: Picture, house: House, number: int) -> list[Option]:
    wanted = next(each for each in told.promises if each.reservation_id == UUID(int=number))
    return list(promised_options(told, house, wanted, now=NOW))


def test_a_promised_party_is_not_kept_out_by_its_own_promise() -> None:
    house = a_house(table("a", 2))
    told = picture(house, promise(1, 2, "19:00", "a"), rules=FIRST_COME)
    assert [option.kind for option in offered(told, house, 2)] == ["wait"]
    (own,) = to_promised(told, house, 1)
    assert (own.tables, own.full_turn, own.exposes) == (("a",), True, ())


def test_a_promised_party_without_a_table_is_told_whose_place_it_would_take() -> None:
    house = a_house(table("a", 2), table("b", 2))
    sits = seating(8, 2, "18:30", "20:00", "a")
    told = picture(house, promise(1, 2, "19:00"), promise(2, 2, "19:15", "b"), seatings=(sits,))
    now_free, wait = to_promised(told, house, 1)
    assert (now_free.tables, now_free.exposes) == (("b",), (UUID(int=2),))
    assert wait.kind == "wait"


def test_a_promised_party_may_choose_a_table_that_is_not_as_it_asked() -> None:
    house = a_house(table("a", 2, "hall", "quiet"), table("b", 2))
    sits = seating(8, 2, "18:30", "20:00", "a")
    asked = replace(promise(1, 2, "19:00"), needs=Needs(quiet=True))
    instead, wait = to_promised(picture(house, asked, seatings=(sits,)), house, 1)
    assert (instead.tables, instead.unmet_needs, instead.full_turn) == (("b",), ("quiet",), True)
    assert (wait.kind, wait.tables) == ("wait", ("a",))


def test_a_group_above_every_join_is_offered_tables_next_to_each_other() -> None:
    house = a_house(*(table(f"t{number}", 4) for number in range(4)), table("bar", 2, "bar"))
    sits = seating(8, 2, "18:30", "20:00", "t0")
    told = picture(house, promise(1, 10, "19:00"), seatings=(sits,))
    (split,) = to_promised(told, house, 1)
    assert (split.kind, split.tables) == ("split", ("t1", "t2", "t3"))
    assert split.sentence == "Tables t1, t2 and t3 for 10 guests, near each other."
    full = picture(house, promise(1, 13, "19:00"), seatings=(sits,))
    assert to_promised(full, house, 1) == []


def test_less_than_half_an_hour_is_not_offered() -> None:
    house = a_house(table("a", 2))
    told = picture(house, promise(1, 2, "19:25", "a"), rules=FIRST_COME)
    assert [option.kind for option in offered(told, house, 2)] == ["wait"]
    told = picture(house, promise(1, 2, "19:30", "a"), rules=FIRST_COME)
    assert [option.kind for option in offered(told, house, 2)] == ["table", "wait"]


def test_a_house_that_decides_by_value_weighs_tables_planned_for_others_after_the_plans() -> None:
    house = a_house(table("a", 2), table("b", 2, "bar"))
    told = picture(house, promise(1, 2, "19:25", "a", needs=Needs(area="hall")))
    planned, beyond = offered(told, house, 2)
    assert (planned.tables, planned.free_until) == (("b",), None)
    assert (beyond.tables, beyond.free_until) == (("a",), at("19:25"))
    first_come = replace(told, rules=FIRST_COME)
    assert [option.tables for option in offered(first_come, house, 2)] == [("b",)]


def test_a_table_that_a_party_was_promised_by_its_name_is_for_nobody_else_to_weigh() -> None:
    house = a_house(table("a", 2))
    for starts, kinds in (("19:25", ["wait"]), ("20:30", ["table"])):
        told = picture(house, promise(1, 2, starts, "a", fixed=True))
        assert [option.kind for option in offered(told, house, 2)] == kinds


@pytest.mark.parametrize("whose", [{"wait_id": UUID(int=5)}, {"client_id": "site"}])
def test_a_table_somebody_is_called_to_or_has_held_meanwhile_is_not_weighed_for_others(
    whose: dict[str, Any],
) -> None:
    house = a_house(table("a", 2))
    told = picture(house)
    kept = SlotHold(
        slot_hold_id=UUID(int=6),
        period_id=told.period.period_id,
        state="held",
        party_size=2,
        starts=NOW,
        ends=at("20:30"),
        expires_at=at("19:10"),
        tables=("a",),
        **whose,
    )
    found = offered(replace(told, slot_holds=(kept,)), house, 2)
    assert [option.kind for option in found] == ["wait"]


def test_a_table_planned_for_a_held_one_is_not_offered_as_free() -> None:
    house = a_house(table("a", 2))
    kept = a_held_table(at("19:20"), "a")
    for rules in (AS_PUBLISHED, FIRST_COME):
        found = offered(replace(picture(house, rules=rules), held=(kept,)), house, 2)
        assert [option.held_id for option in found if option.kind != "wait"] == [kept.held_id]


def test_a_wait_is_rounded_up_to_five_minutes() -> None:
    house = a_house(table("a", 2))
    told = picture(house, seatings=(seating(8, 2, "18:00", "19:30", "a"),))
    (wait,) = walk_in_options(told, house, 2, Needs(), now=at("19:02"))
    assert (wait.ready_at, wait.wait_minutes) == (at("19:30"), 30)


def test_an_overrunning_party_is_not_expected_to_leave_at_once() -> None:
    house = a_house(table("a", 2))
    told = picture(house, seatings=(seating(8, 2, "17:00", "18:30", "a"),))
    (wait,) = offered(told, house, 2)
    assert wait.wait_minutes == 15


def test_no_wait_over_two_hours_or_past_the_last_seating_is_quoted() -> None:
    house = a_house(table("a", 2))
    told = picture(house, seatings=(seating(8, 2, "18:50", "21:00", "a"),))
    assert [option.wait_minutes for option in offered(told, house, 2)] == [120]
    longer = picture(house, seatings=(seating(8, 2, "18:50", "21:05", "a"),))
    assert offered(longer, house, 2) == []
    late = picture(house, seatings=(seating(8, 2, "21:00", "22:30", "a"),))
    assert walk_in_options(late, house, 2, Needs(), now=at("21:30")) == ()


def test_levers_and_hours_are_respected() -> None:
    house = a_house(table("a", 2, "bar"), table("b", 2))
    told = picture(house)
    for pulled in (
        replace(told.period, seating_stopped=True),
        replace(told.period, closed_at=NOW),
        replace(told.period, last_orders_at=NOW),
    ):
        assert offered(replace(told, period=pulled), house, 2) == []
    assert walk_in_options(told, house, 2, Needs(), now=at("22:05")) == ()
    shut = replace(told, period=replace(told.period, areas_shut=("bar",)))
    assert [option.tables for option in offered(shut, house, 2)] == [("b",)]
    blocked = replace(told, blocks=(block("b", "18:00", "20:00"),))
    assert [option.tables for option in offered(blocked, house, 2)] == [("a",)]


def test_nothing_is_offered_when_the_high_chairs_are_out() -> None:
    house = a_house(table("a", 4), table("b", 4))
    told = picture(house, promise(1, 4, "20:00", "b", needs=Needs(high_chairs=2)))
    assert offered(told, house, 2, Needs(high_chairs=1)) == []
    assert offered(told, house, 2) != []


def test_a_party_larger_than_the_largest_join_gets_no_option() -> None:
    house = a_house(table("a", 2), table("b", 4), joins=[(("a", "b"), 6)])
    assert offered(picture(house), house, 6) != []
    assert offered(picture(house), house, 7) == []
    assert offered(picture(house), house, 0) == []


def test_seating_somebody_anyway_names_the_promises_it_exposes() -> None:
    house = a_house(table("a", 2), table("b", 2), table("four", 4))
    told = picture(house, promise(1, 2, "20:00", "a"), promise(2, 4, "20:00", "four"))
    assert exposed_by(told, house, ("a",), 2, now=NOW) == ()
    assert exposed_by(told, house, ("four",), 2, now=NOW) == (UUID(int=2),)
    assert exposed_by(told, house, ("four",), 2, now=at("17:30")) == ()


def test_what_is_exposed_already_is_not_blamed_on_the_new_party() -> None:
    house = a_house(table("a", 2), table("b", 2))
    told = replace(
        picture(house, promise(1, 2, "20:00", "a"), promise(2, 2, "20:00", "b")),
        blocks=(block("a", "19:00", "23:00"),),
    )
    assert resettled(told, house, now=NOW) == ({}, {UUID(int=1)})
    assert exposed_by(told, house, ("a",), 2, now=NOW) == ()


def test_a_party_is_expected_to_stay_its_turn() -> None:
    house = a_house(table("a", 2))
    assert expected_end(house, 4, NOW, dinner(house)) - NOW == timedelta(minutes=90)
    assert expected_end(house, 5, NOW, dinner(house)) - NOW == timedelta(minutes=120)


def test_each_area_offers_a_walk_in_its_own_turn_time_and_is_free_for_that_long() -> None:
    bar = TurnTime(party_max=4, minutes=60, areas=frozenset({"bar"}))
    house = a_house(table("a", 2), table("b", 2, "bar"))
    house = replace(house, turn_times=(*house.turn_times, bar))
    told = picture(house, promise(1, 2, "20:00", "b", fixed=True))
    found = {option.area: option for option in offered(told, house, 2)}
    assert (found["hall"].turn_ends, found["hall"].free_until) == (at("20:30"), None)
    assert (found["bar"].turn_ends, found["bar"].free_until) == (at("20:00"), at("20:00"))
    assert found["bar"].full_turn
    assert exposed_by(told, house, ("b",), 2, now=NOW) == ()
    assert exposed_by(told, house, ("b",), 2, now=NOW, until=at("20:30")) == (UUID(int=1),)


def seat(told: Picture, option: Option, size: int) -> Picture:
    """Take the option as the service would."""
    stayed = tuple(
        replace(each, tables=option.moved.get(each.reservation_id, each.tables))
        for each in told.promises
    )
    sat = Seating(
        seating_id=UUID(int=999),
        period_id=told.period.period_id,
        state="seated",
        party_size=size,
        tables=option.tables,
        seated_at=NOW,
        expected_end=option.turn_ends,
        counted_at=NOW,
    )
    return replace(told, promises=stayed, seatings=(*told.seatings, sat))


@settings(derandomize=True, max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 6))
def test_an_option_taken_leaves_every_promise_its_place(draw: random.Random, size: int) -> None:
    house = random_house(draw)
    told = picture(house, rules=FIRST_COME)
    for number in range(1, 20):
        wish = random_ask(draw)
        if wish.starts > NOW:
            told, _ = book(told, wish, house, number)
    for option in offered(told, house, size):
        assert option.turn_ends - (option.ready_at or NOW) >= timedelta(minutes=30)
        if option.kind != "wait":
            after = seat(told, option, size)
            assert_complete(after, house)
            assert resettled(after, house, now=NOW) == resettled(told, house, now=YESTERDAY)
