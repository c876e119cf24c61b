"""Orders that seat parties, and those about one party at its tables. Pure: picture in, changes out.

Seatings are facts: an order about them is refused only for another fact. The plan they upset is
settled afterwards by `changes.settled`, in the same transaction.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from msgspec.structs import replace

from policies.book.changes import Changes
from policies.book.lifecycles import RESERVATION, SEATING, WAITLIST, SeatingEvent, step
from policies.book.picture import Promise, Seating, WaitEntry
from policies.floor.held_tables import granted
from policies.floor.orders import Clear, Extend, Merge, Move, Seat, Serve, Split, Swap
from policies.floor.reservations import begun, sized
from policies.floor.stand import Done, Impossible, Stand
from policies.house.calendar import turn_minutes
from policies.house.wording import clock


def seat(stand: Stand, order: Seat) -> Done:
    """Seat a promised party, a waiting one or a walk-in; nobody else may sit at the tables."""
    begun(stand)
    promise, entry = _promised(stand, order), _waiting(stand, order)
    check_free(stand, order.tables, leaving=())
    size = order.party_size or _size(promise, entry)
    seating = Seating(
        seating_id=order.id,
        period_id=promise.period_id if promise else stand.picture.period.period_id,
        state="seated",
        party_size=size,
        tables=order.tables,
        seated_at=stand.now,
        counted_at=promise.starts if promise else stand.now,
        expected_end=_expected_end(stand, size, order.until),
        reservation_id=order.reservation_id,
        wait_id=order.wait_id,
        name=order.name or _name(promise, entry),
    )
    changes = Changes(
        seatings=(seating,),
        promises=(_seated(stand, promise, order),) if promise else (),
        waiting=(_called(stand, entry),) if entry else (),
        held=(granted(stand, order.held_id, order.reason),) if order.held_id else (),
    )
    return Done(changes=changes, subject=order.id)


def move(stand: Stand, order: Move) -> Done:
    """Move a party to other tables, some of which may be its own."""
    seating = stepped(stand, order.seating_id, order.version, "move")
    check_free(stand, order.tables, leaving=(seating.seating_id,))
    return reseated(replace(seating, tables=order.tables))


def serve(stand: Stand, order: Serve) -> Done:
    """Note how far a party is."""
    event: SeatingEvent = "check_down" if order.check_down else "dessert"
    return reseated(stepped(stand, order.seating_id, order.version, event))


def extend(stand: Stand, order: Extend) -> Done:
    """Expect a party to stay longer: from its expected end, or from now once that has passed."""
    seating = stepped(stand, order.seating_id, order.version, "extend")
    start = max(seating.expected_end, stand.now)
    return reseated(replace(seating, expected_end=start + timedelta(minutes=order.minutes)))


def clear(stand: Stand, order: Clear) -> Done:
    """Free a party's tables; its reservation is finished once nobody of it sits any more."""
    seating = stepped(stand, order.seating_id, order.version, "clear")
    gone = replace(seating, cleared_at=stand.now)
    changes = Changes(seatings=(gone,), promises=finished(stand, seating))
    return Done(changes=changes, subject=seating.seating_id)


def finished(stand: Stand, leaving: Seating) -> tuple[Promise, ...]:
    """Return the reservation of a seating that ends, unless others of the party still sit."""
    still = {
        seating.reservation_id
        for seating in stand.picture.seatings
        if seating.seating_id != leaving.seating_id
    }
    return tuple(
        replace(
            promise,
            state=step(RESERVATION, promise.state, "finish", stand.by).to,
            version=promise.version + 1,
        )
        for promise in stand.picture.promises
        if promise.reservation_id == leaving.reservation_id
        and promise.reservation_id not in still
        and promise.state == "seated"
    )


def reseated(*seatings: Seating) -> Done:
    """Return an order done that changed these seatings; it was about the first."""
    return Done(changes=Changes(seatings=seatings), subject=seatings[0].seating_id)


def stepped(stand: Stand, seating_id: UUID, version: int, event: SeatingEvent) -> Seating:
    """Return the seating after the event, as a new version; raises Impossible, NotPossible."""
    seating = stand.seating(seating_id, version)
    to = step(SEATING, seating.state, event, stand.by).to
    return replace(seating, state=to, version=seating.version + 1)


def check_free(stand: Stand, tables: Iterable[str], *, leaving: tuple[UUID, ...]) -> None:
    """Raise Impossible unless the tables exist and nobody but those `leaving` sits there."""
    wanted = tuple(tables)
    known = {table.id for table in stand.house.tables}
    unknown = [table for table in wanted if table not in known]
    if unknown or len(set(wanted)) < len(wanted):
        wrong = f"there is no table {unknown[0]}" if unknown else "a table is named twice"
        raise Impossible("INVALID", wrong, "/tables")
    for seating in stand.picture.seatings:
        taken = set(seating.tables) & set(wanted)
        if taken and seating.seating_id not in leaving:
            who = f" ({seating.name})" if seating.name else ""
            told = f"at {', '.join(sorted(taken))} sits a party of {seating.party_size}{who}"
            raise Impossible("TABLE_OCCUPIED", told, "/tables", now=seating)


def _promised(stand: Stand, order: Seat) -> Promise | None:
    if order.reservation_id is None:
        return None
    return stand.promise(order.reservation_id, order.version)


def _waiting(stand: Stand, order: Seat) -> WaitEntry | None:
    if order.wait_id is None:
        return None
    if order.reservation_id is not None:
        raise Impossible("INVALID", "name a reservation or a waiting party, not both", "/wait_id")
    return stand.waiting(order.wait_id, order.version)


def _size(promise: Promise | None, entry: WaitEntry | None) -> int:
    known = promise or entry
    if known is None:
        raise Impossible("INVALID", "say how many guests sit down", "/party_size")
    return known.party_size


def _name(promise: Promise | None, entry: WaitEntry | None) -> str:
    known = promise or entry
    return known.name if known else ""


def _expected_end(stand: Stand, size: int, until: datetime | None) -> datetime:
    usual = stand.now + timedelta(minutes=turn_minutes(stand.house, size))
    if until is None:
        return usual
    if not stand.now < until <= usual:
        told = f"a party of {size} that sits down now stays until {clock(stand.house, usual)}"
        raise Impossible("INVALID", f"{told}; name an earlier time ahead", "/until")
    return until.astimezone(UTC)


def _seated(stand: Stand, promise: Promise, order: Seat) -> Promise:
    """Who was counted in stays counted; where nobody was, all who sit down are here."""
    size = order.party_size or promise.party_size
    here = order.party_size or promise.arrived or size
    return replace(
        sized(stand, promise, size),
        state=step(RESERVATION, promise.state, "seat", stand.by).to,
        arrived=here,
        arrived_at=promise.arrived_at or stand.now,
        tables=(),
        exposed=False,
        version=promise.version + 1,
    )


def _called(stand: Stand, entry: WaitEntry) -> WaitEntry:
    to = step(WAITLIST, entry.state, "seat", stand.by).to
    return replace(entry, state=to, ended_at=stand.now, version=entry.version + 1)


def swap(stand: Stand, order: Swap) -> Done:
    """Two parties change places."""
    one = stepped(stand, order.seating_id, order.version, "move")
    other = stepped(stand, order.other_id, order.other_version, "move")
    if one.seating_id == other.seating_id:
        raise Impossible("INVALID", "a party cannot change places with itself", "/other_id")
    return reseated(replace(one, tables=other.tables), replace(other, tables=one.tables))


def split(stand: Stand, order: Split) -> Done:
    """Seat some of a party by themselves: at tables of its own or at free ones."""
    whole = stepped(stand, order.seating_id, order.version, "split")
    if order.party_size >= whole.party_size:
        raise Impossible("INVALID", "somebody has to stay at the old table", "/party_size")
    check_free(stand, order.tables, leaving=(whole.seating_id,))
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
    return reseated(rest, part)


def merge(stand: Stand, order: Merge) -> Done:
    """One party joins another: their tables are one join from now on.

    The seating that ends keeps its size for the record; its guests count where they sit now.
    """
    guest = stepped(stand, order.seating_id, order.version, "merge")
    host = stepped(stand, order.into_id, order.into_version, "merge")
    if guest.seating_id == host.seating_id:
        raise Impossible("INVALID", "a party cannot join itself", "/into_id")
    joined = replace(
        host,
        party_size=host.party_size + guest.party_size,
        tables=(*host.tables, *guest.tables),
        expected_end=max(host.expected_end, guest.expected_end),
    )
    gone = replace(guest, state="cleared", cleared_at=stand.now, merged_into=host.seating_id)
    changes = Changes(seatings=(gone, joined), promises=finished(stand, guest))
    return Done(changes=changes, subject=guest.seating_id)
