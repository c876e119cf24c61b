"""A plan after changes: who has no table in it, promises freed of tables they cannot have."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.book.changes import Changes, apply_changes, merge_changes, with_plan_moves
from policies.book.picture import Picture, is_kept_in_place, with_fixed_tables
from policies.house.house import House
from policies.plan.occupancy import occupancy
from policies.plan.placement import Assignment, assign_tables, moves


class Settled(Struct, frozen=True):
    """Changes, the picture after them, its plan, and the ids of those without a table in it."""

    changes: Changes
    after: Picture
    plan: Assignment
    unplaced: frozenset[UUID]

    @property
    def promises_lost(self) -> int:
        """How many promises have no table."""
        return sum(each.reservation_id in self.unplaced for each in self.after.promises)

    @property
    def owed_lost(self) -> tuple[int, int]:
        """How many promises have no table, then how many called parties."""
        called = sum(
            hold.wait_id is not None and hold.slot_hold_id in self.unplaced
            for hold in self.after.slot_holds
        )
        return self.promises_lost, called


def settle(picture: Picture, changes: Changes, house: House, *, now: datetime) -> Settled:
    """Return the changes and the plan after them.

    A promise that is kept at tables which it cannot have is moved: to have a table matters more
    than which.
    """
    first = _planned(picture, changes, house, now)
    freed = tuple(
        replace(with_fixed_tables(promise, fixed=False), tables=())
        for promise in first.after.promises
        if is_kept_in_place(promise) and promise.reservation_id in first.unplaced
    )
    if not freed:
        return first
    return _planned(picture, merge_changes(changes, Changes(promises=freed)), house, now)


def stored(settled: Settled) -> Settled:
    """Return it with the moves of its plan among the changes."""
    changes = merge_changes(
        settled.changes, with_plan_moves(settled.after, moves(settled.plan.plan), Changes())
    )
    return replace(settled, changes=changes)


def _planned(picture: Picture, changes: Changes, house: House, now: datetime) -> Settled:
    after = apply_changes(picture, changes)
    plan = assign_tables(occupancy(after, house, now=now))
    keys = (plan.plan.items[number].key for number in plan.unplaced)
    return Settled(changes, after, plan, frozenset(key for key in keys if key is not None))
