"""Orders about seated parties. Pure: a picture in, changes out.

Seatings are facts: an order about them is refused only for another fact. The plan they upset is
settled afterwards by `changes.settled`, in the same transaction.
"""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from msgspec.structs import replace

from policies.calendar import turn_minutes
from policies.changes import Changes
from policies.lifecycles import RESERVATION, SEATING, WAITLIST, SeatingEvent, step
from policies.orders import (
    Clear,
    Done,
    Extend,
    Impossible,
    Merge,
    Move,
    Room,
    Seat,
    Serve,
    Split,
    Swap,
)
from policies.terms import Promise, Seating, WaitEntry


def seat(room: Room, order: Seat) -> Done:
    """Seat a promised party, a waiting one or a walk-in; nobody else may sit at the tables."""
    _free(room, order.tables, leaving=())
    promise, entry = _promised(room, order), _waiting(room, order)
    size = order.party_size or _size(promise) or (entry.party_size if entry else 0)
    if not size:
        raise Impossible("INVALID", "say how many guests sit down", "/party_size")
    seating = Seating(
        seating_id=order.id,
        period_id=promise.period_id if promise else room.picture.period.period_id,
        state="seated",
        party_size=size,
        tables=order.tables,
        seated_at=room.now,
        counted_at=promise.starts if promise else room.now,
        expected_end=room.now + timedelta(minutes=turn_minutes(room.house, size)),
        reservation_id=order.reservation_id,
        wait_id=order.wait_id,
        name=order.name or (promise.name if promise else entry.name if entry else ""),
    )
    changes = Changes(
        seatings=(seating,),
        promises=(_seated(room, promise, size),) if promise else (),
        waiting=(_called(room, entry),) if entry else (),
    )
    return Done(changes=changes, subject=order.id)


def move(room: Room, order: Move) -> Done:
    """Move a party to other tables, some of which may be its own."""
    seating = _stepped(room, order.seating_id, order.version, "move")
    _free(room, order.tables, leaving=(seating.seating_id,))
    return _done(replace(seating, tables=order.tables))


def swap(room: Room, order: Swap) -> Done:
    """Two parties change places."""
    one = _stepped(room, order.seating_id, order.version, "move")
    other = _stepped(room, order.other_id, order.other_version, "move")
    if one.seating_id == other.seating_id:
        raise Impossible("INVALID", "a party cannot change places with itself", "/other_id")
    return _done(replace(one, tables=other.tables), replace(other, tables=one.tables))


def split(room: Room, order: Split) -> Done:
    """Seat some of a party by themselves: at tables of its own or at free ones."""
    whole = _stepped(room, order.seating_id, order.version, "split")
    if order.party_size >= whole.party_size:
        raise Impossible("INVALID", "somebody has to stay at the old table", "/party_size")
    _free(room, order.tables, leaving=(whole.seating_id,))
    left = tuple(table for table in whole.tables if table not in order.tables)
    if not left:
        raise Impossible("INVALID", "leave the others a table", "/tables")
    part = replace(
        whole,
        seating_id=order.id,
        party_size=order.party_size,
        tables=order.tables,
        wait_id=None,
        version=1,
    )
    rest = replace(whole, party_size=whole.party_size - order.party_size, tables=left)
    return _done(rest, part)


def merge(room: Room, order: Merge) -> Done:
    """One party joins another: their tables are one join from now on."""
    guest = _stepped(room, order.seating_id, order.version, "merge")
    host = _stepped(room, order.into_id, order.into_version, "merge")
    if guest.seating_id == host.seating_id:
        raise Impossible("INVALID", "a party cannot join itself", "/into_id")
    joined = replace(
        host,
        party_size=host.party_size + guest.party_size,
        tables=(*host.tables, *guest.tables),
        expected_end=max(host.expected_end, guest.expected_end),
    )
    gone = replace(guest, state="cleared", cleared_at=room.now, party_size=guest.party_size)
    finished = _finished(room, guest, still=(host,))
    return Done(
        changes=Changes(seatings=(gone, joined), promises=finished), subject=guest.seating_id
    )


def serve(room: Room, order: Serve) -> Done:
    """Note how far a party is."""
    event: SeatingEvent = "check_down" if order.check_down else "dessert"
    return _done(_stepped(room, order.seating_id, order.version, event))


def extend(room: Room, order: Extend) -> Done:
    """Expect a party to stay longer: from its expected end, or from now once that has passed."""
    seating = _stepped(room, order.seating_id, order.version, "extend")
    start = max(seating.expected_end, room.now)
    return _done(replace(seating, expected_end=start + timedelta(minutes=order.minutes)))


def clear(room: Room, order: Clear) -> Done:
    """Free a party's tables; its reservation is finished once nobody of it sits any more."""
    seating = _stepped(room, order.seating_id, order.version, "clear")
    return Done(changes=cleared(room, seating), subject=seating.seating_id)


def cleared(room: Room, seating: Seating) -> Changes:
    """Return the changes by which a (stepped) seating ends now."""
    gone = replace(seating, state="cleared", cleared_at=room.now)
    return Changes(seatings=(gone,), promises=_finished(room, seating, still=()))


def _done(*seatings: Seating) -> Done:
    return Done(changes=Changes(seatings=seatings), subject=seatings[0].seating_id)


def _stepped(room: Room, seating_id: UUID, version: int, event: SeatingEvent) -> Seating:
    seating = room.seating(seating_id, version)
    to = step(SEATING, seating.state, event, room.by).to
    return replace(seating, state=to, version=seating.version + 1)


def _free(room: Room, tables: Iterable[str], *, leaving: tuple[UUID, ...]) -> None:
    wanted = tuple(tables)
    known = {table.id for table in room.house.tables}
    unknown = [table for table in wanted if table not in known]
    if unknown or len(set(wanted)) < len(wanted):
        wrong = f"there is no table {unknown[0]}" if unknown else "a table is named twice"
        raise Impossible("INVALID", wrong, "/tables")
    for seating in room.picture.seatings:
        taken = set(seating.tables) & set(wanted)
        if taken and seating.seating_id not in leaving:
            who = f" ({seating.name})" if seating.name else ""
            raise Impossible(
                "TABLE_OCCUPIED",
                f"at {', '.join(sorted(taken))} sits a party of {seating.party_size}{who}",
                "/tables",
            )


def _promised(room: Room, order: Seat) -> Promise | None:
    if order.reservation_id is None:
        return None
    return room.promise(order.reservation_id, order.version)


def _waiting(room: Room, order: Seat) -> WaitEntry | None:
    if order.wait_id is None:
        return None
    return room.waiting(order.wait_id, None if order.reservation_id else order.version)


def _size(promise: Promise | None) -> int | None:
    return promise.party_size if promise else None


def _seated(room: Room, promise: Promise, size: int) -> Promise:
    return replace(
        promise,
        state=step(RESERVATION, promise.state, "seat", room.by).to,
        party_size=size,
        arrived=max(promise.arrived, size),
        arrived_at=promise.arrived_at or room.now,
        tables=(),
        exposed=False,
        version=promise.version + 1,
    )


def _called(room: Room, entry: WaitEntry) -> WaitEntry:
    to = step(WAITLIST, entry.state, "seat", room.by).to
    return replace(entry, state=to, ended_at=room.now, version=entry.version + 1)


def _finished(room: Room, leaving: Seating, *, still: tuple[Seating, ...]) -> tuple[Promise, ...]:
    """The reservation of a seating that ends, unless others of the party still sit."""
    kept = {leaving.reservation_id} & {
        seating.reservation_id
        for seating in (*room.picture.seatings, *still)
        if seating.seating_id != leaving.seating_id
    }
    if leaving.reservation_id is None or leaving.reservation_id in kept:
        return ()
    return tuple(
        replace(
            promise,
            state=step(RESERVATION, promise.state, "finish", room.by).to,
            version=promise.version + 1,
        )
        for promise in room.picture.promises
        if promise.reservation_id == leaving.reservation_id and promise.state == "seated"
    )
