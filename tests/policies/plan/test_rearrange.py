"""Packing an evening: never two parties at a table, nobody lost, and nearly all that can be."""

import random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from policies.house.grid import bucket_mask
from policies.house.house import House
from policies.house.layout import layout_of
from policies.house.room import Needs, TableSet
from policies.plan.feasibility import HallCondition
from policies.plan.occupancy import Occupancy, Window
from policies.plan.placement import Assignment, admit, assign_tables
from policies.plan.plan import Item, Plan
from policies.plan.rearrange import ejection_chain, make_room, seat_as_many
from policies.plan.repacking import repack
from tests.policies.plan.test_placement import random_house
from tests.support.exact_solver import most_covers
from tests.support.full_evening import a_house, table

HOURS = 48


def a_party(
    house: House, number: int, size: int, start: int, end: int, needs: Needs | None = None
) -> Item:
    choices = layout_of(house).room.ranked(size, needs or Needs())
    return Item(
        key=UUID(int=number),
        order=number,
        party=size,
        start=start,
        end=end,
        span=bucket_mask(start, end),
        choices=choices,
        least=size,
        domain=choices.domain,
    )


def nobody_seated(house: House, *items: Item, facts: dict[int, int] | None = None) -> Occupancy:
    room = layout_of(house).room
    busy = [(facts or {}).get(place, 0) for place in range(len(room.tables))]
    return Occupancy(Window(0, HOURS + 24), Plan(room, items, busy))


def random_evening(draw: random.Random, parties: int = 14) -> tuple[House, Occupancy]:
    """Two areas, quiet tables, joins, a table busy for a while: and more parties than may fit."""
    house = random_house(draw)
    items = []
    for number in range(1, parties + 1):
        start = 3 * draw.randrange(HOURS // 3)
        area = draw.choice([None, None, None, "hall", "bar"])
        needs = Needs(area=area, quiet=draw.random() < 0.15)
        size = draw.choice([1, 2, 2, 3, 4, 5, 6, 8])
        items.append(a_party(house, number, size, start, start + draw.choice([18, 24]), needs))
    busy = {draw.randrange(len(house.tables)): bucket_mask(12, 20)} if draw.random() < 0.5 else {}
    return house, nobody_seated(house, *items, facts=busy)


def assert_sound(plan: Plan) -> None:
    """Whoever sits has a fitting place of its own; the masks say what the seats say."""
    used = plan.facts.copy()
    for item, seat in zip(plan.items, plan.table_sets, strict=True):
        assert not seat or seat in item.choices.every
        for place in seat:
            assert not used[place] & item.span, (item, seat)
            used[place] |= item.span
    assert used == plan.taken


def seated_covers(plan: Plan) -> int:
    return sum(item.party for item, seat in zip(plan.items, plan.table_sets, strict=True) if seat)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False))
def test_whatever_is_settled_is_sound_and_never_more_than_an_exact_solver_seats(
    draw: random.Random,
) -> None:
    _, built = random_evening(draw)
    plan = assign_tables(built).plan
    assert_sound(replaced_facts(plan, built.plan.facts))
    assert seated_covers(plan) <= most_covers(built.plan.items, built.plan.facts)


def replaced_facts(plan: Plan, facts: list[int]) -> Plan:
    """Return the plan without what settling keeps back for those it could not place."""
    twin = Plan(plan.room, plan.items, facts)
    for number, seat in enumerate(plan.table_sets):
        twin.put(number, seat)
    return twin


def test_settling_from_nothing_seats_nearly_what_an_exact_solver_does() -> None:
    ours = most = 0
    for seed in range(60):
        _, built = random_evening(random.Random(seed))
        ours += seated_covers(assign_tables(built).plan)
        most += most_covers(built.plan.items, built.plan.facts)
    assert ours >= 0.995 * most, (ours, most)


def test_one_more_is_found_nearly_whenever_an_exact_solver_finds_it() -> None:
    found = missed = 0
    for seed in range(16):
        house, built = random_evening(random.Random(seed), parties=24)
        plan = nobody_seated(house).plan
        for item in built.plan.items:
            more = admit(Assignment(built.window, plan, HallCondition(plan), ()), item)
            covers = sum(each.party for each in (*plan.items, item))
            if more is not None:
                assert_sound(more)
                assert seated_covers(more) == covers
                plan = more
                found += 1
            else:
                missed += most_covers((*plan.items, item), plan.facts) == covers
    assert found > 100
    assert missed <= 0.005 * found, (found, missed)


def crossed() -> tuple[House, Plan]:
    """Two pairs of tables that join, each pair broken by a party; a party for a join comes."""
    house = a_house(*(table(name, 2) for name in "abcd"), joins=[(("a", "b"), 4), (("c", "d"), 4)])
    items = (
        a_party(house, 1, 2, 0, 18),
        a_party(house, 2, 2, 6, 24),
        a_party(house, 3, 4, 12, 30),
    )
    plan = nobody_seated(house, *items).plan
    plan.put(0, (0,))
    plan.put(1, (2,))
    return house, plan


def test_a_search_alone_brings_two_parties_together_so_that_a_join_is_free() -> None:
    _, plan = crossed()
    found = repack(plan, [2], steps=50)
    assert found is not None
    assert_sound(found)
    assert len(found.table_sets[2]) == 2
    assert plan.table_sets[2] == ()


def test_no_step_finds_nothing_and_the_plan_is_untouched() -> None:
    _, plan = crossed()
    before = plan.table_sets.copy()
    assert repack(plan, [2], steps=0) is None
    assert plan.table_sets == before


def test_a_party_promised_its_table_and_a_fact_never_give_way() -> None:
    house = a_house(table("a", 4), table("b", 2))
    fixed = fixed_at(a_party(house, 1, 2, 0, 18), (0,))
    plan = nobody_seated(house, fixed, a_party(house, 2, 4, 0, 18)).plan
    plan.put(0, (0,))
    assert make_room(plan, 1) is None
    loose = nobody_seated(
        house,
        a_party(house, 1, 2, 0, 18),
        a_party(house, 2, 4, 0, 18),
        facts={1: bucket_mask(17, 18)},
    ).plan
    loose.put(0, (0,))
    assert make_room(loose, 1) is None


def test_a_search_never_leaves_out_who_sat_to_seat_somebody_else() -> None:
    house = a_house(table("a", 4))
    plan = nobody_seated(house, a_party(house, 1, 1, 0, 18), a_party(house, 2, 4, 0, 18)).plan
    plan.put(0, (0,))
    assert seat_as_many(plan, [1]).table_sets == [(0,), ()]
    assert seat_as_many(plan, [0, 1]).table_sets == [(), (0,)]


@pytest.mark.parametrize("first", [0, 1])
def test_of_newcomers_the_better_rank_counts_before_any_number_of_guests(first: int) -> None:
    house = a_house(table("a", 8))
    arrived, held = a_party(house, 1, 1, 0, 18), a_party(house, 2, 8, 0, 18)
    plan = nobody_seated(house, ranked(arrived, 0), ranked(held, 3)).plan
    plan.put(first, (0,))
    assert seat_as_many(plan, [0, 1]).table_sets == [(0,), ()]


def test_a_chain_is_three_deep_and_what_is_deeper_is_left_to_the_search() -> None:
    house = a_house(*(table(str(seats), seats) for seats in (2, 3, 4, 5, 6)))
    items = [a_party(house, size, size, 0, 18) for size in (2, 3, 4, 5, 6)]
    plan = nobody_seated(house, *items).plan
    for number in range(4):
        plan.put(number, (number + 1,))
    assert ejection_chain(plan, 4) is None
    found = make_room(plan, 4)
    assert found is not None
    assert found.table_sets == [(0,), (1,), (2,), (3,), (4,)]


def test_a_search_is_the_same_whoever_asks_and_whenever() -> None:
    _, built = random_evening(random.Random(5), parties=30)
    assert assign_tables(built).plan.table_sets == assign_tables(built).plan.table_sets


def fixed_at(item: Item, seat: TableSet) -> Item:
    return replace(item, table_set=seat, fixed=True)


def ranked(item: Item, rank: int) -> Item:
    return replace(item, rank=rank)
