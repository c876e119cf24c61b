"""A lower bound on the covers that any plan leaves without a table: a linear programme by class.

Parties alike (size and time) are assigned to kinds of places (a class of tables, a kind of join)
within the capacity of each at every start. It relaxes the plan: places are not told apart and
parties may be split. Over time the exact problem (hierarchical interval scheduling) is NP-hard
from three classes on.
"""

from collections import Counter

import highspy
import numpy as np
from msgspec import Struct

from policies.house.layout import SizeClasses
from policies.lab.solver import quiet_solver
from policies.numeric.compiled import Ints


class PartyKind(Struct, frozen=True, order=True):
    """Parties alike: size, size class, and buckets [start, end)."""

    size: int
    rank: int
    start: int
    end: int


class PlaceKind(Struct, frozen=True):
    """`takes` tables of class `member`; `join`: the kind of join, -1 for a single table."""

    member: int
    takes: int
    join: int


class _Columns:
    """The LP matrix by columns: row indices, values, objective (`worth`), upper bound (`most`)."""

    def __init__(self) -> None:
        self.begins, self.rows, self.values = [0], list[int](), list[float]()
        self.worth, self.most = list[float](), list[float]()

    def add(self, worth: float, most: float, entries: list[tuple[int, float]]) -> None:
        """Append a column."""
        self.worth.append(worth)
        self.most.append(most)
        self.rows += [row for row, _ in entries]
        self.values += [value for _, value in entries]
        self.begins.append(len(self.rows))


def least_unplaced_covers(
    classes: SizeClasses, size: Ints, rank: Ints, start: Ints, end: Ints
) -> float:
    """Return a lower bound on the covers left out; `size`, `rank` (class), times: [P] each.

    Raises ArithmeticError when HiGHS finds no optimum.
    """
    if len(size) == 0:
        return 0.0
    alike = Counter(map(PartyKind, size.tolist(), rank.tolist(), start.tolist(), end.tolist()))
    solver = quiet_solver()
    solver.passModel(_model(classes, alike))
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise ArithmeticError(solver.getModelStatus())
    return float(size.sum()) - float(solver.getInfo().objective_function_value)


def _model(classes: SizeClasses, alike: Counter[PartyKind]) -> highspy.HighsLp:
    starts = sorted({kind.start for kind in alike})
    columns = _columns(classes, alike, starts)
    model = highspy.HighsLp()
    most = [*alike.values()]
    most += [int(count) for count in (*classes.tables, *classes.join_count) for _ in starts]
    model.num_col_, model.num_row_ = len(columns.worth), len(most)
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = np.array(columns.worth)
    model.col_lower_ = np.zeros(len(columns.worth))
    model.col_upper_ = np.array(columns.most)
    model.row_lower_ = np.full(len(most), -highspy.kHighsInf)
    model.row_upper_ = np.array(most, np.float64)
    matrix = model.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kColwise
    matrix.start_ = np.array(columns.begins, np.int32)
    matrix.index_ = np.array(columns.rows, np.int32)
    matrix.value_ = np.array(columns.values)
    return model


def _columns(classes: SizeClasses, alike: Counter[PartyKind], starts: list[int]) -> _Columns:
    """One column a kind of party and place; rows: kinds of party, tables and joins by start."""
    columns = _Columns()
    for number, (kind, count) in enumerate(alike.items()):
        during = [at for at, bucket in enumerate(starts) if kind.start <= bucket < kind.end]
        for place in _places(classes, kind.rank):
            tables = len(alike) + place.member * len(starts)
            entries = [(number, 1.0), *((tables + at, float(place.takes)) for at in during)]
            if place.join >= 0:
                joins = len(alike) + (len(classes.tables) + place.join) * len(starts)
                entries += [(joins + at, 1.0) for at in during]
            columns.add(float(kind.size), float(count), entries)
    return columns


def _places(classes: SizeClasses, rank: int) -> list[PlaceKind]:
    singles = [PlaceKind(member, 1, -1) for member in range(rank, len(classes.tables))]
    joined = [
        PlaceKind(int(classes.join_member[kind]), int(classes.join_uses[kind]), kind)
        for kind in range(len(classes.join_count))
        if classes.join_member[kind] < rank <= classes.join_reach[kind]
    ]
    return singles + joined
