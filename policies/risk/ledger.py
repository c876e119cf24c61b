"""The scenario ledger: what one more promise does to an evening, over common random numbers.

Some 300 scenarios of one period, as integers: in each every party comes or not, at some time, for
some stay; kept are the occupancy by size class and bucket and the cascade's overflow. What one more
party adds to it estimates who would wait and who would be walked. Draws are a function of a party's
key alone (policies/numeric/draws.py) and the state a function of the parties and the instant, so
that an update in place equals a rebuild, in any process.

A booking alive at a later instant is less likely to be cancelled (see `cancel_chance`); without
that update the ledger would keep some 10 % of phantom cancellations until the doors open.
"""

import math
from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from policies.forecast.forecast import Forecast
from policies.house.grid import GRID_MINUTES
from policies.house.layout import WHOLE_ROOM, Layout, SizeClasses
from policies.risk.cascade import Capacity
from policies.risk.ledger_kernels import (
    DrawParameters,
    PartyRecord,
    PartyRecords,
    ScenarioBoard,
    apply_parties,
    least_spare,
    try_party,
)
from policies.risk.party_draws import cancel_chance, lateness_row, stay_rows

SCENARIOS = 300
TOLERANCE_MINUTES = 10
"""The wait a promised party puts up with where no house says otherwise (in the lab)."""

SMALL_TABLES_OUT = 0.08
"""Share of each class's tables not counted on: seated parties cannot be rearranged."""

JOINS_OUT = 0.75
"""Share of the joins not counted on, for the same reason."""


class LedgerParty(Struct, frozen=True, kw_only=True):
    """A party in the ledger. Buckets count from the ledger's base.

    `key`: seeds its draws. `asked`: when it booked, as a share of the booking window (0 first
    request, 1 doors open). `cancels`: its probability to cancel, as of then; `no_show`: not to
    come, if not cancelled. `arrived`: it is here, so neither of them nor lateness is drawn.
    `sat_for`: minutes at its table so far, None before. `until`: known end, of a held table or
    a turn of the period before; nothing is drawn. `not_before`: it is late already and cannot
    come before this bucket.
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


class MarginalRisk(Struct, frozen=True, kw_only=True):
    """The effect of one more party, as shares of the scenarios.

    `walked`, `late`: it, or somebody because of it, lacks a table for half an hour, for longer
    than the wait tolerance, during its stay. `risk`: anybody promised waits over the tolerance
    during its stay; `before`: the same without it.
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
    ) -> None:
        self.layout = layout
        self.redraws = redraws
        self.now = 0.0
        self.parties: dict[int, LedgerParty] = {}
        largest = max(layout.largest, 1)
        self._parameters = DrawParameters(stay_rows(forecast, largest), lateness_row(forecast))
        self.boards = [
            board_of(buffered_classes(group) if buffered else group, length, scenarios)
            for group in layout.groups
        ]

    def add(self, *parties: LedgerParty) -> None:
        """Add parties to every scenario."""
        self._put(parties, 1, [(self.cancels(party), 1.0) for party in parties])
        self.parties |= {party.key: party for party in parties}

    def remove(self, *keys: int) -> None:
        """Remove parties; raises KeyError."""
        parties = [self.parties[key] for key in keys]
        self._put(parties, -1, [(self.cancels(party), 1.0) for party in parties])
        for key in keys:
            del self.parties[key]

    def advance(self, now: float) -> None:
        """Move on to a share of the booking window: those alive by then cancel less likely."""
        parties = list(self.parties.values())
        before = [self.cancels(party) for party in parties]
        self.now = max(now, self.now)
        less = [(self.cancels(party), high) for party, high in zip(parties, before, strict=True)]
        alive = [place for place, (low, high) in enumerate(less) if low < high]
        self._put([parties[place] for place in alive], 1, [less[place] for place in alive])

    def reduce_capacity(self, group: int, classes: SizeClasses, first: int, end: int) -> None:
        """Set a group's capacity in buckets [first, end); the ledger must be empty."""
        capacity, kept = self.boards[group].capacity, buffered_classes(classes)
        capacity.tables[first:end] = kept.tables
        capacity.joins[first:end] = kept.join_count

    def marginal_risk(
        self, party: LedgerParty, start: int, *, tolerance: int = TOLERANCE_MINUTES
    ) -> MarginalRisk:
        """Return the effect of promising the party a table at bucket `start`.

        `tolerance`: minutes that a promised party may wait. Each figure is the worse of the whole
        room's and that of the area it asked for.
        """
        risks = [self._try(group, party, start, tolerance) for group in _groups(party)]
        worst = max(risks, key=lambda each: each.risk)
        return replace(
            worst,
            walked=max(each.walked for each in risks),
            late=max(each.late for each in risks),
        )

    def least_spare(self, party: LedgerParty, start: int) -> tuple[float, float]:
        """Return the tables left over at the tightest moment of its stay, without the party.

        Means over the scenarios: of the tables large enough, and of all; as shares of the group's
        tables, the less of the whole room's and that of the area it asked for. Negative where more
        parties are expected than there are tables.
        """
        rank, end = self.layout.class_of(party.size), start + self.mean_stay(party.size)
        found = []
        for group in _groups(party):
            tables = max(1.0, float(self.layout.groups[group].tables.sum()))
            fitting, every = least_spare(self.boards[group], rank, start, end)
            found.append((fitting / tables, every / tables))
        return min(each for each, _ in found), min(each for _, each in found)

    def cancels(self, party: LedgerParty) -> float:
        """Return the probability that the party, alive now, is cancelled before the doors open."""
        if party.arrived or party.until is not None:
            return 0.0
        return cancel_chance(party.cancels, party.asked, self.now if self.redraws else party.asked)

    def mean_stay(self, size: int) -> int:
        """Return the mean buckets a party of this size occupies its table, reset included."""
        mean, deviation, reset = self._parameters.stays[min(size, len(self._parameters.stays) - 1)]
        minutes = math.exp(mean + deviation**2 / 2) + float(reset)
        return max(1, round(minutes / GRID_MINUTES))

    def _try(self, group: int, party: LedgerParty, start: int, tolerance: int) -> MarginalRisk:
        record, stay = self._record(party, start), self.mean_stay(party.size)
        board, cancels = self.boards[group], self.cancels(party)
        too_long = tolerance // GRID_MINUTES + 1
        walked, late, risk, before = try_party(
            board, record, self._parameters, cancels, stay, too_long
        )
        return MarginalRisk(walked=walked, late=late, risk=risk, before=before)

    def _put(
        self, parties: Sequence[LedgerParty], sign: int, draws: Sequence[tuple[float, float]]
    ) -> None:
        """Add (`sign` 1) or remove (-1) each party where its cancel draw lies in its [low, high).

        All in one kernel call a board: the overflow is counted once for all, and between
        many calls other threads would run.
        """
        for group, board in enumerate(self.boards):
            there = [place for place, party in enumerate(parties) if group in _groups(party)]
            if there:
                records = [self._record(parties[place], parties[place].start) for place in there]
                rows = _rows(records, [draws[place] for place in there])
                apply_parties(board, rows, self._parameters, sign)

    def _record(self, party: LedgerParty, start: int) -> PartyRecord:
        return PartyRecord(
            np.uint64(party.key),
            self.layout.class_of(party.size),
            min(party.size, len(self._parameters.stays) - 1),
            start,
            0.0 if party.arrived else party.no_show,
            party.arrived,
            party.sat_for or 0.0,
            -1 if party.until is None else party.until,
            party.not_before,
        )


def _rows(records: Sequence[PartyRecord], draws: Sequence[tuple[float, float]]) -> PartyRecords:
    return PartyRecords(
        np.array([each.key for each in records], np.uint64),
        np.array(
            [(e.rank, e.size, e.start, e.arrived, e.until, e.not_before) for e in records], np.int64
        ),
        np.array(
            [(e.no_show, e.sat_for, *draw) for e, draw in zip(records, draws, strict=True)],
            np.float64,
        ),
    )


def board_of(classes: SizeClasses, length: int, scenarios: int) -> ScenarioBoard:
    """Return an empty board of `length` buckets with a group's capacity."""
    capacity = Capacity(
        np.tile(classes.tables, (length, 1)),
        np.tile(classes.join_count, (length, 1)),
        classes.join_member,
        classes.join_uses,
        classes.join_reach,
    )
    return ScenarioBoard(
        capacity,
        np.zeros((scenarios, length, len(classes.seats)), np.int16),
        np.zeros((scenarios, length), np.int16),
    )


def buffered_classes(
    classes: SizeClasses, *, tables_out: float = SMALL_TABLES_OUT, joins_out: float = JOINS_OUT
) -> SizeClasses:
    """Return the capacity less what is not counted on: 24-24-8-4 becomes 22-22-7-4."""
    return replace(
        classes,
        tables=np.rint(classes.tables * (1.0 - tables_out)).astype(np.int64),
        join_count=np.rint(classes.join_count * (1.0 - joins_out)).astype(np.int64),
    )


def _groups(party: LedgerParty) -> tuple[int, ...]:
    return (WHOLE_ROOM,) if party.group == WHOLE_ROOM else (WHOLE_ROOM, party.group)
