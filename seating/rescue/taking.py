"""Taking a rescue option: one transaction seats, books, lists or sends the party, on record."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from policies.book.changes import Changes, before
from policies.book.picture import Picture
from policies.floor.orders import Order, Seat, Wait, Walk
from policies.floor.stand import Done, Impossible, Stand
from policies.house.rules import RescueKind
from policies.rescue.facts import Fact
from policies.rescue.option import BOOK, SIT_NOW
from policies.rescue.orders import TakeOption
from policies.rescue.taking import moved_by, seated, sent_on, waiting
from seating.book.guests import Contact, local_e164
from seating.book.in_force import house_of
from seating.book.periods import Opened, tonights
from seating.book.reservations import Booker, Reservation
from seating.book.write import Written
from seating.booking import making
from seating.booking.making import create
from seating.clock import Clock
from seating.db import Connection
from seating.errors import NotPossibleNow, OptionLapsed
from seating.floor.answers import Told, error_of, told
from seating.floor.orders import open_reach, stand_of, write_in
from seating.floor.reach import Reach, reach_of
from seating.rescue.cases import helped
from seating.rescue.opening import changed, in_the_way, open_now
from seating.rescue.rows import Kept, mark_ended
from seating.rescue.taps import Met, Tap, answered_before, met, put_on_record
from seating.turnaways.log import Refused, recovered
from seating.turnaways.playbook import gave_by_way

OF_THE_GUEST = frozenset({"DUPLICATE", "GUEST_LIMIT"})


class Taken(Struct, frozen=True, kw_only=True):
    """What taking an option led to; `told` where the room changed at once.

    `undo_until`: until when it can be taken back with an undo of `action_id`; None if not at all.
    """

    action_id: UUID
    option_id: UUID
    kind: RescueKind
    told: Told | None = None
    reservation: Reservation | None = None
    undo_until: datetime | None = None


class _Did(Struct, frozen=True, kw_only=True):
    """What was done for the party, for the answer and the record."""

    told: Told | None = None
    reservation: Reservation | None = None
    was: Changes = Changes()
    after: Changes = Changes()
    undo_until: datetime | None = None


async def take_option(
    conn: Connection, venue_id: str, tap: Tap, order: TakeOption, clock: Clock
) -> Taken:
    """Do what the option says for its party; the party is rescued, and how is on record.

    Raises NotFound, OptionLapsed, RoomChanged, Invalid, NotPossibleNow, lifecycles.NotPossible,
    db.LostRaceError.
    """
    found = await met(conn, venue_id, tap, clock)
    earlier = await answered_before(conn, venue_id, tap, Taken)
    if earlier is not None:
        return earlier
    if found.kept.state == "lapsed":
        raise OptionLapsed("its two minutes are over; look what there is now")
    found.stepped("take")
    for other in found.others:
        if other.state == "taken":
            raise NotPossibleNow(f"this party has been helped already: {other.option.kind}")
    did = await _do(conn, venue_id, found, order, clock)
    await _helped(conn, venue_id, found)
    kind = found.kept.option.kind
    taken = Taken(
        action_id=order.id,
        option_id=tap.option_id,
        kind=kind,
        told=did.told,
        reservation=did.reservation,
        undo_until=did.undo_until,
    )
    await put_on_record(conn, venue_id, found, taken, was=did.was, after=did.after, why=kind)
    return taken


async def _do(conn: Connection, venue_id: str, found: Met, order: TakeOption, clock: Clock) -> _Did:
    kind = found.kept.option.kind
    if kind in SIT_NOW:
        return await _sit(conn, venue_id, found, order)
    if kind in BOOK:
        return await _book(conn, venue_id, found, order, clock)
    if kind == "wait":
        return await _wait(conn, venue_id, found, order)
    if found.rescue.reservation_id is not None:
        return await _sent_on(conn, venue_id, found, order, found.rescue.reservation_id)
    return _Did()


async def _sent_on(
    conn: Connection, venue_id: str, found: Met, order: TakeOption, reservation_id: UUID
) -> _Did:
    """A promised party goes to a neighbour: we could not keep our promise, and it is on record."""
    wish = Walk(id=order.id, reason=order.reason, reservation_id=reservation_id, version=1)
    known = await house_of(conn, venue_id)
    opened = await open_reach(conn, known, await reach_of(conn, known, wish, found.now), found.now)
    return await _carried_out(conn, opened, found, wish, lambda stand: sent_on(stand, wish))


async def _sit(conn: Connection, venue_id: str, found: Met, order: TakeOption) -> _Did:
    option, rescue, now = found.kept.option, found.rescue, found.now
    opened = await open_now(conn, await house_of(conn, venue_id), option, now)
    picture, house, party = opened.picture, opened.house, rescue.party
    kept = _still_kept(picture, found.kept)
    if not kept and moved_by(picture, house, party, option, now=now) is None:
        raise in_the_way(opened, found)
    wish = Seat(
        id=order.id,
        reason=order.reason,
        tables=option.tables,
        reservation_id=rescue.reservation_id,
        party_size=rescue.party_size,
        name=order.name or rescue.name,
    )
    return await _carried_out(
        conn, opened, found, wish, lambda stand: seated(stand, party, option, wish)
    )


async def _wait(conn: Connection, venue_id: str, found: Met, order: TakeOption) -> _Did:
    known, option, rescue = await house_of(conn, venue_id), found.kept.option, found.rescue
    opened = await open_reach(conn, known, Reach(tonights(known, found.now)), found.now)
    wish = Wait(
        id=order.id,
        reason=order.reason,
        party_size=rescue.party_size,
        name=order.name or rescue.name,
        phone=order.phone or rescue.phone or "",
        needs=rescue.needs,
    )
    return await _carried_out(conn, opened, found, wish, lambda stand: waiting(stand, option, wish))


async def _book(
    conn: Connection, venue_id: str, found: Met, order: TakeOption, clock: Clock
) -> _Did:
    option, rescue, who = found.kept.option, found.rescue, found.tap.who
    number = order.phone or rescue.phone
    phone = await local_e164(conn, venue_id, number, pointer="/phone")
    wish = making.Order(
        reservation_id=order.id,
        party_size=rescue.party_size,
        starts=option.starts or found.now,
        guest=Contact(name=order.name or rescue.name or "Guest", phone=phone),
        needs=rescue.needs,
        accepted_house_rules=order.accepted_house_rules,
        slot_hold_id=option.option_id if found.kept.state == "opened" else None,
    )
    booker = Booker(channel="desk", actor=who.actor, staff_id=who.staff_id)
    made = await create(conn, venue_id, wish, booker, clock)
    if not isinstance(made, Refused):
        return _Did(reservation=made.reservation)
    if made.no.code in OF_THE_GUEST:
        raise NotPossibleNow(made.no.detail, pointer="/phone")
    raise changed(Fact(kind="refused", detail=made.no.detail, at=option.starts))


async def _carried_out(
    conn: Connection, opened: Opened, found: Met, order: Order, decide: Callable[[Stand], Done]
) -> _Did:
    try:
        done = decide(stand_of(opened, found.tap.who))
    except Impossible as problem:
        raise await error_of(conn, opened.venue_id, order, problem) from None
    after = await write_in(conn, opened, Written(changes=done.changes))
    until = opened.now + timedelta(seconds=done.undo_seconds) if done.undo_seconds else None
    return _Did(
        told=told(order.id, opened.picture, after, done.changes, until),
        was=before(opened.picture, done.changes),
        after=done.changes,
        undo_until=until,
    )


async def _helped(conn: Connection, venue_id: str, found: Met) -> None:
    """The party is helped: how is noted, and what else was open for it has lapsed."""
    tap, now, option = found.tap, found.now, found.kept.option
    await mark_ended(
        conn,
        venue_id,
        option.option_id,
        "taken",
        tap.order.reason or "",
        now=now,
        result_id=tap.order.id,
        staff_id=tap.who.staff_id,
    )
    if found.rescue.reservation_id is not None:
        party, note = found.rescue.reservation_id, tap.order.reason or ""
        await helped(conn, venue_id, party, option.kind, note, tap.who, now=now)
    turnaway_id = found.rescue.turnaway_id
    if turnaway_id is not None:
        how, by = option.kind, tap.order.id
        if how != "partner":
            await recovered(conn, venue_id, turnaway_id, how, by, now=now)
        await gave_by_way(conn, venue_id, turnaway_id, how, by, tap.who.staff_id, now=now)
    for other in found.others:
        if other.state == "opened":
            other_id = other.option.option_id
            await mark_ended(conn, venue_id, other_id, "lapsed", "another was taken", now=now)


def _still_kept(picture: Picture, kept: Kept) -> bool:
    return any(
        hold.slot_hold_id == kept.option.option_id
        and hold.state == "held"
        and hold.tables == kept.option.tables
        for hold in picture.slot_holds
    )
