"""Draws every guest and walk-in of an evening in advance, from a seed.

All their choices are drawn beforehand, so the same people come whatever the service answers.
Figures are published or assumptions, as marked; minutes unless named otherwise.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, TypeVar

from scripts.simulation.dice import dice_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from random import Random

    from scripts.simulation.written_house import Hours, WrittenHouse

# From a public data set of 36,259 bookings in 275 restaurants: party sizes in percent (9-11 and
# 12+ spread evenly), start hours in percent, quantiles of the lead time in days.
PARTIES = dict(zip(range(1, 9), (1.6, 42.7, 16.7, 13.6, 6.3, 4.9, 2.7, 2.7), strict=True))
LARGE_PARTIES = {**dict.fromkeys((9, 10, 11), 3.4 / 3), **dict.fromkeys((12, 14, 16, 20), 5.4 / 4)}
START_HOURS = {17: 9.5, 18: 27.2, 19: 24.4, 20: 14.4, 21: 7.7, 22: 3.2}
LEAD_DAYS = ((0.0, 0.01), (0.1, 0.04), (0.25, 0.21), (0.5, 2.0), (0.75, 6.7), (0.9, 14.2))
LONGEST_LEAD = ((0.95, 21.0), (1.0, 28.0))
# Assumptions: sizes of walk-ins in percent, mean stays by party size and their coefficient of
# variation, shares of guests who are very late, never come, cancel, change, phone, book twice.
WALK_IN_PARTIES = dict(zip(range(1, 9), (6, 58, 14, 15, 4, 2, 0.5, 0.5), strict=True))
STAYS = dict(zip(range(1, 9), (80, 88, 98, 105, 115, 122, 130, 135), strict=True))
STAY_CV = 0.30
LATE_TAIL = 0.12
PATIENCE_MINUTES = 30
NO_SHOWS = 0.05
CANCELLATIONS = 0.10
CHANGES = 0.12
BY_PHONE = 0.15
DOUBLE_BOOKERS = 0.03
MEMBERS = 0.08

FIRST_NAMES = ("Ada", "Ben", "Carla", "Deniz", "Elif", "Finn", "Greta", "Hugo", "Ines", "Jan")
LAST_NAMES = ("Adler", "Braun", "Çelik", "Dubois", "Engel", "Fuchs", "Graf", "Haas", "Işık")

T = TypeVar("T")
Manner = Literal["direct", "hold", "give_back", "let_expire"]


@dataclass(frozen=True, kw_only=True)
class Guest:
    """A guest who wants a table, and everything they will do.

    `choice_seed` seeds their later choices; `asks_at` is when they try to book; `late` is in
    minutes after the start; `stay_factor` multiplies the mean stay of their party size.
    """

    number: int
    name: str
    phone: str
    party: int
    starts: datetime
    asks_at: datetime
    by_phone: bool
    site: int
    manner: Manner
    looks_first: bool
    flexible: bool
    books_twice: bool
    needs: dict[str, bool | int | str]
    changes_at: datetime | None
    cancels_at: datetime | None
    comes: bool
    late: float
    comes_as: int
    in_parts: bool
    stay_factor: float
    choice_seed: int


@dataclass(frozen=True, kw_only=True)
class WalkIn:
    """A party at the door without a reservation; `choice_seed` seeds its later choices."""

    number: int
    at: datetime
    party: int
    patience: timedelta
    stay_factor: float
    choice_seed: int


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """All guests and walk-ins of one evening; `choice_seed` seeds everything else."""

    guests: tuple[Guest, ...]
    walk_ins: tuple[WalkIn, ...]
    choice_seed: int


def draw_crowd(
    house: WrittenHouse, hours: Hours, since: datetime, *, seed: int, requests: int, walk_ins: int
) -> Crowd:
    """Draw all parties; nobody tries to book before `since`."""
    dice = dice_of(seed, house.venue, requests, walk_ins)
    guests = [draw_guest(dice, number, house, hours, since) for number in range(requests)]
    return Crowd(
        guests=tuple(clustered(guests)),
        walk_ins=tuple(draw_walk_ins(dice, hours, walk_ins)),
        choice_seed=dice.getrandbits(32),
    )


def draw_guest(
    dice: Random, number: int, house: WrittenHouse, hours: Hours, since: datetime
) -> Guest:
    """Draw one guest."""
    party = pick(dice, PARTIES | LARGE_PARTIES)
    starts = draw_start(dice, house, hours)
    lead = timedelta(days=quantile(LEAD_DAYS + LONGEST_LEAD, dice.random()))
    asks_at = max(starts - lead, since)
    shift = dice.choice((-2, -1, 1, 1, 2)) if dice.random() < 0.10 else 0
    return Guest(
        number=number,
        name=f"{dice.choice(FIRST_NAMES)} {dice.choice(LAST_NAMES)} {number}",
        phone=f"+49151{dice.randrange(10_000):04}{number:04}",
        party=party,
        starts=starts,
        asks_at=asks_at,
        by_phone=dice.random() < BY_PHONE,
        site=dice.randrange(3),
        manner=pick(dice, {"direct": 45.0, "hold": 43.0, "give_back": 6.0, "let_expire": 6.0}),
        looks_first=dice.random() < 0.8,
        flexible=dice.random() < 0.5,
        books_twice=dice.random() < DOUBLE_BOOKERS,
        needs=draw_needs(dice, house),
        changes_at=between(dice, asks_at, starts) if dice.random() < CHANGES else None,
        cancels_at=between(dice, asks_at, starts) if dice.random() < CANCELLATIONS else None,
        comes=dice.random() >= NO_SHOWS,
        late=draw_lateness(dice),
        comes_as=max(1, party + shift),
        in_parts=party > 2 and dice.random() < 0.15,
        stay_factor=draw_stay_factor(dice),
        choice_seed=dice.getrandbits(32),
    )


def draw_start(dice: Random, house: WrittenHouse, hours: Hours) -> datetime:
    """Draw a start: the distribution over 17-23 h, stretched to the period, on its slots."""
    wish = pick(dice, {float(hour): weight for hour, weight in START_HOURS.items()})
    share = (wish + dice.random() - 17) / 6
    step = timedelta(minutes=house.booking("slot_minutes", 15))
    slots = (hours.last_seating - hours.opens) // step
    return hours.opens + step * round(share * slots)


def draw_needs(dice: Random, house: WrittenHouse) -> dict[str, bool | int | str]:
    """Draw the needs of a party; 88 % have none."""
    areas = [area["id"] for area in house.raw["areas"]]
    what = pick(dice, {"": 88.0, "step_free": 3.0, "quiet": 2.0, "high_chairs": 3.0, "area": 4.0})
    if what == "area":
        return {"area": dice.choice(areas)} if len(areas) > 1 else {}
    if what == "high_chairs":
        return {"high_chairs": 1}
    return {what: True} if what else {}


def likes_of(guest: Guest, house: WrittenHouse) -> dict[str, bool | str]:
    """What a party would like of its table; four in five say nothing (an assumption)."""
    dice = dice_of(guest.choice_seed, "likes")
    areas = [area["id"] for area in house.raw["areas"]]
    somewhere = 12.0 if len(areas) > 1 else 0.0
    what = pick(dice, {"": 80.0, "area": somewhere, "quiet": 4.0, "window": 4.0})
    if what == "area":
        return {"area": dice.choice(areas)}
    return {what: True} if what else {}


def is_member(guest: Guest, house: WrittenHouse) -> bool:
    """Whether a guest is one for whom the house keeps an area; such guests phone."""
    known = dice_of(guest.choice_seed, "member").random() < MEMBERS
    return house.kept_for_members is not None and guest.party > 1 and known


def draw_lateness(dice: Random) -> float:
    """Draw minutes after the start: normal(-2, 6), 12 % 10 + exponential(10); in [-15, 45]."""
    tail = dice.random() < LATE_TAIL
    late = 10 + dice.expovariate(1 / 10) if tail else dice.gauss(-2, 6)
    return min(45.0, max(-15.0, late))


def draw_stay_factor(dice: Random) -> float:
    """Draw the ratio of a stay to the mean of its party size: log-normal, mean 1, CV STAY_CV."""
    sigma = math.sqrt(math.log(1 + STAY_CV**2))
    return dice.lognormvariate(-(sigma**2) / 2, sigma)


def mean_stay(party: int) -> float:
    """The mean stay in minutes; above 8 guests 5 minutes more per guest."""
    return STAYS.get(party, STAYS[8] + 5.0 * (party - 8))


def draw_walk_ins(dice: Random, hours: Hours, mean: int) -> Sequence[WalkIn]:
    """Draw a Poisson process over the period up to the last seating."""
    found: list[WalkIn] = []
    minutes = (hours.last_seating - hours.opens) / timedelta(minutes=1)
    at = dice.expovariate(mean / minutes) if mean else math.inf
    while at < minutes:
        found.append(
            WalkIn(
                number=len(found),
                at=hours.opens + timedelta(minutes=at),
                party=pick(dice, WALK_IN_PARTIES),
                patience=timedelta(minutes=dice.expovariate(1 / PATIENCE_MINUTES)),
                stay_factor=draw_stay_factor(dice),
                choice_seed=dice.getrandbits(32),
            )
        )
        at += dice.expovariate(mean / minutes)
    return found


CLUSTER = 8
"""This many guests try to book at the same instant, which makes their requests race."""


def clustered(guests: Sequence[Guest]) -> list[Guest]:
    """Move guests who try to book at about the same time to one instant, in groups of CLUSTER."""
    ordered = sorted(guests, key=lambda guest: guest.asks_at)
    return [
        replace(guest, asks_at=ordered[number - number % CLUSTER].asks_at)
        for number, guest in enumerate(ordered)
    ]


def between(dice: Random, first: datetime, last: datetime) -> datetime:
    """Draw an instant after the first 10 % and before the last 5 % of the span."""
    return first + max(last - first, timedelta()) * (0.1 + 0.85 * dice.random())


def quantile(points: Sequence[tuple[float, float]], share: float) -> float:
    """The inverse distribution function, linear between published quantiles."""
    for (low, from_), (high, to) in pairwise(points):
        if share <= high:
            return from_ + (to - from_) * (share - low) / (high - low)
    return points[-1][1]


def pick(dice: Random, weights: dict[T, float]) -> T:
    """Draw a key by its weight."""
    return dice.choices(list(weights), list(weights.values()))[0]
