"""Figures of the minute world by hand-worked nights."""

from math import isnan, sqrt

import numpy as np
import pytest
from msgspec.structs import replace

from policies.lab.minutes.outcome import MinuteOutcome, ToldRecord, WaitRecord
from scripts.benchmark.minutes.figures import (
    calibration,
    figures_of,
    learning,
    mean_error,
    paired,
    quote_figures,
)
from scripts.benchmark.minutes.night import (
    KeptPromise,
    KeptQuote,
    MinuteNight,
    by_band,
    minute_night,
)


def night(seed: int, net: float, walked: int = 0, waited: int = 0) -> MinuteNight:
    return MinuteNight(
        seed=seed, net=net, booked=(50, 30, 20, 0), walked=(0, 0, walked, 0), waited=waited
    )


def evening() -> MinuteOutcome:
    none = np.zeros(0, np.int64)
    record = WaitRecord(
        walk_in=0, features={}, likely=20, latest=30, waited=25, sat=True, never_leaves=True
    )
    return MinuteOutcome(
        revenue=1000.0, walked_cost=600.0, gestures=20.0, number=np.arange(4),
        size=np.array([2, 2, 6, 4]), start=np.full(4, 60), beyond=np.zeros(4, bool),
        own_wait_told=np.full(4, np.nan), any_wait_told=np.full(4, np.nan),
        arrived=np.array([65, 50, 60, -1]), seated=np.array([75, 71, -1, -1]),
        walked=np.array([0, 0, 1, 0], bool),
        walk_in_size=none, walk_in_arrives=none, walk_in_seated=none, waits=(record,),
    )  # fmt: skip


def test_of_an_evening_is_kept_who_walked_by_size_and_who_waited() -> None:
    kept = minute_night(7, evening())
    assert (kept.net, kept.booked, kept.walked) == (380.0, (2, 1, 1, 0), (0, 0, 1, 0))
    assert kept.waited == 2, "ten minutes after arriving is in time, eleven after the start is not"
    assert kept.quotes == (KeptQuote(20, 30, 25, sat=True),)


def test_risks_are_of_a_party_that_comes_and_counted_of_those_that_did() -> None:
    records = tuple(
        ToldRecord(
            booking=place, features={}, own_wait_told=chance, any_wait_told=0.5, walked_told=0.1,
            walked_expected=0.05, left=False, own_waited=waited, any_waited=True, arrived=arrived,
        )
        for place, (chance, waited, arrived) in enumerate(
            [(0.1, False, True), (0.2, True, True), (0.9, False, False)]
        )
    )  # fmt: skip
    kept = minute_night(7, replace(evening(), told=records))
    own, anybody = calibration([kept], "own"), calibration([kept], "any")
    assert own is not None
    assert anybody is not None
    assert [own.count, own.told, own.happened] == pytest.approx([2, 0.3, 1])
    assert (anybody.told, anybody.happened) == (1.0, 2.0)


def promise(*, own: float, waited: bool) -> KeptPromise:
    return KeptPromise(own, 0.5, 0.1, 0.08, True, waited, waited, waited)  # noqa: FBT003


def test_a_house_that_learns_tells_each_night_what_the_nights_before_taught() -> None:
    nights = [
        replace(night(seed, 100.0), promises=(promise(own=0.1, waited=True),) * 20)
        for seed in (3, 1, 2)
    ]
    told = learning(nights)
    assert [each.seed for each in told] == [1, 2, 3]
    own = [each.promises[0].own for each in told]
    assert own[0] == pytest.approx(0.1), "the first night tells what the model says"
    assert own[0] < own[1] < own[2]
    assert told[2].walked_told > told[0].walked_told


def test_parties_are_counted_by_bands_of_sizes() -> None:
    assert by_band(np.array([1, 2, 3, 8, 9]), np.ones(5, bool)) == (2, 1, 1, 1)


def test_only_nights_of_the_same_seed_are_paired() -> None:
    mine, theirs = paired([night(1, 1.0), night(3, 2.0)], [night(3, 5.0), night(2, 6.0)])
    assert [(a.net, b.net) for a, b in zip(mine, theirs, strict=True)] == [(2.0, 5.0)]


def test_a_row_is_told_against_flat_on_the_same_nights() -> None:
    ours = [night(1, 110.0, walked=1, waited=3), night(2, 130.0, walked=0, waited=3)]
    flat = [night(2, 110.0, walked=1, waited=1), night(1, 90.0, walked=0, waited=2)]
    found = figures_of(("ours", "ours", 0, "", ""), ours, {"flat": flat})
    assert found.over_flat is not None
    assert found.over_flat.percent == pytest.approx(20.0)
    assert found.walked_against_flat is not None
    assert found.walked_against_flat.mean == 0.0
    assert found.walked_against_flat.error == pytest.approx(sqrt(2.0) / sqrt(2.0))
    assert found.waited_times_flat == pytest.approx(2.0)
    assert found.walked_share(2) == pytest.approx(1 / 40)
    assert (found.own, found.quotes, found.over_flat_door) == (None, None, None)


def test_the_standard_error_of_one_night_is_unknown() -> None:
    assert isnan(mean_error(np.array([1.0])).error)
    assert mean_error(np.array([0.0, 2.0])).error == pytest.approx(1.0)


def test_a_quote_is_kept_by_who_sits_by_the_latest() -> None:
    told = (
        KeptQuote(5, 10, 10, sat=True),
        KeptQuote(5, 10, 5, sat=False),
        KeptQuote(9, 12, 22, sat=True),
    )
    one = MinuteNight(seed=1, net=0.0, booked=(), walked=(), waited=0, quotes=told)
    found = quote_figures([one])
    assert found is not None
    assert found.kept == pytest.approx(1 / 3)
    assert found.pinball == pytest.approx((0.0 + 0.2 * 5 + 0.8 * 10) / 3)
