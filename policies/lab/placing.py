"""How many covers of the bookings find no table in a plan, beside the lower bound of the LP."""

from uuid import UUID

import numpy as np
from msgspec import Struct

from policies.forecast.forecast import Forecast
from policies.house.grid import GRID_MINUTES, bucket_mask
from policies.house.layout import NO_NEEDS, WHOLE_ROOM, Layout
from policies.lab.class_bound import least_unplaced_covers
from policies.lab.nights import NIGHT_BUCKETS, SLOT_BUCKETS, SyntheticNight
from policies.lab.play import AcceptedRequests
from policies.numeric.compiled import Ints
from policies.plan.occupancy import Occupancy, Window
from policies.plan.placement import assign_tables
from policies.plan.plan import Item, Plan

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


def _item(layout: Layout, number: int, size: int, start: int, turn: int) -> Item:
    choices = layout.room.ranked(size, NO_NEEDS)
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
