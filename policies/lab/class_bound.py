"""How many covers of a book find no table at the very least: a linear programme by class.

Parties alike (size and time) are spread over kinds of places (a class of tables, a kind of join),
within what there is of each at every start; nothing says which table, and parties may be split.
So no plan of tables leaves fewer covers (SCIENCE.md, "What is exact and what is not").
"""

from collections import Counter

import highspy
import numpy as np
from msgspec import Struct

from policies.house.layout import Classes
from policies.numeric.compiled import Ints


class Kind(Struct, frozen=True, order=True):
    """Parties alike: guests, their class, and buckets [start, end)."""

    size: int
    rank: int
    start: int
    end: int


class Place(Struct, frozen=True):
    """A kind of place: `takes` so many of the class `member`; `join` is its kind, -1 for none."""

    member: int
    takes: int
    join: int


class _Columns:
    """The matrix column by column: which rows, with what value, and what a column brings."""

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


def unplaceable(classes: Classes, size: Ints, rank: Ints, start: Ints, end: Ints) -> float:
    """Return the least covers left out by any plan; `size`, `rank` (class), times are [P] each.

    Raises ArithmeticError when HiGHS does not solve the programme.
    """
    if len(size) == 0:
        return 0.0
    alike = Counter(map(Kind, size.tolist(), rank.tolist(), start.tolist(), end.tolist()))
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)  # noqa: FBT003
    solver.setOptionValue("threads", 1)
    solver.passModel(_model(classes, alike))
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise ArithmeticError(solver.getModelStatus())
    return float(size.sum()) - float(solver.getInfo().objective_function_value)


def _model(classes: Classes, alike: Counter[Kind]) -> highspy.HighsLp:
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


def _columns(classes: Classes, alike: Counter[Kind], starts: list[int]) -> _Columns:
    """One column a kind of party and place; rows: the kinds, tables by class, joins by kind."""
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


def _places(classes: Classes, rank: int) -> list[Place]:
    singles = [Place(member, 1, -1) for member in range(rank, len(classes.tables))]
    joined = [
        Place(int(classes.join_member[kind]), int(classes.join_uses[kind]), kind)
        for kind in range(len(classes.join_count))
        if classes.join_member[kind] < rank <= classes.join_reach[kind]
    ]
    return singles + joined
