"""What follows when zone data are renewed: instants that no longer say their local times."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from policies.house.calendar import Period, instant_near, local_time, periods_on, zone_of
from policies.house.house import House

NOT_MOVED = timedelta(0)


class PromisedTime(Struct, frozen=True, kw_only=True):
    """When a party was promised a table; `local_start` None: only the instant is known."""

    reservation_id: UUID
    period_id: str
    starts: datetime
    ends: datetime
    local_start: datetime | None


class NewTime(Struct, frozen=True, kw_only=True):
    """The times of a promise by the rules of now; `was`: the start by the rules before."""

    reservation_id: UUID
    period_id: str
    was: datetime
    starts: datetime
    ends: datetime
    local_start: datetime

    @property
    def shift(self) -> timedelta:
        """How far the instant has to follow."""
        return self.starts - self.was


def periods_moved(house: House, stored: Iterable[Period]) -> tuple[tuple[Period, Period], ...]:
    """Return the stored periods whose instants are not those of their house file, and the right.

    The house file says the hours in local time, so it is the promise of a period.
    """
    return tuple(
        (old, new)
        for old in stored
        for new in periods_on(house, old.service_date, house_version=old.house_version)
        if new.period_id == old.period_id and _hours(new) != _hours(old)
    )


def shifts_of(moved: Iterable[tuple[Period, Period]]) -> dict[str, timedelta]:
    """Return how far each moved period's opening follows, by period id."""
    return {old.period_id: new.opens - old.opens for old, new in moved}


def new_times(
    house: House, promised: Iterable[PromisedTime], shifts: Mapping[str, timedelta]
) -> Iterator[NewTime]:
    """Yield the promises with the instants of their local times; most are what they were.

    One whose local time is not known was made under the rules of its period, and moves with it.
    """
    zone = zone_of(house)
    for promise in promised:
        moved = promise.starts + shifts.get(promise.period_id, NOT_MOVED)
        local = promise.local_start or local_time(zone, moved)
        starts = promise.starts
        if local_time(zone, starts) != local:
            starts = instant_near(zone, local, starts)
        yield NewTime(
            reservation_id=promise.reservation_id,
            period_id=promise.period_id,
            was=promise.starts,
            starts=starts,
            ends=starts + (promise.ends - promise.starts),
            local_start=local,
        )


def _hours(period: Period) -> tuple[datetime, datetime, datetime]:
    return period.opens, period.last_seating, period.closes
