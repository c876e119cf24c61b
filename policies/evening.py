"""Orders about the evening itself: levers, tables out of use, parties waiting."""

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from msgspec.structs import replace

from policies.changes import Changes
from policies.lifecycles import WAITLIST, WaitEvent, step
from policies.orders import (
    BlockTable,
    Done,
    Impossible,
    Leave,
    Levers,
    LiftBlock,
    Notify,
    Room,
    Wait,
    fresh,
)
from policies.terms import Block, WaitEntry


def levers(room: Room, order: Levers) -> Done:
    """Pull or release levers; promises stand, the plan moves around what is shut."""
    period = room.picture.period
    unknown = set(order.areas_shut or ()) - {area.id for area in room.house.areas}
    if unknown:
        raise Impossible("INVALID", f"there is no area {min(unknown)}", "/areas_shut")
    pulled = replace(
        period,
        online_paused=_said(order.online_paused, period.online_paused),
        seating_stopped=_said(order.seating_stopped, period.seating_stopped),
        last_orders_at=_at(order.last_orders, period.last_orders_at, room.now),
        closes_early_at=_at(order.close_early, period.closes_early_at, room.now),
        areas_shut=_said(order.areas_shut, period.areas_shut),
    )
    return Done(changes=Changes(period=pulled), subject=order.id, undo_seconds=LEVER_SECONDS)


def block(room: Room, order: BlockTable) -> Done:
    """Take a table out of use; whoever was meant to sit there is moved or exposed."""
    if order.table_id not in {table.id for table in room.house.tables}:
        raise Impossible("INVALID", f"there is no table {order.table_id}", "/table_id")
    starts = order.starts or room.now
    ends = order.ends or room.picture.period.closes
    if not starts < ends:
        raise Impossible("INVALID", "the block has to end after it begins", "/ends")
    clash = [
        other
        for other in room.picture.blocks
        if other.table_id == order.table_id and other.starts < ends and starts < other.ends
    ]
    if clash:
        raise Impossible("INVALID", f"table {order.table_id} is blocked already", "/table_id")
    made = Block(
        block_id=order.id,
        table_id=order.table_id,
        starts=starts,
        ends=ends,
        reason=order.reason or "out of use",
    )
    return Done(changes=Changes(blocks=(made,)), subject=order.id)


def lift(room: Room, order: LiftBlock) -> Done:
    """Put a table back into use."""
    for block in room.picture.blocks:
        if block.block_id == order.block_id:
            fresh(block.version, order.version, "block")
            lifted = replace(block, lifted_at=room.now, version=block.version + 1)
            return Done(changes=Changes(blocks=(lifted,)), subject=block.block_id)
    raise Impossible("NOT_FOUND", "no such block is in force", "/block_id")


def wait(room: Room, order: Wait) -> Done:
    """Put a party on the waitlist with the wait it was told."""
    entry = WaitEntry(
        wait_id=order.id,
        period_id=room.picture.period.period_id,
        state="waiting",
        party_size=order.party_size,
        joined_at=room.now,
        name=order.name,
        phone=order.phone,
        needs=order.needs,
        quoted_minutes=order.quoted_minutes,
    )
    return Done(changes=Changes(waiting=(entry,)), subject=order.id)


def notify(room: Room, order: Notify) -> Done:
    """Note that a waiting party was told that its table is ready."""
    entry = _stepped(room, order.wait_id, order.version, "notify")
    return _waits(replace(entry, notified_at=room.now))


def leave(room: Room, order: Leave) -> Done:
    """End a wait without a table."""
    event: WaitEvent = "turn_away" if order.turned_away else "leave"
    entry = _stepped(room, order.wait_id, order.version, event)
    return _waits(replace(entry, ended_at=room.now))


LEVER_SECONDS = 3600
"""A lever is one tap and can be taken back for an hour."""


def _waits(entry: WaitEntry) -> Done:
    return Done(changes=Changes(waiting=(entry,)), subject=entry.wait_id)


def _stepped(room: Room, wait_id: UUID, version: int, event: WaitEvent) -> WaitEntry:
    entry = room.waiting(wait_id, version)
    to = step(WAITLIST, entry.state, event, room.by).to
    return replace(entry, state=to, version=entry.version + 1)


T = TypeVar("T")


def _said(order: T | None, now: T) -> T:
    return now if order is None else order


def _at(order: object, pulled_at: datetime | None, now: datetime) -> datetime | None:
    """None leaves the lever as it is, False releases it, True pulls it (once) now."""
    if order is None:
        return pulled_at
    return (pulled_at or now) if order else None
