"""The look-ahead at the door on arrays: the decisions of the service without its plan or prices.

For tuning: an evening takes a fraction of a second. States are what `from_picture` would read.
"""

import numpy as np

from policies.forecast.forecast import Forecast
from policies.house.grid import GRID_MINUTES
from policies.house.layout import Layout
from policies.lab.minutes.evening import ARRIVES
from policies.lab.minutes.floor import NOBODY, EveningFloor, SeatParty
from policies.lab.minutes.outcome import WaitRecord
from policies.lab.minutes.parties import NEVER_LEAVES_AT
from policies.lookahead.base_rule import DEFAULT_WINDOW, PromiseWindow
from policies.lookahead.forecast_arrays import build_forecast_arrays
from policies.lookahead.quotes import QuoteModel, SimulatedWait, quoted
from policies.lookahead.room_arrays import build_room_arrays
from policies.lookahead.seating_rollout import HORIZON, SCENARIOS, SeatingRollout
from policies.lookahead.state import (
    BLOCKED,
    DEFAULT_PAYOFFS,
    FREE,
    DoorMinutes,
    DoorState,
    ExpectedParties,
    Payoffs,
    Queue,
    SeatedParties,
)
from policies.numeric.compiled import Ints

_EXPECTED_AHEAD = (HORIZON + 3) * GRID_MINUTES
"""Promises that start later cannot arrive within the futures looked at."""

_OVERDUE = 120
"""Minutes after its start from which a promise is expected no more."""


class LookaheadHost:
    """Seats as the look-ahead values the tables and the wait, in the queue's order."""

    def __init__(
        self,
        layout: Layout,
        believed: Forecast,
        *,
        payoffs: Payoffs = DEFAULT_PAYOFFS,
        window: PromiseWindow = DEFAULT_WINDOW,
        grace: int = _OVERDUE,
        model: QuoteModel | None = None,
    ) -> None:
        self.layout, self.believed = layout, believed
        self.payoffs, self.window, self.grace = payoffs, window, grace
        self.room = build_room_arrays(layout)
        self.model = model
        self.asking: list[int] = []
        self.quotes: dict[int, tuple[int, SimulatedWait]] = {}

    def begin(self, floor: EveningFloor) -> None:
        """See EveningHost."""
        self.floor = floor
        parties = floor.parties
        seed = parties.key.min(initial=np.uint64(1 << 63)) >> np.uint64(32) << np.uint64(32)
        self.forecast = build_forecast_arrays(self.believed, self.room, seed, SCENARIOS)
        self.kind = parties.size - 1
        self.seatable = parties.size <= len(self.room.kind_class)

    def happened(self, kind: int, party: int) -> None:
        """See EveningHost; the floor is all the look-ahead looks at."""
        if kind == ARRIVES and self.model and self.floor.parties.walk_in[party] >= 0:
            self.asking.append(party)

    def minute_over(self) -> None:
        """See EveningHost: with a model, who walked in and has no table is quoted a wait."""
        asking = [each for each in self.asking if each in self.floor.queue and self.seatable[each]]
        self.asking.clear()
        if asking:
            queue, rollout = self._rollout()
            for party in asking:
                simulated = rollout.simulated_wait(queue.index(party))
                self.quotes[party] = self.floor.now, simulated

    def waits(self) -> tuple[WaitRecord, ...]:
        """See EveningHost; in the order in which the waits ended."""
        if self.model is None:
            return ()
        found = (self._record(party, self.model) for party in self.quotes)
        return tuple(sorted(found, key=lambda each: each.waited + each.features["minute"]))

    def _record(self, party: int, model: QuoteModel) -> WaitRecord:
        """Return the record of a quote; who leaves has waited for the tables of that minute too."""
        floor, (at, simulated) = self.floor, self.quotes[party]
        sat, told = bool(floor.seated[party] >= 0), quoted(simulated, model)
        leaves = int(min(floor.parties.leaves[party], floor.now))
        return WaitRecord(
            walk_in=int(floor.parties.walk_in[party]),
            features={"minute": float(at), "mean": simulated.mean},
            likely=told.likely,
            latest=told.latest,
            waited=(int(floor.seated[party]) if sat else leaves + 1) - at,
            sat=sat,
            never_leaves=bool(floor.parties.leaves[party] >= NEVER_LEAVES_AT),
            simulated=simulated,
        )

    def orders(self) -> list[SeatParty]:
        """See EveningHost."""
        floor = self.floor
        queue, rollout = self._rollout()
        orders = []
        for position, party in enumerate(queue):
            if not floor.may_sit(party):
                continue
            choice = rollout.choose(position)
            if choice.config >= 0:
                rollout.seat(position, choice.config)
                tables = self.room.configs[choice.config]
                orders.append(SeatParty(party, tuple(tables[tables >= 0].tolist())))
        return orders

    def _rollout(self) -> tuple[list[int], SeatingRollout]:
        """Return the queue it can seat, and the look-ahead of now."""
        queue = [party for party in self.floor.queue if self.seatable[party]]
        state = self._state(queue)
        rollout = SeatingRollout(self.room, state, self.forecast, self.payoffs, self.window)
        return queue, rollout

    def _state(self, queue: list[int]) -> DoorState:
        floor, parties = self.floor, self.floor.parties
        who, occupied = self._occupied()
        coming = floor.expected()
        ahead = parties.start[coming] - floor.now
        coming = coming[(ahead < _EXPECTED_AHEAD) & (ahead > -self.grace) & self.seatable[coming]]
        waiting = np.array(queue, np.int64)
        since = parties.arrives[waiting]
        return DoorState(
            now=floor.now // GRID_MINUTES,
            occupied=occupied,
            seated_parties=SeatedParties(
                parties.key[who], parties.size[who], floor.seated[who] // GRID_MINUTES
            ),
            expected=ExpectedParties(
                parties.key[coming],
                parties.size[coming],
                self.kind[coming],
                parties.start[coming] // GRID_MINUTES,
                parties.no_show[coming],
            ),
            queue=Queue(
                key=parties.key[waiting],
                size=parties.size[waiting],
                kind=self.kind[waiting],
                since=since // GRID_MINUTES,
                promised=np.asarray(parties.booking[waiting] >= 0),
                start=parties.start[waiting] // GRID_MINUTES,
            ),
            minutes=DoorMinutes(
                now=floor.now,
                since=floor.seated[who],
                start=parties.start[coming],
                due=parties.due[waiting],
            ),
        )

    def _occupied(self) -> tuple[Ints, Ints]:
        """Return the seated parties [n], and for each table [T] the index of its own."""
        sitting = self.floor.sitting
        who, occupied = np.unique(sitting, return_inverse=True)
        nobody = int(np.count_nonzero(who == NOBODY))
        occupied = np.maximum(occupied - nobody, FREE).astype(np.int64)
        occupied[(occupied == FREE) & self.floor.shut] = BLOCKED
        return who[nobody:], occupied
