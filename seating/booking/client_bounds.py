"""What one booking site has of an evening, looked at before it gets more of it."""

from datetime import datetime

from policies.book.answers import Ask
from policies.booking.client_bounds import (
    holds_too_much,
    most_held,
    most_made,
    most_requested,
)
from policies.words.message import message
from seating.book.periods import LockedPeriod
from seating.book.reservations import Booker
from seating.db import Connection
from seating.errors import TooManyBookings, TooManyHolds

# Of the guest: their live bookings ahead. Of the site ($4): what it has made for the period.
COUNTS = """
select (select count(*) from reservation
        where venue_id = $1 and guest_id = $2 and starts > $3 and state in ('requested', 'booked')
          and ($4::text is null or client_id = $4)) as upcoming,
       count(*) as made,
       count(*) filter (where state = 'requested') as requested
from reservation where venue_id = $1 and period_id = $5 and client_id = $4
"""


async def check_bookings(conn: Connection, locked: LockedPeriod, booker: Booker, ask: Ask) -> int:
    """Return how many bookings ahead the guest has, as far as whoever asks may know.

    Raises TooManyBookings for a site that has made more of the locked period than it could use.
    """
    if ask.guest_id is None and booker.client_id is None:
        return 0
    period = locked.picture.period
    asked = (ask.guest_id, locked.now, booker.client_id, period.period_id)
    row = await conn.fetchrow(COUNTS, locked.venue_id, *asked)
    assert row is not None  # noqa: S101 - counts are always one row
    if booker.client_id is not None:
        if row["made"] >= (most := most_made(locked.house, period)):
            raise TooManyBookings(message("too-many-bookings-made", most=most))
        if row["requested"] >= (most := most_requested(locked.house, period)):
            raise TooManyBookings(message("too-many-requests-open", most=most))
    upcoming: int = row["upcoming"]
    return upcoming


def check_holds(locked: LockedPeriod, booker: Booker, ask: Ask, *, now: datetime) -> None:
    """Raise TooManyHolds for a site that would hold more of the room than its share."""
    if holds_too_much(locked.picture, ask, locked.house, booker.client_id, now=now):
        tables, seats = most_held(locked.house)
        raise TooManyHolds(message("slot-holds-of-hours", parties=tables, guests=seats))
