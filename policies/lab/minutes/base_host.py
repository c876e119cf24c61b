"""The base rule at the door, in minutes: best fit in order of arrival, tables held for promises.

The rule of `policies.lookahead.base_rule`, one step at a time: a promised party not yet here holds
back a table of its class from `ahead` minutes before its start to `grace` after it.
"""

import numpy as np
from msgspec import Struct

from policies.house.layout import Layout
from policies.lab.minutes.floor import NOBODY, EveningFloor, SeatParty
from policies.lab.minutes.outcome import LATE_AFTER, WaitRecord
from policies.lookahead.base_rule import (
    ARRIVES,
    DUE,
    KIND,
    LEAVES,
    NOT_ARRIVED,
    ON_TIME,
    PROMISED,
    SIZE,
    STAY,
    SimulationRun,
    simulate,
)
from policies.lookahead.board import new_board, reset_board
from policies.lookahead.room_arrays import build_room_arrays
from policies.numeric.compiled import Ints

_FOR_LONG = 1 << 20


class BaseHostRule(Struct, frozen=True, kw_only=True):
    """For how many minutes around its start a promise holds back a table.

    `large_first`: as the base rule of the look-ahead does, joins are kept for large parties; False
    is what houses do without it.
    """

    ahead: int = 20
    grace: int = 15
    large_first: bool = True


class BaseHost:
    """Seats by the base rule."""

    def __init__(self, layout: Layout, rule: BaseHostRule) -> None:
        room = build_room_arrays(layout)
        nothing = np.zeros_like(room.scarce)
        self.room = room if rule.large_first else room._replace(scarce=nothing)
        self.rule = rule

    def begin(self, floor: EveningFloor) -> None:
        """See EveningHost."""
        self.floor = floor
        parties = floor.parties
        self.board = new_board(self.room, 1, len(parties.size))
        self.kind = np.minimum(parties.size, len(self.room.kind_class)) - 1

    def happened(self, kind: int, party: int) -> None:
        """See EveningHost; the floor is all this rule looks at."""

    def minute_over(self) -> None:
        """See EveningHost."""

    def waits(self) -> tuple[WaitRecord, ...]:
        """See EveningHost; nothing is quoted."""
        return ()

    def orders(self) -> list[SeatParty]:
        """See EveningHost."""
        floor = self.floor
        able = [party for party in floor.queue if floor.may_sit(party)]
        able = [party for party in able if floor.parties.size[party] <= len(self.room.kind_class)]
        reset_board(self.room, self.board, np.where(floor.free, 0, _FOR_LONG))
        seated = np.full(len(able), NOT_ARRIVED, np.int64)
        rows = np.full(len(able), NOBODY, np.int64)
        run = SimulationRun(self._crowd(able), self._due(), seated, rows)
        simulate(self.room, self.board, run, floor.now, NOBODY)
        return [
            SeatParty(
                party, tuple(place for place in self.room.configs[row].tolist() if place >= 0)
            )
            for party, at, row in zip(able, seated.tolist(), rows.tolist(), strict=True)
            if at >= 0
        ]

    def _crowd(self, able: list[int]) -> Ints:
        parties = self.floor.parties
        crowd = np.zeros((len(able), 8), np.int64)
        crowd[:, ARRIVES] = self.floor.now
        crowd[:, KIND] = self.kind[able]
        crowd[:, SIZE] = parties.size[able]
        crowd[:, DUE] = parties.start[able]
        crowd[:, LEAVES] = _FOR_LONG
        crowd[:, ON_TIME] = np.maximum(parties.start[able], parties.arrives[able]) + LATE_AFTER
        crowd[:, STAY] = _FOR_LONG
        crowd[:, PROMISED] = parties.booking[able] >= 0
        return crowd

    def _due(self) -> Ints:
        """Return the promised parties tables are held back for, by class [1, K].

        Those due and not here, and those here that may not sit down yet.
        """
        floor, now = self.floor, self.floor.now
        coming = floor.expected()
        start = floor.parties.start[coming]
        near = coming[(start - self.rule.ahead <= now) & (now <= start + self.rule.grace)]
        early = [party for party in floor.queue if not floor.may_sit(party)]
        due = np.zeros((1, len(self.room.tables)), np.int64)
        classes = self.room.kind_class[self.kind[[*near.tolist(), *early]]]
        np.add.at(due[0], classes, 1)
        return due
