"""Our decisions at the synthetic nights: the service's own functions, with switches to take away.

Each switch is an ablation of the benchmark; all on is what the service does.
"""

from typing import Literal

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from policies.forecast.forecast import Forecast
from policies.forecast.learning import within_window
from policies.house.layout import Layout
from policies.lab.locking import Locks
from policies.lab.nights import NEVER, SLOT, Night
from policies.lab.play import Booked
from policies.numeric.compiled import Floats
from policies.risk.ledger import LAB_DOOR_SHARE, Ledger, Party
from policies.value.bid_prices import Expected, Pricer, Prices, Worth, flow, tables_wanted
from policies.value.net_value import CAUTION, Judgement, best, judge

REFRESH = 10
"""Requests between two refreshes of the prices and the beliefs."""

REACH = 6
"""Buckets a flexible guest's table may be away from the wish: half an hour."""


class Ours(Struct, frozen=True, kw_only=True):
    """How to decide. `threshold`: money per cover a suggestion must bring; None suggests nothing.

    `oblige`: whom a suggestion moves, half of the flexible guests or all of them.
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
    worth: Worth = Worth()


class Taken(Struct, frozen=True, eq=False):
    """What came of a night's requests. `moved`: guests moved although their wish was free.

    `told`: the walked parties foretold at the acceptances, summed up.
    """

    booked: Booked
    asked: int
    refused: int
    moved: int
    told: float
    prices: Prices | None


def book(night: Night, layout: Layout, believed: Forecast, how: Ours, length: int) -> Taken:
    """Answer a night's requests in the order they come; returns the book when the doors open."""
    desk = Desk(night, layout, believed, how, length)
    for number in range(len(night.requests.size)):
        desk.answer(number)
    return desk.taken()


class Desk:
    """One night's booking: the ledger, the prices, and who holds a promise."""

    def __init__(
        self, night: Night, layout: Layout, believed: Forecast, how: Ours, length: int
    ) -> None:
        self.night, self.layout, self.prior, self.how = night, layout, believed, how
        self.believed = believed
        self.length = length
        self.pricer = Pricer(layout, believed, how.worth, length=length)
        self.ledger = Ledger(
            layout,
            believed,
            length=length,
            buffered=how.buffer,
            redraws=how.redraw,
            walk_ins=tables_wanted(self._walk_ins(), self.pricer.survival, layout, length),
            door_share=LAB_DOOR_SHARE,
        )
        self.prices: Prices | None = None
        self.promised: dict[int, int] = {}
        self.locks = Locks(layout, self.ledger) if how.locked else None
        self.gone = sorted(
            (float(when), number)
            for number, when in enumerate(night.requests.cancels)
            if when < NEVER
        )
        self.refused = self.moved = 0
        self.told = 0.0

    def answer(self, number: int) -> None:
        """Accept the request at its wish or another time, or refuse it."""
        asked = float(self.night.requests.asked[number])
        self._cancel_until(asked)
        if number % REFRESH == 0:
            self._refresh(number, asked)
        party = self._party(number, asked)
        chosen = self._choose(number, party)
        if chosen is None:
            self.refused += 1
            return
        self.told += self.ledger.foretold(party, chosen.start)
        self.ledger.add(replace(party, start=chosen.start))
        self.promised[number] = chosen.start
        if self.locks is not None:
            self.locks.take(number, party.size, chosen.start)

    def taken(self) -> Taken:
        """Return the book when the doors open."""
        self._cancel_until(1.0)
        numbers = np.array(list(self.promised), np.int64)
        starts = np.array(list(self.promised.values()), np.int64)
        self._refresh(len(self.night.requests.size), 1.0)
        return Taken(
            Booked(numbers, starts),
            len(self.night.requests.size),
            self.refused,
            self.moved,
            self.told,
            self.prices,
        )

    def _choose(self, number: int, party: Party) -> Judgement | None:
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
        asked = self.how.threshold is not None
        return asked and (self.how.oblige == "all" or bool(self.night.requests.obliging[number]))

    def _better(self, wish: Judgement, others: list[Judgement]) -> Judgement:
        other = best(others, wish.start)
        least = (self.how.threshold or 0.0) * wish.revenue / self.how.worth.cover
        if other is None or other.value - wish.value <= least:
            return wish
        self.moved += 1
        return other

    def _alternative(self, others: list[Judgement], wish: int) -> Judgement | None:
        match self.how.alternatives:
            case "best":
                return best(others, wish)
            case "nearest":
                return min(others, key=lambda each: abs(each.start - wish), default=None)
            case "none":
                return None

    def _around(self, wish: int) -> list[int]:
        last = len(self.believed.request_slots) * SLOT
        near = range(wish - REACH, wish + REACH + 1, SLOT)
        return [start for start in near if 0 <= start < last and start != wish]

    def _judged(self, party: Party, start: int) -> Judgement | None:
        if self.locks is not None and not self.locks.free(party.size, start):
            return None
        prices = self.prices if self.how.displacement else None
        return judge(self.ledger, prices, self.how.worth, party, start, caution=self.how.caution)

    def _party(self, number: int, asked: float) -> Party:
        requests, belief = self.night.requests, self.believed
        by_phone = bool(requests.phone[number])
        return Party(
            key=self.night.seed * 100_003 + number,
            size=int(requests.size[number]),
            start=int(requests.wish[number]),
            asked=asked,
            cancels=belief.cancels,
            no_show=belief.no_show_phone if by_phone else belief.no_show_online,
        )

    def _cancel_until(self, now: float) -> None:
        while self.gone and self.gone[0][0] <= now:
            _, number = self.gone.pop(0)
            if self.promised.pop(number, None) is not None:
                self.ledger.remove(self._key(number))
                if self.locks is not None:
                    self.locks.free_again(number)

    def _key(self, number: int) -> int:
        return self.night.seed * 100_003 + number

    def _refresh(self, seen: int, now: float) -> None:
        if self.how.learn:
            self.believed = within_window(self.prior, seen, now)
        self.ledger.advance(now)
        self.prices = self.pricer.prices(self._expected(now), self.prices)

    def _expected(self, now: float) -> Expected:
        belief, largest = self.believed, self.layout.largest
        to_come = belief.requests * (1.0 - now) * (1.0 - belief.cancels)
        return Expected(
            flow(to_come * (1.0 - belief.no_show_online), belief.request_slots,
                 belief.request_sizes, largest),
            self._walk_ins() if self.how.walk_in_demand else 0.0 * self._walk_ins(),
            self._booked(len(belief.request_slots)),
        )  # fmt: skip

    def _walk_ins(self) -> Floats:
        belief = self.believed
        return flow(
            belief.walk_ins, belief.walk_in_slots, belief.walk_in_sizes, self.layout.largest
        )

    def _booked(self, slots: int) -> Floats:
        mass = np.zeros((self.layout.largest, slots))
        for party in self.ledger.parties.values():
            shows = (1.0 - self.ledger.cancels(party)) * (1.0 - party.no_show)
            mass[party.size - 1, party.start // SLOT] += shows
        return mass
