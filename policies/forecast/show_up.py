"""Show-up model: logistic regression of "missed" on features known at booking time.

Fitted on the venue's own bookings and recalibrated every night, so that the predicted total of the
last weeks equals the actual one: decisions need the total. Folded into `MissOdds` it tells the
scenario ledger and the look-ahead how likely each promise is missed. It knows only what a promise
carries (not who the guest is), so that no decision reads more than the picture. "Missed" is the
target chosen by the caller: a no-show among bookings not cancelled, or a cancellation or no-show
among all.
"""

import math
from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from policies.forecast.forecast import Share
from policies.forecast.miss_odds import MissOdds
from policies.numeric.compiled import Flags, Floats
from policies.numeric.logistic import fit_logistic, log_odds, sigmoid

MODEL_FORMAT = 2
"""Version of the features; a stored model of another format is fitted anew."""

RIDGE = 300.0
"""Ridge penalty on standardised features.

Of 10 to 1000, on simulated houses after 3, 10 and 30 evenings: never more than 0.001 of log-loss
behind the house's plain rate where only the rate differs, up to 0.021 better where the lead
matters. 10 lost 0.013 in the first week.
"""

WEEKDAYS = 7

PRIOR_BOOKINGS = 20.0
"""Weight of the prior rate, in bookings."""

SLOPE_RIDGE = 10.0
"""Ridge penalty that keeps the recalibration slope near 1 [A]."""

SIZES = 20
"""Party sizes that `MissOdds` tells apart; larger ones count as the largest."""


class BookingFeatures(Struct, frozen=True, kw_only=True):
    """Features of a booking at the time it is made.

    `lead_days`: days before the start; `weekday`: 0 is Monday; `hour`: hours from the opening of
    its period to the start.
    """

    lead_days: float
    party_size: int
    channel: str
    weekday: int
    hour: float


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
    matrix = _features(bookings, channels)
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


def miss_odds(model: ShowUp, weekday: int) -> MissOdds | None:
    """Return the model folded for one weekday (0 is Monday); None where nothing was fitted."""
    if not model.weights:
        return None
    weights = [
        model.slope * w / scale for w, scale in zip(model.weights, model.scales, strict=True)
    ]
    level = model.slope * model.intercept + model.shift
    level -= sum(weight * mean for weight, mean in zip(weights, model.means, strict=True))
    lead, soon, size, alone, hour, squared, *others = weights
    days, channels = others[:WEEKDAYS], others[WEEKDAYS:]
    by_size = (size * math.log1p(number) + alone * (number == 1) for number in range(1, SIZES + 1))
    return MissOdds(
        level=level + days[weekday],
        lead=lead,
        soon=soon,
        sizes=tuple(by_size),
        hour=hour,
        hour_squared=squared,
        channels=dict(zip(model.channels, channels, strict=True)),
    )


def _scores(model: ShowUp, bookings: Sequence[BookingFeatures]) -> Floats:
    if not model.weights or not bookings:
        return np.full(len(bookings), model.intercept)
    matrix = _features(bookings, model.channels)
    standard = (matrix - np.array(model.means)) / np.array(model.scales)
    scores: Floats = model.intercept + standard @ np.array(model.weights)
    return scores


def _features(bookings: Sequence[BookingFeatures], channels: tuple[str, ...]) -> Floats:
    """Return the features [N, F]: lead, party size, hour, weekdays, channels."""
    return np.array([_row(booking, channels) for booking in bookings], np.float64)


def _row(booking: BookingFeatures, channels: tuple[str, ...]) -> list[float]:
    return [
        math.log1p(max(booking.lead_days, 0.0)),
        float(booking.lead_days < 1.0),
        math.log1p(booking.party_size),
        float(booking.party_size == 1),
        booking.hour,
        booking.hour**2,
        *(float(booking.weekday == day) for day in range(WEEKDAYS)),
        *(float(booking.channel == channel) for channel in channels),
    ]
