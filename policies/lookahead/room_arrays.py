"""A room as arrays for the look-ahead's kernels: configurations by kind of party, joins by table.

A kind of party is a size with needs. Kinds 0 .. largest - 1 are the sizes 1 .. largest without
needs; kinds with needs follow in the order given.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from policies.house.layout import NO_NEEDS, WHOLE_ROOM, Layout
from policies.house.room import EVERYWHERE, Admitted, Needs
from policies.numeric.compiled import Ints

SCARCE_SHARE = 4
"""Large are parties that one table in so many seats alone, or a single one: mostly 5 to 8."""


class RoomArrays(NamedTuple):
    """T tables of K classes, C configurations of at most W tables, J kinds of join.

    `configs` [C, W]: places of the tables, -1 after the last. `table_class` [T]. `tables` [K]:
    number of tables. Ragged rows: `kind_rows[kind_from[k]:kind_from[k + 1]]` are the
    configurations for kind k, best first; `kind_class` [kinds] is its class. Each kind's rows are
    cut into segments of one type, `segments[segment_from[k]:segment_from[k + 1]]`, rows [type,
    begin, end) of `kind_rows`; type c < K: single tables of class c, K + j: joins of kind j,
    K + J: other joins. `join_rows[join_from[t]:join_from[t + 1]]`: joins of table t. `join_kind`
    [C]: row of `joins`, -1 for single tables and joins that reach no larger class. `joins`
    [J, 3]: class of the members, their number, class reached. `rows_of_join[rows_from[j]:
    rows_from[j + 1]]`: configurations of join kind j. `scarce` [K]: 1 for a class of large
    parties: one table in SCARCE_SHARE or fewer seat them without a join.
    """

    configs: Ints
    table_class: Ints
    tables: Ints
    kind_from: Ints
    kind_rows: Ints
    kind_class: Ints
    segment_from: Ints
    segments: Ints
    join_from: Ints
    join_rows: Ints
    join_kind: Ints
    joins: Ints
    rows_from: Ints
    rows_of_join: Ints
    scarce: Ints


PartyKind = tuple[int, Needs, Admitted]
"""Size, needs, and the tables open to the party."""


def plain_kinds(layout: Layout, walk_ins: Admitted = EVERYWHERE) -> list[PartyKind]:
    """Return the kinds of party without needs, by size; `walk_ins`: the tables open to them.

    All of them for a size that would have none.
    """
    sizes = range(1, layout.largest + 1)
    return [
        (
            size,
            NO_NEEDS,
            walk_ins if len(layout.configs_for(size, NO_NEEDS, walk_ins)) else EVERYWHERE,
        )
        for size in sizes
    ]


def build_room_arrays(
    layout: Layout, more: Sequence[PartyKind] = (), walk_ins: Admitted = EVERYWHERE
) -> RoomArrays:
    """Return the room's arrays; `more`: the kinds of party with needs, or with other tables."""
    kinds = [*plain_kinds(layout, walk_ins), *more]
    kind_from, kind_rows = _ragged([layout.configs_for(*kind) for kind in kinds])
    whole = layout.groups[WHOLE_ROOM]
    joins = np.stack([whole.join_member, whole.join_uses, whole.join_reach], axis=1)
    join_kind = _join_kinds(layout, joins)
    sorts = _segment_types(layout, join_kind, len(joins))
    segments = [_segments(sorts, kind_rows, *span) for span in pairwise(kind_from.tolist())]
    join_from, join_rows = _ragged(_joins_by_table(layout, join_kind))
    rows_from, rows_of_join = _ragged([np.flatnonzero(join_kind == j) for j in range(len(joins))])
    return RoomArrays(
        configs=layout.configs,
        table_class=np.ascontiguousarray(layout.table_class, np.int64),
        tables=whole.tables,
        kind_from=kind_from,
        kind_rows=kind_rows,
        kind_class=np.array([layout.class_of(size) for size, *_ in kinds], np.int64),
        segment_from=np.cumsum([0, *(len(rows) for rows in segments)]).astype(np.int64),
        segments=np.array([block for rows in segments for block in rows], np.int64),
        join_from=join_from,
        join_rows=join_rows,
        join_kind=join_kind,
        joins=np.ascontiguousarray(joins),
        rows_from=rows_from,
        rows_of_join=rows_of_join,
        scarce=_scarce(whole.tables),
    )


def _ragged(rows: Sequence[Ints]) -> tuple[Ints, Ints]:
    ends = np.cumsum([0, *(len(row) for row in rows)])
    return ends.astype(np.int64), np.concatenate([*rows, np.zeros(0)]).astype(np.int64)


def _scarce(tables: Ints) -> Ints:
    """Return 1 for each class [K] whose parties few tables seat; the smallest never is one."""
    large_enough = np.cumsum(tables[::-1])[::-1]
    few = large_enough <= max(int(large_enough[0]) // SCARCE_SHARE, 1)
    few[0] = False
    return np.asarray(few, np.int64)


def _join_kinds(layout: Layout, joins: Ints) -> Ints:
    number = {tuple(row): place for place, row in enumerate(joins.tolist())}
    kinds = []
    for config, seats in zip(layout.configs, layout.config_seats, strict=True):
        members = config[config >= 0]
        member = int(layout.table_class[members].max())
        reach = layout.class_of(int(seats))
        kinds.append(number.get((member, len(members), reach), -1) if len(members) > 1 else -1)
    return np.array(kinds, np.int64)


def _segment_types(layout: Layout, join_kind: Ints, joins: int) -> Ints:
    classes = len(layout.seats)
    first = layout.configs[:, 0]
    single = (layout.configs >= 0).sum(axis=1) == 1
    joined = classes + np.where(join_kind >= 0, join_kind, joins)
    return np.where(single, layout.table_class[first], joined)


def _segments(sorts: Ints, rows: Ints, begin: int, end: int) -> list[tuple[int, int, int]]:
    cuts = [
        place for place in range(begin + 1, end) if sorts[rows[place]] != sorts[rows[place - 1]]
    ]
    bounds = [begin, *cuts, end] if end > begin else []
    return [(int(sorts[rows[a]]), a, b) for a, b in pairwise(bounds)]


def _joins_by_table(layout: Layout, join_kind: Ints) -> list[Ints]:
    joined = np.flatnonzero(join_kind >= 0)
    return [
        joined[(layout.configs[joined] == table).any(axis=1)]
        for table in range(len(layout.table_class))
    ]
