"""Packing an evening tighter: a search that seats a party by ejecting others, who seat again.

An ejection pool (Nagata and Braysy 2009, "A powerful route minimization heuristic for the vehicle
routing problem with time windows"): a party without a place takes the configuration whose parties
are cheapest to eject; they wait in the pool for their turn. Who is hard to place grows dearer, so
the search does not turn in circles. It works on tables, hence on joins and facts as they are; it
counts its steps and draws its luck from their number, so every process finds the same.
"""

from typing import NamedTuple

import numpy as np

from policies.numeric.compiled import Ints, Small, compiled, inlined
from policies.numeric.draws import mixed

FREE, FACT = -1, -2
"""Who is at a table in a bucket: nobody, or something that does not move; else a party's number."""

_NEVER = 1 << 60
_PREFERRED = -(1 << 40)
_FAR = 24
_FINE = 8
_PICK, _TIE = 9, 10


class Board(NamedTuple):
    """The room while it is searched: T tables, B buckets, C configurations of W tables at most.

    `at` [T, B]: FREE, FACT or a party. `configs` [C, W]: places, -1 behind the last. `choices`
    lists, kind by kind, the configurations that do, `level` [same] how far down they rank.
    """

    at: Small
    configs: Ints
    choices: Ints
    level: Ints


class Parties(NamedTuple):
    """N parties that may move: [N] each.

    `start`, `end` in buckets; `size` in guests: what it costs to eject them; `worth`: what it
    costs to leave them out; `first`, `last`: where their kind's `choices` begin and end.
    """

    start: Ints
    end: Ints
    size: Ints
    worth: Ints
    first: Ints
    last: Ints


class Luck(NamedTuple):
    """What the search remembers: `penalty` [N] of each party, `seen` [N] and `tick` [1] marks."""

    penalty: Ints
    seen: Ints
    tick: Ints


@compiled
def search(board: Board, parties: Parties, seat: Ints, pool: Ints, waiting: int, steps: int) -> int:
    """Seat whom it can and return the worth of whom it leaves out; `seat` [N] is the best found.

    `seat`: configuration of each party, -1 for the first `waiting` of `pool` [N], who are tried in
    that order (last first) once and then at random, at most `steps` times in all. The caller's
    `board.at` and `pool` are used up.
    """
    best, lost = seat.copy(), 0
    for place in range(waiting):
        lost += parties.worth[pool[place]]
    least, opening = lost, waiting
    luck = Luck(np.ones(len(seat), np.int64), np.zeros(len(seat), np.int64), np.zeros(1, np.int64))
    for step in range(steps):
        if least == 0:
            break
        if step >= opening:
            _shuffle(pool, waiting, step)
        party = pool[waiting - 1]
        luck.penalty[party] += 1
        config = _cheapest(board, parties, luck, party)
        if config < 0:
            continue
        waiting = _eject(board, parties, seat, pool, (party, config, waiting - 1))
        _put(board, parties, seat, party, config)
        lost = _worth(parties, pool, waiting)
        if lost < least:
            least = lost
            best[:] = seat
    seat[:] = best
    return least


@inlined
def _shuffle(pool: Ints, waiting: int, step: int) -> None:
    """Bring a party drawn at random to the end of the pool."""
    drawn = int(mixed(np.uint64(0), step, _PICK) >> np.uint64(33)) % waiting
    pool[drawn], pool[waiting - 1] = pool[waiting - 1], pool[drawn]


@inlined
def _worth(parties: Parties, pool: Ints, waiting: int) -> int:
    lost = 0
    for place in range(waiting):
        lost += parties.worth[pool[place]]
    return lost


@inlined
def _cheapest(board: Board, parties: Parties, luck: Luck, party: int) -> int:
    """Return the preferred free configuration, else the one cheapest to clear, -1 when facts bar.

    Ties are drawn.
    """
    best, least = -1, _NEVER
    for number in range(parties.first[party], parties.last[party]):
        config = board.choices[number]
        cost = _clearing(board, parties, luck, party, config, least)
        if cost == 0:
            cost = _PREFERRED + 100 * board.level[number] + _gap(board, parties, party, config)
        if cost < _NEVER and cost * _FINE < least:
            tied = cost * _FINE + int(mixed(np.uint64(0), luck.tick[0], _TIE) >> np.uint64(61))
            best, least = (config, tied) if tied < least else (best, least)
    return best


@inlined
def _clearing(
    board: Board, parties: Parties, luck: Luck, party: int, config: int, limit: int
) -> int:
    """Return what it costs to eject everybody in the way; `_NEVER` for facts and past `limit`."""
    luck.tick[0] += 1
    mark, cost = luck.tick[0], 0
    for table in board.configs[config]:
        bucket = parties.start[party]
        while table >= 0 and bucket < parties.end[party]:
            other = board.at[table, bucket]
            if other == FACT:
                return _NEVER
            bucket = bucket + 1 if other == FREE else parties.end[other]
            if other >= 0 and luck.seen[other] != mark:
                luck.seen[other] = mark
                cost += luck.penalty[other] * parties.size[other]
                if cost * _FINE >= limit:
                    return _NEVER
    return cost


@inlined
def _gap(board: Board, parties: Parties, party: int, config: int) -> int:
    """Return the free buckets beside the party on these tables, two hours a side at most."""
    gap = 0
    for table in board.configs[config]:
        if table >= 0:
            gap += _free_run(board.at[table], parties.start[party] - 1, -1)
            gap += _free_run(board.at[table], parties.end[party], 1)
    return gap


@inlined
def _free_run(at: Small, bucket: int, way: int) -> int:
    run = 0
    while run < _FAR and 0 <= bucket < len(at) and at[bucket] == FREE:
        run += 1
        bucket += way
    return run


@inlined
def _eject(
    board: Board, parties: Parties, seat: Ints, pool: Ints, task: tuple[int, int, int]
) -> int:
    """Send whoever is in the party's way on the configuration to the pool; return its new size."""
    party, config, waiting = task
    for table in board.configs[config]:
        bucket = parties.start[party]
        while table >= 0 and bucket < parties.end[party]:
            other = board.at[table, bucket]
            if other >= 0:
                _mark(board, parties, other, seat[other], FREE)
                seat[other] = -1
                pool[waiting] = other
                waiting += 1
            bucket += 1
    return waiting


@inlined
def _put(board: Board, parties: Parties, seat: Ints, party: int, config: int) -> None:
    _mark(board, parties, party, config, party)
    seat[party] = config


@inlined
def _mark(board: Board, parties: Parties, party: int, config: int, what: int) -> None:
    for table in board.configs[config]:
        if table >= 0:
            board.at[table, parties.start[party] : parties.end[party]] = what
