"""The measured frontier: net against walked and waiting parties at each position of the knob."""

import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from statistics import fmean, stdev

import msgspec
from msgspec import Struct

from policies.value.frontier.positions import KnobPosition

FRONTIER = Path(__file__).with_name("frontier.json")

WAIT_MINUTES = 10
"""A promised party that waits longer is counted as waiting, also where a manager allows more."""


ERRORS_TO_TELL = 2.0
"""Standard errors from which a difference is told as one."""


class NightMean(Struct, frozen=True, kw_only=True):
    """A mean with its standard error, None where there is too little to have one."""

    mean: float
    error: float | None = None


class FrontierPoint(Struct, frozen=True, kw_only=True):
    """What a position brought and cost, in means a night of the benchmark's house.

    `net`: revenue less walked parties and gestures, in percent of the usual position's, paired by
    night. `walked`, `waiting`: promised parties that left unseated after 30 minutes, and that
    waited over WAIT_MINUTES, those among them. `booked`: promised parties. `waiting_share`: of the
    promised parties.
    """

    position: KnobPosition
    net: NightMean
    walked: NightMean
    waiting: NightMean
    booked: float
    walked_share: NightMean
    waiting_share: NightMean


class FrontierLoad(Struct, frozen=True, kw_only=True):
    """The frontier on nights with so many `requests` and `walk_ins`; points in the knob's order."""

    requests: float
    walk_ins: float
    points: tuple[FrontierPoint, ...]


class Frontier(Struct, frozen=True, kw_only=True):
    """The frontier at each load, the quietest first, and the nights it was measured on.

    `command` measures it again; `tables` of the benchmark's house.
    """

    command: str
    first_seed: int
    nights: int
    tables: int
    loads: tuple[FrontierLoad, ...]

    def load_like(self, requests_a_table: float) -> int:
        """Return the index of the load with the nearest number of requests for each table."""
        asked = [each.requests / self.tables for each in self.loads]
        return min(range(len(asked)), key=lambda place: abs(asked[place] - requests_a_table))


class FrontierFigures(Struct, frozen=True, kw_only=True):
    """What the frontier says of a place between two positions of the knob."""

    net: float
    walked_share: float
    waiting_share: float


def night_mean(counts: Sequence[float]) -> NightMean:
    """Return the mean of counts by night, at least one, with its standard error."""
    error = stdev(counts) / math.sqrt(len(counts)) if len(counts) > 1 else None
    return NightMean(mean=fmean(counts), error=error)


def share_of(parties: Sequence[float], booked: Sequence[float]) -> NightMean:
    """Return the share of the booked parties that were these, both by night; some were booked.

    The standard error is the ratio estimator's: waits come by night, not each for itself.
    """
    whole, nights = sum(booked), len(booked)
    share = sum(parties) / whole
    if nights < 2:
        return NightMean(mean=share)
    beside = (some - share * of for some, of in zip(parties, booked, strict=True))
    spread = math.sqrt(sum(each * each for each in beside) * nights / (nights - 1))
    return NightMean(mean=share, error=spread / whole)


def figures_at(load: FrontierLoad, place: float) -> FrontierFigures:
    """Return the figures at a place along the knob, by straight lines between the positions."""
    left = min(int(place), len(load.points) - 2)
    one, other, share = load.points[left], load.points[left + 1], place - left

    def between(a: float, b: float) -> float:
        return a + share * (b - a)

    return FrontierFigures(
        net=between(one.net.mean, other.net.mean),
        walked_share=between(one.walked_share.mean, other.walked_share.mean),
        waiting_share=between(one.waiting_share.mean, other.waiting_share.mean),
    )


def better_than(load: FrontierLoad, place: float) -> FrontierPoint | None:
    """Return the position that kept fewest waiting of those that brought no less than a place.

    Only of those that kept fewer waiting by more than ERRORS_TO_TELL standard errors, as if nights
    were not the same; None where there is none.
    """
    here, spread = figures_at(load, place), _error(load.points[round(place)])
    better = [
        each
        for each in load.points
        if each.net.mean >= here.net
        and here.waiting_share - each.waiting_share.mean
        > ERRORS_TO_TELL * math.hypot(spread, _error(each))
    ]
    return min(better, key=lambda each: each.waiting_share.mean, default=None)


def _error(point: FrontierPoint) -> float:
    error = point.waiting_share.error
    return math.inf if error is None else error


@cache
def frontier() -> Frontier:
    """Return the frontier in the package."""
    return msgspec.json.decode(FRONTIER.read_bytes(), type=Frontier)
