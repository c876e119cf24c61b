"""Fitting the lateness distribution: a mixture of a normal and a shifted exponential.

By expectation-maximisation (Dempster, Laird and Rubin 1977), with the prior weighing as much as
`PRIOR_ARRIVALS` arrivals; the truncation limits and `late_base` are not fitted.
"""

import math
from collections.abc import Sequence

import numpy as np
from msgspec.structs import replace

from policies.forecast.forecast import Lateness
from policies.forecast.past_night import PastNight
from policies.numeric.compiled import Floats

PRIOR_ARRIVALS = 50.0
"""Weight of the prior, in arrivals [A]."""

_ROUNDS = 60


def learned_lateness(prior: Lateness, nights: Sequence[PastNight]) -> Lateness:
    """Return the lateness fitted to the nights' arrivals, the prior where there are none."""
    minutes = np.sort(np.array([one for night in nights for one in night.late], np.float64))
    minutes = np.clip(minutes, prior.earliest, prior.latest)
    found = prior
    for _ in range(_ROUNDS if len(minutes) else 0):
        found = _m_step(prior, minutes, _late_probability(found, minutes))
    return found


def _late_probability(lateness: Lateness, minutes: Floats) -> Floats:
    """Return for each arrival the posterior probability of the exponential component (E step)."""
    beyond = minutes - lateness.late_base
    late = np.exp(-np.maximum(beyond, 0.0) / lateness.late_mean) / lateness.late_mean
    late *= beyond >= 0.0
    from_mean = (minutes - lateness.mean) / lateness.deviation
    prompt = np.exp(-(from_mean**2) / 2) / (lateness.deviation * math.sqrt(2 * math.pi))
    weighed = lateness.late_share * late
    found: Floats = weighed / np.maximum(weighed + (1 - lateness.late_share) * prompt, 1e-300)
    return found


def _m_step(prior: Lateness, minutes: Floats, late: Floats) -> Lateness:
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
