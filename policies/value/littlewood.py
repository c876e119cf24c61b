"""Littlewood's rule (1972): how many tables to hold, and how many still at each rung of the ladder.

One more table than y is held for walk-ins while P(walk-ins > y) x what one brings + discretion
exceeds what selling the table is worth; discretion is the manager's value of a table to give away.
Selling is worth the bid price of the table over the stay (policies/value/bid_prices.py), times the
probability that anybody still asks for it. Money is in the prices' unit; times are buckets of 5
minutes from the opening unless minutes are named.
"""

import math
from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from policies.forecast.forecast import LEAD_QUANTILES, SLOT_MINUTES, Forecast
from policies.house.grid import DAY_MINUTES, GRID_MINUTES
from policies.house.rules import ReleaseRung
from policies.value.bid_prices import Prices

SLOT = SLOT_MINUTES // GRID_MINUTES

LEAST_CHANCE = 0.05
"""A table that walk-ins want on fewer than one evening in twenty is not held for them [A].

Where a sale brings nothing either, any chance above 0 would hold a whole class: but then the table
is free for a walk-in anyway.
"""


class ClassWindow(Struct, frozen=True):
    """A window in which tables of `seats` are held: buckets `first` <= b < `last`.

    `over`: the seats of the next smaller class; parties of `over` + 1 to `seats` want the
    table.
    """

    seats: int
    over: int
    first: int
    last: int


class WindowDemand(Struct, frozen=True):
    """Parties expected to want such a table in the window, and what one brings on average."""

    parties: float
    value: float


class ProtectionStep(Struct, frozen=True):
    """One more table: probability that a walk-in wants it, value of holding, of selling it."""

    chance: float
    holding: float
    selling: float


class ProtectionLevel(Struct, frozen=True):
    """Hold `hold` tables; the last of `steps` was not worth it, unless all are held."""

    hold: int
    steps: tuple[ProtectionStep, ...]


class RungProtection(Struct, frozen=True):
    """What is still worth holding so many minutes before the window opens."""

    minutes_before: int
    keep: int
    advice: ProtectionLevel


def littlewood(
    walk_ins: WindowDemand, selling: float, *, discretion: float, most: int
) -> ProtectionLevel:
    """Return how many of at most `most` tables to hold for walk-ins, whose number is Poisson.

    One more than y is held while P(walk-ins > y) x value + `discretion` exceeds `selling`, and
    either P is at least `LEAST_CHANCE` or it is the first, for discretion alone.
    """
    steps: list[ProtectionStep] = []
    for held in range(most):
        chance = poisson_exceeds(walk_ins.parties, held)
        step = ProtectionStep(chance, chance * walk_ins.value + discretion, selling)
        steps.append(step)
        wanted = chance >= LEAST_CHANCE or (held == 0 and discretion > 0.0)
        if step.holding <= selling or not wanted:
            return ProtectionLevel(held, tuple(steps))
    return ProtectionLevel(most, tuple(steps))


def ladder(
    rungs: Sequence[ReleaseRung],
    window: ClassWindow,
    requests: WindowDemand,
    walk_ins: WindowDemand,
    price: float,
    *,
    discretion: float,
    held: int,
) -> tuple[RungProtection, ...]:
    """Return for each rung, the earliest first, how many of the `held` tables to keep.

    A table given back brings `price` if somebody still asks; the later the rung, the fewer
    will. Never more is kept than at the rung before.
    """
    steps = []
    for rung in sorted(rungs, key=lambda each: -each.minutes_before):
        coming = requests.parties * share_asked_within(rung.minutes_before, window)
        selling = price * poisson_exceeds(coming, 0)
        advice = littlewood(walk_ins, selling, discretion=discretion, most=held)
        held = advice.hold
        steps.append(RungProtection(rung.minutes_before, held, advice))
    return tuple(steps)


def walk_ins_wanting(forecast: Forecast, window: ClassWindow, cover: float) -> WindowDemand:
    """Return the walk-ins that want the held tables, each guest bringing `cover`."""
    return _wanting(
        forecast.walk_ins, forecast.walk_in_slots, forecast.walk_in_sizes, window, cover
    )


def requests_wanting(forecast: Forecast, window: ClassWindow, cover: float) -> WindowDemand:
    """Return the reservations of a whole booking window that want the held tables."""
    return _wanting(
        forecast.requests, forecast.request_slots, forecast.request_sizes, window, cover
    )


def selling_price(prices: Prices, place: int, window: ClassWindow) -> float:
    """Return what a table of class `place` is worth to guests who book: its price over a stay.

    The mean over the window's buckets of the price of a party of `seats` starting there.
    """
    stay = prices.survival[window.seats - 1]
    table = prices.table[place]
    each = []
    for start in range(window.first, min(window.last, len(table))):
        ahead = table[start : start + len(stay)]
        each.append(float(ahead @ stay[: len(ahead)]))
    return float(np.mean(each)) if each else 0.0


def share_asked_within(minutes_before: int, window: ClassWindow) -> float:
    """Return the share of bookings for the window still to be asked for at a rung.

    By LEAD_QUANTILES, counted to the middle of the window, as starts spread in it.
    """
    middle = (window.last - window.first) * GRID_MINUTES / 2
    days = (minutes_before + middle) / DAY_MINUTES
    shares, leads = zip(*LEAD_QUANTILES, strict=True)
    return float(np.interp(days, leads, shares))


def poisson_exceeds(mean: float, number: int) -> float:
    """Return the probability that a Poisson number with this mean exceeds `number`."""
    mass = below = math.exp(-mean)
    for count in range(1, number + 1):
        mass *= mean / count
        below += mass
    return max(1.0 - below, 0.0)


def _wanting(
    parties: float,
    slots: Sequence[float],
    sizes: Sequence[float],
    window: ClassWindow,
    cover: float,
) -> WindowDemand:
    asks = np.array(sizes, np.float64)[window.over : window.seats]
    when = np.repeat(np.array(slots, np.float64) / SLOT, SLOT)
    fits = float(asks.sum()) / sum(sizes)
    inside = float(when[window.first : window.last].sum() / when.sum()) if when.sum() > 0 else 0.0
    if fits <= 0.0:
        return WindowDemand(0.0, 0.0)
    mean_size = float(asks @ np.arange(window.over + 1, window.over + 1 + len(asks))) / asks.sum()
    return WindowDemand(parties * fits * inside, float(mean_size) * cover)
