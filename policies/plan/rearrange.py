"""Making room for a party by moving others: a search of the evening, or an ejection chain.

Both count their tries and never look at a clock, so every process gives up at the same point.
A class LP with start-order colouring was tried in the second place: on six nights of 220 requests
it left 3.6 % of the covers without a table, the search 0.8 %. What the LP is good for is the bound
(policies/lab/class_bound.py).
"""

from collections.abc import Iterator, Sequence

from policies.house.room import Seat
from policies.plan.plan import Item, Plan
from policies.plan.repacking import Ground, repacked

CHAIN_DEPTH = 3
CHAIN_NODES = 30
BLOCKERS_AT_MOST = 3
STEPS = 1000
"""Parties the search seats at most, some 1 ms in a room of 60 tables and 160 parties. Of a full
evening's asks (186 rescues) 1,000 find what 2,000 and 6,000 do, 400 a fifth less."""

STEPS_EACH = 200
"""More of them for each party to be placed: a whole evening from nothing takes 50 ms."""


def make_room(plan: Plan, number: int, ground: Ground | None = None) -> Plan | None:
    """Return a plan in which this item has a place too, None when none is found in the budget.

    The search says whether there is one, in less time than the chain takes to find none; the
    chain moves fewer, so where it finds one too that is the plan. `ground`: of the plan before
    the item came, where it is known.
    """
    found = repacked(plan, [number], STEPS, ground=ground)
    return found and (chain(plan, number) or found)


def gathered(plan: Plan, newcomers: Sequence[int]) -> Plan:
    """Return the plan that seats as many of the newcomers, by rank and guests, as can be found.

    Some of them sit already; everybody else who sits keeps a place.
    """
    left = [number for number in newcomers if not plan.seats[number]]
    return repacked(plan, left, STEPS + STEPS_EACH * len(newcomers), newcomers) or plan


class _Budget:
    """Tries left for one search, the same in every process because it counts and never times."""

    def __init__(self, nodes: int) -> None:
        self.nodes = nodes

    def spend(self) -> bool:
        self.nodes -= 1
        return self.nodes >= 0


def chain(plan: Plan, number: int) -> Plan | None:
    """Return a plan in which the item sits and up to three others move for it in turn."""
    return _eject(plan, number, CHAIN_DEPTH, frozenset(), _Budget(CHAIN_NODES))


def _eject(
    plan: Plan, number: int, depth: int, settled: frozenset[int], budget: _Budget
) -> Plan | None:
    item = plan.items[number]
    seat = plan.best_fit(item)
    if seat:
        placed = plan.copy()
        placed.put(number, seat)
        return placed
    if depth == 0:
        return None
    for seat, blockers in _openings(plan, item, settled):
        if not budget.spend():
            return None
        found = _push(plan, number, seat, blockers, (depth - 1, settled | {number}, budget))
        if found:
            return found
    return None


_Rest = tuple[int, frozenset[int], _Budget]


def _push(
    plan: Plan, number: int, seat: Seat, blockers: tuple[int, ...], rest: _Rest
) -> Plan | None:
    """Seat the item where the blockers are and find these another place, one by one."""
    depth, settled, budget = rest
    swapped = plan.copy()
    for blocker in blockers:
        swapped.lift(blocker)
    swapped.put(number, seat)
    trial: Plan | None = swapped
    for blocker in sorted(blockers, key=lambda other: _hardest(plan.items[other])):
        trial = trial and _eject(trial, blocker, depth, settled, budget)
        if trial is None:
            return None
        settled |= {blocker}
    return trial


def _openings(
    plan: Plan, item: Item, settled: frozenset[int]
) -> Iterator[tuple[Seat, tuple[int, ...]]]:
    """Yield the configurations that a few movable parties could clear, the fewest first."""
    found = []
    for order, seat in enumerate(item.choices.flat):
        if any(plan.facts[spot] & item.span for spot in seat):
            continue
        blockers = plan.blockers(seat, item.span)
        if len(blockers) <= BLOCKERS_AT_MOST and not any(
            other in settled or plan.items[other].fixed for other in blockers
        ):
            found.append((len(blockers), order, seat, blockers))
    for _, _, seat, blockers in sorted(found):
        yield seat, blockers


def _hardest(item: Item) -> tuple[int, int, int]:
    return len(item.choices.flat), item.start, item.order
