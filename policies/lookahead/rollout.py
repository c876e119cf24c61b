"""Weighing what could be done now: each action played out in the same imagined evenings.

Actions race: what is clearly behind after some scenarios is not tried in the others.
"""

import math
from typing import NamedTuple

import numpy as np

from policies.lookahead.base_rule import DUE, GONE, PROMISED, SIZE, STAY, STILL, Course, play_out
from policies.lookahead.board import Board, lay, take
from policies.lookahead.room_arrays import DoorRoom
from policies.lookahead.scenarios import Outlook
from policies.lookahead.state import Stakes
from policies.numeric.compiled import Flags, Floats, Ints, compiled, lean

WAIT = -1
"""The action of seating nobody; all others are configurations."""

BATCH = 8
"""Scenarios between two looks at the race."""

CLEAR, EASIER = 2.5, 0.5
"""How many standard errors are clearly behind at the first look, and less at each later one."""


LEAST = 1e-9
"""What a loser of the race is behind at least."""


class Work(NamedTuple):
    """Where a scenario's outcome is written: `seated` and `rows` [M] of a Course."""

    seated: Ints
    rows: Ints


@compiled
def weigh(
    room: DoorRoom,
    board: Board,
    outlook: Outlook,
    known: Ints,
    work: Work,
    where: tuple[int, int],
    actions: Ints,
    stakes: Stakes,
) -> Floats:
    """Return what each action is worth [A]: the winner its mean, the others less what they lost by.

    A race: after every BATCH of scenarios the actions that are clearly behind drop out, halfway
    all but two; what one lost by is the mean over the scenarios it was tried in.
    """
    scenarios = len(outlook.until)
    worths = np.zeros((scenarios, len(actions)))
    tried = np.zeros(len(actions), np.int64)
    racing = np.ones(len(actions), np.bool_)
    for scenario in range(scenarios):
        for action in range(len(actions)):
            if racing[action]:
                play_action(room, board, outlook, known, work, (scenario, *where), actions[action])
                crowd = outlook.crowd[scenario, : outlook.counts[scenario]]
                worths[scenario, action] = worth(crowd, work.seated, stakes)
                tried[action] += 1
        if (scenario + 1) % BATCH == 0 or scenario + 1 == scenarios:
            clear = CLEAR - EASIER * (scenario // BATCH)
            best = race(worths[: scenario + 1], racing, clear)
        if scenario + 1 == scenarios // 2:
            keep_two(worths[: scenario + 1], racing, best)
        if racing.sum() < 2:
            break
    values = np.full(len(actions), worths[: tried[best], best].mean())
    for action in range(len(actions)):
        if action != best:
            lost = worths[: tried[action], best] - worths[: tried[action], action]
            values[action] -= max(lost.mean(), LEAST)
    return values


@lean
def play_action(
    room: DoorRoom,
    board: Board,
    outlook: Outlook,
    known: Ints,
    work: Work,
    where: tuple[int, int, int],
    action: int,
) -> None:
    """Play one scenario out after an action; `where`: scenario, bucket, place in the queue."""
    scenario, now, position = where
    parties = outlook.counts[scenario]
    for party in range(parties):
        work.seated[party] = known[party]
    lay(room, board, outlook.until[scenario])
    if action >= 0:
        take(room, board, action, outlook.crowd[scenario, position, STAY])
        work.seated[position] = now
    crowd = outlook.crowd[scenario, :parties]
    course = Course(crowd, outlook.due[scenario], work.seated, work.rows)
    play_out(room, board, course, now, position)


@lean
def race(worths: Floats, racing: Flags, clear: float) -> int:
    """Drop the actions [A] that are clearly behind the best one, which is returned.

    Clearly: `clear` standard errors of the paired differences; equals drop behind the first.
    """
    best, most = -1, -np.inf
    for action in range(len(racing)):
        total = 0.0
        for scenario in range(len(worths)):
            total += worths[scenario, action]
        if racing[action] and total > most:
            best, most = action, total
    for action in range(len(racing)):
        if racing[action] and action != best and is_behind(worths, best, action, clear):
            racing[action] = False
    return best


@lean
def keep_two(worths: Floats, racing: Flags, best: int) -> None:
    """Let only the best action [A] and the next best race on: what bounds a decision's time."""
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


@lean
def is_behind(worths: Floats, best: int, action: int, clear: float) -> bool:
    """Tell whether an action is clearly behind the best, or always equal."""
    tried = len(worths)
    total = squares = 0.0
    for scenario in range(tried):
        behind = worths[scenario, best] - worths[scenario, action]
        total += behind
        squares += behind * behind
    mean = total / tried
    spread = max(squares / tried - mean * mean, 0.0)
    return mean > clear * math.sqrt(spread / tried) or squares == 0.0


@lean
def worth(crowd: Ints, seated: Ints, stakes: Stakes) -> float:
    """Return what an outcome is worth: seated covers less broken promises, hope for who waits."""
    total = 0.0
    for party in range(len(crowd)):
        value = 0.0
        if seated[party] >= 0:
            value = stakes.cover
            if crowd[party, PROMISED] == 1 and seated[party] - crowd[party, DUE] > stakes.tolerance:
                value -= stakes.gesture
        elif crowd[party, PROMISED] == 1 and seated[party] == GONE:
            value = -stakes.walk_weight * stakes.walked
        elif crowd[party, PROMISED] == 1 and seated[party] == STILL:
            value = stakes.hope
        total += value * crowd[party, SIZE]
    return total
