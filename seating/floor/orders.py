"""Carrying out a host's orders: once, under the period's lock, on record."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from uuid import UUID

import msgspec
from asyncpg import ExclusionViolationError, UniqueViolationError
from msgspec import Struct

from policies.book.changes import before, merged
from policies.book.lifecycles import TooLate
from policies.book.picture import Picture
from policies.floor.commands import carry_out, check_open
from policies.floor.orders import Approve, Order, Undo, Wait
from policies.floor.stand import Done, Impossible, Stand
from policies.floor.undo import undone
from seating.book.actions import (
    Action,
    Who,
    action_to_undo,
    fingerprint,
    mark_undone,
    record_action,
    replayed,
)
from seating.book.in_force import Known, house_of
from seating.book.periods import Opened, locked, read_period
from seating.book.reservations import is_tonight
from seating.book.write import Details, Written, write
from seating.clock import Clock
from seating.db import Connection, LostRaceError
from seating.errors import CannotUndo, NotAllowed, NotPossibleNow, TableOccupied
from seating.floor.answers import Told, error_of, told
from seating.floor.reach import Reach, reach_of, reach_of_undo
from seating.turnaways.log import log_ended, taken_back
from seating.waitlist.entries import know_guest
from seating.waitlist.quotes import keep_simulated, quote_to_tell, with_quote
from seating.waitlist.turns import suggest_turns


async def obey(conn: Connection, venue_id: str, order: Order, who: Who, clock: Clock) -> Told:
    """Carry out an order; one that was carried out before is answered as it was then.

    Runs inside the caller's transaction. Raises the errors of seating/errors.py,
    lifecycles.NotPossible / NotAllowed / TooLate, and db.LostRaceError to begin again.
    """
    if isinstance(order, Undo):
        return await undo(conn, venue_id, order, who, clock)
    kind, asked = type(order).__name__, fingerprint(order)
    earlier = await replayed(conn, venue_id, order.id, kind, asked)
    if earlier is not None:
        return _answer(earlier)
    known = await house_of(conn, venue_id)
    now = await clock.now(conn)
    quoted = await quote_to_tell(conn, known, order, now)
    opened = await open_reach(conn, known, await reach_of(conn, known, order, now), now)
    earlier = await replayed(conn, venue_id, order.id, kind, asked)
    if earlier is not None:
        return _answer(earlier)
    try:
        done = carry_out(stand_of(opened, who), with_quote(order, quoted))
    except Impossible as problem:
        raise await error_of(conn, venue_id, order, problem) from None
    overruled = _overruled(order, done)
    if overruled:
        _check_overruling(opened, who)
    answer = await _finish(conn, opened, order, who, done, overruled)
    if isinstance(order, Wait):
        await keep_simulated(conn, venue_id, order.id, order.quoted_minutes, quoted)
        await know_guest(conn, venue_id, order.id)
    return answer


async def undo(conn: Connection, venue_id: str, order: Undo, who: Who, clock: Clock) -> Told:
    """Put back what an action changed. Raises NotFound, CannotUndo, lifecycles.TooLate."""
    earlier = await replayed(conn, venue_id, order.id, "Undo", fingerprint(order))
    if earlier is not None:
        return _answer(earlier)
    action = await action_to_undo(conn, venue_id, order.action_id)
    known = await house_of(conn, venue_id)
    now = await clock.now(conn)
    period = await read_period(conn, venue_id, action.period_id or "")
    reach = reach_of_undo(known, period, merged(action.before, action.after), now)
    opened = await open_reach(conn, known, reach, now)
    earlier = await replayed(conn, venue_id, order.id, "Undo", fingerprint(order))
    if earlier is not None:
        return _answer(earlier)
    action = await action_to_undo(conn, venue_id, order.action_id)
    _check_undoable(action, now)
    stand = stand_of(opened, who)
    try:
        check_open(stand)
        changes = undone(stand, action.before, action.after)
    except Impossible as problem:
        raise CannotUndo(problem.detail, now=problem.now) from None
    await mark_undone(conn, venue_id, action.action_id, order.id)
    await taken_back(conn, venue_id, action.action_id)
    done = Done(changes=changes, subject=action.subject_id or order.id, undo_seconds=None)
    return await _finish(conn, opened, order, who, done)


async def open_reach(conn: Connection, known: Known, reach: Reach, now: datetime) -> Opened:
    """Lock whatever an order reaches, in one picture."""
    venue_id, also = known.house.venue.id, reach.also
    return await locked(conn, venue_id, known, reach.period, now=now, also=also, together=True)


async def _finish(
    conn: Connection,
    opened: Opened,
    order: Order,
    who: Who,
    done: Done,
    details: Mapping[UUID, Details] = MappingProxyType({}),
) -> Told:
    after = await write_in(conn, opened, Written(changes=done.changes, details=dict(details)))
    said_by = who.staff_id or None
    await log_ended(
        conn, opened.venue_id, after.period, done.changes, now=opened.now, staff_id=said_by
    )
    if any(seating.cleared_at is not None for seating in done.changes.seatings):
        await suggest_turns(conn, opened.venue_id, after, opened.house, now=opened.now)
    undo_until = None
    if done.undo_seconds is not None:
        undo_until = opened.now + timedelta(seconds=done.undo_seconds)
    answer = told(order.id, opened.picture, after, done.changes, undo_until)
    action = Action(
        asked=fingerprint(order),
        action_id=order.id,
        period_id=after.period.period_id,
        kind=type(order).__name__,
        subject_id=done.subject,
        staff_id=said_by,
        at=opened.now,
        reason=order.reason,
        before=before(opened.picture, done.changes),
        after=done.changes,
        answer=msgspec.Raw(msgspec.json.encode(answer)),
    )
    await record_action(conn, opened.venue_id, action)
    return answer


async def write_in(conn: Connection, opened: Opened, written: Written) -> Picture:
    """Write to the periods as opened; raises TableOccupied, NotPossibleNow, LostRaceError."""
    try:
        return await write(conn, opened.venue_id, opened.picture, written, now=opened.now)
    except UniqueViolationError as clash:
        if "seating_table_occupied" in str(clash):
            raise TableOccupied("somebody sits there already", pointer="/tables") from None
        raise
    except ExclusionViolationError as clash:
        if "reservation_duplicate" in str(clash):
            told = "the guest has another reservation in those hours"
            raise NotPossibleNow(told) from None
        raise LostRaceError("the plan changed before its period was locked") from clash


def stand_of(opened: Opened, who: Who) -> Stand:
    """Return the stand as it is in the periods opened."""
    return Stand(picture=opened.picture, house=opened.house, now=opened.now, by=who.actor)


def _answer(earlier: Action) -> Told:
    return msgspec.json.decode(earlier.answer, type=Told)


def _overruled(order: Order, done: Done) -> dict[UUID, Details]:
    """Why a request was booked against the engine, if it was."""
    if not isinstance(order, Approve):
        return {}
    return {
        promise.reservation_id: Details(overruled_why=order.reason)
        for promise in done.changes.promises
        if promise.reservation_id == order.reservation_id and promise.overruled
    }


def _check_overruling(opened: Opened, who: Who) -> None:
    tonight = is_tonight(opened.house, opened.picture.period, opened.now)
    if who.actor == "host" and not tonight:
        raise NotAllowed("hosts overrule for tonight only; ask a manager", pointer="/reason")


def _check_undoable(action: Action, now: datetime) -> None:
    undo_until = msgspec.json.decode(action.answer, type=_Undoable).undo_until
    if action.undone_by is not None:
        raise CannotUndo("this has been taken back already")
    if undo_until is None:
        raise CannotUndo(f"{action.kind} cannot be taken back")
    if now > undo_until:
        raise TooLate(action.kind, int((undo_until - action.at).total_seconds()))


class _Undoable(Struct, frozen=True):
    undo_until: datetime | None = None
