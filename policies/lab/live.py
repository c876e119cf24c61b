"""The look-ahead at the laboratory's door: bucket by bucket, as the service would be asked."""

import numpy as np

from policies.base_rule import ARRIVES, DUE, GONE, KIND, LEAVES, NOT_HERE, PROMISED, SIZE, STAY
from policies.compiled import Flags, Floats, Ints, Keys
from policies.door_room import DoorRoom
from policies.door_state import FREE, DoorState, Expected, Queue, Sittings
from policies.foresight import Beliefs
from policies.lookahead import Door
from policies.stakes import Stakes


class LiveDoor:
    """The door of one evening: who sits where, who waits, what becomes of the comers.

    `crowd` [M, 7] and `keys` [M] are the comers in order of arrival; `expected` the live bookings
    with `arrives` [E], when they really come. `seated` [M] as policies/base_rule.py says.
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
    ) -> None:
        self.room, self.beliefs, self.stakes = room, beliefs, stakes
        self.crowd, self.keys = crowd, keys
        self.expected, self.arrives = expected, arrives
        self.seated = np.full(len(crowd), NOT_HERE, np.int64)
        self.sitting = np.full(len(room.table_class), FREE, np.int64)
        self.queue: list[int] = []

    def step(self, now: int) -> None:
        """Let tables clear, guests come, the door decide, and impatient guests go."""
        self._clear(now)
        self._join(now)
        if self._anything_fits():
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
            expected=Expected(*(column[missing] for column in self.expected)),
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

    def _leave(self, now: int) -> None:
        waiting = [party for party in self.queue if self.seated[party] < 0]
        for party in waiting:
            if now >= self.crowd[party, LEAVES]:
                self.seated[party] = GONE
        self.queue = [party for party in waiting if self.seated[party] != GONE]
