"""What can be asked of the book at all: which period a start lies in, and what no picture is needed for."""

from datetime import datetime, timedelta

from policies.book.answers import Ask, No
from policies.book.picture import Picture
from policies.book.question import ONLINE
from policies.booking.engine import decide
from policies.house.calendar import Period, period_at, periods_on, service_date_at, turn_minutes
from policies.house.house import House
from policies.house.room import Needs
from seating.book.in_force import Known
from seating.errors import Invalid, TooFarOff

BACK = timedelta(days=2)


FURTHEST = 400
"""Days ahead that may be asked for: a slip in the year is likelier than a wedding in 2036."""


SAME_FOR_AN_EMPTY_HOUSE = frozenset({"PARTY_SIZE_NOT_ALLOWED", "HOUSE_RULES_NOT_ACCEPTED"})


def period_asked(known: Known, starts: datetime) -> Period | None:
    """Return the period a start belongs to, else the date's nearest, else None."""
    found = period_at(known.house, starts, house_version=known.version)
    if found is not None:
        return found
    date = service_date_at(known.house, starts)
    periods = periods_on(known.house, date, house_version=known.version)
    return min(periods, key=lambda period: abs(period.opens - starts), default=None)


def without_looking(house: House, period: Period | None, ask: Ask, now: datetime) -> No | None:
    """Refuse what even an empty house would, so that it costs no lock and no row."""
    if period is None:
        return _closed()
    window = house.booking.window_days
    if ask.channel in ONLINE and ask.starts > now + timedelta(days=window + 2):
        return No(code="OUTSIDE_BOOKING_WINDOW", detail=f"Bookings open {window} days ahead.")
    answer = decide(Picture(period=period), ask, house, now=now, quick=True)
    if isinstance(answer, No) and answer.code in SAME_FOR_AN_EMPTY_HOUSE:
        return answer
    return None


def check_start(starts: datetime, now: datetime) -> None:
    """Raise TooFarOff for a start nobody can mean; what passes is safe to reckon with."""
    if not now - BACK <= starts <= now + timedelta(days=FURTHEST):
        raise TooFarOff(f"bookings are from now to {FURTHEST} days ahead", pointer="/start")


def check_needs(house: House, needs: Needs) -> None:
    """Raise Invalid for an area the house does not have."""
    if needs.area is not None and needs.area not in {area.id for area in house.areas}:
        areas = ", ".join(area.id for area in house.areas)
        raise Invalid(f"there is no area {needs.area!r}; there are {areas}", pointer="/area")


def ends_of(house: House, starts: datetime, party_size: int) -> datetime:
    """Return when a party that starts then is expected to have left its table."""
    return starts + timedelta(minutes=turn_minutes(house, party_size))


def _closed() -> No:
    return No(code="CLOSED", detail="The house is closed on that date.")
