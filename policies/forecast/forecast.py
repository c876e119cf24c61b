"""What a period is believed to bring: who asks, who walks in, who comes, how long they stay.

The figures to start from are SCIENCE.md's: [P] published, [D] computed from a data set,
[A] assumed. A house's own history moves them (policies/forecast/learning.py, policies/forecast/show_up.py).
"""

from itertools import pairwise
from typing import Annotated

from msgspec import Meta, Struct

Share = Annotated[float, Meta(ge=0.0, le=1.0)]
Positive = Annotated[float, Meta(gt=0.0)]
Amount = Annotated[float, Meta(ge=0.0)]

SLOT_MINUTES = 15
"""Demand is told in shares by quarter of an hour from the opening on."""

LEAD_QUANTILES = ((0.0, 0.0), (0.10, 0.04), (0.25, 0.21), (0.50, 2.0), (0.75, 6.7), (0.90, 14.2),
                  (0.95, 21.0), (1.0, 60.0))  # fmt: skip
"""(share, days before the start) [D], 36,259 bookings in 275 restaurants; the last is ours."""


class Lateness(Struct, frozen=True, kw_only=True):
    """When guests come, minutes after their time: normal, or late by a base and an exponential.

    [A]: normal(-2, 6); 12 % come 10 + exponential(10) late; cut at -15 and 45.
    """

    mean: float = -2.0
    deviation: Positive = 6.0
    late_share: Share = 0.12
    late_base: float = 10.0
    late_mean: Positive = 10.0
    earliest: float = -15.0
    latest: float = 45.0


class Forecast(Struct, frozen=True, kw_only=True):
    """One period's beliefs. Shares by slot are of `SLOT_MINUTES` from the opening, by size from 1.

    `requests`, `walk_ins`: parties expected in all. `stays`: mean minutes by party size, reset not
    included; log-normal with `stay_cv`. `flexible`: share of guests who take another time within
    half an hour. `cancels`: share of bookings cancelled before the doors open.
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
    cancels: Share = 0.10
    flexible: Share = 0.5
    patience_minutes: Positive = 30.0
    lateness: Lateness = Lateness()


def elapsed_share(days_before: float) -> float:
    """Return the share of a night's requests expected to have been made by so many days before.

    Linear between `LEAD_QUANTILES`: 0 long before, 1 at the start and after it.
    """
    for (below, near), (above, far) in pairwise(LEAD_QUANTILES):
        if days_before < far:
            return 1.0 - below - (above - below) * max(0.0, days_before - near) / (far - near)
    return 0.0


def days_before(elapsed: float) -> float:
    """Return how many days before the start that share of the requests has been made."""
    left = 1.0 - elapsed
    for (below, near), (above, far) in pairwise(LEAD_QUANTILES):
        if left < above:
            return near + (far - near) * max(0.0, left - below) / (above - below)
    return LEAD_QUANTILES[-1][1]
