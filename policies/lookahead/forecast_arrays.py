"""A forecast as arrays for the look-ahead's kernels, with the walk-ins drawn for each scenario.

Walk-ins are drawn once a period, keyed by period, bucket and scenario, so that all decisions of
an evening are compared on the same ones (common random numbers).
"""

import math
from typing import NamedTuple

import numpy as np

from policies.forecast.forecast import SLOT_MINUTES, Forecast
from policies.house.grid import GRID_MINUTES
from policies.lookahead.room_arrays import RoomArrays
from policies.numeric.compiled import Floats, Ints, compiled
from policies.numeric.draws import ARRIVAL, PATIENCE, SIZE, splitmix64, uniform
from policies.risk.party_draws import buckets, draw_stay_minutes, lateness_by_minute, stay_rows

SLOT_BUCKETS = SLOT_MINUTES // GRID_MINUTES
_MAX_PER_BUCKET = 40
_MIN_STAY = 3
_WALK_IN_PURPOSE = 1000
"""Walk-in n of a scenario draws its key with purpose `_WALK_IN_PURPOSE` + n."""


class ForecastArrays(NamedTuple):
    """A forecast, and the walk-ins drawn from it for S scenarios; times in buckets.

    `stays` [largest + 1, 3]: log-mean and log-deviation of the stay in minutes, reset minutes, by
    party size. `lateness` [D]: probability to have come by minute `earliest` + d after the start.
    `patience`: mean of a walk-in's, minutes. `walk_ins` [S, N, 4]: arrival, size, last bucket of
    patience, stay, in order of arrival; `walk_ins_from` [S, B + 1]: first row of each bucket.
    """

    stays: Floats
    lateness: Floats
    earliest: int
    patience: float
    walk_ins: Ints
    walk_ins_from: Ints


def build_forecast_arrays(
    forecast: Forecast, room: RoomArrays, seed: np.uint64, scenarios: int
) -> ForecastArrays:
    """Return the arrays of a period; `seed` keys its walk-ins."""
    stays = stay_rows(forecast, len(room.kind_class))
    earliest, lateness = lateness_by_minute(forecast.lateness)
    shares = _shares(forecast.walk_in_sizes)[: len(room.kind_class)]
    expected = forecast.walk_ins * shares.sum() / SLOT_BUCKETS
    rates = np.repeat(_shares(forecast.walk_in_slots) * expected, SLOT_BUCKETS)
    sizes = np.cumsum(_shares(tuple(shares)))
    patience = forecast.patience_minutes
    walk_ins, starts = draw_walk_ins(seed, scenarios, rates, sizes, stays, patience)
    return ForecastArrays(stays, lateness, earliest, patience, walk_ins, starts)


def _shares(weights: tuple[float, ...]) -> Floats:
    values = np.array(weights, np.float64)
    total = values.sum()
    return np.asarray(values / total if total > 0 else values)


@compiled
def draw_walk_ins(
    seed: np.uint64, scenarios: int, rates: Floats, sizes: Floats, stays: Floats, patience: float
) -> tuple[Ints, Ints]:
    """Return `walk_ins` and `walk_ins_from` of ForecastArrays; `rates` [B]: expected a bucket."""
    starts = np.zeros((scenarios, len(rates) + 1), np.int64)
    for scenario in range(scenarios):
        for bucket in range(len(rates)):
            chance = uniform(seed + np.uint64(bucket), scenario, ARRIVAL)
            starts[scenario, bucket + 1] = starts[scenario, bucket] + poisson_quantile(
                rates[bucket], chance
            )
    walk_ins = np.zeros((scenarios, starts[:, -1].max(), 4), np.int64)
    for scenario in range(scenarios):
        for bucket in range(len(rates)):
            for place in range(starts[scenario, bucket], starts[scenario, bucket + 1]):
                key = splitmix64(seed, scenario, _WALK_IN_PURPOSE + place)
                draw_walk_in(
                    walk_ins[scenario, place], key, scenario, bucket, sizes, stays, patience
                )
    return walk_ins, starts


@compiled
def draw_walk_in(
    row: Ints,
    key: np.uint64,
    scenario: int,
    bucket: int,
    sizes: Floats,
    stays: Floats,
    patience: float,
) -> None:
    """Fill the row [4] of a walk-in: arrival, size, last bucket of patience, stay."""
    size = 1
    while size < len(sizes) and uniform(key, scenario, SIZE) > sizes[size - 1]:
        size += 1
    row[0] = bucket
    row[1] = size
    row[2] = bucket + patience_buckets(key, scenario, patience)
    row[3] = stay_steps(key, scenario, stays, size, 0)


@compiled
def poisson_quantile(rate: float, chance: float) -> int:
    """Return the Poisson quantile of `chance`, by summing the probabilities."""
    mass = below = math.exp(-rate)
    number = 0
    while below < chance and number < _MAX_PER_BUCKET:
        number += 1
        mass *= rate / number
        below += mass
    return number


@compiled
def patience_buckets(key: np.uint64, scenario: int, mean: float) -> int:
    """Return how many more buckets a walk-in waits: exponential, so memoryless."""
    return buckets(-mean * math.log(uniform(key, scenario, PATIENCE)))


@compiled
def stay_steps(key: np.uint64, scenario: int, stays: Floats, size: int, sat: int) -> int:
    """Return for how many more steps a table is taken by a party seated `sat` minutes ago.

    At least until the party, drawn to stay beyond `sat`, has gone and the table is reset: steps
    are 5 minutes apart, and a table that clears between two is free at the later one.
    """
    mean, deviation, reset = stays[size]
    minutes = draw_stay_minutes(key, scenario, mean, deviation, max(sat - reset, 0.0)) + reset
    least = 1 if sat > 0 else _MIN_STAY
    return int(max(math.ceil((minutes - sat) / GRID_MINUTES), least))
