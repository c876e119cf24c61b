"""Shares and means with their 95 % intervals, for reports of few and unlike observations."""

from collections.abc import Sequence
from math import sqrt
from statistics import NormalDist, fmean, stdev

from msgspec import Struct

_Z = NormalDist().inv_cdf(0.975)


class Share(Struct, frozen=True, kw_only=True):
    """`count` of `of`, and between which shares the true one lies (Wilson's interval)."""

    count: int
    of: int
    share: float
    low: float
    high: float


class Mean(Struct, frozen=True, kw_only=True):
    """The mean of `of` observations; its interval (Student's) is unknown for fewer than two."""

    of: int
    mean: float | None
    low: float | None = None
    high: float | None = None


def share(count: int, of: int) -> Share:
    """Return the share and Wilson's score interval (1927); of none, all is possible."""
    if of == 0:
        return Share(count=0, of=0, share=0.0, low=0.0, high=1.0)
    observed, spread = count / of, _Z * _Z / of
    middle = (observed + spread / 2) / (1 + spread)
    half = _Z * sqrt(observed * (1 - observed) / of + spread / (4 * of)) / (1 + spread)
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return Share(count=count, of=of, share=observed, low=low, high=high)


def mean(values: Sequence[float]) -> Mean:
    """Return the mean and its interval."""
    of = len(values)
    if of == 0:
        return Mean(of=0, mean=None)
    middle = fmean(values)
    if of == 1:
        return Mean(of=1, mean=middle)
    half = student(of - 1) * stdev(values) / sqrt(of)
    return Mean(of=of, mean=middle, low=middle - half, high=middle + half)


def student(freedom: int) -> float:
    """Return the 97.5 % quantile of Student's t: exact for up to 3 degrees of freedom.

    Above by the series of Abramowitz and Stegun 26.7.5, which errs by less than 0.01 there.
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
