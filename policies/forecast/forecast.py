"""The forecast of a period: demand, no-shows, cancellations, lateness, stays; booking lead times.

Defaults: no-show shares US 2017 [P]; request sizes [D], 36,259 bookings in 275 restaurants; walk-in
sizes, stays, cancellations and patience [A]. [P] published, [D] computed from data, [A] assumed.
"""

from itertools import pairwise
from typing import Annotated

from msgspec import Meta, Struct

from policies.forecast.miss_odds import MissOdds

Share = Annotated[float, Meta(ge=0.0, le=1.0)]
Positive = Annotated[float, Meta(gt=0.0)]
Amount = Annotated[float, Meta(ge=0.0)]

SLOT_MINUTES = 15
"""Length of the slots that demand is split into, counted from the opening."""

LEAD_QUANTILES = ((0.0, 0.0), (0.10, 0.04), (0.25, 0.21), (0.50, 2.0), (0.75, 6.7), (0.90, 14.2),
                  (0.95, 21.0), (1.0, 60.0))  # fmt: skip
"""Quantiles of the lead time: (share of bookings, days before the start) [D]; the last is [A]."""


class Lateness(Struct, frozen=True, kw_only=True):
    """Distribution of the arrival in minutes after the booked start.

    Normal(mean, deviation), or with `late_share` `late_base` + exponential(`late_mean`); truncated
    to `earliest` .. `latest`. All defaults are [A].
    """

    mean: float = -2.0
    deviation: Positive = 6.0
    late_share: Share = 0.12
    late_base: float = 10.0
    late_mean: Positive = 10.0
    earliest: float = -15.0
    latest: float = 45.0


class Forecast(Struct, frozen=True, kw_only=True):
    """The forecast of one period.

    `requests`, `walk_ins`: expected parties. `*_slots`: shares by slot of `SLOT_MINUTES` from the
    opening; `*_sizes`: weights by party size from 1. `stays`: mean minutes by party size from 1
    without the table reset, log-normal with coefficient of variation `stay_cv`. `cancels`: share of
    bookings cancelled before the opening; `no_show_*`: share of the others that do not come;
    `missed`: the same by booking, None until the house has bookings of its own to learn it from.
    `flexible`: share of guests who accept another start within 30 minutes. `patience_minutes`: mean
    of the exponential wait after which a walk-in leaves.
    """

    requests: Amount = 140.0
    request_slots: tuple[Amount, ...] = ()
    request_sizes: tuple[Amount, ...] = (1.6, 42.7, 16.7, 13.6, 6.3, 4.9, 2.7, 2.7)
    walk_ins: Amount = 40.0
    walk_in_slots: tuple[Amount, ...] = ()
    walk_in_sizes: tuple[Amount, ...] = (6.0, 58.0, 14.0, 15.0, 4.0, 2.0, 0.5, 0.5)
    stays: tuple[Positive, ...] = (80.0, 88.0, 98.0, 105.0, 115.0, 122.0, 130.0, 135.0)
    stay_cv: Positive = 0.30
    reset_minutes: Amount = 6.0
    no_show_online: Share = 0.046
    no_show_phone: Share = 0.057
    missed: MissOdds | None = None
    cancels: Share = 0.10
    flexible: Share = 0.5
    patience_minutes: Positive = 30.0
    lateness: Lateness = Lateness()


def elapsed_share(days_before: float) -> float:
    """Return the share of a night's requests expected to be made until `days_before` the start.

    Linear between `LEAD_QUANTILES`: 0 at 60 days and earlier, 1 at the start and later.
    """
    for (below, near), (above, far) in pairwise(LEAD_QUANTILES):
        if days_before < far:
            return 1.0 - below - (above - below) * max(0.0, days_before - near) / (far - near)
    return 0.0


def days_before(elapsed: float) -> float:
    """Return the inverse of `elapsed_share`: days before the start."""
    left = 1.0 - elapsed
    for (below, near), (above, far) in pairwise(LEAD_QUANTILES):
        if left < above:
            return near + (far - near) * max(0.0, left - below) / (above - below)
    return LEAD_QUANTILES[-1][1]
