"""Comparing policies night by night: both met the same guests, so their nights are pairs.

The difference of a pair is free of what the night itself brought, which is most of the spread
(common random numbers; Law 2015, section 11.2).
"""

import math

import numpy as np
from msgspec import Struct

from policies.numeric.compiled import Floats

SURE = 1.645
"""Standard errors below the mean that a one-sided 95 % bound lies."""


class Gain(Struct, frozen=True):
    """A mean difference and its standard error, in percent of the mean compared with."""

    percent: float
    error: float

    @property
    def at_least(self) -> float:
        """The one-sided lower 95 % bound, in percent."""
        return self.percent - SURE * self.error


def mean(values: Floats) -> float:
    """Return the mean of [N] nights, nan for none."""
    return float(values.mean()) if len(values) else math.nan


def gain(ours: Floats, theirs: Floats) -> Gain:
    """Return by how much `ours` is above `theirs` [N], the same nights in the same order.

    The standard error is that of the paired differences. Raises ValueError when lengths differ or
    there are fewer than two nights.
    """
    if ours.shape != theirs.shape or len(ours) < 2:
        raise ValueError("pairs of at least two nights are compared")
    difference, against = ours - theirs, mean(theirs)
    error = float(difference.std(ddof=1)) / math.sqrt(len(difference))
    return Gain(100.0 * mean(difference) / against, 100.0 * error / against)


def ratio(ours: Floats, bound: Floats) -> float:
    """Return the share of the bound's money [N] that was reached, over all nights together."""
    return mean(ours) / mean(bound)


def best(candidates: dict[str, Floats]) -> str:
    """Return the name with the highest mean, the first of equals."""
    return max(candidates, key=lambda name: mean(candidates[name]))


def quantile(values: Floats, share: float) -> float:
    """Return the smallest value that at least `share` of [N] values do not exceed."""
    return float(np.quantile(values, share, method="inverted_cdf")) if len(values) else math.nan
