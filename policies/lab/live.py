"""The look-ahead at the laboratory's door: bucket by bucket, as the service would be asked."""

import numpy as np
from msgspec import Struct

from policies.house.grid import GRID_MINUTES
from policies.lookahead.base_rule import (
    ARRIVES,
    DUE,
    GONE,
    KIND,
    LEAVES,
    NOT_HERE,
    PROMISED,
    SIZE,
    STAY,
)
from policies.lookahead.forecast_arrays import Beliefs
from policies.lookahead.quotes import Outcome, Quote, QuoteScales, learned, quote
from policies.lookahead.room_arrays import DoorRoom
from policies.lookahead.seating_rollout import Door
from policies.lookahead.state import FREE, DoorState, Expected, Queue, Sittings, Stakes
from policies.numeric.compiled import Flags, Ints, Keys


class Quoting(Struct, frozen=True, eq=False):
    """To quote with these scales; the comers of `stays` [M] wait however long it takes."""

    scales: QuoteScales
    stays: Flags


class Quoted(Struct, frozen=True):
    """What a walk-in that stays was told, the minutes it waited, and whether the quote held."""

    told: Quote
    waited: int
    kept: bool


class LiveDoor:
    """The door of one evening: who sits where, who waits, what becomes of the comers.

    `crowd` [M, 7] and `keys` [M] are the comers in order of arrival; `expected` the live bookings
    with `arrives` [E], when they really come. `seated` [M] as policies/lookahead/base_rule.py says. With
    `quoting` walk-ins that cannot sit at once are quoted.
    """

    def __init__(
        self,
        room: DoorRoom,
        beliefs: Beliefs,
        stakes: Stakes,
        crowd: Ints,
        keys: Keys,
        expected: Expected,
        arrives: Ints,
        quoting: Quoting | None = None,
    ) -> None:
        self.room, self.beliefs, self.stakes = room, beliefs, stakes
        self.crowd, self.keys = crowd, keys
        self.expected, self.arrives = expected, arrives
        self.seated = np.full(len(crowd), NOT_HERE, np.int64)
        self.sitting = np.full(len(room.table_class), FREE, np.int64)
        self.queue: list[int] = []
        self.scales = None if quoting is None else quoting.scales
        self.stays = np.zeros(len(crowd), bool) if quoting is None else quoting.stays
        self.told: dict[int, Quote] = {}
        self.quotes: list[Quoted] = []

    def step(self, now: int) -> None:
        """Let tables clear, guests come, the door decide, and impatient guests go."""
        self._clear(now)
        self._join(now)
        if self._anything_fits() or self._to_quote(now):
            self._decide(now)
        self._leave(now)

    def state(self, now: int) -> DoorState:
        """Return what the door knows."""
        sitting, occupied = np.unique(self.sitting, return_inverse=True)
        shift = int(np.count_nonzero(sitting < 0))
        who = sitting[shift:]
        waiting = np.array(self.queue, np.int64)
        rows = self.crowd[waiting]
        missing = self.arrives > now
        return DoorState(
            now=now,
            occupied=np.maximum(occupied - shift, FREE).astype(np.int64),
            sittings=Sittings(self.keys[who], self.crowd[who, SIZE], self.seated[who]),
            expected=Expected(
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
        door = Door(self.room, self.state(now), self.beliefs, self.stakes)
        for position, party in enumerate(self.queue):
            choice = door.choose(position)
            if choice.config >= 0:
                door.seat(position, choice.config)
                tables = self.room.configs[choice.config]
                self.sitting[tables[tables >= 0]] = party
                self.seated[party] = now
                self._learn(party, now)
        self._quote(door, now)

    def _to_quote(self, now: int) -> list[int]:
        """Return the places in the queue of the walk-ins that came now and still wait."""
        if self.scales is None:
            return []
        return [
            place
            for place, party in enumerate(self.queue)
            if self.seated[party] < 0
            and self.crowd[party, PROMISED] == 0
            and self.crowd[party, ARRIVES] == now
        ]

    def _quote(self, door: Door, now: int) -> None:
        for place in self._to_quote(now):
            if self.scales is not None:
                self.told[self.queue[place]] = quote(door.wait_ahead(place), self.scales)

    def _learn(self, party: int, now: int) -> None:
        """Learn as the service can: from who sat down, and from who left after the quote."""
        told = self.told.get(party)
        if told is None or self.scales is None:
            return
        waited = int(now - self.crowd[party, ARRIVES]) * GRID_MINUTES
        outcome = Outcome(waited, bool(self.seated[party] >= 0))
        if self.stays[party]:
            self.quotes.append(Quoted(told, waited, waited <= told.minutes))
        self.scales = learned(self.scales, told, outcome, self.beliefs.patience)

    def _leave(self, now: int) -> None:
        waiting = [party for party in self.queue if self.seated[party] < 0]
        for party in waiting:
            if now >= self.crowd[party, LEAVES] and not self.stays[party]:
                self.seated[party] = GONE
                self._learn(party, now)
        self.queue = [party for party in waiting if self.seated[party] != GONE]
