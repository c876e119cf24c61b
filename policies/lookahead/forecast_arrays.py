"""A forecast as the kernels of the door read it, with the walk-ins its scenarios bring.

Walk-ins are drawn once a period, keyed by period, bucket and scenario, so that every decision of
an evening is weighed against the same ones (common random numbers).
"""

import math
from typing import NamedTuple

import numpy as np

from policies.forecast.forecast import SLOT_MINUTES, Forecast
from policies.house.grid import GRID_MINUTES
from policies.lookahead.room_arrays import DoorRoom
from policies.numeric.compiled import Floats, Ints, compiled
from policies.numeric.draws import ARRIVAL, PATIENCE, SIZE, mixed, uniform
from policies.risk.party_draws import buckets, late_by_bucket, stay_minutes, stay_rows

SLOT = SLOT_MINUTES // GRID_MINUTES
_MOST_IN_A_BUCKET = 40
_SHORTEST = 3
_WALKER = 1000
"""Where the purposes of walk-ins' draws begin."""


class Beliefs(NamedTuple):
    """A forecast as the kernels of the door read it, and the walk-ins it draws for S scenarios.

    `stays` [largest + 1, 3]: policies/risk/party_draws.py. `lateness` [D]: the chance to come at most so
    many buckets after the start, the first entry for `earliest`. `patience`: mean, minutes.
    `walkers` [S, N, 4]: arrival, size, last bucket of patience, stay, in order of arrival;
    `walkers_from` [S, B + 1]: the first of each bucket.
    """

    stays: Floats
    lateness: Floats
    earliest: int
    patience: float
    walkers: Ints
    walkers_from: Ints


def beliefs_of(forecast: Forecast, room: DoorRoom, seed: np.uint64, scenarios: int) -> Beliefs:
    """Return the beliefs of a period; `seed` keys its walk-ins."""
    stays = stay_rows(forecast, len(room.kind_class))
    earliest, lateness = late_by_bucket(forecast.lateness)
    shares = _shares(forecast.walk_in_sizes)[: len(room.kind_class)]
    expected = forecast.walk_ins * shares.sum() / SLOT
    rates = np.repeat(_shares(forecast.walk_in_slots) * expected, SLOT)
    sizes = np.cumsum(_shares(tuple(shares)))
    patience = forecast.patience_minutes
    walkers, starts = drawn_walkers(seed, scenarios, rates, sizes, stays, patience)
    return Beliefs(stays, lateness, earliest, patience, walkers, starts)


def _shares(weights: tuple[float, ...]) -> Floats:
    told = np.array(weights, np.float64)
    total = told.sum()
    return np.asarray(told / total if total > 0 else told)


@compiled
def drawn_walkers(
    seed: np.uint64, scenarios: int, rates: Floats, sizes: Floats, stays: Floats, patience: float
) -> tuple[Ints, Ints]:
    """Return the walk-ins of each scenario and where each bucket's begin (see Beliefs)."""
    starts = np.zeros((scenarios, len(rates) + 1), np.int64)
    for scenario in range(scenarios):
        for bucket in range(len(rates)):
            chance = uniform(seed + np.uint64(bucket), scenario, ARRIVAL)
            starts[scenario, bucket + 1] = starts[scenario, bucket] + poisson(rates[bucket], chance)
    walkers = np.zeros((scenarios, starts[:, -1].max(), 4), np.int64)
    for scenario in range(scenarios):
        for bucket in range(len(rates)):
            for place in range(starts[scenario, bucket], starts[scenario, bucket + 1]):
                key = mixed(seed, scenario, _WALKER + place)
                draw_walker(walkers[scenario, place], key, scenario, bucket, sizes, stays, patience)
    return walkers, starts


@compiled
def draw_walker(
    row: Ints,
    key: np.uint64,
    scenario: int,
    bucket: int,
    sizes: Floats,
    stays: Floats,
    patience: float,
) -> None:
    """Fill the row of a walk-in: arrival, size, last bucket of patience, stay."""
    size = 1
    while size < len(sizes) and uniform(key, scenario, SIZE) > sizes[size - 1]:
        size += 1
    row[0] = bucket
    row[1] = size
    row[2] = bucket + patience_buckets(key, scenario, patience)
    row[3] = stay_buckets(key, scenario, stays, size, 0)


@compiled
def poisson(rate: float, chance: float) -> int:
    """Return the Poisson quantile, by adding up the chances."""
    mass = below = math.exp(-rate)
    number = 0
    while below < chance and number < _MOST_IN_A_BUCKET:
        number += 1
        mass *= rate / number
        below += mass
    return number


@compiled
def patience_buckets(key: np.uint64, scenario: int, mean: float) -> int:
    """Return how long a walk-in goes on waiting: exponential, so the past does not matter."""
    return buckets(-mean * math.log(uniform(key, scenario, PATIENCE)))


@compiled
def stay_buckets(key: np.uint64, scenario: int, stays: Floats, size: int, elapsed: int) -> int:
    """Return the buckets a table is taken, given that it still is after `elapsed` (0: all)."""
    mean, deviation, reset = stays[size]
    sat = (elapsed + 0.5) * GRID_MINUTES - reset if elapsed > 0 else 0.0
    minutes = stay_minutes(key, scenario, mean, deviation, max(sat, 0.0)) + reset
    return max(buckets(minutes), elapsed + 1, _SHORTEST)
