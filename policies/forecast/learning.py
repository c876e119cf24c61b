"""Beliefs kept honest: what past nights, and the requests seen so far, make of a forecast.

Every figure is the prior's, moved towards the data by as much as there are; the weights are
SCIENCE.md's ("What it believes") where it gives them. Pure: the order of the nights is nothing.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby

from msgspec.structs import replace

from policies.forecast.demand import with_demand
from policies.forecast.forecast import Forecast
from policies.forecast.lateness import learned_lateness
from policies.forecast.past_night import PastNight
from policies.forecast.show_up import BookingSeen, ShowUp, fitted, recalibrated
from policies.forecast.stays import with_caution, with_stays
from policies.numeric.compiled import Flags

HISTORY = timedelta(weeks=26)
"""How far back the show-up model and a weekday's demand look; the rest looks at `NIGHTS`."""


LAST_WEEKS = timedelta(weeks=8)
"""The show-up model's total is that of so long."""


WEEKDAYS = range(1, 8)


NIGHTS = 30
"""How many past nights the service looks at."""

WINDOW_WEIGHT = 16.0
"""Requests a belief counts for against those seen within the booking window."""

NO_SHOW_WEIGHT = 20.0
CANCEL_WEIGHT = 50.0
SIZE_WEIGHT = 100.0
"""Bookings (the last: parties) the prior counts for; 20 is SCIENCE.md's, the others are [A]."""


def within_window(forecast: Forecast, seen: float, elapsed: float) -> Forecast:
    """Return the forecast after `seen` requests in the `elapsed` share of the booking window.

    The rate is (16 + seen) / (16 / prior + elapsed): a gamma prior worth 16 requests. A sold-out
    evening's refusals belong to `seen`.
    """
    if forecast.requests <= 0.0:
        return forecast
    rate = (WINDOW_WEIGHT + seen) / (WINDOW_WEIGHT / forecast.requests + elapsed)
    return replace(forecast, requests=rate)


def learned(prior: Forecast, nights: Sequence[PastNight], stay_caution: float = 0.0) -> Forecast:
    """Return what the nights make of the prior, stays believed longer by `stay_caution` (0-0.2).

    Without nights the prior itself (and the caution); raises ValueError for another caution.
    """
    found = with_manners(with_demand(prior, nights), nights)
    return with_caution(found, stay_caution)


def with_manners(prior: Forecast, nights: Sequence[PastNight]) -> Forecast:
    """Return the forecast with all the nights teach but how many come: sizes, shows, stays."""
    if not nights:
        return prior
    factor = no_show_factor(prior, nights)
    return replace(
        with_stays(prior, nights),
        request_sizes=_sizes(prior.request_sizes, [night.request_sizes for night in nights]),
        walk_in_sizes=_sizes(prior.walk_in_sizes, [night.walk_in_sizes for night in nights]),
        no_show_online=min(1.0, prior.no_show_online * factor),
        no_show_phone=min(1.0, prior.no_show_phone * factor),
        cancels=_cancels(prior, nights),
        lateness=learned_lateness(prior.lateness, nights),
    )


def no_show_factor(prior: Forecast, nights: Sequence[PastNight]) -> float:
    """Return by how much no-shows outnumber those believed, pooled and shrunk by 20 bookings."""
    online = sum(night.kept_online for night in nights)
    phone = sum(night.kept_phone for night in nights)
    expected = online * prior.no_show_online + phone * prior.no_show_phone
    if expected <= 0.0:
        return 1.0
    weight = NO_SHOW_WEIGHT * expected / (online + phone)
    return (weight + sum(night.no_shows for night in nights)) / (weight + expected)


def _cancels(prior: Forecast, nights: Sequence[PastNight]) -> float:
    booked = sum(night.booked for night in nights)
    cancelled = sum(night.cancelled for night in nights)
    return (CANCEL_WEIGHT * prior.cancels + cancelled) / (CANCEL_WEIGHT + booked)


def _sizes(prior: tuple[float, ...], counts: Sequence[Sequence[int]]) -> tuple[float, ...]:
    """Return weights in the prior's scale; parties larger than its last count as that."""
    seen = [0] * len(prior)
    for row in counts:
        for size, count in enumerate(row):
            seen[min(size, len(prior) - 1)] += count
    if not any(seen):
        return prior
    whole, parties = sum(prior), SIZE_WEIGHT + sum(seen)
    return tuple(
        (SIZE_WEIGHT * weight + whole * count) / parties
        for weight, count in zip(prior, seen, strict=True)
    )


def by_weekday(
    prior: Forecast, nights: Sequence[tuple[date, PastNight]]
) -> Mapping[int, tuple[Forecast, int]]:
    """Return for each ISO weekday its forecast and on how many nights of it the demand rests.

    `nights`, the latest first, of one name. Manners and the common demand are of the last
    `NIGHTS`; a weekday's demand is the common one moved by its own nights.
    """
    latest = [night for _, night in nights[:NIGHTS]]
    common = with_demand(with_manners(prior, latest), latest)
    ordered = sorted(nights, key=lambda each: each[0].isoweekday())
    own = {
        day: [night for _, night in group][:NIGHTS]
        for day, group in groupby(ordered, key=lambda each: each[0].isoweekday())
    }
    return {day: (with_demand(common, own.get(day, ())), len(own.get(day, ()))) for day in WEEKDAYS}


def show_up(
    dates: Sequence[date], bookings: Sequence[BookingSeen], missed: Flags, until: date
) -> ShowUp:
    """Return the model of these bookings [N], in order of date, its total that of the last weeks.

    Before any booking: the published no-show share of bookings online.
    """
    model = fitted(bookings, missed, prior_rate=Forecast().no_show_online)
    first = sum(each <= until - LAST_WEEKS for each in dates)
    return recalibrated(model, bookings[first:], missed[first:])
