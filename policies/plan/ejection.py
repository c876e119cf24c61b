"""Ejection search: seat parties by ejecting others, who are seated again.

An ejection pool with penalty counters (Nagata and Braysy 2009, "A powerful route minimization
heuristic for the vehicle routing problem with time windows"): a party from the pool takes the table
set whose parties are cheapest to eject, and these go to the pool. A party's penalty counter grows
with each try to place it, so that the search does not cycle. It works on single tables, so joins
and facts are exact. Steps are counted and random draws derive from the step number, so every
process finds the same plan.
"""

from typing import NamedTuple

import numpy as np

from policies.numeric.compiled import Ints, SmallInts, compiled, inlined
from policies.numeric.draws import splitmix64

FREE, FACT = -1, -2
"""What is at a table in a bucket: nothing, or a fact that does not move; else a party's number."""

_NEVER = 1 << 60
_PREFERRED = -(1 << 40)
_FAR = 24
_FINE = 8
_PICK, _TIE = 9, 10


class PackingRoom(NamedTuple):
    """The room during a search: T tables, B buckets, C table sets of W tables at most.

    `at` [T, B]: FREE, FACT or a party. `configs` [C, W]: the places of each set, padded with
    -1. `choices`: the sets that seat each kind of party, one kind after another; `level`
    [same]: their preference rank.
    """

    at: SmallInts
    configs: Ints
    choices: Ints
    level: Ints


class PackingParties(NamedTuple):
    """N parties that may move: [N] each.

    `start`, `end` in buckets; `size` in guests: the cost of ejecting it; `worth`: the cost of
    leaving it out; `first`, `last`: the slice of `choices` for its kind.
    """

    start: Ints
    end: Ints
    size: Ints
    worth: Ints
    first: Ints
    last: Ints


class PenaltyCounters(NamedTuple):
    """The penalty counter of each party, `penalty` [N], and marks for visiting each party once.

    `seen` [N]: the last `tick` [1] at which a party was counted.
    """

    penalty: Ints
    seen: Ints
    tick: Ints


@compiled
def ejection_search(
    room: PackingRoom, parties: PackingParties, seat: Ints, pool: Ints, waiting: int, steps: int
) -> int:
    """Seat as many as it can; return the worth of those left out.

    `seat` [N] becomes the best found. On entry it is the table set of each party, -1 for
    the first `waiting` of `pool` [N]. These are tried once from the last to the first, then at
    random, at most `steps` tries in all. The caller's `room.at` and `pool` are overwritten.
    """
    best, lost = seat.copy(), 0
    for place in range(waiting):
        lost += parties.worth[pool[place]]
    least, opening = lost, waiting
    counters = PenaltyCounters(
        np.ones(len(seat), np.int64), np.zeros(len(seat), np.int64), np.zeros(1, np.int64)
    )
    for step in range(steps):
        if least == 0:
            break
        if step >= opening:
            _shuffle(pool, waiting, step)
        party = pool[waiting - 1]
        counters.penalty[party] += 1
        config = _cheapest(room, parties, counters, party)
        if config < 0:
            continue
        waiting = _eject(room, parties, seat, pool, (party, config, waiting - 1))
        _put(room, parties, seat, party, config)
        lost = _worth(parties, pool, waiting)
        if lost < least:
            least = lost
            best[:] = seat
    seat[:] = best
    return least


@inlined
def _shuffle(pool: Ints, waiting: int, step: int) -> None:
    """Swap a party drawn at random to the end of the pool."""
    drawn = int(splitmix64(np.uint64(0), step, _PICK) >> np.uint64(33)) % waiting
    pool[drawn], pool[waiting - 1] = pool[waiting - 1], pool[drawn]


@inlined
def _worth(parties: PackingParties, pool: Ints, waiting: int) -> int:
    lost = 0
    for place in range(waiting):
        lost += parties.worth[pool[place]]
    return lost


@inlined
def _cheapest(
    room: PackingRoom, parties: PackingParties, counters: PenaltyCounters, party: int
) -> int:
    """Return the preferred free table set, else the one cheapest to clear; -1 if facts bar all.

    Ties are drawn at random.
    """
    best, least = -1, _NEVER
    for number in range(parties.first[party], parties.last[party]):
        config = room.choices[number]
        cost = _ejection_cost(room, parties, counters, party, config, least)
        if cost == 0:
            cost = _PREFERRED + 100 * room.level[number] + _gap(room, parties, party, config)
        if cost < _NEVER and cost * _FINE < least:
            tied = cost * _FINE + int(
                splitmix64(np.uint64(0), counters.tick[0], _TIE) >> np.uint64(61)
            )
            best, least = (config, tied) if tied < least else (best, least)
    return best


@inlined
def _ejection_cost(
    room: PackingRoom,
    parties: PackingParties,
    counters: PenaltyCounters,
    party: int,
    config: int,
    limit: int,
) -> int:
    """Return the cost of ejecting everybody in the way; `_NEVER` for facts and past `limit`."""
    counters.tick[0] += 1
    mark, cost = counters.tick[0], 0
    for table in room.configs[config]:
        bucket = parties.start[party]
        while table >= 0 and bucket < parties.end[party]:
            other = room.at[table, bucket]
            if other == FACT:
                return _NEVER
            bucket = bucket + 1 if other == FREE else parties.end[other]
            if other >= 0 and counters.seen[other] != mark:
                counters.seen[other] = mark
                cost += counters.penalty[other] * parties.size[other]
                if cost * _FINE >= limit:
                    return _NEVER
    return cost


@inlined
def _gap(room: PackingRoom, parties: PackingParties, party: int, config: int) -> int:
    """Return the free buckets beside the stay on these tables, two hours a side at most."""
    gap = 0
    for table in room.configs[config]:
        if table >= 0:
            gap += _free_run(room.at[table], parties.start[party] - 1, -1)
            gap += _free_run(room.at[table], parties.end[party], 1)
    return gap


@inlined
def _free_run(at: SmallInts, bucket: int, way: int) -> int:
    run = 0
    while run < _FAR and 0 <= bucket < len(at) and at[bucket] == FREE:
        run += 1
        bucket += way
    return run


@inlined
def _eject(
    room: PackingRoom, parties: PackingParties, seat: Ints, pool: Ints, task: tuple[int, int, int]
) -> int:
    """Move all parties in the way on the table set to the pool; return its new size."""
    party, config, waiting = task
    for table in room.configs[config]:
        bucket = parties.start[party]
        while table >= 0 and bucket < parties.end[party]:
            other = room.at[table, bucket]
            if other >= 0:
                _mark(room, parties, other, seat[other], FREE)
                seat[other] = -1
                pool[waiting] = other
                waiting += 1
            bucket += 1
    return waiting


@inlined
def _put(room: PackingRoom, parties: PackingParties, seat: Ints, party: int, config: int) -> None:
    _mark(room, parties, party, config, party)
    seat[party] = config


@inlined
def _mark(room: PackingRoom, parties: PackingParties, party: int, config: int, what: int) -> None:
    for table in room.configs[config]:
        if table >= 0:
            room.at[table, parties.start[party] : parties.end[party]] = what
