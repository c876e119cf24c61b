"""Orders about reservations at the door: here, more of them, fewer, late, not coming."""

from datetime import timedelta

from msgspec.structs import replace

from policies.booking import decide
from policies.calendar import turn_minutes
from policies.changes import Changes, with_moves
from policies.lifecycles import RESERVATION, ReservationEvent, step
from policies.orders import (
    Approve,
    Arrive,
    Assign,
    Decline,
    Done,
    Impossible,
    NoShow,
    Reopen,
    Resize,
    Room,
    Walk,
)
from policies.terms import Ask, No, Promise, Yes


def arrive(room: Room, order: Arrive) -> Done:
    """Note how many of a party are here. A no-show that comes after all is owed its place."""
    promise, undo = _stepped(room, order, "arrive")
    here = replace(
        promise,
        arrived=order.arrived,
        arrived_at=promise.arrived_at or room.now,
        party_size=max(promise.party_size, order.arrived),
    )
    return _done(here, undo)


def resize(room: Room, order: Resize) -> Done:
    """Change how many come. More than the room has a place for stands without a table."""
    promise, undo = _stepped(room, order, "change_party_size")
    sized = replace(promise, party_size=order.party_size)
    if promise.state == "seated":
        return _resize_seating(room, sized, undo)
    turn = timedelta(minutes=turn_minutes(room.house, order.party_size))
    return _done(replace(sized, ends=sized.starts + turn, tables=()), undo)


def no_show(room: Room, order: NoShow) -> Done:
    """Give the party up: its tables are free, the promise stands until the period closes."""
    promise, _ = _stepped(room, order, "mark_no_show")
    return _done(replace(promise, tables=(), late_at=promise.late_at or room.now), None)


def reopen(room: Room, order: Reopen) -> Done:
    """Expect a no-show again: it called. Its place is looked for anew."""
    promise, undo = _stepped(room, order, "reopen")
    return _done(replace(promise, late_at=room.now), undo)


def walk(room: Room, order: Walk) -> Done:
    """Note that a promised party left because it could not be seated."""
    promise, undo = _stepped(room, order, "walk")
    return _done(replace(promise, tables=(), exposed=False), undo)


def assign(room: Room, order: Assign) -> Done:
    """Mean certain tables for a party: the plan of others makes way where it can."""
    promise, undo = _stepped(room, order, "move_table")
    answer = _decide(room, promise, order.tables)
    if isinstance(answer, No):
        raise Impossible("INVALID", answer.detail, "/tables")
    assigned = replace(
        promise, tables=answer.tables, fixed=order.fixed, kind="physical", exposed=False
    )
    changes = with_moves(room.picture, answer.moved, Changes(promises=(assigned,)))
    return Done(changes=changes, subject=promise.reservation_id, undo_seconds=undo)


def approve(room: Room, order: Approve) -> Done:
    """Say yes to a request: with a place if the room has one, else with a reason, beyond it."""
    promise, _ = _stepped(room, order, "approve")
    answer = _decide(room, promise, order.tables or ())
    if isinstance(answer, Yes):
        booked = replace(promise, tables=answer.tables, fixed=bool(order.tables))
        moved = answer.moved
    elif order.reason is None:
        raise Impossible("NO_ROOM", f"{answer.detail} With a reason it can be booked all the same.")
    else:
        booked = replace(promise, kind="overbooked", overruled=True)
        moved = {}
    changes = with_moves(room.picture, moved, Changes(promises=(booked,)))
    return Done(changes=changes, subject=promise.reservation_id, undo_seconds=None)


def decline(room: Room, order: Decline) -> Done:
    """Say no to a request."""
    promise, _ = _stepped(room, order, "decline")
    return _done(promise, None)


def _resize_seating(room: Room, promise: Promise, undo: int | None) -> Done:
    """The seating grows or shrinks with its reservation, where one seating holds the party."""
    ours = [s for s in room.picture.seatings if s.reservation_id == promise.reservation_id]
    changed = tuple(
        replace(seating, party_size=promise.party_size, version=seating.version + 1)
        for seating in ours
        if len(ours) == 1
    )
    return Done(
        changes=Changes(promises=(promise,), seatings=changed),
        subject=promise.reservation_id,
        undo_seconds=undo,
    )


def _decide(room: Room, promise: Promise, tables: tuple[str, ...]) -> Yes | No:
    ask = Ask(
        party_size=promise.party_size,
        starts=promise.starts,
        channel="desk",
        needs=promise.needs,
        tables=tables,
    )
    return decide(
        room.picture,
        ask,
        room.house,
        now=min(room.now, promise.starts),
        without=promise.reservation_id,
        quick=True,
    )


def _done(promise: Promise, undo_seconds: int | None) -> Done:
    return Done(
        changes=Changes(promises=(promise,)),
        subject=promise.reservation_id,
        undo_seconds=undo_seconds,
    )


def _stepped(
    room: Room,
    order: Arrive | Resize | NoShow | Reopen | Walk | Assign | Approve | Decline,
    event: ReservationEvent,
) -> tuple[Promise, int | None]:
    promise = room.promise(order.reservation_id, order.version)
    taken = step(RESERVATION, promise.state, event, room.by)
    stepped = replace(promise, state=taken.to, version=promise.version + 1)
    return stepped, taken.undo_seconds
