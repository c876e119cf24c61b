"""Checks that need no picture: the period of a start, the booking window, needs, early refusals."""

from datetime import date, datetime, timedelta

from policies.book.answers import Ask, No
from policies.book.picture import Picture
from policies.booking.engine import decide
from policies.house.calendar import Period, occupancy_window
from policies.house.channels import ONLINE
from policies.house.house import House
from policies.house.room import Needs, Preferences, trouble_with_names
from policies.house.wording import clock
from policies.words.message import message
from seating.book.in_force import HouseVersion
from seating.errors import Invalid, TooFarOff

MAX_AGE = timedelta(days=2)


MAX_DAYS_AHEAD = 400
"""Days ahead that may be asked for; beyond, a mistyped year is likelier than a booking."""


INDEPENDENT_OF_PICTURE = frozenset({"PARTY_SIZE_NOT_ALLOWED", "HOUSE_RULES_NOT_ACCEPTED"})


def period_for_start(in_force: HouseVersion, starts: datetime) -> Period | None:
    """Return the period of a start, else the nearest of its service date, else None."""
    found = in_force.period_at(starts)
    if found is not None:
        return found
    periods = in_force.periods_on(in_force.service_date_at(starts))
    return min(periods, key=lambda period: abs(period.opens - starts), default=None)


def early_refusal(house: House, period: Period | None, ask: Ask, now: datetime) -> No | None:
    """Return a refusal that does not depend on the picture, so that it needs no lock."""
    if period is None:
        return closed_refusal()
    window = house.booking.window_days
    if ask.channel in ONLINE and ask.starts > now + timedelta(days=window + 2):
        return No(
            code="OUTSIDE_BOOKING_WINDOW", said=message("bookings-open-days-ahead", days=window)
        )
    answer = decide(Picture(period=period), ask, house, now=now, quick=True)
    if isinstance(answer, No) and answer.code in INDEPENDENT_OF_PICTURE:
        return answer
    return None


def check_from_date(from_date: date, today: date) -> None:
    """Raise Invalid for a service date that has passed: what holds from a date on, is ahead."""
    if from_date < today:
        raise Invalid(message("date-passed", date=today.isoformat()), pointer="/from_date")


def check_start(starts: datetime, now: datetime) -> None:
    """Raise TooFarOff outside [now - MAX_AGE, now + MAX_DAYS_AHEAD days]."""
    if not now - MAX_AGE <= starts <= now + timedelta(days=MAX_DAYS_AHEAD):
        raise TooFarOff(message("start-far-off", days=MAX_DAYS_AHEAD), pointer="/start")


def check_needs(house: House, needs: Needs, *, pointer: str = "/area") -> None:
    """Raise Invalid for an area the house does not have."""
    _check_area(house, needs.area, pointer)


def check_preferences(
    house: House, preferences: Preferences | None, *, pointer: str = "/preferences/area"
) -> None:
    """Raise Invalid for a preferred area the house does not have."""
    _check_area(house, preferences.area if preferences else None, pointer)


def _check_area(house: House, area: str | None, pointer: str) -> None:
    areas = tuple(each.id for each in house.areas)
    if area is not None and area not in areas:
        raise Invalid(message("no-such-area", area=area, areas=areas), pointer=pointer)


def check_tables(house: House, tables: tuple[str, ...]) -> None:
    """Raise Invalid for a table that the house does not have, or named twice."""
    if wrong := trouble_with_names(house, tables):
        raise Invalid(wrong, pointer="/tables")


def check_duration(house: House, period: Period, starts: datetime, minutes: int | None) -> None:
    """Raise Invalid for a stay set by staff that reaches further than turns of the period do."""
    last = occupancy_window(period, house)[1]
    if minutes is not None and starts + timedelta(minutes=minutes) > last:
        said = message("table-kept-until-at-most", until=clock(house, last))
        raise Invalid(said, pointer="/duration_minutes")


def closed_refusal() -> No:
    """Return the refusal of a date on which the house has no period."""
    return No(code="CLOSED", said=message("closed-on-date"))
