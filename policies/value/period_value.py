"""What a period has in prospect: its scenario ledger and bid prices, following its pictures.

One object a period and process. Shown a picture, it brings its ledger up to date by the
difference; what it holds then is a function of the picture and the five minutes it is in.
"""

import hashlib
from datetime import datetime
from uuid import UUID

import numpy as np
from msgspec.structs import replace

from policies.book.answers import Ask
from policies.book.picture import BidPrices, Picture
from policies.forecast.forecast import Forecast
from policies.forecast.period_grid import grid_of
from policies.house.house import House
from policies.house.layout import layout_of
from policies.house.rules import Decisions
from policies.numeric.compiled import Floats
from policies.risk.closures import closed_of, closing
from policies.risk.ledger import Ledger, Party
from policies.risk.parties import Remembered, group_asked, no_show_of, present, readers_of
from policies.value.bid_prices import Pricer, Prices, Worth, flow, tables_wanted
from policies.value.net_value import Judgement, judge


class Prospect:
    """See the module. Made for a picture that has bid prices, empty until it is shown one."""

    def __init__(self, picture: Picture, house: House, bids: BidPrices, *, now: datetime) -> None:
        self.house, self.bids = house, bids
        self.grid = grid_of(picture.period)
        self.layout = layout_of(house)
        self.bucket = self.grid.at(now)
        self.readers = readers_of(self.grid, self.layout, bids.forecast)
        self.closed = closed_of(picture, self.layout, self.grid, now=now)
        self._read = Pricer(self.layout, bids.forecast, Worth(), length=self.grid.length)
        self.ledger = Ledger(
            self.layout,
            bids.forecast,
            length=self.grid.length,
            walk_ins=self._walk_ins(bids.forecast),
        )
        closing(self.ledger, self.closed)
        self.remembered: Remembered = {}
        self.prices = self._prices(bids)

    def serves(self, picture: Picture, house: House, *, now: datetime) -> bool:
        """Tell whether the picture can be followed from here rather than from nothing."""
        bids = picture.prices
        return (
            bids is not None
            and house is self.house
            and grid_of(picture.period) == self.grid
            and self.grid.at(now) >= self.bucket
            and _manners(bids.forecast) == _manners(self.bids.forecast)
            and closed_of(picture, self.layout, self.grid, now=now) == self.closed
        )

    def behind(self, picture: Picture, *, now: datetime) -> int:
        """Return how many parties would have to be put in or taken out."""
        there, known = self._there(picture, now), self.ledger.parties
        gone = sum(there.get(key) != party for key, party in known.items())
        return gone + sum(known.get(key) != party for key, party in there.items())

    def follow(self, picture: Picture, *, now: datetime) -> None:
        """Bring the ledger and the prices up to date with a picture this prospect serves."""
        there, known = self._there(picture, now), self.ledger.parties
        self.ledger.remove(*(key for key, party in known.items() if there.get(key) != party))
        self.bucket = self.grid.at(now)
        self.ledger.advance(self.grid.share(self.grid.instant(self.bucket)))
        self.ledger.add(*(party for key, party in there.items() if key not in known))
        if picture.prices is not None and picture.prices != self.bids:
            self.bids, self.prices = picture.prices, self._prices(picture.prices)

    def party(self, ask: Ask, starts: datetime) -> Party:
        """Return the asking party at a start. Its luck is its size's: equal asks, equal answers."""
        forecast = self.bids.forecast
        group = group_asked(self.layout, ask.needs)
        return Party(
            key=_key(self.grid.base, ask.party_size, group),
            size=ask.party_size,
            start=self.grid.at(starts),
            group=group,
            asked=self.ledger.now,
            cancels=forecast.cancels,
            no_show=no_show_of(forecast, ask.channel),
        )

    def judge(self, ask: Ask, starts: datetime, rules: Decisions) -> Judgement:
        """Return what it is worth to promise the asking party a table at this start."""
        party = self.party(ask, starts)
        worth, caution = worth_of(rules), rules.caution
        return judge(self.ledger, self.prices, worth, party, party.start, caution=caution)

    @property
    def survival(self) -> Floats:
        """[P, D]: the chance to be at the table still after d buckets, by size from 1."""
        return self._read.survival

    def reservation(self, key: int) -> UUID | None:
        """Return whose key it is, None where it is no reservation's."""
        for reservation_id, (_, party) in self.remembered.items():
            if party.key == key:
                return reservation_id
        return None

    def _there(self, picture: Picture, now: datetime) -> dict[int, Party]:
        return present(self.readers, picture, now, self.remembered)

    def _walk_ins(self, forecast: Forecast) -> Floats:
        walk_ins = flow(
            forecast.walk_ins, forecast.walk_in_slots, forecast.walk_in_sizes, self.layout.largest
        )
        return tables_wanted(walk_ins, self.survival, self.layout, self.grid.length)

    def _prices(self, bids: BidPrices) -> Prices:
        table = np.array(bids.table, np.float64)
        return Prices(table, self._read.survival, self._read.use, self._read.allowed)


def prospect_for(
    picture: Picture, house: House, *, now: datetime, known: Prospect | None = None
) -> Prospect | None:
    """Return the prospect to decide by: `known` if it serves, else a new, empty one.

    None where the rules do not decide by value, or no prices of this room have been made yet.
    """
    bids = picture.prices
    if bids is None or not picture.rules.decisions.by_value:
        return None
    if bids.house_version != picture.period.house_version:
        return None
    if known is not None and known.serves(picture, house, now=now):
        return known
    return Prospect(picture, house, bids, now=now)


def worth_of(rules: Decisions) -> Worth:
    """Return the manager's money in the unit of the prices, a cover being worth 50."""
    unit = Worth().cover / rules.cover_value
    return Worth(walked=rules.walked_cost * unit, late=rules.late_cost * unit)


def minor(rules: Decisions, money: float) -> int:
    """Return money of the prices' unit in minor units of the venue's currency."""
    return round(money * rules.cover_value / Worth().cover)


def _manners(forecast: Forecast) -> Forecast:
    """Return of a forecast what the ledger goes by: not how many ask, but how they come."""
    return replace(
        forecast, requests=0.0, request_slots=(), request_sizes=(), flexible=0.0,
        patience_minutes=1.0,
    )  # fmt: skip


def _key(*told: int) -> int:
    digest = hashlib.blake2b(repr(told).encode(), digest_size=8).digest()
    return int.from_bytes(digest)
