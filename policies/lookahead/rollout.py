"""The value of each action: simulated under the base rule in the same scenarios.

Racing (Maron and Moore 1994, here by standard errors of paired differences): an action clearly
behind the best one after some scenarios is not simulated in the others.
"""

import math
from typing import NamedTuple

import numpy as np

from policies.lookahead.base_rule import (
    ARRIVES,
    LEAVES,
    LEFT_UNSEATED,
    ON_TIME,
    PROMISED,
    SIZE,
    STAY,
    STILL_WAITING,
    SimulationRun,
    simulate,
)
from policies.lookahead.board import TableBoard, reset_board, take_config
from policies.lookahead.room_arrays import RoomArrays
from policies.lookahead.scenarios import NEVER, ScenarioSet
from policies.lookahead.state import Payoffs
from policies.numeric.compiled import Flags, Floats, Ints, compiled, compiled_without_refcounts

WAIT = -1
"""The action of letting the party wait; all other actions are configurations (rows)."""

BATCH = 8
"""Scenarios between two eliminations."""

FIRST_MARGIN, MARGIN_STEP = 2.5, 0.5
"""Standard errors that count as clearly behind at the first elimination; decrease at each next."""


MIN_DEFICIT = 1e-9
"""Least amount by which the value of a loser is below the winner's."""


class WorkArrays(NamedTuple):
    """Where a scenario's outcome is written: `seated` and `rows` [M] of a SimulationRun."""

    seated: Ints
    rows: Ints


@compiled
def action_values(
    room: RoomArrays,
    board: TableBoard,
    scenario_set: ScenarioSet,
    decided: Ints,
    work: WorkArrays,
    where: tuple[int, int],
    actions: Ints,
    payoffs: Payoffs,
) -> Floats:
    """Return the value of each action [A]: of the winner its mean over its scenarios.

    Of the others the winner's value minus the mean difference over the scenarios they were tried
    in. After every BATCH scenarios the actions clearly behind drop out, halfway all but two.
    `where`: bucket of now, index in the queue of the party.
    """
    scenarios = len(scenario_set.until)
    worths = np.zeros((scenarios, len(actions)))
    tried = np.zeros(len(actions), np.int64)
    racing = np.ones(len(actions), np.bool_)
    for scenario in range(scenarios):
        for action in range(len(actions)):
            if racing[action]:
                simulate_action(
                    room, board, scenario_set, decided, work, (scenario, *where), actions[action]
                )
                crowd = scenario_set.crowd[scenario, : scenario_set.counts[scenario]]
                worths[scenario, action] = outcome_value(crowd, work.seated, payoffs)
                tried[action] += 1
        if (scenario + 1) % BATCH == 0 or scenario + 1 == scenarios:
            clear = FIRST_MARGIN - MARGIN_STEP * (scenario // BATCH)
            best = drop_behind(worths[: scenario + 1], racing, clear)
        if scenario + 1 == scenarios // 2:
            keep_two(worths[: scenario + 1], racing, best)
        if racing.sum() < 2:
            break
    values = np.full(len(actions), worths[: tried[best], best].mean())
    for action in range(len(actions)):
        if action != best:
            lost = worths[: tried[action], best] - worths[: tried[action], action]
            values[action] -= max(lost.mean(), MIN_DEFICIT)
    return values


@compiled_without_refcounts
def simulate_action(
    room: RoomArrays,
    board: TableBoard,
    scenario_set: ScenarioSet,
    decided: Ints,
    work: WorkArrays,
    where: tuple[int, int, int],
    action: int,
) -> None:
    """Simulate a scenario after an action; `where`: scenario, bucket of now, index in the queue."""
    scenario, now, position = where
    parties = scenario_set.counts[scenario]
    for party in range(parties):
        work.seated[party] = decided[party]
    reset_board(room, board, scenario_set.until[scenario])
    if action >= 0:
        take_config(room, board, action, scenario_set.crowd[scenario, position, STAY])
        work.seated[position] = now
    crowd = scenario_set.crowd[scenario, :parties]
    run = SimulationRun(crowd, scenario_set.due[scenario], work.seated, work.rows)
    simulate(room, board, run, now, position)


@compiled_without_refcounts
def drop_behind(worths: Floats, racing: Flags, clear: float) -> int:
    """Drop the actions [A] clearly behind the best one; return the best.

    Clearly: by `clear` standard errors of the paired differences. An action always equal to the
    best is dropped too.
    """
    best, most = -1, -np.inf
    for action in range(len(racing)):
        total = 0.0
        for scenario in range(len(worths)):
            total += worths[scenario, action]
        if racing[action] and total > most:
            best, most = action, total
    for action in range(len(racing)):
        if racing[action] and action != best and is_clearly_behind(worths, best, action, clear):
            racing[action] = False
    return best


@compiled_without_refcounts
def keep_two(worths: Floats, racing: Flags, best: int) -> None:
    """Keep only the best action and the next best in the race: bounds the time of a decision."""
    second, most = -1, -np.inf
    for action in range(len(racing)):
        if racing[action] and action != best:
            total = 0.0
            for scenario in range(len(worths)):
                total += worths[scenario, action]
            if total > most:
                second, most = action, total
    for action in range(len(racing)):
        racing[action] = racing[action] and action in (best, second)


@compiled_without_refcounts
def is_clearly_behind(worths: Floats, best: int, action: int, clear: float) -> bool:
    """Tell whether an action is clearly behind the best, or equal to it in every scenario."""
    tried = len(worths)
    total = squares = 0.0
    for scenario in range(tried):
        behind = worths[scenario, best] - worths[scenario, action]
        total += behind
        squares += behind * behind
    mean = total / tried
    spread = max(squares / tried - mean * mean, 0.0)
    return mean > clear * math.sqrt(spread / tried) or squares == 0.0


@compiled_without_refcounts
def outcome_value(crowd: Ints, seated: Ints, payoffs: Payoffs) -> float:
    """Return the sum over parties of size x payoff (see the wing's docstring)."""
    total = 0.0
    for party in range(len(crowd)):
        value = 0.0
        if seated[party] >= 0:
            value = payoffs.cover
            if crowd[party, PROMISED] == 1 and seated[party] > crowd[party, ON_TIME]:
                value -= payoffs.gesture
        elif crowd[party, PROMISED] == 1 and seated[party] == LEFT_UNSEATED:
            value = -payoffs.walk_weight * payoffs.walked
        elif crowd[party, PROMISED] == 1 and seated[party] == STILL_WAITING:
            value = payoffs.hope
        total += value * crowd[party, SIZE]
    return total


@compiled
def simulated_waits(
    room: RoomArrays,
    board: TableBoard,
    scenario_set: ScenarioSet,
    decided: Ints,
    where: tuple[int, int],
    *,
    held_back: bool,
) -> Ints:
    """Return the wait in buckets in each scenario [S] of a party that never leaves.

    `where`: bucket of now, index in the queue of the party. All parties of the queue are taken as
    decided for now. `held_back`: tables are kept for promised parties not yet here, as the base
    rule does. Waits are cut at the end of the scenarios.
    """
    now, position = where
    length = scenario_set.due.shape[1]
    nobody = np.zeros_like(scenario_set.due[0])
    seated, rows = np.zeros_like(decided), np.zeros_like(decided)
    waits = np.empty(len(scenario_set.until), np.int64)
    last = np.flatnonzero(scenario_set.crowd[0, : scenario_set.counts[0], ARRIVES] <= now)[-1]
    for scenario in range(len(waits)):
        crowd = scenario_set.crowd[scenario, : scenario_set.counts[scenario]]
        leaves, crowd[position, LEAVES] = crowd[position, LEAVES], NEVER
        seated[:] = decided
        reset_board(room, board, scenario_set.until[scenario])
        due = scenario_set.due[scenario] if held_back else nobody
        simulate(room, board, SimulationRun(crowd, due, seated, rows), now, last)
        crowd[position, LEAVES] = leaves
        waits[scenario] = seated[position] - now if seated[position] >= 0 else length
    return waits
