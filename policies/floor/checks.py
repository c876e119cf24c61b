"""Checks as reported by a till. Events may come in any order: the highest sequence wins."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from policies.book.changes import Changes
from policies.book.lifecycles import SEATING, SeatingEvent, possible_events, transition
from policies.floor.seatings import once_paid
from policies.floor.stand import Stand

TillEventType = Literal["check.opened", "check.updated", "check.closed", "check.cancelled"]
CheckState = Literal["open", "closed", "cancelled"]

NO_ID_PREFIX = "event:"
"""Prefix of our id for a check without a till's id; the id of its first event follows."""

STATE_AFTER: dict[TillEventType, CheckState] = {
    "check.opened": "open",
    "check.closed": "closed",
    "check.cancelled": "cancelled",
}


class TillEvent(Struct, frozen=True, kw_only=True):
    """One event of a till. `total` (without the tip) and `tip` in minor currency units.

    `check_id`: the till's own id; without one the event is about the table's latest check. `paid`:
    of a closed check, where the till tells it; unset it leaves the fingerprint as it was.
    """

    event_id: str
    type: TillEventType
    table_id: str
    total: int
    tip: int
    occurred_at: datetime
    sequence: int
    check_id: str | None = None
    reservation_id: UUID | None = None
    covers: int | None = None
    paid: bool | UnsetType = UNSET


class Check(Struct, frozen=True, kw_only=True):
    """A check as of the highest sequence, with its reservation and seating where known."""

    check_id: str
    state: CheckState
    table_id: str
    sequence: int
    total: int = 0
    tip: int = 0
    covers: int | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    period_id: str | None = None
    reservation_id: UUID | None = None
    seating_id: UUID | None = None


def check_id_of(event: TillEvent, latest: Check | None) -> str:
    """Return the id of the check an event is about. `latest`: the table's last check without an id.

    A newer event starts another check if it opens one, or if `latest` is over and it is no update.
    """
    if event.check_id is not None:
        return event.check_id
    if latest is None or (event.sequence > latest.sequence and _is_another(event, latest)):
        return f"{NO_ID_PREFIX}{event.event_id}"
    return latest.check_id


def apply_till_event(check: Check | None, event: TillEvent, check_id: str) -> Check | None:
    """Return the check after an event, None where a later event was applied already."""
    if check is not None and event.sequence <= check.sequence:
        return None
    before = check or Check(check_id=check_id, state="open", table_id="", sequence=-1)
    state = STATE_AFTER.get(event.type, before.state)
    return replace(
        before,
        state=state,
        table_id=event.table_id,
        sequence=event.sequence,
        total=event.total,
        tip=event.tip,
        covers=event.covers or before.covers,
        opened_at=before.opened_at or (event.occurred_at if event.type == "check.opened" else None),
        closed_at=(before.closed_at or event.occurred_at) if state == "closed" else None,
        reservation_id=event.reservation_id or before.reservation_id,
    )


def mark_check_down(stand: Stand, seating_id: UUID, *, paid: bool) -> Changes:
    """Return the changes once a party's last open check is closed: its seating is `check_down`.

    `paid`: the till tells that it was paid; the seating is `paid` then. Empty for a seating that is
    cleared, or is so already.
    """
    for seating in stand.picture.seatings:
        event: SeatingEvent = "pay" if paid else "check_down"
        if seating.seating_id != seating_id or seating.state == "paid":
            continue
        if event in possible_events(SEATING, seating.state):
            to = transition(SEATING, seating.state, event, stand.by).to
            told = replace(seating, state=to, version=seating.version + 1)
            return Changes(seatings=(once_paid(stand, told) if paid else told,))
    return Changes()


def _is_another(event: TillEvent, latest: Check) -> bool:
    over = latest.state != "open"
    return event.type == "check.opened" or (over and event.type != "check.updated")
