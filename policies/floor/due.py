"""What the passing of time alone changes: expiries, releases, late parties, no-shows.

Jobs write these changes; readers apply them to the picture, so nobody waits for a job.
"""

from datetime import datetime, timedelta

from msgspec.structs import replace

from policies.book.changes import Changes, apply_changes, merge_changes
from policies.book.levers import has_ended
from policies.book.picture import (
    Picture,
    Promise,
    expected_at,
    is_closed_then,
    with_reset_over,
    without_tables,
)
from policies.floor.held_tables import as_released, make_held_tables, release_due
from policies.floor.lateness.answering import at_second_place, has_second_place
from policies.floor.lateness.grace import no_show_at, no_show_grace
from policies.house.house import House
from policies.plan.replanning import overrun_conflict, replan


def changes_due(picture: Picture, house: House, *, now: datetime) -> Changes:
    """Return expired slot holds, held tables due for release, late parties and no-shows.

    And tables that the house takes for ready once their minutes are over.

    A no-show frees its tables, not the promise: a party that comes before the period closes is
    still owed a place; one that told that it is late and was promised a second place passes to it
    first. Nobody is late for, or absent from, hours that the house has closed.
    """
    expired = tuple(
        replace(hold, state="expired", tables=())
        for hold in picture.slot_holds
        if hold.state == "held" and hold.is_over(now)
    )
    changed = tuple(
        later
        for promise in picture.promises
        if promise.state == "booked"
        and not is_closed_then(picture, promise)
        and (later := _late_or_no_show(promise, picture, house, now)) != promise
    )
    given_back = tuple(as_released(held, now) for held in picture.held if release_due(held, now))
    ready = tuple(
        with_reset_over(reset, now)
        for reset in picture.resets
        if house.booking.reset_by_clock and reset.ended_at is None and reset.ready_at <= now
    )
    return Changes(slot_holds=expired, promises=changed, held=given_back, resets=ready)


def due_changes(picture: Picture, house: House, now: datetime) -> Changes:
    """Return the changes due by now: held tables opened, releases, expiries, lateness, no-shows.

    Replans after it, and after a lever that ended by itself: freed tables go first to promises
    without one, and plans are moved off tables that are still occupied.
    """
    opening = make_held_tables(picture, house, now=now)
    passed = changes_due(apply_changes(picture, opening) if opening else picture, house, now=now)
    changes = merge_changes(opening, passed) if opening else passed
    ended = any(has_ended(lever, now) for lever in picture.levers)
    if passed or ended or overrun_conflict(picture, now):
        return replan(picture, changes, house, now=now)
    return changes


def _late_or_no_show(promise: Promise, picture: Picture, house: House, now: datetime) -> Promise:
    grace = no_show_grace(picture, house)
    if no_show_at(promise, grace) <= now and has_second_place(promise):
        promise = at_second_place(picture, house, promise, now)
    late_from = expected_at(promise) + timedelta(minutes=house.booking.late_after_minutes)
    if no_show_at(promise, grace) <= now:
        return replace(
            without_tables(promise),
            state="no_show",
            late_at=promise.late_at or late_from,
            version=promise.version + 1,
        )
    if promise.late_at is None and late_from <= now:
        return replace(promise, late_at=late_from)
    return promise
