"""The prior forecast of a period without history: published figures, scaled to the room.

Demand is scaled so that at the fullest slot the guests present, if every party were seated at its
time, are `PEAK_LOAD` times the house's seats. Requests and walk-ins keep the ratio 140 : 40 of the
benchmark at low load; its room of 224 seats gets 131 and 37.
"""

from collections.abc import Sequence
from datetime import timedelta

import numpy as np
from msgspec.structs import replace

from policies.forecast.forecast import SLOT_MINUTES, Forecast
from policies.house.calendar import Period, largest_party, zone_of
from policies.house.house import House
from policies.numeric.compiled import Floats

PEAK_LOAD = 1.1
"""Guests per seat at the peak [A]: slightly over full."""

START_SHARES = {11: 2.7, 12: 2.8, 13: 2.7, 17: 9.5, 18: 27.2, 19: 24.4, 20: 14.4, 21: 7.7, 22: 3.2}
"""Percent of bookings that start in each local hour [D], 36,259 bookings in 275 restaurants; the
8.2 of lunch are spread evenly."""

OTHER_HOUR_SHARE = 1.0
"""The same for every other hour [A]."""


def prior_forecast(house: House, period: Period) -> Forecast:
    """Return the forecast of a period before there is any history."""
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
    return scaled_demand(shaped, PEAK_LOAD * seats / peak_covers(shaped))


def with_slot_count(forecast: Forecast, slots: int) -> Forecast:
    """Return the forecast with its shares cut or zero-padded to `slots` slots; totals unchanged.

    For a forecast learned on longer or shorter periods of the same name.
    """
    return replace(
        forecast,
        request_slots=_cut(forecast.request_slots, slots),
        walk_in_slots=_cut(forecast.walk_in_slots, slots),
    )


def scaled_demand(forecast: Forecast, factor: float) -> Forecast:
    """Return the forecast with requests and walk-ins multiplied by `factor`."""
    return replace(
        forecast, requests=forecast.requests * factor, walk_ins=forecast.walk_ins * factor
    )


def start_shares(house: House, period: Period) -> tuple[float, ...]:
    """Return the share of each slot of `SLOT_MINUTES` from the opening to the last seating."""
    zone, step = zone_of(house), timedelta(minutes=SLOT_MINUTES)
    starts = [period.opens + step * number for number in range(slot_count(period))]
    hours = [start.astimezone(zone).hour for start in starts]
    weights = [START_SHARES.get(hour, OTHER_HOUR_SHARE) for hour in hours]
    return tuple(weight / sum(weights) for weight in weights)


def slot_count(period: Period) -> int:
    """Return the number of slots of `SLOT_MINUTES`, the one of the last seating included."""
    return (period.last_seating - period.opens) // timedelta(minutes=SLOT_MINUTES) + 1


def peak_covers(forecast: Forecast) -> float:
    """Return the expected guests present at the fullest slot if capacity were unlimited."""
    kept = (1.0 - forecast.cancels) * (1.0 - forecast.no_show_online)
    asked = _wanting(forecast, forecast.request_slots, forecast.request_sizes)
    doors = _wanting(forecast, forecast.walk_in_slots, forecast.walk_in_sizes)
    return float((forecast.requests * kept * asked + forecast.walk_ins * doors).max())


def _wanting(forecast: Forecast, slots: Sequence[float], sizes: Sequence[float]) -> Floats:
    """Return the expected covers present in each slot [S] per party asking."""
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
    """Return the weights with 0 for parties above the largest join: those become enquiries."""
    return tuple(share if size <= largest else 0.0 for size, share in enumerate(sizes, start=1))
