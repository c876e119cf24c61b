"""Wait quotes: the mean wait simulated by the look-ahead times a scale learned from outcomes.

Simulated is the wait of a party that stays, with no table held back for promised parties yet to
come: held back in every scenario, a walk-in would often not be seated at all; what the door does
hold back is learned by the scale. The scale is tracked per bin so that a nominal share of quotes
is kept:
  scale += step x (nominal share - 1 if kept else 0)
(a quantile by stochastic approximation, Robbins and Monro 1951; online conformal prediction,
Gibbs and Candes 2021).
"""

import math

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from policies.house.grid import GRID_MINUTES
from policies.lookahead.base_rule import LEAVES, SimulationRun, simulate
from policies.lookahead.board import TableBoard, reset_board
from policies.lookahead.room_arrays import RoomArrays
from policies.lookahead.scenarios import NEVER, ScenarioSet
from policies.numeric.compiled import Floats, Ints, compiled

BIN_BOUNDS = (15.0, 40.0)
"""Simulated minutes that separate short, middle and long waits."""

MIN_SCALE, MAX_SCALE = 0.2, 5.0


class QuoteScales(Struct, frozen=True):
    """The factor on a simulated wait in each bin (short, middle, long), carried over evenings.

    Defaults: as learned on some 300 synthetic nights of three loads. `kept`: nominal share of
    quotes kept (.78 to .84 is acceptable). `step`: gain of one outcome.
    """

    scales: tuple[float, float, float] = (2.0, 1.1, 1.15)
    kept: float = 0.81
    step: float = 0.015


class Quote(Struct, frozen=True):
    """`minutes` quoted to the guest; `simulated`: mean simulated wait, and the bin it falls in."""

    minutes: int
    simulated: float
    bin: int


class QuoteOutcome(Struct, frozen=True):
    """Minutes from the quote until the party was seated (`sat`) or left."""

    waited: int
    sat: bool


def quote(simulated: float, scales: QuoteScales) -> Quote:
    """Return the quote for a mean simulated wait in minutes, rounded up to 5."""
    place = sum(simulated >= bound for bound in BIN_BOUNDS)
    scaled = simulated * scales.scales[place]
    rounded = math.ceil(round(scaled / GRID_MINUTES, 6)) * GRID_MINUTES
    return Quote(max(rounded, GRID_MINUTES), simulated, place)


def update_scales(
    scales: QuoteScales, quoted: Quote, outcome: QuoteOutcome, patience: float
) -> QuoteScales:
    """Return the scales after an outcome: a missed quote raises its bin's, a kept one lowers it.

    A party that left before the quoted time is censored and changes nothing. Kept quotes are
    weighted by exp((waited - quoted) / patience), misses by 1: the inverse probability of being
    observed, relative to a miss, with exponential patience of mean `patience` minutes (inverse
    probability of censoring weighting, Robins and Rotnitzky 1992).
    """
    kept = outcome.sat and outcome.waited <= quoted.minutes
    if not outcome.sat and outcome.waited <= quoted.minutes:
        return scales
    weight = math.exp((outcome.waited - quoted.minutes) / patience) if kept else 1.0
    moved = scales.scales[quoted.bin] + scales.step * weight * (scales.kept - kept)
    moved = min(max(moved, MIN_SCALE), MAX_SCALE)
    bins = [*scales.scales]
    bins[quoted.bin] = moved
    return replace(scales, scales=(bins[0], bins[1], bins[2]))


@compiled
def simulated_waits(
    room: RoomArrays,
    board: TableBoard,
    scenario_set: ScenarioSet,
    decided: Ints,
    now: int,
    position: int,
) -> Floats:
    """Return the wait in minutes in each scenario [S] if the party at `position` never leaves.

    All parties of the queue are taken as decided for now; no table is held back for parties not
    yet here. Waits are cut at the end of the scenarios.
    """
    length = scenario_set.due.shape[1]
    nobody = np.zeros_like(scenario_set.due[0])
    seated, rows = np.zeros_like(decided), np.zeros_like(decided)
    waits = np.empty(len(scenario_set.until))
    last = np.flatnonzero(scenario_set.crowd[0, : scenario_set.counts[0], 0] <= now)[-1]
    for scenario in range(len(waits)):
        crowd = scenario_set.crowd[scenario, : scenario_set.counts[scenario]]
        leaves, crowd[position, LEAVES] = crowd[position, LEAVES], NEVER
        seated[:] = decided
        reset_board(room, board, scenario_set.until[scenario])
        simulate(room, board, SimulationRun(crowd, nobody, seated, rows), now, last)
        crowd[position, LEAVES] = leaves
        steps = seated[position] - now if seated[position] >= 0 else length
        waits[scenario] = steps * GRID_MINUTES
    return waits
