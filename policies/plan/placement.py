"""Finding a table while every promise keeps one: best fit, ejection chain, search.

Nothing is locked before arrival (SCIENCE.md (c)): a plan is a proof that all promises fit, and
may move. Interval scheduling over classes of tables is NP-hard, so a None is "not found within
the budget", never wrong the other way: what is returned is a complete plan.
"""

from functools import lru_cache
from uuid import UUID

from msgspec import Struct

from policies.plan.feasibility import Instant
from policies.plan.occupancy import Occupancy, Window
from policies.plan.plan import Item, Plan
from policies.plan.rearrange import chain, gathered, make_room

_REMEMBERED = 16


class Settled(Struct, frozen=True):
    """A plan in which whoever can sit does; `unplaced` are the numbers of items that cannot.

    The unplaced keep the tables they were meant for (as facts), so nobody new is put there.
    """

    window: Window
    plan: Plan
    instant: Instant
    unplaced: tuple[int, ...]


def settle(built: Occupancy) -> Settled:
    """Place everybody: those who can stay where they are, then the displaced pick in turn.

    The last few are remembered, with what was found out about them: between two changes of a
    book everybody asks about the same one.
    """
    return _settled(_Asked(built))


class _Asked:
    """An occupancy by all that decides where its parties sit."""

    def __init__(self, built: Occupancy) -> None:
        self.built = built
        # Choices are told apart by being the same object: the room makes each once.
        items = tuple(
            (e.key, e.rank, e.party, e.start, e.end, e.seat, e.names, e.fixed, e.exposed, e.is_hold)
            for e in built.plan.items
        )
        choices = tuple(id(each.choices) for each in built.plan.items)
        self.key = (id(built.plan.room), built.window, items, choices, tuple(built.plan.facts))
        self.hash = hash(self.key)

    def __hash__(self) -> int:
        return self.hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self.key == other.key


@lru_cache(maxsize=_REMEMBERED)
def _settled(asked: _Asked) -> Settled:
    built = asked.built
    plan = built.plan.copy()
    displaced = _keep(plan)
    for number in displaced:
        plan = _chained(plan, number)
    movable = [number for number in displaced if not plan.items[number].fixed]
    if _worth_a_search(plan, movable):
        plan = gathered(plan, movable)
    unplaced = [number for number in displaced if not plan.seats[number]]
    plan = plan.with_facts(_kept_back(plan, unplaced))
    return Settled(built.window, plan, Instant(plan), tuple(unplaced))


def admit(settled: Settled, item: Item) -> Plan | None:
    """Return the plan with one more party as its last item, None when no place is found."""
    plan = settled.plan.with_item(item)
    seat = plan.best_fit(item)
    if seat:
        plan.put(len(plan.items) - 1, seat)
        return plan
    if not settled.instant.may_fit(item):
        return None
    return make_room(plan, len(plan.items) - 1, settled.instant.ground)


def moves(plan: Plan) -> dict[UUID, tuple[str, ...]]:
    """Return the parties that sit elsewhere than they were meant to, with their new tables."""
    return {
        item.key: plan.room.names(seat)
        for item, seat in zip(plan.items, plan.seats, strict=True)
        if seat and item.key is not None and sorted(seat) != sorted(item.seat)
    }


def _chained(plan: Plan, number: int) -> Plan:
    """Return the plan with this item placed too if a free place or a chain of moves is found."""
    return plan if plan.items[number].fixed else chain(plan, number) or plan


def _worth_a_search(plan: Plan, displaced: list[int]) -> bool:
    """Tell whether one left without a place could have one, its own or of another who came."""
    left = [number for number in displaced if not plan.seats[number]]
    if not left or len(left) < len(displaced):
        return bool(left)
    instant = Instant(plan)
    return any(instant.may_fit(plan.items[number]) for number in left)


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
