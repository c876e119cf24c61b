"""The channels a party comes through, and what distinguishes them: one table for all wings."""

from collections.abc import Iterable
from typing import Literal

Channel = Literal["partner", "google", "phone", "desk", "walk_in", "waitlist", "guest"]
"""`partner`: a booking site by /v1; `guest`: the guest's own link; `desk`: at the door, ahead."""

SITES: frozenset[Channel] = frozenset({"partner", "google"})
ONLINE: frozenset[Channel] = SITES | {"guest"}
BY_PHONE: frozenset[Channel] = frozenset({"phone", "desk"})
"""A person of the house takes the reservation, and may mention another time."""
UNPACED: frozenset[Channel] = frozenset({"walk_in", "waitlist"})
"""The party is here: pacing does not bind."""
PacedChannel = Literal["online", "partner", "google", "guest", "phone", "desk"]
"""What a limit of the pace names: a channel, or `online` for all without staff."""

SOLD: frozenset[Channel] = ONLINE | BY_PHONE
"""Reservations ahead: decided by value, and overbooked within the policy."""
STAFF: frozenset[Channel] = BY_PHONE | UNPACED
TAKES_ENQUIRIES: frozenset[Channel] = SOLD - {"google"}
"""A wish that no rule of capacity binds may be sent, for a person to answer (Google has none)."""
READS_HOUSE_RULES: frozenset[Channel] = frozenset({"partner", "guest"})
"""The house rules are shown and acknowledged before the booking (Google has no place for them)."""


def channels_named(names: Iterable[PacedChannel]) -> frozenset[Channel]:
    """Return the channels that these names stand for."""
    named: set[Channel] = set()
    for name in names:
        named |= ONLINE if name == "online" else {name}
    return frozenset(named)
