"""A synthetic night as a house would remember it: what the benchmark's beliefs learn from."""

import numpy as np

from policies.forecast.past_night import PastNight
from policies.house.grid import GRID_MINUTES
from policies.lab.nights import SLOT_BUCKETS, SyntheticNight
from policies.numeric.compiled import Flags, Floats, Ints

DOORS = 1.0
"""A cancel time from here on is never (nights.NEVER_CANCELLED)."""


def past_of(night: SyntheticNight, accepted: Flags | None = None) -> PastNight:
    """Return what the house saw of a night, every refusal written down.

    `accepted` [N]: whose requests were promised a table, all by default. The sittings of who came
    and of every walk-in are counted, as if nobody had been turned away at the door.
    """
    asked, doors = night.requests, night.walk_ins
    booked = np.ones(len(asked.size), np.bool_) if accepted is None else accepted
    kept = booked & (asked.cancels >= DOORS)
    came = kept & asked.shows
    size = np.concatenate([asked.size[came], doors.size])
    stays = np.concatenate([asked.stay[came], doors.stay]) * GRID_MINUTES
    return PastNight(
        requests=_counted(asked.wish // SLOT_BUCKETS),
        request_sizes=_counted(asked.size - 1),
        walk_ins=_counted(doors.arrives // SLOT_BUCKETS),
        walk_in_sizes=_counted(doors.size - 1),
        booked=int(booked.sum()),
        cancelled=int((booked & ~kept).sum()),
        kept_online=int((kept & ~asked.phone).sum()),
        kept_phone=int((kept & asked.phone).sum()),
        no_shows=int((kept & ~asked.shows).sum()),
        late=_minutes(asked.late[came], night.seed),
        stays=_by_size(size, stays - night.truth.reset_minutes),
        covers=int(size.sum()),
    )


def _minutes(late: Ints, seed: int) -> tuple[float, ...]:
    """Return arrivals spread over the five minutes each was rounded to."""
    within = np.random.default_rng(seed).random(len(late)) - 0.5
    return tuple(float(one) for one in (late + within) * GRID_MINUTES)


def _counted(numbers: Ints) -> tuple[int, ...]:
    return tuple(int(count) for count in np.bincount(numbers))


def _by_size(size: Ints, minutes: Floats) -> tuple[tuple[float, ...], ...]:
    largest = int(size.max(initial=0))
    return tuple(tuple(map(float, minutes[size == one])) for one in range(1, largest + 1))
