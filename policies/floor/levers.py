"""Handlers of levers and blocks.

Levers: pause online booking, stop seating, last orders, close early, shut areas, the pace.
"""

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from policies.book.changes import Changes
from policies.book.levers import with_levers
from policies.book.picture import NO_REASON, Block
from policies.book.refusals import CommandRefused
from policies.floor.lever_spans import LEVER_UNDO_SECONDS, LeverSpan, check_areas, check_end, pulled
from policies.floor.orders import BlockTable, Levers, LiftBlock
from policies.floor.stand import Outcome, Stand
from policies.words.message import message

LONGEST_BLOCK = timedelta(days=31)


def levers(stand: Stand, command: Levers) -> Outcome:
    """Set levers of the period. Promises stand; the plan is settled around areas that are shut."""
    period, before = stand.picture.period, stand.picture.levers
    check_areas(command, {area.id for area in stand.house.areas})
    check_end(command, period.service_date, stand.now)
    span = LeverSpan(period.service_date, period.service_date, (period.name,))
    made = tuple(pulled(command, span, stand.now, period=period))
    changes = Changes(period=with_levers(period, (*before, *made), stand.now), levers=made)
    return Outcome(changes=changes, subject=command.id, undo_seconds=LEVER_UNDO_SECONDS)


def block(stand: Stand, command: BlockTable) -> Outcome:
    """Take a table out of use; promises planned there are moved or exposed."""
    if command.table_id not in {table.id for table in stand.house.tables}:
        raise CommandRefused(
            "INVALID", message("no-such-table", table=command.table_id), "/table_id"
        )
    made = Block(
        block_id=command.id,
        table_id=command.table_id,
        starts=_utc(command.starts) or stand.now,
        ends=_utc(command.ends) or stand.picture.period.closes,
        reason=command.reason or NO_REASON,
    )
    _check_times(stand, made)
    if overlaps_block(stand, made):
        detail = message("table-blocked-already", table=command.table_id)
        raise CommandRefused("INVALID", detail, "/table_id")
    return Outcome(changes=Changes(blocks=(made,)), subject=command.id)


def lift(stand: Stand, command: LiftBlock) -> Outcome:
    """Put a table back into use."""
    block = stand.block(command.block_id, command.version)
    lifted = replace(block, lifted_at=stand.now, version=block.version + 1)
    return Outcome(changes=Changes(blocks=(lifted,)), subject=block.block_id)


def overlaps_block(stand: Stand, block: Block) -> bool:
    """Tell whether another block of the same table overlaps this one."""
    return any(
        other.table_id == block.table_id
        and other.block_id != block.block_id
        and other.starts < block.ends
        and block.starts < other.ends
        for other in stand.picture.blocks
    )


def _check_times(stand: Stand, block: Block) -> None:
    if not max(block.starts, stand.now) < block.ends:
        raise CommandRefused("INVALID", message("block-ends-before"), "/ends")
    if block.ends - block.starts > LONGEST_BLOCK:
        raise CommandRefused("INVALID", message("block-too-long", days=LONGEST_BLOCK.days), "/ends")


def _utc(instant: datetime | None) -> datetime | None:
    return instant.astimezone(UTC) if instant else None
