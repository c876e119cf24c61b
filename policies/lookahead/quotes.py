"""Quoting a wait: what the look-ahead expects, times what quotes turned out to need.

The raw figure is the mean simulated wait of a party that stays, with nothing held back for others
(otherwise the imagined walk-in starves; the real door's holding back is in the scale). The scale
is tracked online per bin so that a nominal share of quotes is kept (a quantile by stochastic
approximation; Robbins and Monro 1951; online conformal: Gibbs and Candes 2021).
"""

import math

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from policies.house.grid import GRID_MINUTES
from policies.lookahead.base_rule import LEAVES, Course, play_out
from policies.lookahead.board import Board, lay
from policies.lookahead.room_arrays import DoorRoom
from policies.lookahead.scenarios import NEVER, Outlook
from policies.numeric.compiled import Floats, Ints, compiled

BINS = (15.0, 40.0)
"""Simulated minutes that part short, middle and long waits."""

SMALLEST, LARGEST = 0.2, 5.0


class QuoteScales(Struct, frozen=True):
    """What a simulated wait is multiplied by in each bin; kept from evening to evening.

    At first what some 300 nights of three loads in the lab came to: short waits last twice what is
    simulated. `kept`: the share of quotes that should hold (between
    .78 and .84 they are thought honest). `step`: how far one outcome moves a scale.
    """

    scales: tuple[float, float, float] = (2.0, 1.1, 1.15)
    kept: float = 0.81
    step: float = 0.015


class Quote(Struct, frozen=True):
    """`minutes` told to the guest, `simulated` minutes behind them, and the bin they fall in."""

    minutes: int
    simulated: float
    bin: int


class Outcome(Struct, frozen=True):
    """The minutes until a quoted party sat down, or left."""

    waited: int
    sat: bool


def quote(simulated: float, scales: QuoteScales) -> Quote:
    """Return the quote for a simulated mean wait in minutes, rounded up to five."""
    place = sum(simulated >= bound for bound in BINS)
    scaled = simulated * scales.scales[place]
    rounded = math.ceil(round(scaled / GRID_MINUTES, 6)) * GRID_MINUTES
    return Quote(max(rounded, GRID_MINUTES), simulated, place)


def learned(scales: QuoteScales, told: Quote, outcome: Outcome, patience: float) -> QuoteScales:
    """Return the scales after an outcome: a miss stretches its bin, a kept quote shrinks it.

    Who left before the quote had passed teaches nothing, and the longer the wait the more leave.
    Therefore a kept quote counts as many times less than a miss as it was likelier to be seen
    (inverse probability of censoring; Robins and Rotnitzky 1992), with exponential patience of
    mean `patience` minutes.
    """
    kept = outcome.sat and outcome.waited <= told.minutes
    if not outcome.sat and outcome.waited <= told.minutes:
        return scales
    weight = math.exp((outcome.waited - told.minutes) / patience) if kept else 1.0
    moved = scales.scales[told.bin] + scales.step * weight * (scales.kept - kept)
    moved = min(max(moved, SMALLEST), LARGEST)
    bins = [*scales.scales]
    bins[told.bin] = moved
    return replace(scales, scales=(bins[0], bins[1], bins[2]))


@compiled
def simulated_waits(
    room: DoorRoom, board: Board, outlook: Outlook, known: Ints, now: int, position: int
) -> Floats:
    """Return the wait in minutes in each scenario [S] if the party at `position` stays.

    Everybody in the queue has been decided for now; nothing is held for who is not here yet. A
    wait is cut at the end of the outlook.
    """
    length = outlook.due.shape[1]
    nobody = np.zeros_like(outlook.due[0])
    seated, rows = np.zeros_like(known), np.zeros_like(known)
    waits = np.empty(len(outlook.until))
    last = np.flatnonzero(outlook.crowd[0, : outlook.counts[0], 0] <= now)[-1]
    for scenario in range(len(waits)):
        crowd = outlook.crowd[scenario, : outlook.counts[scenario]]
        leaves, crowd[position, LEAVES] = crowd[position, LEAVES], NEVER
        seated[:] = known
        lay(room, board, outlook.until[scenario])
        play_out(room, board, Course(crowd, nobody, seated, rows), now, last)
        crowd[position, LEAVES] = leaves
        steps = seated[position] - now if seated[position] >= 0 else length
        waits[scenario] = steps * GRID_MINUTES
    return waits
