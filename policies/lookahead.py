"""Rollout seating: each thing that could be done with a party now, tried in the same futures.

For a waiting party the actions are the first free table of its best class and of the next larger
ones, a join, or to wait. Each is played out some two hours ahead under the base rule in the same
scenarios; the best mean wins, waiting only when strictly better (a rollout policy: one step of
policy improvement over the base rule; Bertsekas, Tsitsiklis and Wu 1997).
"""

import math
from typing import NamedTuple

import numpy as np
from msgspec import Struct

from policies.base_rule import (
    DUE,
    GONE,
    NOT_HERE,
    PROMISED,
    SIZE,
    STAY,
    STILL,
    USUAL_RULE,
    Board,
    Course,
    Rule,
    a_board,
    is_free,
    lay,
    play_out,
    take,
)
from policies.compiled import Flags, Floats, Ints, compiled, lean
from policies.door_room import DoorRoom
from policies.door_state import DoorState
from policies.foresight import Beliefs
from policies.outlook import Outlook, Terms, outlook_of
from policies.quotes import simulated_waits
from policies.stakes import USUAL, Stakes

LENGTH = 26
"""Buckets looked ahead: 130 minutes."""

SCENARIOS = 32
WAIT = -1
SEATS = 3
"""Configurations weighed at most, beside waiting."""


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


class Choice(Struct, frozen=True):
    """What to do with a party now: a configuration or WAIT.

    `actions` were weighed, each worth `values` (money ahead, the mean over the scenarios); empty
    when there was nothing to choose.
    """

    config: int
    actions: tuple[int, ...] = ()
    values: tuple[float, ...] = ()


class Door:
    """The door at one moment: decisions in the queue's order, each seen by the next."""

    def __init__(
        self,
        room: DoorRoom,
        state: DoorState,
        beliefs: Beliefs,
        stakes: Stakes = USUAL,
        rule: Rule = USUAL_RULE,
        length: int = LENGTH,
    ) -> None:
        self.room, self.state, self.stakes = room, state, stakes
        terms = Terms(rule, stakes.walk_limit)
        self.outlook = outlook_of(room, state, beliefs, terms, length)
        most = self.outlook.crowd.shape[1]
        self.board = a_board(room, length, most)
        self.told_to_wait: set[int] = set()
        self.known = np.full(most, NOT_HERE, np.int64)
        self.work = Work(np.zeros(most, np.int64), np.empty(most, np.int64))

    def choose(self, position: int) -> Choice:
        """Return what to do with the party at this place of the queue; nothing is done yet.

        A walk-in waits where one of its kind before it was told to: first come, first served.
        """
        if self._waits_behind(position):
            return Choice(WAIT)
        lay(self.room, self.board, self.outlook.until[0])
        rows = options(self.room, self.board, self.state.queue.kind[position])
        if len(rows) == 0:
            return Choice(WAIT)
        actions = np.append(rows, WAIT)
        values = self._values(position, actions)
        best = int(np.argmax(values))
        if actions[best] == WAIT and not self.state.queue.promised[position]:
            self.told_to_wait.add(int(self.state.queue.kind[position]))
        return Choice(int(actions[best]), tuple(actions.tolist()), tuple(values.tolist()))

    def seat(self, position: int, config: int) -> None:
        """Let the party sit down at a configuration."""
        self.told_to_wait.clear()
        self.known[position] = self.state.now
        tables = self.room.configs[config]
        stays = self.outlook.crowd[:, position, STAY]
        self.outlook.until[:, tables[tables >= 0]] = stays[:, None]

    def wait_ahead(self, position: int) -> float:
        """Return the mean simulated minutes until this walk-in sits, if it waits.

        To be asked when everybody in the queue has been decided.
        """
        where = (self.state.now, position)
        return float(
            simulated_waits(self.room, self.board, self.outlook, self.known, *where).mean()
        )

    def _waits_behind(self, position: int) -> bool:
        queue = self.state.queue
        return not queue.promised[position] and int(queue.kind[position]) in self.told_to_wait

    def _values(self, position: int, actions: Ints) -> Floats:
        where = (self.state.now, position)
        known, work = self.known, self.work
        return weigh(self.room, self.board, self.outlook, known, work, where, actions, self.stakes)


@compiled
def options(room: DoorRoom, board: Board, kind: int) -> Ints:
    """Return the first free configuration of each class of table, and of joins, best first."""
    rows = np.empty(SEATS, np.int64)
    count, last = 0, -1
    for place in range(room.kind_from[kind], room.kind_from[kind + 1]):
        row = room.kind_rows[place]
        single = room.configs.shape[1] < 2 or room.configs[row, 1] < 0
        sort = room.table_class[room.configs[row, 0]] if single else len(room.tables)
        if sort != last and count < SEATS and is_free(room, board, row):
            rows[count] = row
            count += 1
            last = sort
    return rows[:count]


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
