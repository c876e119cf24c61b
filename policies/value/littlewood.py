"""How many tables to hold back, and how many are still worth holding at each rung of the ladder.

Littlewood's rule (1972): keep one more table for walk-ins while the chance that one will want it,
times what it brings, exceeds what selling the table now is worth; the manager adds what a table
to give away at discretion is worth of itself. What selling is worth is the bid price of the table
over the stay (policies/value/bid_prices.py), times the chance that anybody still asks for it. Money is in
the prices' unit; times are buckets of 5 minutes from the opening unless minutes are named.
"""

import math
from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from policies.forecast.forecast import LEAD_QUANTILES, SLOT_MINUTES, Forecast
from policies.house.grid import GRID_MINUTES
from policies.house.rules import Rung
from policies.value.bid_prices import Prices

SLOT = SLOT_MINUTES // GRID_MINUTES
_DAY_MINUTES = 24 * 60


class Peak(Struct, frozen=True):
    """A window in which tables of `seats` are held: buckets `first` <= b < `last`.

    `over`: the seats of the next smaller class; parties of `over` + 1 to `seats` want the table.
    """

    seats: int
    over: int
    first: int
    last: int


class Wanted(Struct, frozen=True):
    """Parties expected to want such a table in the window, and what one brings on average."""

    parties: float
    value: float


class Step(Struct, frozen=True):
    """One more table: the chance that a walk-in wants it, what holding and selling are worth."""

    chance: float
    holding: float
    selling: float


class Advice(Struct, frozen=True):
    """Hold `hold` tables: every step but the last was worth it (all were where none is missing)."""

    hold: int
    steps: tuple[Step, ...]


class RungAdvice(Struct, frozen=True):
    """What is still worth holding so many minutes before the window opens."""

    minutes_before: int
    keep: int
    advice: Advice


def littlewood(walk_ins: Wanted, selling: float, *, discretion: float, most: int) -> Advice:
    """Return how many of at most `most` tables to hold for walk-ins that come like Poisson.

    One more than y is held while P(walk-ins > y) x value + `discretion` exceeds `selling`.
    """
    steps: list[Step] = []
    for held in range(most):
        chance = more_than(walk_ins.parties, held)
        step = Step(chance, chance * walk_ins.value + discretion, selling)
        steps.append(step)
        if step.holding <= selling:
            return Advice(held, tuple(steps))
    return Advice(most, tuple(steps))


def ladder(
    rungs: Sequence[Rung],
    peak: Peak,
    requests: Wanted,
    walk_ins: Wanted,
    price: float,
    *,
    discretion: float,
    held: int,
) -> tuple[RungAdvice, ...]:
    """Return for each rung, the earliest first, how many of the `held` tables to keep.

    Selling is worth `price` while somebody still asks: the later the rung the fewer will, so the
    less a table brings when it is given back; never more is kept than a rung before.
    """
    steps = []
    for rung in sorted(rungs, key=lambda each: -each.minutes_before):
        coming = requests.parties * share_asked_within(rung.minutes_before, peak)
        selling = price * more_than(coming, 0)
        advice = littlewood(walk_ins, selling, discretion=discretion, most=held)
        held = advice.hold
        steps.append(RungAdvice(rung.minutes_before, held, advice))
    return tuple(steps)


def walk_ins_wanting(forecast: Forecast, peak: Peak, cover: float) -> Wanted:
    """Return the walk-ins that want the held tables, each guest bringing `cover`."""
    return _wanting(forecast.walk_ins, forecast.walk_in_slots, forecast.walk_in_sizes, peak, cover)


def requests_wanting(forecast: Forecast, peak: Peak, cover: float) -> Wanted:
    """Return the reservations of a whole booking window that want the held tables."""
    return _wanting(forecast.requests, forecast.request_slots, forecast.request_sizes, peak, cover)


def selling_price(prices: Prices, place: int, peak: Peak) -> float:
    """Return what a table of class `place` is worth to guests who book: its price over a stay.

    The mean over the window's buckets of the price of a party of `seats` starting there.
    """
    stay = prices.survival[peak.seats - 1]
    table = prices.table[place]
    each = []
    for start in range(peak.first, min(peak.last, len(table))):
        ahead = table[start : start + len(stay)]
        each.append(float(ahead @ stay[: len(ahead)]))
    return float(np.mean(each)) if each else 0.0


def share_asked_within(minutes_before: int, peak: Peak) -> float:
    """Return the share of bookings for the window still to be asked for at a rung.

    Leads as policies/forecast/forecast.py gives them; to the middle of the window, as starts spread in it.
    """
    middle = (peak.last - peak.first) * GRID_MINUTES / 2
    days = (minutes_before + middle) / _DAY_MINUTES
    shares, leads = zip(*LEAD_QUANTILES, strict=True)
    return float(np.interp(days, leads, shares))


def more_than(mean: float, number: int) -> float:
    """Return the chance that a Poisson number with this mean exceeds `number`."""
    mass = below = math.exp(-mean)
    for count in range(1, number + 1):
        mass *= mean / count
        below += mass
    return max(1.0 - below, 0.0)


def _wanting(
    parties: float,
    slots: Sequence[float],
    sizes: Sequence[float],
    peak: Peak,
    cover: float,
) -> Wanted:
    asks = np.array(sizes, np.float64)[peak.over : peak.seats]
    when = np.repeat(np.array(slots, np.float64) / SLOT, SLOT)
    fits = float(asks.sum()) / sum(sizes)
    inside = float(when[peak.first : peak.last].sum() / when.sum()) if when.sum() > 0 else 0.0
    if fits <= 0.0:
        return Wanted(0.0, 0.0)
    mean_size = float(asks @ np.arange(peak.over + 1, peak.over + 1 + len(asks))) / asks.sum()
    return Wanted(parties * fits * inside, float(mean_size) * cover)
