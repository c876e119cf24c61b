"""The base rule of the door: best fit in order, a walk-in only while near promises stay kept.

Promised parties come first in order of arrival, then walk-ins in order of arrival. Each takes the
first free configuration of its kind. A walk-in, or a promised party that came before its time,
takes it only when afterwards the cascade (SCIENCE.md: exact at one instant for nested capacities)
still places every promised party that waits or is due within `ahead`. The same kernel plays a
true evening and, inside the rollouts, an imagined one. Time is in buckets of 5 minutes.
"""

from typing import NamedTuple

from policies.lookahead.board import Board, clear, first_free, holds, take, untake
from policies.lookahead.room_arrays import DoorRoom
from policies.numeric.compiled import Ints, lean

ARRIVES, KIND, SIZE, DUE, LEAVES, STAY, PROMISED = range(7)
"""Columns of a crowd [M, 7]: parties in order of arrival, those who wait already first.

DUE: when a wait begins, the promised start or the arrival after it. LEAVES: the last bucket in
which the party still takes a table. STAY: buckets its table is taken. PROMISED: 1 or 0.
"""

STILL, GONE, NOT_HERE = -1, -2, -3
"""Instead of the bucket a party was seated in: waiting at the end, left unseated, not yet come."""


class Rule(NamedTuple):
    """When a promise counts: from `ahead` buckets before its start to `grace` after, if unmet."""

    ahead: int = 4
    grace: int = 3


USUAL_RULE = Rule()


class Course(NamedTuple):
    """An evening to play: who comes and what became of them.

    `crowd` [M, 7]. `due` [L, K]: promised parties by class that count at each step although they
    have not come. `seated` [M]: the bucket, or STILL, GONE, NOT_HERE; a party that holds a bucket
    already is passed over. `rows` [M]: the configurations.
    """

    crowd: Ints
    due: Ints
    seated: Ints
    rows: Ints


@lean
def seat_promised(
    room: DoorRoom, board: Board, course: Course, party: int, now: int, step: int
) -> int:
    """Return the configuration a promised party takes now, -1 when it waits."""
    kind = course.crowd[party, KIND]
    if board.full[kind] == step:
        return -1
    row = first_free(room, board, kind)
    if row < 0:
        board.full[kind] = step
        return -1
    board.waiting[room.kind_class[kind]] -= 1
    take(room, board, row, step + course.crowd[party, STAY])
    if now >= course.crowd[party, DUE] or holds(room, board, course.due, step):
        return row
    untake(room, board, row)
    board.waiting[room.kind_class[kind]] += 1
    return -1


@lean
def seat_walk_in(room: DoorRoom, board: Board, course: Course, party: int, step: int) -> int:
    """Return the configuration a walk-in takes now, -1 when it waits."""
    kind = course.crowd[party, KIND]
    if board.full[kind] == step or board.refused[kind] == step:
        return -1
    row = first_free(room, board, kind)
    if row < 0:
        board.full[kind] = step
        return -1
    take(room, board, row, step + course.crowd[party, STAY])
    if holds(room, board, course.due, step):
        return row
    untake(room, board, row)
    board.refused[kind] = step
    return -1


@lean
def serve_promised(
    room: DoorRoom, board: Board, course: Course, now: int, step: int, after: int, count: int
) -> int:
    """Serve the promised parties that wait, but those up to `after`; return how many still do."""
    kept = 0
    for place in range(count):
        party = board.guests[place]
        row = -1
        if party > after:
            row = seat_promised(room, board, course, party, now, step)
        if row >= 0:
            course.seated[party] = now
            course.rows[party] = row
        elif now >= course.crowd[party, LEAVES]:
            course.seated[party] = GONE
            board.waiting[room.kind_class[course.crowd[party, KIND]]] -= 1
        else:
            board.guests[kept] = party
            kept += 1
    return kept


@lean
def serve_walk_ins(
    room: DoorRoom, board: Board, course: Course, now: int, step: int, after: int, count: int
) -> int:
    """Serve the walk-ins that wait, but those up to `after`; return how many still do."""
    kept = 0
    some = count > 0 and holds(room, board, course.due, step)
    for place in range(count):
        party = board.walkers[place]
        row = -1
        if some and party > after:
            row = seat_walk_in(room, board, course, party, step)
        if row >= 0:
            course.seated[party] = now
            course.rows[party] = row
        elif now >= course.crowd[party, LEAVES]:
            course.seated[party] = GONE
        else:
            board.walkers[kept] = party
            kept += 1
    return kept


@lean
def play_out(room: DoorRoom, board: Board, course: Course, now: int, after: int) -> None:
    """Play `due.shape[0]` buckets from `now` on a board that was laid.

    At the first step the parties up to `after` have been decided already.
    """
    come = guests = walkers = 0
    for step in range(course.due.shape[0]):
        clear(room, board, step)
        while come < len(course.crowd) and course.crowd[come, ARRIVES] <= now + step:
            if course.seated[come] < 0:
                course.seated[come] = STILL
                if course.crowd[come, PROMISED] == 1:
                    board.guests[guests] = come
                    board.waiting[room.kind_class[course.crowd[come, KIND]]] += 1
                    guests += 1
                else:
                    board.walkers[walkers] = come
                    walkers += 1
            come += 1
        done = after if step == 0 else -1
        guests = serve_promised(room, board, course, now + step, step, done, guests)
        walkers = serve_walk_ins(room, board, course, now + step, step, done, walkers)


@lean
def add_due(due: Ints, now: int, start: int, arrives: int, size: int, rule: Rule) -> None:
    """Count a promise in `due` [L, K] from `ahead` before its start until it comes or the grace."""
    first = max(start - rule.ahead - now, 0)
    last = min(arrives, start + rule.grace + 1) - now
    for step in range(first, min(last, due.shape[0])):
        due[step, size] += 1
