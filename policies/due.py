"""What the passing of time alone has made true. Jobs and readers apply the same function."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from policies.changes import Changes
from policies.holding import release_due, released
from policies.house import House
from policies.terms import Picture, Promise


def due(picture: Picture, house: House, *, now: datetime) -> Changes:
    """Return slot holds run out, held tables given back, late parties and no-shows.

    A no-show frees its tables, never the promise: the party is still owed a place when it comes
    before the period closes (DESIGN.md, invariant 11).
    """
    grace = picture.rules.no_show_grace_minutes or house.booking.no_show_grace_minutes
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


def _aged(promise: Promise, grace: int, house: House, now: datetime) -> Promise:
    if promise.starts + timedelta(minutes=grace) <= now:
        return replace(
            promise,
            state="no_show",
            tables=(),
            exposed=False,
            late_at=promise.late_at or now,
            version=promise.version + 1,
        )
    late_from = promise.starts + timedelta(minutes=house.booking.late_after_minutes)
    if promise.late_at is None and late_from <= now:
        return replace(promise, late_at=now)
    return promise
