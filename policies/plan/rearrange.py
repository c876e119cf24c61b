"""Making room for a party by moving others: an ejection chain, or a search over the whole room.

Both count their tries and read no clock, so every process gives up at the same point. The search
took the place of a class LP with start-order colouring, which on six nights of 220 requests left
3.6 % of the covers without a table, the search 0.8 %. The LP serves as a bound
(policies/lab/class_bound.py).
"""

from collections.abc import Iterator, Sequence

from policies.house.room import TableSet
from policies.plan.plan import Item, Plan
from policies.plan.repacking import SearchBase, repack

CHAIN_DEPTH = 3
CHAIN_NODES = 30
BLOCKERS_AT_MOST = 3
STEPS = 1000
"""Tries of one search at most, some 1 ms in a room of 60 tables and 160 parties.

On a full evening with 186 requests that need a search, 1,000 find what 2,000 and 6,000 do, 400 a
fifth less.
"""

STEPS_EACH = 200
"""Further tries for each party to be placed: planning a whole evening from nothing takes 50 ms."""


def make_room(plan: Plan, number: int, base: SearchBase | None = None) -> Plan | None:
    """Return a plan in which this item is placed too, None when none is found within the budget.

    The search goes first because it fails faster than the chain does; the chain moves fewer
    parties, so its plan is taken where it finds one as well. `base`: that of the plan before
    the item came, where it is known.
    """
    found = repack(plan, [number], STEPS, base=base)
    return found and (ejection_chain(plan, number) or found)


def seat_as_many(plan: Plan, newcomers: Sequence[int]) -> Plan:
    """Return the plan that seats as many of the newcomers as can be found, by rank, then guests.

    Some of the newcomers may sit already; everybody else who sits keeps a place.
    """
    left = [number for number in newcomers if not plan.table_sets[number]]
    return repack(plan, left, STEPS + STEPS_EACH * len(newcomers), newcomers) or plan


class _Budget:
    """Tries left for one chain, counted and never timed."""

    def __init__(self, nodes: int) -> None:
        self.nodes = nodes

    def spend(self) -> bool:
        self.nodes -= 1
        return self.nodes >= 0


def ejection_chain(plan: Plan, number: int) -> Plan | None:
    """Return a plan with the item placed, others moving in turn up to three deep, else None."""
    return _eject(plan, number, CHAIN_DEPTH, frozenset(), _Budget(CHAIN_NODES))


def _eject(
    plan: Plan, number: int, depth: int, moved: frozenset[int], budget: _Budget
) -> Plan | None:
    item = plan.items[number]
    seat = plan.best_fit(item)
    if seat:
        placed = plan.copy()
        placed.put(number, seat)
        return placed
    if depth == 0:
        return None
    for seat, blockers in _openings(plan, item, moved):
        if not budget.spend():
            return None
        found = _push(plan, number, seat, blockers, (depth - 1, moved | {number}, budget))
        if found:
            return found
    return None


_Rest = tuple[int, frozenset[int], _Budget]


def _push(
    plan: Plan, number: int, seat: TableSet, blockers: tuple[int, ...], rest: _Rest
) -> Plan | None:
    """Place the item where the blockers are, then find each of them another place."""
    depth, moved, budget = rest
    swapped = plan.copy()
    for blocker in blockers:
        swapped.lift(blocker)
    swapped.put(number, seat)
    trial: Plan | None = swapped
    for blocker in sorted(blockers, key=lambda other: _hardest(plan.items[other])):
        trial = trial and _eject(trial, blocker, depth, moved, budget)
        if trial is None:
            return None
        moved |= {blocker}
    return trial


def _openings(
    plan: Plan, item: Item, moved: frozenset[int]
) -> Iterator[tuple[TableSet, tuple[int, ...]]]:
    """Yield the table sets that at most three movable parties block, the fewest first."""
    found = []
    for order, seat in enumerate(item.choices.flat):
        if any(plan.facts[spot] & item.span for spot in seat):
            continue
        blockers = plan.blockers(seat, item.span)
        if len(blockers) <= BLOCKERS_AT_MOST and not any(
            other in moved or plan.items[other].fixed for other in blockers
        ):
            found.append((len(blockers), order, seat, blockers))
    for _, _, seat, blockers in sorted(found):
        yield seat, blockers


def _hardest(item: Item) -> tuple[int, int, int]:
    return len(item.choices.flat), item.start, item.order
