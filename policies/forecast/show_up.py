"""Whether a booked party comes, from what is known when it books.

A model is fitted on the venue's own bookings, and moved every night so that the last weeks'
predicted total is the actual one: the total must be right, ranking single bookings brings nothing
measurable (SCIENCE.md, "What it believes"). "Missed" is what the model was fitted on: a no-show
among bookings not cancelled, or a cancellation or no-show among all.
"""

import math
from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from policies.forecast.forecast import Share
from policies.numeric.compiled import Flags, Floats
from policies.numeric.logistic import chances, fit, score_of

FORMAT = 1
"""Of the features below; a kept model of another format is not read but fitted anew."""

RIDGE = 10.0
"""On weights of standardised features: about a third of a log odd each [A]."""

PRIOR_BOOKINGS = 20.0
"""Bookings the rate believed before counts for (SCIENCE.md)."""

SLOPE_RIDGE = 10.0
"""How firmly the spread of the predictions stays as fitted when they are recalibrated [A]."""

GUEST_BOOKINGS = 4.0
"""Bookings the common rate counts for in a guest's own [A]."""


class BookingSeen(Struct, frozen=True, kw_only=True):
    """What is known of a booking when it is made.

    `lead_days` before the start; `weekday` 0 is Monday; `hour` local, of the start; `visits` and
    `no_shows` of the same guest that were known by then.
    """

    lead_days: float
    party_size: int
    channel: str
    weekday: int
    hour: float
    visits: int = 0
    no_shows: int = 0


class ShowUp(Struct, frozen=True, kw_only=True):
    """A fitted model, to be kept as JSON.

    `means` and `scales` standardise the features [F] that `weights` belong to; `channels` are
    those it has met, any other counts as none of them. `slope` and `shift` are the rolling
    correction: log odds are slope x the fitted ones + shift.
    """

    format: int = FORMAT
    base_rate: Share
    bookings: int = 0
    channels: tuple[str, ...] = ()
    means: tuple[float, ...] = ()
    scales: tuple[float, ...] = ()
    weights: tuple[float, ...] = ()
    intercept: float
    slope: float = 1.0
    shift: float = 0.0


def prior_model(rate: Share) -> ShowUp:
    """Return the model that misses everybody at the same rate."""
    return ShowUp(base_rate=rate, intercept=score_of(rate))


def fitted(
    bookings: Sequence[BookingSeen], missed: Flags, *, prior_rate: Share, ridge: float = RIDGE
) -> ShowUp:
    """Return the model of these bookings, shrunk to one rate; the prior's where there are none."""
    if not bookings:
        return prior_model(prior_rate)
    rate = (PRIOR_BOOKINGS * prior_rate + float(missed.sum())) / (PRIOR_BOOKINGS + len(bookings))
    channels = tuple(sorted({booking.channel for booking in bookings}))
    matrix = _features(bookings, channels, rate)
    means, scales = matrix.mean(axis=0), matrix.std(axis=0)
    scales = np.where(scales > 1e-9, scales, 1.0)
    intercept, weights = fit(
        (matrix - means) / scales,
        missed,
        ridge=ridge,
        prior_rate=prior_rate,
        prior_weight=PRIOR_BOOKINGS,
    )
    return ShowUp(
        base_rate=rate,
        bookings=len(bookings),
        channels=channels,
        means=tuple(map(float, means)),
        scales=tuple(map(float, scales)),
        weights=tuple(map(float, weights)),
        intercept=intercept,
    )


def miss_chances(model: ShowUp, bookings: Sequence[BookingSeen]) -> Floats:
    """Return the probability [N] of each booking to be missed."""
    return chances(model.slope * _scores(model, bookings) + model.shift)


def show_chance(model: ShowUp, booking: BookingSeen) -> float:
    """Return the probability that this party comes."""
    return 1.0 - float(miss_chances(model, (booking,))[0])


def recalibrated(model: ShowUp, bookings: Sequence[BookingSeen], missed: Flags) -> ShowUp:
    """Return the model moved to what became of these bookings (the last weeks').

    Its rate follows their total, the model as fitted counting for `PRIOR_BOOKINGS`, and
    predictions that proved too bold move together (intercept and slope: Cox 1958). Without
    bookings it is as it was fitted.
    """
    scores = _scores(model, bookings)
    if not bookings:
        return replace(model, slope=1.0, shift=0.0)
    middle = float(scores.mean())
    level, slopes = fit(
        (scores - middle)[:, None],
        missed,
        ridge=SLOPE_RIDGE,
        prior_rate=float(chances(scores).mean()),
        prior_weight=PRIOR_BOOKINGS,
        towards=1.0,
    )
    slope = float(slopes[0])
    return replace(model, slope=slope, shift=level - slope * middle)


def _scores(model: ShowUp, bookings: Sequence[BookingSeen]) -> Floats:
    if not model.weights or not bookings:
        return np.full(len(bookings), model.intercept)
    matrix = _features(bookings, model.channels, model.base_rate)
    standard = (matrix - np.array(model.means)) / np.array(model.scales)
    scores: Floats = model.intercept + standard @ np.array(model.weights)
    return scores


def _features(bookings: Sequence[BookingSeen], channels: tuple[str, ...], rate: float) -> Floats:
    """Return [N, F]: lead, party, hour, guest, weekdays, channels."""
    return np.array([_row(booking, channels, rate) for booking in bookings], np.float64)


def _row(booking: BookingSeen, channels: tuple[str, ...], rate: float) -> list[float]:
    known = booking.visits + booking.no_shows
    own = (GUEST_BOOKINGS * rate + booking.no_shows) / (GUEST_BOOKINGS + known)
    return [
        math.log1p(max(booking.lead_days, 0.0)),
        float(booking.lead_days < 1.0),
        math.log1p(booking.party_size),
        float(booking.party_size == 1),
        booking.hour,
        booking.hour**2,
        float(known == 0),
        math.log1p(booking.visits),
        score_of(own),
        *(float(booking.weekday == day) for day in range(7)),
        *(float(booking.channel == channel) for channel in channels),
    ]
