"""The changes of a command to a picture: what is written, announced and undone."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any, TypeVar
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.book.levers import PulledLever
from policies.book.picture import (
    Block,
    HeldTable,
    Picture,
    Promise,
    Seating,
    SlotHold,
    TableReset,
    WaitEntry,
)
from policies.book.sections import SectionTable
from policies.house.calendar import Period

T = TypeVar("T", bound=Struct)


class Changes(Struct, frozen=True, kw_only=True):
    """New values of the changed entities.

    `removed_seatings` seatings and `removed_wait_entries` waitlist entries are deleted (an undo of
    their creation).
    """

    period: Period | None = None
    promises: tuple[Promise, ...] = ()
    slot_holds: tuple[SlotHold, ...] = ()
    seatings: tuple[Seating, ...] = ()
    blocks: tuple[Block, ...] = ()
    waiting: tuple[WaitEntry, ...] = ()
    held: tuple[HeldTable, ...] = ()
    removed_seatings: tuple[UUID, ...] = ()
    removed_wait_entries: tuple[UUID, ...] = ()
    levers: tuple[PulledLever, ...] = ()
    resets: tuple[TableReset, ...] = ()
    sections: tuple[SectionTable, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any change."""
        return any(getattr(self, name) for name in self.__struct_fields__)


ID_FIELDS = {
    "promises": "reservation_id",
    "slot_holds": "slot_hold_id",
    "seatings": "seating_id",
    "blocks": "block_id",
    "waiting": "wait_id",
    "held": "held_id",
    "levers": "lever_id",
    "resets": "reset_id",
    "sections": "table_id",
}
"""The id field of each collection that `Picture` and `Changes` share."""


def apply_changes(picture: Picture, changes: Changes) -> Picture:
    """Return the picture after the changes."""
    values: dict[str, Any] = {
        name: _overlaid(getattr(picture, name), getattr(changes, name), ID_FIELDS[name])
        for name in ID_FIELDS
    }
    gone = frozenset(changes.removed_seatings + changes.removed_wait_entries)
    values["seatings"] = tuple(s for s in values["seatings"] if s.seating_id not in gone)
    values["waiting"] = tuple(w for w in values["waiting"] if w.wait_id not in gone)
    return replace(picture, period=changes.period or picture.period, **values)


def merge_changes(first: Changes, second: Changes) -> Changes:
    """Return both changes as one; where both change an entity, the second wins."""
    values: dict[str, Any] = {
        name: _overlaid(getattr(first, name), getattr(second, name), ID_FIELDS[name])
        for name in ID_FIELDS
    }
    return Changes(
        period=second.period or first.period,
        removed_seatings=first.removed_seatings + second.removed_seatings,
        removed_wait_entries=first.removed_wait_entries + second.removed_wait_entries,
        **values,
    )


def seen_by_guest(promise: Promise) -> tuple[object, ...]:
    """Return what a guest and their booking site may know of a promise; the rest is the house's.

    Not the plan, nor how the promise was made, nor how many of the party are here.
    """
    return (
        promise.state,
        promise.party_size,
        promise.starts,
        promise.ends,
        promise.needs,
        promise.preferences,
        promise.name,
    )


def with_plan_moves(
    picture: Picture, moved: dict[UUID, tuple[str, ...]], changes: Changes
) -> Changes:
    """Return the changes plus the new tables (`moved`, by id) of replanned entities."""
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
    held = tuple(
        replace(table, tables=moved[table.held_id])
        for table in picture.held
        if table.held_id in moved
    )
    return replace(
        changes,
        promises=(*promises, *changes.promises),
        slot_holds=(*holds, *changes.slot_holds),
        held=(*held, *changes.held),
    )


def values_before(picture: Picture, changes: Changes) -> Changes:
    """Return the values of the changed entities before the change, stored for an undo."""
    values: dict[str, Any] = {
        name: _values_of(getattr(picture, name), getattr(changes, name), ID_FIELDS[name])
        for name in ID_FIELDS
    }
    return Changes(period=picture.period if changes.period else None, **values)


def _overlaid(old: Iterable[T], new: Iterable[T], key: str) -> tuple[T, ...]:
    by_key = {attrgetter(key)(thing): thing for thing in old}
    by_key |= {attrgetter(key)(thing): thing for thing in new}
    return tuple(by_key.values())


def _values_of(old: Iterable[T], new: Iterable[T], key: str) -> tuple[T, ...]:
    changed = {attrgetter(key)(thing) for thing in new}
    return tuple(thing for thing in old if attrgetter(key)(thing) in changed)


def without_intentions(
    picture: Picture, without: UUID | None, slot_hold: UUID | None, held: UUID | None = None
) -> Picture:
    """Return the picture without one reservation, one slot hold and one held table."""
    if without is None and slot_hold is None and held is None:
        return picture
    return replace(
        picture,
        held=tuple(each for each in picture.held if each.held_id != held),
        promises=tuple(each for each in picture.promises if each.reservation_id != without),
        slot_holds=tuple(each for each in picture.slot_holds if each.slot_hold_id != slot_hold),
    )
