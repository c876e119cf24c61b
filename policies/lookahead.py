"""Rollout seating: each thing that could be done with a party now, tried in the same futures.

For a waiting party the actions are the first free table of its best class and of the next larger
ones, a join, or to wait. Each is played out some two hours ahead under the base rule in the same
scenarios; the best mean wins, waiting only when strictly better (a rollout policy: one step of
policy improvement over the base rule; Bertsekas, Tsitsiklis and Wu 1997).
"""

from typing import NamedTuple

import numpy as np
from msgspec import Struct

from policies.base_rule import (
    ARRIVES,
    DUE,
    GONE,
    NOT_HERE,
    PROMISED,
    SIZE,
    STAY,
    STILL,
    Board,
    Course,
    Rule,
    a_board,
    is_free,
    lay,
    play_out,
    take,
)
from policies.compiled import Floats, Ints, compiled
from policies.door_room import DoorRoom
from policies.door_state import FREE, DoorState
from policies.foresight import Beliefs
from policies.outlook import Outlook, Terms, outlook_of
from policies.stakes import Stakes

LENGTH = 26
"""Buckets looked ahead: 130 minutes."""

SCENARIOS = 32
WAIT = -1
SEATS = 3
"""Configurations weighed at most, beside waiting."""


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
        stakes: Stakes = Stakes(),
        rule: Rule = Rule(),
        length: int = LENGTH,
    ) -> None:
        self.room, self.state, self.stakes = room, state, stakes
        terms = Terms(rule, stakes.walk_limit)
        self.outlook = outlook_of(room, state, beliefs, terms, length)
        most = self.outlook.crowd.shape[1]
        self.board = a_board(room, length, most)
        self.known = np.full(most, NOT_HERE, np.int64)
        self.course = (np.empty(most, np.int64), np.empty(most, np.int64))

    def choose(self, position: int) -> Choice:
        """Return what to do with the party at this place of the queue; nothing is done yet."""
        lay(self.room, self.board, self.outlook.until[0])
        rows = options(self.room, self.board, self.state.queue.kind[position])
        if len(rows) == 0:
            return Choice(WAIT)
        actions = np.append(rows, WAIT)
        values = self._values(position, actions)
        best = int(np.argmax(values))
        return Choice(int(actions[best]), tuple(actions.tolist()), tuple(values.tolist()))

    def seat(self, position: int, config: int) -> None:
        """Let the party sit down at a configuration."""
        self.known[position] = self.state.now
        tables = self.room.configs[config]
        stays = self.outlook.crowd[:, position, STAY]
        self.outlook.until[:, tables[tables >= 0]] = stays[:, None]

    def _values(self, position: int, actions: Ints) -> Floats:
        values = np.zeros(len(actions))
        weigh(
            self.room, self.board, self.outlook, self.known, self.course,
            (self.state.now, position), actions, self.stakes, values,
        )  # fmt: skip
        return values


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
    work: tuple[Ints, Ints],
    where: tuple[int, int],
    actions: Ints,
    stakes: Stakes,
    values: Floats,
) -> None:
    """Add to `values` [A] what each action is worth on average over the scenarios."""
    now, position = where
    for scenario in range(len(outlook.until)):
        crowd = outlook.crowd[scenario, : outlook.count[scenario]]
        seated = work[0][: len(crowd)]
        course = Course(crowd, outlook.due[scenario], seated, work[1][: len(crowd)])
        for action in range(len(actions)):
            seated[:] = known[: len(crowd)]
            lay(room, board, outlook.until[scenario])
            if actions[action] >= 0:
                take(room, board, actions[action], crowd[position, STAY])
                seated[position] = now
            play_out(room, board, course, now, position)
            values[action] += worth(course, stakes) / len(outlook.until)


@compiled
def worth(course: Course, stakes: Stakes) -> float:
    """Return what an outcome is worth: seated covers less broken promises, hope for who waits."""
    total = 0.0
    for party in range(len(course.crowd)):
        guest, seated = course.crowd[party], course.seated[party]
        value = 0.0
        if seated >= 0:
            value = stakes.cover
            if guest[PROMISED] == 1 and seated - guest[DUE] > stakes.tolerance:
                value -= stakes.gesture
        elif guest[PROMISED] == 1 and seated == GONE:
            value = -stakes.walk_weight * stakes.walked
        elif guest[PROMISED] == 1 and seated == STILL:
            value = stakes.hope
        total += value * guest[SIZE]
    return total
