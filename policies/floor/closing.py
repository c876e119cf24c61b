"""Closing a period: the final state of everything that is still open in it."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from policies.book.changes import Changes
from policies.book.lifecycles import RESERVATION, SEATING, WAITLIST, ReservationEvent, transition
from policies.book.picture import (
    Picture,
    Promise,
    ReservationState,
    Seating,
    WaitEntry,
    is_closed_then,
    with_reset_over,
)
from policies.floor.stand import Stand

LEFT_UNCLEARED_FOR = timedelta(hours=4)
"""After this an uncleared seating no longer keeps the period open (assumption)."""

AT_THE_CLOSE: dict[ReservationState, ReservationEvent] = {
    "requested": "decline",
    "booked": "mark_no_show",
    "arrived": "walk",
    "seated": "finish",
}


def is_over(picture: Picture, now: datetime) -> bool:
    """Tell whether the period is past its closing time and none of its parties is seated."""
    period = picture.period
    if period.closed_at is not None:
        return True
    if now < period.closes:
        return False
    sitting = any(seating.period_id == period.period_id for seating in picture.seatings)
    return not sitting or now >= period.closes + LEFT_UNCLEARED_FOR


def close_period(stand: Stand) -> Changes:
    """Return the changes that close the period.

    Unanswered requests are declined, booked parties become no-shows, arrived but unseated ones
    walked, and so whoever was promised hours that the house has closed since; waitlist entries are
    left, seatings cleared, tables ready once their minutes are over.
    """
    picture = stand.picture
    ours = picture.period.period_id
    promises = (
        _end_promise(each, stand.now, closed_then=is_closed_then(picture, each))
        for each in picture.promises
        if each.period_id == ours
    )
    return Changes(
        period=replace(picture.period, closed_at=stand.now),
        promises=tuple(promise for promise in promises if promise is not None),
        waiting=tuple(_end_wait(entry, stand.now) for entry in picture.waiting),
        seatings=tuple(
            _clear_seating(seating, stand.now)
            for seating in picture.seatings
            if seating.period_id == ours
        ),
        resets=tuple(
            with_reset_over(each, stand.now)
            for each in picture.resets
            if each.ended_at is None and each.ready_at <= stand.now
        ),
    )


def _end_promise(promise: Promise, now: datetime, *, closed_then: bool) -> Promise | None:
    event = AT_THE_CLOSE.get(promise.state)
    if event is None:
        return None
    if event == "mark_no_show" and closed_then:
        event = "walk"
    to = transition(RESERVATION, promise.state, event, "job").to
    late_at = promise.late_at or now if to == "no_show" else promise.late_at
    ended = replace(promise, state=to, tables=(), exposed=False, late_at=late_at)
    return replace(ended, version=promise.version + 1)


def _end_wait(entry: WaitEntry, now: datetime) -> WaitEntry:
    to = transition(WAITLIST, entry.state, "leave", "job").to
    return replace(entry, state=to, ended_at=now, version=entry.version + 1)


def _clear_seating(seating: Seating, now: datetime) -> Seating:
    to = transition(SEATING, seating.state, "clear", "job").to
    return replace(seating, state=to, cleared_at=now, version=seating.version + 1)
