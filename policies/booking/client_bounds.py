"""How much of an evening one booking site may have at once: bounds derived from the room.

A site that runs away, or whose secret was stolen, must not lock a house with made-up guests, and a
house that has only one site must be filled by it. So what is only held is bounded below the room;
what is booked is bounded by the room itself, and by how often places are booked and given up again;
requests, which hold no table, by what the evening could seat. People of the house are not bounded.
"""

from datetime import datetime, timedelta
from typing import Final

from policies.book.answers import Ask
from policies.book.picture import Picture, holds_in_force
from policies.book.question import turn_end
from policies.house.calendar import Period, turn_minutes
from policies.house.house import House

HELD_SHARE: Final = 2
"""One of so many tables, and of so many seats, may be held by one site at a time."""

MADE_PER_PLACE: Final = 4
"""Bookings of an evening made by one site, cancelled ones too, for each party it could seat."""

LEAST_HELD: Final = 2
LEAST_MADE: Final = 40
LEAST_WAITING: Final = 10


def holds_too_much(
    picture: Picture, ask: Ask, house: House, client_id: str | None, *, now: datetime
) -> bool:
    """Tell whether the hold asked for is beyond what one site may hold at a time.

    Half of the tables and half of the seats, rounded up, in the hours of the turn asked for; in any
    house two holds of any size, and the guests of its two largest tables.
    """
    ends = turn_end(house, picture.period, ask)
    sizes = [
        hold.party_size
        for hold in holds_in_force(picture, now)
        if hold.client_id == client_id and hold.starts < ends and ask.starts < hold.ends
    ]
    tables, seats = most_held(house)
    beyond = len(sizes) >= tables or sum(sizes) + ask.party_size > seats
    return beyond and len(sizes) >= LEAST_HELD


def most_held(house: House) -> tuple[int, int]:
    """Return how many parties and guests one site may hold places for at a time."""
    seats = sorted((table.seats_max for table in house.tables), reverse=True)
    guests = max(sum(seats[:LEAST_HELD]), -(-sum(seats) // HELD_SHARE))
    return max(LEAST_HELD, -(-len(seats) // HELD_SHARE)), guests


def parties_seated(house: House, period: Period) -> int:
    """Return how many parties the evening seats if small ones follow each other at every table."""
    turn = timedelta(minutes=turn_minutes(house, 1, period))
    return len(house.tables) * (1 + (period.last_seating - period.opens) // turn)


def most_made(house: House, period: Period) -> int:
    """Return how many bookings of the evening one site may make, cancelled ones counted."""
    return max(LEAST_MADE, MADE_PER_PLACE * parties_seated(house, period))


def most_requested(house: House, period: Period) -> int:
    """Return how many of a site's requests of the evening may wait for an answer."""
    return max(LEAST_WAITING, parties_seated(house, period))


def most_waiting(house: House) -> int:
    """Return how many parties of one site may be on the waitlist at a time."""
    return max(LEAST_WAITING, 2 * len(house.tables))
