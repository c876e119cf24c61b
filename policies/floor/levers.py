"""Orders about the evening itself: levers, tables out of use, parties waiting."""

from datetime import UTC, datetime, timedelta
from typing import TypeVar

from msgspec.structs import replace

from policies.book.changes import Changes
from policies.book.picture import Block
from policies.floor.orders import BlockTable, Levers, LiftBlock
from policies.floor.stand import Done, Impossible, Stand

LEVER_SECONDS = 3600
"""A lever is one tap and can be taken back for an hour."""

LONGEST_BLOCK = timedelta(days=31)


def levers(stand: Stand, order: Levers) -> Done:
    """Pull or release levers; promises stand, the plan moves around what is shut."""
    period = stand.picture.period
    unknown = set(order.areas_shut or ()) - {area.id for area in stand.house.areas}
    if unknown:
        raise Impossible("INVALID", f"there is no area {min(unknown)}", "/areas_shut")
    pulled = replace(
        period,
        online_paused=_said(order.online_paused, period.online_paused),
        seating_stopped=_said(order.seating_stopped, period.seating_stopped),
        last_orders_at=_at(order.last_orders, period.last_orders_at, stand.now),
        closes_early_at=_at(order.close_early, period.closes_early_at, stand.now),
        areas_shut=_said(order.areas_shut, period.areas_shut),
    )
    return Done(changes=Changes(period=pulled), subject=order.id, undo_seconds=LEVER_SECONDS)


def block(stand: Stand, order: BlockTable) -> Done:
    """Take a table out of use; whoever was meant to sit there is moved or exposed."""
    if order.table_id not in {table.id for table in stand.house.tables}:
        raise Impossible("INVALID", f"there is no table {order.table_id}", "/table_id")
    made = Block(
        block_id=order.id,
        table_id=order.table_id,
        starts=_utc(order.starts) or stand.now,
        ends=_utc(order.ends) or stand.picture.period.closes,
        reason=order.reason or "out of use",
    )
    _check_times(stand, made)
    if clashes(stand, made):
        told = f"table {order.table_id} is blocked already"
        raise Impossible("INVALID", told, "/table_id")
    return Done(changes=Changes(blocks=(made,)), subject=order.id)


def lift(stand: Stand, order: LiftBlock) -> Done:
    """Put a table back into use."""
    block = stand.block(order.block_id, order.version)
    lifted = replace(block, lifted_at=stand.now, version=block.version + 1)
    return Done(changes=Changes(blocks=(lifted,)), subject=block.block_id)


def clashes(stand: Stand, block: Block) -> bool:
    """Tell whether another block has the table at some time of this one."""
    return any(
        other.table_id == block.table_id
        and other.block_id != block.block_id
        and other.starts < block.ends
        and block.starts < other.ends
        for other in stand.picture.blocks
    )


def _check_times(stand: Stand, block: Block) -> None:
    if not max(block.starts, stand.now) < block.ends:
        raise Impossible("INVALID", "the block has to end after it begins, and ahead", "/ends")
    if block.ends - block.starts > LONGEST_BLOCK:
        raise Impossible("INVALID", f"a block is {LONGEST_BLOCK.days} days at most", "/ends")


def _utc(instant: datetime | None) -> datetime | None:
    return instant.astimezone(UTC) if instant else None


T = TypeVar("T")


def _said(order: T | None, now: T) -> T:
    return now if order is None else order


def _at(order: object, pulled_at: datetime | None, now: datetime) -> datetime | None:
    """None leaves the lever as it is, False releases it, True pulls it (once) now."""
    if order is None:
        return pulled_at
    return (pulled_at or now) if order else None
