"""Show-up model: logistic regression of "missed" on features known at booking time.

Fitted on the venue's own bookings and recalibrated every night, so that the predicted total of the
last weeks equals the actual one: decisions need the total, ranking single bookings gained nothing
measurable in simulation. "Missed" is the target chosen by the caller: a no-show among bookings not
cancelled, or a cancellation or no-show among all.
"""

import math
from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from policies.forecast.forecast import Share
from policies.numeric.compiled import Flags, Floats
from policies.numeric.logistic import fit_logistic, log_odds, sigmoid

MODEL_FORMAT = 1
"""Version of the features; a stored model of another format is fitted anew."""

RIDGE = 10.0
"""Ridge penalty on standardised features: prior deviation of a weight about 0.3 log odds [A]."""

PRIOR_BOOKINGS = 20.0
"""Weight of the prior rate, in bookings."""

SLOPE_RIDGE = 10.0
"""Ridge penalty that keeps the recalibration slope near 1 [A]."""

GUEST_BOOKINGS = 4.0
"""Weight of the common rate in a guest's own rate, in bookings [A]."""


class BookingFeatures(Struct, frozen=True, kw_only=True):
    """Features of a booking at the time it is made.

    `lead_days`: days before the start; `weekday`: 0 is Monday; `hour`: local hour of the start;
    `visits`, `no_shows`: earlier ones of the same guest.
    """

    lead_days: float
    party_size: int
    channel: str
    weekday: int
    hour: float
    visits: int = 0
    no_shows: int = 0


class ShowUp(Struct, frozen=True, kw_only=True):
    """A fitted model, stored as JSON.

    `means`, `scales`, `weights` [F]: standardisation and coefficients. `channels`: one-hot levels,
    an unknown channel has none set. Recalibrated log odds = slope x fitted log odds + shift.
    """

    format: int = MODEL_FORMAT
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
    """Return the model that predicts the same rate for every booking."""
    return ShowUp(base_rate=rate, intercept=log_odds(rate))


def fit_show_up(
    bookings: Sequence[BookingFeatures], missed: Flags, *, prior_rate: Share, ridge: float = RIDGE
) -> ShowUp:
    """Return the model fitted on these bookings, the prior model where there are none."""
    if not bookings:
        return prior_model(prior_rate)
    rate = (PRIOR_BOOKINGS * prior_rate + float(missed.sum())) / (PRIOR_BOOKINGS + len(bookings))
    channels = tuple(sorted({booking.channel for booking in bookings}))
    matrix = _features(bookings, channels, rate)
    means, scales = matrix.mean(axis=0), matrix.std(axis=0)
    scales = np.where(scales > 1e-9, scales, 1.0)
    intercept, weights = fit_logistic(
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


def miss_probabilities(model: ShowUp, bookings: Sequence[BookingFeatures]) -> Floats:
    """Return the probability [N] that each booking is missed."""
    return sigmoid(model.slope * _scores(model, bookings) + model.shift)


def recalibrated(model: ShowUp, bookings: Sequence[BookingFeatures], missed: Flags) -> ShowUp:
    """Return the model recalibrated on the latest bookings: intercept and slope (Cox 1958).

    The intercept makes the predicted total the actual one, the model as fitted weighing as much as
    `PRIOR_BOOKINGS`; a slope below 1 moves overconfident predictions together. Without bookings:
    slope 1, shift 0.
    """
    scores = _scores(model, bookings)
    if not bookings:
        return replace(model, slope=1.0, shift=0.0)
    middle = float(scores.mean())
    level, slopes = fit_logistic(
        (scores - middle)[:, None],
        missed,
        ridge=SLOPE_RIDGE,
        prior_rate=float(sigmoid(scores).mean()),
        prior_weight=PRIOR_BOOKINGS,
        towards=1.0,
    )
    slope = float(slopes[0])
    return replace(model, slope=slope, shift=level - slope * middle)


def _scores(model: ShowUp, bookings: Sequence[BookingFeatures]) -> Floats:
    if not model.weights or not bookings:
        return np.full(len(bookings), model.intercept)
    matrix = _features(bookings, model.channels, model.base_rate)
    standard = (matrix - np.array(model.means)) / np.array(model.scales)
    scores: Floats = model.intercept + standard @ np.array(model.weights)
    return scores


def _features(
    bookings: Sequence[BookingFeatures], channels: tuple[str, ...], rate: float
) -> Floats:
    """Return the features [N, F]: lead, party size, hour, guest, weekdays, channels."""
    return np.array([_row(booking, channels, rate) for booking in bookings], np.float64)


def _row(booking: BookingFeatures, channels: tuple[str, ...], rate: float) -> list[float]:
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
        log_odds(own),
        *(float(booking.weekday == day) for day in range(7)),
        *(float(booking.channel == channel) for channel in channels),
    ]
