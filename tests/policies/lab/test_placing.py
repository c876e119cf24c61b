"""The laboratory's measure of plans: against the bound, against locking, and what it counts."""

from functools import cache
from itertools import product
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from policies.forecast.forecast import Forecast
from policies.house.file import read_house
from policies.house.layout import WHOLE_ROOM, Layout, layout_of
from policies.lab.class_bound import least_unplaced_covers
from policies.lab.nights import LOADS, SyntheticNight, draw_night, true_forecast
from policies.lab.placing import empty_plan, measure_placement, turn_buckets
from policies.lab.play import AcceptedRequests
from policies.numeric.compiled import Ints
from policies.plan.placement import assign_tables
from tests.support.exact_solver import most_covers
from tests.support.fitting_book import fitting_book
from tests.support.full_evening import a_house, table

BUSY = true_forecast(*LOADS[1])
SMALL = layout_of(
    a_house(
        *(table(name, 2) for name in "abcd"),
        table("e", 4),
        joins=[(("a", "b"), 4), (("c", "d"), 4)],
    )
)


@cache
def sixty() -> Layout:
    return layout_of(
        read_house(Path("seating/house/examples/sixty.toml").read_text(encoding="utf-8"))
    )


def asked(sizes: list[int], starts: list[int]) -> tuple[SyntheticNight, AcceptedRequests]:
    """A night whose requests are these, all of them booked at their wish."""
    drawn = draw_night(BUSY, 1)
    count = len(sizes)
    requests = replace(
        drawn.requests,
        size=np.array(sizes, np.int64),
        wish=np.array(starts, np.int64),
        flexible=np.zeros(count, np.bool_),
    )
    book = AcceptedRequests(np.arange(count), np.array(starts, np.int64))
    return replace(drawn, requests=requests), book


def test_a_turn_is_the_mean_stay_and_the_reset_rounded_up() -> None:
    assert turn_buckets(Forecast(stays=(80.0, 84.0, 84.1), reset_minutes=6.0)).tolist() == [
        18,
        18,
        19,
    ]


def test_who_sits_side_by_side_or_one_after_the_other_leaves_nobody_out() -> None:
    drawn, book = asked([2, 2, 2, 2, 4, 4], [0, 0, 0, 0, 0, 30])
    placed = measure_placement(SMALL, drawn, book, BUSY)
    assert (placed.covers, placed.unplaced, placed.bound) == (16, 0, 0.0)


def test_one_too_many_is_counted_by_the_plan_and_the_bound_alike() -> None:
    drawn, book = asked([2, 2, 2, 2, 4, 4], [0, 0, 0, 0, 0, 0])
    placed = measure_placement(SMALL, drawn, book, BUSY)
    assert placed.unplaced == 4
    assert round(placed.bound, 6) == 4.0


def test_locked_parties_stay_in_each_others_way_where_a_plan_moves_them() -> None:
    drawn, book = asked([2, 2, 4, 4], [0, 12, 6, 6])
    placed = measure_placement(SMALL, drawn, book, BUSY)
    assert placed.unplaced == 0


def test_a_book_that_fits_passes_the_cascade_and_refuses_the_next() -> None:
    drawn, _ = asked([4, 4, 4, 4, 2], [0, 0, 0, 0, 0])
    assert fitting_book(SMALL, drawn, BUSY).number.tolist() == [0, 1, 2]


def test_a_flexible_guest_is_booked_nearby() -> None:
    drawn, _ = asked([4, 4, 4, 4], [0, 0, 0, 17])
    assert fitting_book(SMALL, drawn, BUSY).start.tolist() == [0, 0, 0]
    eager = replace(drawn.requests, flexible=np.array([False, False, False, True]))
    book = fitting_book(SMALL, replace(drawn, requests=eager), BUSY)
    assert book.start.tolist() == [0, 0, 0, 23]


def arrays(parties: list[tuple[int, int]], layout: Layout) -> tuple[Ints, Ints, Ints, Ints]:
    size = np.array([size for size, _ in parties], np.int64)
    start = np.array([start for _, start in parties], np.int64)
    rank = np.array([layout.class_of(size) for size, _ in parties], np.int64)
    return size, rank, start, start + 18


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 8)), max_size=12))
def test_no_plan_leaves_fewer_covers_than_the_bound(parties: list[tuple[int, int]]) -> None:
    parties = [(size, 5 * start) for size, start in parties]
    drawn, book = asked([size for size, _ in parties], [start for _, start in parties])
    built = empty_plan(SMALL, drawn, book, replace(BUSY, stays=(84.0,) * 8))
    left = sum(size for size, _ in parties) - most_covers(built.plan.items, built.plan.facts)
    bound = least_unplaced_covers(SMALL.groups[WHOLE_ROOM], *arrays(parties, SMALL))
    assert bound <= left + 1e-6


def test_at_one_instant_the_bound_is_what_must_be_left() -> None:
    for twos, fours in product(range(7), range(5)):
        parties = [(2, 0)] * twos + [(4, 0)] * fours
        drawn, book = asked([size for size, _ in parties], [0] * len(parties))
        built = empty_plan(SMALL, drawn, book, replace(BUSY, stays=(84.0,) * 8))
        covers = 2 * twos + 4 * fours
        left = covers - most_covers(built.plan.items, built.plan.facts)
        bound = least_unplaced_covers(SMALL.groups[WHOLE_ROOM], *arrays(parties, SMALL))
        assert round(bound, 6) == left, (twos, fours)


def test_at_full_scale_at_most_one_cover_in_a_hundred_has_no_table() -> None:
    covers = unplaced = locked = 0
    for seed in range(4):
        drawn = draw_night(BUSY, 100 + seed)
        rigid = replace(drawn.requests, flexible=np.zeros_like(drawn.requests.flexible))
        book = fitting_book(sixty(), replace(drawn, requests=rigid), BUSY)
        placed = measure_placement(sixty(), drawn, book, BUSY)
        assert placed.bound <= placed.unplaced + 1e-6
        covers, unplaced = covers + placed.covers, unplaced + placed.unplaced
        locked += placed.locked
    assert unplaced <= 0.01 * covers < 0.03 * covers < locked


def test_the_same_book_is_settled_alike_twice() -> None:
    drawn = draw_night(BUSY, 100)
    book = fitting_book(sixty(), drawn, BUSY)
    one, other = (assign_tables(empty_plan(sixty(), drawn, book, BUSY)) for _ in range(2))
    assert one.plan.table_sets == other.plan.table_sets
