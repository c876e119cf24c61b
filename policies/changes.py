"""What a command changes in a picture: the one shape that is written, announced and undone."""

from collections.abc import Iterable
from datetime import datetime
from operator import attrgetter
from typing import Any, TypeVar
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.house import House
from policies.occupancy import occupancy
from policies.placement import Settled, moves, settle
from policies.terms import Block, Period, Picture, Promise, Seating, SlotHold, WaitEntry

T = TypeVar("T", bound=Struct)


class Changes(Struct, frozen=True, kw_only=True):
    """Things as they are to be from now on.

    `unseated` seatings and `forgotten` waitlist entries never happened (an undo).
    """

    period: Period | None = None
    promises: tuple[Promise, ...] = ()
    slot_holds: tuple[SlotHold, ...] = ()
    seatings: tuple[Seating, ...] = ()
    blocks: tuple[Block, ...] = ()
    waiting: tuple[WaitEntry, ...] = ()
    unseated: tuple[UUID, ...] = ()
    forgotten: tuple[UUID, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything changes at all."""
        return any(getattr(self, name) for name in self.__struct_fields__)


KEYS = {
    "promises": "reservation_id",
    "slot_holds": "slot_hold_id",
    "seatings": "seating_id",
    "blocks": "block_id",
    "waiting": "wait_id",
}


def applied(picture: Picture, changes: Changes) -> Picture:
    """Return the picture as it will be once the changes are written."""
    values: dict[str, Any] = {
        name: _overlaid(getattr(picture, name), getattr(changes, name), KEYS[name]) for name in KEYS
    }
    gone = frozenset(changes.unseated + changes.forgotten)
    values["seatings"] = tuple(s for s in values["seatings"] if s.seating_id not in gone)
    values["waiting"] = tuple(w for w in values["waiting"] if w.wait_id not in gone)
    return replace(picture, period=changes.period or picture.period, **values)


def merged(first: Changes, second: Changes) -> Changes:
    """Return both changes as one; of a thing both change the second wins."""
    values: dict[str, Any] = {
        name: _overlaid(getattr(first, name), getattr(second, name), KEYS[name]) for name in KEYS
    }
    return Changes(
        period=second.period or first.period,
        unseated=first.unseated + second.unseated,
        forgotten=first.forgotten + second.forgotten,
        **values,
    )


def with_moves(picture: Picture, moved: dict[UUID, tuple[str, ...]], changes: Changes) -> Changes:
    """Return the changes with the plan of others moved as the engine said."""
    promises = tuple(
        replace(promise, tables=moved[promise.reservation_id], exposed=False)
        for promise in picture.promises
        if promise.reservation_id in moved
    )
    holds = tuple(
        replace(hold, tables=moved[hold.slot_hold_id])
        for hold in picture.slot_holds
        if hold.slot_hold_id in moved
    )
    return replace(
        changes,
        promises=(*promises, *changes.promises),
        slot_holds=(*holds, *changes.slot_holds),
    )


def settled(picture: Picture, changes: Changes, house: House, *, now: datetime) -> Changes:
    """Return the changes together with the plan they force.

    Facts win over intentions: a promise whose tables are gone is moved where a complete assignment
    allows it, and otherwise stands without a table, exposed (DESIGN.md, invariants 1 and 2). One
    that was promised those very tables is moved too: a table is worth more than the table.
    """
    changes, plan = _unfixed(picture, changes, house, now)
    after, moved = applied(picture, changes), moves(plan.plan)
    unplaced = frozenset(_unplaced(plan))
    promises = tuple(
        replanned
        for promise in after.promises
        if (replanned := _replanned(promise, moved, unplaced)) != promise
    )
    holds = tuple(
        replace(hold, tables=moved.get(hold.slot_hold_id, ()))
        for hold in after.slot_holds
        if hold.slot_hold_id in moved or (hold.slot_hold_id in unplaced and hold.tables)
    )
    return merged(changes, Changes(promises=promises, slot_holds=holds))


def before(picture: Picture, changes: Changes) -> Changes:
    """Return what the changed things were, for the record an undo works from."""
    values: dict[str, Any] = {
        name: _known(getattr(picture, name), getattr(changes, name), KEYS[name]) for name in KEYS
    }
    return Changes(period=picture.period if changes.period else None, **values)


def _unfixed(
    picture: Picture, changes: Changes, house: House, now: datetime
) -> tuple[Changes, Settled]:
    """Return the changes with promises freed of tables they cannot have, and the plan then."""
    after = applied(picture, changes)
    plan = settle(occupancy(after, house, now=now))
    lost = frozenset(_unplaced(plan))
    freed = tuple(
        replace(promise, tables=(), fixed=False)
        for promise in after.promises
        if promise.fixed and promise.reservation_id in lost
    )
    if not freed:
        return changes, plan
    changes = merged(changes, Changes(promises=freed))
    return changes, settle(occupancy(applied(picture, changes), house, now=now))


def _unplaced(settled: Settled) -> list[UUID]:
    keys = (settled.plan.items[number].key for number in settled.unplaced)
    return [key for key in keys if key is not None]


def _replanned(
    promise: Promise, moved: dict[UUID, tuple[str, ...]], unplaced: frozenset[UUID]
) -> Promise:
    if promise.reservation_id in moved:
        return replace(promise, tables=moved[promise.reservation_id], exposed=False)
    if promise.reservation_id in unplaced:
        return replace(promise, tables=(), exposed=True)
    if promise.exposed and promise.state not in {"booked", "arrived"}:
        return replace(promise, exposed=False)
    return promise


def _overlaid(old: Iterable[T], new: Iterable[T], key: str) -> tuple[T, ...]:
    by_key = {attrgetter(key)(thing): thing for thing in old}
    by_key |= {attrgetter(key)(thing): thing for thing in new}
    return tuple(by_key.values())


def _known(old: Iterable[T], new: Iterable[T], key: str) -> tuple[T, ...]:
    changed = {attrgetter(key)(thing) for thing in new}
    return tuple(thing for thing in old if attrgetter(key)(thing) in changed)
