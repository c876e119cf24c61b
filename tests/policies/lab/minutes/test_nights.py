"""Nights in minutes: the draws the five-minute night is rounded from, and the stresses."""

from __future__ import annotations

import numpy as np

from policies.lab.minutes.houses import doubled, eighteen_tables, tables_in, with_garden
from policies.lab.minutes.nights import (
    BURST_AT,
    BURST_MINUTES,
    SHUT_AT,
    STRESSES,
    NightInMinutes,
    Stress,
    draw_night_in_minutes,
    in_buckets,
)
from policies.lab.nights import draw_night, true_forecast
from tests.support.full_evening import a_house, table

TRUTH = true_forecast(220, 60)
TUNING = 1_000_001


def drawn(stress: Stress | None = None, seed: int = TUNING) -> NightInMinutes:
    return draw_night_in_minutes(TRUTH, seed, stress or STRESSES["plain"])


def absent(stress: Stress) -> list[int]:
    """How many of a night's requests would not show, on each of 60 nights."""
    nights = (drawn(stress, TUNING + number) for number in range(60))
    return [int((~night.night.requests.shows).sum()) for night in nights]


def test_the_five_minute_night_is_the_minutes_rounded() -> None:
    night, buckets = drawn(), draw_night(TRUTH, TUNING)
    assert np.array_equal(night.night.requests.wish, buckets.requests.wish)
    assert np.abs(night.late - 5 * buckets.requests.late).max() <= 3
    assert np.abs(night.stay - 5 * buckets.requests.stay).max() <= 3
    rounded = in_buckets(night).walk_ins
    assert np.array_equal(np.sort(rounded.arrives), buckets.walk_ins.arrives)
    assert (night.walk_ins.arrives % 5).any()


def test_the_same_seed_is_the_same_night() -> None:
    one, other = drawn(STRESSES["burst"]), drawn(STRESSES["burst"])
    assert np.array_equal(one.walk_ins.arrives, other.walk_ins.arrives)
    assert np.array_equal(one.walk_ins.never_leaves, other.walk_ins.never_leaves)


def test_a_burst_comes_at_seven_beside_the_usual_walk_ins() -> None:
    usual, burst = drawn(), drawn(STRESSES["burst"])
    more = len(burst.walk_ins.size) - len(usual.walk_ins.size)
    assert more > 3
    arrives = burst.walk_ins.arrives
    assert (np.diff(arrives) >= 0).all()
    then = (arrives >= BURST_AT) & (arrives < BURST_AT + BURST_MINUTES)
    assert then.sum() >= more
    assert np.array_equal(burst.night.requests.size, usual.night.requests.size)


def test_stays_are_longer_than_believed_for_the_same_guests() -> None:
    usual, longer = drawn(), drawn(STRESSES["long-stays"])
    reset = TRUTH.reset_minutes
    assert np.abs((longer.stay - reset) - 1.25 * (usual.stay - reset)).max() <= 2
    assert longer.night.truth.stays == TRUTH.stays


def test_no_shows_double_and_come_together() -> None:
    usual, twice = absent(STRESSES["plain"]), absent(STRESSES["no-shows-doubled"])
    assert 1.8 < sum(twice) / sum(usual) < 2.2
    together = absent(STRESSES["correlated"])
    assert 0.6 < sum(together) / sum(usual) < 1.4
    assert np.var(together) > 3 * np.var(usual)


def test_parties_above_eight_ask_only_in_that_stress() -> None:
    assert drawn().night.requests.size.max() == 8
    assert drawn(STRESSES["large-parties"]).night.requests.size.max() > 8
    assert drawn(STRESSES["shut-area"]).shut_at == SHUT_AT


def test_the_house_takes_other_shapes() -> None:
    tables = (*(table(f"t{n}", 2) for n in range(8)), *(table(f"f{n}", 4) for n in range(8)))
    joins = ((("t0", "t1"), 4), (("t5", "t6"), 4), (("t6", "t7"), 4))
    house = a_house(*tables, joins=joins)
    garden = with_garden(house)
    assert [each.id for each in tables_in(garden, "garden")] == ["t6", "t7", "f6", "f7"]
    assert [join.tables for join in garden.joins] == [("t0", "t1"), ("t6", "t7")]
    twice = doubled(house)
    assert (len(twice.tables), len(twice.joins)) == (32, 6)
    assert twice.periods[0].pacing == 2 * house.periods[0].pacing
    few = eighteen_tables(house)
    assert (len(few.tables), few.joins) == (14, ())
