"""Nights in minutes, and the stresses a night may be drawn with.

The same draws the five-minute lab's night is rounded from, here rounded to whole minutes from the
opening at 17:00; walk-ins arrive in a minute of their bucket. A stress is part of the night, so
every policy meets it alike; what the policies believe is given elsewhere and does not change.
"""

import math

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from policies.forecast.forecast import Forecast
from policies.house.grid import GRID_MINUTES
from policies.lab.nights import (
    NightDraws,
    Requests,
    SyntheticNight,
    draw_night_minutes,
    scale_stays,
    stay_buckets,
    to_buckets,
)
from policies.numeric.compiled import Flags, Floats, Ints
from policies.numeric.draws import normal_quantile

NEVER_LEAVES_SHARE = 0.1
"""Share of the walk-ins that wait whatever happens."""

BURST_AT = 120
"""Minute at which a burst of walk-ins begins: 19:00."""

BURST_MINUTES = 10

SHUT_AT = 150
"""Minute at which an area is shut: 19:30."""

NEVER_SHUT = 1 << 30

REAL_SIZES = (1.6, 42.7, 16.7, 13.6, 6.3, 4.9, 2.7, 2.7, 0.9, 1.2, 0.4, 0.7)
"""Weights of requests by party size from 1, with those above eight that enquire elsewhere [A]."""

_LEAST_STAY = 15


class Stress(Struct, frozen=True, kw_only=True):
    """What a night is drawn with beside the plain forecast.

    `burst`: walk-ins expected in the ten minutes from 19:00, beside the others. `stays_factor`: on
    every mean stay. `sizes`: weights of requests by size in place of the forecast's.
    `no_show_correlation`: of the no-shows of a night (Gaussian copula, the share unchanged).
    `no_show_factor`: on their share. `shut_area`: shut from 19:30, "" for none.
    """

    burst: float = 0.0
    stays_factor: float = 1.0
    sizes: tuple[float, ...] = ()
    no_show_correlation: float = 0.0
    no_show_factor: float = 1.0
    shut_area: str = ""


PLAIN = Stress()

STRESSES = {
    "plain": PLAIN,
    "burst": Stress(burst=12.0),
    "long-stays": Stress(stays_factor=1.25),
    "shut-area": Stress(shut_area="garden"),
    "large-parties": Stress(sizes=REAL_SIZES),
    "correlated": Stress(no_show_correlation=0.3),
    "no-shows-doubled": Stress(no_show_factor=2.0),
}
"""The stresses of nights by name; those of the house are in `houses`."""


class WalkInMinutes(Struct, frozen=True, eq=False):
    """Walk-ins in order of arrival, in minutes [M]; `never_leaves`: a tenth waits for ever."""

    arrives: Ints
    size: Ints
    stay: Ints
    patience: Ints
    never_leaves: Flags


class NightInMinutes(Struct, frozen=True, eq=False):
    """A night in minutes. `night`: the requests as they ask, and the same night in buckets.

    `late`, `stay` [N] of the requests, as in NightDraws. `shut_area`: no party is seated there from
    minute `shut_at` on.
    """

    night: SyntheticNight
    late: Ints
    stay: Ints
    walk_ins: WalkInMinutes
    shut_area: str = ""
    shut_at: int = NEVER_SHUT


def draw_night_in_minutes(truth: Forecast, seed: int, stress: Stress = PLAIN) -> NightInMinutes:
    """Return the night of this seed; without stress `night` is `draw_night(truth, seed)`."""
    drawn_from = _stressed(truth, stress)
    night, draws = draw_night_minutes(drawn_from, seed)
    random = np.random.default_rng([seed, 1])
    walk_ins = _walk_ins(night, draws, random)
    if stress.burst > 0.0:
        walk_ins = _with_burst(walk_ins, drawn_from, stress.burst, random)
    requests = night.requests
    if stress.no_show_correlation > 0.0:
        shows = _correlated_shows(requests, drawn_from, stress.no_show_correlation, random)
        requests = replace(requests, shows=shows)
    return NightInMinutes(
        night=replace(night, truth=truth, requests=requests),
        late=_whole(draws.late),
        stay=np.maximum(_whole(draws.stay), _LEAST_STAY),
        walk_ins=walk_ins,
        shut_area=stress.shut_area,
        shut_at=SHUT_AT if stress.shut_area else NEVER_SHUT,
    )


def in_buckets(night: NightInMinutes) -> SyntheticNight:
    """Return the night as the five-minute lab plays it, a burst included."""
    walk_ins = night.walk_ins
    rounded = replace(
        night.night.walk_ins,
        arrives=walk_ins.arrives // GRID_MINUTES,
        size=walk_ins.size,
        stay=stay_buckets(walk_ins.stay.astype(np.float64)),
        patience=to_buckets(walk_ins.patience.astype(np.float64)),
    )
    return replace(night.night, walk_ins=rounded)


def _stressed(truth: Forecast, stress: Stress) -> Forecast:
    drawn_from = truth if stress.stays_factor == 1.0 else scale_stays(truth, stress.stays_factor)
    if stress.sizes:
        drawn_from = replace(drawn_from, request_sizes=stress.sizes)
    return replace(
        drawn_from,
        no_show_online=stress.no_show_factor * drawn_from.no_show_online,
        no_show_phone=stress.no_show_factor * drawn_from.no_show_phone,
    )


def _walk_ins(
    night: SyntheticNight, draws: NightDraws, random: np.random.Generator
) -> WalkInMinutes:
    buckets = night.walk_ins.arrives
    minute = buckets * GRID_MINUTES + random.integers(0, GRID_MINUTES, len(buckets))
    return _in_order(
        WalkInMinutes(
            arrives=minute,
            size=night.walk_ins.size,
            stay=np.maximum(_whole(draws.walk_in_stay), _LEAST_STAY),
            patience=_whole(draws.patience),
            never_leaves=random.random(len(buckets)) < NEVER_LEAVES_SHARE,
        )
    )


def _with_burst(
    usual: WalkInMinutes, truth: Forecast, burst: float, random: np.random.Generator
) -> WalkInMinutes:
    count = int(random.poisson(burst))
    weights = np.array(truth.walk_in_sizes, np.float64)
    size = random.choice(len(weights), count, p=weights / weights.sum()) + 1
    mean = np.array(truth.stays, np.float64)[np.minimum(size, len(truth.stays)) - 1]
    sigma = math.sqrt(math.log1p(truth.stay_cv**2))
    stay = mean * np.exp(random.normal(-(sigma**2) / 2, sigma, count)) + truth.reset_minutes
    more = WalkInMinutes(
        arrives=BURST_AT + random.integers(0, BURST_MINUTES, count),
        size=size,
        stay=np.maximum(_whole(stay), _LEAST_STAY),
        patience=_whole(random.exponential(truth.patience_minutes, count)),
        never_leaves=random.random(count) < NEVER_LEAVES_SHARE,
    )
    both = {
        name: np.concatenate([getattr(usual, name), getattr(more, name)])
        for name in WalkInMinutes.__struct_fields__
    }
    return _in_order(WalkInMinutes(**both))


def _in_order(walk_ins: WalkInMinutes) -> WalkInMinutes:
    order = np.argsort(walk_ins.arrives, kind="stable")
    names = WalkInMinutes.__struct_fields__
    return WalkInMinutes(**{name: getattr(walk_ins, name)[order] for name in names})


def _correlated_shows(
    requests: Requests, truth: Forecast, correlation: float, random: np.random.Generator
) -> Flags:
    """Return who shows when no-shows share one cause a night: a one-factor Gaussian copula [N]."""
    count = len(requests.size)
    common, own = random.normal(), random.normal(size=count)
    drawn = math.sqrt(correlation) * common + math.sqrt(1.0 - correlation) * own
    phone, online = (
        normal_quantile(share) for share in (truth.no_show_phone, truth.no_show_online)
    )
    return np.asarray(drawn >= np.where(requests.phone, phone, online))


def _whole(minutes: Floats) -> Ints:
    return np.rint(minutes).astype(np.int64)
