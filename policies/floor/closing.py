"""The end of a period: who is still on its list, and what becomes of each."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from policies.book.changes import Changes
from policies.book.lifecycles import RESERVATION, SEATING, WAITLIST, ReservationEvent, step
from policies.book.picture import Picture, Promise, ReservationState, Seating, WaitEntry
from policies.floor.stand import Stand

FORGOTTEN_AFTER = timedelta(hours=4)
"""A party nobody cleared so long after the close has gone home (assumption)."""

AT_THE_CLOSE: dict[ReservationState, ReservationEvent] = {
    "requested": "decline",
    "booked": "mark_no_show",
    "arrived": "walk",
    "seated": "finish",
}


def is_over(picture: Picture, now: datetime) -> bool:
    """Whether the period is over: its time is, and nobody of it sits any more."""
    period = picture.period
    if period.closed_at is not None:
        return True
    if now < period.closes:
        return False
    sitting = any(seating.period_id == period.period_id for seating in picture.seatings)
    return not sitting or now >= period.closes + FORGOTTEN_AFTER


def closed(stand: Stand) -> Changes:
    """Return the changes that close the period: nothing of it is left open.

    Requests nobody answered are declined, parties that never came are no-shows, parties here that
    were never seated are walked, parties waiting have left, forgotten tables are cleared.
    """
    picture = stand.picture
    ours = picture.period.period_id
    promises = (_ended(each, stand.now) for each in picture.promises if each.period_id == ours)
    return Changes(
        period=replace(picture.period, closed_at=stand.now),
        promises=tuple(promise for promise in promises if promise is not None),
        waiting=tuple(_left(entry, stand.now) for entry in picture.waiting),
        seatings=tuple(
            _cleared(seating, stand.now)
            for seating in picture.seatings
            if seating.period_id == ours
        ),
    )


def _ended(promise: Promise, now: datetime) -> Promise | None:
    event = AT_THE_CLOSE.get(promise.state)
    if event is None:
        return None
    to = step(RESERVATION, promise.state, event, "job").to
    late_at = promise.late_at or now if to == "no_show" else promise.late_at
    ended = replace(promise, state=to, tables=(), exposed=False, late_at=late_at)
    return replace(ended, version=promise.version + 1)


def _left(entry: WaitEntry, now: datetime) -> WaitEntry:
    to = step(WAITLIST, entry.state, "leave", "job").to
    return replace(entry, state=to, ended_at=now, version=entry.version + 1)


def _cleared(seating: Seating, now: datetime) -> Seating:
    to = step(SEATING, seating.state, "clear", "job").to
    return replace(seating, state=to, cleared_at=now, version=seating.version + 1)
