"""Synthetic nights for the benchmark: who asks, who walks in, and what becomes of them.

Everything a guest will do is drawn with the night, so every policy meets the same guests. Figures
are SCIENCE.md's (see policies/forecast/forecast.py for their marks). Time is in buckets of 5 minutes from
the opening (17:00): one grid everywhere. Parties above the largest join are enquiries and left out.
"""

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from policies.forecast.forecast import SLOT_MINUTES, Forecast
from policies.house.grid import GRID_MINUTES
from policies.numeric.compiled import Flags, Floats, Ints

SLOT = SLOT_MINUTES // GRID_MINUTES
"""Buckets in a slot: guests ask for quarters of an hour."""

START_HOURS = (9.5, 27.2, 24.4, 14.4, 7.7, 3.2)
"""Shares of bookings starting 17..22 [D]; walk-ins are assumed to come alike [A]."""

PHONE = 0.3
"""Share of bookings made by phone [A]."""

NEVER = 2.0
"""A cancel time later than the doors (1.0): the booking is not cancelled."""

LOADS = ((140.0, 40.0), (220.0, 60.0), (300.0, 80.0))
"""Requests and walk-ins expected a night."""

LENGTH = 168
"""Buckets played: the last guests of 22:45, late and staying long, have left."""


class Requests(Struct, frozen=True, eq=False):
    """Parties asking for a reservation, in the order they ask; every array is [N].

    `asked`: when, as the share of the night's requests expected before, in (0, 1). `wish`: bucket
    of the start asked for. `flexible`: takes another time within half an hour. `obliging`: takes
    one although the wish was free, if asked kindly (half of the flexible). `cancels`: like
    `asked`, NEVER if not. `late`: buckets between the start and the arrival, may be negative.
    `stay`: buckets the table is taken, reset included.
    """

    asked: Floats
    size: Ints
    wish: Ints
    flexible: Flags
    obliging: Flags
    phone: Flags
    shows: Flags
    cancels: Floats
    late: Ints
    stay: Ints


class WalkIns(Struct, frozen=True, eq=False):
    """Parties at the door, in order of arrival; every array is [M], times in buckets."""

    arrives: Ints
    size: Ints
    stay: Ints
    patience: Ints


class Night(Struct, frozen=True, eq=False):
    """One evening's guests, drawn from `truth`."""

    seed: int
    truth: Forecast
    requests: Requests
    walk_ins: WalkIns


def forecast_for(requests: float, walk_ins: float) -> Forecast:
    """Return the true beliefs of a benchmark night with this load."""
    slots = tuple(share / 4 for share in START_HOURS for _ in range(4))
    return Forecast(requests=requests, request_slots=slots, walk_ins=walk_ins, walk_in_slots=slots)


def night(truth: Forecast, seed: int) -> Night:
    """Return the night of this seed."""
    random = np.random.default_rng(seed)
    return Night(seed, truth, _requests(truth, random), _walk_ins(truth, random))


def shorter_stays(truth: Forecast, factor: float) -> Forecast:
    """Return the forecast with every mean stay times `factor`."""
    return replace(truth, stays=tuple(stay * factor for stay in truth.stays))


def _requests(truth: Forecast, random: np.random.Generator) -> Requests:
    count = int(random.poisson(truth.requests))
    size = _sizes(truth.request_sizes, count, random)
    asked = np.sort(random.random(count))
    flexible = random.random(count) < truth.flexible
    phone = random.random(count) < PHONE
    no_show = np.where(phone, truth.no_show_phone, truth.no_show_online)
    cancelled = random.random(count) < truth.cancels
    moment = asked + (1.0 - asked) * random.random(count)
    return Requests(
        asked=asked,
        size=size,
        wish=_slots(truth.request_slots, count, random) * SLOT,
        flexible=flexible,
        obliging=flexible & (random.random(count) < 0.5),
        phone=phone,
        shows=random.random(count) >= no_show,
        cancels=np.where(cancelled, moment, NEVER),
        late=_lateness(truth, count, random),
        stay=_stays(truth, size, random),
    )


def _walk_ins(truth: Forecast, random: np.random.Generator) -> WalkIns:
    count = int(random.poisson(truth.walk_ins))
    slot = _slots(truth.walk_in_slots, count, random)
    arrives = slot * SLOT + random.integers(0, SLOT, count)
    order = np.argsort(arrives, kind="stable")
    size = _sizes(truth.walk_in_sizes, count, random)
    patience = random.exponential(truth.patience_minutes, count)
    return WalkIns(
        arrives=arrives[order],
        size=size,
        stay=_stays(truth, size, random),
        patience=_buckets(patience),
    )


def _sizes(shares: tuple[float, ...], count: int, random: np.random.Generator) -> Ints:
    return random.choice(len(shares), count, p=_normed(shares)) + 1


def _slots(shares: tuple[float, ...], count: int, random: np.random.Generator) -> Ints:
    return random.choice(len(shares), count, p=_normed(shares))


def _normed(shares: tuple[float, ...]) -> Floats:
    weights = np.array(shares, np.float64)
    normed: Floats = weights / weights.sum()
    return normed


def _lateness(truth: Forecast, count: int, random: np.random.Generator) -> Ints:
    belief = truth.lateness
    minutes = random.normal(belief.mean, belief.deviation, count)
    late = belief.late_base + random.exponential(belief.late_mean, count)
    minutes = np.where(random.random(count) < belief.late_share, late, minutes)
    return _buckets(np.clip(minutes, belief.earliest, belief.latest))


def _stays(truth: Forecast, size: Ints, random: np.random.Generator) -> Ints:
    """Log-normal about the party's mean, the reset added, at least a quarter of an hour."""
    mean = np.array(truth.stays, np.float64)[np.minimum(size, len(truth.stays)) - 1]
    sigma = np.sqrt(np.log1p(truth.stay_cv**2))
    minutes = mean * np.exp(random.normal(-(sigma**2) / 2, sigma, len(size)))
    return np.maximum(_buckets(minutes + truth.reset_minutes), 3)


def _buckets(minutes: Floats) -> Ints:
    return np.rint(minutes / GRID_MINUTES).astype(np.int64)
