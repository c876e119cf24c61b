"""A period's scenario ledger and bid prices, kept in memory and updated from its pictures.

One object a period and process. Given a new picture, the ledger is changed by the difference; its
state is a function of the picture and the bucket of `now` only.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import numpy as np
from msgspec.structs import replace

from policies.book.answers import Ask
from policies.book.picture import BidPrices, Picture
from policies.forecast.forecast import Forecast
from policies.forecast.period_grid import grid_of
from policies.forecast.risk_calibration import RiskCalibration, ToldRisk
from policies.house.house import House
from policies.house.layout import layout_of
from policies.house.room import EVERYWHERE, Admitted
from policies.house.rules import Decisions, Rules
from policies.numeric.compiled import Floats
from policies.risk.closures import apply_closures, closures_of
from policies.risk.ledger import Ledger, LedgerParty
from policies.risk.parties import (
    PartyCache,
    group_asked,
    ledger_parties,
    no_show_when,
    party_reader,
)
from policies.risk.told.features import ledger_features
from policies.risk.told.model import tell_risk
from policies.value.bid_prices import Pricer, Prices, UnitValues
from policies.value.net_value import NetValue, net_value

ShortNotice = Callable[[Picture, House, Forecast, Ask, datetime], float | None]
"""Returns own_wait of a promise at short notice at an instant, None of a later one
(`policies.lookahead.short_notice.at_short_notice`, which stands above this wing)."""


class Prospect:
    """The ledger and the bid prices of one period: what the net value of a request is read from.

    Made for a picture that has bid prices; empty until it follows one. `short_notice`: who judges
    a promise that starts so soon that the parties at the door matter; None: the ledger alone.
    """

    short_notice: ShortNotice | None = None

    def __init__(self, picture: Picture, house: House, bids: BidPrices, *, now: datetime) -> None:
        self.house, self.bids = house, bids
        self.grid = grid_of(picture.period)
        self.layout = layout_of(house)
        self.bucket = self.grid.at(now)
        self.reader = party_reader(self.grid, self.layout, bids.forecast)
        self.closed = closures_of(picture, self.layout, self.grid, now=now)
        self._pricer = Pricer(self.layout, bids.forecast, UnitValues(), length=self.grid.length)
        self.ledger = Ledger(self.layout, bids.forecast, length=self.grid.length)
        apply_closures(self.ledger, self.closed)
        self.cache: PartyCache = {}
        self.prices = self._prices(bids)

    def can_follow(self, picture: Picture, house: House, *, now: datetime) -> bool:
        """Tell whether the picture can be followed from here rather than from nothing."""
        bids = picture.prices
        return (
            bids is not None
            and house is self.house
            and grid_of(picture.period) == self.grid
            and self.grid.at(now) >= self.bucket
            and _ledger_forecast(bids.forecast) == _ledger_forecast(self.bids.forecast)
            and closures_of(picture, self.layout, self.grid, now=now) == self.closed
        )

    def parties_behind(self, picture: Picture, *, now: datetime) -> int:
        """Return how many parties `follow` would add or remove."""
        after, before = self._parties_of(picture, now), self.ledger.parties
        gone = sum(after.get(key) != party for key, party in before.items())
        return gone + sum(before.get(key) != party for key, party in after.items())

    def follow(self, picture: Picture, *, now: datetime) -> None:
        """Bring the ledger and the prices up to date with a picture that `can_follow` allows."""
        after, before = self._parties_of(picture, now), self.ledger.parties
        self.ledger.remove(*(key for key, party in before.items() if after.get(key) != party))
        self.bucket = self.grid.at(now)
        self.ledger.advance(self.grid.share(self.grid.instant(self.bucket)))
        self.ledger.add(*(party for key, party in after.items() if key not in before))
        if picture.prices is not None and picture.prices != self.bids:
            self.bids, self.prices = picture.prices, self._prices(picture.prices)

    def party(self, ask: Ask, starts: datetime) -> LedgerParty:
        """Return the asking party at a start.

        Its key, hence its draws, come from its size and group: equal requests, equal
        answers.
        """
        forecast, grid = self.bids.forecast, self.grid
        size, asked = ask.party_size, grid.instant(self.bucket)
        group = group_asked(self.layout, ask.needs)
        return LedgerParty(
            key=_key(self.grid.base, ask.party_size, group),
            size=ask.party_size,
            start=self.grid.at(starts),
            group=group,
            asked=self.ledger.now,
            cancels=forecast.cancels,
            no_show=no_show_when(forecast, ask.channel, size, starts, asked, grid),
        )

    def net_value(self, ask: Ask, starts: datetime, rules: Rules) -> NetValue:
        """Return the net value of promising the asking party a table at this start."""
        party = self.party(ask, starts)
        return net_value(
            self.ledger,
            self.prices,
            unit_values(rules.decisions),
            party,
            party.start,
            caution=rules.decisions.caution,
            tolerance=rules.overbooking.tolerance_minutes,
        )

    def told_risk(
        self,
        ask: Ask,
        net: NetValue,
        learned: RiskCalibration,
        *,
        admitted: Admitted = EVERYWHERE,
        beyond: bool,
    ) -> ToldRisk:
        """Return the risks told with a promise at the start valued; `beyond`: no table is free."""
        party = self.party(ask, ask.starts)
        fits = self.layout.room.share_seating(ask.party_size, ask.needs, admitted)
        known = ledger_features(
            self.ledger, party, net.start, net.marginal, fits=fits, beyond=beyond
        )
        return tell_risk(known, learned)

    @property
    def survival(self) -> Floats:
        """[P, D]: the probability to be at the table still after d buckets, by size from 1."""
        return self._pricer.survival

    def reservation(self, key: int) -> UUID | None:
        """Return the reservation that has this key, None where none has."""
        for reservation_id, (_, party) in self.cache.items():
            if party.key == key:
                return reservation_id
        return None

    def _parties_of(self, picture: Picture, now: datetime) -> dict[int, LedgerParty]:
        return ledger_parties(self.reader, picture, now, self.cache)

    def _prices(self, bids: BidPrices) -> Prices:
        table = np.array(bids.table, np.float64)
        return Prices(table, self._pricer.survival, self._pricer.use, self._pricer.allowed)


def prospect_for(
    picture: Picture, house: House, *, now: datetime, prospect: Prospect | None = None
) -> Prospect | None:
    """Return the prospect to decide by: the one given if it can follow, else a new, empty one.

    None where the rules do not decide by value, or no prices of this room have been made yet.
    """
    bids = picture.prices
    if bids is None or not picture.rules.decisions.by_value:
        return None
    if bids.house_version != picture.period.house_version:
        return None
    if prospect is not None and prospect.can_follow(picture, house, now=now):
        return prospect
    return Prospect(picture, house, bids, now=now)


def unit_values(rules: Decisions) -> UnitValues:
    """Return the manager's money in the unit of the prices, a cover being worth 50."""
    unit = UnitValues().cover / rules.cover_value
    return UnitValues(walked=rules.walked_cost * unit, late=rules.late_cost * unit)


def minor_units(rules: Decisions, money: float) -> int:
    """Return money of the prices' unit in minor units of the venue's currency."""
    return round(money * rules.cover_value / UnitValues().cover)


def _ledger_forecast(forecast: Forecast) -> Forecast:
    """Return what the ledger depends on of a forecast: all but how many ask, and when."""
    return replace(
        forecast, requests=0.0, request_slots=(), request_sizes=(), flexible=0.0,
        patience_minutes=1.0,
    )  # fmt: skip


def _key(*parts: int) -> int:
    digest = hashlib.blake2b(repr(parts).encode(), digest_size=8).digest()
    return int.from_bytes(digest)
