"""What may happen at the door in the next two hours, as scenarios drawn from the beliefs.

Each scenario says when the tables taken now will clear (log-normal stays given how long a party
has sat), which promised parties come and when (the longer nobody came, the likelier nobody will),
who else walks in, how long everybody stays and waits. Draws are keyed by party and scenario.
"""

from typing import NamedTuple

import numpy as np

from policies.lookahead.base_rule import (
    ARRIVES,
    DUE,
    KIND,
    LEAVES,
    PROMISED,
    SIZE,
    STAY,
    Rule,
    add_due,
)
from policies.lookahead.forecast_arrays import Beliefs, patience_buckets, stay_buckets
from policies.lookahead.room_arrays import DoorRoom
from policies.lookahead.state import BLOCKED, DoorState, Expected, Queue, Sittings
from policies.numeric.compiled import Ints, compiled
from policies.numeric.draws import LATENESS, SHOW, uniform

NEVER = 1 << 30
"""The bucket of what does not happen."""

_COLUMNS = 7


class Outlook(NamedTuple):
    """S scenarios of L buckets from now: T tables, at most M parties, K classes.

    `until` [S, T]: the step each table clears at, 0 when it is free. `crowd` [S, M, 7] (columns:
    policies/lookahead/base_rule.py), the queue first, `counts` [S] rows of it. `due` [S, L, K]. `raw` [M, 7]
    and `begins` [L + 1] are for sorting.
    """

    until: Ints
    crowd: Ints
    counts: Ints
    due: Ints
    raw: Ints
    begins: Ints


class Terms(NamedTuple):
    """What the kernels need beside the state: when a promise counts, and when it is broken."""

    rule: Rule
    walk_limit: int


def outlook_of(
    room: DoorRoom, state: DoorState, beliefs: Beliefs, terms: Terms, length: int
) -> Outlook:
    """Return what may happen in the `length` buckets from the state on."""
    scenarios = len(beliefs.walkers)
    most = len(state.queue.key) + len(state.expected.key) + beliefs.walkers.shape[1]
    outlook = Outlook(
        until=np.empty((scenarios, len(state.occupied)), np.int64),
        crowd=np.empty((scenarios, most, _COLUMNS), np.int64),
        counts=np.zeros(scenarios, np.int64),
        due=np.zeros((scenarios, length, len(room.tables)), np.int64),
        raw=np.empty((most, _COLUMNS), np.int64),
        begins=np.zeros(length + 1, np.int64),
    )
    foresee_tables(outlook.until, state.occupied, state.sittings, state.now, beliefs)
    foresee_queue(outlook, state.queue, state.now, beliefs, terms.walk_limit)
    foresee_crowd(room, outlook, state.expected, state.now, beliefs, terms)
    return outlook


@compiled
def foresee_tables(
    until: Ints, occupied: Ints, sittings: Sittings, now: int, beliefs: Beliefs
) -> None:
    """Fill `until` [S, T] with the steps at which the tables clear."""
    ends = np.zeros(len(sittings.key), np.int64)
    for scenario in range(len(until)):
        for place in range(len(ends)):
            sat = now - sittings.since[place]
            key, size = sittings.key[place], sittings.size[place]
            ends[place] = stay_buckets(key, scenario, beliefs.stays, size, sat) - sat
        for table in range(len(occupied)):
            if occupied[table] >= 0:
                until[scenario, table] = ends[occupied[table]]
            else:
                until[scenario, table] = NEVER if occupied[table] == BLOCKED else 0


@compiled
def foresee_queue(
    outlook: Outlook, queue: Queue, now: int, beliefs: Beliefs, walk_limit: int
) -> None:
    """Fill the crowd's first rows with those who wait."""
    for scenario in range(len(outlook.crowd)):
        for place in range(len(queue.key)):
            row = outlook.crowd[scenario, place]
            promised, key = queue.promised[place], queue.key[place]
            row[ARRIVES] = now
            row[KIND] = queue.kind[place]
            row[SIZE] = queue.size[place]
            row[DUE] = max(queue.since[place], queue.start[place])
            row[STAY] = stay_buckets(key, scenario, beliefs.stays, queue.size[place], 0)
            row[PROMISED] = 1 if promised else 0
            if promised:
                row[LEAVES] = max(row[DUE] + walk_limit, now)
            else:
                row[LEAVES] = now + patience_buckets(key, scenario, beliefs.patience)
        outlook.counts[scenario] = len(queue.key)


@compiled
def comes_at(expected: Expected, place: int, scenario: int, now: int, beliefs: Beliefs) -> int:
    """Return the bucket a promised party that is not here comes in, NEVER when it does not.

    Bayes: nobody came by now, although a guest who comes would have with chance `seen`.
    """
    late = now - expected.start[place] - beliefs.earliest
    seen = 0.0 if late < 0 else beliefs.lateness[min(late, len(beliefs.lateness) - 1)]
    absent = expected.no_show[place]
    here = (1.0 - absent) * (1.0 - seen)
    key = expected.key[place]
    if uniform(key, scenario, SHOW) * (absent + here) >= here:
        return NEVER
    chance = seen + (1.0 - seen) * uniform(key, scenario, LATENESS)
    after = min(np.searchsorted(beliefs.lateness, chance), len(beliefs.lateness) - 1)
    return int(max(now + 1, expected.start[place] + beliefs.earliest + after))


@compiled
def foresee_crowd(
    room: DoorRoom, outlook: Outlook, expected: Expected, now: int, beliefs: Beliefs, terms: Terms
) -> None:
    """Fill the rest of the crowd and `due` with who comes within the outlook, by arrival."""
    length = outlook.due.shape[1]
    for scenario in range(len(outlook.crowd)):
        outlook.begins[:] = 0
        come = 0
        for place in range(len(expected.key)):
            start = expected.start[place]
            if start + beliefs.earliest < now + length:
                arrives = comes_at(expected, place, scenario, now, beliefs)
                size = room.kind_class[expected.kind[place]]
                add_due(outlook.due[scenario], now, start, arrives, size, terms.rule)
                if arrives < now + length:
                    row = outlook.raw[come]
                    promised_row(row, expected, place, scenario, arrives, beliefs)
                    row[LEAVES] = row[DUE] + terms.walk_limit
                    come += 1
        come = foresee_walkers(outlook, come, scenario, now, beliefs)
        in_order(outlook, scenario, come, now)


@compiled
def promised_row(
    row: Ints, expected: Expected, place: int, scenario: int, arrives: int, beliefs: Beliefs
) -> None:
    """Fill the row of a promised party that comes."""
    key, size = expected.key[place], expected.size[place]
    row[ARRIVES] = arrives
    row[KIND] = expected.kind[place]
    row[SIZE] = size
    row[DUE] = max(arrives, expected.start[place])
    row[STAY] = stay_buckets(key, scenario, beliefs.stays, size, 0)
    row[PROMISED] = 1


@compiled
def foresee_walkers(outlook: Outlook, come: int, scenario: int, now: int, beliefs: Beliefs) -> int:
    """Add the scenario's walk-ins after now to the raw rows; return how many rows there are."""
    last = beliefs.walkers_from.shape[1] - 1
    first, beyond = min(now + 1, last), min(now + outlook.due.shape[1], last)
    starts = beliefs.walkers_from[scenario]
    for place in range(starts[first], starts[beyond]):
        walker = beliefs.walkers[scenario, place]
        row = outlook.raw[come]
        row[ARRIVES] = walker[0]
        row[KIND] = walker[1] - 1
        row[SIZE] = walker[1]
        row[DUE] = walker[0]
        row[LEAVES] = walker[2]
        row[STAY] = walker[3]
        row[PROMISED] = 0
        come += 1
    return come


@compiled
def in_order(outlook: Outlook, scenario: int, come: int, now: int) -> None:
    """Append the raw rows to the scenario's crowd by arrival (a counting sort, stable)."""
    begins, first = outlook.begins, outlook.counts[scenario]
    begins[:] = 0
    for place in range(come):
        begins[outlook.raw[place, ARRIVES] - now + 1] += 1
    for step in range(1, len(begins)):
        begins[step] += begins[step - 1]
    for place in range(come):
        step = outlook.raw[place, ARRIVES] - now
        for column in range(_COLUMNS):
            outlook.crowd[scenario, first + begins[step], column] = outlook.raw[place, column]
        begins[step] += 1
    outlook.counts[scenario] = first + come
