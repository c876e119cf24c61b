"""Webhook events: their types, the scope each needs, who receives them, delays between retries."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
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
"""The client scope an event needs, by the part of its type before the dot."""

EVENT_OF_STATE: Mapping[ReservationState, EventType] = {
    "cancelled": "reservation.cancelled",
    "declined": "reservation.declined",
    "seated": "reservation.seated",
    "finished": "reservation.finished",
    "no_show": "reservation.no_show",
}

UNCONFIRMED: frozenset[ReservationState] = frozenset(
    {"requested", "cancelled", "declined", "walked"}
)
"""States from which a reservation that is booked is confirmed to its client."""

FIRST_DELAY = timedelta(seconds=5)
DELAY_FACTOR = 4
MAX_DELAY = timedelta(hours=8)
SECONDS_DIGITS = 10
"""A Retry-After of more digits is longer than MAX_DELAY, whatever they are."""
MAX_ATTEMPTS = 14
"""The last attempt is 27 to 56 hours after the first, depending on the jitter."""


class Subscription(Struct, frozen=True, kw_only=True):
    """An endpoint's event types and its client's scopes at the venue."""

    endpoint_id: UUID
    client_id: str
    types: frozenset[str]
    scopes: frozenset[str]


def scope_of(event_type: str) -> str:
    """Return the scope a client needs to receive an event."""
    return SCOPE_OF[event_type.partition(".")[0]]


def reservation_events(
    was: ReservationState | None, state: ReservationState, *, new: bool
) -> tuple[EventType, ...]:
    """Return the events of a reservation's change from state `was` to `state`.

    `was` None: it is `new`, or its end was undone. A new request has no event, because the client
    made it itself; the approval or refusal has. One reinstated is confirmed again: its client took
    it for over.
    """
    if new and state == "requested":
        return ()
    if state == was:
        return ("reservation.changed",)
    confirmed = state == "booked" and (new or was in UNCONFIRMED)
    event = (
        "reservation.confirmed" if confirmed else EVENT_OF_STATE.get(state, "reservation.changed")
    )
    if was in {"requested", "declined"} and state in {"booked", "declined"}:
        return (event, "enquiry.answered")
    return (event,)


def matching_subscriptions(
    event_type: str, owner: str | None, subscriptions: Iterable[Subscription]
) -> tuple[Subscription, ...]:
    """Return the subscriptions to an event: of its `owner` only, or of any client (None)."""
    return tuple(
        each
        for each in subscriptions
        if event_type in each.types
        and scope_of(event_type) in each.scopes
        and owner in {None, each.client_id}
    )


def asked_wait(retry_after: str | None, now: datetime) -> timedelta | None:
    """Return the wait that a Retry-After header asks for, at most MAX_DELAY; None without one.

    Its value is a number of seconds or an HTTP date (RFC 9110, section 10.2.3).
    """
    text = (retry_after or "").strip()
    if text.isascii() and text.isdecimal():
        seconds = float(text) if len(text) <= SECONDS_DIGITS else float("inf")
        return timedelta(seconds=min(seconds, MAX_DELAY.total_seconds()))
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(until - now, timedelta()), MAX_DELAY)


def retry_delay(attempts: int, jitter: float, asked: timedelta | None = None) -> timedelta | None:
    """Return the delay after this many failed attempts, None to give up.

    Exponential backoff with "equal jitter": `jitter` (0 to 1) scales the delay from half to all of
    it, so that retries to a recovered receiver are spread out. Never shorter than `asked_wait`.
    """
    if attempts >= MAX_ATTEMPTS:
        return None
    growth: int = DELAY_FACTOR ** (attempts - 1)
    longest = min(FIRST_DELAY * growth, MAX_DELAY)
    return max(longest * (0.5 + jitter / 2), asked or timedelta())
