"""One party's luck in one scenario: does it come, when, and how long does it stay."""

import math

import numpy as np

from policies.forecast.forecast import Forecast, Lateness
from policies.house.grid import GRID_MINUTES
from policies.numeric.compiled import Floats, compiled
from policies.numeric.draws import CANCEL, LATE, LATENESS, SHOW, STAY, normal, uniform

MEAN, DEVIATION, LATE_SHARE, LATE_BASE, LATE_MEAN, EARLIEST, LATEST = range(7)


def lateness_row(forecast: Forecast) -> Floats:
    """Return the lateness beliefs [7] as the kernels read them, minutes and a share."""
    late = forecast.lateness
    return np.array(
        [late.mean, late.deviation, late.late_share, late.late_base, late.late_mean,
         late.earliest, late.latest]
    )  # fmt: skip


def stay_rows(forecast: Forecast, largest: int) -> Floats:
    """Return [largest + 1, 3]: log-mean and log-deviation of the stay by size, and the reset.

    Minutes; log-normal, so that the mean is the forecast's.
    """
    sigma = math.sqrt(math.log1p(forecast.stay_cv**2))
    rows = np.empty((largest + 1, 3))
    for size in range(largest + 1):
        mean = forecast.stays[min(max(size, 1), len(forecast.stays)) - 1]
        rows[size] = math.log(mean) - sigma**2 / 2, sigma, forecast.reset_minutes
    return rows


@compiled
def cancel_chance(cancels: float, asked: float, now: float) -> float:
    """Return the chance that a booking alive at `now` is cancelled before the doors open.

    `cancels`: the chance when it was made, at `asked`; cancel times are uniform over what is left
    of the booking window, in which all times are shares (0 first request, 1 doors open).
    """
    if asked >= 1.0 or now >= 1.0:
        return 0.0
    left = cancels * (1.0 - max(now, asked)) / (1.0 - asked)
    return left / (1.0 - cancels + left)


@compiled
def cancelled(key: np.uint64, scenario: int, low: float, high: float) -> bool:
    """Tell whether the scenario's cancel draw lies in [low, high)."""
    return low <= uniform(key, scenario, CANCEL) < high


@compiled
def comes(key: np.uint64, scenario: int, no_show: float) -> bool:
    """Tell whether a booking not cancelled comes."""
    return uniform(key, scenario, SHOW) >= no_show


@compiled
def late_minutes(key: np.uint64, scenario: int, beliefs: Floats) -> float:
    """Return how long after its time the party comes, minutes, negative when early."""
    chance = uniform(key, scenario, LATENESS)
    if uniform(key, scenario, LATE) < beliefs[LATE_SHARE]:
        minutes = beliefs[LATE_BASE] - beliefs[LATE_MEAN] * math.log(chance)
    else:
        minutes = beliefs[MEAN] + beliefs[DEVIATION] * normal(chance)
    return float(min(max(minutes, beliefs[EARLIEST]), beliefs[LATEST]))


@compiled
def stay_minutes(
    key: np.uint64, scenario: int, mean: float, deviation: float, elapsed: float
) -> float:
    """Return the stay in minutes, given that the party has stayed `elapsed` already.

    Log-normal with these log-mean and log-deviation, cut below at `elapsed` by its distribution.
    """
    chance = uniform(key, scenario, STAY)
    if elapsed > 0.0:
        below = 0.5 * (1.0 + math.erf((math.log(elapsed) - mean) / deviation / math.sqrt(2.0)))
        below = min(below, 1.0 - 1e-9)
        chance = below + (1.0 - below) * chance
    return max(elapsed, math.exp(mean + deviation * normal(chance)))


@compiled
def buckets(minutes: float) -> int:
    """Return the nearest whole number of buckets."""
    return math.floor(minutes / GRID_MINUTES + 0.5)


@compiled
def survival(stays: Floats, length: int) -> Floats:
    """Return [sizes, length]: the chance that a party sits still d buckets after it sat down.

    `stays` as `stay_rows` lays them out. Half a bucket in: what it takes of bucket d on average.
    """
    chances = np.empty((len(stays), length))
    for size in range(len(stays)):
        for ahead in range(length):
            minutes = (ahead + 0.5) * GRID_MINUTES - stays[size, 2]
            chances[size, ahead] = 1.0
            if minutes > 0.0:
                far = (math.log(minutes) - stays[size, 0]) / stays[size, 1]
                chances[size, ahead] = 0.5 * math.erfc(far / math.sqrt(2.0))
    return chances


def late_by_bucket(late: Lateness) -> tuple[int, Floats]:
    """Return the first bucket of lateness and the chance to come by each from it on [D]."""
    earliest, latest = round(late.earliest / GRID_MINUTES), round(late.latest / GRID_MINUTES)
    edges = (np.arange(earliest, latest + 1) + 0.5) * GRID_MINUTES
    chances = [_late_by(late, float(edge)) for edge in edges]
    chances[-1] = 1.0
    return earliest, np.array(chances)


def _late_by(late: Lateness, minutes: float) -> float:
    usual = 0.5 * math.erfc((late.mean - minutes) / late.deviation / math.sqrt(2.0))
    beyond = max(minutes - late.late_base, 0.0)
    return (1 - late.late_share) * usual + late.late_share * -math.expm1(-beyond / late.late_mean)
