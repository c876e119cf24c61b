"""The grace: until when a table is kept for a party that has not come, and what it is owed then."""

from datetime import datetime, timedelta

from policies.book.picture import Picture, Promise, expected_at
from policies.house.house import House


def no_show_grace(picture: Picture, house: House) -> timedelta:
    """Return how long after its start a table is kept: the rules' grace, or the house's."""
    minutes = picture.rules.no_show_grace_minutes or house.booking.no_show_grace_minutes
    return timedelta(minutes=minutes)


def no_show_at(promise: Promise, grace: timedelta) -> datetime:
    """Return when a party that has not arrived becomes a no-show.

    The grace runs from when the party is expected, or from the booking where staff wrote it down
    later than that. A reopened no-show (`late_at` is past the first grace) gets another grace from
    `late_at`.
    """
    expected = expected_at(promise)
    first = max(expected, promise.made_at or expected) + grace
    if promise.late_at is not None and promise.late_at >= first:
        return promise.late_at + grace
    return first


def is_owed(promise: Promise, grace: timedelta, *, now: datetime) -> bool:
    """Tell whether the house still owes the party a place.

    It does, unless the party comes after the grace and had acknowledged the lateness rule.
    """
    if promise.state not in {"booked", "arrived", "no_show"}:
        return False
    came = promise.arrived_at or now
    return came < expected_at(promise) + grace or not promise.lateness_known
