"""Handlers of commands that seat parties and change seatings.

A seating is a fact, so these commands are refused only for another seating, never for a plan;
`policies.floor.commands.carry_out` settles the plan afterwards.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from msgspec.structs import replace

from policies.book.changes import Changes
from policies.book.lifecycles import RESERVATION, SEATING, WAITLIST, SeatingEvent, transition
from policies.book.picture import (
    GaveWayTo,
    HeldTable,
    Promise,
    Seating,
    TableReset,
    WaitEntry,
    end_once_paid,
    minutes_promised,
    with_reset_over,
)
from policies.book.refusals import CommandRefused
from policies.book.rotation import server_of
from policies.floor.held_tables import grant
from policies.floor.marks.sections import with_servers
from policies.floor.orders import (
    Clear,
    Extend,
    Merge,
    Move,
    Pay,
    Ready,
    Seat,
    Serve,
    Split,
    Swap,
)
from policies.floor.reservations import check_begun, check_names, with_party_size
from policies.floor.stand import Outcome, Stand
from policies.house.calendar import turn_minutes
from policies.house.room import room_of
from policies.house.wording import clock
from policies.plan.calls import end_call
from policies.words.message import Message, message


def seat(stand: Stand, command: Seat) -> Outcome:
    """Seat a promised party, a waiting one or a walk-in; nobody else may sit at the tables."""
    check_begun(stand)
    promise, entry = _promised(stand, command), _waiting(stand, command)
    check_free(stand, command.tables, leaving=())
    size = command.party_size or _size(promise, entry)
    seating = Seating(
        seating_id=command.id,
        period_id=promise.period_id if promise else stand.picture.period.period_id,
        state="seated",
        party_size=size,
        tables=command.tables,
        seated_at=stand.now,
        counted_at=promise.starts if promise else stand.now,
        expected_end=_expected_end(
            stand, size, usual_end(stand, promise, size, command.tables), command.until
        ),
        reservation_id=command.reservation_id,
        wait_id=command.wait_id,
        name=command.name or _name(promise, entry),
        server=command.server or server_of(stand.picture, command.tables),
    )
    changes = Changes(
        seatings=(seating,),
        promises=(_seat_promise(stand, promise, command),) if promise else (),
        waiting=(_end_wait(stand, entry),) if entry else (),
        held=_granted(stand, command),
        slot_holds=end_call(stand.picture, entry.wait_id, "confirmed") if entry else (),
    )
    return Outcome(changes=changes, subject=command.id)


def _granted(stand: Stand, command: Seat) -> tuple[HeldTable, ...]:
    if command.held_id is None:
        return ()
    to = GaveWayTo(kind="seating", id=command.id)
    return (grant(stand, command.held_id, command.reason, to),)


def move(stand: Stand, command: Move) -> Outcome:
    """Move a party to other tables, some of which may be its own."""
    seating = advance_seating(stand, command.seating_id, command.version, "move")
    check_free(stand, command.tables, leaving=(seating.seating_id,))
    return seatings_changed(*with_servers(stand, replace(seating, tables=command.tables)))


def serve(stand: Stand, command: Serve) -> Outcome:
    """Note that dessert is served or the check is down."""
    event: SeatingEvent = "check_down" if command.check_down else "dessert"
    return seatings_changed(advance_seating(stand, command.seating_id, command.version, event))


def pay(stand: Stand, command: Pay) -> Outcome:
    """Note that a party has paid and still sits: its table is expected to be free soon."""
    seating = advance_seating(stand, command.seating_id, command.version, "pay")
    return seatings_changed(once_paid(stand, seating))


def once_paid(stand: Stand, seating: Seating) -> Seating:
    """Return a seating that has paid with the end that is expected then."""
    ends = end_once_paid(seating, stand.now, reset_time(stand))
    return replace(seating, expected_end=ends)


def reset_time(stand: Stand) -> timedelta:
    """Return how long a table is made ready after a party; 0 where the house does not count it."""
    return timedelta(minutes=stand.house.booking.reset_minutes)


def extend(stand: Stand, command: Extend) -> Outcome:
    """Expect a party to stay longer: from its expected end, or from now once that has passed."""
    seating = advance_seating(stand, command.seating_id, command.version, "extend")
    start = max(seating.expected_end, stand.now)
    return seatings_changed(
        replace(seating, expected_end=start + timedelta(minutes=command.minutes))
    )


def clear(stand: Stand, command: Clear) -> Outcome:
    """Free a party's tables; its reservation is finished once nobody of it sits any more.

    Tables that are not ready are marked so, where the house counts minutes for that.
    """
    seating = advance_seating(stand, command.seating_id, command.version, "clear")
    gone = replace(seating, cleared_at=stand.now)
    changes = Changes(
        seatings=(gone,),
        promises=finish_reservation(stand, seating),
        resets=() if command.ready else tuple(_to_reset(stand, seating, command.id)),
    )
    return Outcome(changes=changes, subject=seating.seating_id)


def _to_reset(stand: Stand, seating: Seating, action_id: UUID) -> Iterator[TableReset]:
    if not reset_time(stand):
        return
    for table in seating.tables:
        yield TableReset(
            reset_id=uuid5(action_id, table),
            table_id=table,
            since=stand.now,
            ready_at=stand.now + reset_time(stand),
            seating_id=seating.seating_id,
        )


def ready(stand: Stand, command: Ready) -> Outcome:
    """Note that a table is reset."""
    check_names(stand, (command.table_id,))
    for reset in stand.picture.resets:
        if reset.table_id == command.table_id and reset.ended_at is None:
            changes = Changes(resets=(with_reset_over(reset, stand.now),))
            return Outcome(changes=changes, subject=reset.reset_id)
    said = message("table-is-ready", table=command.table_id)
    raise CommandRefused("NOT_POSSIBLE_NOW", said, "/table_id")


def finish_reservation(stand: Stand, leaving: Seating) -> tuple[Promise, ...]:
    """Return the seating's reservation as finished, unless another of its seatings remains."""
    still = {
        seating.reservation_id
        for seating in stand.picture.seatings
        if seating.seating_id != leaving.seating_id
    }
    return tuple(
        replace(
            promise,
            state=transition(RESERVATION, promise.state, "finish", stand.by).to,
            version=promise.version + 1,
        )
        for promise in stand.picture.promises
        if promise.reservation_id == leaving.reservation_id
        and promise.reservation_id not in still
        and promise.state == "seated"
    )


def seatings_changed(*seatings: Seating) -> Outcome:
    """Return the outcome of a command that changed these seatings; its subject is the first."""
    return Outcome(changes=Changes(seatings=seatings), subject=seatings[0].seating_id)


def advance_seating(stand: Stand, seating_id: UUID, version: int, event: SeatingEvent) -> Seating:
    """Return the seating after the event, one version on; raises CommandRefused, NotPossible."""
    seating = stand.seating(seating_id, version)
    to = transition(SEATING, seating.state, event, stand.by).to
    return replace(seating, state=to, version=seating.version + 1)


def check_free(stand: Stand, tables: Iterable[str], *, leaving: tuple[UUID, ...]) -> None:
    """Raise CommandRefused unless the tables exist and hold no seating other than `leaving`."""
    wanted = tuple(tables)
    check_names(stand, wanted)
    for seating in stand.picture.seatings:
        taken = set(seating.tables) & set(wanted)
        if taken and seating.seating_id not in leaving:
            said = tables_taken(tuple(sorted(taken)), seating)
            raise CommandRefused("TABLE_OCCUPIED", said, "/tables", now=seating)


def tables_taken(tables: tuple[str, ...], seating: Seating) -> Message:
    """Return the message that a party sits at these tables."""
    count, size = len(tables), seating.party_size
    if not seating.name:
        return message("tables-taken", tables=tables, count=count, size=size)
    return message("tables-taken-by", tables=tables, count=count, size=size, name=seating.name)


def _promised(stand: Stand, command: Seat) -> Promise | None:
    if command.reservation_id is None:
        return None
    return stand.promise(command.reservation_id, command.version)


def _waiting(stand: Stand, command: Seat) -> WaitEntry | None:
    if command.wait_id is None:
        return None
    if command.reservation_id is not None:
        raise CommandRefused("INVALID", message("reservation-or-waiting"), "/wait_id")
    return stand.waiting(command.wait_id, command.version)


def _size(promise: Promise | None, entry: WaitEntry | None) -> int:
    known = promise or entry
    if known is None:
        raise CommandRefused("INVALID", message("how-many-sit"), "/party_size")
    return known.party_size


def _name(promise: Promise | None, entry: WaitEntry | None) -> str:
    known = promise or entry
    return known.name if known else ""


def usual_end(
    stand: Stand, promise: Promise | None, size: int, tables: tuple[str, ...]
) -> datetime:
    """Return until when a party that sits down now stays: as long as promised, else its turn."""
    if promise is not None:
        changed = with_party_size(stand, promise, size)
        return stand.now + timedelta(minutes=minutes_promised(changed))
    area = room_of(stand.house).area_of(tables)
    return stand.now + timedelta(
        minutes=turn_minutes(stand.house, size, stand.picture.period, area)
    )


def _expected_end(stand: Stand, size: int, usual: datetime, until: datetime | None) -> datetime:
    if until is None:
        return usual
    if not stand.now < until <= usual:
        said = message("stay-until-earlier", size=size, until=clock(stand.house, usual))
        raise CommandRefused("INVALID", said, "/until")
    return until.astimezone(UTC)


def _seat_promise(stand: Stand, promise: Promise, command: Seat) -> Promise:
    """Return the promise as seated; `arrived` keeps its count, else it is the size seated."""
    size = command.party_size or promise.party_size
    here = command.party_size or promise.arrived or size
    return replace(
        with_party_size(stand, promise, size),
        state=transition(RESERVATION, promise.state, "seat", stand.by).to,
        arrived=here,
        arrived_at=promise.arrived_at or stand.now,
        tables=(),
        exposed=False,
        where=None,
        pinned_by=None,
        last_tables=(),
        version=promise.version + 1,
    )


def _end_wait(stand: Stand, entry: WaitEntry) -> WaitEntry:
    to = transition(WAITLIST, entry.state, "seat", stand.by).to
    return replace(entry, state=to, ended_at=stand.now, version=entry.version + 1)


def swap(stand: Stand, command: Swap) -> Outcome:
    """Exchange the tables of two seatings."""
    one = advance_seating(stand, command.seating_id, command.version, "move")
    other = advance_seating(stand, command.other_id, command.other_version, "move")
    if one.seating_id == other.seating_id:
        raise CommandRefused("INVALID", message("swap-with-itself"), "/other_id")
    swapped = replace(one, tables=other.tables), replace(other, tables=one.tables)
    return seatings_changed(*with_servers(stand, *swapped))


def split(stand: Stand, command: Split) -> Outcome:
    """Make two seatings of one: the part sits at some of its tables or at free ones."""
    whole = advance_seating(stand, command.seating_id, command.version, "split")
    if command.party_size >= whole.party_size:
        raise CommandRefused("INVALID", message("somebody-stays"), "/party_size")
    check_free(stand, command.tables, leaving=(whole.seating_id,))
    remaining = tuple(table for table in whole.tables if table not in command.tables)
    if not remaining:
        raise CommandRefused("INVALID", message("leave-others-a-table"), "/tables")
    part = replace(
        whole,
        seating_id=command.id,
        party_size=command.party_size,
        tables=command.tables,
        wait_id=None,
        version=1,
    )
    rest = replace(whole, party_size=whole.party_size - command.party_size, tables=remaining)
    return seatings_changed(*with_servers(stand, rest, part))


def merge(stand: Stand, command: Merge) -> Outcome:
    """Merge a seating into another, whose tables and size then include both.

    The ended seating keeps its own size for the record.
    """
    guest = advance_seating(stand, command.seating_id, command.version, "merge")
    host = advance_seating(stand, command.into_id, command.into_version, "merge")
    if guest.seating_id == host.seating_id:
        raise CommandRefused("INVALID", message("merge-with-itself"), "/into_id")
    joined = replace(
        host,
        party_size=host.party_size + guest.party_size,
        tables=(*host.tables, *guest.tables),
        expected_end=max(host.expected_end, guest.expected_end),
    )
    gone = replace(guest, state="cleared", cleared_at=stand.now, merged_into=host.seating_id)
    changes = Changes(seatings=(gone, joined), promises=finish_reservation(stand, guest))
    return Outcome(changes=changes, subject=guest.seating_id)
