"""Figures of each row and load from the nights played, against the flat rule and the bound."""

import math

import numpy as np
from msgspec import Struct

from policies.lab.compare import PairedGain, best_by_mean, mean_or_nan, paired_gain, ratio
from policies.lab.nights import LOADS
from policies.numeric.compiled import Floats
from scripts.benchmark.pieces import NightResult, NightsByPolicy, Piece
from scripts.benchmark.rows import ROWS, Row

NIGHTS_PER_PIECE = 5
"""Nights in a piece."""

TUNING_SEED = 1_000_000
"""Report nights have seeds 1, 2, ...; nights to tune on start after this seed."""


class RowFigures(Struct, frozen=True, kw_only=True):
    """A row at a load. Money, walked and late parties: mean a night (50 money a cover).

    `rule`: the best of several policies. `over_flat`, `over_levelling`, `over_ours`: percent of
    that row's net, None where it was not played. `of_bound`: share of the clairvoyant's revenue;
    `of_unmoved`: of the clairvoyant's that gives no guest another start. `elsewhere`: share of
    the bookings at another start than the wish; `moved`: of those accepted, although the wish was
    free. `foretold`: walked parties expected at acceptance. `unplaced`: share of booked covers
    without a table in the plan, nan if not measured; `unplaceable`: lower bound of any plan.
    """

    name: str
    title: str
    load: int
    rule: str
    nights: int
    net: float
    revenue: float
    walked: float
    late: float
    booked: float
    elsewhere: float
    moved: float
    foretold: float
    quotes: int
    quotes_kept: float
    unplaced: float
    unplaceable: float
    over_flat: PairedGain | None
    over_levelling: PairedGain | None
    over_ours: PairedGain | None
    of_bound: float
    of_unmoved: float


class BenchmarkNights:
    """The nights played of every row and load, by policy, in the order of seeds."""

    def __init__(self) -> None:
        self.nights: dict[tuple[str, int], dict[str, list[NightResult]]] = {}

    def add(self, found: dict[Piece, NightsByPolicy]) -> None:
        """Add pieces in any order; their nights are sorted by seed."""
        for piece in sorted(found, key=lambda piece: (piece.row, piece.load, piece.seeds)):
            rules = self.nights.setdefault((piece.row, piece.load), {})
            for rule, nights in found[piece].items():
                rules.setdefault(rule, []).extend(nights)

    def rule(self, row: str, load: int) -> str:
        """Return the name of the row's best policy on these nights."""
        return best_by_mean(
            {rule: _nets(nights) for rule, nights in self.nights[row, load].items()}
        )

    def best(self, row: str, load: int) -> list[NightResult]:
        """Return the nights of the row's best policy; empty if the row was not played."""
        found = self.nights.get((row, load))
        return found[self.rule(row, load)] if found else []

    def gain(self, row: str, other: str, load: int) -> PairedGain | None:
        """Return the paired gain of a row over another on the nights both have, None below two."""
        ours, theirs = _nets(self.best(row, load)), _nets(self.best(other, load))
        both = min(len(ours), len(theirs))
        return paired_gain(ours[:both], theirs[:both]) if both >= 2 else None

    def line(self, row: Row, load: int) -> RowFigures:
        """Return the row's figures at this load."""
        nights = self.best(row.name, load)
        bound = self.best("bound", load)[: len(nights)]
        booked = sum(night.booked for night in nights)
        quotes = sum(night.quotes for night in nights)
        return RowFigures(
            name=row.name,
            title=row.title,
            load=load,
            rule=self.rule(row.name, load),
            nights=len(nights),
            net=mean_or_nan(_nets(nights)),
            revenue=mean_or_nan(np.array([night.revenue for night in nights])),
            walked=mean_or_nan(np.array([night.walked for night in nights])),
            late=mean_or_nan(np.array([night.late for night in nights])),
            booked=mean_or_nan(np.array([night.booked for night in nights])),
            elsewhere=_share(sum(night.elsewhere for night in nights), booked),
            moved=_share(
                sum(night.moved for night in nights), sum(night.accepted for night in nights)
            ),
            foretold=mean_or_nan(np.array([night.foretold for night in nights])),
            quotes=quotes,
            quotes_kept=_share(sum(night.quotes_kept for night in nights), quotes),
            unplaced=_share(
                sum(night.unplaced for night in nights), sum(night.covers for night in nights)
            ),
            unplaceable=_share(
                sum(night.unplaceable for night in nights), sum(night.covers for night in nights)
            ),
            over_flat=self.gain(row.name, "flat", load),
            over_levelling=self.gain(row.name, "levelling", load),
            over_ours=self.gain(row.name, "ours", load),
            of_bound=ratio(_nets(nights), _nets(bound)),
            of_unmoved=ratio(_nets(nights), np.array([night.unmoved for night in bound])),
        )

    def lines(self) -> list[RowFigures]:
        """Return the figures of all rows played, by load, in the order of ROWS."""
        return [
            self.line(row, load)
            for load in range(len(LOADS))
            for row in ROWS.values()
            if (row.name, load) in self.nights
        ]


def pieces_of(row: Row, load: int, nights: int, first: int, only: str | None = None) -> list[Piece]:
    """Return the pieces of a row: its share of the nights, from seed `first` on.

    A row that learns from night to night is one piece.
    """
    count = max(2, math.ceil(nights * row.share))
    seeds = range(first, first + count)
    block = count if row.quotes else NIGHTS_PER_PIECE
    return [
        Piece(row.name, load, tuple(seeds[begin : begin + block]), only)
        for begin in range(0, count, block)
    ]


def _nets(nights: list[NightResult]) -> Floats:
    return np.array([night.net for night in nights], np.float64)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else math.nan
