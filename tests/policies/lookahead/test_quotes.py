"""Quoting a wait: both ends, what an outcome teaches, and the simulated wait itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.door.wait_band import WaitBand
from policies.house.layout import layout_of
from policies.lab.nights import true_forecast
from policies.lookahead.forecast_arrays import build_forecast_arrays
from policies.lookahead.quotes import (
    FACTORS_BEFORE,
    MOST_MINUTES,
    QuantileRule,
    QuoteModel,
    QuoteOutcome,
    SimulatedWait,
    features,
    first_model,
    from_scales,
    learned_from,
    quoted,
)
from policies.lookahead.room_arrays import build_room_arrays
from policies.lookahead.seating_rollout import SeatingRollout
from policies.lookahead.state import BLOCKED, FREE, DoorState, ExpectedParties, Queue, SeatedParties
from tests.support.full_evening import a_house, table

if TYPE_CHECKING:
    from policies.numeric.compiled import Ints

MEAN = 1
"""The place of the mean simulated wait among the features."""


def simulated(minutes: float, *, party_size: int = 2, ahead: int = 0) -> SimulatedWait:
    """The same wait in every future, whether tables are held back or not."""
    same = (minutes,) * 6
    return SimulatedWait(
        mean=minutes,
        quantiles=same,
        held_mean=minutes,
        held_quantiles=same,
        party_size=party_size,
        ahead=ahead,
    )


def plain(likely: float = 1.0, latest: float = 1.5) -> QuoteModel:
    """Tell these multiples of the mean simulated wait."""
    count = len(features(simulated(10.0)))

    def rule(level: float, factor: float) -> QuantileRule:
        return QuantileRule(level, tuple(factor * (place == MEAN) for place in range(count)))

    return QuoteModel((1.0,) * count, rule(0.5, likely), rule(0.81, latest))


SAT_IN_TIME, SAT_LATE = QuoteOutcome(20, sat=True), QuoteOutcome(35, sat=True)


def test_both_ends_are_rounded_up_to_five_minutes_and_never_nothing() -> None:
    told = [quoted(simulated(wait), plain()) for wait in (0.0, 5.0, 5.1, 20.0)]
    assert told == [WaitBand(5, 5), WaitBand(5, 10), WaitBand(10, 10), WaitBand(20, 30)]


@given(st.floats(0, 130), st.integers(1, 8), st.integers(0, 30))
def test_the_latest_is_never_before_the_likely(wait: float, size: int, ahead: int) -> None:
    band = quoted(simulated(wait, party_size=size, ahead=ahead), first_model())
    assert 5 <= band.likely <= band.latest <= MOST_MINUTES
    assert not band.likely % 5
    assert not band.latest % 5


def test_a_longer_simulated_wait_is_told_as_a_longer_one() -> None:
    told = [quoted(simulated(wait), first_model()) for wait in (5.0, 30.0, 60.0)]
    assert sorted(told, key=lambda each: each.latest) == told
    assert told[0].latest < told[1].latest < told[2].latest


def test_a_broken_quote_stretches_the_later_ones_of_its_bin_and_a_kept_one_shrinks_them() -> None:
    asked = simulated(20.0)
    missed = learned_from(plain(), asked, SAT_LATE, 30.0).latest
    kept = learned_from(plain(), asked, SAT_IN_TIME, 30.0).latest
    assert missed.offsets[1] > 0.0 > kept.offsets[1]
    assert missed.weights[MEAN] > 1.5 > kept.weights[MEAN]
    assert (missed.offsets[0], missed.offsets[2]) == (0.0, 0.0)
    assert missed.offsets[1] > -kept.offsets[1]  # four are to be kept for one that is not


def test_who_left_before_the_told_time_teaches_nothing_and_after_it_a_miss() -> None:
    asked = simulated(20.0)
    left_before = learned_from(plain(), asked, QuoteOutcome(30, sat=False), 30.0)
    left_after = learned_from(plain(), asked, QuoteOutcome(35, sat=False), 30.0)
    assert left_before.latest == plain().latest
    assert left_after.latest == learned_from(plain(), asked, SAT_LATE, 30.0).latest


def test_the_share_kept_settles_where_it_is_meant_although_the_impatient_leave() -> None:
    random = np.random.default_rng(5)
    model, asked, seen = plain(), simulated(30.0), list[tuple[bool, bool]]()
    for number in range(6_000):
        told = quoted(asked, model)
        wait, patience = random.gamma(4.0, 8.0), random.exponential(30.0)
        outcome = QuoteOutcome(round(min(wait, patience)), sat=bool(wait <= patience))
        model = learned_from(model, asked, outcome, 30.0)
        if number > 1000:
            seen.append((round(wait) <= told.likely, round(wait) <= told.latest))
    likely, latest = np.mean(seen, axis=0)
    assert 0.45 <= likely <= 0.57
    assert 0.78 <= latest <= 0.84


def test_steps_shrink_with_what_was_learned_from() -> None:
    model, asked = plain(), simulated(20.0)
    steps = []
    for _ in range(30):
        moved = learned_from(model, asked, QuoteOutcome(500, sat=True), 30.0)
        steps.append(moved.latest.offsets[1] - model.latest.offsets[1])
        model = moved
    assert steps == sorted(steps, reverse=True)
    assert steps[-1] < steps[0] / 1.5


def test_a_venue_that_learned_factors_before_keeps_how_its_waits_differ() -> None:
    assert from_scales(FACTORS_BEFORE) == first_model()
    short, middle, long = FACTORS_BEFORE
    slower = from_scales((short, middle + 0.4, long))
    asked = simulated(25.0)
    assert quoted(asked, slower).latest > quoted(asked, first_model()).latest
    assert quoted(asked, slower).likely == quoted(asked, first_model()).likely


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
    assert door.simulated_wait(0).mean == pytest.approx(
        5 * door.scenario_set.until.min(axis=1).mean()
    )


def test_nothing_is_held_for_who_has_not_come() -> None:
    due_in_twenty_minutes = a_door(expected=1, start=25, occupied=ints(FREE, BLOCKED))
    assert due_in_twenty_minutes.simulated_wait(0).mean == 5.0
    assert due_in_twenty_minutes.simulated_wait(0).held_mean > 30.0


def test_who_was_promised_and_comes_first_sits_first() -> None:
    alone, later = a_door(), a_door(expected=1)
    assert later.simulated_wait(0).mean > alone.simulated_wait(0).mean
    first = later.scenario_set.until.min(axis=1)
    second = later.scenario_set.until.max(axis=1)
    assert 5 * first.mean() <= later.simulated_wait(0).mean <= 5 * second.mean()


def test_asking_for_a_wait_changes_nothing_ahead() -> None:
    door = a_door(expected=2)
    before = [np.copy(each) for each in door.scenario_set]
    assert door.simulated_wait(0) == door.simulated_wait(0)
    for was, now in zip(before, door.scenario_set, strict=True):
        assert (was == now).all()


def test_a_wait_beyond_the_outlook_is_cut_at_it() -> None:
    assert a_door(occupied=ints(BLOCKED, BLOCKED)).simulated_wait(0).mean == 130.0


def test_a_quote_knows_the_queue_the_room_and_who_is_promised() -> None:
    seen = a_door(expected=2, start=22, occupied=ints(FREE, 1)).simulated_wait(0)
    assert (seen.party_size, seen.ahead, seen.promised_ahead) == (2, 0, 0)
    assert (seen.occupied, seen.fitting) == (0.5, 1)
    assert seen.hours == pytest.approx(20 * 5 / 60)
    assert seen.covers == (2.0, 0.0, 0.0, 0.0)
