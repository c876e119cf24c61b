"""Which tables are free while an evening is played out: taken, cleared, found, and enough or not.

Counts by class and the joins wholly free are kept in step with the tables, so that a hopeless
search is not begun and the cascade needs no look at the tables.
"""

from typing import NamedTuple

import numpy as np

from policies.lookahead.room_arrays import DoorRoom
from policies.numeric.compiled import Ints, lean


class Board(NamedTuple):
    """What changes while an evening is played out: T tables, K classes, J kinds of join.

    `until` [T]: step a taken table clears (relative to the beginning). `clears` [L + 1] and
    `follows` [T]: lists of the tables that clear at a step. `free` [T], `counts` [K]: free tables.
    `broken` [C]: tables a join lacks, `ready` [J]: joins wholly free. `full`, `refused` [kinds]:
    the last step at which a kind found no table, or none it might take. `waiting` [K]: promised
    parties here. `left` [K], `unused` [J]: for the cascade. `guests`, `walkers` [M]: the queues.
    """

    until: Ints
    clears: Ints
    follows: Ints
    free: Ints
    counts: Ints
    broken: Ints
    ready: Ints
    full: Ints
    refused: Ints
    waiting: Ints
    left: Ints
    unused: Ints
    guests: Ints
    walkers: Ints


def a_board(room: DoorRoom, length: int, parties: int) -> Board:
    """Return a board for evenings of `length` buckets and at most so many parties."""
    tables, classes, joins = len(room.table_class), len(room.tables), len(room.joins)
    kinds = len(room.kind_class)
    sizes = (tables, length + 1, tables, tables, classes, len(room.configs), joins, kinds, kinds)
    rest = (classes, classes, joins, parties, parties)
    return Board(*(np.zeros(size, np.int64) for size in (*sizes, *rest)))


@lean
def lay(room: DoorRoom, board: Board, until: Ints) -> None:
    """Begin: table t is taken until the step `until[t]`, free when that is 0 or less."""
    board.clears[:] = -1
    for size in range(len(room.tables)):
        board.counts[size] = room.tables[size]
    board.broken[:] = 0
    board.ready[:] = 0
    board.waiting[:] = 0
    board.full[:] = -1
    board.refused[:] = -1
    board.free[:] = 1
    for row in range(len(room.join_kind)):
        if room.join_kind[row] >= 0:
            board.ready[room.join_kind[row]] += 1
    for table in range(len(until)):
        if until[table] > 0:
            take_table(room, board, table, until[table])


@lean
def take_table(room: DoorRoom, board: Board, table: int, until: int) -> None:
    """Take one table until a step; those past the last step never clear."""
    last = len(board.clears) - 1
    step = min(until, last)
    board.until[table] = until
    board.follows[table] = board.clears[step]
    board.clears[step] = table
    board.free[table] = 0
    board.counts[room.table_class[table]] -= 1
    for place in range(room.join_from[table], room.join_from[table + 1]):
        row = room.join_rows[place]
        if board.broken[row] == 0:
            board.ready[room.join_kind[row]] -= 1
        board.broken[row] += 1


@lean
def free_table(room: DoorRoom, board: Board, table: int) -> None:
    """Give one table back (its list of clearing tables is the caller's)."""
    board.free[table] = 1
    board.counts[room.table_class[table]] += 1
    for place in range(room.join_from[table], room.join_from[table + 1]):
        row = room.join_rows[place]
        board.broken[row] -= 1
        if board.broken[row] == 0:
            board.ready[room.join_kind[row]] += 1


@lean
def take(room: DoorRoom, board: Board, row: int, until: int) -> None:
    """Take the tables of a configuration until a step."""
    for place in range(room.configs.shape[1]):
        if room.configs[row, place] >= 0:
            take_table(room, board, room.configs[row, place], until)


@lean
def untake(room: DoorRoom, board: Board, row: int) -> None:
    """Undo the `take` of this configuration, which must be the last that was done."""
    for back in range(room.configs.shape[1]):
        table = room.configs[row, room.configs.shape[1] - 1 - back]
        if table >= 0:
            step = min(board.until[table], len(board.clears) - 1)
            board.clears[step] = board.follows[table]
            free_table(room, board, table)


@lean
def first_free(room: DoorRoom, board: Board, kind: int) -> int:
    """Return the best free configuration for a kind of party, -1 when there is none."""
    for block in range(room.block_from[kind], room.block_from[kind + 1]):
        if may_fit(board, room.blocks[block, 0]):
            for place in range(room.blocks[block, 1], room.blocks[block, 2]):
                if is_free(room, board, room.kind_rows[place]):
                    return int(room.kind_rows[place])
    return -1


@lean
def may_fit(board: Board, sort: int) -> bool:
    """Tell whether a configuration of this sort (see DoorRoom) can be free at all."""
    classes = len(board.counts)
    if sort < classes:
        return bool(board.counts[sort] > 0)
    return sort - classes >= len(board.ready) or bool(board.ready[sort - classes] > 0)


@lean
def is_free(room: DoorRoom, board: Board, row: int) -> bool:
    """Tell whether every table of a configuration is free."""
    for place in range(room.configs.shape[1]):
        table = room.configs[row, place]
        if table < 0:
            return True
        if board.free[table] == 0:
            return False
    return True


@lean
def holds(room: DoorRoom, board: Board, due: Ints, step: int) -> bool:
    """Tell whether the free tables place who is due at this step and who waits: the cascade.

    Largest parties first; each class takes its own tables, then larger ones left over, then joins.
    """
    classes = due.shape[1]
    for join in range(len(board.unused)):
        board.unused[join] = board.ready[join]
    for size in range(classes):
        board.left[size] = board.counts[size]
    for back in range(classes):
        size = classes - 1 - back
        short = due[step, size] + board.waiting[size]
        for larger in range(size, classes):
            used = min(short, board.left[larger])
            board.left[larger] -= used
            short -= used
        if short > 0 and short > joined(room, board, size, short):
            return False
    return True


@lean
def joined(room: DoorRoom, board: Board, size: int, short: int) -> int:
    """Return how many of `short` parties of a class joins place, and use those joins."""
    placed = 0
    for join in range(len(room.joins)):
        member, uses, reach = room.joins[join, 0], room.joins[join, 1], room.joins[join, 2]
        if reach >= size and member < size and board.unused[join] > 0:
            used = min(short - placed, board.unused[join], board.left[member] // uses)
            board.unused[join] -= used
            board.left[member] -= used * uses
            placed += used
    return placed


@lean
def clear(room: DoorRoom, board: Board, step: int) -> None:
    """Free the tables whose parties leave at this step."""
    table = board.clears[step]
    while table >= 0:
        free_table(room, board, table)
        table = board.follows[table]
    board.clears[step] = -1
