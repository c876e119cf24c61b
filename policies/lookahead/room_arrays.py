"""A room as the kernels of the door see it: configurations by kind of party, joins by table.

A kind of party is a size with needs. Kinds 0 .. largest - 1 are the sizes 1 .. largest without
needs; what else a house must seat follows in the order it was named.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from policies.house.layout import ANYWHERE, WHOLE_ROOM, Layout
from policies.house.room import Needs
from policies.numeric.compiled import Ints


class DoorRoom(NamedTuple):
    """T tables of K classes, C configurations of at most W tables, J kinds of join.

    `configs` [C, W]: places, -1 behind the last. `table_class` [T]. `tables` [K]. Kinds of party:
    the rows `kind_from[k]` to `kind_from[k + 1]` of `kind_rows` are configurations, best first;
    `kind_class` is the class such a party counts in. The same by block: `block_from[k]` to
    `block_from[k + 1]` of `blocks` [B, 3], each its sort and the kind_rows it spans; a sort below
    K is single tables of that class, K + j joins of kind j, K + J any other. `join_rows` from
    `join_from[t]` on are the joins table t belongs to; `join_kind` [C] is the row of `joins`, -1
    for those that reach no larger class. `joins` [J, 3]: class of the members, how many, class
    reached.
    """

    configs: Ints
    table_class: Ints
    tables: Ints
    kind_from: Ints
    kind_rows: Ints
    kind_class: Ints
    block_from: Ints
    blocks: Ints
    join_from: Ints
    join_rows: Ints
    join_kind: Ints
    joins: Ints


def door_room(layout: Layout, more: Sequence[tuple[int, Needs]] = ()) -> DoorRoom:
    """Return the room; `more` are the sizes with needs beside the plain sizes."""
    kinds = [*((size, ANYWHERE) for size in range(1, layout.largest + 1)), *more]
    kind_from, kind_rows = _flat([layout.kind(size, needs) for size, needs in kinds])
    whole = layout.groups[WHOLE_ROOM]
    joins = np.stack([whole.join_member, whole.join_uses, whole.join_reach], axis=1)
    join_kind = _join_kinds(layout, joins)
    sorts = _sorts(layout, join_kind, len(joins))
    blocks = [_blocks(sorts, kind_rows, *span) for span in pairwise(kind_from.tolist())]
    join_from, join_rows = _flat(_joins_by_table(layout, join_kind))
    return DoorRoom(
        configs=layout.configs,
        table_class=np.ascontiguousarray(layout.table_class, np.int64),
        tables=whole.tables,
        kind_from=kind_from,
        kind_rows=kind_rows,
        kind_class=np.array([layout.class_of(size) for size, _ in kinds], np.int64),
        block_from=np.cumsum([0, *(len(rows) for rows in blocks)]).astype(np.int64),
        blocks=np.array([block for rows in blocks for block in rows], np.int64),
        join_from=join_from,
        join_rows=join_rows,
        join_kind=join_kind,
        joins=np.ascontiguousarray(joins),
    )


def _flat(rows: Sequence[Ints]) -> tuple[Ints, Ints]:
    ends = np.cumsum([0, *(len(row) for row in rows)])
    return ends.astype(np.int64), np.concatenate(rows).astype(np.int64)


def _join_kinds(layout: Layout, joins: Ints) -> Ints:
    number = {tuple(row): place for place, row in enumerate(joins.tolist())}
    kinds = []
    for config, seats in zip(layout.configs, layout.config_seats, strict=True):
        members = config[config >= 0]
        member = int(layout.table_class[members].max())
        reach = layout.class_of(int(seats))
        kinds.append(number.get((member, len(members), reach), -1) if len(members) > 1 else -1)
    return np.array(kinds, np.int64)


def _sorts(layout: Layout, join_kind: Ints, joins: int) -> Ints:
    classes = len(layout.seats)
    first = layout.configs[:, 0]
    single = (layout.configs >= 0).sum(axis=1) == 1
    joined = classes + np.where(join_kind >= 0, join_kind, joins)
    return np.where(single, layout.table_class[first], joined)


def _blocks(sorts: Ints, rows: Ints, begin: int, end: int) -> list[tuple[int, int, int]]:
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
