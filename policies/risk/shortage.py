"""How many others go without a table where more parties come than fit."""

from collections.abc import Sequence

import numpy as np

from policies.numeric.poisson_binomial import poisson_binomial_pmf


def others_short(others: Sequence[float], places: int) -> float:
    """Return how many others lack a table on average, when more come than fit and this one sits.

    E[N + 1 - places | N + 1 > places], N the shows of the others, each with its probability to be
    there; 0 where they never outnumber the tables left.
    """
    law = poisson_binomial_pmf(np.array(others, np.float64))
    excess = np.arange(len(law)) + 1 - places
    short = excess > 0
    chance = float(law[short].sum())
    return float(law[short] @ excess[short]) / chance if chance > 0.0 else 0.0
