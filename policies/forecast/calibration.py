"""What was believed of a night beside what it brought: how good the beliefs are."""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from policies.forecast.forecast import Forecast
from policies.forecast.past_night import PastNight

Measure = Literal["requests", "walk_ins", "cancelled", "no_shows", "shows", "stay_minutes"]


class Compared(Struct, frozen=True, kw_only=True):
    """Parties (or mean minutes) expected and happened, of one night."""

    measure: Measure
    expected: float
    actual: float


def compared(forecast: Forecast, night: PastNight) -> tuple[Compared, ...]:
    """Return every measure of the night that says something.

    No-shows and shows are of the bookings that night had; stays of the sittings it had, each
    expected to last what parties of its size are believed to. Nights that sold out show fewer
    requests than are believed.
    """
    return tuple(
        Compared(measure=measure, expected=expected, actual=actual)
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
    sittings = sum(map(len, night.stays))
    if sittings:
        actual = sum(map(sum, night.stays)) / sittings
        yield "stay_minutes", _expected_stay(forecast, night) / sittings, actual


def _expected_stay(forecast: Forecast, night: PastNight) -> float:
    largest = len(forecast.stays) - 1
    return sum(
        len(minutes) * forecast.stays[min(size, largest)]
        for size, minutes in enumerate(night.stays)
    )
