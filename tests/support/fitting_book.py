"""A book of reservations that the cascade can seat: input for tests of plans."""

import numpy as np

from policies.forecast.forecast import Forecast
from policies.house.layout import WHOLE_ROOM, Layout, SizeClasses
from policies.lab.nights import NIGHT_BUCKETS, SyntheticNight
from policies.lab.placing import LAST_START, LONGEST_TURN, NEARBY, turn_buckets
from policies.lab.play import AcceptedRequests
from policies.numeric.compiled import Ints, compiled
from policies.risk.cascade import Capacity, cascade_overflow


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
