"""Re-planning after a change: who moves, who is exposed, which held table gives way."""

from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from policies.admission.admission import admitted_to
from policies.book.changes import Changes, apply_changes, merge_changes, with_plan_moves
from policies.book.pace import areas_to_avoid
from policies.book.picture import (
    Picture,
    Promise,
    SlotHold,
    held_in_force,
    holds_in_force,
    is_planned_here,
    seating_end,
    with_reset_over,
)
from policies.house.house import House
from policies.house.room import room_of
from policies.plan.giving_way import SYSTEM, held_giving_way
from policies.plan.occupancy import PlannedParty, occupancy, party_item, there_last
from policies.plan.placement import admit, assign_tables, moves
from policies.plan.settling import Settled, settle


def replan(
    picture: Picture, changes: Changes, house: House, *, now: datetime, by: str = SYSTEM
) -> Changes:
    """Return the changes together with the plan they force; `by`: the id of who causes them.

    Facts override intentions. A promise whose tables are taken is moved where a complete
    assignment allows it, otherwise it stands without tables, exposed. One fixed to those very
    tables is moved too: to have a table matters more than which. Before a promise is exposed others
    give way, in this order: tables opened by hosts, held tables (they move, start later, and only
    then end: `policies.plan.giving_way`), tables kept for called parties.
    """
    changes = _resets_giving_way(picture, changes, now)
    settled = _opened_giving_way(picture, settle(picture, changes, house, now=now), house, now)
    settled = held_giving_way(picture, settled, house, now=now, by=by)
    calls = _opened_giving_way(picture, settled, house, now, calls=True)
    if calls is not settled:
        settled = held_giving_way(picture, calls, house, now=now, by=by)
    planned = merge_changes(settled.changes, _planned(settled, now))
    return _promoted(picture, planned, house, now)


def _resets_giving_way(picture: Picture, changes: Changes, now: datetime) -> Changes:
    """Return the changes with the resets ended of tables where somebody sits down."""
    seated = {
        table for each in changes.seatings if each.cleared_at is None for table in each.tables
    }
    ended = tuple(
        with_reset_over(reset, now)
        for reset in picture.resets
        if reset.ended_at is None and reset.table_id in seated
    )
    return merge_changes(changes, Changes(resets=ended)) if ended else changes


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


def _planned(settled: Settled, now: datetime) -> Changes:
    after, unplaced = settled.after, settled.unplaced
    moved = moves(settled.plan.plan)
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
        replace(table, tables=moved[table.held_id])
        for table in held_in_force(after, now)
        if table.held_id in moved
    )
    return Changes(promises=promises, slot_holds=holds, held=held)


def _ended(hold: SlotHold) -> SlotHold:
    """Expire a slot hold whose tables a fact or a promise has taken."""
    return replace(hold, state="expired", tables=())


def _opened_giving_way(
    picture: Picture, settled: Settled, house: House, now: datetime, *, calls: bool = False
) -> Settled:
    """Expire tables opened by hosts, with `calls` also those kept for called parties, one by one.

    Only where a promise has a table for it.
    """
    for hold in holds_in_force(settled.after, now):
        if not settled.promises_lost:
            break
        if hold.fixed or (calls and hold.wait_id is not None):
            trial = merge_changes(settled.changes, Changes(slot_holds=(_ended(hold),)))
            without = settle(picture, trial, house, now=now)
            if without.promises_lost < settled.promises_lost:
                settled = without
    return settled


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
