"""Common random numbers: a draw is a function of whose it is, the scenario and what for.

So any process that draws for the same reservation gets the same numbers, in any order, and two
decisions that are compared are compared on the same luck (common random numbers, L'Ecuyer 1994).
"""

import math
from uuid import UUID

import numpy as np

from policies.numeric.compiled import compiled

SHOW, CANCEL, LATE, LATENESS, STAY, SIZE, ARRIVAL, PATIENCE = range(1, 9)
"""What a draw is for; each is independent of the others."""

_MASK = (1 << 64) - 1


def key_of(subject: UUID) -> np.uint64:
    """Return the 64 bits a subject's draws are made from."""
    return np.uint64((subject.int ^ subject.int >> 64) & _MASK)


@compiled
def mixed(key: np.uint64, scenario: int, purpose: int) -> np.uint64:
    """Return 64 well mixed bits (the finaliser of SplitMix64; Steele, Lea and Flood 2014)."""
    bits = np.uint64(key) + np.uint64(scenario + 1) * np.uint64(0x9E3779B97F4A7C15)
    bits += np.uint64(purpose) * np.uint64(0xD1B54A32D192ED03)
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))


@compiled
def uniform(key: np.uint64, scenario: int, purpose: int) -> float:
    """Return a number in (0, 1), the same whenever it is asked for."""
    return (float(mixed(key, scenario, purpose) >> np.uint64(11)) + 0.5) / 9007199254740992.0


@compiled
def normal(chance: float) -> float:
    """Return the standard normal quantile; off by at most 4.5e-4 (Abramowitz, Stegun 26.2.23)."""
    tail = min(chance, 1.0 - chance)
    root = math.sqrt(-2.0 * math.log(tail))
    above = 2.515517 + root * (0.802853 + root * 0.010328)
    below = 1.0 + root * (1.432788 + root * (0.189269 + root * 0.001308))
    value = root - above / below
    return value if chance > 0.5 else -value
