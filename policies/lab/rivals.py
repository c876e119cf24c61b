"""The rivals: the rules houses use today, each given its best parameters in hindsight.

All accept in the order of asking, with mean stays, and hold nothing against a table: a promise is
a class and a time. A guest who is refused and flexible gets the nearest time within half an hour
that the rule allows.
"""

from typing import NamedTuple

import numpy as np
from msgspec import Struct

from policies.forecast.forecast import Forecast
from policies.house.grid import GRID_MINUTES
from policies.house.layout import WHOLE_ROOM, Layout
from policies.lab.nights import SLOT, Night
from policies.lab.play import Booked
from policies.numeric.compiled import Flags, Floats, Ints, compiled
from policies.numeric.draws import normal
from policies.risk.cascade import Capacity, overflow

STEPS = np.array([0, -SLOT, SLOT, -2 * SLOT, 2 * SLOT], np.int64)
"""Buckets from the wish, in the order to prefer them."""

COVER = 50.0
WALKED = 100.0
"""Money a cover: what a guest brings, and what one costs who was promised and walked."""


class Flat(Struct, frozen=True, kw_only=True):
    """Sell `beyond` (a share) more tables of each class than there are, less `held` for walk-ins.

    The held tables are spread over the classes as walk-ins are believed to want them, by largest
    remainders. `levels`: a flexible guest gets the least loaded of the times the rule allows
    within half an hour, even if the wish is free; of equals the nearest, then the earlier.
    """

    beyond: float = 0.0
    held: int = 0
    levels: bool = False


class Newsvendor(Struct, frozen=True, kw_only=True):
    """Sell covers up to the critical fractile of shows, of `filled` (a share) of the seats."""

    filled: float = 1.0


class Line(NamedTuple):
    """Requests [N] in the order of asking, as the rules see them, with what becomes of them.

    `rank`: size class. `stay`: believed, in buckets. `last`: the last bucket a stay may begin in.
    """

    asked: Floats
    size: Ints
    rank: Ints
    wish: Ints
    flexible: Flags
    cancels: Floats
    stay: Ints
    last: int


class Coming(NamedTuple):
    """What the newsvendor believes: who shows [N], who cancels; the seats it sells; how surely.

    `deviations`: standard deviations kept free above the expected covers.
    """

    shows: Floats
    cancelled: float
    seats: float
    deviations: float


def flat(night: Night, layout: Layout, believed: Forecast, rule: Flat) -> Booked:
    """Return what the flat rule accepts: at every bucket of the stay the cascade must hold.

    Tables of a class and joins are counted times 1 + `beyond`, rounded.
    """
    line = line_up(night, layout, believed)
    return _booked(_accept_flat(line, sold(layout, believed, rule), rule.levels))


def newsvendor(night: Night, layout: Layout, believed: Forecast, rule: Newsvendor) -> Booked:
    """Return what selling covers by the newsvendor's rule accepts.

    One more cover is worth its price while P(guests >= capacity) <= price / (price + penalty):
    Phillips, Pricing and Revenue Optimization (2005), 9.2, here with the covers present in every
    bucket, normal, independent parties and what is left of their chance to cancel.
    """
    asks = night.requests
    no_show = np.where(asks.phone, believed.no_show_phone, believed.no_show_online)
    seats = rule.filled * float(layout.table_seats.sum())
    deviations = normal(1.0 - COVER / (COVER + WALKED))
    coming = Coming(1.0 - no_show, believed.cancels, seats, deviations)
    return _booked(_accept_covers(line_up(night, layout, believed), coming))


def sold(layout: Layout, believed: Forecast, rule: Flat) -> Capacity:
    """Return the capacity the flat rule sells from: more than there is, less what is held."""
    there = layout.groups[WHOLE_ROOM]
    sizes = np.arange(1, len(believed.walk_in_sizes) + 1)
    ranks = np.minimum(np.searchsorted(layout.seats, sizes), len(layout.seats) - 1)
    wanted = np.zeros(len(layout.seats))
    np.add.at(wanted, ranks, believed.walk_in_sizes)
    more = np.rint((1.0 + rule.beyond) * there.tables).astype(np.int64)
    joins = np.rint((1.0 + rule.beyond) * there.join_count).astype(np.int64)
    tables = np.maximum(more - apportioned(rule.held, wanted), 0)
    return Capacity(
        tables[None, :], joins[None, :], there.join_member, there.join_uses, there.join_reach
    )


def line_up(night: Night, layout: Layout, believed: Forecast) -> Line:
    """Return the night's requests as the rules see them."""
    asks = night.requests
    return Line(
        asks.asked,
        asks.size,
        np.searchsorted(layout.seats, asks.size),
        asks.wish,
        asks.flexible,
        asks.cancels,
        believed_stays(believed, asks.size),
        max(SLOT * (len(believed.request_slots) - 1), int(asks.wish.max(initial=0))),
    )


def apportioned(count: int, weights: Floats) -> Ints:
    """Return `count` spread by `weights` [K], largest remainders first (Hamilton's method)."""
    exact = count * weights / weights.sum()
    whole: Ints = np.floor(exact).astype(np.int64)
    first = np.argsort(whole - exact, kind="stable")[: count - int(whole.sum())]
    whole[first] += 1
    return whole


def believed_stays(believed: Forecast, size: Ints) -> Ints:
    """Return the mean stays [N] with the reset, in whole buckets, rounded up."""
    mean = np.array(believed.stays)[np.minimum(size, len(believed.stays)) - 1]
    buckets = np.ceil((mean + believed.reset_minutes) / GRID_MINUTES)
    return np.asarray(buckets, np.int64)


def _booked(starts: Ints) -> Booked:
    number = np.flatnonzero(starts >= 0)
    return Booked(number, starts[number])


@compiled
def _accept_flat(line: Line, capacity: Capacity, levels: bool) -> Ints:  # noqa: FBT001
    """Return the promised start of every request, -1 where it is refused."""
    starts, gone = _empty(len(line.asked))
    busy = np.zeros((_buckets(line), capacity.tables.shape[1]), np.int64)
    work = np.zeros((2, capacity.tables.shape[1]), np.int64)
    for number in range(len(starts)):
        _give_back(line, number, starts, gone, busy)
        starts[number] = _start(line, number, capacity, levels, busy, work)
        if starts[number] >= 0:
            _put(busy, line.rank[number], starts[number], line.stay[number], 1)
    return starts


@compiled
def _empty(count: int) -> tuple[Ints, Flags]:
    return np.full(count, -1, np.int64), np.zeros(count, np.bool_)


@compiled
def _buckets(line: Line) -> int:
    return int(line.last + 1 + (line.stay.max() if len(line.stay) else 0))


@compiled
def _give_back(line: Line, number: int, starts: Ints, gone: Flags, busy: Ints) -> None:
    """Take out who cancelled before this request came."""
    for other in range(number):
        cancelled = line.cancels[other] <= line.asked[number]
        if cancelled and starts[other] >= 0 and not gone[other]:
            gone[other] = True
            _put(busy, line.rank[other], starts[other], line.stay[other], -1)


@compiled
def _start(
    line: Line,
    number: int,
    capacity: Capacity,
    levels: bool,  # noqa: FBT001
    busy: Ints,
    work: Ints,
) -> int:
    """Return the start the rule gives this request, -1 for none."""
    rank, stay = line.rank[number], line.stay[number]
    chosen, least = -1, np.inf
    for step in range(len(STEPS) if line.flexible[number] else 1):
        start = line.wish[number] + STEPS[step]
        if 0 <= start <= line.last and (levels or chosen < 0):
            load = busy[start : start + stay].sum() / stay
            if load < least and _fits(busy, rank, start, stay, capacity, work):
                chosen, least = start, load
    return chosen


@compiled
def _fits(busy: Ints, rank: int, start: int, stay: int, capacity: Capacity, work: Ints) -> bool:
    """Tell whether one more party of this class leaves nobody without a table in any bucket."""
    for bucket in range(start, start + stay):
        work[0, :] = busy[bucket]
        work[0, rank] += 1
        if overflow(capacity, 0, work) > 0:
            return False
    return True


@compiled
def _put(busy: Ints, rank: int, start: int, stay: int, parties: int) -> None:
    for bucket in range(start, start + stay):
        busy[bucket, rank] += parties


@compiled
def _accept_covers(line: Line, coming: Coming) -> Ints:
    """Return the promised start of every request, -1 where it is refused."""
    starts, _ = _empty(len(line.asked))
    crowd = np.zeros((2, _buckets(line)))
    for number in range(len(starts)):
        _count(line, coming, number, starts, crowd)
        starts[number] = _start_of_covers(line, coming, number, crowd)
    return starts


@compiled
def _count(line: Line, coming: Coming, number: int, starts: Ints, crowd: Floats) -> None:
    """Fill `crowd` [2, buckets]: mean and variance of the covers present, seen when asked."""
    crowd[:] = 0.0
    now = line.asked[number]
    for other in range(number):
        if starts[other] >= 0 and line.cancels[other] > now:
            chance = coming.shows[other] * _stands(line.asked[other], now, coming.cancelled)
            size, first = line.size[other], starts[other]
            for bucket in range(first, first + line.stay[other]):
                crowd[0, bucket] += chance * size
                crowd[1, bucket] += chance * (1.0 - chance) * size * size


@compiled
def _stands(asked: float, now: float, cancelled: float) -> float:
    """Return the chance that a booking alive at `now` is not cancelled before the doors open."""
    left = cancelled * (1.0 - now) / (1.0 - asked)
    return (1.0 - cancelled) / (1.0 - cancelled + left)


@compiled
def _start_of_covers(line: Line, coming: Coming, number: int, crowd: Floats) -> int:
    """Return the first time near enough at which the covers stay below the seats, or -1."""
    for step in range(len(STEPS) if line.flexible[number] else 1):
        start = line.wish[number] + STEPS[step]
        if 0 <= start <= line.last and _room_left(line, coming, number, start, crowd):
            return int(start)
    return -1


@compiled
def _room_left(line: Line, coming: Coming, number: int, start: int, crowd: Floats) -> bool:
    size = line.size[number]
    chance = coming.shows[number] * (1.0 - coming.cancelled)
    for bucket in range(start, start + line.stay[number]):
        variance = crowd[1, bucket] + chance * (1.0 - chance) * size * size
        covers = crowd[0, bucket] + chance * size
        if covers + coming.deviations * np.sqrt(variance) > coming.seats:
            return False
    return True
