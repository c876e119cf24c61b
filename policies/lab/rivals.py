"""Rival acceptance rules: flat overbooking and the newsvendor rule on covers.

The benchmark gives each the parameters that were best in hindsight. All accept in the order of
asking, count mean stays, and promise a class and a time, not a table. A flexible guest whose wish
is refused gets the nearest start within half an hour that the rule allows.
"""

from typing import NamedTuple

import numpy as np
from msgspec import Struct

from policies.forecast.forecast import Forecast
from policies.house.grid import GRID_MINUTES
from policies.house.layout import WHOLE_ROOM, Layout
from policies.lab.nights import SLOT_BUCKETS, SyntheticNight
from policies.lab.play import AcceptedRequests
from policies.numeric.compiled import Flags, Floats, Ints, compiled
from policies.numeric.draws import normal_quantile
from policies.risk.cascade import Capacity, cascade_overflow

START_OFFSETS = np.array(
    [0, -SLOT_BUCKETS, SLOT_BUCKETS, -2 * SLOT_BUCKETS, 2 * SLOT_BUCKETS], np.int64
)
"""Offsets in buckets from the wish, in order of preference."""

COVER_VALUE = 50.0
WALKED_COST = 100.0
"""Money a cover: revenue of a seated one, cost of a walked one."""


class FlatRule(Struct, frozen=True, kw_only=True, tag=True):
    """Sell the share `overbooking` more tables of each class than exist, less `held` for walk-ins.

    Held tables are spread over the classes by believed walk-in demand (largest remainders).
    `level_load`: a flexible guest gets the least loaded start the rule allows within half an hour,
    even if the wish is free; of equals the nearest, then the earlier. `hold_ahead`: minutes before
    its start from which the base rule at the door holds a table back for a promise.
    """

    overbooking: float = 0.0
    held: int = 0
    level_load: bool = False
    hold_ahead: int = 20


class NewsvendorRule(Struct, frozen=True, kw_only=True):
    """Sell covers up to the critical fractile of shows, against `seat_share` of the seats."""

    seat_share: float = 1.0


class RequestArrays(NamedTuple):
    """Requests [N] in the order of asking, as the rules see them; times in buckets.

    `rank`: size class, K for a party larger than every table or join, which both rules refuse;
    `fits`: not so. `cancels`: read only once that time has passed. `stay`: believed mean.
    `last`: last bucket a stay may start in.
    """

    asked: Floats
    size: Ints
    rank: Ints
    fits: Flags
    wish: Ints
    flexible: Flags
    cancels: Floats
    stay: Ints
    last: int


class CoverLimit(NamedTuple):
    """Inputs of the newsvendor rule.

    `shows` [N]: show-up probabilities. `cancelled`: probability of a cancellation. `seats`: seats
    to sell. `deviations`: standard deviations to keep free above the expected covers.
    """

    shows: Floats
    cancelled: float
    seats: float
    deviations: float


def book_flat(
    night: SyntheticNight, layout: Layout, believed: Forecast, rule: FlatRule
) -> AcceptedRequests:
    """Return what the flat rule accepts: the cascade must hold in every bucket of the stay.

    Tables of a class and joins are multiplied by 1 + `overbooking` and rounded.
    """
    requests = request_arrays(night, layout, believed)
    return _accepted(
        _accept_flat(requests, capacity_to_sell(layout, believed, rule), rule.level_load)
    )


def book_newsvendor(
    night: SyntheticNight, layout: Layout, believed: Forecast, rule: NewsvendorRule
) -> AcceptedRequests:
    """Return what the newsvendor rule on covers accepts.

    Sell while P(guests >= capacity) <= price / (price + penalty): Phillips, Pricing and Revenue
    Optimization (2005), section 9.2. Here for the covers present in every bucket, approximated as
    normal, with independent parties and their remaining probability to cancel.
    """
    asks = night.requests
    no_show = np.where(asks.phone, believed.no_show_phone, believed.no_show_online)
    seats = rule.seat_share * float(layout.table_seats.sum())
    deviations = normal_quantile(1.0 - COVER_VALUE / (COVER_VALUE + WALKED_COST))
    limit = CoverLimit(1.0 - no_show, believed.cancels, seats, deviations)
    return _accepted(_accept_covers(request_arrays(night, layout, believed), limit))


def capacity_to_sell(layout: Layout, believed: Forecast, rule: FlatRule) -> Capacity:
    """Return the capacity the flat rule sells: overbooked, less the held tables."""
    there = layout.groups[WHOLE_ROOM]
    sizes = np.arange(1, len(believed.walk_in_sizes) + 1)
    ranks = np.minimum(np.searchsorted(layout.seats, sizes), len(layout.seats) - 1)
    wanted = np.zeros(len(layout.seats))
    np.add.at(wanted, ranks, believed.walk_in_sizes)
    more = np.rint((1.0 + rule.overbooking) * there.tables).astype(np.int64)
    joins = np.rint((1.0 + rule.overbooking) * there.join_count).astype(np.int64)
    tables = np.maximum(more - apportion(rule.held, wanted), 0)
    return Capacity(
        tables[None, :], joins[None, :], there.join_member, there.join_uses, there.join_reach
    )


def request_arrays(night: SyntheticNight, layout: Layout, believed: Forecast) -> RequestArrays:
    """Return the night's requests as the rules see them."""
    asks = night.requests
    rank = np.searchsorted(layout.seats, asks.size)
    return RequestArrays(
        asks.asked,
        asks.size,
        rank,
        rank < len(layout.seats),
        asks.wish,
        asks.flexible,
        asks.cancels,
        believed_stays(believed, asks.size),
        max(SLOT_BUCKETS * (len(believed.request_slots) - 1), int(asks.wish.max(initial=0))),
    )


def apportion(count: int, weights: Floats) -> Ints:
    """Return `count` units apportioned by `weights` [K], largest remainders (Hamilton's method)."""
    exact = count * weights / weights.sum()
    whole: Ints = np.floor(exact).astype(np.int64)
    first = np.argsort(whole - exact, kind="stable")[: count - int(whole.sum())]
    whole[first] += 1
    return whole


def believed_stays(believed: Forecast, size: Ints) -> Ints:
    """Return the mean stays with reset [N], buckets, rounded up."""
    mean = np.array(believed.stays)[np.minimum(size, len(believed.stays)) - 1]
    buckets = np.ceil((mean + believed.reset_minutes) / GRID_MINUTES)
    return np.asarray(buckets, np.int64)


def _accepted(starts: Ints) -> AcceptedRequests:
    number = np.flatnonzero(starts >= 0)
    return AcceptedRequests(number, starts[number])


@compiled
def _accept_flat(requests: RequestArrays, capacity: Capacity, level_load: bool) -> Ints:  # noqa: FBT001
    """Return the promised start of every request, -1 where it is refused."""
    starts, gone = _no_starts(len(requests.asked))
    busy = np.zeros((_horizon(requests), capacity.tables.shape[1]), np.int64)
    work = np.zeros((2, capacity.tables.shape[1]), np.int64)
    for number in range(len(starts)):
        _remove_cancelled(requests, number, starts, gone, busy)
        starts[number] = _flat_start(requests, number, capacity, level_load, busy, work)
        if starts[number] >= 0:
            _add_parties(busy, requests.rank[number], starts[number], requests.stay[number], 1)
    return starts


@compiled
def _no_starts(count: int) -> tuple[Ints, Flags]:
    return np.full(count, -1, np.int64), np.zeros(count, np.bool_)


@compiled
def _horizon(requests: RequestArrays) -> int:
    return int(requests.last + 1 + (requests.stay.max() if len(requests.stay) else 0))


@compiled
def _offsets(requests: RequestArrays, number: int) -> int:
    """Return how many of START_OFFSETS to try: none for a party that no table or join seats."""
    if not requests.fits[number]:
        return 0
    return len(START_OFFSETS) if requests.flexible[number] else 1


@compiled
def _remove_cancelled(
    requests: RequestArrays, number: int, starts: Ints, gone: Flags, busy: Ints
) -> None:
    """Remove the bookings cancelled by the time of this request."""
    for other in range(number):
        cancelled = requests.cancels[other] <= requests.asked[number]
        if cancelled and starts[other] >= 0 and not gone[other]:
            gone[other] = True
            _add_parties(busy, requests.rank[other], starts[other], requests.stay[other], -1)


@compiled
def _flat_start(
    requests: RequestArrays,
    number: int,
    capacity: Capacity,
    level_load: bool,  # noqa: FBT001
    busy: Ints,
    work: Ints,
) -> int:
    """Return the start the rule gives this request, -1 for none."""
    rank, stay = requests.rank[number], requests.stay[number]
    chosen, least = -1, np.inf
    for step in range(_offsets(requests, number)):
        start = requests.wish[number] + START_OFFSETS[step]
        if 0 <= start <= requests.last and (level_load or chosen < 0):
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
        if cascade_overflow(capacity, 0, work) > 0:
            return False
    return True


@compiled
def _add_parties(busy: Ints, rank: int, start: int, stay: int, parties: int) -> None:
    for bucket in range(start, start + stay):
        busy[bucket, rank] += parties


@compiled
def _accept_covers(requests: RequestArrays, limit: CoverLimit) -> Ints:
    """Return the promised start of every request, -1 where it is refused."""
    starts, _ = _no_starts(len(requests.asked))
    present = np.zeros((2, _horizon(requests)))
    for number in range(len(starts)):
        _count_covers(requests, limit, number, starts, present)
        starts[number] = _covers_start(requests, limit, number, present)
    return starts


@compiled
def _count_covers(
    requests: RequestArrays, limit: CoverLimit, number: int, starts: Ints, present: Floats
) -> None:
    """Fill `present` [2, buckets]: mean and variance of covers, as of the asking."""
    present[:] = 0.0
    now = requests.asked[number]
    for other in range(number):
        if starts[other] >= 0 and requests.cancels[other] > now:
            chance = limit.shows[other] * _stands_chance(
                requests.asked[other], now, limit.cancelled
            )
            size, first = requests.size[other], starts[other]
            for bucket in range(first, first + requests.stay[other]):
                present[0, bucket] += chance * size
                present[1, bucket] += chance * (1.0 - chance) * size * size


@compiled
def _stands_chance(asked: float, now: float, cancelled: float) -> float:
    """Return the probability that a booking not cancelled by `now` never is.

    Cancel times are uniform from `asked` to the opening (1.0): Bayes.
    """
    left = cancelled * (1.0 - now) / (1.0 - asked)
    return (1.0 - cancelled) / (1.0 - cancelled + left)


@compiled
def _covers_start(requests: RequestArrays, limit: CoverLimit, number: int, present: Floats) -> int:
    """Return the nearest start at which the covers stay below the seats, or -1."""
    for step in range(_offsets(requests, number)):
        start = requests.wish[number] + START_OFFSETS[step]
        if 0 <= start <= requests.last and _covers_fit(requests, limit, number, start, present):
            return int(start)
    return -1


@compiled
def _covers_fit(
    requests: RequestArrays, limit: CoverLimit, number: int, start: int, present: Floats
) -> bool:
    size = requests.size[number]
    chance = limit.shows[number] * (1.0 - limit.cancelled)
    for bucket in range(start, start + requests.stay[number]):
        variance = present[1, bucket] + chance * (1.0 - chance) * size * size
        covers = present[0, bucket] + chance * size
        if covers + limit.deviations * np.sqrt(variance) > limit.seats:
            return False
    return True
