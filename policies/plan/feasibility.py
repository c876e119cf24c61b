"""Hall's condition at single instants: a necessary test, what it rejects no plan can seat.

With nested capacities (a party fits every table at least as large) a demand fits at one instant
exactly when, for every size k, parties needing k or more do not outnumber the tables of k or more
(Hall 1935). Joins of smaller tables that reach k are added as an upper bound; a party forced onto a
join of tables of l or more takes two of them from the parties needing l. Over time the condition is
only necessary: interval scheduling is NP-hard from three classes on.
"""

from functools import cached_property

from policies.house.room import Room
from policies.plan.plan import Item, Plan
from policies.plan.repacking import SearchBase


class HallCondition:
    """Hall's condition on one plan, by bucket, with its results cached.

    The plan must not change afterwards.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._placed = [
            item for item, seat in zip(plan.items, plan.table_sets, strict=True) if seat
        ]
        self._demand: dict[tuple[int, int], list[int]] = {}
        self._supply: dict[tuple[int, int], int] = {}
        self._verdict: dict[tuple[int, int, int], bool] = {}
        self._capacity: dict[tuple[int, int], int] = {}

    @cached_property
    def search_base(self) -> SearchBase:
        """What searches on this plan start from, built when first needed."""
        return SearchBase(self.plan)

    def may_fit(self, item: Item) -> bool:
        """Tell whether the item could join the placed parties; only False is certain."""
        domains = {item.domain: None, (1 << len(self.plan.facts)) - 1: None}
        return all(
            self._holds(item.least, domain, bucket)
            for domain in domains
            for bucket in self._peaks(item)
        )

    def _peaks(self, item: Item) -> list[int]:
        """Return where overlap can peak: the item's start and every start within its span."""
        inside = {other.start for other in self._placed if item.start < other.start < item.end}
        return [item.start, *sorted(inside)]

    def demand(self, domain: int, bucket: int) -> list[int]:
        """Return the sizes of the parties confined to `domain` at `bucket`, descending."""
        key = (domain, bucket)
        found = self._demand.get(key)
        if found is None:
            found = self._demand[key] = sorted(
                (
                    item.least
                    for item in self._placed
                    if item.start <= bucket < item.end and not item.domain & ~domain
                ),
                reverse=True,
            )
        return found

    def supply(self, domain: int, bucket: int) -> int:
        """Return the mask of the tables of `domain` free of facts at `bucket`."""
        key = (domain, bucket)
        found = self._supply.get(key)
        if found is None:
            found = 0
            for place, mask in enumerate(self.plan.facts):
                if domain >> place & 1 and not mask >> bucket & 1:
                    found |= 1 << place
            self._supply[key] = found
        return found

    def _holds(self, extra: int, domain: int, bucket: int) -> bool:
        key = (extra, domain, bucket)
        if key not in self._verdict:
            demand, supply = self.demand(domain, bucket), self.supply(domain, bucket)
            self._verdict[key] = self._enough(extra, demand, supply)
        return self._verdict[key]

    def _enough(self, extra: int, demand: list[int], supply: int) -> bool:
        sizes = sorted({1, extra, *demand})
        counts = {k: sum(size >= k for size in demand) + (extra >= k) for k in sizes}
        forced: list[tuple[int, int]] = []
        for k in reversed(sizes):
            joined = counts[k] - _single(self.plan.room, k, supply)
            joined += _doubled(self.plan.room, k, forced)
            if joined > self._joinable(k, supply):
                return False
            if joined > 0:
                forced.append((k, joined))
        return True

    def _joinable(self, k: int, supply: int) -> int:
        key = (k, supply)
        if key not in self._capacity:
            self._capacity[key] = _disjoint(self.plan.room, k, supply)
        return self._capacity[key]


def _single(room: Room, k: int, supply: int) -> int:
    return (room.at_least(k) & supply).bit_count()


def _disjoint(room: Room, k: int, supply: int) -> int:
    """Return an upper bound of the joins of tables below k that reach k, usable at once."""
    masks = [mask for mask in room.small_joins(k) if mask & ~supply == 0]
    if not masks:
        return 0
    together = 0
    for mask in masks:
        together |= mask
    return min(len(masks), together.bit_count() // min(mask.bit_count() for mask in masks))


def _doubled(room: Room, k: int, forced: list[tuple[int, int]]) -> int:
    """Return a lower bound of the tables of k or more that joins take beyond one a party."""
    used: set[int] = set()
    total = 0
    for big, count in reversed(forced):
        joins = room.small_joins(big)
        if used.isdisjoint(joins) and all(
            (mask & room.at_least(k)).bit_count() > 1 for mask in joins
        ):
            used.update(joins)
            total += count
    return total
