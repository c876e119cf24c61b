"""Quoting a wait: rounding, what an outcome teaches, and the simulated wait itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.house.layout import layout_of
from policies.lab.nights import true_forecast
from policies.lookahead.forecast_arrays import build_forecast_arrays
from policies.lookahead.quotes import Quote, QuoteOutcome, QuoteScales, quote, update_scales
from policies.lookahead.room_arrays import build_room_arrays
from policies.lookahead.seating_rollout import SeatingRollout
from policies.lookahead.state import BLOCKED, FREE, DoorState, ExpectedParties, Queue, SeatedParties
from tests.support.full_evening import a_house, table

if TYPE_CHECKING:
    from policies.numeric.compiled import Ints

EVEN = QuoteScales(scales=(1.0, 1.0, 1.0))
SAT_IN_TIME, SAT_LATE = QuoteOutcome(20, sat=True), QuoteOutcome(25, sat=True)


def test_a_quote_is_rounded_up_to_five_minutes_and_never_nothing() -> None:
    assert [quote(wait, EVEN).minutes for wait in (0.0, 5.0, 5.1, 20.0)] == [5, 5, 10, 20]


def test_each_bin_has_its_scale() -> None:
    scales = QuoteScales(scales=(2.0, 1.5, 1.0))
    told = [quote(wait, scales) for wait in (10.0, 20.0, 60.0)]
    assert [(each.minutes, each.bin) for each in told] == [(20, 0), (30, 1), (60, 2)]


def test_a_broken_quote_stretches_its_bin_and_a_kept_one_shrinks_it() -> None:
    told = Quote(20, 20.0, 1)
    missed = update_scales(EVEN, told, SAT_LATE, 30.0).scales
    kept = update_scales(EVEN, told, SAT_IN_TIME, 30.0).scales
    assert missed == pytest.approx((1.0, 1.01215, 1.0))
    assert kept == pytest.approx((1.0, 0.99715, 1.0))


def test_who_left_before_the_quote_passed_teaches_nothing_and_after_it_a_miss() -> None:
    told = Quote(20, 20.0, 1)
    assert update_scales(EVEN, told, QuoteOutcome(20, sat=False), 30.0) == EVEN
    left_after = update_scales(EVEN, told, QuoteOutcome(25, sat=False), 30.0)
    assert left_after == update_scales(EVEN, told, SAT_LATE, 30.0)


def test_scales_settle_where_the_nominal_share_is_kept_although_the_impatient_leave() -> None:
    random = np.random.default_rng(5)
    scales = QuoteScales(step=0.005)
    held = []
    for number in range(12_000):
        told = quote(30.0, scales)
        wait, patience = random.gamma(4.0, 8.0), random.exponential(30.0)
        seen = QuoteOutcome(round(min(wait, patience)), sat=bool(wait <= patience))
        scales = update_scales(scales, told, seen, 30.0)
        if number > 4000:
            held.append(round(wait) <= told.minutes)
    assert 0.78 <= np.mean(held) <= 0.84


@given(st.floats(0, 130), st.lists(st.booleans(), max_size=600))
def test_a_scale_stays_within_reason(wait: float, sits: list[bool]) -> None:
    scales = EVEN
    for sat in sits:
        scales = update_scales(
            scales, quote(wait, scales), QuoteOutcome(0 if sat else 500, sat=sat), 30.0
        )
    assert all(0.2 <= scale <= 5.0 for scale in scales.scales)


TWO_TABLES = build_room_arrays(layout_of(a_house(table("1", 2), table("2", 2))))
BELIEFS = build_forecast_arrays(true_forecast(140, 0), TWO_TABLES, np.uint64(3), 32)


def ints(*numbers: int) -> Ints:
    return np.array(numbers, np.int64)


TAKEN = ints(0, 1)


def a_door(*, expected: int = 0, start: int = 21, occupied: Ints = TAKEN) -> SeatingRollout:
    """Two tables, taken for an hour; a couple has walked in; others are promised for now."""
    seated_parties = SeatedParties(np.array([1, 2], np.uint64), ints(2, 2), ints(8, 8))
    starts = ints(*[start] * expected)
    twos = np.full(expected, 2, np.int64)
    keys = np.arange(50, 50 + expected).astype(np.uint64)
    promised = ExpectedParties(keys, twos, twos - 1, starts, np.zeros(expected))
    queue = Queue(np.array([9], np.uint64), ints(2), ints(1), ints(20), np.array([False]), ints(20))
    return SeatingRollout(
        TWO_TABLES, DoorState(20, occupied, seated_parties, promised, queue), BELIEFS
    )


def test_the_wait_ahead_is_until_the_first_table_clears() -> None:
    door = a_door()
    assert door.mean_wait(0) == pytest.approx(5 * door.scenario_set.until.min(axis=1).mean())


def test_nothing_is_held_for_who_has_not_come() -> None:
    due_in_twenty_minutes = a_door(expected=1, start=25, occupied=ints(FREE, BLOCKED))
    assert due_in_twenty_minutes.mean_wait(0) == 5.0


def test_who_was_promised_and_comes_first_sits_first() -> None:
    alone, later = a_door(), a_door(expected=1)
    assert later.mean_wait(0) > alone.mean_wait(0)
    first = later.scenario_set.until.min(axis=1)
    second = later.scenario_set.until.max(axis=1)
    assert 5 * first.mean() <= later.mean_wait(0) <= 5 * second.mean()


def test_asking_for_a_wait_changes_nothing_ahead() -> None:
    door = a_door(expected=2)
    before = [np.copy(each) for each in door.scenario_set]
    assert door.mean_wait(0) == door.mean_wait(0)
    for was, now in zip(before, door.scenario_set, strict=True):
        assert (was == now).all()


def test_a_wait_beyond_the_outlook_is_cut_at_it() -> None:
    assert a_door(occupied=ints(BLOCKED, BLOCKED)).mean_wait(0) == 130.0
