"""Paired comparison of policies: both played the same nights.

The difference within a pair is free of the variance between nights, most of the total (common
random numbers; Law, Simulation Modeling and Analysis, 2015, section 11.2).
"""

import math

import numpy as np
from msgspec import Struct

from policies.numeric.compiled import Floats

Z_95 = 1.645
"""Standard normal quantile of a one-sided 95 % bound."""


class PairedGain(Struct, frozen=True):
    """A mean paired difference and its standard error, percent of the mean compared with."""

    percent: float
    error: float

    @property
    def at_least(self) -> float:
        """The one-sided lower 95 % bound, in percent."""
        return self.percent - Z_95 * self.error


def mean_or_nan(values: Floats) -> float:
    """Return the mean of [N] nights, nan for none."""
    return float(values.mean()) if len(values) else math.nan


def paired_gain(ours: Floats, theirs: Floats) -> PairedGain:
    """Return by how much `ours` is above `theirs` [N], the same nights in the same order.

    The standard error is that of the paired differences. Raises ValueError when lengths differ or
    there are fewer than two nights.
    """
    if ours.shape != theirs.shape or len(ours) < 2:
        raise ValueError("pairs of at least two nights are compared")
    difference, against = ours - theirs, mean_or_nan(theirs)
    error = float(difference.std(ddof=1)) / math.sqrt(len(difference))
    return PairedGain(100.0 * mean_or_nan(difference) / against, 100.0 * error / against)


def ratio(ours: Floats, bound: Floats) -> float:
    """Return the sum of `ours` over the sum of `bound` [N]."""
    return mean_or_nan(ours) / mean_or_nan(bound)


def best_by_mean(candidates: dict[str, Floats]) -> str:
    """Return the name with the highest mean, the first of equals."""
    return max(candidates, key=lambda name: mean_or_nan(candidates[name]))


def quantile(values: Floats, share: float) -> float:
    """Return the smallest value that at least `share` of [N] values do not exceed."""
    return float(np.quantile(values, share, method="inverted_cdf")) if len(values) else math.nan
