"""How long parties stay: one common curve, moved for a size as far as its own sittings say.

Log minutes are averaged, because stays are log-normal. Believing stays too short is what hurts
(15 % too short costs 3-4 points and multiplies walked parties, SCIENCE.md), so a mean is taken one
sampling error longer than found: much while sittings are few, nothing when there are many.
"""

import math
from collections.abc import Sequence

from msgspec.structs import replace

from policies.forecast.forecast import Forecast
from policies.forecast.past_night import PastNight

COMMON_WEIGHT = 30.0
"""Sittings the prior curve counts for in the common factor [A]."""

SIZE_WEIGHT = 30.0
"""Sittings the common factor counts for in a size's own [A]."""

SPREAD_WEIGHT = 100.0
"""Sittings the prior's coefficient of variation counts for [A]."""

LONGEST_CAUTION = 0.2


def with_stays(prior: Forecast, nights: Sequence[PastNight]) -> Forecast:
    """Return the forecast with the stays of these nights; itself where nobody sat."""
    logs = _deviations(prior, nights)
    every = [one for size in logs for one in size]
    if not every:
        return prior
    sigma = _sigma(prior.stay_cv)
    common = math.fsum(every) / (COMMON_WEIGHT + len(every))
    own = [(SIZE_WEIGHT * common + math.fsum(size)) / (SIZE_WEIGHT + len(size)) for size in logs]
    spread = _spread(sigma, logs, own)
    change = (spread**2 - sigma**2) / 2
    longer = [
        mean + change + _error(spread, len(size), len(every))
        for mean, size in zip(own, logs, strict=True)
    ]
    stays = tuple(stay * math.exp(by) for stay, by in zip(prior.stays, longer, strict=True))
    return replace(prior, stays=stays, stay_cv=math.sqrt(math.expm1(spread**2)))


def with_caution(forecast: Forecast, caution: float) -> Forecast:
    """Return the forecast with stays believed longer by this share: the guests' protection.

    Raises ValueError outside 0 to 0.2.
    """
    if not 0.0 <= caution <= LONGEST_CAUTION:
        raise ValueError(f"stays are believed 0 to {LONGEST_CAUTION} longer, not {caution}")
    return replace(forecast, stays=tuple(stay * (1.0 + caution) for stay in forecast.stays))


def _deviations(prior: Forecast, nights: Sequence[PastNight]) -> list[list[float]]:
    """Return by size how far each log stay lies from the one expected; the largest size is last."""
    last = len(prior.stays) - 1
    middle = [math.log(stay) - _sigma(prior.stay_cv) ** 2 / 2 for stay in prior.stays]
    found: list[list[float]] = [[] for _ in prior.stays]
    for night in nights:
        for size, stays in enumerate(night.stays):
            row = min(size, last)
            found[row] += [math.log(stay) - middle[row] for stay in stays]
    return found


def _spread(sigma: float, logs: list[list[float]], own: list[float]) -> float:
    """Return the standard deviation of a log stay about its size's mean."""
    count = sum(map(len, logs))
    around = math.fsum(
        (one - mean) ** 2 for size, mean in zip(logs, own, strict=True) for one in size
    )
    return math.sqrt((SPREAD_WEIGHT * sigma**2 + around) / (SPREAD_WEIGHT + count))


def _error(spread: float, own: int, every: int) -> float:
    """Return the sampling error of a size's shrunk mean, its common part included."""
    common = SIZE_WEIGHT / (SIZE_WEIGHT + own) * math.sqrt(every) / (COMMON_WEIGHT + every)
    return spread * math.hypot(common, math.sqrt(own) / (SIZE_WEIGHT + own))


def _sigma(variation: float) -> float:
    return math.sqrt(math.log1p(variation**2))
