"""What to believe of a period before the house has any history: the published figures, its room.

Demand is scaled so that at the fullest quarter of an hour the parties wanting a table, were all
of them seated at their time, would fill `BUSY` times the house's seats. Requests and walk-ins keep
the ratio of the benchmark at low load, 140 to 40; its room (224 seats) gets 131 and 37.
"""

from collections.abc import Sequence
from datetime import timedelta

import numpy as np
from msgspec.structs import replace

from policies.forecast.forecast import SLOT_MINUTES, Forecast
from policies.house.calendar import Period, largest_party, zone_of
from policies.house.house import House
from policies.numeric.compiled import Floats

BUSY = 1.1
"""Guests wanting a seat at the peak, a seat [A]: full, and a little more."""

START_SHARES = {11: 2.7, 12: 2.8, 13: 2.7, 17: 9.5, 18: 27.2, 19: 24.4, 20: 14.4, 21: 7.7, 22: 3.2}
"""Percent of bookings starting in each local hour [D], 36,259 bookings in 275 restaurants; lunch
8.2 in all, evenly spread here."""

QUIET_HOUR = 1.0
"""The same for hours that are not in it [A]."""


def first_forecast(house: House, period: Period) -> Forecast:
    """Return the forecast of a period nothing is known about, with its slots from the opening."""
    slots = start_shares(house, period)
    largest = largest_party(house)
    common = Forecast()
    shaped = replace(
        common,
        request_slots=slots,
        walk_in_slots=slots,
        request_sizes=_up_to(common.request_sizes, largest),
        walk_in_sizes=_up_to(common.walk_in_sizes, largest),
    )
    seats = sum(table.seats_max for table in house.tables)
    return times(shaped, BUSY * seats / peak_covers(shaped))


def fitting(forecast: Forecast, slots: int) -> Forecast:
    """Return the forecast with its demand spread over so many slots: longer evenings lent it more.

    The totals stay; a slot beyond those believed of brings nobody.
    """
    return replace(
        forecast,
        request_slots=_cut(forecast.request_slots, slots),
        walk_in_slots=_cut(forecast.walk_in_slots, slots),
    )


def times(forecast: Forecast, factor: float) -> Forecast:
    """Return the forecast with so many times the requests and walk-ins."""
    return replace(
        forecast, requests=forecast.requests * factor, walk_ins=forecast.walk_ins * factor
    )


def start_shares(house: House, period: Period) -> tuple[float, ...]:
    """Return the share of each slot of `SLOT_MINUTES` from the opening to the last seating."""
    zone, step = zone_of(house), timedelta(minutes=SLOT_MINUTES)
    starts = [period.opens + step * number for number in range(slot_count(period))]
    hours = [start.astimezone(zone).hour for start in starts]
    weights = [START_SHARES.get(hour, QUIET_HOUR) for hour in hours]
    return tuple(weight / sum(weights) for weight in weights)


def slot_count(period: Period) -> int:
    """Return how many slots of `SLOT_MINUTES` the period has, the last seating's included."""
    return (period.last_seating - period.opens) // timedelta(minutes=SLOT_MINUTES) + 1


def peak_covers(forecast: Forecast) -> float:
    """Return the guests expected to want a seat at the fullest slot, were there room for all."""
    kept = (1.0 - forecast.cancels) * (1.0 - forecast.no_show_online)
    asked = _wanting(forecast, forecast.request_slots, forecast.request_sizes)
    doors = _wanting(forecast, forecast.walk_in_slots, forecast.walk_in_sizes)
    return float((forecast.requests * kept * asked + forecast.walk_ins * doors).max())


def _wanting(forecast: Forecast, slots: Sequence[float], sizes: Sequence[float]) -> Floats:
    """Return covers a party wanting a seat in each slot [S], by slots of start and sizes."""
    starts = np.array(slots) / sum(slots)
    total = np.zeros(len(starts))
    for size, share in enumerate(sizes, start=1):
        stay = forecast.stays[min(size, len(forecast.stays)) - 1] + forecast.reset_minutes
        lasts = np.ones(max(1, round(stay / SLOT_MINUTES)))
        total += np.convolve(starts, lasts)[: len(starts)] * size * share / sum(sizes)
    return total


def _cut(shares: tuple[float, ...], slots: int) -> tuple[float, ...]:
    kept = shares[:slots] + (0.0,) * (slots - len(shares))
    whole = sum(kept)
    return tuple(share / whole for share in kept) if whole > 0.0 else (1.0 / slots,) * slots


def _up_to(sizes: tuple[float, ...], largest: int) -> tuple[float, ...]:
    """Return the shares of sizes; parties larger than the room takes are enquiries."""
    return tuple(share if size <= largest else 0.0 for size, share in enumerate(sizes, start=1))
