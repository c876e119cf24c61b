"""How true told probabilities are, by hand-worked values."""

from math import inf, isnan

import numpy as np
import pytest

from scripts.benchmark.minutes.calibration import (
    ReliabilityBin,
    auc,
    calibration_error,
    calibration_of,
    pinball,
    reliability,
    told_over_happened,
)

TOLD = np.array([0.8, 0.1, 0.4, 0.2])
HAPPENED = np.array([True, False, False, True])


def test_a_reliability_curve_has_bins_of_equal_count_in_the_order_of_what_was_told() -> None:
    low, high = reliability(TOLD, HAPPENED, bins=2)
    assert (low.count, low.happened, high.count, high.happened) == (2, 0.5, 2, 0.5)
    assert [low.told, high.told] == pytest.approx([0.15, 0.6])


def test_the_calibration_error_weighs_gaps_by_count() -> None:
    bins = (ReliabilityBin(3, 0.1, 0.2), ReliabilityBin(1, 0.9, 0.5))
    assert calibration_error(bins) == pytest.approx((3 * 0.1 + 0.4) / 4)
    assert calibration_error(reliability(TOLD, HAPPENED, bins=2)) == pytest.approx(0.225)


def test_auc_counts_pairs_told_in_the_right_order_and_ties_half() -> None:
    assert auc(TOLD, HAPPENED) == pytest.approx(3 / 4)
    assert auc(np.array([0.5, 0.5]), np.array([True, False])) == pytest.approx(0.5)
    assert isnan(auc(TOLD, np.ones(4, bool)))


def test_pinball_punishes_a_quantile_told_too_low_by_its_level() -> None:
    told, happened = np.array([10.0, 10.0]), np.array([20.0, 5.0])
    assert pinball(told, happened, 0.8) == pytest.approx((0.8 * 10 + 0.2 * 5) / 2)


def test_what_was_not_told_is_not_judged() -> None:
    found = calibration_of(np.array([np.nan, 0.5, 0.5]), np.array([True, True, False]))
    assert (found.count, found.told, found.happened, found.ratio) == (2, 1.0, 1.0, 1.0)


def test_told_over_happened_says_where_nothing_happened() -> None:
    assert told_over_happened(1.0, 0.0) == inf
    assert isnan(told_over_happened(0.0, 0.0))
    assert told_over_happened(1.0, 4.0) == pytest.approx(0.25)
