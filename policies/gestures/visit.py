"""A party's visit tonight, as far as gestures depend on it."""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from policies.book.picture import SeatingState
from policies.house.rules import CatalogueItem, Rules, WaitRung


class Visit(Struct, frozen=True, kw_only=True):
    """A party and what is known of it.

    `party_id`: its reservation, else its waitlist entry, else its seating. `here`: it has not left.
    `promised_at`: a reservation's start or the end of a quote. `visits`: earlier visits.
    `exposed`: its promise was without a table at some time tonight. `turned_away`: it had a
    turnaway for tonight first. `complaint_id`: its open complaint, not refunded yet.
    """

    party_id: UUID
    party_name: str
    party_size: int
    here: bool
    guest_id: UUID | None = None
    channel: str = "walk_in"
    locale: str | None = None
    special_request: str = ""
    notes: str = ""
    guest_notes: str = ""
    allergies: str = ""
    visits: int = 0
    promised_at: datetime | None = None
    arrived_at: datetime | None = None
    seated_at: datetime | None = None
    seat_state: SeatingState | None = None
    exposed: bool = False
    turned_away: bool = False
    complaint_id: UUID | None = None
    complained_at: datetime | None = None


def overdue_minutes(visit: Visit, now: datetime) -> int:
    """Return the minutes from the later of promise and arrival to seating, or to now.

    0 for a party without a promise.
    """
    if visit.promised_at is None or visit.arrived_at is None:
        return 0
    from_ = max(visit.promised_at, visit.arrived_at)
    return max(0, ((visit.seated_at or now) - from_) // timedelta(minutes=1))


def seated_minutes(visit: Visit, now: datetime) -> int:
    """Return the minutes since the party was seated, 0 if it is not."""
    return 0 if visit.seated_at is None else (now - visit.seated_at) // timedelta(minutes=1)


def rungs_reached(rules: Rules, waited_minutes: float) -> tuple[WaitRung, ...]:
    """Return the rungs of the rules' wait ladder that a wait has reached, the shortest first."""
    rungs = sorted(rules.wait_ladder, key=lambda rung: rung.minutes)
    return tuple(rung for rung in rungs if rung.minutes <= waited_minutes)


def is_amends(item: CatalogueItem, visit: Visit, rules: Rules, now: datetime) -> bool:
    """Tell whether the item is owed: a refund, a claim, or a wait-ladder rung that was reached."""
    if item.kind in {"refund", "claim"}:
        return True
    owed = rungs_reached(rules, overdue_minutes(visit, now))
    return any(rung.gesture == item.key for rung in owed)
