"""What an action at the door does to those who were promised a table, scenario by scenario."""

import numpy as np

from policies.lookahead.base_rule import ARRIVES, DUE, GONE, PROMISED, SIZE, STAY
from policies.lookahead.board import Board
from policies.lookahead.forecast_arrays import Beliefs, stay_buckets
from policies.lookahead.rollout import Work, play_action
from policies.lookahead.room_arrays import DoorRoom
from policies.lookahead.scenarios import Outlook, comes_at
from policies.lookahead.state import Expected
from policies.numeric.compiled import Floats, Ints, compiled


@compiled
def harm(
    room: DoorRoom,
    board: Board,
    outlook: Outlook,
    known: Ints,
    work: Work,
    where: tuple[int, int, int],
    coming: tuple[Expected, Beliefs],
    tolerance: int,
) -> tuple[Floats, Ints]:
    """Return how likely each promised party is let down, and where the party at the door sits.

    [Q + E]: the share of scenarios in which a party of the queue, or an expected one, waits more
    than `tolerance` buckets or leaves. [S]: the configuration, -1 where it never sits down.
    `where`: the bucket of now, the place in the queue of the party at the door, the action.
    """
    now, position, action = where
    expected, beliefs = coming
    queue, scenarios = position + 1, len(outlook.until)
    down = np.zeros(queue + len(expected.key))
    sits = np.full(scenarios, -1, np.int64)
    for scenario in range(scenarios):
        play_action(room, board, outlook, known, work, (scenario, now, position), action)
        if work.seated[position] >= 0 and action < 0:
            sits[scenario] = work.rows[position]
        crowd = outlook.crowd[scenario, : outlook.counts[scenario]]
        last = now + outlook.due.shape[1]
        for row in range(queue):
            down[row] += let_down(crowd[row], work.seated[row], last, tolerance)
        for place in range(len(expected.key)):
            row = row_of(crowd, queue, expected, place, scenario, now, beliefs)
            if row >= 0:
                down[queue + place] += let_down(crowd[row], work.seated[row], last, tolerance)
    return down / scenarios, sits


@compiled
def row_of(
    crowd: Ints,
    first: int,
    expected: Expected,
    place: int,
    scenario: int,
    now: int,
    beliefs: Beliefs,
) -> int:
    """Return the row of the crowd an expected party came in, -1 when it does not come in time."""
    arrives = comes_at(expected, place, scenario, now, beliefs)
    size = expected.size[place]
    stay = stay_buckets(expected.key[place], scenario, beliefs.stays, size, 0)
    for row in range(first, len(crowd)):
        same = crowd[row, ARRIVES] == arrives and crowd[row, SIZE] == size
        if same and crowd[row, STAY] == stay and crowd[row, PROMISED] == 1:
            return row
    return -1


@compiled
def let_down(party: Ints, seated: int, last: int, tolerance: int) -> int:
    """Return 1 for a promised party that left, or waited too long, or still does at the end."""
    if party[PROMISED] == 0:
        return 0
    if seated == GONE:
        return 1
    return int((seated if seated >= 0 else last) - party[DUE] > tolerance)
