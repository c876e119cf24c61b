"""How an action at the door changes the probability that promises are broken."""

import numpy as np

from policies.lookahead.base_rule import ARRIVES, LEFT_UNSEATED, ON_TIME, PROMISED, SIZE, STAY
from policies.lookahead.board import TableBoard
from policies.lookahead.forecast_arrays import ForecastArrays, stay_steps
from policies.lookahead.rollout import WorkArrays, simulate_action
from policies.lookahead.room_arrays import RoomArrays
from policies.lookahead.scenarios import ScenarioSet, bucket_after, draw_arrival
from policies.lookahead.state import DoorMinutes, ExpectedParties
from policies.numeric.compiled import Floats, Ints, compiled


@compiled
def harm_of_action(
    room: RoomArrays,
    board: TableBoard,
    scenario_set: ScenarioSet,
    decided: Ints,
    work: WorkArrays,
    where: tuple[int, int, int, int],
    coming: tuple[ExpectedParties, DoorMinutes, ForecastArrays],
) -> tuple[Floats, Ints]:
    """Return the probabilities of broken promises, and where the party at the door is seated.

    [Q + E]: share of scenarios in which a promised party of the queue (those behind the one at the
    door too), or an expected party, waits beyond the tolerance buckets or leaves. [S]: the
    configuration the party at the door gets after waiting, -1 if none. `where`: bucket of now,
    parties in the queue, index among them of the party at the door, action.
    """
    now, queue, position, action = where
    expected, minutes, forecast = coming
    scenarios = len(scenario_set.until)
    broken = np.zeros(queue + len(expected.key))
    sits = np.full(scenarios, -1, np.int64)
    for scenario in range(scenarios):
        simulate_action(room, board, scenario_set, decided, work, (scenario, now, position), action)
        if work.seated[position] >= 0 and action < 0:
            sits[scenario] = work.rows[position]
        crowd = scenario_set.crowd[scenario, : scenario_set.counts[scenario]]
        last = now + scenario_set.due.shape[1]
        for row in range(queue):
            broken[row] += promise_broken(crowd[row], work.seated[row], last)
        for place in range(len(expected.key)):
            row = crowd_row(crowd, queue, expected, place, scenario, now, minutes, forecast)
            if row >= 0:
                broken[queue + place] += promise_broken(crowd[row], work.seated[row], last)
    return broken / scenarios, sits


@compiled
def crowd_row(
    crowd: Ints,
    first: int,
    expected: ExpectedParties,
    place: int,
    scenario: int,
    now: int,
    minutes: DoorMinutes,
    forecast: ForecastArrays,
) -> int:
    """Return the crowd's row of an expected party, -1 when it does not arrive in the scenario."""
    arrives = bucket_after(now, draw_arrival(expected, place, scenario, minutes, forecast))
    size = expected.size[place]
    stay = stay_steps(expected.key[place], scenario, forecast.stays, size, 0)
    for row in range(first, len(crowd)):
        same = crowd[row, ARRIVES] == arrives and crowd[row, SIZE] == size
        if same and crowd[row, STAY] == stay and crowd[row, PROMISED] == 1:
            return row
    return -1


@compiled
def promise_broken(party: Ints, seated: int, last: int) -> int:
    """Return 1 for a promised party that left unseated or waited beyond the tolerance, else 0."""
    if party[PROMISED] == 0:
        return 0
    if seated == LEFT_UNSEATED:
        return 1
    return int((seated if seated >= 0 else last) > party[ON_TIME])
