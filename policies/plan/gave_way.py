"""What has the place of a held table that gave way, and how it is told."""

from collections.abc import Iterator
from datetime import datetime

from policies.book.changes import Changes
from policies.book.picture import (
    GaveWayTo,
    HeldTable,
    Picture,
    SlotHold,
    holds_in_force,
    seating_end,
)
from policies.house.house import House
from policies.house.room import room_of
from policies.house.wording import clock
from policies.plan.occupancy import closed_tables
from policies.words.message import Message, message

_Occupant = tuple[GaveWayTo, tuple[str, ...], datetime, datetime]


def gave_way_to(
    held: HeldTable,
    was: Picture,
    after: Picture,
    changes: Changes,
    house: House,
    *,
    now: datetime,
) -> GaveWayTo | None:
    """Return what is at the table by now, in its time; where nothing is, what was changed.

    `held`: as it was. `was`, `after`: the picture before and after the `changes`. Where another
    held table has moved there, whatever has the place of that one.
    """
    before = {each.held_id: each for each in was.held}
    looked_at, ahead = {held.held_id}, [held]
    while ahead:
        each = ahead.pop()
        looked_at.add(each.held_id)
        found = next(_takers(each, after, house, now), None)
        if found is not None:
            return found
        ahead += [
            before[other.held_id]
            for other in after.held
            if other.held_id in before
            and other.held_id not in looked_at
            and set(other.tables) & set(each.tables)
            and other.starts < each.ends
            and each.starts < other.ends
        ]
    return next(_changed(changes), None)


def why_it_gave_way(held: HeldTable, to: GaveWayTo | None, after: Picture, house: House) -> Message:
    """Return the message that tells the stand what a held table was given up for."""
    if to is None:
        return message("held-gave-way", seats=held.seats)
    match to.kind:
        case "reservation":
            promise = next(each for each in after.promises if each.reservation_id == to.id)
            return message(
                "held-gave-way-to-reservation",
                seats=held.seats,
                guests=promise.party_size,
                time=clock(house, promise.starts),
            )
        case "seating":
            seating = next(each for each in after.seatings if each.seating_id == to.id)
            return message(
                "held-gave-way-to-seating",
                seats=held.seats,
                guests=seating.party_size,
                count=len(seating.tables),
                tables=seating.tables,
            )
        case "block":
            block = next(each for each in after.blocks if each.block_id == to.id)
            return message("held-gave-way-to-block", seats=held.seats, table=block.table_id)
        case "closure":
            return message("held-gave-way-to-closure", seats=held.seats)
        case "wait" | "slot_hold":
            return message("held-gave-way-to-waiting", seats=held.seats)


def why_later(held: HeldTable, house: House) -> Message | None:
    """Return the message that a held table starts later than it was to, None where it does not."""
    if held.first_starts is None:
        return None
    return message(
        "held-starts-later",
        seats=held.seats,
        starts=clock(house, held.starts),
        first=clock(house, held.first_starts),
    )


def _takers(held: HeldTable, after: Picture, house: House, now: datetime) -> Iterator[GaveWayTo]:
    """Yield what is at the tables of a held table in its time, promises first."""
    for taker, tables, starts, ends in _occupants(after, house, now):
        if set(held.tables) & set(tables) and starts < held.ends and held.starts < ends:
            yield taker


def _occupants(after: Picture, house: House, now: datetime) -> Iterator[_Occupant]:
    for promise in after.promises:
        if promise.state in {"booked", "arrived"}:
            taker = GaveWayTo(kind="reservation", id=promise.reservation_id)
            yield taker, promise.tables, promise.starts, promise.ends
    for seating in after.seatings:
        if seating.cleared_at is None:
            taker = GaveWayTo(kind="seating", id=seating.seating_id)
            yield taker, seating.tables, seating.seated_at, seating_end(seating, now)
    for hold in holds_in_force(after, now):
        yield _guest_of(hold), hold.tables, hold.starts, hold.ends
    for block in after.blocks:
        if block.lifted_at is None:
            taker = GaveWayTo(kind="block", id=block.block_id)
            yield taker, (block.table_id,), block.starts, block.ends
    room = room_of(house)
    for place, starts, ends in closed_tables(after, room, now=now):
        yield GaveWayTo(kind="closure"), room.names((place,)), starts, ends


def _guest_of(hold: SlotHold) -> GaveWayTo:
    if hold.wait_id is not None:
        return GaveWayTo(kind="wait", id=hold.wait_id)
    return GaveWayTo(kind="slot_hold", id=hold.slot_hold_id)


def _changed(changes: Changes) -> Iterator[GaveWayTo]:
    for seating in changes.seatings:
        if seating.cleared_at is None:
            yield GaveWayTo(kind="seating", id=seating.seating_id)
    for promise in changes.promises:
        if promise.tables:
            yield GaveWayTo(kind="reservation", id=promise.reservation_id)
    for block in changes.blocks:
        if block.lifted_at is None:
            yield GaveWayTo(kind="block", id=block.block_id)
    if changes.period is not None:
        yield GaveWayTo(kind="closure")
