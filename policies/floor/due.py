"""What the passing of time alone has made true. Jobs and readers apply the same function."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from policies.book.changes import Changes
from policies.book.picture import Picture, Promise
from policies.floor.held_tables import release_due, released
from policies.house.house import House


def due(picture: Picture, house: House, *, now: datetime) -> Changes:
    """Return slot holds run out, held tables given back, late parties and no-shows.

    A no-show frees its tables, never the promise: the party is still owed a place when it comes
    before the period closes (DESIGN.md, invariant 11).
    """
    grace = grace_of(picture, house)
    expired = tuple(
        replace(hold, state="expired", tables=())
        for hold in picture.slot_holds
        if hold.state == "held" and hold.expires_at <= now
    )
    changed = tuple(
        later
        for promise in picture.promises
        if promise.state == "booked" and (later := _aged(promise, grace, house, now)) != promise
    )
    given_back = tuple(released(held, now) for held in picture.held if release_due(held, now))
    return Changes(slot_holds=expired, promises=changed, held=given_back)


def _aged(promise: Promise, grace: timedelta, house: House, now: datetime) -> Promise:
    late_from = promise.starts + timedelta(minutes=house.booking.late_after_minutes)
    if given_up_at(promise, grace) <= now:
        return replace(
            promise,
            state="no_show",
            tables=(),
            exposed=False,
            late_at=promise.late_at or late_from,
            version=promise.version + 1,
        )
    if promise.late_at is None and late_from <= now:
        return replace(promise, late_at=late_from)
    return promise


def grace_of(picture: Picture, house: House) -> timedelta:
    """Return how long a table is kept for a party that is not here yet."""
    minutes = picture.rules.no_show_grace_minutes or house.booking.no_show_grace_minutes
    return timedelta(minutes=minutes)


def given_up_at(promise: Promise, grace: timedelta) -> datetime:
    """Return when a party not yet here counts as a no-show.

    A no-show that called (it was reopened: late since an instant past the grace) gets as long
    again.
    """
    first = promise.starts + grace
    if promise.late_at is not None and promise.late_at >= first:
        return promise.late_at + grace
    return first


def is_owed(promise: Promise, grace: timedelta, *, now: datetime) -> bool:
    """Tell whether the house owes the party a place (DESIGN.md, invariant 11).

    Past the grace, only a party that acknowledged the lateness rule has lost it.
    """
    if promise.state not in {"booked", "arrived", "no_show"}:
        return False
    came = promise.arrived_at or now
    return came < promise.starts + grace or not promise.lateness_known
