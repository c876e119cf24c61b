"""The kitchen slowed for a while: the evening's pace lever, as it is told at the door.

There is one limit, that of the pace (`party_rules.covers_allowed`), which refuses starts online and
by phone. Who stands at the door is refused by no pace: it is told the wait until its guests may
start, and where a table is free the host sees when the kitchen takes them.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec import Struct

from policies.book.pace import QUARTER, quarter
from policies.book.picture import Picture
from policies.booking.party_rules import (
    covers_allowed,
    covers_of_lever,
    covers_starting,
    covers_usual,
)
from policies.house.house import House

QUARTERS_AHEAD = 8
"""Two hours, as far as waits are told."""


class KitchenPace(Struct, frozen=True, kw_only=True):
    """The slowed kitchen, in guests that start in a quarter of an hour.

    `covers`: that may; `usual`: without the lever; `starting`: that do in this quarter already.
    `until`: from when on it is as usual, None: when the period closes. `takes_at`: from when on it
    takes a party asked about, None where it takes none within two hours.
    """

    covers: int
    usual: int
    starting: int
    until: datetime | None
    takes_at: datetime | None


def kitchen_pace(
    picture: Picture, house: House, party_size: int, *, now: datetime
) -> KitchenPace | None:
    """Return how slow the kitchen is for a party at the door, None where no lever is pulled."""
    if covers_of_lever(picture, now) is None:
        return None
    return KitchenPace(
        covers=covers_allowed(picture, house, now),
        usual=covers_usual(picture, house, now),
        starting=covers_starting(picture, now, now=now),
        until=picture.period.pacing_covers_until,
        takes_at=kitchen_takes_at(picture, house, party_size, now=now),
    )


def kitchen_takes_at(
    picture: Picture, house: House, party_size: int, *, now: datetime
) -> datetime | None:
    """Return from when on a slowed kitchen takes the party, behind those that wait in the picture.

    `now` where it takes it at once, as one that is not slowed does; None: not within two hours.
    """
    if covers_of_lever(picture, now) is None:
        return now
    room = [_Room(at, picture, house, now) for at in _quarters(now)]
    for entry in sorted(picture.waiting, key=lambda each: (each.joined_at, each.wait_id)):
        ahead = next((each for each in room if each.takes(entry.party_size)), None)
        if ahead is not None:
            ahead.started += entry.party_size
    found = next((each.at for each in room if each.takes(party_size)), None)
    return None if found is None else max(found, now)


class _Room:
    """What may start in a quarter, and what does."""

    def __init__(self, at: datetime, picture: Picture, house: House, now: datetime) -> None:
        self.at = at
        self.allowed = covers_allowed(picture, house, max(at, now))
        self.started = covers_starting(picture, at, now=now)

    def takes(self, size: int) -> bool:
        """A party larger than the pace is taken alone, as by the rule of the pace."""
        alone = self.started == 0 and self.allowed > 0
        return alone or self.started + size <= self.allowed


def _quarters(now: datetime) -> Iterator[datetime]:
    first = quarter(now)
    yield from (first + each * QUARTER for each in range(QUARTERS_AHEAD + 1))


def minutes_until(instant: datetime, now: datetime) -> int:
    """Return the whole minutes until then, rounded up."""
    return -(-(instant - now) // timedelta(minutes=1))
