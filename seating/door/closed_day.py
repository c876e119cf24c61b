"""A day on which the house does not open: what the stand says instead, and what comes next."""

from datetime import datetime

from msgspec import Struct

from policies.house.calendar import Period, zone_of
from policies.house.wording import clock
from policies.words.catalogue import say
from policies.words.message import CalendarDate, Message, message
from seating.book.in_force import HouseVersion
from seating.book.periods import next_period


class ClosedToday(Struct, frozen=True, kw_only=True):
    """The house serves nothing today. `next`: the service that comes next, if any is planned.

    `sentence`: in the house's language; `message`: the same for any language.
    """

    next: Period | None
    sentence: str
    message: Message


def closed_today(in_force: HouseVersion, now: datetime) -> ClosedToday:
    """Return what the stand says on a closed day."""
    coming = next_period(in_force, now)
    if coming is None:
        said = message("closed-today")
    else:
        house = in_force.on(coming.service_date).house
        said = message(
            "closed-today-next",
            period=coming.name,
            date=CalendarDate(coming.opens.astimezone(zone_of(house)).date(), "full"),
            time=clock(house, coming.opens),
        )
    sentence = say(said, in_force.house.venue.locale)
    return ClosedToday(next=coming, sentence=sentence, message=said)
