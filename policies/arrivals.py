"""Orders about reservations at the door: here, more of them, fewer, late, not coming."""

from datetime import timedelta

from msgspec.structs import replace

from policies.calendar import turn_minutes
from policies.changes import Changes
from policies.lifecycles import RESERVATION, SEATING, SLIP_SECONDS, ReservationEvent, step
from policies.orders import Arrive, NoShow, Reopen, Resize, Walk
from policies.room import room_of
from policies.stand import Done, Impossible, Stand
from policies.terms import Promise, ReservationState, Seating

EARLY = timedelta(hours=12)
"""No party comes to the door longer than this before its period opens (assumption)."""

HOLDS_ITS_HOURS: frozenset[ReservationState] = frozenset({"booked", "arrived", "seated"})


def arrive(stand: Stand, order: Arrive) -> Done:
    """Note how many of a party are here. A no-show that comes after all is owed its place."""
    promise, undo = came(stand, order, "arrive")
    here = replace(promise, arrived=order.arrived, arrived_at=promise.arrived_at or stand.now)
    return _sized(stand, here, max(promise.party_size, order.arrived), undo)


def resize(stand: Stand, order: Resize) -> Done:
    """Change how many come. More than the room has a place for stands without a table."""
    promise, undo = stepped(stand, order, "change_party_size")
    return _sized(stand, promise, order.party_size, undo or SLIP_SECONDS)


def no_show(stand: Stand, order: NoShow) -> Done:
    """Give the party up: its tables are free, the promise stands until the period closes."""
    promise, undo = came(stand, order, "mark_no_show")
    gone = replace(promise, tables=(), exposed=False, late_at=promise.late_at or stand.now)
    return one(gone, undo)


def reopen(stand: Stand, order: Reopen) -> Done:
    """Expect a no-show again: it called. Its place is looked for, its grace begins anew."""
    promise, undo = stepped(stand, order, "reopen")
    return one(replace(_alone(stand, promise), late_at=stand.now), undo)


def walk(stand: Stand, order: Walk) -> Done:
    """Note that a promised party left because it could not be seated."""
    promise, undo = came(stand, order, "walk")
    return one(replace(promise, tables=(), exposed=False), undo)


def came(
    stand: Stand, order: Arrive | NoShow | Walk, event: ReservationEvent
) -> tuple[Promise, int | None]:
    """As `stepped`, for what can only be known of a party tonight."""
    begun(stand)
    return stepped(stand, order, event)


def begun(stand: Stand) -> None:
    """Raise Impossible while the period is days ahead: a slip of the finger."""
    period = stand.picture.period
    if stand.now < period.opens - EARLY:
        told = f"the {period.name} of {period.service_date:%d %B} is still ahead"
        raise Impossible("NOT_POSSIBLE_NOW", told)


def sized(stand: Stand, promise: Promise, size: int) -> Promise:
    """Return the promise for so many guests: its turn anew, its tables kept if they still serve.

    A smaller party is placed anew unless it was promised those tables.
    """
    promise = _alone(stand, promise)
    if size == promise.party_size:
        return promise
    turn = timedelta(minutes=turn_minutes(stand.house, size))
    room = room_of(stand.house)
    seat = room.seat(promise.tables) or ()
    serves = room.capacity(seat) >= size and (promise.fixed or size > promise.party_size)
    return replace(
        promise,
        party_size=size,
        ends=promise.starts + turn,
        tables=promise.tables if serves else (),
        fixed=promise.fixed and serves,
    )


def one(promise: Promise, undo_seconds: int | None) -> Done:
    """Return an order done that changed this promise only."""
    changes = Changes(promises=(promise,))
    return Done(changes=changes, subject=promise.reservation_id, undo_seconds=undo_seconds)


def stepped(
    stand: Stand, order: Arrive | Resize | NoShow | Reopen | Walk, event: ReservationEvent
) -> tuple[Promise, int | None]:
    """Return the promise after the event, as a new version, and for how long it can be undone."""
    promise = stand.promise(order.reservation_id, order.version)
    taken = step(RESERVATION, promise.state, event, stand.by)
    return replace(promise, state=taken.to, version=promise.version + 1), taken.undo_seconds


def _sized(stand: Stand, promise: Promise, size: int, undo: int | None) -> Done:
    if promise.state != "seated":
        return one(sized(stand, promise, size), undo)
    more = size - promise.party_size
    changes = Changes(
        promises=(replace(promise, party_size=size),),
        seatings=_seatings_sized(stand, promise, more) if more else (),
    )
    return Done(changes=changes, subject=promise.reservation_id, undo_seconds=undo)


def _seatings_sized(stand: Stand, promise: Promise, more: int) -> tuple[Seating, ...]:
    """Return the party's largest seating with so many more (or fewer) guests."""
    ours = [s for s in stand.picture.seatings if s.reservation_id == promise.reservation_id]
    largest = max(ours, key=lambda seating: seating.party_size, default=None)
    if largest is None:
        return ()
    if largest.party_size + more < 1:
        raise Impossible("INVALID", "clear one of the party's tables first", "/party_size")
    to = step(SEATING, largest.state, "change_party_size", stand.by).to
    size = largest.party_size + more
    return (replace(largest, state=to, party_size=size, version=largest.version + 1),)


def _alone(stand: Stand, promise: Promise) -> Promise:
    """Return the promise with its guest's other table of these hours allowed: the door saw both."""
    other = any(
        each.guest_id == promise.guest_id
        and each.reservation_id != promise.reservation_id
        and each.state in HOLDS_ITS_HOURS
        for each in stand.picture.promises
        if promise.guest_id is not None
    )
    return replace(promise, duplicate_allowed=promise.duplicate_allowed or other)
