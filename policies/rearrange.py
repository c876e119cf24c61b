"""Making room for a party by moving others: an ejection chain, then a re-plan in a few orders.

Both count their tries and never look at a clock, so every process gives up at the same point.
"""

from collections.abc import Callable, Iterator

from policies.plan import Item, Plan
from policies.room import Seat

CHAIN_DEPTH = 3
CHAIN_NODES = 30
BLOCKERS_AT_MOST = 3
PLACINGS = 300
WHOLE_EVENING_AT_MOST = 100


def make_room(plan: Plan, number: int) -> Plan | None:
    """Return a plan in which this item has a place too, None when none is found in the budget."""
    return _chain(plan, number) or _repack(plan, number)


class _Budget:
    """Tries left for one search, the same in every process because it counts and never times."""

    def __init__(self, nodes: int) -> None:
        self.nodes = nodes

    def spend(self) -> bool:
        self.nodes -= 1
        return self.nodes >= 0


def _chain(plan: Plan, number: int) -> Plan | None:
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


# Full re-plan.

_Order = Callable[[Item], tuple[int, int, int]]


def _repack(plan: Plan, number: int) -> Plan | None:
    """Re-plan the parties whose time touches the item's, then (a small room) the whole evening.

    In the 60-table house re-planning all 180 parties found no more than the near ones, at three
    times the cost.
    """
    span = plan.items[number].span
    free = [
        each for each, seat in enumerate(plan.seats) if seat and not _rooted(plan.items[each], seat)
    ]
    near = [each for each in free if plan.items[each].span & span]
    found = _replace(plan, [number, *near], _Budget(PLACINGS))
    if found or len(free) > WHOLE_EVENING_AT_MOST:
        return found
    return _replace(plan, [number, *free], _Budget(PLACINGS))


def _replace(plan: Plan, numbers: list[int], budget: _Budget) -> Plan | None:
    """Place these anew in a few orders; whoever fails goes first the next time."""
    base = plan.copy()
    for each in numbers:
        base.lift(each)
    orders = [_ordered(plan, numbers, key) for key in _ORDERS]
    attempt = 0
    while budget.nodes > 0:
        order = orders[attempt % len(orders)]
        trial = base.copy()
        failed = _fill(trial, order, budget)
        if failed is None:
            return trial
        order.remove(failed)
        order.insert(0, failed)
        attempt += 1
    return None


def _rooted(item: Item, seat: Seat) -> bool:
    """Tell whether a re-plan leaves a party: promised its tables, or put there by a person."""
    return item.fixed or seat not in item.choices.every


def _ordered(plan: Plan, numbers: list[int], key: _Order) -> list[int]:
    return sorted(numbers, key=lambda number: key(plan.items[number]))


def _fill(plan: Plan, order: list[int], budget: _Budget) -> int | None:
    """Place these items in order; return the first that finds no place."""
    for number in order:
        budget.spend()
        seat = plan.best_fit(plan.items[number], stay=True)
        if not seat:
            return number
        plan.put(number, seat)
    return None


def _hardest(item: Item) -> tuple[int, int, int]:
    return len(item.choices.flat), item.start, item.order


def _largest(item: Item) -> tuple[int, int, int]:
    return -item.party, item.start, item.order


def _earliest(item: Item) -> tuple[int, int, int]:
    return item.start, -item.party, item.order


_ORDERS = (_largest, _earliest, _hardest)
