"""Simulation of a night's door with the look-ahead, bucket by bucket, as in the service."""

import numpy as np
from msgspec import Struct

from policies.door.wait_band import WaitBand
from policies.house.grid import GRID_MINUTES
from policies.lookahead.base_rule import (
    ARRIVES,
    DUE,
    KIND,
    LEAVES,
    LEFT_UNSEATED,
    NOT_ARRIVED,
    PROMISED,
    SIZE,
    STAY,
)
from policies.lookahead.forecast_arrays import ForecastArrays
from policies.lookahead.quotes import (
    QuoteModel,
    QuoteOutcome,
    SimulatedWait,
    learned_from,
    quoted,
)
from policies.lookahead.room_arrays import RoomArrays
from policies.lookahead.seating_rollout import SeatingRollout
from policies.lookahead.state import FREE, DoorState, ExpectedParties, Payoffs, Queue, SeatedParties
from policies.numeric.compiled import Flags, Ints, Keys


class QuoteTrial(Struct, frozen=True, eq=False):
    """Quote with this model; the parties marked in `patient` [M] never leave the queue."""

    model: QuoteModel
    patient: Flags


class JudgedQuote(Struct, frozen=True):
    """A quote, what it was made from, and what came: of a `patient` party without selection."""

    simulated: SimulatedWait
    told: WaitBand
    outcome: QuoteOutcome
    patient: bool


class DoorSimulation:
    """The door of one evening: who sits where, who waits, and the outcome of each party.

    `crowd` [M, 8] and `keys` [M]: all parties that come, by arrival; `expected`: the bookings not
    cancelled, `arrives` [E]: their true arrivals. `seated` [M] as in SimulationRun. With `trial`
    walk-ins that cannot be seated at once are quoted, and the model learns.
    """

    def __init__(
        self,
        room: RoomArrays,
        forecast: ForecastArrays,
        payoffs: Payoffs,
        crowd: Ints,
        keys: Keys,
        expected: ExpectedParties,
        arrives: Ints,
        trial: QuoteTrial | None = None,
    ) -> None:
        self.room, self.forecast, self.payoffs = room, forecast, payoffs
        self.crowd, self.keys = crowd, keys
        self.expected, self.arrives = expected, arrives
        self.seated = np.full(len(crowd), NOT_ARRIVED, np.int64)
        self.sitting = np.full(len(room.table_class), FREE, np.int64)
        self.queue: list[int] = []
        self.model = None if trial is None else trial.model
        self.patient = np.zeros(len(crowd), bool) if trial is None else trial.patient
        self.quoted: dict[int, tuple[SimulatedWait, WaitBand]] = {}
        self.quotes: list[JudgedQuote] = []

    def step(self, now: int) -> None:
        """Simulate one bucket: tables clear, parties arrive, are seated or quoted, or leave."""
        self._clear(now)
        self._join(now)
        if self._anything_fits() or self._to_quote(now):
            self._decide(now)
        self._leave(now)

    def state(self, now: int) -> DoorState:
        """Return what the service would know at `now`."""
        sitting, occupied = np.unique(self.sitting, return_inverse=True)
        shift = int(np.count_nonzero(sitting < 0))
        who = sitting[shift:]
        waiting = np.array(self.queue, np.int64)
        rows = self.crowd[waiting]
        missing = self.arrives > now
        return DoorState(
            now=now,
            occupied=np.maximum(occupied - shift, FREE).astype(np.int64),
            seated_parties=SeatedParties(self.keys[who], self.crowd[who, SIZE], self.seated[who]),
            expected=ExpectedParties(
                self.expected.key[missing],
                self.expected.size[missing],
                self.expected.kind[missing],
                self.expected.start[missing],
                self.expected.no_show[missing],
            ),
            queue=Queue(
                key=self.keys[waiting],
                size=rows[:, SIZE],
                kind=rows[:, KIND],
                since=rows[:, ARRIVES],
                promised=rows[:, PROMISED] == 1,
                start=rows[:, DUE],
            ),
        )

    def _clear(self, now: int) -> None:
        taken = self.sitting >= 0
        who = self.sitting[taken]
        over = self.seated[who] + self.crowd[who, STAY] <= now
        self.sitting[np.flatnonzero(taken)[over]] = FREE

    def _join(self, now: int) -> None:
        self.queue += np.flatnonzero(self.crowd[:, ARRIVES] == now).tolist()
        self.queue.sort(key=lambda party: (-self.crowd[party, PROMISED], party))

    def _anything_fits(self) -> bool:
        if not self.queue:
            return False
        configs = self.room.configs
        fits = ((self.sitting[configs] == FREE) | (configs < 0)).all(axis=1)
        starts, rows = self.room.kind_from, self.room.kind_rows
        kinds = np.unique(self.crowd[self.queue, KIND])
        return any(fits[rows[starts[kind] : starts[kind + 1]]].any() for kind in kinds)

    def _decide(self, now: int) -> None:
        rollout = SeatingRollout(self.room, self.state(now), self.forecast, self.payoffs)
        for position, party in enumerate(self.queue):
            choice = rollout.choose(position)
            if choice.config >= 0:
                rollout.seat(position, choice.config)
                tables = self.room.configs[choice.config]
                self.sitting[tables[tables >= 0]] = party
                self.seated[party] = now
                self._learn(party, now)
        self._quote(rollout, now)

    def _to_quote(self, now: int) -> list[int]:
        """Return the queue indices of walk-ins that arrived now and are not seated."""
        if self.model is None:
            return []
        return [
            place
            for place, party in enumerate(self.queue)
            if self.seated[party] < 0
            and self.crowd[party, PROMISED] == 0
            and self.crowd[party, ARRIVES] == now
        ]

    def _quote(self, rollout: SeatingRollout, now: int) -> None:
        for place in self._to_quote(now):
            if self.model is not None:
                simulated = rollout.simulated_wait(place)
                self.quoted[self.queue[place]] = simulated, quoted(simulated, self.model)

    def _learn(self, party: int, now: int) -> None:
        """Update the model by the outcome of a quoted party, as the service does.

        A party leaves after the tables of its bucket are given: it has waited for those too.
        """
        if party not in self.quoted or self.model is None:
            return
        simulated, told = self.quoted[party]
        sat = bool(self.seated[party] >= 0)
        waited = int(now - self.crowd[party, ARRIVES]) * GRID_MINUTES
        outcome = QuoteOutcome(waited if sat else waited + 1, sat)
        self.quotes.append(JudgedQuote(simulated, told, outcome, bool(self.patient[party])))
        self.model = learned_from(self.model, simulated, outcome, self.forecast.patience)

    def _leave(self, now: int) -> None:
        waiting = [party for party in self.queue if self.seated[party] < 0]
        for party in waiting:
            if now >= self.crowd[party, LEAVES] and not self.patient[party]:
                self.seated[party] = LEFT_UNSEATED
                self._learn(party, now)
        self.queue = [party for party in waiting if self.seated[party] != LEFT_UNSEATED]
