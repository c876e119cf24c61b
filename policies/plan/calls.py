"""A called waiting party's table: kept in the plan for its call minutes, as a slot hold.

The party comes at any minute until the hold expires and then stays its whole turn, so the hold
spans both; the plan may move it to other tables that are free now.
"""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec.structs import replace

from policies.admission.admission import admitted_to
from policies.book.changes import Changes, with_plan_moves, without_intentions
from policies.book.picture import Picture, SlotHold, SlotHoldState, WaitEntry, holds_in_force
from policies.house.calendar import turn_minutes
from policies.house.house import House
from policies.house.room import room_of
from policies.plan.occupancy import occupancy, party_item
from policies.plan.placement import Assignment, admit, assign_tables, moves
from policies.plan.plan import Plan


def kept_calls(picture: Picture, now: datetime) -> dict[UUID, SlotHold]:
    """Return the holds in force of called parties, by the id of their waitlist entry."""
    return {hold.wait_id: hold for hold in holds_in_force(picture, now) if hold.wait_id}


def without_waiting(picture: Picture, wait_id: UUID) -> Picture:
    """Return the picture without a waiting party and the table kept for it."""
    return replace(
        picture,
        waiting=tuple(each for each in picture.waiting if each.wait_id != wait_id),
        slot_holds=tuple(each for each in picture.slot_holds if each.wait_id != wait_id),
    )


def keep_for_call(
    picture: Picture,
    house: House,
    entry: WaitEntry,
    hold_id: UUID,
    suggested: tuple[str, ...],
    *,
    now: datetime,
) -> Changes:
    """Return the changes that keep a table for the party from now on, `suggested` if it is free.

    Kept for the call minutes of the rules and a whole turn after them; where no table is free for
    that long, for a turn from now. No changes where none is free for a turn: every promise keeps
    its table. An earlier call's hold ends.
    """
    earlier = kept_calls(picture, now).get(entry.wait_id)
    before = end_call(picture, entry.wait_id, "given_back")
    without = earlier.slot_hold_id if earlier else None
    assignment = assign_tables(
        occupancy(without_intentions(picture, None, without), house, now=now)
    )
    called = timedelta(minutes=picture.rules.call_minutes)
    area = entry.needs.area or room_of(house).area_of(suggested)
    turn = timedelta(minutes=turn_minutes(house, entry.party_size, picture.period, area))
    for ends in (now + called + turn, now + turn):
        plan = _placed(assignment, house, entry, suggested, now, ends)
        if plan is not None:
            hold = SlotHold(
                slot_hold_id=hold_id,
                period_id=entry.period_id,
                state="held",
                party_size=entry.party_size,
                starts=now,
                ends=ends,
                expires_at=now + called,
                wait_id=entry.wait_id,
                needs=entry.needs,
                tables=room_of(house).names(plan.table_sets[-1]),
            )
            return with_plan_moves(picture, moves(plan), Changes(slot_holds=(*before, hold)))
    return Changes(slot_holds=before)


def end_call(picture: Picture, wait_id: UUID, state: SlotHoldState) -> tuple[SlotHold, ...]:
    """Return the party's holds as ended: confirmed once it sits, given back when it leaves."""
    return tuple(
        replace(hold, state=state, tables=())
        for hold in picture.slot_holds
        if hold.wait_id == wait_id and hold.state == "held"
    )


def _placed(
    assignment: Assignment,
    house: House,
    entry: WaitEntry,
    suggested: tuple[str, ...],
    now: datetime,
    ends: datetime,
) -> Plan | None:
    for tables in (suggested, ()) if suggested else ((),):
        item = party_item(
            assignment.window,
            room_of(house),
            party_size=entry.party_size,
            needs=entry.needs,
            starts=now,
            ends=ends,
            tables=tables,
            admitted=admitted_to(room_of(house), "waitlist", (), entry.period_id),
        )
        plan = admit(assignment, item)
        if plan is not None:
            return plan
    return None
