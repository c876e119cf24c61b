"""A party's visit tonight: what the house knows of it when it gives something away."""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from policies.book.picture import SeatingState
from policies.house.rules import CatalogueItem, Rules, WaitRung


class Visit(Struct, frozen=True, kw_only=True):
    """A party as far as it is known.

    `party_id`: its reservation, else its waitlist entry, else its seating. `here`: it has not left
    for good. `promised_at`: when it was to sit down, if it was told: a reservation's start, the end
    of a quote. `visits`: dinners it had here before. `exposed`: tonight its place was lost for a
    while. `turned_away`: it was told no for tonight first. `complaint_id`: what it was not content
    with and nothing was refunded for yet.
    """

    party_id: UUID
    party_name: str
    party_size: int
    here: bool
    guest_id: UUID | None = None
    channel: str = "walk_in"
    locale: str | None = None
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
    """Return how long the party sat down, or still waits, after it was promised a table.

    Coming late is the guest's own; whoever was promised nothing is never overdue.
    """
    if visit.promised_at is None or visit.arrived_at is None:
        return 0
    from_ = max(visit.promised_at, visit.arrived_at)
    return max(0, ((visit.seated_at or now) - from_) // timedelta(minutes=1))


def stay_minutes(visit: Visit, now: datetime) -> int:
    """Return how long the party sits at its table."""
    return 0 if visit.seated_at is None else (now - visit.seated_at) // timedelta(minutes=1)


def owed_for_wait(rules: Rules, waited_minutes: float) -> tuple[WaitRung, ...]:
    """Return the rungs of the manager's ladder that a wait has reached, the shortest first."""
    rungs = sorted(rules.wait_ladder, key=lambda rung: rung.minutes)
    return tuple(rung for rung in rungs if rung.minutes <= waited_minutes)


def is_amends(item: CatalogueItem, visit: Visit, rules: Rules, now: datetime) -> bool:
    """Tell whether the house owes this to the party: money back, or a rung its wait has reached."""
    if item.kind in {"refund", "claim"}:
        return True
    owed = owed_for_wait(rules, overdue_minutes(visit, now))
    return any(rung.gesture == item.key for rung in owed)
