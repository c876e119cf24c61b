"""Scenarios of the next two hours at the door, drawn from the forecast.

Each scenario holds the ends of the current seatings (log-normal stays, conditional on the time
already sat), which promised parties come and when (conditional on not having come yet), the
walk-ins, and everybody's stay and patience. Draws are keyed by party and scenario.
"""

from typing import NamedTuple

import numpy as np

from policies.house.grid import GRID_MINUTES
from policies.lookahead.base_rule import (
    ARRIVES,
    DUE,
    KIND,
    LEAVES,
    ON_TIME,
    PROMISED,
    SIZE,
    STAY,
    PromiseWindow,
    add_due,
)
from policies.lookahead.forecast_arrays import ForecastArrays, patience_buckets, stay_steps
from policies.lookahead.room_arrays import RoomArrays
from policies.lookahead.state import (
    BLOCKED,
    DoorMinutes,
    DoorState,
    ExpectedParties,
    Queue,
    SeatedParties,
)
from policies.numeric.compiled import Ints, compiled
from policies.numeric.draws import LATENESS, SHOW, uniform

NEVER = 1 << 30
"""The bucket of an event that does not happen."""

_COLUMNS = 8


class ScenarioSet(NamedTuple):
    """S scenarios of L buckets from now: T tables, at most M parties, K classes.

    `until` [S, T]: step at which each table clears, 0 for a free one. `crowd` [S, M, 8]: parties
    (columns of `base_rule`), the queue first; `counts` [S]: rows in use. `due` [S, L, K]: see
    SimulationRun. `unsorted` [M, 8] and `bucket_starts` [L + 1]: work space for sorting.
    """

    until: Ints
    crowd: Ints
    counts: Ints
    due: Ints
    unsorted: Ints
    bucket_starts: Ints


class PromiseTerms(NamedTuple):
    """When a promise holds back tables; after how many buckets a party walks, or has waited."""

    window: PromiseWindow
    walk_limit: int
    tolerance: int


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
    minutes = state.in_minutes()
    fill_until(scenario_set.until, state.occupied, state.seated_parties, minutes, forecast)
    fill_queue(scenario_set, state.queue, state.now, minutes, forecast, terms)
    fill_arrivals(room, scenario_set, state.expected, state.now, minutes, forecast, terms)
    return scenario_set


@compiled
def bucket_after(now: int, minutes: int) -> int:
    """Return the first bucket that begins `minutes` after now or later."""
    return now - (-minutes // GRID_MINUTES)


@compiled
def bucket_before(now: int, minutes: int) -> int:
    """Return the last bucket that begins at most `minutes` after now."""
    return now + minutes // GRID_MINUTES


@compiled
def fill_until(
    until: Ints,
    occupied: Ints,
    seated_parties: SeatedParties,
    minutes: DoorMinutes,
    forecast: ForecastArrays,
) -> None:
    """Fill `until` [S, T]: the step at which each table clears."""
    ends = np.zeros(len(seated_parties.key), np.int64)
    for scenario in range(len(until)):
        for place in range(len(ends)):
            sat = minutes.now - minutes.since[place]
            key, size = seated_parties.key[place], seated_parties.size[place]
            ends[place] = stay_steps(key, scenario, forecast.stays, size, sat)
        for table in range(len(occupied)):
            if occupied[table] >= 0:
                until[scenario, table] = ends[occupied[table]]
            else:
                until[scenario, table] = NEVER if occupied[table] == BLOCKED else 0


@compiled
def set_limits(row: Ints, now: int, due: int, terms: PromiseTerms) -> None:
    """Set DUE, LEAVES and ON_TIME of a promised party due `due` minutes from now, maybe before."""
    row[DUE] = bucket_after(now, due)
    row[LEAVES] = bucket_before(now, due + terms.walk_limit * GRID_MINUTES)
    row[ON_TIME] = bucket_before(now, due + terms.tolerance * GRID_MINUTES)


@compiled
def fill_queue(
    scenario_set: ScenarioSet,
    queue: Queue,
    now: int,
    minutes: DoorMinutes,
    forecast: ForecastArrays,
    terms: PromiseTerms,
) -> None:
    """Fill the crowd's first rows with the queue."""
    for scenario in range(len(scenario_set.crowd)):
        for place in range(len(queue.key)):
            row = scenario_set.crowd[scenario, place]
            key = queue.key[place]
            row[ARRIVES] = now
            row[KIND] = queue.kind[place]
            row[SIZE] = queue.size[place]
            row[STAY] = stay_steps(key, scenario, forecast.stays, queue.size[place], 0)
            row[PROMISED] = 1 if queue.promised[place] else 0
            set_limits(row, now, minutes.due[place] - minutes.now, terms)
            row[LEAVES] = max(row[LEAVES], now)
            if not queue.promised[place]:
                row[LEAVES] = now + patience_buckets(key, scenario, forecast.patience)
        scenario_set.counts[scenario] = len(queue.key)


@compiled
def draw_arrival(
    expected: ExpectedParties,
    place: int,
    scenario: int,
    minutes: DoorMinutes,
    forecast: ForecastArrays,
) -> int:
    """Return in how many minutes a promised party that is not here arrives, NEVER for a no-show.

    With F = `arrived`, the lateness distribution at `now`, and p the no-show probability, a party
    not here yet comes with probability (1 - p)(1 - F) / (p + (1 - p)(1 - F)) (Bayes).
    """
    starts = minutes.start[place] - minutes.now
    late = -starts - forecast.earliest
    arrived = 0.0 if late < 0 else forecast.lateness[min(late, len(forecast.lateness) - 1)]
    absent = expected.no_show[place]
    here = (1.0 - absent) * (1.0 - arrived)
    key = expected.key[place]
    if uniform(key, scenario, SHOW) * (absent + here) >= here:
        return NEVER
    chance = arrived + (1.0 - arrived) * uniform(key, scenario, LATENESS)
    after = min(np.searchsorted(forecast.lateness, chance), len(forecast.lateness) - 1)
    return int(max(1, starts + forecast.earliest + after))


@compiled
def fill_arrivals(
    room: RoomArrays,
    scenario_set: ScenarioSet,
    expected: ExpectedParties,
    now: int,
    minutes: DoorMinutes,
    forecast: ForecastArrays,
    terms: PromiseTerms,
) -> None:
    """Fill `due` and the rest of the crowd with the arrivals within the scenarios, in order."""
    length = scenario_set.due.shape[1]
    for scenario in range(len(scenario_set.crowd)):
        scenario_set.bucket_starts[:] = 0
        come = 0
        for place in range(len(expected.key)):
            starts = minutes.start[place] - minutes.now
            if starts + forecast.earliest < length * GRID_MINUTES:
                arrives = draw_arrival(expected, place, scenario, minutes, forecast)
                row = scenario_set.unsorted[come]
                fill_promised_row(row, expected, place, scenario, now, arrives, forecast)
                set_limits(row, now, max(arrives, starts), terms)
                kind = room.kind_class[expected.kind[place]]
                start, due = bucket_before(now, starts), scenario_set.due[scenario]
                add_due(due, now, start, row[ARRIVES], kind, terms.window, room.scarce)
                if row[ARRIVES] < now + length:
                    come += 1
        come = add_walk_ins(scenario_set, come, scenario, now, forecast)
        append_by_arrival(scenario_set, scenario, come, now)


@compiled
def fill_promised_row(
    row: Ints,
    expected: ExpectedParties,
    place: int,
    scenario: int,
    now: int,
    arrives: int,
    forecast: ForecastArrays,
) -> None:
    """Fill the row [8] of a party that arrives in `arrives` minutes, but its limits."""
    key, size = expected.key[place], expected.size[place]
    row[ARRIVES] = bucket_after(now, arrives)
    row[KIND] = expected.kind[place]
    row[SIZE] = size
    row[STAY] = stay_steps(key, scenario, forecast.stays, size, 0)
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
        row[ON_TIME] = row[DUE]
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
