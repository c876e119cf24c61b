"""Which evening comes next, and from where it is played."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scripts.simulation.written_house import Hours, WrittenHouse

EVENINGS_APART = timedelta(weeks=5)
"""From one evening of a house to its next: guests book up to four weeks before."""

BEFORE_OPENING = timedelta(hours=1)
HOSTS_GO_HOME = timedelta(hours=2)
FIVE_MINUTES = 300
MIDDLE = 0.45
"""The share of the time from opening to the last seating that is played at once."""


@dataclass(frozen=True, kw_only=True)
class EveningAhead:
    """An evening to play: its clock begins at `since` and is fast until `lively_from`.

    `taken_up`: it has begun already, so whoever was due before `since` was there.
    """

    hours: Hours
    since: datetime
    lively_from: datetime
    taken_up: bool


def evening_ahead(
    house: WrittenHouse, now: datetime, *, rate: float, wall: datetime
) -> EveningAhead:
    """The evening that goes on at business time `now`, else the next one.

    A clock that stands (`rate` 0) was left while an evening was played fast; that one is taken up
    too, unless it is over by wall time. Raises NoSuchHouseError where no evening is ahead.
    """
    going_on = evening_at(house, now)
    if going_on and (rate or wall < going_on.closes + HOSTS_GO_HOME):
        lively_from = now if rate else max(now, middle_of(going_on))
        return EveningAhead(hours=going_on, since=now, lively_from=lively_from, taken_up=True)
    today = max(now, wall).astimezone(house.zone).date()
    hours = house.next_evening(today)
    if hours.opens < now + BEFORE_OPENING:
        hours = house.next_evening(today + timedelta(days=1))
    return EveningAhead(hours=hours, since=now, lively_from=middle_of(hours), taken_up=False)


def evening_at(house: WrittenHouse, now: datetime) -> Hours | None:
    """The evening from an hour before it opens until the hosts go home; None between two."""
    today = now.astimezone(house.zone).date()
    evenings = [house.evening_of(day) for day in (today - timedelta(days=1), today)]
    return next(
        (
            hours
            for hours in evenings
            if hours and hours.opens - BEFORE_OPENING <= now < hours.closes + HOSTS_GO_HOME
        ),
        None,
    )


def middle_of(hours: Hours) -> datetime:
    """The middle of service, rounded down to five minutes."""
    middle = (hours.opens + (hours.last_seating - hours.opens) * MIDDLE).timestamp()
    return datetime.fromtimestamp(middle // FIVE_MINUTES * FIVE_MINUTES, UTC)
