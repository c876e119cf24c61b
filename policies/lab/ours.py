"""Booking decisions of the service on synthetic nights: its own functions, with switches.

Each switch is an ablation of the benchmark; with the defaults it decides as the service does.
"""

from typing import Literal

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from policies.forecast.forecast import Forecast
from policies.forecast.learning import updated_by_bookings
from policies.forecast.risk_calibration import UNLEARNED, ToldRisk
from policies.house.layout import NO_NEEDS, Layout
from policies.lab.locking import TableLocks
from policies.lab.nights import NEVER_CANCELLED, SLOT_BUCKETS, SyntheticNight
from policies.lab.play import AcceptedRequests
from policies.numeric.compiled import Floats
from policies.risk.ledger import Ledger, LedgerParty
from policies.risk.told.features import PromiseFeatures, ledger_features
from policies.risk.told.model import tell_risk
from policies.value.bid_prices import (
    ExpectedDemand,
    Pricer,
    Prices,
    UnitValues,
    spread_demand,
)
from policies.value.net_value import CAUTION, NetValue, highest_value, net_value

REFRESH_EVERY = 10
"""Requests between two refreshes of the prices and the forecast."""

FLEXIBLE_SHIFT = 6
"""Buckets by which a flexible guest's start may differ from the wish: half an hour."""


class ServicePolicy(Struct, frozen=True, kw_only=True, tag=True):
    """Switches of the decisions.

    `displacement`: subtract bid prices. `walk_in_demand`: include walk-ins in them. `buffer`:
    reduced capacity in the ledger. `redraw`: redraw cancellations of bookings still alive.
    `alternatives`: which start a refused flexible guest is offered. `locked`: fixed tables.
    `learn`: update the request rate during the night. `threshold`: money a cover another start
    must gain to be suggested although the wish is free; None suggests nothing. `oblige`: which
    flexible guests accept a suggestion.
    """

    displacement: bool = True
    walk_in_demand: bool = True
    buffer: bool = True
    redraw: bool = True
    alternatives: Literal["best", "nearest", "none"] = "best"
    locked: bool = False
    learn: bool = True
    threshold: float | None = None
    oblige: Literal["half", "all"] = "half"
    caution: float = CAUTION
    worth: UnitValues = UnitValues()


class FeaturedAcceptance(Struct, frozen=True):
    """An acceptance: index of the request, what was known, and the risks told.

    `walked`: probability told that the party comes and is walked.
    """

    number: int
    known: PromiseFeatures
    told: ToldRisk
    walked: float


class BookingOutcome(Struct, frozen=True, eq=False):
    """The outcome of a night's requests; `asked`, `refused`, `moved` count requests.

    `moved`: given another start although the wish was free. `expected_walked`: walked parties
    expected at the acceptances, summed. `told`: the acceptances, those cancelled later too.
    """

    booked: AcceptedRequests
    asked: int
    refused: int
    moved: int
    expected_walked: float
    prices: Prices | None
    told: tuple[FeaturedAcceptance, ...] = ()


def book_by_value(
    night: SyntheticNight, layout: Layout, believed: Forecast, policy: ServicePolicy, length: int
) -> BookingOutcome:
    """Answer a night's requests in their order; return the bookings when the doors open."""
    desk = BookingDesk(night, layout, believed, policy, length)
    for number in range(len(night.requests.size)):
        desk.answer(number)
    return desk.outcome()


class BookingDesk:
    """One night's booking decisions: scenario ledger, bid prices, promised starts by request."""

    def __init__(
        self,
        night: SyntheticNight,
        layout: Layout,
        believed: Forecast,
        policy: ServicePolicy,
        length: int,
    ) -> None:
        self.night, self.layout, self.prior, self.policy = night, layout, believed, policy
        self.believed = believed
        self.length = length
        self.pricer = Pricer(layout, believed, policy.worth, length=length)
        self.ledger = Ledger(
            layout,
            believed,
            length=length,
            buffered=policy.buffer,
            redraws=policy.redraw,
        )
        self.prices: Prices | None = None
        self.promised: dict[int, int] = {}
        self.locks = TableLocks(layout, self.ledger) if policy.locked else None
        self.cancellations = sorted(
            (float(when), number)
            for number, when in enumerate(night.requests.cancels)
            if when < NEVER_CANCELLED
        )
        self.refused = self.moved = 0
        self.expected_walked = 0.0
        self.told: list[FeaturedAcceptance] = []

    def answer(self, number: int) -> None:
        """Accept the request at its wish or another start, or refuse it."""
        asked = float(self.night.requests.asked[number])
        self._cancel_until(asked)
        if number % REFRESH_EVERY == 0:
            self._refresh(number, asked)
        party = self._party(number, asked)
        chosen = self._choose(number, party)
        if chosen is None:
            self.refused += 1
            return
        self._tell(number, party, chosen)
        self.ledger.add(replace(party, start=chosen.start))
        self.promised[number] = chosen.start
        if self.locks is not None:
            self.locks.take(number, party.size, chosen.start)

    def outcome(self) -> BookingOutcome:
        """Return the outcome when the doors open."""
        self._cancel_until(1.0)
        numbers = np.array(list(self.promised), np.int64)
        starts = np.array(list(self.promised.values()), np.int64)
        self._refresh(len(self.night.requests.size), 1.0)
        return BookingOutcome(
            AcceptedRequests(numbers, starts),
            len(self.night.requests.size),
            self.refused,
            self.moved,
            self.expected_walked,
            self.prices,
            tuple(self.told),
        )

    def _tell(self, number: int, party: LedgerParty, chosen: NetValue) -> None:
        fits = self.ledger.layout.room.share_seating(party.size, NO_NEEDS)
        known = ledger_features(self.ledger, party, chosen.start, chosen.marginal, fits=fits)
        told = tell_risk(known, UNLEARNED)
        walked = chosen.shows * told.walked
        self.told.append(FeaturedAcceptance(number, known, told, walked))
        self.expected_walked += walked

    def _choose(self, number: int, party: LedgerParty) -> NetValue | None:
        wish = self._judged(party, party.start)
        good = wish is not None and wish.value > 0.0
        if not self.night.requests.flexible[number]:
            return wish if good else None
        if good and not self._suggests(number):
            return wish
        others = [
            judged
            for start in self._around(party.start)
            if (judged := self._judged(party, start)) is not None and judged.value > 0.0
        ]
        if good and wish is not None:
            return self._better(wish, others)
        return self._alternative(others, party.start)

    def _suggests(self, number: int) -> bool:
        asked = self.policy.threshold is not None
        return asked and (self.policy.oblige == "all" or bool(self.night.requests.obliging[number]))

    def _better(self, wish: NetValue, others: list[NetValue]) -> NetValue:
        other = highest_value(others, wish.start)
        least = (self.policy.threshold or 0.0) * wish.revenue / self.policy.worth.cover
        if other is None or other.value - wish.value <= least:
            return wish
        self.moved += 1
        return other

    def _alternative(self, others: list[NetValue], wish: int) -> NetValue | None:
        match self.policy.alternatives:
            case "best":
                return highest_value(others, wish)
            case "nearest":
                return min(others, key=lambda each: abs(each.start - wish), default=None)
            case "none":
                return None

    def _around(self, wish: int) -> list[int]:
        last = len(self.believed.request_slots) * SLOT_BUCKETS
        near = range(wish - FLEXIBLE_SHIFT, wish + FLEXIBLE_SHIFT + 1, SLOT_BUCKETS)
        return [start for start in near if 0 <= start < last and start != wish]

    def _judged(self, party: LedgerParty, start: int) -> NetValue | None:
        if self.locks is not None and not self.locks.free(party.size, start):
            return None
        prices = self.prices if self.policy.displacement else None
        return net_value(
            self.ledger, prices, self.policy.worth, party, start, caution=self.policy.caution
        )

    def _party(self, number: int, asked: float) -> LedgerParty:
        requests, belief = self.night.requests, self.believed
        by_phone = bool(requests.phone[number])
        return LedgerParty(
            key=self.night.seed * 100_003 + number,
            size=int(requests.size[number]),
            start=int(requests.wish[number]),
            asked=asked,
            cancels=belief.cancels,
            no_show=belief.no_show_phone if by_phone else belief.no_show_online,
        )

    def _cancel_until(self, now: float) -> None:
        while self.cancellations and self.cancellations[0][0] <= now:
            _, number = self.cancellations.pop(0)
            if self.promised.pop(number, None) is not None:
                self.ledger.remove(self._key(number))
                if self.locks is not None:
                    self.locks.release(number)

    def _key(self, number: int) -> int:
        return self.night.seed * 100_003 + number

    def _refresh(self, seen: int, now: float) -> None:
        if self.policy.learn:
            self.believed = updated_by_bookings(self.prior, seen, now)
        self.ledger.advance(now)
        self.prices = self.pricer.prices(self._expected(now), self.prices)

    def _expected(self, now: float) -> ExpectedDemand:
        belief, largest = self.believed, self.layout.largest
        to_come = belief.requests * (1.0 - now) * (1.0 - belief.cancels)
        return ExpectedDemand(
            spread_demand(to_come * (1.0 - belief.no_show_online), belief.request_slots,
                 belief.request_sizes, largest),
            self._walk_ins() if self.policy.walk_in_demand else 0.0 * self._walk_ins(),
            self._booked(len(belief.request_slots)),
        )  # fmt: skip

    def _walk_ins(self) -> Floats:
        belief = self.believed
        return spread_demand(
            belief.walk_ins, belief.walk_in_slots, belief.walk_in_sizes, self.layout.largest
        )

    def _booked(self, slots: int) -> Floats:
        mass = np.zeros((self.layout.largest, slots))
        for party in self.ledger.parties.values():
            shows = (1.0 - self.ledger.cancels(party)) * (1.0 - party.no_show)
            mass[party.size - 1, party.start // SLOT_BUCKETS] += shows
        return mass
