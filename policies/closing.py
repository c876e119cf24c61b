"""The end of a period: who is still on its list, and what becomes of each."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from policies.changes import Changes, merged
from policies.floor import cleared
from policies.lifecycles import RESERVATION, SEATING, WAITLIST, ReservationEvent, step
from policies.orders import Room
from policies.terms import Picture, Promise, ReservationState, Seating

FORGOTTEN_AFTER = timedelta(hours=4)
"""A party nobody cleared so long after the close has gone home (assumption)."""

AT_THE_CLOSE: dict[ReservationState, ReservationEvent] = {
    "requested": "decline",
    "booked": "mark_no_show",
    "arrived": "walk",
}


def can_close(picture: Picture, now: datetime) -> bool:
    """Whether the period is over: its time is, and nobody of it sits any more."""
    period = picture.period
    if now < period.closes:
        return False
    sitting = any(seating.period_id == period.period_id for seating in picture.seatings)
    return not sitting or now >= period.closes + FORGOTTEN_AFTER


def closed(room: Room) -> Changes:
    """Return the changes that close the period: nothing of it is left open.

    Requests nobody answered are declined, parties that never came are no-shows, parties here that
    were never seated are walked, parties waiting have left, forgotten tables are cleared.
    """
    picture = room.picture
    ours = picture.period.period_id
    promises = tuple(_ended(p) for p in picture.promises if p.period_id == ours)
    waiting = tuple(
        replace(
            entry,
            state=step(WAITLIST, entry.state, "leave", "job").to,
            ended_at=room.now,
            version=entry.version + 1,
        )
        for entry in picture.waiting
    )
    changes = Changes(
        period=replace(picture.period, closed_at=room.now),
        promises=tuple(promise for promise in promises if promise is not None),
        waiting=waiting,
    )
    for seating in picture.seatings:
        if seating.period_id == ours:
            changes = merged(changes, cleared(room, _stepped(seating)))
    return changes


def _ended(promise: Promise) -> Promise | None:
    event = AT_THE_CLOSE.get(promise.state)
    if event is None:
        return None
    to = step(RESERVATION, promise.state, event, "job").to
    return replace(promise, state=to, tables=(), exposed=False, version=promise.version + 1)


def _stepped(seating: Seating) -> Seating:
    to = step(SEATING, seating.state, "clear", "job").to
    return replace(seating, state=to, version=seating.version + 1)
