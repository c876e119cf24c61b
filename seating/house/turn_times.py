"""The house's written turn times against the stays seen."""

from policies.forecast.stay_evidence import TurnTimeEvidence, turn_time_evidence
from policies.house.calendar import service_date_at
from seating.book.in_force import house_of
from seating.clock import Clock
from seating.db import Connection
from seating.forecast.evidence import stays_seen


async def turn_times_seen(
    conn: Connection, venue_id: str, clock: Clock
) -> tuple[TurnTimeEvidence, ...]:
    """Return each written turn time with the stays of its parties in the last half year."""
    house = (await house_of(conn, venue_id)).house
    today = service_date_at(house, await clock.now(conn))
    return turn_time_evidence(house, await stays_seen(conn, venue_id, house, today))
