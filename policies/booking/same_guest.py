"""Bookings that may be one guest's: of one phone number and name in the same hours.

A booking site is refused a second one of its own. What another site or the house has is never told
to it (party_rules.duplicate): both stand, and the host is told and asks the guest.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from policies.book.picture import Promise, ReservationState, WaitEntry
from policies.house.house import House
from policies.house.wording import clock, party_message, same_person
from policies.words.catalogue import say
from policies.words.message import Message, message

LIVE: frozenset[ReservationState] = frozenset({"requested", "booked", "arrived", "seated"})


class SameGuest(Struct, frozen=True, kw_only=True):
    """Another booking or waiting party of perhaps the same guest; `said` in the house's language.

    `message` says it in any other.
    """

    reservation_id: UUID | None = None
    wait_id: UUID | None = None
    message: Message
    said: str


def by_guest(promises: Iterable[Promise]) -> dict[UUID | None, list[Promise]]:
    """Return the promises of each guest, so that nobody compares each of an evening with all."""
    found: dict[UUID | None, list[Promise]] = {}
    for promise in promises:
        found.setdefault(promise.guest_id, []).append(promise)
    return found


def maybe_same_guest(
    promise: Promise, others: Iterable[Promise], house: House
) -> tuple[SameGuest, ...]:
    """Return the live promises in the same hours that may be this one's guest, by start."""
    if promise.guest_id is None or promise.state not in LIVE:
        return ()
    found = [
        other
        for other in others
        if other.guest_id == promise.guest_id
        and other.reservation_id != promise.reservation_id
        and other.state in LIVE
        and other.starts < promise.ends
        and promise.starts < other.ends
        and same_person(other.name, promise.name)
    ]
    found.sort(key=lambda other: (other.starts, other.reservation_id))
    return tuple(
        same_guest(
            house, each.name, each.party_size, each.starts, reservation_id=each.reservation_id
        )
        for each in found
    )


def maybe_waits_twice(
    entry: WaitEntry, others: Iterable[WaitEntry], house: House
) -> tuple[SameGuest, ...]:
    """Return the parties on the list with this one's number and name, in the list's order."""
    if not entry.phone:
        return ()
    return tuple(
        same_guest(house, other.name, other.party_size, other.joined_at, wait_id=other.wait_id)
        for other in others
        if other.phone == entry.phone
        and other.wait_id != entry.wait_id
        and same_person(other.name, entry.name)
    )


def same_guest(
    house: House,
    name: str,
    party_size: int,
    at: datetime,
    *,
    reservation_id: UUID | None = None,
    wait_id: UUID | None = None,
) -> SameGuest:
    """Return what the host is told of the other booking, or of the other party on the list."""
    key = "maybe-same-guest" if wait_id is None else "maybe-same-guest-waiting"
    told = message(key, party=party_message(name, party_size), at=clock(house, at))
    return SameGuest(
        reservation_id=reservation_id,
        wait_id=wait_id,
        message=told,
        said=say(told, house.venue.locale),
    )
