"""When something is due for kitchen or floor, and whether it is: to come, now, or past its time."""

from datetime import datetime, timedelta
from typing import Final, Literal

TaskKind = Literal["gesture", "allergies", "large_party"]
MarkKind = Literal["allergies", "large_party"]
"""What is noted, not brought."""
Moment = Literal["later", "now", "over"]

LARGE_FROM: Final = 7
"""Guests from which on the kitchen wants to know of a party beforehand."""
KNOWN_BEFORE: Final = timedelta(minutes=60)
"""So long before its start a large party is on the list."""
READY_BEFORE: Final = timedelta(minutes=15)
"""So long before its start the kitchen has to know of it."""
PATIENCE: Final = timedelta(minutes=5)
"""What was due longer ago is past its time."""


def moment_of(due_at: datetime | None, now: datetime, *, due: bool = True) -> Moment:
    """Return where `now` stands to a task's time; `due`: of one whose time nobody knows before."""
    if due_at is None:
        return "now" if due else "later"
    if due_at > now:
        return "later"
    return "over" if now - due_at > PATIENCE else "now"


def large_party_due(size: int, starts: datetime, now: datetime) -> datetime | None:
    """Return when the kitchen has to know of a party to come, None where it need not yet."""
    if size < LARGE_FROM or starts - now > KNOWN_BEFORE:
        return None
    return starts - READY_BEFORE
