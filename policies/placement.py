"""Finding a table while every promise keeps one: best fit, ejection chain, full re-plan.

Nothing is locked before arrival (SCIENCE.md (c)): a plan is a proof that all promises fit, and
may move. Interval scheduling over classes of tables is NP-hard, so a None is "not found within
the budget", never wrong the other way: what is returned is a complete plan.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from policies.house import House
from policies.instant import Instant
from policies.occupancy import Occupancy, Window, occupancy
from policies.plan import Item, Plan
from policies.room import Seat
from policies.terms import Picture

CHAIN_DEPTH = 3
CHAIN_NODES = 30
BLOCKERS_AT_MOST = 3
PLACINGS = 300
WHOLE_EVENING_AT_MOST = 100


class Replanned(Struct, frozen=True):
    """The plan after something changed: who moves where, and the promises left without a table."""

    moved: dict[UUID, tuple[str, ...]]
    unplaced: tuple[UUID, ...]


class Settled(Struct, frozen=True):
    """A plan in which whoever can sit does; `unplaced` are the numbers of items that cannot.

    The unplaced keep the tables they were meant for (as facts), so nobody new is put there.
    """

    window: Window
    plan: Plan
    instant: Instant
    unplaced: tuple[int, ...]


def replan(picture: Picture, house: House, *, now: datetime) -> Replanned:
    """Keep what can stay, move what must; promises with no table left are returned unplaced."""
    settled = settle(occupancy(picture, house, now=now))
    items = settled.plan.items
    unplaced = tuple(
        key
        for key, item in ((items[number].key, items[number]) for number in settled.unplaced)
        if key is not None and not item.is_hold
    )
    return Replanned(moves(settled.plan), unplaced)


def settle(built: Occupancy) -> Settled:
    """Place everybody: those who can stay where they are, then the displaced pick in turn."""
    plan = built.plan.copy()
    displaced = _keep(plan)
    unplaced = []
    for number in displaced:
        found = None if plan.items[number].fixed else place(plan, number)
        plan = found or plan
        if found is None:
            unplaced.append(number)
    plan = plan.with_facts(_kept_back(plan, unplaced))
    return Settled(built.window, plan, Instant(plan), tuple(unplaced))


def admit(settled: Settled, item: Item) -> Plan | None:
    """Return the plan with one more party as its last item, None when no place is found."""
    plan = settled.plan.with_item(item)
    seat = plan.best_fit(item)
    if seat:
        plan.put(len(plan.items) - 1, seat)
        return plan
    return _search(plan, len(plan.items) - 1) if settled.instant.may_fit(item) else None


def place(plan: Plan, number: int) -> Plan | None:
    """Return a plan with this item placed too, moving others if need be; `plan` is untouched."""
    seat = plan.best_fit(plan.items[number])
    if seat:
        placed = plan.copy()
        placed.put(number, seat)
        return placed
    return _search(plan, number) if Instant(plan).may_fit(plan.items[number]) else None


def moves(plan: Plan) -> dict[UUID, tuple[str, ...]]:
    """Return the parties that sit elsewhere than they were meant to, with their new tables."""
    return {
        item.key: plan.room.names(seat)
        for item, seat in zip(plan.items, plan.seats, strict=True)
        if seat and item.key is not None and sorted(seat) != sorted(item.seat)
    }


def _keep(plan: Plan) -> list[int]:
    """Place whoever can stay; return the others in the order they pick."""
    order = sorted(range(len(plan.items)), key=lambda number: _stays(plan.items[number]))
    displaced = []
    for number in order:
        item = plan.items[number]
        if item.seat and len(item.seat) == len(item.names) and plan.free(item.seat, item.span):
            plan.put(number, item.seat)
        else:
            displaced.append(number)
    return sorted(displaced, key=lambda number: _picks(plan.items[number]))


def _stays(item: Item) -> tuple[bool, bool, int, int, int]:
    return not item.fixed, item.exposed, item.rank, item.start, item.order


def _picks(item: Item) -> tuple[int, int, int]:
    return item.rank, item.start, item.order


def _kept_back(plan: Plan, unplaced: list[int]) -> dict[int, int]:
    busy: dict[int, int] = {}
    for number in unplaced:
        for spot in plan.items[number].seat:
            busy[spot] = busy.get(spot, 0) | plan.items[number].span
    return busy


def _search(plan: Plan, number: int) -> Plan | None:
    return _chain(plan, number) or _repack(plan, number)


# Ejection chain.


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
