"""Pins: a party at tables that a person chose, from which no plan moves it but for a fact."""

from uuid import UUID

from msgspec.structs import replace

from policies.book.changes import Changes
from policies.book.refusals import CommandRefused
from policies.floor.orders import Pin
from policies.floor.reservations import advance_promise, promise_changed
from policies.floor.stand import Outcome, Stand
from policies.words.message import message


def pin(stand: Stand, command: Pin) -> Outcome:
    """Keep a party at the tables it is planned at, in the name of who says so; or let it move."""
    promise, undo = advance_promise(stand, command, "pin")
    if command.pinned and not promise.tables:
        raise CommandRefused("NOT_POSSIBLE_NOW", message("pin-without-table"))
    pinned_by = stand.who if command.pinned else None
    return promise_changed(replace(promise, pinned_by=pinned_by), undo)


def pinned(changes: Changes, reservation_id: UUID, staff_id: str | None) -> Changes:
    """Return the changes with the reservation pinned to its tables by the person who chose them."""
    promises = tuple(
        replace(each, pinned_by=staff_id) if each.reservation_id == reservation_id else each
        for each in changes.promises
    )
    return replace(changes, promises=promises)


def without_pins(stand: Stand) -> Stand:
    """Return the stand as if nobody had pinned a party; the same one if nobody has."""
    picture = stand.picture
    if all(each.pinned_by is None for each in picture.promises):
        return stand
    promises = tuple(replace(each, pinned_by=None) for each in picture.promises)
    return replace(stand, picture=replace(picture, promises=promises))
