"""Changing and cancelling a reservation."""

from datetime import UTC, datetime
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.book.answers import Ask, Explained, No, Yes
from policies.book.changes import Changes, leave_out, with_moves
from policies.book.lifecycles import RESERVATION, step
from policies.book.picture import Promise, ReservationState
from policies.booking.engine import decide, enquire
from policies.house.house import House
from policies.house.wording import clock as clock_of
from policies.plan.replanning import settled
from seating.book.asked import check_start, ends_of, period_asked, without_looking
from seating.book.guests import Contact
from seating.book.in_force import house_of
from seating.book.periods import Opened, locked, under_lock
from seating.book.reservations import Booker, Reservation, cancel_until, period_of, read_reservation
from seating.book.write import Details, Written, write
from seating.booking.making import check_may_overrule
from seating.clock import Clock
from seating.db import Connection, LostRaceError
from seating.errors import (
    AlreadySeated,
    NotChangeable,
    OutsideCancellationWindow,
    Stale,
)
from seating.forecast.period_values import prospect_of
from seating.turnaways.log import Refused, refused


class Change(Struct, frozen=True, kw_only=True):
    """What is to be different; None leaves a thing as it is."""

    starts: datetime | None = None
    party_size: int | None = None
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
) -> Reservation | Refused:
    """Move or resize a reservation, keeping the old promise unless the new one stands.

    `version`: the one the caller saw. Raises NotFound, TooFarOff, Stale, NotChangeable.
    """
    known = await house_of(conn, venue_id)
    now = await clock.now(conn)
    reservation = await read_reservation(conn, venue_id, reservation_id, booker)
    _check_changeable(reservation.state, reservation.version, version)
    check_start(wish.starts or now, now)
    old = await period_of(conn, venue_id, reservation_id)
    ask = _ask(known.house, reservation, wish, booker)
    new = period_asked(known, ask.starts)
    moved_or_resized = wish.starts is not None or wish.party_size is not None
    judged = moved_or_resized and reservation.state == "booked"
    refusal = without_looking(known.house, new, ask, now) if judged else None
    if new is None or refusal is not None:
        no = refusal or No(code="CLOSED", detail="The house is closed on that date.")
        who = Contact(name=reservation.name)
        return await refused(conn, venue_id, known.house, ask, no, booker, now, who)
    opened = await locked(conn, venue_id, known, old, now=now, also=(new,))
    promise = _changeable(opened, reservation, version)
    if not moved_or_resized:
        await _write(conn, opened, Changes(promises=(_next(promise),)), wish)
        return await read_reservation(conn, venue_id, reservation_id, booker)
    target = (
        opened
        if new.period_id == old.period_id
        else await under_lock(conn, venue_id, known, new, now=now)
    )
    return await _move(conn, opened, target, promise, ask, wish, booker)


async def _move(
    conn: Connection,
    opened: Opened,
    target: Opened,
    promise: Promise,
    ask: Ask,
    wish: Change,
    booker: Booker,
) -> Reservation | Refused:
    now, venue_id = opened.now, opened.venue_id
    answer = await _judged(target, promise, ask)
    moved = replace(
        _next(promise),
        period_id=target.picture.period.period_id,
        starts=ask.starts,
        ends=ends_of(target.house, ask.starts, ask.party_size),
        party_size=ask.party_size,
        late_at=None,
    )
    if answer is None:
        changes = Changes(promises=(moved,))
    elif isinstance(answer, Yes):
        kept = replace(
            moved,
            tables=answer.tables,
            kind=answer.kind,
            risk=answer.risk,
            overruled=False,
            exposed=False,
        )
        changes = with_moves(target.picture, answer.moved, Changes(promises=(kept,)))
    elif wish.overrule is not None and booker.staff_id is not None:
        check_may_overrule(target, booker)
        beyond = replace(moved, tables=(), kind="overbooked", overruled=True, exposed=False)
        changes = Changes(promises=(beyond,))
    else:
        who = Contact(name=promise.name)
        return await refused(conn, venue_id, target.house, ask, answer, booker, now, who)
    explained = answer.explained if answer else None
    await _write(conn, target, changes, wish, explained)
    if target is not opened:
        left = replace(opened, picture=leave_out(opened.picture, promise.reservation_id, None))
        await _write(conn, left, Changes(), Change())
    return await read_reservation(conn, venue_id, promise.reservation_id, booker)


async def _judged(target: Opened, promise: Promise, ask: Ask) -> Yes | No | None:
    """Ask the engine; of a request that waits for a person only the hours, None is fine."""
    if promise.state == "requested":
        return enquire(target.picture, ask, target.house, now=target.now)
    picture, house, now = target.picture, target.house, target.now
    async with prospect_of(picture, house, now=now) as prospect:
        return decide(picture, ask, house, now=now, without=promise.reservation_id, known=prospect)


async def cancel(
    conn: Connection,
    venue_id: str,
    reservation_id: UUID,
    why: str,
    booker: Booker,
    clock: Clock,
) -> Reservation:
    """Cancel a reservation; one cancelled already is returned as it is.

    Raises NotFound, AlreadySeated, OutsideCancellationWindow, lifecycles.NotPossible.
    """
    known = await house_of(conn, venue_id)
    now = await clock.now(conn)
    await read_reservation(conn, venue_id, reservation_id, booker)
    period = await period_of(conn, venue_id, reservation_id)
    opened = await locked(conn, venue_id, known, period, now=now)
    reservation = await read_reservation(conn, venue_id, reservation_id, booker)
    if reservation.state == "cancelled":
        return reservation
    if reservation.state in {"seated", "finished"}:
        raise AlreadySeated("the party has been seated; this can no longer be cancelled")
    _check_cancellable(reservation, booker)
    ended = step(RESERVATION, reservation.state, "cancel", booker.actor).to
    asked_only = reservation.state == "requested"
    until = cancel_until(reservation, known.house)
    if booker.staff_id is None and not asked_only and now > until:
        raise OutsideCancellationWindow(
            f"online cancelling ended at {clock_of(known.house, until)}; please call the house"
        )
    promise = _promise(opened, reservation_id)
    gone = replace(_next(promise), state=ended, tables=(), exposed=False)
    changes = settled(opened.picture, Changes(promises=(gone,)), known.house, now=now)
    written = Written(changes=changes, details={reservation_id: Details(cancelled_why=why)})
    await write(conn, venue_id, opened.picture, written, now=now)
    return await read_reservation(conn, venue_id, reservation_id, booker)


def _ask(house: House, reservation: Reservation, wish: Change, booker: Booker) -> Ask:
    rules = house.house_rules
    return Ask(
        party_size=wish.party_size or reservation.party_size,
        starts=(wish.starts or reservation.starts).astimezone(UTC),
        channel=booker.channel,
        needs=reservation.needs,
        guest_id=reservation.guest_id,
        accepted_house_rules=rules.version if rules else None,
    )


def _promise(opened: Opened, reservation_id: UUID) -> Promise:
    for promise in opened.picture.promises:
        if promise.reservation_id == reservation_id:
            return promise
    raise LostRaceError("the reservation moved or ended before its period was locked")


def _changeable(opened: Opened, seen: Reservation, version: int | None) -> Promise:
    """Return the promise as locked; what was asked rests on what was seen before the lock."""
    promise = _promise(opened, seen.reservation_id)
    _check_changeable(promise.state, promise.version, version)
    if promise.version != seen.version:
        raise LostRaceError("the reservation changed before its period was locked")
    return promise


def _check_changeable(state: ReservationState, at: int, version: int | None) -> None:
    if version is not None and at != version:
        raise Stale(f"the reservation is at version {at} by now")
    if state not in {"requested", "booked"}:
        raise NotChangeable(f"a reservation that is {state} can no longer be changed")


def _check_cancellable(reservation: Reservation, booker: Booker) -> None:
    """Booking sites hear one code for every state in which the door has taken over."""
    if booker.staff_id is None and reservation.state not in {"requested", "booked"}:
        raise NotChangeable(f"a reservation that is {reservation.state} can't be cancelled")


def _next(promise: Promise) -> Promise:
    return replace(promise, version=promise.version + 1)


async def _write(
    conn: Connection,
    opened: Opened,
    changes: Changes,
    wish: Change,
    explained: Explained | None = None,
) -> None:
    said = Details(notes=wish.notes, overruled_why=wish.overrule, explained=explained)
    details = {
        promise.reservation_id: said for promise in changes.promises[-1:] if said != Details()
    }
    # The place left behind goes first to promises without a table.
    planned = settled(opened.picture, changes, opened.house, now=opened.now)
    written = Written(changes=planned, details=details)
    await write(conn, opened.venue_id, opened.picture, written, now=opened.now)
