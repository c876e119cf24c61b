"""What booking sites and tills are told of by themselves: of what, who may hear it, how often."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Literal, get_args
from uuid import UUID

from msgspec import Struct

from policies.book.picture import ReservationState

EventType = Literal[
    "reservation.confirmed",
    "reservation.changed",
    "reservation.cancelled",
    "reservation.declined",
    "reservation.seated",
    "reservation.finished",
    "reservation.no_show",
    "availability.changed",
    "waitlist.ready",
    "enquiry.answered",
    "pos.adjustment",
]
EVENT_TYPES: frozenset[EventType] = frozenset(get_args(EventType))

SCOPE_OF: Mapping[str, str] = {
    "reservation": "bookings",
    "availability": "availability",
    "waitlist": "waitlist",
    "enquiry": "enquiries",
    "pos": "pos",
}
"""The scope an event needs, by the word before its dot."""

ENDS: Mapping[ReservationState, EventType] = {
    "cancelled": "reservation.cancelled",
    "declined": "reservation.declined",
    "seated": "reservation.seated",
    "finished": "reservation.finished",
    "no_show": "reservation.no_show",
}

FIRST_WAIT = timedelta(seconds=5)
GROWTH = 4
LONGEST_WAIT = timedelta(hours=8)
ATTEMPTS = 14
"""The last comes 27 hours after the first at the earliest, after 56 at the latest."""


class Endpoint(Struct, frozen=True, kw_only=True):
    """Where a client wants to be told, of what, and what it may do at the venue."""

    endpoint_id: UUID
    client_id: str
    types: frozenset[str]
    scopes: frozenset[str]


def scope_of(event_type: str) -> str:
    """Return the scope a client needs to hear of an event."""
    return SCOPE_OF[event_type.partition(".")[0]]


def told_of_reservation(
    was: ReservationState | None, state: ReservationState, *, new: bool
) -> tuple[EventType, ...]:
    """Return what is told of a reservation that is in a state now and was in another before.

    `was` None: it is `new`, or it had ended and somebody took that back. A site that asks for
    something knows that it did; what it waits for is the answer.
    """
    if new and state == "requested":
        return ()
    if state == was:
        return ("reservation.changed",)
    confirmed = state == "booked" and (new or was == "requested")
    told = "reservation.confirmed" if confirmed else ENDS.get(state, "reservation.changed")
    if was == "requested" and state in {"booked", "declined"}:
        return (told, "enquiry.answered")
    return (told,)


def hearers(
    event_type: str, owner: str | None, endpoints: Iterable[Endpoint]
) -> tuple[Endpoint, ...]:
    """Return the endpoints to tell of an event: its owner's, or any (None), that may hear it."""
    return tuple(
        endpoint
        for endpoint in endpoints
        if event_type in endpoint.types
        and scope_of(event_type) in endpoint.scopes
        and owner in {None, endpoint.client_id}
    )


def wait_after(attempts: int, luck: float) -> timedelta | None:
    """Return how long to wait after so many failed attempts, None to give up.

    `luck` (0 to 1) spreads it from half of its length to all of it, so that a receiver that comes
    back is not met by everybody at once ("equal jitter").
    """
    if attempts >= ATTEMPTS:
        return None
    growth: int = GROWTH ** (attempts - 1)
    longest = min(FIRST_WAIT * growth, LONGEST_WAIT)
    return longest * (0.5 + luck / 2)
