"""The clairvoyant bound: never below what can be done, and not needlessly above it."""

from __future__ import annotations

from functools import cache
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.house.file import read_house
from policies.house.layout import Layout, layout_of
from policies.lab.bound import (
    COVER_VALUE,
    ServableParties,
    clairvoyant,
    lagrangian,
    programme_of,
    servable_parties,
    upper_bound,
)
from policies.lab.nights import LOADS, draw_night, true_forecast
from policies.lab.play import play_night
from policies.lab.rivals import FlatRule, book_flat
from tests.support.full_evening import a_house, table

SMALL = layout_of(
    a_house(table("1", 2), table("2", 2), table("3", 4), joins=[(("1", "2"), 4)]),
)
Party = tuple[int, int, int, int]
"""First and last start, stay, size."""


def parties(*every: Party) -> ServableParties:
    first, last, stay, size = np.array(every, np.int64).reshape(-1, 4).T
    return ServableParties(first, last, stay, size)


def best_by_hand(every: list[Party], layout: Layout) -> float:
    """The most money over all ways to give each party a start and real tables, or nothing."""
    ways: list[list[tuple[int, int, frozenset[int], int] | None]] = []
    for first, last, stay, size in every:
        rows = [layout.configs[number] for number in layout.configs_for(size)]
        seats = [frozenset(row[row >= 0].tolist()) for row in rows]
        starts = range(first, last + 1)
        ways.append([None, *((s, s + stay, seat, size) for s in starts for seat in seats)])
    return max(
        sum(COVER_VALUE * way[3] for way in plan if way)
        for plan in product(*ways)
        if _stands(tuple(way for way in plan if way))
    )


def _stands(plan: tuple[tuple[int, int, frozenset[int], int], ...]) -> bool:
    return not any(
        a[0] < b[1] and b[0] < a[1] and a[2] & b[2]
        for place, a in enumerate(plan)
        for b in plan[place + 1 :]
    )


@cache
def sixty() -> Layout:
    return layout_of(
        read_house(Path("seating/house/examples/sixty.toml").read_text(encoding="utf-8"))
    )


def test_a_party_that_fits_is_served() -> None:
    assert upper_bound(parties((3, 3, 6, 2)), SMALL) == pytest.approx(100.0)


def test_nobody_brings_nothing() -> None:
    assert upper_bound(parties(), SMALL) == 0.0


def test_of_two_parties_at_the_one_table_the_larger_is_served() -> None:
    one = layout_of(a_house(table("1", 4)))
    assert upper_bound(parties((0, 0, 6, 3), (0, 0, 6, 4)), one) == pytest.approx(200.0)


def test_a_party_that_can_wait_is_served_after_the_other() -> None:
    one = layout_of(a_house(table("1", 4)))
    assert upper_bound(parties((0, 0, 6, 3), (0, 6, 6, 4)), one) == pytest.approx(350.0)


def test_a_join_takes_both_of_its_tables() -> None:
    pair = layout_of(a_house(table("1", 2), table("2", 2), joins=[(("1", "2"), 4)]))
    assert upper_bound(parties((0, 0, 6, 4)), pair) == pytest.approx(200.0)
    assert upper_bound(parties((0, 0, 6, 4), (0, 0, 6, 2)), pair) == pytest.approx(200.0)


def test_joins_of_different_tables_are_refused() -> None:
    mixed = layout_of(a_house(table("1", 2), table("2", 4), joins=[(("1", "2"), 6)]))
    with pytest.raises(ValueError, match="one class"):
        upper_bound(parties((0, 0, 6, 2)), mixed)


A_PARTY = st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(2, 4), st.integers(1, 4)).map(
    lambda drawn: (drawn[0], drawn[0] + drawn[1], drawn[2], drawn[3])
)


@settings(derandomize=True, max_examples=40, deadline=None)
@given(st.lists(A_PARTY, min_size=1, max_size=4))
def test_it_is_never_below_the_best_that_can_be_done(every: list[Party]) -> None:
    assert upper_bound(parties(*every), SMALL) >= best_by_hand(every, SMALL) - 1e-9


@settings(derandomize=True, max_examples=40, deadline=None)
@given(st.lists(A_PARTY, min_size=1, max_size=4), st.integers(0, 1 << 30))
def test_any_prices_give_a_bound(every: list[Party], seed: int) -> None:
    programme = programme_of(parties(*every), SMALL)
    shape = (len(programme.capacity), programme.length)
    prices = np.random.default_rng(seed).exponential(10.0, shape)
    assert lagrangian(programme, prices) >= best_by_hand(every, SMALL) - 1e-9


@pytest.mark.parametrize("load", LOADS)
def test_no_policy_passes_it_on_a_drawn_night(load: tuple[float, float]) -> None:
    believed = true_forecast(*load)
    for seed in range(3):
        drawn = draw_night(believed, seed)
        most = clairvoyant(drawn, sixty())
        for rule in (
            FlatRule(overbooking=0.1),
            FlatRule(level_load=True),
            FlatRule(overbooking=0.3, level_load=True),
        ):
            evening = play_night(
                drawn, book_flat(drawn, sixty(), believed, rule), sixty(), believed
            )
            assert evening.revenue <= most


def test_a_floor_without_other_times_is_bounded_by_less() -> None:
    drawn = draw_night(true_forecast(300, 80), 5)
    assert clairvoyant(drawn, sixty(), moves=False) < clairvoyant(drawn, sixty())


def test_every_start_a_policy_gave_is_one_of_the_bounds() -> None:
    believed = true_forecast(220, 60)
    drawn = draw_night(believed, 7)
    booked = book_flat(drawn, sixty(), believed, FlatRule(overbooking=0.3, level_load=True))
    evening = play_night(drawn, booked, sixty(), believed)
    asks = drawn.requests
    there = np.flatnonzero(asks.shows & (asks.cancels > 1.0))
    lot = servable_parties(drawn, moves=True)
    seated = evening.guests_at >= 0
    place = np.searchsorted(there, booked.number[seated])
    assert (lot.first[place] <= evening.guests_at[seated]).all()
    assert (evening.guests_at[seated] <= lot.last[place]).all()
    walked_in = evening.walk_ins_at >= 0
    walkers = len(there) + np.flatnonzero(walked_in)
    assert (evening.walk_ins_at[walked_in] <= lot.last[walkers]).all()


def test_who_cancels_or_stays_away_brings_nothing() -> None:
    drawn = draw_night(true_forecast(220, 60), 7)
    asks = drawn.requests
    absent = (asks.cancels < 1.0) | ~asks.shows
    lot = servable_parties(drawn, moves=True)
    assert absent.any()
    assert len(lot.size) == (~absent).sum() + len(drawn.walk_ins.size)
