"""What the order to seat a party would do, for each option at the door: whom it moves and exposes.

The order itself is carried out on the picture (`policies.floor`), so an option says what the order
will, and one the order would refuse is not offered.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.book.changes import Changes, apply_changes
from policies.book.consequences import ASKS, Consequences, MovedParty
from policies.book.lifecycles import NotPossible
from policies.book.picture import (
    Picture,
    Promise,
    WaitEntry,
    held_in_force,
    holds_in_force,
)
from policies.book.refusals import CommandRefused
from policies.door.option import ExposedParty, Option, SeatingOrder
from policies.floor.commands import carry_out
from policies.floor.orders import Seat
from policies.floor.stand import Stand
from policies.house.house import House
from policies.house.room import room_of
from policies.plan.occupancy import PlannedParty, closed_tables

REHEARSAL = UUID(int=0)
"""Stands for the id that the tablet gives the order."""

GRANTED = "-"
"""Stands for the reason for which a held table is granted."""


class PartyAtDoor(Struct, frozen=True, kw_only=True):
    """Who is to be seated: a walk-in, or the party of a reservation or of a waitlist entry."""

    party_size: int
    promise: Promise | None = None
    entry: WaitEntry | None = None


def rehearsed(
    options: Iterable[Option],
    picture: Picture,
    house: House,
    party: PartyAtDoor,
    *,
    now: datetime,
    staff_id: str | None = None,
) -> tuple[Option, ...]:
    """Return the options with what their orders would do; those they would refuse are left out.

    So are those for which a held table would give way to a party without a promise: granting one is
    a host's decision. `picture`: with the party itself in it, its reservation or its entry on the
    waitlist. `staff_id`: who would give the orders, and is not asked about parties pinned by them.
    """
    stand = Stand(picture=picture, house=house, now=now, by="host", staff_id=staff_id)
    told = (_told(option, stand, party) for option in options)
    return tuple(option for option in told if option is not None)


def least_harm_first(options: Iterable[Option]) -> tuple[Option, ...]:
    """Return the options with those that leave somebody without a table behind those that do not.

    Held tables and waits keep their places.
    """
    listed = list(options)
    places = [number for number, each in enumerate(listed) if _sits_now(each)]
    sitting = sorted((listed[each] for each in places), key=lambda each: bool(each.exposes))
    for number, option in zip(places, sitting, strict=True):
        listed[number] = option
    return tuple(listed)


def _sits_now(option: Option) -> bool:
    return option.kind != "wait" and option.held_id is None


def exposed_parties(was: Picture, changes: Changes, told: Consequences) -> tuple[ExposedParty, ...]:
    """Return the reservations that the changes leave without a table, by start."""
    before = {each.reservation_id for each in was.promises if each.exposed}
    due = {each.reservation_id for each in told.warnings if each.code == "DUE_PARTY_LOSES_TABLE"}
    found = [
        ExposedParty(
            reservation_id=each.reservation_id,
            name=each.name,
            party_size=each.party_size,
            starts=each.starts,
            due=each.reservation_id in due,
        )
        for each in changes.promises
        if each.exposed and each.reservation_id not in before
    ]
    return tuple(sorted(found, key=lambda each: (each.starts, each.reservation_id)))


def held_given_up(was: Picture, changes: Changes) -> tuple[UUID, ...]:
    """Return the held tables that give way to the changes."""
    before = {each.held_id for each in was.held if each.state == "held"}
    lost = (each.held_id for each in changes.held if each.state == "cancelled")
    return tuple(held_id for held_id in lost if held_id in before)


def _told(option: Option, stand: Stand, party: PartyAtDoor) -> Option | None:
    if option.kind == "wait":
        return replace(option, moves=tuple(_moved_later(option, stand.picture)))
    order = _order(option, party)
    try:
        done = carry_out(stand, _command(order))
    except (CommandRefused, NotPossible):
        return None
    held_lost = held_given_up(stand.picture, done.changes)
    if held_lost and party.promise is None:
        return None
    asks = tuple(dict.fromkeys(each.code for each in done.told.warnings if each.asks))
    exposed = exposed_parties(stand.picture, done.changes, done.told)
    return replace(
        option,
        moved=_moved(stand.picture, done.changes, done.told),
        exposes=tuple(each.reservation_id for each in exposed),
        free_until=_needed_next(option, stand, apply_changes(stand.picture, done.changes)),
        moves=done.told.moved,
        exposes_parties=exposed,
        held_lost=held_lost,
        warnings=done.told.warnings,
        asks=asks,
        order=replace(order, anyway=asks),
    )


def _needed_next(option: Option, stand: Stand, after: Picture) -> datetime | None:
    """Return when one of the tables is needed next once the party sits there, None if not tonight.

    By a plan, a held table, a slot hold, a block, a shut area or a private event.
    """
    tables, room, now = frozenset(option.tables), room_of(stand.house), stand.now
    plans: list[PlannedParty] = [
        *(each for each in after.promises if each.state in {"booked", "arrived"}),
        *held_in_force(after, now),
        *holds_in_force(after, now),
    ]
    needed = [each.starts for each in plans if not tables.isdisjoint(each.tables)]
    needed += [
        starts
        for place, starts, _ in closed_tables(after, room, now=now)
        if room.tables[place].id in tables
    ]
    closes = after.period.closes
    return min((each for each in needed if now < each < closes), default=None)


def _order(option: Option, party: PartyAtDoor) -> SeatingOrder:
    known = party.promise or party.entry
    return SeatingOrder(
        tables=option.tables,
        party_size=None if known else party.party_size,
        reservation_id=party.promise.reservation_id if party.promise else None,
        wait_id=party.entry.wait_id if party.entry and not party.promise else None,
        version=known.version if known else None,
        held_id=option.held_id,
        until=None if option.full_turn else option.turn_ends,
    )


def _command(order: SeatingOrder) -> Seat:
    return Seat(
        id=REHEARSAL,
        reason=GRANTED if order.held_id else None,
        tables=order.tables,
        party_size=order.party_size,
        reservation_id=order.reservation_id,
        wait_id=order.wait_id,
        version=order.version,
        held_id=order.held_id,
        until=order.until,
        anyway=tuple(ASKS),
    )


def _moved(was: Picture, changes: Changes, told: Consequences) -> dict[UUID, tuple[str, ...]]:
    """Return the new tables of the reservations, slot holds and held tables that move."""
    moved = {each.reservation_id: each.to_tables for each in told.moved}
    holds = {each.slot_hold_id: each.tables for each in was.slot_holds}
    held = {each.held_id: each.tables for each in was.held}
    moved |= {
        each.slot_hold_id: each.tables
        for each in changes.slot_holds
        if each.tables and set(each.tables) != set(holds.get(each.slot_hold_id, ()))
    }
    return moved | {
        each.held_id: each.tables
        for each in changes.held
        if each.tables and set(each.tables) != set(held.get(each.held_id, ()))
    }


def _moved_later(option: Option, picture: Picture) -> Iterator[MovedParty]:
    """Yield whom the plan moves for a party that waits."""
    for promise in picture.promises:
        if promise.reservation_id in option.moved:
            yield MovedParty(
                reservation_id=promise.reservation_id,
                name=promise.name,
                party_size=promise.party_size,
                starts=promise.starts,
                from_tables=promise.tables,
                to_tables=option.moved[promise.reservation_id],
            )
