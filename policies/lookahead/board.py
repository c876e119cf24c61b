"""The state of the tables during a simulation: take, clear, find a free one, test the cascade.

Free tables by class and free joins by kind are counted incrementally, so that the cascade and
searches without hope need not scan the tables.
"""

from typing import NamedTuple

import numpy as np

from policies.lookahead.room_arrays import RoomArrays
from policies.numeric.compiled import Ints, compiled_without_refcounts


class TableBoard(NamedTuple):
    """Mutable state of one simulation: T tables, K classes, C configurations, J kinds of join.

    `until` [T]: step at which a taken table clears (0 is the first bucket). `clearing_at` [L + 1]
    and `next_clearing` [T]: linked lists of the tables that clear at each step, -1 ends one.
    `free` [T]: 1 for a free table; `free_by_class` [K]. `missing_tables` [C]: taken tables of a
    join; `free_joins` [J]: joins with none taken. `no_table_at`, `held_back_at` [kinds]: the last
    step at which a kind found no free configuration, or none the base rule let it take.
    `waiting_promised` [K]: promised parties here. `spare_tables` [K], `joined` [T]: work
    space of the cascade. `promised_queue`, `walk_in_queue` [M]: waiting parties.
    """

    until: Ints
    clearing_at: Ints
    next_clearing: Ints
    free: Ints
    free_by_class: Ints
    missing_tables: Ints
    free_joins: Ints
    no_table_at: Ints
    held_back_at: Ints
    waiting_promised: Ints
    spare_tables: Ints
    joined: Ints
    promised_queue: Ints
    walk_in_queue: Ints


def new_board(room: RoomArrays, length: int, parties: int) -> TableBoard:
    """Return a board for simulations of `length` buckets with at most `parties` parties."""
    tables, classes, joins = len(room.table_class), len(room.tables), len(room.joins)
    kinds = len(room.kind_class)
    sizes = (tables, length + 1, tables, tables, classes, len(room.configs), joins, kinds, kinds)
    rest = (classes, classes, tables, parties, parties)
    return TableBoard(*(np.zeros(size, np.int64) for size in (*sizes, *rest)))


@compiled_without_refcounts
def reset_board(room: RoomArrays, board: TableBoard, until: Ints) -> None:
    """Set up: table t is taken until step `until[t]` [T], free when that is 0 or less."""
    board.clearing_at[:] = -1
    for size in range(len(room.tables)):
        board.free_by_class[size] = room.tables[size]
    board.missing_tables[:] = 0
    board.free_joins[:] = 0
    board.waiting_promised[:] = 0
    board.no_table_at[:] = -1
    board.held_back_at[:] = -1
    board.free[:] = 1
    for row in range(len(room.join_kind)):
        if room.join_kind[row] >= 0:
            board.free_joins[room.join_kind[row]] += 1
    for table in range(len(until)):
        if until[table] > 0:
            take_table(room, board, table, until[table])


@compiled_without_refcounts
def take_table(room: RoomArrays, board: TableBoard, table: int, until: int) -> None:
    """Take one table until a step; beyond the last step it never clears."""
    last = len(board.clearing_at) - 1
    step = min(until, last)
    board.until[table] = until
    board.next_clearing[table] = board.clearing_at[step]
    board.clearing_at[step] = table
    board.free[table] = 0
    board.free_by_class[room.table_class[table]] -= 1
    for place in range(room.join_from[table], room.join_from[table + 1]):
        row = room.join_rows[place]
        if board.missing_tables[row] == 0:
            board.free_joins[room.join_kind[row]] -= 1
        board.missing_tables[row] += 1


@compiled_without_refcounts
def free_table(room: RoomArrays, board: TableBoard, table: int) -> None:
    """Free one table; the caller removes it from the lists of clearing tables."""
    board.free[table] = 1
    board.free_by_class[room.table_class[table]] += 1
    for place in range(room.join_from[table], room.join_from[table + 1]):
        row = room.join_rows[place]
        board.missing_tables[row] -= 1
        if board.missing_tables[row] == 0:
            board.free_joins[room.join_kind[row]] += 1


@compiled_without_refcounts
def take_config(room: RoomArrays, board: TableBoard, row: int, until: int) -> None:
    """Take the tables of a configuration until a step."""
    for place in range(room.configs.shape[1]):
        if room.configs[row, place] >= 0:
            take_table(room, board, room.configs[row, place], until)


@compiled_without_refcounts
def undo_take(room: RoomArrays, board: TableBoard, row: int) -> None:
    """Undo `take_config` of this configuration, which must have been the last one taken."""
    for back in range(room.configs.shape[1]):
        table = room.configs[row, room.configs.shape[1] - 1 - back]
        if table >= 0:
            step = min(board.until[table], len(board.clearing_at) - 1)
            board.clearing_at[step] = board.next_clearing[table]
            free_table(room, board, table)


@compiled_without_refcounts
def first_free(room: RoomArrays, board: TableBoard, kind: int) -> int:
    """Return the best free configuration for a kind of party, -1 when there is none.

    Of tables of one class the first that breaks no free join, else the first.
    """
    for block in range(room.segment_from[kind], room.segment_from[kind + 1]):
        if may_be_free(board, room.segments[block, 0]):
            found = -1
            for place in range(room.segments[block, 1], room.segments[block, 2]):
                row = room.kind_rows[place]
                if is_free(room, board, row):
                    if not breaks_join(room, board, row):
                        return int(row)
                    if found < 0:
                        found = row
            if found >= 0:
                return int(found)
    return -1


@compiled_without_refcounts
def breaks_join(room: RoomArrays, board: TableBoard, row: int) -> bool:
    """Tell whether a single free table is part of a join that could be made now."""
    if room.configs.shape[1] > 1 and room.configs[row, 1] >= 0:
        return False
    table = room.configs[row, 0]
    for place in range(room.join_from[table], room.join_from[table + 1]):
        if board.missing_tables[room.join_rows[place]] == 0:
            return True
    return False


@compiled_without_refcounts
def may_be_free(board: TableBoard, sort: int) -> bool:
    """Tell by the counts whether a configuration of this segment type can be free at all."""
    classes = len(board.free_by_class)
    if sort < classes:
        return bool(board.free_by_class[sort] > 0)
    return sort - classes >= len(board.free_joins) or bool(board.free_joins[sort - classes] > 0)


@compiled_without_refcounts
def is_free(room: RoomArrays, board: TableBoard, row: int) -> bool:
    """Tell whether every table of a configuration is free."""
    for place in range(room.configs.shape[1]):
        table = room.configs[row, place]
        if table < 0:
            return True
        if board.free[table] == 0:
            return False
    return True


@compiled_without_refcounts
def cascade_holds(room: RoomArrays, board: TableBoard, due: Ints, step: int) -> bool:
    """Tell whether the free tables place the promised parties due at this step or waiting.

    The cascade: largest class first; each takes its own tables, then larger spare ones, then joins.
    Joins are counted as they can be made at once: none of them shares a table with another.
    """
    return unplaced_parties(room, board, due, step, 0, 0) == 0


@compiled_without_refcounts
def large_unplaced(room: RoomArrays, board: TableBoard, due: Ints, step: int) -> int:
    """Return how many large parties (RoomArrays.scarce) due or waiting the cascade cannot place."""
    smallest = len(room.scarce) - room.scarce.sum()
    return unplaced_parties(room, board, due, step, smallest, len(board.free))


@compiled_without_refcounts
def unplaced_parties(
    room: RoomArrays, board: TableBoard, due: Ints, step: int, smallest: int, most: int
) -> int:
    """Return the parties of class `smallest` or larger without a table; stops above `most`."""
    classes = due.shape[1]
    joins_used = False
    unplaced: int = 0
    for size in range(classes):
        board.spare_tables[size] = board.free_by_class[size]
    for back in range(classes - smallest):
        size = classes - 1 - back
        short = due[step, size] + board.waiting_promised[size]
        for larger in range(size, classes):
            used = min(short, board.spare_tables[larger])
            board.spare_tables[larger] -= used
            short -= used
        if short > 0:
            if not joins_used:
                board.joined[:] = 0
                joins_used = True
            unplaced += short - place_by_joins(room, board, size, short)
            if unplaced > most:
                return unplaced
    return unplaced


@compiled_without_refcounts
def place_by_joins(room: RoomArrays, board: TableBoard, size: int, short: int) -> int:
    """Place up to `short` parties of a class at spare joins; return how many were placed."""
    placed = 0
    for join in range(len(room.joins)):
        member, uses, reach = room.joins[join, 0], room.joins[join, 1], room.joins[join, 2]
        if reach >= size and member < size and board.free_joins[join] > 0:
            most = min(short - placed, board.spare_tables[member] // uses)
            used = take_joins(room, board, join, most)
            board.spare_tables[member] -= used * uses
            placed += used
    return placed


@compiled_without_refcounts
def take_joins(room: RoomArrays, board: TableBoard, join: int, most: int) -> int:
    """Mark in `joined` the tables of up to `most` free joins of a kind; return how many it were."""
    used = 0
    for place in range(room.rows_from[join], room.rows_from[join + 1]):
        if used >= most:
            return used
        row = room.rows_of_join[place]
        apart = board.missing_tables[row] == 0
        for column in range(room.configs.shape[1]):
            table = room.configs[row, column]
            apart = apart and (table < 0 or board.joined[table] == 0)
        if apart:
            for column in range(room.configs.shape[1]):
                if room.configs[row, column] >= 0:
                    board.joined[room.configs[row, column]] = 1
            used += 1
    return used


@compiled_without_refcounts
def clear_tables(room: RoomArrays, board: TableBoard, step: int) -> None:
    """Free the tables whose parties leave at this step."""
    table = board.clearing_at[step]
    while table >= 0:
        free_table(room, board, table)
        table = board.next_clearing[table]
    board.clearing_at[step] = -1
