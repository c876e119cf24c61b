"""Random draws of one party in one scenario: cancellation, show, lateness, stay."""

import math

import numpy as np

from policies.forecast.forecast import Forecast, Lateness
from policies.house.grid import GRID_MINUTES
from policies.numeric.compiled import Floats, compiled
from policies.numeric.draws import CANCEL, LATE, LATENESS, SHOW, STAY, normal_quantile, uniform

MEAN, DEVIATION, LATE_SHARE, LATE_BASE, LATE_MEAN, EARLIEST, LATEST = range(7)


def lateness_row(forecast: Forecast) -> Floats:
    """Return the parameters of lateness [7], minutes and a share, indexed by MEAN to LATEST."""
    late = forecast.lateness
    return np.array(
        [late.mean, late.deviation, late.late_share, late.late_base, late.late_mean,
         late.earliest, late.latest]
    )  # fmt: skip


def stay_rows(forecast: Forecast, largest: int) -> Floats:
    """Return [largest + 1, 3]: log-mean and log-deviation of the stay by size, and the reset.

    Minutes; log-normal, with the forecast's mean.
    """
    sigma = math.sqrt(math.log1p(forecast.stay_cv**2))
    rows = np.empty((largest + 1, 3))
    for size in range(largest + 1):
        mean = forecast.stays[min(max(size, 1), len(forecast.stays)) - 1]
        rows[size] = math.log(mean) - sigma**2 / 2, sigma, forecast.reset_minutes
    return rows


@compiled
def cancel_chance(cancels: float, asked: float, now: float) -> float:
    """Return the probability that a booking alive at `now` is cancelled before the doors open.

    `cancels`: that probability when it was made, at `asked`. Times are shares of the booking
    window (0 first request, 1 doors open), cancel times uniform over [asked, 1]; so with rem =
    cancels (1 - now) / (1 - asked) left it is rem / (1 - cancels + rem).
    """
    if asked >= 1.0 or now >= 1.0:
        return 0.0
    left = cancels * (1.0 - max(now, asked)) / (1.0 - asked)
    return left / (1.0 - cancels + left)


@compiled
def cancel_draw_in(key: np.uint64, scenario: int, low: float, high: float) -> bool:
    """Tell whether the scenario's cancel draw lies in [low, high)."""
    return low <= uniform(key, scenario, CANCEL) < high


@compiled
def draw_show(key: np.uint64, scenario: int, no_show: float) -> bool:
    """Tell whether a booking not cancelled shows."""
    return uniform(key, scenario, SHOW) >= no_show


@compiled
def draw_late_minutes(key: np.uint64, scenario: int, parameters: Floats) -> float:
    """Return how long after its time the party comes, minutes, negative when early."""
    chance = uniform(key, scenario, LATENESS)
    if uniform(key, scenario, LATE) < parameters[LATE_SHARE]:
        minutes = parameters[LATE_BASE] - parameters[LATE_MEAN] * math.log(chance)
    else:
        minutes = parameters[MEAN] + parameters[DEVIATION] * normal_quantile(chance)
    return float(min(max(minutes, parameters[EARLIEST]), parameters[LATEST]))


@compiled
def draw_stay_minutes(
    key: np.uint64, scenario: int, mean: float, deviation: float, elapsed: float
) -> float:
    """Return the stay in minutes, given that the party has stayed `elapsed` already.

    Log-normal with these log-mean and log-deviation, truncated below at `elapsed`.
    """
    chance = uniform(key, scenario, STAY)
    if elapsed > 0.0:
        below = 0.5 * (1.0 + math.erf((math.log(elapsed) - mean) / deviation / math.sqrt(2.0)))
        below = min(below, 1.0 - 1e-9)
        chance = below + (1.0 - below) * chance
    return max(elapsed, math.exp(mean + deviation * normal_quantile(chance)))


@compiled
def buckets(minutes: float) -> int:
    """Return the nearest whole number of buckets."""
    return math.floor(minutes / GRID_MINUTES + 0.5)


@compiled
def survival_curve(stays: Floats, length: int) -> Floats:
    """Return [sizes, length]: the probability that a party is still there d buckets after seating.

    `stays` as `stay_rows` lays them out. Taken at mid-bucket: the mean occupancy of bucket d.
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


def lateness_cdf(late: Lateness) -> tuple[int, Floats]:
    """Return the first bucket of lateness, and the probability to have come by each [D]."""
    earliest, latest = round(late.earliest / GRID_MINUTES), round(late.latest / GRID_MINUTES)
    edges = (np.arange(earliest, latest + 1) + 0.5) * GRID_MINUTES
    chances = [_late_by(late, float(edge)) for edge in edges]
    chances[-1] = 1.0
    return earliest, np.array(chances)


def lateness_by_minute(late: Lateness) -> tuple[int, Floats]:
    """Return the first minute of lateness, and the probability to have come by each [D]."""
    earliest, latest = round(late.earliest), round(late.latest)
    chances = [_late_by(late, float(minute)) for minute in range(earliest, latest + 1)]
    chances[-1] = 1.0
    return earliest, np.array(chances)


def _late_by(late: Lateness, minutes: float) -> float:
    usual = 0.5 * math.erfc((late.mean - minutes) / late.deviation / math.sqrt(2.0))
    beyond = max(minutes - late.late_base, 0.0)
    return (1 - late.late_share) * usual + late.late_share * -math.expm1(-beyond / late.late_mean)
