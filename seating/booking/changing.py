"""Changing and cancelling a reservation."""

from datetime import UTC, datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.book.answers import Ask, Explanation, No
from policies.book.changes import Changes, with_plan_moves, without_intentions
from policies.book.lifecycles import RESERVATION, transition
from policies.book.picture import Promise, with_fixed_tables, without_tables
from policies.booking.changing import (
    Judged,
    Standing,
    escapes_cutoff,
    is_new_demand,
    judge_change,
    moved_to,
)
from policies.booking.engine import shares_phone
from policies.booking.named_tables import give_named
from policies.house.calendar import Period
from policies.house.house import House
from policies.house.room import Needs, Preferences
from policies.house.wording import clock as clock_of
from policies.plan.replanning import replan
from policies.words.message import message
from seating.book.asked import (
    check_duration,
    check_needs,
    check_preferences,
    check_start,
    check_tables,
    closed_refusal,
    early_refusal,
    period_for_start,
)
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
from seating.booking.making import check_access, check_may_overrule, given_named
from seating.booking.mending import (
    changes_place,
    check_state,
    columns_of,
    forget_contact,
    guest_after,
    in_other_words,
    keep_contact,
    mend,
    moves_or_resizes,
    next_version,
    placed,
    relinked,
    store,
    tags_after,
    with_promise,
)
from seating.booking.references import check_reference
from seating.booking.telling import Telling
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
    `duration_minutes`: how long the table is kept, from staff only; "usual": as the house does.
    `phone` in E.164.
    `tables`: named ones are promised to the party, none ends such a promise. `tags` as a whole.
    """

    starts: datetime | None = None
    party_size: int | None = None
    special_request: str | None = None
    notes: str | None = None
    overrule: str | None = None
    duration_minutes: int | Literal["usual"] | None = None
    preferences: Preferences | None = None
    name: str | None = None
    phone: str | None = None
    email: str | None = None
    needs: Needs | None = None
    tables: tuple[str, ...] | None = None
    tags: tuple[str, ...] | None = None


async def change(
    conn: Connection,
    venue_id: str,
    reservation_id: UUID,
    wish: Change,
    booker: Booker,
    clock: Clock,
    *,
    version: int | None,
    telling: Telling | None = None,
) -> Reservation | LoggedRefusal:
    """Move, resize or mend a reservation; if the new promise is refused, the old one stands.

    Words are never refused, needs and tables by the room alone (policies/booking/mending.py);
    another start or more guests are judged as a new booking is (policies/booking/changing.py): a
    guest's move to where a person approves is a request, one past the cut-off to where cancelling
    is free is a cancellation.

    `version`: the one the caller saw, None: any. `telling` hears what it means. Raises NotFound,
    TooFarOff, Stale, NotChangeable, NotAllowed, NeedsAnyway, ReferenceTaken,
    OutsideCancellationWindow.
    """
    now = await clock.now(conn)
    reservation = await read_reservation(conn, venue_id, reservation_id, booker)
    _check_version(_version_seen(reservation, booker), version)
    check_state(reservation.state, wish, booker)
    _check_words(reservation, wish, booker)
    check_start(wish.starts or now, now)
    in_force = (await house_of(conn, venue_id)).at(wish.starts or reservation.starts)
    _check_room(in_force.house, wish)
    old = await period_of(conn, venue_id, reservation_id)
    standing = standing_of(reservation, booker)
    guest = await guest_after(conn, venue_id, reservation, wish, now=now)
    ask = _ask(in_force.house, reservation, wish, booker, guest.guest_id)
    new = old if ask.starts == reservation.starts else period_for_start(in_force, ask.starts)
    judged = (
        new is not None
        and is_new_demand(standing, ask, in_force.house, new)
        and reservation.state == "booked"
    )
    refusal = early_refusal(in_force.house, new, ask, now) if judged else None
    if new is None or refusal is not None:
        no = refusal or closed_refusal()
        who = Contact(name=reservation.name)
        await forget_contact(conn, venue_id, guest)
        ask = replace(ask, guest_id=None) if guest.new else ask
        return await log_refusal(conn, venue_id, in_force.house, ask, no, booker, now, who)
    if wish.duration_minutes or wish.overrule:
        check_duration(in_force.house, new, ask.starts, ask.minutes)
    if escapes_cutoff(standing, ask, in_force.house, new, now=now):
        raise _too_late(in_force.house, reservation)
    locked = await lock_period(conn, venue_id, in_force, old, now=now, also=(new,))
    locked = await with_promise(conn, locked, reservation)
    promise = _changeable(locked, reservation, wish, booker, version)
    ask = replace(ask, tags=await tags_after(conn, locked, reservation, wish, ask))
    if ask.starts != reservation.starts and booker.staff_id is None:
        await _check_reference(conn, venue_id, reservation, ask)
    if not moves_or_resizes(wish):
        done = await mend(conn, locked, promise, ask, wish, booker, telling)
    else:
        target = await _target(conn, locked, new)
        done = await _move(conn, locked, target, promise, standing, ask, wish, booker, telling)
    if isinstance(done, LoggedRefusal):
        await forget_contact(conn, venue_id, guest)
    else:
        await keep_contact(conn, venue_id, reservation_id, guest)
    return done


async def _target(conn: Connection, locked: LockedPeriod, new: Period) -> LockedPeriod:
    """Return the locked period of the new start."""
    if new.period_id == locked.picture.period.period_id:
        return locked
    return await read_locked(conn, locked.venue_id, locked.in_force, new, now=locked.now)


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


async def _move(  # noqa: PLR0913, PLR0917 - what a change is about
    conn: Connection,
    locked: LockedPeriod,
    target: LockedPeriod,
    promise: Promise,
    standing: Standing,
    ask: Ask,
    wish: Change,
    booker: Booker,
    telling: Telling | None,
) -> Reservation | LoggedRefusal:
    now, venue_id, picture = locked.now, locked.venue_id, target.picture
    before, promise = promise, in_other_words(promise, wish, ask)
    if wish.tables == ():
        promise = with_fixed_tables(promise, fixed=False)
    new = is_new_demand(standing, ask, target.house, picture.period)
    if not new:
        linked = relinked(target, before, promise, ask, overrule=wish.overrule is not None)
        if isinstance(linked, No):
            who = Contact(name=promise.name)
            return await log_refusal(conn, venue_id, target.house, ask, linked, booker, now, who)
        promise = linked
    answer = await _judge(target, promise, standing, ask, wish)
    explained = answer.explained
    if isinstance(answer, Judged):
        shared = new and _shares_phone(target, promise, ask)
        changed = replace(answer.promise, duplicate_allowed=promise.duplicate_allowed or shared)
        if ask.tables and changed.tables:
            changed = with_fixed_tables(changed, fixed=True)
        if ask.anywhere:
            check_access(target, changed, booker)
        changes = with_plan_moves(picture, answer.moved, Changes(promises=(changed,)))
    elif wish.overrule is not None and booker.staff_id is not None:
        check_may_overrule(target, booker)
        changes = _overruled(target, promise, standing, ask, answer)
    else:
        who = Contact(name=promise.name)
        return await log_refusal(conn, venue_id, target.house, ask, answer, booker, now, who)
    await _write(conn, target, changes, wish, telling, before, explained)
    if target is not locked:
        left = replace(
            locked, picture=without_intentions(locked.picture, promise.reservation_id, None)
        )
        await _write(conn, left, Changes(), Change(), telling, before)
    return await read_reservation(conn, venue_id, promise.reservation_id, booker)


def _overruled(
    target: LockedPeriod, promise: Promise, standing: Standing, ask: Ask, no: No
) -> Changes:
    """Return the change against the engine: at named or promised tables, else overbooked.

    Promised ones that nobody named again leave no other party without a table. Where only the
    price refused it, it has the table the room gives. Raises NotPossibleNow if named tables are
    taken.
    """
    if no.code == "BID_PRICE":
        free = judge_change(target.picture, promise, standing, ask, target.house, now=target.now)
        if isinstance(free, Judged) and free.promise.kind == "physical":
            fixed = bool(ask.tables) or free.promise.fixed
            there = with_fixed_tables(free.promise, fixed=fixed)
            return with_plan_moves(target.picture, free.moved, Changes(promises=(there,)))
    moved = moved_to(promise, target.picture.period, ask, target.house)
    if ask.tables:
        return given_named(target, moved, ask.tables)
    if moved.fixed and moved.tables:
        house, now = target.house, target.now
        given = give_named(target.picture, moved, moved.tables, house, now=now)
        if isinstance(given, Changes) and not any(each.exposed for each in given.promises):
            return given
    overbooked = replace(
        with_fixed_tables(moved, fixed=False),
        tables=(),
        kind="overbooked",
        overruled=True,
        exposed=False,
        duplicate_allowed=True,
    )
    return Changes(promises=(overbooked,))


def _shares_phone(target: LockedPeriod, promise: Promise, ask: Ask) -> bool:
    return shares_phone(target.picture, ask, target.house, without=promise.reservation_id)


async def _judge(
    target: LockedPeriod, promise: Promise, standing: Standing, ask: Ask, wish: Change
) -> Judged | No:
    picture, house, now = target.picture, target.house, target.now
    new = is_new_demand(standing, ask, house, picture.period)
    if changes_place(wish) and not new:
        return await placed(target, promise, ask)
    if promise.state == "requested" or not new:
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
    telling: Telling | None = None,
) -> Reservation:
    """Cancel a reservation; one already cancelled is returned unchanged.

    `telling` hears what it means. Raises NotFound, AlreadySeated, NotChangeable,
    OutsideCancellationWindow, lifecycles.NotPossible.
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
    cancelled = replace(without_tables(next_version(promise)), state=ended)
    changes = replan(locked.picture, Changes(promises=(cancelled,)), locked.house, now=now)
    if telling is not None:
        telling.hear(locked, changes)
    columns = ReservationColumns(
        cancelled_why=why, cancelled_by_house=booker.staff_id is not None or None
    )
    written = WriteSet(changes=changes, details={reservation_id: columns})
    await write(conn, venue_id, locked.picture, written, now=now)
    return await read_reservation(conn, venue_id, reservation_id, booker)


def _too_late(house: House, reservation: Reservation) -> OutsideCancellationWindow:
    until = clock_of(house, cancel_until(reservation, house))
    return OutsideCancellationWindow(message("online-cancelling-ended", until=until))


def _ask(
    house: House,
    reservation: Reservation,
    wish: Change,
    booker: Booker,
    guest_id: UUID | None,
) -> Ask:
    rules, minutes = house.house_rules, wish.duration_minutes or reservation.duration_minutes
    return Ask(
        party_size=wish.party_size or reservation.party_size,
        starts=(wish.starts or reservation.starts).astimezone(UTC),
        channel=booker.channel,
        needs=reservation.needs if wish.needs is None else wish.needs,
        preferences=preferences_after(wish, reservation),
        made_by=reservation.channel,
        guest_id=guest_id,
        guest_name=wish.name or reservation.name,
        tables=wish.tables or (),
        accepted_house_rules=rules.version if rules else None,
        minutes=None if minutes == "usual" else minutes,
        anywhere=wish.overrule is not None and bool(wish.tables),
        client_id=reservation.client_id,
    )


def preferences_after(wish: Change, reservation: Reservation) -> Preferences | None:
    """Return the preferences after the change; those without any wish are none."""
    if wish.preferences is None:
        return reservation.preferences
    return None if wish.preferences == Preferences() else wish.preferences


def _promise(locked: LockedPeriod, reservation_id: UUID) -> Promise:
    for promise in locked.picture.promises:
        if promise.reservation_id == reservation_id:
            return promise
    raise LostRaceError("the reservation moved or ended before its period was locked")


def _version_seen(reservation: Reservation, booker: Booker) -> int:
    """Return the version that the caller knows: the house's, or the one seen outside."""
    return reservation.version if booker.staff_id is not None else reservation.public_version


def _changeable(
    locked: LockedPeriod,
    before: Reservation,
    wish: Change,
    booker: Booker,
    version: int | None,
) -> Promise:
    """Return the promise under the lock. Raises LostRaceError if it changed since it was read."""
    promise = _promise(locked, before.reservation_id)
    at = promise.version if booker.staff_id is not None else before.public_version
    _check_version(at, version)
    check_state(promise.state, wish, booker)
    if promise.version != before.version:
        raise LostRaceError("the reservation changed before its period was locked")
    return promise


def _check_version(at: int, version: int | None) -> None:
    if version is not None and at != version:
        raise Stale(message("reservation-changed", version=str(at)))


def _check_room(house: House, wish: Change) -> None:
    """Raise Invalid for an area or table that the house does not have."""
    if wish.needs is not None:
        check_needs(house, wish.needs, pointer="/needs/area")
    check_preferences(house, wish.preferences)
    check_tables(house, wish.tables or ())


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


async def _write(
    conn: Connection,
    locked: LockedPeriod,
    changes: Changes,
    wish: Change,
    telling: Telling | None,
    before: Promise,
    explained: Explanation | None = None,
) -> None:
    columns = columns_of(before, changes.promises[-1] if changes.promises else before, wish)
    # Tables that became free go first to promises without one.
    planned = replan(locked.picture, changes, locked.house, now=locked.now)
    if telling is not None:
        telling.hear(locked, planned, wish.tables or ())
    key = before.reservation_id if changes.promises else None
    await store(conn, locked, planned, replace(columns, explained=explained), key)
