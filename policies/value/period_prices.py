"""Bid prices of a period, from the demand still expected and the capacity left."""

from datetime import datetime, timedelta

import numpy as np

from policies.book.picture import BidPrices, Picture
from policies.forecast.forecast import SLOT_MINUTES, Forecast, elapsed_share
from policies.forecast.learning import updated_by_bookings
from policies.forecast.period_grid import PeriodGrid, grid_of
from policies.house.grid import GRID_MINUTES
from policies.house.house import House
from policies.house.layout import WHOLE_ROOM, Layout, layout_of
from policies.numeric.compiled import Floats
from policies.risk.closures import closures_of, open_resources
from policies.risk.ledger import LedgerParty
from policies.risk.parties import ledger_parties, party_reader
from policies.risk.party_draws import cancel_chance
from policies.value.bid_prices import SLOT, ExpectedDemand, Pricer, Prices, UnitValues

PRICE_DECIMALS = 2
"""Decimals kept of a price; a cover is worth 50."""

_DAY = timedelta(days=1)
_SLOT = timedelta(minutes=SLOT_MINUTES)


def price_period(
    picture: Picture, house: House, forecast: Forecast, seen: float, *, now: datetime
) -> BidPrices:
    """Return the bid prices of the picture's period for guests expected from now on.

    `forecast`: before anybody asked; `seen`: the requests made for the period so far, refused
    ones too. Starts from the picture's prices where they are of this room.
    """
    grid, layout = grid_of(picture.period), layout_of(house)
    left = _left(forecast, grid, now)
    asked = 1.0 - float(_shares(forecast.request_slots) @ left[: len(forecast.request_slots)])
    believed = updated_by_bookings(forecast, seen, asked)
    pricer = Pricer(layout, believed, UnitValues(), length=grid.length)
    closed = closures_of(picture, layout, grid, now=now)
    if closed:
        pricer.capacity = pricer.usable_capacity(
            open_resources(layout, WHOLE_ROOM, closed, grid.length)
        )
    parties = ledger_parties(party_reader(grid, layout, believed), picture, now, {}).values()
    expected = ExpectedDemand(
        _requests(believed, layout, left),
        _walk_ins(believed, layout, grid, now),
        _booked(believed, layout, grid.share(now), list(parties)),
    )
    table = pricer.prices(expected, _before(picture, pricer)).table
    return BidPrices(
        made_at=now,
        house_version=picture.period.house_version,
        forecast=believed,
        table=tuple(tuple(np.round(row, PRICE_DECIMALS).tolist()) for row in table),
    )


def _left(forecast: Forecast, grid: PeriodGrid, now: datetime) -> Floats:
    """Return [N]: the share of the requests for each quarter of an hour still to be made."""
    starts = (grid.opens + _SLOT * number for number in range(_slots(forecast)))
    return np.array([1.0 - elapsed_share((start - now) / _DAY) for start in starts])


def _slots(forecast: Forecast) -> int:
    return max(1, len(forecast.request_slots), len(forecast.walk_in_slots))


def _requests(forecast: Forecast, layout: Layout, left: Floats) -> Floats:
    comes = (1.0 - forecast.cancels) * (1.0 - forecast.no_show_online)
    slots = _padded(_shares(forecast.request_slots), len(left)) * left
    return forecast.requests * comes * np.outer(_sizes(forecast.request_sizes, layout), slots)


def _walk_ins(forecast: Forecast, layout: Layout, grid: PeriodGrid, now: datetime) -> Floats:
    """Return walk-ins still to come; of the present quarter of an hour, what is left of it."""
    gone = (now - grid.opens) / _SLOT
    number = _slots(forecast)
    ahead = np.clip(np.arange(1, number + 1) - gone, 0.0, 1.0)
    slots = _padded(_shares(forecast.walk_in_slots), number) * ahead
    return forecast.walk_ins * np.outer(_sizes(forecast.walk_in_sizes, layout), slots)


def _booked(forecast: Forecast, layout: Layout, now: float, parties: list[LedgerParty]) -> Floats:
    """Return parties booked or seated, by the slot they begin in."""
    mass = np.zeros((layout.largest, _slots(forecast)))
    for party in parties:
        begins = party.start - round((party.sat_for or 0.0) / GRID_MINUTES)
        slot = min(max(begins // SLOT, 0), mass.shape[1] - 1)
        mass[min(party.size, layout.largest) - 1, slot] += _comes(party, now)
    return mass


def _comes(party: LedgerParty, now: float) -> float:
    if party.arrived or party.until is not None:
        return 1.0
    return (1.0 - cancel_chance(party.cancels, party.asked, now)) * (1.0 - party.no_show)


def _before(picture: Picture, pricer: Pricer) -> Prices | None:
    bids = picture.prices
    if bids is None or bids.house_version != picture.period.house_version:
        return None
    table = np.array(bids.table, np.float64)
    if table.shape != pricer.capacity.shape:
        return None
    return Prices(table, pricer.survival, pricer.use, pricer.allowed)


def _sizes(weights: tuple[float, ...], layout: Layout) -> Floats:
    """Return [P]: shares of parties by size from 1; sizes above the largest are left out."""
    return _padded(_shares(weights), layout.largest)


def _padded(shares: Floats, length: int) -> Floats:
    found = np.zeros(length)
    kept = min(length, len(shares))
    found[:kept] = shares[:kept]
    return found


def _shares(weights: tuple[float, ...]) -> Floats:
    shares = np.array(weights, np.float64)
    total = float(shares.sum())
    return shares / total if total > 0.0 else shares
