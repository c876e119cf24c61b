"""Common random numbers: a draw is a hash of the subject's key, the scenario and the purpose.

Every process draws the same numbers for the same reservation, in any order, and alternatives are
compared on the same scenarios, which reduces the variance of their difference (L'Ecuyer 1994).
"""

import math
from uuid import UUID

import numpy as np

from policies.numeric.compiled import compiled

SHOW, CANCEL, LATE, LATENESS, STAY, SIZE, ARRIVAL, PATIENCE = range(1, 9)
"""Purposes of a draw; draws for different purposes are independent."""

_MASK = (1 << 64) - 1


def draw_key(subject: UUID) -> np.uint64:
    """Return the 64-bit key of a subject: the halves of its UUID, combined by XOR."""
    return np.uint64((subject.int ^ subject.int >> 64) & _MASK)


@compiled
def splitmix64(key: np.uint64, scenario: int, purpose: int) -> np.uint64:
    """Return 64 hashed bits by the finaliser of SplitMix64 (Steele, Lea and Flood 2014)."""
    bits = np.uint64(key) + np.uint64(scenario + 1) * np.uint64(0x9E3779B97F4A7C15)
    bits += np.uint64(purpose) * np.uint64(0xD1B54A32D192ED03)
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))


@compiled
def uniform(key: np.uint64, scenario: int, purpose: int) -> float:
    """Return a uniform number in (0, 1), determined by the arguments."""
    return (float(splitmix64(key, scenario, purpose) >> np.uint64(11)) + 0.5) / 9007199254740992.0


@compiled
def normal_quantile(chance: float) -> float:
    """Return the standard normal quantile, error below 4.5e-4 (Abramowitz and Stegun 26.2.23)."""
    tail = min(chance, 1.0 - chance)
    root = math.sqrt(-2.0 * math.log(tail))
    above = 2.515517 + root * (0.802853 + root * 0.010328)
    below = 1.0 + root * (1.432788 + root * (0.189269 + root * 0.001308))
    value = root - above / below
    return value if chance > 0.5 else -value
