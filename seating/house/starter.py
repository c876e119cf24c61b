"""The house an owner begins with, until it is edited over /manage/house."""

from datetime import time

from policies.house.calendar import WEEK
from policies.house.house import Area, House, ServicePeriod, Table, TurnTime, Venue


def starter_house(venue_id: str, name: str, zone: str, currency: str, locale: str) -> House:
    """Return a small house that can be booked: four tables, a dinner every day."""
    venue = Venue(id=venue_id, name=name, zone=zone, currency=currency, locale=locale)
    dinner = ServicePeriod(
        name="dinner",
        opens=time(18),
        last_seating=time(21),
        closes=time(23),
        days=frozenset(WEEK),
        pacing=8,
    )
    return House(
        venue=venue,
        areas=(Area(id="room", name="Room"),),
        tables=tuple(
            Table(id=str(number), area="room", seats_max=seats)
            for number, seats in enumerate((2, 2, 4, 4), start=1)
        ),
        periods=(dinner,),
        turn_times=(TurnTime(party_max=2, minutes=90), TurnTime(party_max=4, minutes=120)),
    )
