"""Cases that time alone makes due: promised parties that may not be seated in time.

Kind `waiting`: an arrived party has waited longer than the tolerance of the overbooking rules.
Kind `drifting`: an overbooked promise has no table and its start is near. Kind `exposed` is opened
by `policies.plan.replanning` when a promise loses its table. A case of any kind closes as soon as
its cause is gone.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal, get_args
from uuid import UUID

from msgspec import Struct

from policies.book.picture import Picture, Promise

CaseKind = Literal["exposed", "waiting", "drifting"]
KINDS: tuple[CaseKind, ...] = get_args(CaseKind)

UNSEATED = frozenset({"booked", "arrived"})

LOOK_AHEAD = timedelta(minutes=45)
"""A promise without a table needs attention from this long before its start on (assumption)."""


class DueCase(Struct, frozen=True):
    """A promise for which a case is to be opened, and its kind."""

    reservation_id: UUID
    kind: CaseKind


def due_cases(picture: Picture, now: datetime) -> tuple[DueCase, ...]:
    """Return the period's promises for which a case is due at `now`."""
    return tuple(
        DueCase(promise.reservation_id, kind)
        for promise in picture.promises
        if promise.period_id == picture.period.period_id and (kind := _kind(promise, picture, now))
    )


def tolerance_of(picture: Picture) -> timedelta:
    """Return how long a promised party may wait before it counts as delayed."""
    return timedelta(minutes=picture.rules.overbooking.tolerance_minutes)


def time_waited(promise: Promise, now: datetime) -> timedelta:
    """Return the wait since the later of start and arrival; zero before the party has arrived."""
    if promise.arrived_at is None:
        return timedelta()
    return max(timedelta(), now - max(promise.starts, promise.arrived_at))


def unplaced_soon(picture: Picture, now: datetime) -> Iterator[Promise]:
    """Yield the unseated promises without a table within `LOOK_AHEAD` of their start, by start."""
    near = (
        promise
        for promise in picture.promises
        if promise.period_id == picture.period.period_id
        and promise.state in UNSEATED
        and not promise.tables
        and promise.starts - now <= LOOK_AHEAD
    )
    yield from sorted(near, key=lambda each: (each.starts, each.reservation_id))


def settled_kinds(promise: Promise, picture: Picture, now: datetime) -> tuple[CaseKind, ...]:
    """Return the kinds of case whose cause this promise does not give (any more).

    None while it is exposed: a case that is open for it stays open, whatever it was opened for.
    """
    if promise.state not in UNSEATED:
        return KINDS
    if promise.exposed:
        return ()
    caused = {
        "waiting": _waits(promise, picture, now),
        "drifting": _drifts(promise, now),
        "exposed": False,
    }
    return tuple(kind for kind in KINDS if not caused[kind])


def _kind(promise: Promise, picture: Picture, now: datetime) -> CaseKind | None:
    if _waits(promise, picture, now):
        return "waiting"
    return "drifting" if promise.state in UNSEATED and _drifts(promise, now) else None


def _waits(promise: Promise, picture: Picture, now: datetime) -> bool:
    return promise.state == "arrived" and time_waited(promise, now) > tolerance_of(picture)


def _drifts(promise: Promise, now: datetime) -> bool:
    unplaced = promise.kind == "overbooked" and not promise.tables
    return unplaced and promise.starts - now <= LOOK_AHEAD
