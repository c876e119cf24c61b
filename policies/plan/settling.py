"""A plan after changes: who has no table in it, promises freed of tables they cannot have."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.book.changes import Changes, apply_changes, merge_changes, with_plan_moves
from policies.book.picture import (
    Picture,
    Seating,
    is_kept_in_place,
    seating_end,
    with_fixed_tables,
)
from policies.house.house import House
from policies.house.room import Needs, room_of
from policies.plan.feasibility import HallCondition
from policies.plan.fewer_moves import fewer_moves
from policies.plan.occupancy import occupancy, party_item
from policies.plan.placement import Assignment, admit, assign_tables, moves


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
    than which. Where a party that sits down leaves a promise without a table, the plan is made anew
    with that party as one more to be placed there, as the door does: what it offers costs nobody a
    table.
    """
    first = _planned(picture, changes, house, now)
    if changes.seatings and _newly_lost(picture, first):
        made = _with_room_made(first, house, now)
        first = min(first, made, key=lambda each: (each.promises_lost, _newly_lost(picture, each)))
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


def _newly_lost(was: Picture, settled: Settled) -> int:
    """Return how many promises have no table that were not without one before."""
    without = {each.reservation_id for each in was.promises if each.exposed}
    return sum(
        each.reservation_id in settled.unplaced and each.reservation_id not in without
        for each in settled.after.promises
    )


def _with_room_made(lost: Settled, house: House, now: datetime) -> Settled:
    """Return the plan of all others, with some of them moved for those who newly sit."""
    newly = {each.seating_id for each in lost.changes.seatings}
    sits = [each for each in lost.after.seatings if each.seating_id in newly]
    others = tuple(each for each in lost.after.seatings if each.seating_id not in newly)
    plan = assign_tables(occupancy(replace(lost.after, seatings=others), house, now=now))
    for each in sits:
        admitted = None if each.cleared_at else _seated_there(plan, each, house, now)
        plan = admitted or plan
    changes = with_plan_moves(lost.after, moves(fewer_moves(plan.plan)), Changes())
    found = _planned(lost.after, changes, house, now)
    return replace(found, changes=merge_changes(lost.changes, changes))


def _seated_there(
    plan: Assignment, seating: Seating, house: House, now: datetime
) -> Assignment | None:
    if room_of(house).table_set(seating.tables) is None:
        return None
    item = party_item(
        plan.window,
        room_of(house),
        party_size=seating.party_size,
        needs=Needs(),
        starts=seating.seated_at,
        ends=seating_end(seating, now),
        tables=seating.tables,
    )
    found = admit(plan, item)
    return (
        None
        if found is None
        else Assignment(plan.window, found, HallCondition(found), plan.unplaced)
    )


def _with_fewer_moves(assigned: Assignment) -> Assignment:
    plan = fewer_moves(assigned.plan)
    if plan is assigned.plan:
        return assigned
    return replace(assigned, plan=plan, hall=HallCondition(plan))


def _planned(picture: Picture, changes: Changes, house: House, now: datetime) -> Settled:
    after = apply_changes(picture, changes)
    plan = _with_fewer_moves(assign_tables(occupancy(after, house, now=now)))
    keys = (plan.plan.items[number].key for number in plan.unplaced)
    return Settled(changes, after, plan, frozenset(key for key in keys if key is not None))
