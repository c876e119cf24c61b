"""The scenario ledger: what one more promise does to an evening, over common random numbers.

Some 300 scenarios of one period, as integers: in each every party comes or not, at some time, for
some stay; occupancy by size class and bucket; the cascade's overflow. From what one more party
adds to it follows who would wait and be walked. A party's luck is a function of its key alone
(policies/numeric/draws.py), and the state a function of the parties and the instant, so that changing it
in place equals building it anew, in any process. SCIENCE.md "The four decisions" (a).
"""

import math
from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from policies.forecast.forecast import Forecast
from policies.house.grid import GRID_MINUTES
from policies.house.layout import WHOLE_ROOM, Classes, Layout
from policies.numeric.compiled import Floats
from policies.risk.cascade import Capacity
from policies.risk.ledger_kernels import Beliefs, Board, Guest, Guests, put, tried
from policies.risk.party_draws import cancel_chance, lateness_row, stay_rows

SCENARIOS = 300
SMALL_TABLES_OUT = 0.08
"""Share of a class's tables the ledger does without: seated parties cannot be repacked."""

JOINS_OUT = 0.75
"""Share of the joins it does without, for the same reason."""


DOOR_SHARE = 0.66
"""Share of the tables walk-ins would take that promises find taken, so that the walked parties told
at acceptance come to those that happen: measured in evenings over HTTP (scripts/evening), where
parties grow at the door, tables break and guests need quiet."""

LAB_DOOR_SHARE = 0.44
"""The same in the lab (policies/lab/), where nothing of that happens: three loads, 15 nights."""


class Party(Struct, frozen=True, kw_only=True):
    """A party as the ledger knows it. Buckets count from the ledger's base.

    `key`: where its luck comes from. `asked`: when it booked, as a share of the booking window.
    `no_show`: its chance of not coming, if not cancelled. `arrived`: it is here, so it neither
    cancels nor stays away nor is late. `sat_for`: minutes at its table so far, None before.
    `until`: known end of a place that is not a guest's (a held table); no luck then.
    `not_before`: the party is late already: it cannot come before this bucket.
    """

    key: int
    size: int
    start: int
    group: int = 0
    asked: float = 1.0
    cancels: float = 0.0
    no_show: float = 0.0
    arrived: bool = False
    sat_for: float | None = None
    until: int | None = None
    not_before: int = 0


class Toll(Struct, frozen=True, kw_only=True):
    """What one more party would do, expected over the scenarios.

    `walked`, `late`: the chance that it, or somebody because of it, lacks a table for half an
    hour, for longer than the tolerance, while it is here. `risk`: the chance that anybody
    promised then waits over the tolerance while the party would be here, `before` the same
    without it.
    """

    walked: float
    late: float
    risk: float
    before: float


class Ledger:
    """The scenarios of one period in one process: one board a group (the room, then areas)."""

    def __init__(
        self,
        layout: Layout,
        forecast: Forecast,
        *,
        length: int,
        buffered: bool = True,
        redraws: bool = True,
        scenarios: int = SCENARIOS,
        walk_ins: Floats | None = None,
        door_share: float = DOOR_SHARE,
    ) -> None:
        """`walk_ins` [B, K]: tables that walk-ins are believed to want, for `foretold`.

        `door_share` of them are taken when a promised party comes.
        """
        self.layout = layout
        self.redraws = redraws
        self.now = 0.0
        self.parties: dict[int, Party] = {}
        largest = max(layout.largest, 1)
        self._beliefs = Beliefs(stay_rows(forecast, largest), lateness_row(forecast))
        self.boards = [
            board_of(buffered_classes(group) if buffered else group, length, scenarios)
            for group in layout.groups
        ]
        taken = None if walk_ins is None else door_share * walk_ins
        whole = self.boards[WHOLE_ROOM]
        self.door = None if taken is None else _door(layout, length, whole, taken)

    def add(self, *parties: Party) -> None:
        """Put parties into every scenario."""
        self._put(parties, 1, [(self.cancels(party), 1.0) for party in parties])
        self.parties |= {party.key: party for party in parties}

    def remove(self, *keys: int) -> None:
        """Take parties out again; raises KeyError."""
        parties = [self.parties[key] for key in keys]
        self._put(parties, -1, [(self.cancels(party), 1.0) for party in parties])
        for key in keys:
            del self.parties[key]

    def advance(self, now: float) -> None:
        """Move on to a share of the booking window: who is alive cancels less likely."""
        parties = list(self.parties.values())
        before = [self.cancels(party) for party in parties]
        self.now = max(now, self.now)
        less = [(self.cancels(party), high) for party, high in zip(parties, before, strict=True)]
        alive = [place for place, (low, high) in enumerate(less) if low < high]
        self._put([parties[place] for place in alive], 1, [less[place] for place in alive])

    def leave(self, group: int, classes: Classes, first: int, end: int) -> None:
        """Leave a group only this much of its room in buckets [first, end); nobody is in yet."""
        capacity, kept = self.boards[group].capacity, buffered_classes(classes)
        capacity.tables[first:end] = kept.tables
        capacity.joins[first:end] = kept.join_count
        if self.door is not None and group == WHOLE_ROOM:
            whole, less = self.layout.groups[WHOLE_ROOM], self.door.capacity
            less.tables[first:end] -= whole.tables - classes.tables
            less.joins[first:end] -= whole.join_count - classes.join_count
            np.maximum(less.tables, 0, out=less.tables)

    def toll(self, party: Party, start: int) -> Toll:
        """Return what the party would do if it were promised a table at bucket `start`.

        Of the whole room and the area it asked for, each figure is that of the worse.
        """
        tolls = [self._try(group, party, start) for group in _groups(party)]
        worst = max(tolls, key=lambda toll: toll.risk)
        return replace(
            worst,
            walked=max(toll.walked for toll in tolls),
            late=max(toll.late for toll in tolls),
        )

    def foretold(self, party: Party, start: int) -> float:
        """Return the parties more that will be walked in the evening as it will be, walk-ins too.

        Told with a promise, not weighed by it: of the walk-ins the prices take care. 0.0 where
        the ledger knows of no walk-ins.
        """
        if self.door is None:
            return 0.0
        guest, stay = self._guest(party, start), self.mean_stay(party.size)
        return float(tried(self.door, guest, self._beliefs, self.cancels(party), stay)[0])

    def cancels(self, party: Party) -> float:
        """Return the chance that the party, alive now, is cancelled before the doors open."""
        if party.arrived or party.until is not None:
            return 0.0
        return cancel_chance(party.cancels, party.asked, self.now if self.redraws else party.asked)

    def mean_stay(self, size: int) -> int:
        """Return the buckets a party of this size takes its table on average."""
        mean, deviation, reset = self._beliefs.stays[min(size, len(self._beliefs.stays) - 1)]
        minutes = math.exp(mean + deviation**2 / 2) + float(reset)
        return max(1, round(minutes / GRID_MINUTES))

    def _try(self, group: int, party: Party, start: int) -> Toll:
        guest, stay = self._guest(party, start), self.mean_stay(party.size)
        walked, late, risk, before = tried(
            self.boards[group], guest, self._beliefs, self.cancels(party), stay
        )
        return Toll(walked=walked, late=late, risk=risk, before=before)

    def _put(
        self, parties: Sequence[Party], sign: int, draws: Sequence[tuple[float, float]]
    ) -> None:
        """Put each party where its cancel draw lies between these two; all at once, a call a board.

        Who finds no table is counted once for all, and between many calls other threads would run.
        """
        for group, board in enumerate(self.boards):
            there = [place for place, party in enumerate(parties) if group in _groups(party)]
            if there:
                guests = [self._guest(parties[place], parties[place].start) for place in there]
                rows = _rows(guests, [draws[place] for place in there])
                door = self.door if group == WHOLE_ROOM else None
                put((board, door) if door else (board,), rows, self._beliefs, sign)

    def _guest(self, party: Party, start: int) -> Guest:
        return Guest(
            np.uint64(party.key),
            self.layout.class_of(party.size),
            min(party.size, len(self._beliefs.stays) - 1),
            start,
            0.0 if party.arrived else party.no_show,
            party.arrived,
            party.sat_for or 0.0,
            -1 if party.until is None else party.until,
            party.not_before,
        )


def _rows(guests: Sequence[Guest], draws: Sequence[tuple[float, float]]) -> Guests:
    return Guests(
        np.array([each.key for each in guests], np.uint64),
        np.array(
            [(e.rank, e.size, e.start, e.arrived, e.until, e.not_before) for e in guests], np.int64
        ),
        np.array(
            [(e.no_show, e.sat_for, *draw) for e, draw in zip(guests, draws, strict=True)],
            np.float64,
        ),
    )


def board_of(classes: Classes, length: int, scenarios: int) -> Board:
    """Return an empty board of so many buckets for a group's capacity."""
    capacity = Capacity(
        np.tile(classes.tables, (length, 1)),
        np.tile(classes.join_count, (length, 1)),
        classes.join_member,
        classes.join_uses,
        classes.join_reach,
    )
    return Board(
        capacity,
        np.zeros((scenarios, length, len(classes.seats)), np.int16),
        np.zeros((scenarios, length), np.int16),
    )


def _door(layout: Layout, length: int, whole: Board, less: Floats) -> Board:
    """Return the whole room's board less [B, K] tables taken, with nothing else kept back.

    The same parties are on both.
    """
    board = board_of(layout.groups[WHOLE_ROOM], length, len(whole.over))
    taken = np.rint(less).astype(np.int64)
    np.maximum(board.capacity.tables - taken, 0, out=board.capacity.tables)
    return board._replace(occupied=whole.occupied)


def buffered_classes(
    classes: Classes, *, tables_out: float = SMALL_TABLES_OUT, joins_out: float = JOINS_OUT
) -> Classes:
    """Return the capacity less what cannot be counted on: 24-24-8-4 becomes 22-22-7-4."""
    return replace(
        classes,
        tables=np.rint(classes.tables * (1.0 - tables_out)).astype(np.int64),
        join_count=np.rint(classes.join_count * (1.0 - joins_out)).astype(np.int64),
    )


def _groups(party: Party) -> tuple[int, ...]:
    return (WHOLE_ROOM,) if party.group == WHOLE_ROOM else (WHOLE_ROOM, party.group)
