"""A past evening as a night in minutes: who asked, who came, and what is not known drawn.

Known: who asked when, for what time and how many, accepted or refused; who cancelled, came, was
late, and how long they sat. Not known, and drawn from the house's forecast: the stay and lateness
of who was refused or never came, whether another start would do, how long who was seated would have
waited. Who never asked is not seen at all.
"""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from policies.forecast.forecast import Forecast, elapsed_share
from policies.house.grid import GRID_MINUTES
from policies.lab.minutes.nights import NightInMinutes, WalkInMinutes
from policies.lab.nights import (
    NEVER_CANCELLED,
    Requests,
    SyntheticNight,
    WalkIns,
    draw_night_minutes,
    stay_buckets,
    to_buckets,
)
from policies.numeric.compiled import Floats, Ints

LEAST_STAY = 15


class AskedTable(Struct, frozen=True, kw_only=True):
    """A reservation or a refused request.

    `minute`: wished start after the opening. `days_before`: the opening, when it was asked;
    `cancelled_days` likewise, None where it was not cancelled. `shows`, `late` (minutes), `stay`
    (minutes, without the reset): None where nobody knows.
    """

    minute: float
    days_before: float
    party_size: int
    by_phone: bool
    cancelled_days: float | None = None
    shows: bool | None = None
    late: float | None = None
    stay: float | None = None


class CameIn(Struct, frozen=True, kw_only=True):
    """A party without a reservation; `waited`: minutes until it sat or left, `sat`: which."""

    minute: float
    party_size: int
    waited: float
    sat: bool
    stay: float | None = None


class PastAsked(Struct, frozen=True, kw_only=True):
    """All that was asked of one past period; `tables` in the order of asking."""

    tables: tuple[AskedTable, ...] = ()
    came_in: tuple[CameIn, ...] = ()


def night_of(past: PastAsked, believed: Forecast, largest: int, seed: int) -> NightInMinutes:
    """Return the evening as a night that can be played; the same seed draws the same unknowns.

    `largest`: the most guests that a table or a join seats; larger parties that walked in are left
    out, as at the door. `seed`: below 2**31.
    """
    random = np.random.default_rng([seed, 2])
    tables, came = past.tables, [each for each in past.came_in if each.party_size <= largest]
    came.sort(key=lambda each: each.minute)
    drawn = _drawn(believed, seed, len(tables), len(came))
    size = np.array([each.party_size for each in tables], np.int64)
    late = _known_or([each.late for each in tables], drawn[0])
    stay = _stays([each.stay for each in tables], size, believed, drawn[1])
    requests = _requests(tables, believed, random, late, stay)
    walk_ins = _walk_ins(came, believed, random, drawn[2])
    night = SyntheticNight(seed, believed, requests, _in_buckets(walk_ins))
    return NightInMinutes(
        night=night, late=_whole(late), stay=np.maximum(_whole(stay), LEAST_STAY), walk_ins=walk_ins
    )


def _drawn(believed: Forecast, seed: int, tables: int, came: int) -> tuple[Floats, Floats, Floats]:
    """Return lateness [N] and, as multiples of the mean stay, stays of tables [N], walk-ins [M].

    They come from nights as the house's forecast draws them, as many as it takes.
    """
    late, stays, walked = [np.zeros(0)], [np.zeros(0)], [np.zeros(0)]
    number = 0
    while sum(map(len, late)) < tables or sum(map(len, walked)) < came:
        night, draws = draw_night_minutes(_busy(believed), seed + 7919 * number)
        late.append(draws.late)
        stays.append(draws.stay / _mean_stays(night.requests.size, believed))
        walked.append(draws.walk_in_stay / _mean_stays(night.walk_ins.size, believed))
        number += 1
    return (
        np.concatenate(late)[:tables],
        np.concatenate(stays)[:tables],
        np.concatenate(walked)[:came],
    )


def _busy(believed: Forecast) -> Forecast:
    """Return the forecast with guests to draw from, however few it expects."""
    slots = believed.request_slots or (1.0,)
    doors = believed.walk_in_slots or (1.0,)
    most = {"requests": max(believed.requests, 50.0), "walk_ins": max(believed.walk_ins, 50.0)}
    return replace(believed, request_slots=slots, walk_in_slots=doors, **most)


def _requests(
    tables: Sequence[AskedTable],
    believed: Forecast,
    random: np.random.Generator,
    late: Floats,
    stay: Floats,
) -> Requests:
    count = len(tables)
    phone = np.array([each.by_phone for each in tables], bool)
    miss = np.where(phone, believed.no_show_phone, believed.no_show_online)
    comes = random.random(count) >= miss
    leaves, flexible = random.random(count), random.random(count) < believed.flexible
    asked = np.array([elapsed_share(each.days_before) for each in tables])
    cancels = [
        _cancels(each, share, float(draw), believed)
        for each, share, draw in zip(tables, asked.tolist(), leaves, strict=True)
    ]
    return Requests(
        asked=asked,
        size=np.array([each.party_size for each in tables], np.int64),
        wish=np.array([max(0, int(each.minute // GRID_MINUTES)) for each in tables], np.int64),
        flexible=flexible,
        obliging=np.zeros(count, bool),
        phone=phone,
        shows=np.array(
            [
                bool(draw) if each.shows is None else each.shows
                for each, draw in zip(tables, comes, strict=True)
            ],
            bool,
        ),
        cancels=np.array(cancels, np.float64),
        late=to_buckets(late),
        stay=stay_buckets(stay),
    )


def _cancels(each: AskedTable, asked: float, draw: float, believed: Forecast) -> float:
    """Return when a request is cancelled; of one that was refused nobody knows, so it is drawn."""
    if each.cancelled_days is not None:
        return min(1.0, max(asked, elapsed_share(each.cancelled_days)))
    if each.shows is None and draw < believed.cancels:
        return asked + (1.0 - asked) * draw / believed.cancels
    return NEVER_CANCELLED


def _walk_ins(
    came: Sequence[CameIn], believed: Forecast, random: np.random.Generator, stays: Floats
) -> WalkInMinutes:
    """Return who came in; who sat would have waited longer by the house's patience, drawn."""
    size = np.array([each.party_size for each in came], np.int64)
    more = random.exponential(believed.patience_minutes, len(came))
    waited = np.array([each.waited for each in came], np.float64)
    sat = np.array([each.sat for each in came], bool)
    stay = _stays([each.stay for each in came], size, believed, stays)
    return WalkInMinutes(
        arrives=np.array([max(0, int(each.minute)) for each in came], np.int64),
        size=size,
        stay=np.maximum(_whole(stay), LEAST_STAY),
        patience=_whole(waited + np.where(sat, more, 0.0)),
        never_leaves=np.zeros(len(came), bool),
    )


def _in_buckets(walk_ins: WalkInMinutes) -> WalkIns:
    return WalkIns(
        arrives=walk_ins.arrives // GRID_MINUTES,
        size=walk_ins.size,
        stay=stay_buckets(walk_ins.stay.astype(np.float64)),
        patience=to_buckets(walk_ins.patience.astype(np.float64)),
    )


def _stays(known: Sequence[float | None], size: Ints, believed: Forecast, drawn: Floats) -> Floats:
    """Return minutes at the table, the reset included: as they were, else drawn."""
    as_known = [None if each is None else each + believed.reset_minutes for each in known]
    return _known_or(as_known, drawn * _mean_stays(size, believed))


def _mean_stays(size: Ints, believed: Forecast) -> Floats:
    means = np.array(believed.stays, np.float64)
    found: Floats = means[np.clip(size, 1, len(means)) - 1]
    return found


def _known_or(known: Sequence[float | None], drawn: Floats) -> Floats:
    return np.array(
        [
            float(draw) if each is None else each
            for each, draw in zip(known, drawn.tolist(), strict=True)
        ],
        np.float64,
    )


def _whole(minutes: Floats) -> Ints:
    return np.rint(minutes).astype(np.int64)
