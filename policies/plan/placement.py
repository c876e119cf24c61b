"""Finding a table while every promise keeps one: best fit, ejection chain, ejection search.

Interval scheduling over classes of tables is NP-hard, so None means "not found within the budget";
a plan that is returned is always a complete assignment.
"""

from functools import lru_cache
from uuid import UUID

from msgspec import Struct

from policies.plan.feasibility import HallCondition
from policies.plan.occupancy import Occupancy, Window
from policies.plan.plan import Item, Plan
from policies.plan.rearrange import ejection_chain, make_room, seat_as_many

_CACHE_SIZE = 16


class Assignment(Struct, frozen=True):
    """A plan with every item placed that can be; `unplaced`: the numbers of those that cannot.

    Tables meant for unplaced items stay busy (as facts), so that nobody new is put there.
    `hall`: the necessary test on the plan.
    """

    window: Window
    plan: Plan
    hall: HallCondition
    unplaced: tuple[int, ...]


def assign_tables(built: Occupancy) -> Assignment:
    """Place every item: whoever can stays at its tables, then the displaced pick by priority.

    The last 16 results are cached with what was worked out from them: between two changes of a
    book all requests ask about the same plan.
    """
    return _assigned(_CacheKey(built))


class _CacheKey:
    """An occupancy as a cache key: all that decides where its parties sit."""

    def __init__(self, built: Occupancy) -> None:
        self.built = built
        # The room makes each Choices once, so that its identity tells it apart.
        items = tuple(
            (
                e.key,
                e.rank,
                e.party,
                e.start,
                e.end,
                e.table_set,
                e.table_ids,
                e.fixed,
                e.exposed,
                e.is_hold,
            )
            for e in built.plan.items
        )
        choices = tuple(id(each.choices) for each in built.plan.items)
        self.key = (id(built.plan.room), built.window, items, choices, tuple(built.plan.facts))
        self.hash = hash(self.key)

    def __hash__(self) -> int:
        return self.hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _CacheKey) and self.key == other.key


@lru_cache(maxsize=_CACHE_SIZE)
def _assigned(key: _CacheKey) -> Assignment:
    built = key.built
    plan = built.plan.copy()
    displaced = _keep(plan)
    for number in displaced:
        plan = _chained(plan, number)
    movable = [number for number in displaced if not plan.items[number].fixed]
    if _worth_a_search(plan, movable):
        plan = seat_as_many(plan, movable)
    unplaced = [number for number in displaced if not plan.table_sets[number]]
    plan = plan.with_facts(_kept_back(plan, unplaced))
    return Assignment(built.window, plan, HallCondition(plan), tuple(unplaced))


def admit(assignment: Assignment, item: Item) -> Plan | None:
    """Return the plan with one more party as its last item, None when no place is found."""
    plan = assignment.plan.with_item(item)
    seat = plan.best_fit(item)
    if seat:
        plan.put(len(plan.items) - 1, seat)
        return plan
    if not assignment.hall.may_fit(item):
        return None
    return make_room(plan, len(plan.items) - 1, assignment.hall.search_base)


def moves(plan: Plan) -> dict[UUID, tuple[str, ...]]:
    """Return the new tables of the parties whose tables differ from the stored plan, by id."""
    return {
        item.key: plan.room.names(seat)
        for item, seat in zip(plan.items, plan.table_sets, strict=True)
        if seat and item.key is not None and sorted(seat) != sorted(item.table_set)
    }


def _chained(plan: Plan, number: int) -> Plan:
    """Return the plan with this item placed too if best fit or a chain finds it a place."""
    return plan if plan.items[number].fixed else ejection_chain(plan, number) or plan


def _worth_a_search(plan: Plan, displaced: list[int]) -> bool:
    """Tell whether a search could place one more: by a trade with a displaced one, or at all."""
    left = [number for number in displaced if not plan.table_sets[number]]
    if not left or len(left) < len(displaced):
        return bool(left)
    hall = HallCondition(plan)
    return any(hall.may_fit(plan.items[number]) for number in left)


def _keep(plan: Plan) -> list[int]:
    """Place whoever can stay; return the others by priority."""
    order = sorted(range(len(plan.items)), key=lambda number: _stays(plan.items[number]))
    displaced = []
    for number in order:
        item = plan.items[number]
        if (
            item.table_set
            and len(item.table_set) == len(item.table_ids)
            and plan.free(item.table_set, item.span)
        ):
            plan.put(number, item.table_set)
        else:
            displaced.append(number)
    return sorted(displaced, key=lambda number: _picks(plan.items[number]))


def _stays(item: Item) -> tuple[bool, bool, int, int, int]:
    return not item.fixed, item.exposed, item.rank, item.start, item.order


def _picks(item: Item) -> tuple[int, int, int]:
    return item.rank, item.start, item.order


def _kept_back(plan: Plan, unplaced: list[int]) -> dict[int, int]:
    """Return when the tables meant for unplaced items are to stay empty, by place.

    Not while another item has one: a fact may not lie under an item, which may still move.
    """
    busy: dict[int, int] = {}
    for number in unplaced:
        for spot in plan.items[number].table_set:
            free = plan.items[number].span & ~plan.taken[spot]
            busy[spot] = busy.get(spot, 0) | free
    return busy
