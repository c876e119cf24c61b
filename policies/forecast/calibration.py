"""Calibration: the figures of a forecast beside those of the night it was made for."""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from policies.forecast.forecast import Forecast
from policies.forecast.past_night import PastNight

Measure = Literal["requests", "walk_ins", "cancelled", "no_shows", "shows", "stay_minutes"]


class CalibrationRow(Struct, frozen=True, kw_only=True):
    """One measure of one night, expected and actual: parties, or minutes for `stay_minutes`."""

    measure: Measure
    expected: float
    actual: float


def calibration_rows(forecast: Forecast, night: PastNight) -> tuple[CalibrationRow, ...]:
    """Return the measures for which the night has observations.

    No-shows and shows are expected from the bookings the night had, stays from the party sizes of
    its seatings. Actual requests are too few on nights that sold out (censored).
    """
    return tuple(
        CalibrationRow(measure=measure, expected=expected, actual=actual)
        for measure, expected, actual in _pairs(forecast, night)
    )


def _pairs(forecast: Forecast, night: PastNight) -> Iterator[tuple[Measure, float, float]]:
    asked = sum(night.requests) + sum(night.refused)
    yield "requests", forecast.requests, float(asked)
    yield "walk_ins", forecast.walk_ins, float(sum(night.walk_ins))
    if night.booked:
        yield "cancelled", forecast.cancels * night.booked, float(night.cancelled)
    if night.kept:
        missed = night.kept_online * forecast.no_show_online
        missed += night.kept_phone * forecast.no_show_phone
        yield "no_shows", missed, float(night.no_shows)
        yield "shows", night.kept - missed, float(night.came)
    seatings = sum(map(len, night.stays))
    if seatings:
        actual = sum(map(sum, night.stays)) / seatings
        yield "stay_minutes", _expected_stay(forecast, night) / seatings, actual


def _expected_stay(forecast: Forecast, night: PastNight) -> float:
    largest = len(forecast.stays) - 1
    return sum(
        len(minutes) * forecast.stays[min(size, largest)]
        for size, minutes in enumerate(night.stays)
    )
