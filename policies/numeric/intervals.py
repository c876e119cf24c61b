"""Shares and means with 95 % confidence intervals, for reports on small samples."""

from collections.abc import Sequence
from math import sqrt
from statistics import NormalDist, fmean, stdev

from msgspec import Struct

_Z = NormalDist().inv_cdf(0.975)


class ShareInterval(Struct, frozen=True, kw_only=True):
    """The share `count` / `of` with Wilson's interval."""

    count: int
    of: int
    share: float
    low: float
    high: float


class MeanInterval(Struct, frozen=True, kw_only=True):
    """The mean of `of` observations with Student's interval, None for fewer than two."""

    of: int
    mean: float | None
    low: float | None = None
    high: float | None = None


def wilson_interval(count: int, of: int) -> ShareInterval:
    """Return the share with its score interval (Wilson 1927); 0 to 1 where `of` is 0."""
    if of == 0:
        return ShareInterval(count=0, of=0, share=0.0, low=0.0, high=1.0)
    observed, spread = count / of, _Z * _Z / of
    middle = (observed + spread / 2) / (1 + spread)
    half = _Z * sqrt(observed * (1 - observed) / of + spread / (4 * of)) / (1 + spread)
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return ShareInterval(count=count, of=of, share=observed, low=low, high=high)


def student_interval(values: Sequence[float]) -> MeanInterval:
    """Return the mean and the interval mean +- t s / sqrt(n)."""
    of = len(values)
    if of == 0:
        return MeanInterval(of=0, mean=None)
    middle = fmean(values)
    if of == 1:
        return MeanInterval(of=1, mean=middle)
    half = student_quantile(of - 1) * stdev(values) / sqrt(of)
    return MeanInterval(of=of, mean=middle, low=middle - half, high=middle + half)


def student_quantile(freedom: int) -> float:
    """Return the 97.5 % quantile of Student's t: tabulated for up to 3 degrees of freedom.

    From 4 on by the expansion of Abramowitz and Stegun 26.7.5, error below 0.01.
    """
    exact = {1: 12.7062, 2: 4.30265, 3: 3.18245}
    if freedom in exact:
        return exact[freedom]
    z, v = _Z, freedom
    return (
        z
        + (z**3 + z) / (4 * v)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * v**3)
    )
