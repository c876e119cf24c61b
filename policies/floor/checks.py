"""What a till tells of checks: the highest sequence is true, in whatever order it comes in."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.book.changes import Changes
from policies.book.lifecycles import SEATING, possible, step
from policies.floor.stand import Stand

TillEventType = Literal["check.opened", "check.updated", "check.closed", "check.cancelled"]
CheckState = Literal["open", "closed", "cancelled"]

UNNAMED = "event:"
"""Begins the id of a check that its till has no id for: that of the event we first heard of it."""

LEADS_TO: dict[TillEventType, CheckState] = {
    "check.opened": "open",
    "check.closed": "closed",
    "check.cancelled": "cancelled",
}


class TillEvent(Struct, frozen=True, kw_only=True):
    """One event of a till. `total` (the tip apart) and `tip` in minor units of the currency.

    `check_id` is the till's own; None where it has none: then the check is the table's latest.
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


class Check(Struct, frozen=True, kw_only=True):
    """A check as the till last told it, and the party it belongs to as far as that is known."""

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


def check_meant(event: TillEvent, latest: Check | None) -> str:
    """Return the id of the check an event is about. `latest`: the table's last without an id.

    What is opened after the table's last check, or closed after that was over, is a new one.
    """
    if event.check_id is not None:
        return event.check_id
    if latest is None or (event.sequence > latest.sequence and _is_another(event, latest)):
        return f"{UNNAMED}{event.event_id}"
    return latest.check_id


def heard(known: Check | None, event: TillEvent, check_id: str) -> Check | None:
    """Return the check after an event; None for one that tells less than is known already."""
    if known is not None and event.sequence <= known.sequence:
        return None
    before = known or Check(check_id=check_id, state="open", table_id="", sequence=-1)
    state = LEADS_TO.get(event.type, before.state)
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


def paid(stand: Stand, seating_id: UUID) -> Changes:
    """Return what follows from a party's last open check being closed: its check is down.

    Nothing for a party that has left, or whose check is down already.
    """
    for seating in stand.picture.seatings:
        if seating.seating_id == seating_id and "check_down" in possible(SEATING, seating.state):
            to = step(SEATING, seating.state, "check_down", stand.by).to
            return Changes(seatings=(replace(seating, state=to, version=seating.version + 1),))
    return Changes()


def _is_another(event: TillEvent, latest: Check) -> bool:
    over = latest.state != "open"
    return event.type == "check.opened" or (over and event.type != "check.updated")
