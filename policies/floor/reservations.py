"""Orders about reservations at the door: here, more of them, fewer, late, not coming."""

from datetime import timedelta

from msgspec.structs import replace

from policies.book.answers import Answer, Ask, No, Yes
from policies.book.changes import Changes, leave_out, with_moves
from policies.book.lifecycles import RESERVATION, SEATING, SLIP_SECONDS, ReservationEvent, step
from policies.book.picture import Promise, ReservationState, Seating
from policies.book.question import Question
from policies.booking.engine import decide
from policies.booking.tables import Tables
from policies.floor.orders import Approve, Arrive, Assign, Decline, NoShow, Reopen, Resize, Walk
from policies.floor.stand import Done, Impossible, Stand
from policies.house.calendar import turn_minutes
from policies.house.room import room_of

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


def assign(stand: Stand, order: Assign) -> Done:
    """Mean certain tables for a party: the plan of others makes way where it can."""
    promise, undo = _stepped(stand, order, "move_table")
    if promise.state == "seated":
        raise Impossible("NOT_POSSIBLE_NOW", "the party sits already: move its seating")
    answer = _at_tables(stand, promise, order.tables)
    if isinstance(answer, No):
        raise Impossible("INVALID", answer.detail, "/tables")
    assigned = replace(
        promise,
        tables=answer.tables,
        fixed=order.fixed,
        kind="physical",
        overruled=False,
        exposed=False,
    )
    changes = with_moves(stand.picture, answer.moved, Changes(promises=(assigned,)))
    return Done(changes=changes, subject=promise.reservation_id, undo_seconds=undo)


def approve(stand: Stand, order: Approve) -> Done:
    """Say yes to a request: with a place if the room has one, else with a reason, beyond it."""
    promise, _ = _stepped(stand, order, "approve")
    answer = _decide(stand, promise, order.tables or ())
    if isinstance(answer, Yes):
        booked = replace(
            promise,
            tables=answer.tables,
            fixed=bool(order.tables),
            kind=answer.kind,
            risk=answer.risk,
        )
        changes = with_moves(stand.picture, answer.moved, Changes(promises=(booked,)))
    elif order.reason is None:
        told = f"{answer.detail} With a reason it can be booked all the same."
        raise Impossible("NOT_POSSIBLE_NOW", told, "/reason")
    else:
        beyond = replace(promise, kind="overbooked", overruled=True, duplicate_allowed=True)
        changes = Changes(promises=(beyond,))
    return Done(changes=changes, subject=promise.reservation_id, undo_seconds=None)


def decline(stand: Stand, order: Decline) -> Done:
    """Say no to a request."""
    promise, undo = _stepped(stand, order, "decline")
    changes = Changes(promises=(promise,))
    return Done(changes=changes, subject=promise.reservation_id, undo_seconds=undo)


def _at_tables(stand: Stand, promise: Promise, tables: tuple[str, ...]) -> Answer:
    """Ask only whether the tables can be had: whether the party may come is decided already."""
    left = leave_out(stand.picture, promise.reservation_id, None)
    case = Question(picture=left, ask=_ask(promise, tables), house=stand.house, now=stand.now)
    return Tables(left, stand.house, stand.now).answer(case)


def _decide(stand: Stand, promise: Promise, tables: tuple[str, ...]) -> Answer:
    return decide(
        stand.picture,
        _ask(promise, tables),
        stand.house,
        now=min(stand.now, promise.starts),
        without=promise.reservation_id,
        quick=True,
    )


def _ask(promise: Promise, tables: tuple[str, ...]) -> Ask:
    return Ask(
        party_size=promise.party_size,
        starts=promise.starts,
        channel="desk",
        needs=promise.needs,
        guest_id=promise.guest_id,
        tables=tables,
    )


def _stepped(
    stand: Stand, order: Assign | Approve | Decline, event: ReservationEvent
) -> tuple[Promise, int | None]:
    promise = stand.promise(order.reservation_id, order.version)
    taken = step(RESERVATION, promise.state, event, stand.by)
    return replace(promise, state=taken.to, version=promise.version + 1), taken.undo_seconds
