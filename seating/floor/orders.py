"""Carries out a host's command: once per id, under the periods' locks, recorded as an action.

A dry run goes the same way without the locks, in a transaction that can write nothing.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from uuid import UUID

import msgspec
from asyncpg import ExclusionViolationError, UniqueViolationError
from msgspec import Struct
from msgspec.structs import replace

from policies.access.rights import lowest_with, may_undo
from policies.book.changes import apply_changes, merge_changes, values_before
from policies.book.lifecycles import TooLate
from policies.book.picture import Picture
from policies.book.refusals import CommandRefused
from policies.booking.tables import against_access
from policies.floor.commands import carry_out, check_open
from policies.floor.late.facts import happened, is_too_late
from policies.floor.lever_spans import names_services
from policies.floor.orders import Approve, Assign, Levers, Notify, Order, Rejoin, Undo, Wait
from policies.floor.stand import Outcome, Stand
from policies.floor.undo import undo_changes
from policies.floor.warnings import consequences, unasked
from policies.house.house import House
from policies.words.message import message
from seating.book.actions import (
    Action,
    ActionAuthor,
    action_to_undo,
    keep_answer,
    key_of,
    mark_undone,
    replayed_answer,
)
from seating.book.in_force import HouseVersion, house_of
from seating.book.periods import (
    LOCK_HOUSE,
    LockedPeriod,
    lock_period,
    preview_period,
    read_period,
)
from seating.book.reservations import is_tonight
from seating.book.write import ReservationColumns, WriteSet, write
from seating.clock import Clock
from seating.db import Connection, LostRaceError, violates
from seating.errors import CannotUndo, Invalid, NotAllowed, NotPossibleNow, TableOccupied
from seating.floor.answers import CommandResult, command_result, error_of, with_ended_entry
from seating.floor.levers_ahead import pull_ahead, undo_ahead
from seating.floor.reach import Reach, reach_of, reach_of_undo
from seating.floor.servers import check_servers
from seating.turnaways.log import log_changes, undo_recovery
from seating.waitlist.entries import match_guest
from seating.waitlist.quotes import keep_quote, quote_for_command, with_quote
from seating.waitlist.turns import suggest_turns, suggested_tables

SEATING_TABLE_OCCUPIED = "seating_table_occupied"
RESERVATION_DUPLICATE = "reservation_duplicate"

WRITE_NOTHING = "set transaction read only"


async def execute_command(
    conn: Connection, venue_id: str, command: Order, who: ActionAuthor, clock: Clock
) -> CommandResult:
    """Carry out a command; an id that was carried out before gets the same answer again.

    Runs inside the caller's transaction, which a dry run makes read-only: nothing is locked,
    written, announced or logged. Raises the errors of seating/errors.py, lifecycles.NotPossible /
    NotAllowed / TooLate, and db.LostRaceError (the caller retries).
    """
    if command.dry_run:
        await conn.execute(WRITE_NOTHING)
    if isinstance(command, Undo):
        return await execute_undo(conn, venue_id, command, who, clock)
    if isinstance(command, Levers) and names_services(command):
        return await pull_ahead(conn, venue_id, command, who, clock)
    earlier = await _carried_out(conn, venue_id, command)
    if earlier is not None:
        return earlier
    now = await clock.now(conn)
    in_force = (await house_of(conn, venue_id)).at(now)
    await check_servers(conn, venue_id, command)
    quoted = await quote_for_command(conn, in_force, command, now)
    reach = await reach_of(conn, in_force, command, now, _when_done(command, now))
    locked = await lock_reach(conn, in_force, reach, now, dry_run=command.dry_run)
    earlier = await _carried_out(conn, venue_id, command)
    if earlier is not None:
        return earlier
    locked = await _with_subject(conn, locked, command)
    stand = replace(stand_of(locked, who), suggested=await _suggested(conn, locked, command))
    try:
        done = carry_out(stand, with_quote(command, quoted))
    except CommandRefused as problem:
        raise await error_of(conn, venue_id, command, problem) from None
    overruled = _overruled(command, done, locked.house)
    if overruled:
        _check_overruling(locked, who)
    if command.dry_run:
        return _rehearsed(locked, command, done)
    answer = await _write_and_record(conn, locked, command, who, done, overruled)
    if isinstance(command, Wait):
        await keep_quote(conn, venue_id, command.id, command.quoted_minutes, quoted)
        await match_guest(conn, venue_id, command.id)
    return answer


async def execute_undo(
    conn: Connection, venue_id: str, command: Undo, who: ActionAuthor, clock: Clock
) -> CommandResult:
    """Restore the states before an action. Raises NotFound, CannotUndo, lifecycles.TooLate."""
    earlier = await _carried_out(conn, venue_id, command)
    if earlier is not None:
        return earlier
    action = await action_to_undo(conn, venue_id, command.action_id)
    if who.role is not None and not may_undo(who.role, action.kind):
        raise NotAllowed(message("role-needed", role=lowest_with("host")))
    in_force = await house_of(conn, venue_id)
    now = await clock.now(conn)
    if action.period_id is None and action.after.levers:
        return await _undo_ahead(conn, venue_id, command, who, now)
    period = await read_period(conn, venue_id, action.period_id or "")
    reach = reach_of_undo(in_force, period, merge_changes(action.before, action.after), now)
    locked = await lock_reach(conn, in_force, reach, now, dry_run=command.dry_run)
    earlier = await _carried_out(conn, venue_id, command)
    if earlier is not None:
        return earlier
    action = await action_to_undo(conn, venue_id, command.action_id)
    _check_undoable(action, now)
    locked = await _with_ended(conn, locked, action)
    done = _undone(locked, command, action, who)
    if command.dry_run:
        return _rehearsed(locked, command, done)
    await mark_undone(conn, venue_id, action.action_id, command.id)
    await undo_recovery(conn, venue_id, action.action_id)
    return await _write_and_record(conn, locked, command, who, done)


def _when_done(command: Order, now: datetime) -> datetime:
    """Return when the command was done; raises Invalid where that is too long ago."""
    if is_too_late(command, now):
        raise Invalid(message("late-too-long-ago"), pointer="/happened_at")
    return happened(command, now)


def _undone(locked: LockedPeriod, command: Undo, action: Action, who: ActionAuthor) -> Outcome:
    stand = stand_of(locked, who)
    try:
        check_open(stand)
        changes = undo_changes(stand, action.before, action.after)
    except CommandRefused as problem:
        raise CannotUndo(problem.said, now=problem.now) from None
    told = unasked(
        consequences(locked.picture, changes, locked.house, now=locked.now, by=who.staff_id)
    )
    subject = action.subject_id or command.id
    return Outcome(changes=changes, subject=subject, undo_seconds=None, told=told)


async def _carried_out(conn: Connection, venue_id: str, command: Order) -> CommandResult | None:
    """Return the answer of a command carried out before; a dry run is answered as of now."""
    if command.dry_run:
        return None
    return await replayed_answer(conn, venue_id, key_of(command), CommandResult)


def _rehearsed(locked: LockedPeriod, command: Order, done: Outcome) -> CommandResult:
    """Return what the command would answer."""
    return command_result(
        command.id,
        locked.picture,
        apply_changes(locked.picture, done.changes),
        done.changes,
        done.told,
        _undo_until(locked, done),
        dry_run=True,
    )


def _undo_until(locked: LockedPeriod, done: Outcome) -> datetime | None:
    if done.undo_seconds is None:
        return None
    return locked.now + timedelta(seconds=done.undo_seconds)


async def _undo_ahead(
    conn: Connection, venue_id: str, command: Undo, who: ActionAuthor, now: datetime
) -> CommandResult:
    if not command.dry_run:
        await conn.execute(LOCK_HOUSE, venue_id)
    earlier = await _carried_out(conn, venue_id, command)
    if earlier is not None:
        return earlier
    action = await action_to_undo(conn, venue_id, command.action_id)
    _check_undoable(action, now)
    return await undo_ahead(conn, venue_id, command, action, who, now)


async def lock_reach(
    conn: Connection, in_force: HouseVersion, reach: Reach, now: datetime, *, dry_run: bool = False
) -> LockedPeriod:
    """Lock the periods a command reaches and read them into one picture; a dry run only reads."""
    venue_id, also = in_force.house.venue.id, reach.also
    if dry_run:
        return await preview_period(conn, venue_id, in_force, reach.period, now=now, also=also)
    return await lock_period(
        conn, venue_id, in_force, reach.period, now=now, also=also, together=True
    )


async def _write_and_record(
    conn: Connection,
    locked: LockedPeriod,
    command: Order,
    who: ActionAuthor,
    done: Outcome,
    details: Mapping[UUID, ReservationColumns] = MappingProxyType({}),
) -> CommandResult:
    after = await write_changes(conn, locked, WriteSet(changes=done.changes, details=dict(details)))
    said_by = who.staff_id or None
    await log_changes(
        conn, locked.venue_id, after.period, done.changes, now=locked.now, staff_id=said_by
    )
    if any(seating.cleared_at is not None for seating in done.changes.seatings):
        await suggest_turns(conn, locked.venue_id, after, locked.house, now=locked.now)
    until = _undo_until(locked, done)
    answer = command_result(command.id, locked.picture, after, done.changes, done.told, until)
    return await keep_answer(
        conn,
        locked.venue_id,
        key_of(command),
        answer,
        by=said_by,
        at=locked.now,
        period_id=after.period.period_id,
        subject_id=done.subject,
        before=values_before(locked.picture, done.changes),
        after=done.changes,
    )


async def write_changes(conn: Connection, locked: LockedPeriod, written: WriteSet) -> Picture:
    """Write to the locked periods; raises TableOccupied, NotPossibleNow, LostRaceError."""
    try:
        return await write(conn, locked.venue_id, locked.picture, written, now=locked.now)
    except UniqueViolationError as clash:
        if violates(clash, SEATING_TABLE_OCCUPIED):
            raise TableOccupied(message("somebody-sits-there"), pointer="/tables") from None
        raise
    except ExclusionViolationError as clash:
        if violates(clash, RESERVATION_DUPLICATE):
            raise NotPossibleNow(message("guest-has-other-then")) from None
        raise LostRaceError("the plan changed before its period was locked") from clash


async def _with_subject(conn: Connection, locked: LockedPeriod, command: Order) -> LockedPeriod:
    """Return the locked period with what the command is about, also where that has ended."""
    if not isinstance(command, Rejoin):
        return locked
    return await with_ended_entry(conn, locked, command.wait_id)


async def _with_ended(conn: Connection, locked: LockedPeriod, action: Action) -> LockedPeriod:
    """Return the locked period with the waitlist entries the action ended, as they are by now.

    One may have been back on the list, and off it again.
    """
    for entry in action.after.waiting:
        if entry.state in {"left", "gone"}:
            locked = await with_ended_entry(conn, locked, entry.wait_id)
    return locked


async def _suggested(
    conn: Connection, locked: LockedPeriod, command: Order
) -> dict[UUID, tuple[str, ...]]:
    if not isinstance(command, Notify):
        return {}
    return await suggested_tables(conn, locked.venue_id, locked.picture.period.period_id)


def stand_of(locked: LockedPeriod, who: ActionAuthor) -> Stand:
    """Return what policies.floor decides on: the locked picture, and who acts."""
    return Stand(
        picture=locked.picture,
        house=locked.house,
        now=locked.now,
        by=who.actor,
        staff_id=who.staff_id or None,
    )


def _overruled(command: Order, done: Outcome, house: House) -> dict[UUID, ReservationColumns]:
    """Return the reason to store with what was given against the engine or an access rule."""
    against = isinstance(command, Approve | Assign) and any(
        promise.reservation_id == command.reservation_id and against_access(house, promise)
        for promise in done.changes.promises
    )
    if command.reason is None or not (done.overruled or against):
        return {}
    return {done.subject: ReservationColumns(overruled_why=command.reason)}


def _check_overruling(locked: LockedPeriod, who: ActionAuthor) -> None:
    tonight = is_tonight(locked.house, locked.picture.period, locked.now)
    if who.actor == "host" and not tonight:
        raise NotAllowed(message("overrule-tonight-only"), pointer="/reason")


def _check_undoable(action: Action, now: datetime) -> None:
    undo_until = msgspec.json.decode(action.answer, type=_Undoable).undo_until
    if action.undone_by is not None:
        raise CannotUndo(message("taken-back-already"))
    if undo_until is None:
        raise CannotUndo(message("cannot-be-taken-back"))
    if now > undo_until:
        raise TooLate(action.kind, int((undo_until - action.at).total_seconds()))


class _Undoable(Struct, frozen=True):
    undo_until: datetime | None = None
