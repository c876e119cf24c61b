"""How true told probabilities and quotes are: calibration error, AUC, reliability, pinball loss.

Arrays are [N], one entry an event told and observed; every figure of no events is nan.
"""

import math

import numpy as np
from msgspec import Struct

from policies.numeric.compiled import Flags, Floats

BINS = 10
"""Bins of equal count of a reliability curve."""


class ReliabilityBin(Struct, frozen=True):
    """A bin of a reliability curve: events, their mean told probability, their share happened."""

    count: int
    told: float
    happened: float


class Calibration(Struct, frozen=True, kw_only=True):
    """Told probabilities against what happened. `error`: expected calibration error."""

    count: int
    told: float
    happened: float
    error: float
    auc: float
    bins: tuple[ReliabilityBin, ...]

    @property
    def ratio(self) -> float:
        """Events told over events happened: nan for none at all, inf if only told."""
        return told_over_happened(self.told, self.happened)


def calibration_of(told: Floats, happened: Flags) -> Calibration:
    """Return the calibration; entries told nan (nothing was told) are left out."""
    known = ~np.isnan(told)
    told, happened = told[known], happened[known]
    bins = reliability(told, happened)
    return Calibration(
        count=len(told),
        told=float(told.sum()),
        happened=float(happened.sum()),
        error=calibration_error(bins),
        auc=auc(told, happened),
        bins=bins,
    )


def reliability(told: Floats, happened: Flags, bins: int = BINS) -> tuple[ReliabilityBin, ...]:
    """Return bins of equal count by told probability, ascending; fewer where events are fewer."""
    order = np.argsort(told, kind="stable")
    parts = np.array_split(order, min(bins, max(len(order), 1)))
    return tuple(
        ReliabilityBin(len(part), float(told[part].mean()), float(happened[part].mean()))
        for part in parts
        if len(part)
    )


def calibration_error(bins: tuple[ReliabilityBin, ...]) -> float:
    """Return the mean gap between told and happened, weighted by count (Naeini et al., 2015)."""
    count = sum(each.count for each in bins)
    gaps = sum(each.count * abs(each.told - each.happened) for each in bins)
    return gaps / count if count else math.nan


def auc(told: Floats, happened: Flags) -> float:
    """Return the probability that an event that happened was told higher; ties count half.

    The Mann-Whitney statistic (Hanley and McNeil, 1982); nan where all or none happened.
    """
    yes, no = told[happened], np.sort(told[~happened])
    if not len(yes) or not len(no):
        return math.nan
    below = np.searchsorted(no, yes, "left") + np.searchsorted(no, yes, "right")
    return float(below.mean() / (2.0 * len(no)))


def pinball(told: Floats, happened: Floats, level: float) -> float:
    """Return the mean pinball loss of told quantiles at `level` (Koenker and Bassett, 1978)."""
    gap = happened - told
    return float(np.maximum(level * gap, (level - 1.0) * gap).mean()) if len(gap) else math.nan


def told_over_happened(told: float, happened: float) -> float:
    """Return told over happened: nan for neither, inf for told only."""
    if happened:
        return told / happened
    return math.inf if told else math.nan
