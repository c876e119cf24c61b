"""What an order changed, told to whoever gave it; and what is true now, told to who came late."""

from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from policies.book.changes import Changes
from policies.book.picture import Block, HeldTable, Picture, Promise, Seating, WaitEntry
from policies.floor.orders import Order
from policies.floor.stand import Impossible
from policies.house.calendar import Period
from seating.book.reservations import Booker, Reservation, read_reservation
from seating.db import Connection
from seating.errors import (
    CannotUndo,
    Invalid,
    MaitredError,
    NotFound,
    NotPossibleNow,
    Stale,
    TableOccupied,
)

ERRORS: dict[str, type[MaitredError]] = {
    error.code: error for error in (Stale, TableOccupied, NotFound, Invalid, CannotUndo)
}

READ_SEATING = """
select seating_id, period_id, state, party_size, seated_at, counted_at, expected_end,
       reservation_id, wait_id, name, cleared_at, merged_into, version, '{}'::text[] as tables
from seating where venue_id = $1 and seating_id = $2
"""

READ_WAIT = """
select wait_id, period_id, state, party_size, joined_at, name, phone, quoted_minutes, notified_at,
       ended_at, version
from wait_entry where venue_id = $1 and wait_id = $2
"""

STAFF = Booker(channel="desk", actor="host")


class Told(Struct, frozen=True, kw_only=True):
    """What an order changed, as things are now.

    `unseated` seatings and `forgotten` waiting parties never happened (an undo).
    `moved`: promises whose plan made way; `exposed`: promises left without a table by it.
    `undo_until`: until when the order can be taken back; None if not at all.
    """

    action_id: UUID
    period_version: int
    reservations: tuple[Promise, ...] = ()
    seatings: tuple[Seating, ...] = ()
    blocks: tuple[Block, ...] = ()
    waiting: tuple[WaitEntry, ...] = ()
    held: tuple[HeldTable, ...] = ()
    unseated: tuple[UUID, ...] = ()
    forgotten: tuple[UUID, ...] = ()
    period: Period | None = None
    moved: tuple[UUID, ...] = ()
    exposed: tuple[UUID, ...] = ()
    undo_until: datetime | None = None


def told(
    action_id: UUID, was: Picture, after: Picture, changes: Changes, undo_until: datetime | None
) -> Told:
    """Return what the host is told of the changes."""
    exposed = _exposed(was, changes)
    return Told(
        action_id=action_id,
        period_version=after.period.version,
        reservations=changes.promises,
        seatings=changes.seatings,
        blocks=changes.blocks,
        waiting=changes.waiting,
        held=changes.held,
        unseated=changes.unseated,
        forgotten=changes.forgotten,
        period=after.period if changes.period else None,
        moved=tuple(key for key in _made_way(was, changes) if key not in exposed),
        exposed=exposed,
        undo_until=undo_until,
    )


async def error_of(
    conn: Connection, venue_id: str, order: Order, problem: Impossible
) -> MaitredError:
    """Return the error for an impossible order; of a thing that has ended, with what it is now."""
    if problem.code == "NOT_FOUND":
        ended = await _ended(conn, venue_id, problem.pointer, order)
        if ended is not None:
            return Stale(f"it is {ended.state} by now", pointer=problem.pointer, now=ended)
    known = ERRORS.get(problem.code, NotPossibleNow)
    return known(problem.detail, pointer=problem.pointer, now=problem.now)


async def _ended(
    conn: Connection, venue_id: str, pointer: str | None, order: Order
) -> Reservation | Seating | WaitEntry | None:
    """Return what an order is about as the book has it, though tonight's picture leaves it out."""
    subject: UUID | None = getattr(order, (pointer or "/id").removeprefix("/"), None)
    if pointer == "/reservation_id" and subject is not None:
        return await read_reservation(conn, venue_id, subject, STAFF)
    if pointer == "/seating_id":
        row = await conn.fetchrow(READ_SEATING, venue_id, subject)
        return msgspec.convert(dict(row), Seating) if row else None
    if pointer == "/wait_id":
        row = await conn.fetchrow(READ_WAIT, venue_id, subject)
        return msgspec.convert(dict(row), WaitEntry) if row else None
    return None


def _exposed(was: Picture, changes: Changes) -> tuple[UUID, ...]:
    before = {promise.reservation_id for promise in was.promises if promise.exposed}
    return tuple(
        promise.reservation_id
        for promise in changes.promises
        if promise.exposed and promise.reservation_id not in before
    )


def _made_way(was: Picture, changes: Changes) -> list[UUID]:
    versions = {promise.reservation_id: promise.version for promise in was.promises}
    return [
        promise.reservation_id
        for promise in changes.promises
        if versions.get(promise.reservation_id) == promise.version
    ]
