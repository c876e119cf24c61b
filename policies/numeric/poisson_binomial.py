"""The Poisson-binomial distribution: the number of successes of independent unequal trials.

Used for the number of booked parties that come: by Hall's condition the parties that need a size
class or a larger one must not outnumber the tables for them at any instant (policies/risk).
"""

from functools import lru_cache

import numpy as np

from policies.numeric.compiled import Floats, compiled

NEGLIGIBLE = 1e-10
"""Probability below which an outcome is dropped: some hundred of them, so the error is < 1e-8."""


Mass = dict[int, float]
"""Probability by number of successes."""


@compiled
def poisson_binomial_pmf(shows: Floats) -> Floats:
    """Return the probabilities [N + 1] of 0 .. N successes in trials of probabilities `shows` [N].

    Direct convolution, O(N^2) (Hong 2013).
    """
    law = np.zeros(len(shows) + 1)
    law[0] = 1.0
    for number in range(len(shows)):
        show = shows[number]
        for count in range(number + 1, 0, -1):
            law[count] = law[count] * (1.0 - show) + law[count - 1] * show
        law[0] *= 1.0 - show
    return law


@compiled
def overload_probability(shows: Floats, places: int) -> float:
    """Return P(number of shows > places)."""
    law = poisson_binomial_pmf(shows)
    total = 0.0
    for count in range(max(places + 1, 0), len(law)):
        total += law[count]
    return min(1.0, total)


@compiled
def overload_contribution(shows: Floats, which: int, places: int) -> float:
    """Return by how much party `which` raises the probability of an overload.

    That is p_i P(exactly `places` of the others come).
    """
    others = np.empty(len(shows) - 1)
    others[:which] = shows[:which]
    others[which:] = shows[which + 1 :]
    law = poisson_binomial_pmf(others)
    if 0 <= places < len(law):
        return float(shows[which] * law[places])
    return 0.0


@lru_cache(maxsize=4096)
def poisson_binomial(shows: tuple[float, ...]) -> Mass:
    """Return the distribution as a dict, without outcomes below `NEGLIGIBLE`.

    Direct convolution, O(n^2) (Hong 2013, "On computing the distribution function for the Poisson
    binomial distribution").
    """
    mass: Mass = {0: 1.0}
    for show in shows:
        grown: Mass = {}
        for number, value in mass.items():
            grown[number] = grown.get(number, 0.0) + value * (1.0 - show)
            grown[number + 1] = grown.get(number + 1, 0.0) + value * show
        mass = {number: value for number, value in grown.items() if value > NEGLIGIBLE}
    return mass
