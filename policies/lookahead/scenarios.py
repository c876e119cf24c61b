"""Scenarios of the next two hours at the door, drawn from the forecast.

Each scenario holds the ends of the current seatings (log-normal stays, conditional on the time
already sat), which promised parties come and when (conditional on not having come yet), the
walk-ins, and everybody's stay and patience. Draws are keyed by party and scenario.
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
    PromiseWindow,
    add_due,
)
from policies.lookahead.forecast_arrays import ForecastArrays, patience_buckets, stay_buckets
from policies.lookahead.room_arrays import RoomArrays
from policies.lookahead.state import BLOCKED, DoorState, ExpectedParties, Queue, SeatedParties
from policies.numeric.compiled import Ints, compiled
from policies.numeric.draws import LATENESS, SHOW, uniform

NEVER = 1 << 30
"""The bucket of an event that does not happen."""

_COLUMNS = 7


class ScenarioSet(NamedTuple):
    """S scenarios of L buckets from now: T tables, at most M parties, K classes.

    `until` [S, T]: step at which each table clears, 0 for a free one. `crowd` [S, M, 7]: parties
    (columns of `base_rule`), the queue first; `counts` [S]: rows in use. `due` [S, L, K]: see
    SimulationRun. `unsorted` [M, 7] and `bucket_starts` [L + 1]: work space for sorting.
    """

    until: Ints
    crowd: Ints
    counts: Ints
    due: Ints
    unsorted: Ints
    bucket_starts: Ints


class PromiseTerms(NamedTuple):
    """When a promise holds back tables, and after how many buckets the party leaves unseated."""

    window: PromiseWindow
    walk_limit: int


def draw_scenarios(
    room: RoomArrays, state: DoorState, forecast: ForecastArrays, terms: PromiseTerms, length: int
) -> ScenarioSet:
    """Return scenarios of the `length` buckets from the state on, one per scenario of walk-ins."""
    scenarios = len(forecast.walk_ins)
    most = len(state.queue.key) + len(state.expected.key) + forecast.walk_ins.shape[1]
    scenario_set = ScenarioSet(
        until=np.empty((scenarios, len(state.occupied)), np.int64),
        crowd=np.empty((scenarios, most, _COLUMNS), np.int64),
        counts=np.zeros(scenarios, np.int64),
        due=np.zeros((scenarios, length, len(room.tables)), np.int64),
        unsorted=np.empty((most, _COLUMNS), np.int64),
        bucket_starts=np.zeros(length + 1, np.int64),
    )
    fill_until(scenario_set.until, state.occupied, state.seated_parties, state.now, forecast)
    fill_queue(scenario_set, state.queue, state.now, forecast, terms.walk_limit)
    fill_arrivals(room, scenario_set, state.expected, state.now, forecast, terms)
    return scenario_set


@compiled
def fill_until(
    until: Ints, occupied: Ints, seated_parties: SeatedParties, now: int, forecast: ForecastArrays
) -> None:
    """Fill `until` [S, T]: the step at which each table clears."""
    ends = np.zeros(len(seated_parties.key), np.int64)
    for scenario in range(len(until)):
        for place in range(len(ends)):
            sat = now - seated_parties.since[place]
            key, size = seated_parties.key[place], seated_parties.size[place]
            ends[place] = stay_buckets(key, scenario, forecast.stays, size, sat) - sat
        for table in range(len(occupied)):
            if occupied[table] >= 0:
                until[scenario, table] = ends[occupied[table]]
            else:
                until[scenario, table] = NEVER if occupied[table] == BLOCKED else 0


@compiled
def fill_queue(
    scenario_set: ScenarioSet, queue: Queue, now: int, forecast: ForecastArrays, walk_limit: int
) -> None:
    """Fill the crowd's first rows with the queue."""
    for scenario in range(len(scenario_set.crowd)):
        for place in range(len(queue.key)):
            row = scenario_set.crowd[scenario, place]
            promised, key = queue.promised[place], queue.key[place]
            row[ARRIVES] = now
            row[KIND] = queue.kind[place]
            row[SIZE] = queue.size[place]
            row[DUE] = max(queue.since[place], queue.start[place])
            row[STAY] = stay_buckets(key, scenario, forecast.stays, queue.size[place], 0)
            row[PROMISED] = 1 if promised else 0
            if promised:
                row[LEAVES] = max(row[DUE] + walk_limit, now)
            else:
                row[LEAVES] = now + patience_buckets(key, scenario, forecast.patience)
        scenario_set.counts[scenario] = len(queue.key)


@compiled
def draw_arrival(
    expected: ExpectedParties, place: int, scenario: int, now: int, forecast: ForecastArrays
) -> int:
    """Return the bucket in which a promised party that is not here arrives, NEVER for a no-show.

    With F = `arrived`, the lateness distribution at `now`, and p the no-show probability, a party
    not here yet comes with probability (1 - p)(1 - F) / (p + (1 - p)(1 - F)) (Bayes).
    """
    late = now - expected.start[place] - forecast.earliest
    arrived = 0.0 if late < 0 else forecast.lateness[min(late, len(forecast.lateness) - 1)]
    absent = expected.no_show[place]
    here = (1.0 - absent) * (1.0 - arrived)
    key = expected.key[place]
    if uniform(key, scenario, SHOW) * (absent + here) >= here:
        return NEVER
    chance = arrived + (1.0 - arrived) * uniform(key, scenario, LATENESS)
    after = min(np.searchsorted(forecast.lateness, chance), len(forecast.lateness) - 1)
    return int(max(now + 1, expected.start[place] + forecast.earliest + after))


@compiled
def fill_arrivals(
    room: RoomArrays,
    scenario_set: ScenarioSet,
    expected: ExpectedParties,
    now: int,
    forecast: ForecastArrays,
    terms: PromiseTerms,
) -> None:
    """Fill `due` and the rest of the crowd with the arrivals within the scenarios, in order."""
    length = scenario_set.due.shape[1]
    for scenario in range(len(scenario_set.crowd)):
        scenario_set.bucket_starts[:] = 0
        come = 0
        for place in range(len(expected.key)):
            start = expected.start[place]
            if start + forecast.earliest < now + length:
                arrives = draw_arrival(expected, place, scenario, now, forecast)
                size = room.kind_class[expected.kind[place]]
                add_due(scenario_set.due[scenario], now, start, arrives, size, terms.window)
                if arrives < now + length:
                    row = scenario_set.unsorted[come]
                    fill_promised_row(row, expected, place, scenario, arrives, forecast)
                    row[LEAVES] = row[DUE] + terms.walk_limit
                    come += 1
        come = add_walk_ins(scenario_set, come, scenario, now, forecast)
        append_by_arrival(scenario_set, scenario, come, now)


@compiled
def fill_promised_row(
    row: Ints,
    expected: ExpectedParties,
    place: int,
    scenario: int,
    arrives: int,
    forecast: ForecastArrays,
) -> None:
    """Fill the row [7] of a promised party that arrives, but LEAVES."""
    key, size = expected.key[place], expected.size[place]
    row[ARRIVES] = arrives
    row[KIND] = expected.kind[place]
    row[SIZE] = size
    row[DUE] = max(arrives, expected.start[place])
    row[STAY] = stay_buckets(key, scenario, forecast.stays, size, 0)
    row[PROMISED] = 1


@compiled
def add_walk_ins(
    scenario_set: ScenarioSet, come: int, scenario: int, now: int, forecast: ForecastArrays
) -> int:
    """Add the scenario's walk-ins after `now` to `unsorted`; return its number of rows."""
    last = forecast.walk_ins_from.shape[1] - 1
    first, beyond = min(now + 1, last), min(now + scenario_set.due.shape[1], last)
    starts = forecast.walk_ins_from[scenario]
    for place in range(starts[first], starts[beyond]):
        walker = forecast.walk_ins[scenario, place]
        row = scenario_set.unsorted[come]
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
def append_by_arrival(scenario_set: ScenarioSet, scenario: int, come: int, now: int) -> None:
    """Append the `unsorted` rows to the scenario's crowd by arrival (stable counting sort)."""
    begins, first = scenario_set.bucket_starts, scenario_set.counts[scenario]
    begins[:] = 0
    for place in range(come):
        begins[scenario_set.unsorted[place, ARRIVES] - now + 1] += 1
    for step in range(1, len(begins)):
        begins[step] += begins[step - 1]
    for place in range(come):
        step = scenario_set.unsorted[place, ARRIVES] - now
        for column in range(_COLUMNS):
            scenario_set.crowd[scenario, first + begins[step], column] = scenario_set.unsorted[
                place, column
            ]
        begins[step] += 1
    scenario_set.counts[scenario] = first + come
