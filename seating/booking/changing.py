"""Changing and cancelling a reservation."""

from datetime import UTC, datetime
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.book.answers import Ask, Explanation, No
from policies.book.changes import Changes, with_plan_moves, without_intentions
from policies.book.lifecycles import RESERVATION, transition
from policies.book.picture import Promise, ReservationState, with_fixed_tables
from policies.booking.changing import (
    Judged,
    Standing,
    escapes_cutoff,
    is_new_demand,
    judge_change,
    moved_to,
)
from policies.booking.engine import shares_phone
from policies.house.house import House
from policies.house.wording import clock as clock_of
from policies.plan.replanning import replan
from policies.words.message import message
from seating.book.asked import check_start, closed_refusal, early_refusal, period_for_start
from seating.book.guests import Contact
from seating.book.in_force import house_of
from seating.book.periods import LockedPeriod, lock_period, read_locked
from seating.book.reservations import (
    Booker,
    Reservation,
    cancel_until,
    period_of,
    read_reservation,
    standing_of,
)
from seating.book.write import ReservationColumns, WriteSet, write
from seating.booking.making import check_may_overrule
from seating.booking.references import check_reference
from seating.clock import Clock
from seating.db import Connection, LostRaceError
from seating.errors import (
    AlreadySeated,
    NotAllowed,
    NotChangeable,
    OutsideCancellationWindow,
    Stale,
)
from seating.forecast.period_values import prospect_of
from seating.turnaways.log import LoggedRefusal, log_refusal


class Change(Struct, frozen=True, kw_only=True):
    """The fields to change; None: unchanged. `overrule`: reason to book against the engine.

    `special_request`: the guest's words; `notes`: the house's, from staff only.
    """

    starts: datetime | None = None
    party_size: int | None = None
    special_request: str | None = None
    notes: str | None = None
    overrule: str | None = None


async def change(
    conn: Connection,
    venue_id: str,
    reservation_id: UUID,
    wish: Change,
    booker: Booker,
    clock: Clock,
    *,
    version: int | None,
) -> Reservation | LoggedRefusal:
    """Move or resize a reservation; if the new promise is refused, the old one stands.

    Judged as a new booking is (policies/booking/changing.py): a guest's move to where a person
    approves is a request, one past the cut-off to where cancelling is free is a cancellation.

    `version`: the one the caller saw, None: any. Raises NotFound, TooFarOff, Stale, NotChangeable,
    NotAllowed, ReferenceTaken, OutsideCancellationWindow.
    """
    now = await clock.now(conn)
    reservation = await read_reservation(conn, venue_id, reservation_id, booker)
    _check_changeable(reservation.state, _version_seen(reservation, booker), version)
    _check_words(reservation, wish, booker)
    check_start(wish.starts or now, now)
    in_force = (await house_of(conn, venue_id)).at(wish.starts or reservation.starts)
    old = await period_of(conn, venue_id, reservation_id)
    standing = standing_of(reservation, booker)
    ask = _ask(in_force.house, reservation, wish, booker)
    new = old if ask.starts == reservation.starts else period_for_start(in_force, ask.starts)
    judged = is_new_demand(standing, ask) and reservation.state == "booked"
    refusal = early_refusal(in_force.house, new, ask, now) if judged else None
    if new is None or refusal is not None:
        no = refusal or closed_refusal()
        who = Contact(name=reservation.name)
        return await log_refusal(conn, venue_id, in_force.house, ask, no, booker, now, who)
    if escapes_cutoff(standing, ask, in_force.house, new, now=now):
        raise _too_late(in_force.house, reservation)
    locked = await lock_period(conn, venue_id, in_force, old, now=now, also=(new,))
    promise = _changeable(locked, reservation, booker, version)
    if ask.starts != reservation.starts and booker.staff_id is None:
        await _check_reference(conn, venue_id, reservation, ask)
    if wish.starts is None and wish.party_size is None:
        await _write(conn, locked, Changes(promises=(_next_version(promise),)), wish)
        return await read_reservation(conn, venue_id, reservation_id, booker)
    target = (
        locked
        if new.period_id == old.period_id
        else await read_locked(conn, venue_id, in_force, new, now=now)
    )
    return await _move(conn, locked, target, promise, standing, ask, wish, booker)


async def _check_reference(
    conn: Connection, venue_id: str, reservation: Reservation, ask: Ask
) -> None:
    await check_reference(
        conn,
        venue_id,
        reservation.client_id,
        reservation.partner_reference,
        ask.starts,
        besides=reservation.reservation_id,
    )


async def _move(
    conn: Connection,
    locked: LockedPeriod,
    target: LockedPeriod,
    promise: Promise,
    standing: Standing,
    ask: Ask,
    wish: Change,
    booker: Booker,
) -> Reservation | LoggedRefusal:
    now, venue_id, picture = locked.now, locked.venue_id, target.picture
    answer = await _judge(target, promise, standing, ask)
    explained = answer.explained
    if isinstance(answer, Judged):
        shared = is_new_demand(standing, ask) and _shares_phone(target, promise, ask)
        changed = replace(answer.promise, duplicate_allowed=promise.duplicate_allowed or shared)
        changes = with_plan_moves(picture, answer.moved, Changes(promises=(changed,)))
    elif wish.overrule is not None and booker.staff_id is not None:
        check_may_overrule(target, booker)
        moved = moved_to(promise, picture.period, ask, target.house)
        overbooked = replace(
            with_fixed_tables(moved, fixed=False),
            tables=(),
            kind="overbooked",
            overruled=True,
            exposed=False,
            duplicate_allowed=True,
        )
        changes = Changes(promises=(overbooked,))
    else:
        who = Contact(name=promise.name)
        return await log_refusal(conn, venue_id, target.house, ask, answer, booker, now, who)
    await _write(conn, target, changes, wish, explained)
    if target is not locked:
        left = replace(
            locked, picture=without_intentions(locked.picture, promise.reservation_id, None)
        )
        await _write(conn, left, Changes(), Change())
    return await read_reservation(conn, venue_id, promise.reservation_id, booker)


def _shares_phone(target: LockedPeriod, promise: Promise, ask: Ask) -> bool:
    return shares_phone(target.picture, ask, target.house, without=promise.reservation_id)


async def _judge(
    target: LockedPeriod, promise: Promise, standing: Standing, ask: Ask
) -> Judged | No:
    picture, house, now = target.picture, target.house, target.now
    if promise.state == "requested" or not is_new_demand(standing, ask):
        return judge_change(picture, promise, standing, ask, house, now=now)
    async with prospect_of(picture, house, now=now) as prospect:
        return judge_change(picture, promise, standing, ask, house, now=now, prospect=prospect)


async def cancel(
    conn: Connection,
    venue_id: str,
    reservation_id: UUID,
    why: str,
    booker: Booker,
    clock: Clock,
) -> Reservation:
    """Cancel a reservation; one already cancelled is returned unchanged.

    Raises NotFound, AlreadySeated, NotChangeable, OutsideCancellationWindow,
    lifecycles.NotPossible.
    """
    in_force = await house_of(conn, venue_id)
    now = await clock.now(conn)
    await read_reservation(conn, venue_id, reservation_id, booker)
    period = await period_of(conn, venue_id, reservation_id)
    locked = await lock_period(conn, venue_id, in_force, period, now=now)
    reservation = await read_reservation(conn, venue_id, reservation_id, booker)
    if reservation.state == "cancelled":
        return reservation
    if reservation.state in {"seated", "finished"}:
        raise AlreadySeated(message("seated-not-cancellable"))
    _check_cancellable(reservation, booker)
    ended = transition(RESERVATION, reservation.state, "cancel", booker.actor).to
    asked_only = reservation.state == "requested"
    late = now > cancel_until(reservation, locked.house)
    if booker.staff_id is None and not asked_only and late:
        raise _too_late(locked.house, reservation)
    promise = _promise(locked, reservation_id)
    cancelled = replace(_next_version(promise), state=ended, tables=(), exposed=False)
    changes = replan(locked.picture, Changes(promises=(cancelled,)), locked.house, now=now)
    columns = ReservationColumns(
        cancelled_why=why, cancelled_by_house=booker.staff_id is not None or None
    )
    written = WriteSet(changes=changes, details={reservation_id: columns})
    await write(conn, venue_id, locked.picture, written, now=now)
    return await read_reservation(conn, venue_id, reservation_id, booker)


def _too_late(house: House, reservation: Reservation) -> OutsideCancellationWindow:
    until = clock_of(house, cancel_until(reservation, house))
    return OutsideCancellationWindow(message("online-cancelling-ended", until=until))


def _ask(house: House, reservation: Reservation, wish: Change, booker: Booker) -> Ask:
    rules = house.house_rules
    return Ask(
        party_size=wish.party_size or reservation.party_size,
        starts=(wish.starts or reservation.starts).astimezone(UTC),
        channel=booker.channel,
        needs=reservation.needs,
        guest_id=reservation.guest_id,
        guest_name=reservation.name,
        accepted_house_rules=rules.version if rules else None,
    )


def _promise(locked: LockedPeriod, reservation_id: UUID) -> Promise:
    for promise in locked.picture.promises:
        if promise.reservation_id == reservation_id:
            return promise
    raise LostRaceError("the reservation moved or ended before its period was locked")


def _version_seen(reservation: Reservation, booker: Booker) -> int:
    """Return the version that the caller knows: the house's, or the one seen outside."""
    return reservation.version if booker.staff_id is not None else reservation.public_version


def _changeable(
    locked: LockedPeriod, before: Reservation, booker: Booker, version: int | None
) -> Promise:
    """Return the promise under the lock. Raises LostRaceError if it changed since it was read."""
    promise = _promise(locked, before.reservation_id)
    at = promise.version if booker.staff_id is not None else before.public_version
    _check_changeable(promise.state, at, version)
    if promise.version != before.version:
        raise LostRaceError("the reservation changed before its period was locked")
    return promise


def _check_changeable(state: ReservationState, at: int, version: int | None) -> None:
    if version is not None and at != version:
        raise Stale(message("reservation-changed", version=str(at)))
    if state not in {"requested", "booked"}:
        raise NotChangeable(message("reservation-not-changeable", state=state))


def _check_words(reservation: Reservation, wish: Change, booker: Booker) -> None:
    """Raise NotAllowed for staff who change a guest's words, or others who change the house's."""
    if booker.staff_id is None:
        if wish.notes is not None:
            raise NotAllowed(message("notes-are-the-houses"), pointer="/notes")
    elif wish.special_request is not None and reservation.client_id is not None:
        raise NotAllowed(
            message("words-are-the-guests"),
            pointer="/special_request",
        )


def _check_cancellable(reservation: Reservation, booker: Booker) -> None:
    """Raise NotChangeable, one code to booking sites for all states after arrival."""
    if booker.staff_id is None and reservation.state not in {"requested", "booked"}:
        raise NotChangeable(message("reservation-not-cancellable", state=reservation.state))


def _next_version(promise: Promise) -> Promise:
    return replace(promise, version=promise.version + 1)


async def _write(
    conn: Connection,
    locked: LockedPeriod,
    changes: Changes,
    wish: Change,
    explained: Explanation | None = None,
) -> None:
    columns = ReservationColumns(
        special_request=wish.special_request,
        notes=wish.notes,
        overruled_why=wish.overrule,
        explained=explained,
    )
    details = {
        promise.reservation_id: columns
        for promise in changes.promises[-1:]
        if columns != ReservationColumns()
    }
    # Tables that became free go first to promises without one.
    planned = replan(locked.picture, changes, locked.house, now=locked.now)
    written = WriteSet(changes=planned, details=details)
    await write(conn, locked.venue_id, locked.picture, written, now=locked.now)
