"""Comparing policies on the same nights."""

from __future__ import annotations

import math

import numpy as np
import pytest

from policies.lab.compare import best_by_mean, mean_or_nan, paired_gain, quantile, ratio

NIGHTS = np.array([100.0, 200.0, 300.0, 400.0])


def test_a_constant_lead_has_no_error_however_different_the_nights() -> None:
    found = paired_gain(NIGHTS + 25.0, NIGHTS)
    assert found.percent == pytest.approx(10.0)
    assert found.error == pytest.approx(0.0)
    assert found.at_least == pytest.approx(10.0)


def test_the_error_is_that_of_the_paired_differences() -> None:
    found = paired_gain(NIGHTS + np.array([10.0, 20.0, 30.0, 40.0]), NIGHTS)
    deviation = math.sqrt((15.0**2 + 5.0**2 + 5.0**2 + 15.0**2) / 3)
    assert found.error == pytest.approx(100.0 * deviation / 2.0 / 250.0)
    assert found.at_least == pytest.approx(found.percent - 1.645 * found.error)


def test_pairs_need_the_same_nights() -> None:
    with pytest.raises(ValueError, match="pairs"):
        paired_gain(NIGHTS, NIGHTS[:3])
    with pytest.raises(ValueError, match="pairs"):
        paired_gain(NIGHTS[:1], NIGHTS[:1])


def test_the_ratio_weighs_nights_by_their_money() -> None:
    assert ratio(np.array([50.0, 300.0]), np.array([100.0, 300.0])) == pytest.approx(0.875)


def test_the_best_is_the_highest_mean_and_the_first_of_equals() -> None:
    assert best_by_mean({"a": NIGHTS, "b": NIGHTS + 1.0, "c": NIGHTS + 1.0}) == "b"


def test_a_quantile_is_one_of_the_values() -> None:
    assert quantile(NIGHTS, 0.5) == 200.0
    assert quantile(NIGHTS, 0.99) == 400.0
    assert math.isnan(quantile(np.zeros(0), 0.5))
    assert math.isnan(mean_or_nan(np.zeros(0)))
