"""What is asked of a report: dates, a period, a weekday; as the parameters of its statements."""

from datetime import date, datetime, timedelta
from typing import Any

from msgspec import Struct

from policies.house.calendar import service_date_at, zone_of
from policies.house.house import House
from policies.house.rules import Rules
from policies.words.catalogue import Language
from policies.words.message import message
from seating.book.in_force import house_of, rules_of_date
from seating.clock import Clock
from seating.db import Connection
from seating.errors import Invalid


class Asked(Struct, frozen=True, kw_only=True):
    """Service dates `first` to `last`, both included; of one period and weekday, or of all.

    `weekday`: 1 is Monday. `language`: of all words in the answer.
    """

    first: date
    last: date
    period: str | None = None
    weekday: int | None = None
    language: Language = "en"


class VenueAsked(Struct, frozen=True):
    """The venue a report is of: its house and rules of today, and now."""

    venue_id: str
    house: House
    rules: Rules
    now: datetime

    @property
    def currency(self) -> str:
        """The currency of its amounts (ISO 4217)."""
        return self.house.venue.currency

    @property
    def periods(self) -> tuple[str, ...]:
        """The names of the periods it serves, each once."""
        return tuple(dict.fromkeys(each.name for each in self.house.periods))


async def venue_asked(conn: Connection, venue_id: str, asked: Asked, clock: Clock) -> VenueAsked:
    """Return the venue. Raises Invalid for a weekday or a period that there is not."""
    if asked.weekday is not None and not 1 <= asked.weekday <= 7:
        raise Invalid(message("report-weekday"), pointer="/weekday")
    now, known = await clock.now(conn), await house_of(conn, venue_id)
    today = known.service_date_at(now)
    rules = await rules_of_date(conn, venue_id, today)
    return VenueAsked(venue_id, known.on(today).house, rules, now)


def parameters(asked: Asked, venue: VenueAsked) -> tuple[Any, ...]:
    """Return $1 to $8 of a statement of cases (seating/reports/evenings.py)."""
    dates, minutes = _shifts(asked, venue.house)
    end = asked.last + timedelta(days=1)
    return (
        venue.venue_id, asked.first, end, asked.period, asked.weekday, dates, minutes, venue.now,
    )  # fmt: skip


def today_of(venue: VenueAsked) -> date:
    """Return the venue's service date now."""
    return service_date_at(venue.house, venue.now)


def _shifts(asked: Asked, house: House) -> tuple[list[date], list[int]]:
    """Return since which dates the venue's clocks are how many minutes ahead of UTC."""
    zone, dates, minutes = zone_of(house), list[date](), list[int]()
    for number in range((asked.last - asked.first).days + 1):
        day = asked.first + timedelta(days=number)
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=zone)
        shift = noon.utcoffset() or timedelta()
        ahead = int(shift.total_seconds() // 60)
        if not minutes or minutes[-1] != ahead:
            dates.append(day)
            minutes.append(ahead)
    return dates, minutes
