"""How many covers of the bookings find no table in a plan, beside the lower bound of the LP."""

from uuid import UUID

import numpy as np
from msgspec import Struct

from policies.forecast.forecast import Forecast
from policies.house.grid import GRID_MINUTES, bucket_mask
from policies.house.layout import NO_NEEDS, WHOLE_ROOM, Layout, SizeClasses
from policies.lab.class_bound import least_unplaced_covers
from policies.lab.nights import NIGHT_BUCKETS, SLOT_BUCKETS, SyntheticNight
from policies.lab.play import AcceptedRequests
from policies.numeric.compiled import Ints, compiled
from policies.plan.occupancy import Occupancy, Window
from policies.plan.placement import assign_tables
from policies.plan.plan import Item, Plan
from policies.risk.cascade import Capacity, cascade_overflow

LONGEST_TURN = 60
"""Buckets (five hours) after the night within which every turn has ended."""

LAST_START = 72
"""Buckets of the six hours in which a start may be promised."""

NEARBY = (0, -SLOT_BUCKETS, SLOT_BUCKETS, -2 * SLOT_BUCKETS, 2 * SLOT_BUCKETS)
"""Offsets in buckets of the starts a flexible guest accepts, in order of preference."""


class PlacementResult(Struct, frozen=True):
    """Covers booked; `unplaced` by our plan, and when `locked` to tables in order of booking.

    `bound`: lower bound on the covers any plan leaves (class LP).
    """

    covers: int
    unplaced: int
    locked: int
    bound: float


def measure_placement(
    layout: Layout, night: SyntheticNight, booked: AcceptedRequests, believed: Forecast
) -> PlacementResult:
    """Plan all bookings at once, for believed mean stays, as the service would."""
    built = empty_plan(layout, night, booked, believed)
    items = built.plan.items
    size = np.array([item.party for item in items], np.int64)
    rank = np.array([layout.class_of(item.party) for item in items], np.int64)
    start = np.array([item.start for item in items], np.int64)
    end = np.array([item.end for item in items], np.int64)
    return PlacementResult(
        covers=sum(item.party for item in items),
        unplaced=sum(items[number].party for number in assign_tables(built).unplaced),
        locked=_unplaced_when_locked(built.plan.copy()),
        bound=least_unplaced_covers(layout.groups[WHOLE_ROOM], size, rank, start, end),
    )


def empty_plan(
    layout: Layout, night: SyntheticNight, booked: AcceptedRequests, believed: Forecast
) -> Occupancy:
    """Return the bookings as a plan without assignments, in the order of acceptance."""
    turns = turn_buckets(believed)
    sizes = night.requests.size[booked.number].tolist()
    items = tuple(
        _item(layout, number, size, start, int(turns[min(size, len(turns)) - 1]))
        for number, (size, start) in enumerate(zip(sizes, booked.start.tolist(), strict=True))
    )
    plan = Plan(layout.room, items, [0] * len(layout.room.tables))
    return Occupancy(Window(0, NIGHT_BUCKETS + LONGEST_TURN), plan)


def turn_buckets(believed: Forecast) -> Ints:
    """Return the buckets a party of 1, 2, ... keeps its table: mean stay and reset, rounded up."""
    minutes = np.array(believed.stays, np.float64) + believed.reset_minutes
    return np.ceil(minutes / GRID_MINUTES).astype(np.int64)


def fitting_book(
    layout: Layout, night: SyntheticNight, believed: Forecast, classes: SizeClasses | None = None
) -> AcceptedRequests:
    """Return the requests taken in order while the cascade holds at every instant.

    A flexible guest takes the first start nearby at which it does. `classes`: the capacity to
    count with, the whole room's when None.
    """
    counted = classes or layout.groups[WHOLE_ROOM]
    capacity = Capacity(
        counted.tables[None, :],
        counted.join_count[None, :],
        counted.join_member,
        counted.join_uses,
        counted.join_reach,
    )
    turns, requests = turn_buckets(believed), night.requests
    demand = np.zeros((NIGHT_BUCKETS + LONGEST_TURN, len(counted.tables)), np.int64)
    taken = []
    for number, size in enumerate(requests.size.tolist()):
        turn, rank = int(turns[min(size, len(turns)) - 1]), layout.class_of(size)
        wish = int(requests.wish[number])
        for start in (wish + nearby for nearby in NEARBY[: 5 if requests.flexible[number] else 1]):
            if 0 <= start < LAST_START and _takes(demand, capacity, rank, start, start + turn):
                demand[start : start + turn, rank] += 1
                taken.append((number, start))
                break
    book = np.array(taken, np.int64).reshape(-1, 2)
    return AcceptedRequests(book[:, 0].copy(), book[:, 1].copy())


@compiled
def _takes(demand: Ints, capacity: Capacity, rank: int, start: int, end: int) -> bool:
    """Tell whether one more party of the class leaves nobody out from `start` to `end`."""
    work = np.zeros((2, demand.shape[1]), np.int64)
    for bucket in range(start, end):
        work[0, :] = demand[bucket]
        work[0, rank] += 1
        if cascade_overflow(capacity, 0, work) > 0:
            return False
    return True


def _item(layout: Layout, number: int, size: int, start: int, turn: int) -> Item:
    choices = layout.room.choices(size, NO_NEEDS)
    return Item(
        key=UUID(int=number + 1),
        order=number + 1,
        party=size,
        start=start,
        end=start + turn,
        span=bucket_mask(start, start + turn),
        choices=choices,
        least=size,
        domain=choices.domain,
    )


def _unplaced_when_locked(plan: Plan) -> int:
    """Return the covers left when each party is assigned the best fit in order, for good."""
    lost = 0
    for number, item in enumerate(plan.items):
        seat = plan.best_fit(item)
        if seat:
            plan.put(number, seat)
        else:
            lost += item.party
    return lost
