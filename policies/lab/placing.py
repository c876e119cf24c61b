"""What the door finds on its tables: how many covers of a book have none, against the bound."""

from uuid import UUID

import numpy as np
from msgspec import Struct

from policies.forecast.forecast import Forecast
from policies.house.grid import GRID_MINUTES, span
from policies.house.layout import ANYWHERE, WHOLE_ROOM, Classes, Layout
from policies.lab.class_bound import unplaceable
from policies.lab.nights import LENGTH, SLOT, Night
from policies.lab.play import Booked
from policies.numeric.compiled import Ints, compiled
from policies.plan.occupancy import Occupancy, Window
from policies.plan.placement import settle
from policies.plan.plan import Item, Plan
from policies.risk.cascade import Capacity, overflow

LONGEST = 60
"""Buckets (five hours) past the last that is played: every turn has ended."""

LAST_START = 72
"""Buckets in the six hours in which guests may be promised a start."""

NEARBY = (0, -SLOT, SLOT, -2 * SLOT, 2 * SLOT)
"""Starts a flexible guest takes, in buckets from the wish."""


class Placed(Struct, frozen=True):
    """Covers of a book: in all, left without a table by our plan, by plans locked as they come.

    `bound`: what the class LP leaves, which no plan can undercut.
    """

    covers: int
    unplaced: int
    locked: int
    bound: float


def unplaced_share(layout: Layout, night: Night, booked: Booked, believed: Forecast) -> Placed:
    """Settle the whole book from nothing, for believed mean stays, as the service would."""
    built = from_nothing(layout, night, booked, believed)
    items = built.plan.items
    size = np.array([item.party for item in items], np.int64)
    rank = np.array([layout.class_of(item.party) for item in items], np.int64)
    start = np.array([item.start for item in items], np.int64)
    end = np.array([item.end for item in items], np.int64)
    return Placed(
        covers=sum(item.party for item in items),
        unplaced=sum(items[number].party for number in settle(built).unplaced),
        locked=_locked_out(built.plan.copy()),
        bound=unplaceable(layout.groups[WHOLE_ROOM], size, rank, start, end),
    )


def from_nothing(layout: Layout, night: Night, booked: Booked, believed: Forecast) -> Occupancy:
    """Return the book as a plan in which nobody sits yet, in the order of acceptance."""
    turns = turn_buckets(believed)
    sizes = night.requests.size[booked.number].tolist()
    items = tuple(
        _item(layout, number, size, start, int(turns[min(size, len(turns)) - 1]))
        for number, (size, start) in enumerate(zip(sizes, booked.start.tolist(), strict=True))
    )
    plan = Plan(layout.room, items, [0] * len(layout.room.tables))
    return Occupancy(Window(0, LENGTH + LONGEST), plan)


def turn_buckets(believed: Forecast) -> Ints:
    """Return the buckets a party of 1, 2, ... keeps its table: mean stay and reset, rounded up."""
    minutes = np.array(believed.stays, np.float64) + believed.reset_minutes
    return np.ceil(minutes / GRID_MINUTES).astype(np.int64)


def fitting_book(
    layout: Layout, night: Night, believed: Forecast, classes: Classes | None = None
) -> Booked:
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
    demand = np.zeros((LENGTH + LONGEST, len(counted.tables)), np.int64)
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
    return Booked(book[:, 0].copy(), book[:, 1].copy())


@compiled
def _takes(demand: Ints, capacity: Capacity, rank: int, start: int, end: int) -> bool:
    """Tell whether one more party of the class leaves nobody out from `start` to `end`."""
    work = np.zeros((2, demand.shape[1]), np.int64)
    for bucket in range(start, end):
        work[0, :] = demand[bucket]
        work[0, rank] += 1
        if overflow(capacity, 0, work) > 0:
            return False
    return True


def _item(layout: Layout, number: int, size: int, start: int, turn: int) -> Item:
    choices = layout.room.choices(size, ANYWHERE)
    return Item(
        key=UUID(int=number + 1),
        order=number + 1,
        party=size,
        start=start,
        end=start + turn,
        span=span(start, start + turn),
        choices=choices,
        least=size,
        domain=choices.domain,
    )


def _locked_out(plan: Plan) -> int:
    """Return the covers without a table when each party is tied to the best fit as it comes."""
    lost = 0
    for number, item in enumerate(plan.items):
        seat = plan.best_fit(item)
        if seat:
            plan.put(number, seat)
        else:
            lost += item.party
    return lost
