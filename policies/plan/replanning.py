"""Re-planning after a change: who moves, who is exposed, which held table is released."""

from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from policies.admission.admission import admitted_to
from policies.book.changes import Changes, apply_changes, merge_changes, with_plan_moves
from policies.book.pace import areas_to_avoid
from policies.book.picture import (
    HeldTable,
    Picture,
    Promise,
    SlotHold,
    held_in_force,
    holds_in_force,
    is_planned_here,
    seating_end,
    with_fixed_tables,
)
from policies.house.house import House
from policies.house.room import room_of
from policies.plan.occupancy import PlannedParty, occupancy, party_item, there_last
from policies.plan.placement import Assignment, admit, assign_tables, moves

NEEDED = "a promise needed its place"


def replan(picture: Picture, changes: Changes, house: House, *, now: datetime) -> Changes:
    """Return the changes together with the plan they force.

    Facts override intentions. A promise whose tables are taken is moved where a complete
    assignment allows it, otherwise it stands without tables, exposed. One fixed to those very
    tables is moved too: to have a table matters more than which. Held tables give way before a
    promise or a called party does; tables kept for a called party or opened by a host give way
    before a promise does.
    """
    changes, plan = _unfixed(picture, changes, house, now)
    after = apply_changes(picture, changes)
    if _owed_lost(after, plan) and any(held_in_force(after, now)):
        changes = _without_held_tables(picture, changes, house, now)
        changes, plan = _unfixed(picture, changes, house, now)
    changes, plan = _opened_giving_way(picture, changes, plan, house, now)
    changes = merge_changes(changes, _planned(apply_changes(picture, changes), plan, now))
    return _promoted(picture, changes, house, now)


def overrun_conflict(picture: Picture, now: datetime) -> bool:
    """Tell whether an overrunning party is at tables that a plan by now gives to another."""
    kept = [each for each in picture.promises if each.state in {"booked", "arrived"}]
    parties: list[PlannedParty] = [*kept, *picture.slot_holds, *held_in_force(picture, now)]
    plans = [
        (frozenset(party.tables), party.starts, party.ends) for party in parties if party.tables
    ]
    return any(
        tables & set(seating.tables) and starts < seating_end(seating, now) and now < ends
        for seating in picture.seatings
        if seating.cleared_at is None and seating.expected_end < seating_end(seating, now)
        for tables, starts, ends in plans
    )


def _promoted(picture: Picture, changes: Changes, house: House, now: datetime) -> Changes:
    """Give overbooked promises tables where the room has some by now: they become physical.

    Not those kept for enquiries.
    """
    after, plan = apply_changes(picture, changes), None
    for promise in _overbooked(after):
        plan = plan or assign_tables(occupancy(after, house, now=now, enquiries=True))
        item = party_item(
            plan.window,
            room_of(house),
            party_size=promise.party_size,
            needs=promise.needs,
            starts=promise.starts,
            ends=promise.ends,
            admitted=admitted_to(room_of(house), promise.channel, promise.tags, promise.period_id),
            preferences=promise.preferences,
        )
        avoided = areas_to_avoid(after, house, (promise,), now=now).get(0, frozenset())
        placed = admit(plan, there_last(room_of(house), item, avoided))
        if placed is not None:
            seat = room_of(house).names(placed.table_sets[-1])
            kept = replace(promise, tables=seat, kind="physical", overruled=False)
            changes = merge_changes(
                changes, with_plan_moves(after, moves(placed), Changes(promises=(kept,)))
            )
            after, plan = apply_changes(picture, changes), None
    return changes


def _overbooked(picture: Picture) -> list[Promise]:
    """Return the overbooked promises still to be kept, the earliest first."""
    kept_for = {hold.reservation_id for hold in picture.slot_holds if hold.state == "held"}
    waiting = [
        promise
        for promise in picture.promises
        if promise.kind == "overbooked"
        and promise.state in {"booked", "arrived"}
        and promise.reservation_id not in kept_for
        and is_planned_here(picture, promise)
    ]
    return sorted(waiting, key=lambda promise: (promise.starts, promise.reservation_id))


def _planned(after: Picture, plan: Assignment, now: datetime) -> Changes:
    moved, unplaced = moves(plan.plan), frozenset(_unplaced(plan))
    promises = tuple(
        replanned
        for promise in after.promises
        if (replanned := _replanned(promise, moved, unplaced)) != promise
    )
    holds = tuple(
        _ended(hold) if hold.fixed else replace(hold, tables=moved.get(hold.slot_hold_id, ()))
        for hold in after.slot_holds
        if hold.slot_hold_id in moved or (hold.slot_hold_id in unplaced and hold.tables)
    )
    held = tuple(
        _held(table, moved, now)
        for table in held_in_force(after, now)
        if table.held_id in moved or table.held_id in unplaced
    )
    return Changes(promises=promises, slot_holds=holds, held=held)


def _held(table: HeldTable, moved: dict[UUID, tuple[str, ...]], now: datetime) -> HeldTable:
    if table.held_id in moved:
        return replace(table, tables=moved[table.held_id])
    return replace(
        table,
        state="cancelled",
        tables=(),
        ended_at=now,
        reason=NEEDED,
        version=table.version + 1,
    )


def _ended(hold: SlotHold) -> SlotHold:
    """Expire a slot hold whose tables a fact or a promise has taken."""
    return replace(hold, state="expired", tables=())


def _opened_giving_way(
    picture: Picture, changes: Changes, plan: Assignment, house: House, now: datetime
) -> tuple[Changes, Assignment]:
    """Expire tables opened by hosts or kept for called parties, one by one, for promises' sake."""
    after = apply_changes(picture, changes)
    lost = _promises_lost(after, plan)
    for hold in holds_in_force(after, now):
        if not lost:
            break
        if hold.fixed or hold.wait_id is not None:
            trial = merge_changes(changes, Changes(slot_holds=(_ended(hold),)))
            without, other = _unfixed(picture, trial, house, now)
            left = _promises_lost(apply_changes(picture, without), other)
            if left < lost:
                changes, plan, lost = without, other, left
    return changes, plan


def _promises_lost(after: Picture, plan: Assignment) -> int:
    unplaced = frozenset(_unplaced(plan))
    return sum(promise.reservation_id in unplaced for promise in after.promises)


def _owed_lost(after: Picture, plan: Assignment) -> int:
    unplaced = frozenset(_unplaced(plan))
    called = sum(
        hold.wait_id is not None and hold.slot_hold_id in unplaced for hold in after.slot_holds
    )
    return _promises_lost(after, plan) + called


def _without_held_tables(
    picture: Picture, changes: Changes, house: House, now: datetime
) -> Changes:
    """Return the changes with promises moved to tables that were held."""
    after = apply_changes(picture, changes)
    plan = assign_tables(occupancy(after, house, now=now, held=False))
    return merge_changes(changes, with_plan_moves(after, moves(plan.plan), Changes()))


def _unfixed(
    picture: Picture, changes: Changes, house: House, now: datetime
) -> tuple[Changes, Assignment]:
    """Return the changes with promises freed of fixed tables they cannot have, and the plan."""
    after = apply_changes(picture, changes)
    plan = assign_tables(occupancy(after, house, now=now))
    lost = frozenset(_unplaced(plan))
    freed = tuple(
        replace(with_fixed_tables(promise, fixed=False), tables=())
        for promise in after.promises
        if promise.fixed and promise.reservation_id in lost
    )
    if not freed:
        return changes, plan
    changes = merge_changes(changes, Changes(promises=freed))
    return changes, assign_tables(occupancy(apply_changes(picture, changes), house, now=now))


def _unplaced(assignment: Assignment) -> list[UUID]:
    keys = (assignment.plan.items[number].key for number in assignment.unplaced)
    return [key for key in keys if key is not None]


def _replanned(
    promise: Promise, moved: dict[UUID, tuple[str, ...]], unplaced: frozenset[UUID]
) -> Promise:
    if promise.reservation_id in moved:
        return replace(promise, tables=moved[promise.reservation_id], exposed=False)
    if promise.reservation_id in unplaced:
        return replace(promise, tables=(), exposed=True)
    if promise.exposed and promise.state not in {"booked", "arrived"}:
        return replace(promise, exposed=False)
    return promise
