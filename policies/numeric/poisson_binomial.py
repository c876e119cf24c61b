"""How many of those expected come, exactly: the Poisson-binomial law, compiled.

The same law as policies/risk/overflow.py, for one class at one instant: by Hall's condition the
parties that need a class or a larger one must not outnumber the places for them.
"""

from functools import lru_cache

import numpy as np

from policies.numeric.compiled import Floats, compiled

NEGLIGIBLE = 1e-10
"""Probability below which an outcome is left out; some hundred are, so the error is under 1e-8."""


Mass = dict[int, float]
"""Probability by number."""


@compiled
def poisson_binomial_law(shows: Floats) -> Floats:
    """Return [N + 1]: the chance that 0 .. N of the N parties come, each with its own chance.

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
def overload(shows: Floats, places: int) -> float:
    """Return the chance that more come than there are places."""
    law = poisson_binomial_law(shows)
    total = 0.0
    for count in range(max(places + 1, 0), len(law)):
        total += law[count]
    return min(1.0, total)


@compiled
def weight_of(shows: Floats, which: int, places: int) -> float:
    """Return by how much party number `which` raises the chance of an overload."""
    others = np.empty(len(shows) - 1)
    others[:which] = shows[:which]
    others[which:] = shows[which + 1 :]
    law = poisson_binomial_law(others)
    if 0 <= places < len(law):
        return float(shows[which] * law[places])
    return 0.0


@lru_cache(maxsize=4096)
def poisson_binomial(shows: tuple[float, ...]) -> Mass:
    """Return how many come, each independently with its probability.

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
