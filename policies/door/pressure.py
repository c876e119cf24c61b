"""How full each quarter of an hour of a period is, by the book's own figures."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import accumulate

from msgspec import Struct

from policies.book.pace import QUARTER, quarter
from policies.book.picture import Picture, Risk, holds_in_force, seating_end
from policies.booking.party_rules import covers_allowed, covers_usual
from policies.house.house import House
from policies.house.room import room_of
from policies.plan.occupancy import Busy, closed_tables

Stay = tuple[datetime, datetime, int]
"""From when to when how many guests are at tables."""


class QuarterPressure(Struct, frozen=True, kw_only=True):
    """A quarter of an hour of a period, from `at` on, in guests.

    At its beginning, or now for the present one: `promised`, at tables by the plan or owed one, the
    seated ones not counted; `seated`, at tables as is expected now; `capacity`, seats at tables
    that are not out of use. `starting_covers`, `starting_parties`: who start in it, as pacing
    counts them; `pacing`: the covers that may,
    `pacing_usual`: as the house has it, without a lever. Of the overbooked parties that
    are tightest in it, None without any: `risk`, the largest own_wait told (in older promises: that
    anybody waits); `any_wait`, the largest told that somebody promised waits while it is here.
    """

    at: datetime
    promised: int
    seated: int
    capacity: int
    pacing: int
    pacing_usual: int
    starting_parties: int
    starting_covers: int
    risk: float | None = None
    any_wait: float | None = None


def pressure_of(picture: Picture, house: House, *, now: datetime) -> tuple[QuarterPressure, ...]:
    """Return the quarters of a period from the present one on, none once it is over.

    What is past is left out: of parties that have gone nothing is in the picture.
    """
    starting = _starting(picture, now)
    risks, anybody = _risks(picture), _any_waits(picture)
    closed = tuple(closed_tables(picture, room_of(house), now=now))
    quarters = tuple(_quarters(picture, now))
    instants = [max(at, now) for at in quarters]
    promised = _at_each(instants, _promised(picture))
    seated = _at_each(instants, _seated(picture, now))
    return tuple(
        QuarterPressure(
            at=at,
            promised=promised[number],
            seated=seated[number],
            capacity=_seats(house, closed, instants[number]),
            pacing=covers_allowed(picture, house, at) if at <= picture.period.last_seating else 0,
            pacing_usual=covers_usual(picture, house, at),
            starting_parties=len(starting[at]),
            starting_covers=sum(starting[at]),
            risk=risks.get(at),
            any_wait=anybody.get(at),
        )
        for number, at in enumerate(quarters)
    )


def _quarters(picture: Picture, now: datetime) -> Iterator[datetime]:
    at = quarter(max(picture.period.opens, now))
    while max(at, now) < picture.period.closes:
        yield at
        at += QUARTER


def _promised(picture: Picture) -> Iterator[Stay]:
    for promise in picture.promises:
        if promise.state in {"booked", "arrived"}:
            yield promise.starts, promise.ends, promise.party_size


def _seated(picture: Picture, now: datetime) -> Iterator[Stay]:
    for seating in picture.seatings:
        if seating.cleared_at is None:
            yield seating.seated_at, seating_end(seating, now), seating.party_size


def _at_each(instants: Sequence[datetime], stays: Iterable[Stay]) -> list[int]:
    """Return the guests who are there at each instant, in one pass over the stays."""
    change = [0] * (len(instants) + 1)
    for starts, ends, guests in stays:
        change[bisect_left(instants, starts)] += guests
        change[bisect_left(instants, ends)] -= guests
    return list(accumulate(change))


def _seats(house: House, closed: Sequence[Busy], then: datetime) -> int:
    out_of_use = {place for place, starts, ends in closed if starts <= then < ends}
    tables = room_of(house).tables
    return sum(t.seats_max for place, t in enumerate(tables) if place not in out_of_use)


def _starting(picture: Picture, now: datetime) -> Mapping[datetime, list[int]]:
    """Return the covers of each party that starts in a quarter (party_rules.covers_starting)."""
    found = defaultdict[datetime, list[int]](list)
    for promise in picture.promises:
        if promise.state in {"booked", "arrived"}:
            found[quarter(promise.starts)].append(promise.party_size)
    for hold in holds_in_force(picture, now):
        found[quarter(hold.starts)].append(hold.party_size)
    for instant, covers in picture.started:
        found[quarter(instant)].append(covers)
    return found


def _risks(picture: Picture) -> dict[datetime, float]:
    """Return the largest risk told for overbooked parties, by the quarter it is tightest in."""
    return _largest((risk.tightest_at, risk.probability) for risk in _told(picture))


def _any_waits(picture: Picture) -> dict[datetime, float]:
    told = _told(picture)
    return _largest((each.tightest_at, each.told.any_wait) for each in told if each.told)


def _told(picture: Picture) -> Iterator[Risk]:
    for promise in picture.promises:
        if promise.risk is not None and promise.state in {"booked", "arrived"}:
            yield promise.risk


def _largest(told: Iterable[tuple[datetime, float]]) -> dict[datetime, float]:
    found = dict[datetime, float]()
    for instant, chance in told:
        at = quarter(instant)
        found[at] = max(found.get(at, 0.0), chance)
    return found
