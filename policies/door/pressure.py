"""How full each quarter of an hour of a period is, by the book's own figures."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from policies.book.pace import QUARTER, quarter
from policies.book.picture import Picture, holds_in_force, seating_end
from policies.booking.party_rules import covers_allowed
from policies.house.house import House
from policies.house.room import room_of
from policies.plan.occupancy import Busy, closed_tables


class QuarterPressure(Struct, frozen=True, kw_only=True):
    """A quarter of an hour of a period, from `at` on, in guests.

    At its beginning, or now for the present one: `promised`, at tables by the plan or owed one, the
    seated ones not counted; `seated`, at tables as is expected now; `capacity`, seats at tables
    that are not out of use. `starting_covers`, `starting_parties`: who start in it, as pacing
    counts them; `pacing`: the covers that may. `risk`: the largest told for an overbooked party
    that is tightest in it; None without any.
    """

    at: datetime
    promised: int
    seated: int
    capacity: int
    pacing: int
    starting_parties: int
    starting_covers: int
    risk: float | None = None


def pressure_of(picture: Picture, house: House, *, now: datetime) -> tuple[QuarterPressure, ...]:
    """Return the quarters of a period from the present one on, none once it is over.

    What is past is left out: of parties that have gone nothing is in the picture.
    """
    starting, risks = _starting(picture, now), _risks(picture)
    closed = tuple(closed_tables(picture, room_of(house), now=now))
    return tuple(
        QuarterPressure(
            at=at,
            promised=_promised(picture, max(at, now)),
            seated=_seated(picture, max(at, now), now),
            capacity=_seats(house, closed, max(at, now)),
            pacing=covers_allowed(picture, house, at) if at <= picture.period.last_seating else 0,
            starting_parties=len(starting[at]),
            starting_covers=sum(starting[at]),
            risk=risks.get(at),
        )
        for at in _quarters(picture, now)
    )


def _quarters(picture: Picture, now: datetime) -> Iterator[datetime]:
    at = quarter(max(picture.period.opens, now))
    while max(at, now) < picture.period.closes:
        yield at
        at += QUARTER


def _promised(picture: Picture, then: datetime) -> int:
    return sum(
        promise.party_size
        for promise in picture.promises
        if promise.starts <= then < promise.ends and promise.state in {"booked", "arrived"}
    )


def _seated(picture: Picture, then: datetime, now: datetime) -> int:
    return sum(
        seating.party_size
        for seating in picture.seatings
        if seating.seated_at <= then < seating_end(seating, now) and seating.cleared_at is None
    )


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
    found = dict[datetime, float]()
    for promise in picture.promises:
        if promise.risk is not None and promise.state in {"booked", "arrived"}:
            at = quarter(promise.risk.tightest_at)
            found[at] = max(found.get(at, 0.0), promise.risk.probability)
    return found
