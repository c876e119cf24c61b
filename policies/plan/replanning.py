"""Making the plan follow the facts: who moves, who is exposed, which held table gives way."""

from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from policies.book.changes import Changes, applied, merged, with_moves
from policies.book.picture import (
    HeldTable,
    Picture,
    Promise,
    SlotHold,
    held_in_force,
    holds_in_force,
    seating_end,
)
from policies.house.house import House
from policies.house.room import room_of
from policies.plan.occupancy import Party, occupancy, party_item
from policies.plan.placement import Settled, admit, moves, settle

NEEDED = "a promise needed its place"


def settled(picture: Picture, changes: Changes, house: House, *, now: datetime) -> Changes:
    """Return the changes together with the plan they force.

    Facts win over intentions: a promise whose tables are gone is moved where a complete assignment
    allows it, and otherwise stands without a table, exposed (DESIGN.md, invariants 1 and 2). One
    that was promised those very tables is moved too: a table is worth more than the table. And a
    held table gives way before a promise does, as does one that a host has opened for somebody.
    """
    changes, plan = _unfixed(picture, changes, house, now)
    after = applied(picture, changes)
    if _promises_lost(after, plan) and any(held_in_force(after, now)):
        changes = _as_if_nothing_were_held(picture, changes, house, now)
        changes, plan = _unfixed(picture, changes, house, now)
    changes, plan = _opened_giving_way(picture, changes, plan, house, now)
    changes = merged(changes, _planned(applied(picture, changes), plan, now))
    return _promoted(picture, changes, house, now)


def overtaken(picture: Picture, now: datetime) -> bool:
    """Tell whether a party stays so long that a plan for its table cannot be kept any more."""
    kept = [each for each in picture.promises if each.state in {"booked", "arrived"}]
    parties: list[Party] = [*kept, *picture.slot_holds, *held_in_force(picture, now)]
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
    """Give promises beyond the room a table where the room has one by now: they are physical."""
    after, plan = applied(picture, changes), None
    for promise in _beyond(after):
        plan = plan or settle(occupancy(after, house, now=now))
        item = party_item(
            plan.window,
            room_of(house),
            party_size=promise.party_size,
            needs=promise.needs,
            starts=promise.starts,
            ends=promise.ends,
        )
        placed = admit(plan, item)
        if placed is not None:
            seat = room_of(house).names(placed.seats[-1])
            kept = replace(promise, tables=seat, kind="physical", overruled=False)
            changes = merged(changes, with_moves(after, moves(placed), Changes(promises=(kept,))))
            after, plan = applied(picture, changes), None
    return changes


def _beyond(picture: Picture) -> list[Promise]:
    """Promises beyond the room that are still to be kept, the earliest first."""
    kept_for = {hold.reservation_id for hold in picture.slot_holds if hold.state == "held"}
    waiting = [
        promise
        for promise in picture.promises
        if promise.kind == "overbooked"
        and promise.state in {"booked", "arrived"}
        and promise.reservation_id not in kept_for
    ]
    return sorted(waiting, key=lambda promise: (promise.starts, promise.reservation_id))


def _planned(after: Picture, plan: Settled, now: datetime) -> Changes:
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
    """A place opened for a party at the door that a fact has taken: it is no other table."""
    return replace(hold, state="expired", tables=())


def _opened_giving_way(
    picture: Picture, changes: Changes, plan: Settled, house: House, now: datetime
) -> tuple[Changes, Settled]:
    """End what hosts have opened, one after another, while that saves promises their place."""
    after = applied(picture, changes)
    lost = _promises_lost(after, plan)
    for hold in holds_in_force(after, now):
        if not lost:
            break
        if hold.fixed:
            trial = merged(changes, Changes(slot_holds=(_ended(hold),)))
            without, other = _unfixed(picture, trial, house, now)
            left = _promises_lost(applied(picture, without), other)
            if left < lost:
                changes, plan, lost = without, other, left
    return changes, plan


def _promises_lost(after: Picture, plan: Settled) -> int:
    unplaced = frozenset(_unplaced(plan))
    return sum(promise.reservation_id in unplaced for promise in after.promises)


def _as_if_nothing_were_held(
    picture: Picture, changes: Changes, house: House, now: datetime
) -> Changes:
    """Return the changes with promises moved where held tables were meant to be."""
    after = applied(picture, changes)
    plan = settle(occupancy(after, house, now=now, held=False))
    return merged(changes, with_moves(after, moves(plan.plan), Changes()))


def _unfixed(
    picture: Picture, changes: Changes, house: House, now: datetime
) -> tuple[Changes, Settled]:
    """Return the changes with promises freed of tables they cannot have, and the plan then."""
    after = applied(picture, changes)
    plan = settle(occupancy(after, house, now=now))
    lost = frozenset(_unplaced(plan))
    freed = tuple(
        replace(promise, tables=(), fixed=False)
        for promise in after.promises
        if promise.fixed and promise.reservation_id in lost
    )
    if not freed:
        return changes, plan
    changes = merged(changes, Changes(promises=freed))
    return changes, settle(occupancy(applied(picture, changes), house, now=now))


def _unplaced(settled: Settled) -> list[UUID]:
    keys = (settled.plan.items[number].key for number in settled.unplaced)
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
