"""The open periods of the book under the house of each date, one planned anew after another."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from policies.book.changes import Changes, apply_changes
from policies.book.picture import HeldTable, Picture, Promise, SlotHold
from policies.house.calendar import (
    Period,
    instant_near,
    local_time,
    occupancy_window,
    seating_at,
    with_overlapping,
    zone_of,
)
from policies.house.house import House
from policies.house.zones import zone_named

DAY = timedelta(days=1)


class Day(Struct, frozen=True):
    """A service date under the new house: the house, its version number, the periods."""

    house: House
    version: int
    periods: tuple[Period, ...]


DayOf = Callable[[date], Day]


class Pool:
    """Every period with what is promised in it, while one after another is planned anew."""

    def __init__(self, pictures: Iterable[Picture], day_of: DayOf) -> None:
        self.pictures = {each.period.period_id: each for each in pictures}
        self.day_of = day_of
        self.first: dict[str, Changes] = defaultdict(Changes)

    def around(self, key: str) -> Picture:
        """Return the picture of a period with what its neighbours hold."""
        own = self.pictures[key]
        ids = [each.period_id for each in self._neighbours(own.period)]
        near = [self.pictures[each] for each in ids]
        return replace(
            own,
            promises=tuple(chain.from_iterable(each.promises for each in near)),
            slot_holds=tuple(chain.from_iterable(each.slot_holds for each in near)),
            held=tuple(chain.from_iterable(each.held for each in near)),
            started=tuple(chain.from_iterable(each.started for each in near)),
            elsewhere=tuple(
                each.period.period_id
                for each in near
                if each.period.house_version != own.period.house_version or not each.period.served
            ),
            outside=tuple(
                promise.reservation_id
                for each in near
                for promise in each.promises
                if promise.exposed and not starts_within(promise, each.period)
            ),
        )

    def keep(self, changes: Changes) -> None:
        """Put changed entities back to the period they belong to."""
        by_period: dict[str, list[Promise | SlotHold | HeldTable]] = defaultdict(list)
        every: tuple[Promise | SlotHold | HeldTable, ...]
        every = (*changes.promises, *changes.slot_holds, *changes.held)
        for each in every:
            by_period[each.period_id].append(each)
        for key, changed in by_period.items():
            own = Changes(
                promises=tuple(each for each in changed if isinstance(each, Promise)),
                slot_holds=tuple(each for each in changed if isinstance(each, SlotHold)),
                held=tuple(each for each in changed if isinstance(each, HeldTable)),
            )
            self.pictures[key] = apply_changes(self.pictures[key], own)

    def _neighbours(self, period: Period) -> tuple[Period, ...]:
        return with_overlapping(
            period,
            self._window(period),
            ((each.period, self._window(each.period)) for each in self.pictures.values()),
        )

    def _window(self, period: Period) -> tuple[datetime, datetime]:
        return occupancy_window(period, self.day_of(period.service_date).house)


def starts_within(promise: Promise, period: Period) -> bool:
    """Tell whether the party starts in the hours of the period."""
    return period.opens <= promise.starts <= period.last_seating


def in_zone(picture: Picture, zone: str, day_of: DayOf) -> Picture:
    """Return the picture with the instants of the same local times in the new zone."""
    new = zone_of(day_of(picture.period.service_date).house)
    if zone_named(zone) is new:
        return picture
    old = zone_named(zone)

    def same(instant: datetime) -> datetime:
        return instant_near(new, local_time(old, instant), instant)

    period = picture.period
    return replace(
        picture,
        period=replace(
            period,
            opens=same(period.opens),
            last_seating=same(period.last_seating),
            closes=same(period.closes),
        ),
        promises=tuple(
            replace(
                each, starts=same(each.starts), ends=same(each.starts) + (each.ends - each.starts)
            )
            for each in picture.promises
        ),
        held=tuple(
            replace(each, starts=same(each.starts), ends=same(each.ends)) for each in picture.held
        ),
        slot_holds=tuple(
            replace(each, starts=same(each.starts), ends=same(each.ends))
            for each in picture.slot_holds
        ),
    )


def with_period(picture: Picture, day_of: DayOf) -> Picture:
    """Return the picture with the hours and the version that its date has now."""
    period = picture.period
    day = day_of(period.service_date)
    new = next((each for each in day.periods if each.period_id == period.period_id), None)
    if new is None:
        closed = replace(period, house_version=day.version, served=False, holds_made=False)
        return replace(picture, period=closed, zone=day.house.venue.zone)
    moved = replace(
        period,
        opens=new.opens,
        last_seating=new.last_seating,
        closes=new.closes,
        house_version=day.version,
        served=True,
    )
    return replace(picture, period=moved, zone=day.house.venue.zone)


def period_of(promise: Promise, period: Period, day_of: DayOf) -> Period | None:
    """Return the period of the new house that the promise belongs to: its own, if it starts in it.

    None where no period takes it; it then stays with its own.
    """
    days = (day_of(period.service_date + near * DAY) for near in (0, -1, 1))
    ahead = [each for day in days for each in day.periods]
    own = [each for each in ahead if each.period_id == period.period_id]
    return seating_at(own, promise.starts) or seating_at(ahead, promise.starts)
