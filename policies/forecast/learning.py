"""Learning a forecast from past nights, and updating it by the requests seen so far.

Every figure is the prior shrunk towards the data with a fixed weight of the prior. The results do
not depend on the order of the nights, except where a function says so.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby

import numpy as np
from msgspec.structs import replace

from policies.forecast.demand import with_demand
from policies.forecast.forecast import Forecast
from policies.forecast.lateness import learned_lateness
from policies.forecast.past_night import PastNight
from policies.forecast.show_up import BookingFeatures, ShowUp, fit_show_up, miss_odds, recalibrated
from policies.forecast.stays import with_caution, with_stays

HISTORY = timedelta(weeks=26)
"""How far back the show-up model and the demand by weekday look; the rest uses `NIGHTS`."""


LAST_WEEKS = timedelta(weeks=8)
"""Time over which the show-up model is recalibrated to the actual total."""


WEEKDAYS = range(1, 8)


NIGHTS = 30
"""Number of the latest nights learned from."""

WINDOW_WEIGHT = 16.0
"""Weight of the forecast within the booking window, in requests."""

NO_SHOW_WEIGHT = 20.0
CANCEL_WEIGHT = 50.0
SIZE_WEIGHT = 100.0
"""Weights of the prior, in bookings (sizes: in parties).

20 bookings removed the loss from no-show shares wrong by a factor of 2 in simulation; the others
are [A].
"""


def updated_by_bookings(forecast: Forecast, seen: float, elapsed: float) -> Forecast:
    """Return the forecast after `seen` requests in the `elapsed` share of the booking window.

    The posterior mean of a Poisson rate with a gamma prior worth 16 requests:
    (16 + seen) / (16 / prior + elapsed). `seen` includes refused requests.
    """
    if forecast.requests <= 0.0:
        return forecast
    rate = (WINDOW_WEIGHT + seen) / (WINDOW_WEIGHT / forecast.requests + elapsed)
    return replace(forecast, requests=rate)


def learned_forecast(
    prior: Forecast, nights: Sequence[PastNight], stay_caution: float = 0.0
) -> Forecast:
    """Return the prior updated by the nights, with stays longer by the share `stay_caution`.

    Raises ValueError for a `stay_caution` outside 0 to 0.2.
    """
    found = with_behaviour(with_demand(prior, nights), nights)
    return with_caution(found, stay_caution)


def with_behaviour(prior: Forecast, nights: Sequence[PastNight]) -> Forecast:
    """Return the forecast with everything but demand learned: sizes, shows, lateness, stays."""
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
    """Return actual / expected no-shows over all channels, shrunk to 1 by 20 bookings."""
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
    """Return weights by size on the prior's scale; larger parties count as its largest size."""
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


def forecasts_by_weekday(
    prior: Forecast, nights: Sequence[tuple[date, PastNight]]
) -> Mapping[int, tuple[Forecast, int]]:
    """Return for each ISO weekday its forecast and the number of nights its demand rests on.

    `nights`: of one period name, latest first. Behaviour and the common demand are learned from the
    last `NIGHTS`; a weekday's demand is the common one shrunk towards that weekday's nights.
    """
    latest = [night for _, night in nights[:NIGHTS]]
    common = with_demand(with_behaviour(prior, latest), latest)
    ordered = sorted(nights, key=lambda each: each[0].isoweekday())
    own = {
        day: [night for _, night in group][:NIGHTS]
        for day, group in groupby(ordered, key=lambda each: each[0].isoweekday())
    }
    return {day: (with_demand(common, own.get(day, ())), len(own.get(day, ()))) for day in WEEKDAYS}


def with_misses(forecast: Forecast, model: ShowUp, weekday: int) -> Forecast:
    """Return the forecast of an ISO weekday with the show-up model, if one is fitted."""
    return replace(forecast, missed=miss_odds(model, weekday - 1))


def learned_show_up(
    dates: Sequence[date], bookings: Sequence[BookingFeatures], missed: Sequence[bool], until: date
) -> ShowUp:
    """Return the model fitted on bookings [N] in order of date, recalibrated on `LAST_WEEKS`.

    Without bookings: the published no-show share of online bookings for everybody.
    """
    outcomes = np.array(missed, np.bool_)
    model = fit_show_up(bookings, outcomes, prior_rate=Forecast().no_show_online)
    first = sum(each <= until - LAST_WEEKS for each in dates)
    return recalibrated(model, bookings[first:], outcomes[first:])
