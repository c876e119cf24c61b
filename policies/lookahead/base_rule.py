"""The base rule at the door: best fit in order of arrival, holding back tables for near promises.

Promised parties are served first, then walk-ins, both in order of arrival. Each takes the first
free configuration (table or join) of its kind. A walk-in, or a promised party before its start,
takes it only when afterwards the cascade still places every promised party that waits or is due
within `PromiseWindow.ahead`. The cascade is exact at one instant: with nested capacities a demand
is feasible iff, for every class k, parties of class k or larger do not outnumber tables of class k
or larger (Hall 1935). The lab plays whole evenings with the same kernels that simulate scenarios.
Time is in buckets of 5 minutes.
"""

from typing import NamedTuple

from policies.lookahead.board import (
    TableBoard,
    cascade_holds,
    clear_tables,
    first_free,
    large_unplaced,
    take_config,
    take_table,
    undo_take,
)
from policies.lookahead.room_arrays import RoomArrays
from policies.numeric.compiled import Ints, compiled_without_refcounts

ARRIVES, KIND, SIZE, DUE, LEAVES, STAY, PROMISED, ON_TIME = range(8)
"""Columns of a crowd [M, 8]: parties by arrival, those waiting now first; times in buckets.

KIND: kind of party (see RoomArrays). DUE: the later of promised start and arrival, from which a
wait counts. LEAVES: last bucket in which the party accepts a table. STAY: buckets its table is
taken, reset included. PROMISED: 1 for a reservation, 0 for a walk-in. ON_TIME: last bucket in
which a promised party sits within the wait tolerance.

In the look-ahead "bucket" now + s is the moment 5 s minutes from now, whatever now's place in its
bucket; minutes are rounded so that no wait is judged shorter than it is.
"""

STILL_WAITING, LEFT_UNSEATED, NOT_ARRIVED = -1, -2, -3
"""Values in place of the bucket a party was seated in."""


class PromiseWindow(NamedTuple):
    """When a promise holds back a table: `ahead` buckets before its start to `grace` after it.

    `ahead_scarce`: in place of `ahead` for parties of a class with few tables (RoomArrays.scarce):
    a join needs two neighbouring tables free at once, which must be waited for.
    """

    ahead: int = 4
    grace: int = 3
    ahead_scarce: int = 12


DEFAULT_WINDOW = PromiseWindow()


class SimulationRun(NamedTuple):
    """One simulation of L buckets: the parties that come, and the outcome of each.

    `crowd` [M, 8]. `due` [L, K]: promised parties not yet here, by class, for which tables are
    held back at each step. `seated` [M]: bucket seated in, or STILL_WAITING, LEFT_UNSEATED,
    NOT_ARRIVED; parties with a bucket already are skipped. `rows` [M]: their configurations.
    """

    crowd: Ints
    due: Ints
    seated: Ints
    rows: Ints


@compiled_without_refcounts
def seat_promised(
    room: RoomArrays, board: TableBoard, run: SimulationRun, party: int, now: int, step: int
) -> int:
    """Take and return the configuration a promised party gets now; -1 when it waits."""
    kind = run.crowd[party, KIND]
    if board.no_table_at[kind] == step:
        return -1
    row = first_free(room, board, kind)
    if row < 0:
        board.no_table_at[kind] = step
        return -1
    before = large_unplaced(room, board, run.due, step)
    board.waiting_promised[room.kind_class[kind]] -= 1
    take_config(room, board, row, step + run.crowd[party, STAY])
    if may_keep(room, board, run, party, now, step, before):
        return row
    undo_take(room, board, row)
    board.waiting_promised[room.kind_class[kind]] += 1
    return -1


@compiled_without_refcounts
def may_keep(
    room: RoomArrays,
    board: TableBoard,
    run: SimulationRun,
    party: int,
    now: int,
    step: int,
    before: int,
) -> bool:
    """Tell whether a promised party may keep the configuration it has just taken.

    Before its start only where the cascade holds. Then a small one may not take what a large one
    needs (`before`: large parties unplaced without it), unless it has waited over the tolerance.
    """
    if now < run.crowd[party, DUE]:
        return cascade_holds(room, board, run.due, step)
    if now > run.crowd[party, ON_TIME] or room.scarce[room.kind_class[run.crowd[party, KIND]]]:
        return True
    return large_unplaced(room, board, run.due, step) <= before


@compiled_without_refcounts
def keep_halves(
    room: RoomArrays, board: TableBoard, run: SimulationRun, step: int, count: int
) -> None:
    """Keep the free tables of a join for each large party that waits and finds none free now.

    Of the joins that have a free table the one that clears first; its free tables count as taken
    until the next step.
    """
    for place in range(count):
        party = board.promised_queue[place]
        kind = run.crowd[party, KIND]
        if room.scarce[room.kind_class[kind]] and first_free(room, board, kind) < 0:
            row = soonest_join(room, board, kind)
            if row >= 0:
                for column in range(room.configs.shape[1]):
                    table = room.configs[row, column]
                    if table >= 0 and board.free[table] == 1:
                        take_table(room, board, table, step + 1)


@compiled_without_refcounts
def soonest_join(room: RoomArrays, board: TableBoard, kind: int) -> int:
    """Return the join for a kind of party, part of it free, that clears soonest; -1 for none."""
    found, soonest = -1, len(board.clearing_at)
    for place in range(room.kind_from[kind], room.kind_from[kind + 1]):
        row = room.kind_rows[place]
        free, clears = 0, 0
        for column in range(room.configs.shape[1]):
            table = room.configs[row, column]
            if table >= 0:
                free += board.free[table]
                if board.free[table] == 0:
                    clears = max(clears, board.until[table])
        if free > 0 and clears < soonest:
            found, soonest = row, clears
    return found


@compiled_without_refcounts
def seat_walk_in(
    room: RoomArrays, board: TableBoard, run: SimulationRun, party: int, step: int
) -> int:
    """Take and return the configuration a walk-in gets now; -1 when it waits."""
    kind = run.crowd[party, KIND]
    if board.no_table_at[kind] == step or board.held_back_at[kind] == step:
        return -1
    row = first_free(room, board, kind)
    if row < 0:
        board.no_table_at[kind] = step
        return -1
    take_config(room, board, row, step + run.crowd[party, STAY])
    if cascade_holds(room, board, run.due, step):
        return row
    undo_take(room, board, row)
    board.held_back_at[kind] = step
    return -1


@compiled_without_refcounts
def serve_promised(
    room: RoomArrays,
    board: TableBoard,
    run: SimulationRun,
    now: int,
    step: int,
    after: int,
    count: int,
) -> int:
    """Seat waiting promised parties of index above `after`; return how many still wait."""
    kept = 0
    for place in range(count):
        party = board.promised_queue[place]
        row = -1
        if party > after:
            row = seat_promised(room, board, run, party, now, step)
        if row >= 0:
            run.seated[party] = now
            run.rows[party] = row
        elif now >= run.crowd[party, LEAVES]:
            run.seated[party] = LEFT_UNSEATED
            board.waiting_promised[room.kind_class[run.crowd[party, KIND]]] -= 1
        else:
            board.promised_queue[kept] = party
            kept += 1
    return kept


@compiled_without_refcounts
def serve_walk_ins(
    room: RoomArrays,
    board: TableBoard,
    run: SimulationRun,
    now: int,
    step: int,
    after: int,
    count: int,
) -> int:
    """Seat waiting walk-ins of index above `after`; return how many still wait."""
    kept = 0
    some = count > 0 and cascade_holds(room, board, run.due, step)
    for place in range(count):
        party = board.walk_in_queue[place]
        row = -1
        if some and party > after:
            row = seat_walk_in(room, board, run, party, step)
        if row >= 0:
            run.seated[party] = now
            run.rows[party] = row
        elif now >= run.crowd[party, LEAVES]:
            run.seated[party] = LEFT_UNSEATED
        else:
            board.walk_in_queue[kept] = party
            kept += 1
    return kept


@compiled_without_refcounts
def simulate(room: RoomArrays, board: TableBoard, run: SimulationRun, now: int, after: int) -> None:
    """Simulate `due.shape[0]` buckets from `now` on a board that `reset_board` has set up.

    In the first bucket the parties up to index `after` have been decided already.
    """
    come = promised = walk_ins = 0
    for step in range(run.due.shape[0]):
        clear_tables(room, board, step)
        while come < len(run.crowd) and run.crowd[come, ARRIVES] <= now + step:
            if run.seated[come] < 0:
                run.seated[come] = STILL_WAITING
                if run.crowd[come, PROMISED] == 1:
                    board.promised_queue[promised] = come
                    board.waiting_promised[room.kind_class[run.crowd[come, KIND]]] += 1
                    promised += 1
                else:
                    board.walk_in_queue[walk_ins] = come
                    walk_ins += 1
            come += 1
        done = after if step == 0 else -1
        keep_halves(room, board, run, step, promised)
        promised = serve_promised(room, board, run, now + step, step, done, promised)
        walk_ins = serve_walk_ins(room, board, run, now + step, step, done, walk_ins)


@compiled_without_refcounts
def add_due(
    due: Ints, now: int, start: int, arrives: int, size: int, window: PromiseWindow, scarce: Ints
) -> None:
    """Add a promise of class `size` to `due` [L, K] from `ahead` before its start to its arrival.

    At most until `grace` after its start. `scarce` [K]: see RoomArrays.
    """
    ahead = window.ahead_scarce if scarce[size] == 1 else window.ahead
    first = max(start - ahead - now, 0)
    last = min(arrives, start + window.grace + 1) - now
    for step in range(first, min(last, due.shape[0])):
        due[step, size] += 1
