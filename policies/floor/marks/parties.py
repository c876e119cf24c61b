"""Handlers of commands that mark a party: reconfirmed, told late, where it waits, called.

A mark changes no state; the lifecycles say in which states it may be made.
"""

from datetime import UTC

from msgspec.structs import replace

from policies.book.changes import Changes
from policies.book.picture import WaitEntry
from policies.book.refusals import CommandRefused
from policies.floor.lateness.answering import answer_late
from policies.floor.orders import Call, Coming, Place, Reconfirm, TellLate
from policies.floor.reservations import advance_promise, promise_changed, stepped_promise
from policies.floor.stand import Outcome, Stand
from policies.floor.waitlist import stepped
from policies.house.wording import clock
from policies.words.message import message


def reconfirm(stand: Stand, command: Reconfirm) -> Outcome:
    """Note that the party has said again that it comes."""
    promise, undo = advance_promise(stand, command, "reconfirm")
    return promise_changed(replace(promise, reconfirmed_at=stand.now), undo)


def tell_late(stand: Stand, command: TellLate) -> Outcome:
    """Note until when the party is late: it counts as late, and its grace runs, from then.

    Its table is planned from then too, and it is told what it has if it comes later yet.
    """
    promise, undo = advance_promise(stand, command, "tell_late")
    first, last = max(stand.now, promise.starts), stand.picture.period.closes
    if not first < command.until <= last:
        said = message(
            "late-until-between",
            first=clock(stand.house, first),
            last=clock(stand.house, last),
        )
        raise CommandRefused("INVALID", said, "/until")
    until, by_guest = command.until.astimezone(UTC), stand.by == "guest"
    asked = (stand.picture, stand.house, promise, until)
    return promise_changed(answer_late(*asked, now=stand.now, by_guest=by_guest), undo)


def place(stand: Stand, command: Place) -> Outcome:
    """Note where a party that is here, or is on the waitlist, waits."""
    if command.reservation_id is None:
        return _wait_changed(replace(_entry(stand, command), where=command.where))
    _check_one(command)
    version = command.version
    promise, undo = stepped_promise(stand, command.reservation_id, version, "place")
    return promise_changed(replace(promise, where=command.where), undo)


def call(stand: Stand, command: Call) -> Outcome:
    """Note that a party that is here was called to its table."""
    promise, undo = advance_promise(stand, command, "call")
    called = replace(promise, called_at=stand.now, called_by=command.by, coming_at=None)
    return promise_changed(called, undo)


def coming(stand: Stand, command: Coming) -> Outcome:
    """Note that a party is on its way: a booked one, a called one, or one on the waitlist."""
    if command.reservation_id is None:
        return _wait_changed(replace(_entry(stand, command), coming_at=stand.now))
    _check_one(command)
    version = command.version
    promise, undo = stepped_promise(stand, command.reservation_id, version, "coming")
    if promise.state == "arrived" and promise.called_at is None:
        raise CommandRefused("NOT_POSSIBLE_NOW", message("not-called-yet"))
    return promise_changed(replace(promise, coming_at=stand.now), undo)


def _entry(stand: Stand, command: Place | Coming) -> WaitEntry:
    if command.wait_id is None:
        raise CommandRefused("INVALID", message("reservation-or-waiting"), "/reservation_id")
    if isinstance(command, Place):
        return stepped(stand, command.wait_id, command.version, "place")
    return stepped(stand, command.wait_id, command.version, "coming")


def _check_one(command: Place | Coming) -> None:
    if command.wait_id is not None:
        raise CommandRefused("INVALID", message("reservation-or-waiting"), "/wait_id")


def _wait_changed(entry: WaitEntry) -> Outcome:
    return Outcome(changes=Changes(waiting=(entry,)), subject=entry.wait_id)
