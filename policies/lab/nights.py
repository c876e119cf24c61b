"""Synthetic nights for the benchmark: requests and walk-ins, with all their behaviour.

Everything a guest will do is drawn with the night, so every policy meets the same guests: in
minutes (`NightDraws`), rounded to buckets of 5 minutes from the opening at 17:00. Parties above the
largest join would be enquiries to a person and are left out. Sources of figures: [D] computed from
36,259 bookings in 275 restaurants, [A] assumption; see policies.forecast.forecast for the others.
"""

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from policies.forecast.forecast import SLOT_MINUTES, Forecast
from policies.house.grid import GRID_MINUTES
from policies.numeric.compiled import Flags, Floats, Ints

SLOT_BUCKETS = SLOT_MINUTES // GRID_MINUTES
"""Buckets in a slot: guests ask for starts at quarters of an hour."""

START_HOUR_SHARES = (9.5, 27.2, 24.4, 14.4, 7.7, 3.2)
"""Percent of bookings that start in the hours 17..22 [D]; of walk-ins the same [A]."""

PHONE_SHARE = 0.3
"""Share of bookings made by phone [A]."""

NEVER_CANCELLED = 2.0
"""The cancel time of a booking that is not cancelled: after the opening (1.0)."""

LOADS = ((140.0, 40.0), (220.0, 60.0), (300.0, 80.0))
"""Loads: (requests, walk-ins) expected a night."""

NIGHT_BUCKETS = 168
"""Buckets played: even late and long guests of 22:45 have left by then."""


class Requests(Struct, frozen=True, eq=False):
    """Parties asking for a reservation, in the order they ask; every array is [N].

    `asked`: time of asking as the expected share of the night's requests made before, in (0, 1).
    `wish`: bucket of the start asked for. `flexible`: accepts another start within half an hour
    when the wish is refused; `obliging`: also when the wish is free (half of the flexible).
    `cancels`: time like `asked`, or NEVER_CANCELLED. `late`: buckets from start to arrival, may be
    negative. `stay`: buckets the table is taken, reset included.
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
    """Walk-ins in order of arrival; every array is [M], times in buckets."""

    arrives: Ints
    size: Ints
    stay: Ints
    patience: Ints


class SyntheticNight(Struct, frozen=True, eq=False):
    """The guests of one evening, drawn from the forecast `truth`."""

    seed: int
    truth: Forecast
    requests: Requests
    walk_ins: WalkIns


class NightDraws(Struct, frozen=True, eq=False):
    """The minutes a night was rounded from: of the requests [N], of the walk-ins [M].

    `late`: from the start to the arrival, may be negative. `stay`, `walk_in_stay`: reset included.
    `patience`: after which a walk-in leaves unseated.
    """

    late: Floats
    stay: Floats
    walk_in_stay: Floats
    patience: Floats


def true_forecast(requests: float, walk_ins: float) -> Forecast:
    """Return the forecast from which benchmark nights of this load are drawn."""
    slots = tuple(share / 4 for share in START_HOUR_SHARES for _ in range(4))
    return Forecast(requests=requests, request_slots=slots, walk_ins=walk_ins, walk_in_slots=slots)


def draw_night(truth: Forecast, seed: int) -> SyntheticNight:
    """Return the night of this seed."""
    return draw_night_minutes(truth, seed)[0]


def draw_night_minutes(truth: Forecast, seed: int) -> tuple[SyntheticNight, NightDraws]:
    """Return the night of this seed, and the minutes it was rounded from."""
    random = np.random.default_rng(seed)
    requests, late, stay = _requests(truth, random)
    walk_ins, walk_in_stay, patience = _walk_ins(truth, random)
    draws = NightDraws(late=late, stay=stay, walk_in_stay=walk_in_stay, patience=patience)
    return SyntheticNight(seed, truth, requests, walk_ins), draws


def scale_stays(truth: Forecast, factor: float) -> Forecast:
    """Return the forecast with every mean stay times `factor`."""
    return replace(truth, stays=tuple(stay * factor for stay in truth.stays))


def _requests(truth: Forecast, random: np.random.Generator) -> tuple[Requests, Floats, Floats]:
    """Return the requests, their lateness and their stays in minutes."""
    count = int(random.poisson(truth.requests))
    size = _sizes(truth.request_sizes, count, random)
    asked = np.sort(random.random(count))
    flexible = random.random(count) < truth.flexible
    phone = random.random(count) < PHONE_SHARE
    no_show = np.where(phone, truth.no_show_phone, truth.no_show_online)
    cancelled = random.random(count) < truth.cancels
    moment = asked + (1.0 - asked) * random.random(count)
    wish = _slots(truth.request_slots, count, random) * SLOT_BUCKETS
    obliging = flexible & (random.random(count) < 0.5)
    shows = random.random(count) >= no_show
    late = _lateness(truth, count, random)
    stay = _stays(truth, size, random)
    requests = Requests(
        asked=asked,
        size=size,
        wish=wish,
        flexible=flexible,
        obliging=obliging,
        phone=phone,
        shows=shows,
        cancels=np.where(cancelled, moment, NEVER_CANCELLED),
        late=to_buckets(late),
        stay=stay_buckets(stay),
    )
    return requests, late, stay


def _walk_ins(truth: Forecast, random: np.random.Generator) -> tuple[WalkIns, Floats, Floats]:
    """Return the walk-ins, their stays and their patience in minutes."""
    count = int(random.poisson(truth.walk_ins))
    slot = _slots(truth.walk_in_slots, count, random)
    arrives = slot * SLOT_BUCKETS + random.integers(0, SLOT_BUCKETS, count)
    order = np.argsort(arrives, kind="stable")
    size = _sizes(truth.walk_in_sizes, count, random)
    patience = random.exponential(truth.patience_minutes, count)
    stay = _stays(truth, size, random)
    walk_ins = WalkIns(
        arrives=arrives[order],
        size=size,
        stay=stay_buckets(stay),
        patience=to_buckets(patience),
    )
    return walk_ins, stay, patience


def _sizes(shares: tuple[float, ...], count: int, random: np.random.Generator) -> Ints:
    return random.choice(len(shares), count, p=_normalised(shares)) + 1


def _slots(shares: tuple[float, ...], count: int, random: np.random.Generator) -> Ints:
    return random.choice(len(shares), count, p=_normalised(shares))


def _normalised(shares: tuple[float, ...]) -> Floats:
    weights = np.array(shares, np.float64)
    normed: Floats = weights / weights.sum()
    return normed


def _lateness(truth: Forecast, count: int, random: np.random.Generator) -> Floats:
    belief = truth.lateness
    minutes = random.normal(belief.mean, belief.deviation, count)
    late = belief.late_base + random.exponential(belief.late_mean, count)
    minutes = np.where(random.random(count) < belief.late_share, late, minutes)
    return np.clip(minutes, belief.earliest, belief.latest)


def _stays(truth: Forecast, size: Ints, random: np.random.Generator) -> Floats:
    """Return log-normal stays plus reset in minutes, [N]."""
    mean = np.array(truth.stays, np.float64)[np.minimum(size, len(truth.stays)) - 1]
    sigma = np.sqrt(np.log1p(truth.stay_cv**2))
    minutes: Floats = mean * np.exp(random.normal(-(sigma**2) / 2, sigma, len(size)))
    return minutes + truth.reset_minutes


def stay_buckets(minutes: Floats) -> Ints:
    """Return stays in whole buckets, at least 3 (15 minutes)."""
    return np.maximum(to_buckets(minutes), 3)


def to_buckets(minutes: Floats) -> Ints:
    """Return minutes rounded to whole buckets."""
    return np.rint(minutes / GRID_MINUTES).astype(np.int64)
