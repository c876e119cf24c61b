"""When guests come: most about their time, some by a base and an exponential later.

The mixture is fitted by expectation and maximisation (Dempster, Laird and Rubin 1977), the prior
counting for as many arrivals as `PRIOR_ARRIVALS`; the cuts at either end stay as they are.
"""

import math
from collections.abc import Sequence

import numpy as np
from msgspec.structs import replace

from policies.forecast.forecast import Lateness
from policies.forecast.past_night import PastNight
from policies.numeric.compiled import Floats

PRIOR_ARRIVALS = 50.0
"""Arrivals the prior counts for [A]."""

_ROUNDS = 60


def learned_lateness(prior: Lateness, nights: Sequence[PastNight]) -> Lateness:
    """Return the lateness these nights teach; the prior itself where nobody came."""
    minutes = np.sort(np.array([one for night in nights for one in night.late], np.float64))
    minutes = np.clip(minutes, prior.earliest, prior.latest)
    found = prior
    for _ in range(_ROUNDS if len(minutes) else 0):
        found = _refitted(prior, minutes, _late(found, minutes))
    return found


def _late(belief: Lateness, minutes: Floats) -> Floats:
    """Return the probability of each arrival that it belongs to the late ones."""
    beyond = minutes - belief.late_base
    late = np.exp(-np.maximum(beyond, 0.0) / belief.late_mean) / belief.late_mean * (beyond >= 0.0)
    from_mean = (minutes - belief.mean) / belief.deviation
    prompt = np.exp(-(from_mean**2) / 2) / (belief.deviation * math.sqrt(2 * math.pi))
    weighed = belief.late_share * late
    found: Floats = weighed / np.maximum(weighed + (1 - belief.late_share) * prompt, 1e-300)
    return found


def _refitted(prior: Lateness, minutes: Floats, late: Floats) -> Lateness:
    prompt, tail = 1.0 - late, float(late.sum())
    few_late = PRIOR_ARRIVALS * prior.late_share
    few = PRIOR_ARRIVALS - few_late
    near = few + float(prompt.sum())
    mean = (few * prior.mean + float(prompt @ minutes)) / near
    square = few * (prior.deviation**2 + (mean - prior.mean) ** 2)
    beyond = float(late @ (minutes - prior.late_base))
    return replace(
        prior,
        mean=mean,
        deviation=math.sqrt((square + float(prompt @ (minutes - mean) ** 2)) / near),
        late_share=(few_late + tail) / (PRIOR_ARRIVALS + len(minutes)),
        late_mean=(few_late * prior.late_mean + beyond) / max(few_late + tail, 1e-9),
    )
