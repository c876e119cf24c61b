"""What the passing of time alone has made true. Jobs and readers apply the same function."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from policies.changes import Changes
from policies.house import House
from policies.terms import Picture, Promise


def due(picture: Picture, house: House, *, now: datetime) -> Changes:
    """Return slot holds run out, parties late, and parties past the grace (no-shows).

    A no-show frees its tables, never the promise: the party is still owed a place when it comes
    before the period closes (DESIGN.md, invariant 11).
    """
    expired = tuple(
        replace(hold, state="expired", tables=())
        for hold in picture.slot_holds
        if hold.state == "held" and hold.expires_at <= now
    )
    changed = tuple(
        later
        for promise in picture.promises
        if promise.state == "booked" and (later := _aged(promise, house, now)) != promise
    )
    return Changes(slot_holds=expired, promises=changed)


def _aged(promise: Promise, house: House, now: datetime) -> Promise:
    late_from = promise.starts + timedelta(minutes=house.booking.late_after_minutes)
    if given_up_at(promise, house) <= now:
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


def given_up_at(promise: Promise, house: House) -> datetime:
    """Return when a party not yet here counts as a no-show.

    A no-show that called (it was reopened: late since an instant past the grace) gets as long
    again.
    """
    grace = timedelta(minutes=house.booking.no_show_grace_minutes)
    first = promise.starts + grace
    if promise.late_at is not None and promise.late_at >= first:
        return promise.late_at + grace
    return first


def is_owed(promise: Promise, house: House, *, now: datetime) -> bool:
    """Tell whether the house owes the party a place (DESIGN.md, invariant 11).

    Past the grace, only a party that acknowledged the lateness rule has lost it.
    """
    if promise.state not in {"booked", "arrived", "no_show"}:
        return False
    grace = timedelta(minutes=house.booking.no_show_grace_minutes)
    came = promise.arrived_at or now
    return came < promise.starts + grace or not promise.lateness_known
