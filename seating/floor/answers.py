"""The result of a command, and the error for one that is impossible as things are now."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from policies.book.changes import ID_FIELDS, Changes
from policies.book.consequences import Consequences, MovedParty, OrderWarning
from policies.book.deeds import Deed
from policies.book.levers import PulledLever
from policies.book.picture import (
    Block,
    HeldTable,
    Picture,
    Promise,
    Seating,
    TableReset,
    WaitEntry,
)
from policies.book.refusals import CommandCode, CommandRefused
from policies.book.sections import SectionTable
from policies.floor.orders import Command, Order
from policies.house.calendar import Period
from policies.words.message import message
from seating.book.periods import LockedPeriod
from seating.book.reservations import Booker, Reservation, read_reservation
from seating.db import Connection
from seating.door.answering import Touched
from seating.door.order_answer import PromisedThen
from seating.errors import (
    CannotUndo,
    Invalid,
    MaitredError,
    NeedsAnyway,
    NotAllowed,
    NotFound,
    NotPossibleNow,
    Stale,
    TableOccupied,
)

ERRORS: dict[CommandCode, type[MaitredError]] = {
    "NOT_FOUND": NotFound,
    "INVALID": Invalid,
    "STALE": Stale,
    "NOT_POSSIBLE_NOW": NotPossibleNow,
    "NOT_ALLOWED": NotAllowed,
    "TABLE_OCCUPIED": TableOccupied,
    "CANNOT_UNDO": CannotUndo,
    "NEEDS_ANYWAY": NeedsAnyway,
}

READ_SEATING = """
select seating_id, period_id, state, party_size, seated_at, counted_at, expected_end,
       reservation_id, wait_id, name, cleared_at, merged_into, server, version,
       '{}'::text[] as tables
from seating where venue_id = $1 and seating_id = $2
"""

READ_WAIT = """
select period_id, to_json(w)::text as entry
from (select wait_id, period_id, state, party_size, joined_at, name, phone, needs, quoted_minutes,
             notified_at, ended_at, coming_at, waits_at as "where", version
      from wait_entry where venue_id = $1 and wait_id = $2) w
"""

STAFF = Booker(channel="desk", actor="host")


class CommandResult(Struct, frozen=True, kw_only=True):
    """What a command changed, each thing in its state after it.

    `removed_seatings`, `removed_wait_entries`: ids of seatings and waitlist entries that an undo
    removed. `held`: held tables that changed; one that gave way says what for (`ended_for`,
    `ended_why`). `warnings`: what the host should know. `moved`: reservations replanned to other
    tables; `exposed`: those left without a table. `undo_until`: until when the command can be
    undone; None if not at all. `dry_run`: nothing was changed, and `period_version` is as it was.
    `levers`: pulled, or taken back; `promised`: what stands in the services they are for, where
    anything does. `resets`: tables that are to be made ready, or are.
    `sections`: who serves which tables from now on. `period_id`: of the period;
    None where it is about several, and in answers stored before it was kept.
    """

    action_id: UUID
    period_version: int
    reservations: tuple[Promise, ...] = ()
    seatings: tuple[Seating, ...] = ()
    blocks: tuple[Block, ...] = ()
    waiting: tuple[WaitEntry, ...] = ()
    held: tuple[HeldTable, ...] = ()
    removed_seatings: tuple[UUID, ...] = ()
    removed_wait_entries: tuple[UUID, ...] = ()
    period: Period | None = None
    warnings: tuple[OrderWarning, ...] = ()
    moved: tuple[MovedParty, ...] = ()
    exposed: tuple[UUID, ...] = ()
    undo_until: datetime | None = None
    levers: tuple[PulledLever, ...] = ()
    promised: tuple[PromisedThen, ...] = ()
    resets: tuple[TableReset, ...] = ()
    sections: tuple[SectionTable, ...] = ()
    dry_run: bool = False
    period_id: str | None = None


def command_result(
    action_id: UUID,
    was: Picture,
    after: Picture,
    changes: Changes,
    told: Consequences,
    undo_until: datetime | None,
    *,
    dry_run: bool = False,
) -> CommandResult:
    """Return the result of the changes that lead from one picture to the other."""
    return CommandResult(
        action_id=action_id,
        period_version=after.period.version,
        reservations=changes.promises,
        seatings=changes.seatings,
        blocks=changes.blocks,
        waiting=changes.waiting,
        held=changes.held,
        removed_seatings=changes.removed_seatings,
        removed_wait_entries=changes.removed_wait_entries,
        period=after.period if changes.period else None,
        warnings=told.warnings,
        moved=told.moved,
        exposed=_exposed(was, changes),
        undo_until=undo_until,
        levers=changes.levers,
        promised=tuple(_promised(after)) if changes.levers else (),
        resets=changes.resets,
        sections=changes.sections,
        dry_run=dry_run,
        period_id=after.period.period_id,
    )


def touched_by(result: CommandResult, order: Order | None = None) -> Touched:
    """Return what an order changed, for the answer to the tablet; of a dry run the order says."""
    changes, deed = changes_of(result), None
    if order is not None and result.dry_run:
        deed = Deed(kind=type(order).__name__, subject=_subject(order, changes))
    return Touched(
        action_id=result.action_id,
        period_id=result.period_id or _period_of(changes),
        period_version=result.period_version,
        period=result.period,
        changes=changes,
        warnings=result.warnings,
        moved=result.moved,
        exposed=result.exposed,
        undo_until=result.undo_until,
        promised=result.promised,
        deed=deed,
    )


def changes_of(result: CommandResult) -> Changes:
    """Return what a command changed, each thing in its state after it."""
    return Changes(
        promises=result.reservations,
        seatings=result.seatings,
        blocks=result.blocks,
        waiting=result.waiting,
        held=result.held,
        removed_seatings=result.removed_seatings,
        removed_wait_entries=result.removed_wait_entries,
        levers=result.levers,
        resets=result.resets,
        sections=result.sections,
    )


def _period_of(changes: Changes) -> str | None:
    named = (
        *(each.period_id for each in changes.promises),
        *(each.period_id for each in changes.seatings),
        *(each.period_id for each in changes.waiting),
        *(each.period_id for each in changes.held),
    )
    return next(iter(named), None)


def _subject(order: Order, changes: Changes) -> UUID | None:
    """Return the id of what an order is about: the new thing it names, else the one it changes."""
    keys = ("seating_id", "wait_id", "reservation_id", "held_id", "block_id")
    asked = (order.id, *(getattr(order, key, None) for key in keys))
    known = {
        getattr(each, ID_FIELDS[name]) for name in ID_FIELDS for each in getattr(changes, name)
    }
    return next((each for each in asked if each in known), None)


async def error_of(
    conn: Connection, venue_id: str, command: Command, problem: CommandRefused
) -> MaitredError:
    """Return the error for an impossible command.

    Where its subject has ended and so is not in the picture any more: Stale with its state now.
    """
    if problem.code == "NOT_FOUND":
        ended = await _ended(conn, venue_id, problem.pointer, command)
        if ended is not None:
            return Stale(message("moved-on", state=ended.state), pointer=problem.pointer, now=ended)
    error = ERRORS[problem.code]
    return error(problem.said, pointer=problem.pointer, now=problem.now, told=problem.told)


async def _ended(
    conn: Connection, venue_id: str, pointer: str | None, command: Command
) -> Reservation | Seating | WaitEntry | None:
    """Read the command's subject from its row; the picture leaves out what has ended."""
    subject: UUID | None = getattr(command, (pointer or "/id").removeprefix("/"), None)
    if pointer == "/reservation_id" and subject is not None:
        return await read_reservation(conn, venue_id, subject, STAFF)
    if pointer == "/seating_id":
        row = await conn.fetchrow(READ_SEATING, venue_id, subject)
        return msgspec.convert(dict(row), Seating) if row else None
    if pointer == "/wait_id":
        row = await conn.fetchrow(READ_WAIT, venue_id, subject)
        return msgspec.json.decode(row["entry"], type=WaitEntry) if row else None
    return None


async def with_ended_entry(conn: Connection, locked: LockedPeriod, wait_id: UUID) -> LockedPeriod:
    """Return the locked period with a waitlist entry that may have ended: it is to come back."""
    picture = locked.picture
    if any(each.wait_id == wait_id for each in picture.waiting):
        return locked
    row = await conn.fetchrow(READ_WAIT, locked.venue_id, wait_id)
    if row is None or row["period_id"] != picture.period.period_id:
        return locked
    entry = msgspec.json.decode(row["entry"], type=WaitEntry)
    return replace(locked, picture=replace(picture, waiting=(*picture.waiting, entry)))


def _exposed(was: Picture, changes: Changes) -> tuple[UUID, ...]:
    before = {promise.reservation_id for promise in was.promises if promise.exposed}
    return tuple(
        promise.reservation_id
        for promise in changes.promises
        if promise.exposed and promise.reservation_id not in before
    )


def _promised(after: Picture) -> Iterator[PromisedThen]:
    ours = [each for each in after.promises if each.period_id == after.period.period_id]
    booked = [each for each in ours if each.state in {"booked", "arrived"}]
    requests = sum(each.state == "requested" for each in ours)
    if booked or requests:
        yield PromisedThen(
            period_id=after.period.period_id,
            reservations=len(booked),
            covers=sum(each.party_size for each in booked),
            requests=requests,
            exposed=sum(each.exposed for each in booked),
        )
