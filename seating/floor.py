"""Carrying out a host's orders: once, under the period's lock, on record."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from asyncpg import ExclusionViolationError, UniqueViolationError
from msgspec import Struct

from policies import orders
from policies.calendar import period_at
from policies.changes import Changes, before
from policies.commands import carry_out
from policies.lifecycles import Actor, TooLate
from policies.orders import Done, Impossible, Order, Room
from policies.terms import Block, Period, Picture, Promise, Seating, WaitEntry
from policies.undo import undone
from seating.actions import Action, action_to_undo, mark_undone, record_action, replayed
from seating.clock import Clock
from seating.db import Connection
from seating.errors import (
    CannotUndo,
    Invalid,
    MaitredError,
    NotAllowed,
    NotFound,
    NotPossibleNow,
    Stale,
    TableOccupied,
)
from seating.house import Known, house_of
from seating.periods import Opened, locked, period_tonight, read_period
from seating.reservations import is_tonight, period_of
from seating.write import Details, Written, write

ERRORS: dict[str, type[MaitredError]] = {
    error.code: error for error in (Stale, TableOccupied, NotFound, Invalid, CannotUndo)
}

PERIOD_OF_SEATING = """
select p.period_id, p.service_date, p.name, p.opens, p.last_seating, p.closes, p.house_version
from seating s join period p using (venue_id, period_id)
where s.venue_id = $1 and s.seating_id = $2
"""


class Who(Struct, frozen=True, kw_only=True):
    """The person at the tablet."""

    staff_id: str
    actor: Actor


class Told(Struct, frozen=True, kw_only=True):
    """What an order changed, as things are now.

    `moved`: promises whose plan made way; `exposed`: promises left without a table by it.
    `undo_until`: until when the order can be taken back; None if not at all.
    """

    action_id: UUID
    period_version: int
    reservations: tuple[Promise, ...] = ()
    seatings: tuple[Seating, ...] = ()
    blocks: tuple[Block, ...] = ()
    waiting: tuple[WaitEntry, ...] = ()
    period: Period | None = None
    moved: tuple[UUID, ...] = ()
    exposed: tuple[UUID, ...] = ()
    undo_until: datetime | None = None


async def obey(conn: Connection, venue_id: str, order: Order, who: Who, clock: Clock) -> Told:
    """Carry out an order; one that was carried out before is answered as it was then.

    Runs inside the caller's transaction. Raises the errors of seating/errors.py and
    lifecycles.NotPossible / NotAllowed.
    """
    kind = type(order).__name__
    known = await house_of(conn, venue_id)
    now = await clock.now(conn)
    period = await _period(conn, known, order, now)
    opened = await locked(conn, venue_id, known, period, now=now)
    earlier = await replayed(conn, venue_id, order.id, kind)
    if earlier is not None:
        return msgspec.json.decode(earlier.answer, type=Told)
    _check_overruling(opened, order, who)
    room = Room(picture=opened.picture, house=opened.house, now=now, by=who.actor)
    try:
        done = carry_out(room, order)
    except Impossible as problem:
        raise ERRORS.get(problem.code, NotPossibleNow)(
            problem.detail, pointer=problem.pointer
        ) from None
    return await _finish(conn, opened, order, who, done)


async def _finish(conn: Connection, opened: Opened, order: Order, who: Who, done: Done) -> Told:
    details = {}
    if isinstance(order, orders.Approve) and order.reason:
        details = {order.reservation_id: Details(overruled_why=order.reason)}
    after = await _write(conn, opened, Written(changes=done.changes, details=details))
    undo_until = None
    if done.undo_seconds is not None:
        undo_until = opened.now + timedelta(seconds=done.undo_seconds)
    told = _told(order.id, opened.picture, after, done.changes, undo_until)
    await record_action(
        conn,
        opened.venue_id,
        Action(
            action_id=order.id,
            period_id=after.period.period_id,
            kind=type(order).__name__,
            subject_id=done.subject,
            staff_id=who.staff_id,
            at=opened.now,
            reason=order.reason,
            before=before(opened.picture, done.changes),
            after=done.changes,
            answer=msgspec.Raw(msgspec.json.encode(told)),
        ),
    )
    return told


class Undo(orders.Order, frozen=True, kw_only=True):
    """Take an order back."""

    action_id: UUID


async def undo(conn: Connection, venue_id: str, order: Undo, who: Who, clock: Clock) -> Told:
    """Put back what an action changed. Raises NotFound, CannotUndo, lifecycles.TooLate."""
    action = await action_to_undo(conn, venue_id, order.action_id)
    known = await house_of(conn, venue_id)
    now = await clock.now(conn)
    period = await read_period(conn, venue_id, action.period_id or "")
    opened = await locked(conn, venue_id, known, period, now=now)
    earlier = await replayed(conn, venue_id, order.id, "Undo")
    if earlier is not None:
        return msgspec.json.decode(earlier.answer, type=Told)
    action = await action_to_undo(conn, venue_id, order.action_id)
    _check_undoable(action, now)
    room = Room(picture=opened.picture, house=opened.house, now=now, by=who.actor)
    try:
        changes = undone(room, action.before, action.after)
    except Impossible as problem:
        raise CannotUndo(problem.detail) from None
    await mark_undone(conn, venue_id, action.action_id, order.id)
    done = Done(changes=changes, subject=action.subject_id or order.id, undo_seconds=None)
    return await _finish(conn, opened, order, who, done)


async def _write(conn: Connection, opened: Opened, written: Written) -> Picture:
    try:
        return await write(conn, opened.venue_id, opened.picture, written, now=opened.now)
    except UniqueViolationError as clash:
        if "seating_table_occupied" in str(clash):
            raise TableOccupied("somebody sits there already", pointer="/tables") from None
        raise
    except ExclusionViolationError as clash:
        if "reservation_duplicate" in str(clash):
            raise CannotUndo("the guest has another reservation in those hours") from None
        raise


async def _period(conn: Connection, known: Known, order: Order, now: datetime) -> Period:
    """The period an order is about: its reservation's, its seating's, or tonight's."""
    venue_id = known.house.venue.id
    reservation_id = getattr(order, "reservation_id", None)
    if reservation_id is not None:
        return await period_of(conn, venue_id, reservation_id)
    seating_id = getattr(order, "seating_id", None)
    if seating_id is not None:
        row = await conn.fetchrow(PERIOD_OF_SEATING, venue_id, seating_id)
        if row is not None:
            return msgspec.convert(dict(row), Period)
    starts = getattr(order, "starts", None)
    ahead = period_at(known.house, starts, house_version=known.version) if starts else None
    return ahead or period_tonight(known.house, now, house_version=known.version)


def _check_overruling(opened: Opened, order: Order, who: Who) -> None:
    overruling = isinstance(order, orders.Approve) and order.reason is not None
    tonight = is_tonight(opened.house, opened.picture.period, opened.now)
    if overruling and who.actor == "host" and not tonight:
        raise NotAllowed("hosts overrule for tonight only; ask a manager", pointer="/reason")


def _check_undoable(action: Action, now: datetime) -> None:
    answer = msgspec.json.decode(action.answer, type=Told)
    if action.undone_by is not None:
        raise CannotUndo("this has been taken back already")
    if answer.undo_until is None:
        raise CannotUndo(f"{action.kind} cannot be taken back")
    if now > answer.undo_until:
        seconds = int((answer.undo_until - action.at).total_seconds())
        raise TooLate(action.kind, seconds)


def _told(
    action_id: UUID,
    picture: Picture,
    after: Picture,
    changes: Changes,
    undo_until: datetime | None,
) -> Told:
    old = {promise.reservation_id: promise for promise in picture.promises}
    moved: list[UUID] = []
    exposed: list[UUID] = []
    for promise in changes.promises:
        known = old.get(promise.reservation_id)
        if known is None or known.version != promise.version:
            continue
        (exposed if promise.exposed and not known.exposed else moved).append(promise.reservation_id)
    return Told(
        action_id=action_id,
        period_version=after.period.version,
        reservations=changes.promises,
        seatings=changes.seatings,
        blocks=changes.blocks,
        waiting=changes.waiting,
        period=after.period if changes.period else None,
        moved=tuple(moved),
        exposed=tuple(exposed),
        undo_until=undo_until,
    )
