"""From nights played to figures: a line a row and load, against the flat rule and the bound."""

import math

import numpy as np
from msgspec import Struct

from policies.lab.compare import Gain, best, gain, mean, ratio
from policies.lab.nights import LOADS
from policies.numeric.compiled import Floats
from scripts.benchmark.pieces import Figures, Piece, Told
from scripts.benchmark.rows import ROWS, Row

BLOCK = 5
"""Nights in a piece."""

TUNING = 1_000_000
"""Report nights are seeds 1, 2, ...; nights to tune on begin behind this one."""


class Line(Struct, frozen=True, kw_only=True):
    """A row at a load. Money a night in SCIENCE.md's units (50 a cover); walked parties a night.

    `rule`: the policy that was best of several. `over_flat`, `over_levelling`: in percent of that
    rule's net, None where it was not played. `of_bound`: share of the clairvoyant's revenue,
    `of_unmoved`: of the clairvoyant's who gives no guest another time. `elsewhere` and `moved`:
    shares of the bookings; `foretold`: walked parties a night expected when bookings were taken.
    `unplaced`: share of the book's covers without a table in the plan, nan where it was not made,
    `unplaceable`: the share that has none in any plan (a book beyond the room is meant to).
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
    over_flat: Gain | None
    over_levelling: Gain | None
    over_ours: Gain | None
    of_bound: float
    of_unmoved: float


class Played:
    """The nights of every row and load, in the order of the seeds."""

    def __init__(self) -> None:
        self.nights: dict[tuple[str, int], dict[str, list[Told]]] = {}

    def add(self, found: dict[Piece, Figures]) -> None:
        """Take in pieces; their nights are put in order, whatever order they were done in."""
        for piece in sorted(found, key=lambda piece: (piece.row, piece.load, piece.seeds)):
            rules = self.nights.setdefault((piece.row, piece.load), {})
            for rule, nights in found[piece].items():
                rules.setdefault(rule, []).extend(nights)

    def rule(self, row: str, load: int) -> str:
        """Return the name of the row's best policy on these nights."""
        return best({rule: _nets(nights) for rule, nights in self.nights[row, load].items()})

    def best(self, row: str, load: int) -> list[Told]:
        """Return the nights of the row's best policy, none if the row was not played."""
        found = self.nights.get((row, load))
        return found[self.rule(row, load)] if found else []

    def gain(self, row: str, other: str, load: int) -> Gain | None:
        """Return the paired gain of a row over another on the nights that both played."""
        ours, theirs = _nets(self.best(row, load)), _nets(self.best(other, load))
        both = min(len(ours), len(theirs))
        return gain(ours[:both], theirs[:both]) if both >= 2 else None

    def line(self, row: Row, load: int) -> Line:
        """Return the row's figures at this load."""
        nights = self.best(row.name, load)
        bound = self.best("bound", load)[: len(nights)]
        booked = sum(night.booked for night in nights)
        quotes = sum(night.quotes for night in nights)
        return Line(
            name=row.name,
            title=row.title,
            load=load,
            rule=self.rule(row.name, load),
            nights=len(nights),
            net=mean(_nets(nights)),
            revenue=mean(np.array([night.revenue for night in nights])),
            walked=mean(np.array([night.walked for night in nights])),
            late=mean(np.array([night.late for night in nights])),
            booked=mean(np.array([night.booked for night in nights])),
            elsewhere=_share(sum(night.elsewhere for night in nights), booked),
            moved=_share(
                sum(night.moved for night in nights), sum(night.accepted for night in nights)
            ),
            foretold=mean(np.array([night.foretold for night in nights])),
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

    def lines(self) -> list[Line]:
        """Return every line there is, by load, in the order of the rows."""
        return [
            self.line(row, load)
            for load in range(len(LOADS))
            for row in ROWS.values()
            if (row.name, load) in self.nights
        ]


def pieces_of(row: Row, load: int, nights: int, first: int, only: str | None = None) -> list[Piece]:
    """Return the pieces of a row: its share of the nights from seed `first` on, in blocks.

    A row that learns from night to night is one piece.
    """
    count = max(2, math.ceil(nights * row.share))
    seeds = range(first, first + count)
    block = count if row.quotes else BLOCK
    return [
        Piece(row.name, load, tuple(seeds[begin : begin + block]), only)
        for begin in range(0, count, block)
    ]


def _nets(nights: list[Told]) -> Floats:
    return np.array([night.net for night in nights], np.float64)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else math.nan
