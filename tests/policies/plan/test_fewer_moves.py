"""Whoever need not move stays: a plan found by search goes back to the stored one where it can."""

import random

import pytest
from msgspec.structs import replace

from policies.book.changes import Changes
from policies.plan import settling
from policies.plan.fewer_moves import fewer_moves, moved_in
from policies.plan.placement import assign_tables
from policies.plan.plan import Plan
from tests.policies.plan.test_rearrange import (
    a_party,
    assert_sound,
    nobody_seated,
    random_evening,
)
from tests.support.full_evening import a_house, at, picture, table


def test_two_parties_that_changed_places_for_nothing_change_back() -> None:
    house = a_house(table("a", 2), table("b", 2), table("c", 2))
    stored = [
        replace(a_party(house, number, 2, 0, 18), table_set=(place,))
        for number, place in ((1, 0), (2, 1))
    ]
    plan = nobody_seated(house, *stored, a_party(house, 3, 2, 0, 18)).plan
    for number, place in enumerate((1, 0, 2)):
        plan.put(number, (place,))
    assert fewer_moves(plan).table_sets == [(0,), (1,), (2,)]
    assert plan.table_sets == [(1,), (0,), (2,)]


def test_what_is_tested_on_a_plan_is_tested_on_the_one_with_fewer_moves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settling, "fewer_moves", Plan.copy)
    house = a_house(table("a", 2))
    settled = settling.settle(picture(house), Changes(), house, now=at("18:00"))
    assert settled.plan.hall.plan is settled.plan.plan


def test_nobody_loses_a_place_and_whose_tables_are_free_is_at_them() -> None:
    for seed in range(25):
        draw = random.Random(seed)
        _, built = random_evening(draw)
        stored = assign_tables(built).plan
        items = [
            replace(item, table_set=draw.choice(item.choices.flat or ((),)))
            for item in stored.items
        ]
        plan = Plan(stored.room, tuple(items), stored.facts)
        for number, seat in enumerate(stored.table_sets):
            if seat:
                plan.put(number, seat)
        fewer = fewer_moves(plan)
        assert_sound(fewer)
        assert [bool(each) for each in fewer.table_sets] == [bool(e) for e in plan.table_sets]
        assert len(moved_in(fewer)) <= len(moved_in(plan))
        for number in moved_in(fewer):
            without, item = fewer.copy(), fewer.items[number]
            without.lift(number)
            assert not without.free(item.table_set, item.span)
