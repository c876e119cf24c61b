"""Promised parties that may not be seated in time: found before they complain.

A case is opened for a party that has waited longer than the manager tolerates, and for a promise
beyond the room whose time comes near. A promise that a later loss of room leaves without a table
has one already (policies/plan/replanning.py).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from msgspec import Struct

from policies.book.picture import Picture, Promise

CaseKind = Literal["exposed", "waiting", "drifting"]

NEAR = timedelta(minutes=45)
"""So long before its time a promise without a table is worth a host's look [A]."""


class Due(Struct, frozen=True):
    """A promise for which a case is due, and why."""

    reservation_id: UUID
    kind: CaseKind


def due_cases(picture: Picture, now: datetime) -> tuple[Due, ...]:
    """Return the promises of the period that need somebody's attention by now."""
    return tuple(
        Due(promise.reservation_id, kind)
        for promise in picture.promises
        if promise.period_id == picture.period.period_id and (kind := _kind(promise, picture, now))
    )


def tolerance_of(picture: Picture) -> timedelta:
    """Return how long a promised party may be kept waiting."""
    return timedelta(minutes=picture.rules.overbooking.tolerance_minutes)


def waited(promise: Promise, now: datetime) -> timedelta:
    """Return how long a party that is here has waited for what it was promised."""
    if promise.arrived_at is None:
        return timedelta()
    return max(timedelta(), now - max(promise.starts, promise.arrived_at))


def without_table(picture: Picture, now: datetime) -> Iterator[Promise]:
    """Yield the promises near their time that have no table, the first to come first."""
    near = (
        promise
        for promise in picture.promises
        if promise.period_id == picture.period.period_id
        and promise.state in {"booked", "arrived"}
        and not promise.tables
        and promise.starts - now <= NEAR
    )
    yield from sorted(near, key=lambda each: (each.starts, each.reservation_id))


def _kind(promise: Promise, picture: Picture, now: datetime) -> CaseKind | None:
    if promise.state == "arrived" and waited(promise, now) > tolerance_of(picture):
        return "waiting"
    beyond = promise.kind == "overbooked" and not promise.tables
    if beyond and promise.state in {"booked", "arrived"} and promise.starts - now <= NEAR:
        return "drifting"
    return None
