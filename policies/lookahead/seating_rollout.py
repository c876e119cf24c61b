"""Rollout seating: each thing that could be done with a party now, tried in the same futures.

For a waiting party the actions are the first free table of its best class and of the next larger
ones, a join, or to wait. Each is played out some two hours ahead under the base rule in the same
scenarios; the best mean wins, of about equal ones the smallest table, waiting last (a rollout
policy: one step of policy improvement over the base rule; Bertsekas, Tsitsiklis and Wu 1997).
"""

import numpy as np
from msgspec import Struct

from policies.lookahead.base_rule import NOT_HERE, STAY, USUAL_RULE, Rule
from policies.lookahead.board import Board, a_board, is_free, lay
from policies.lookahead.forecast_arrays import Beliefs
from policies.lookahead.quotes import simulated_waits
from policies.lookahead.rollout import WAIT, Work, weigh
from policies.lookahead.room_arrays import DoorRoom
from policies.lookahead.scenarios import Terms, outlook_of
from policies.lookahead.state import USUAL, DoorState, Stakes
from policies.numeric.compiled import Floats, Ints, compiled

LENGTH = 26
"""Buckets looked ahead: 130 minutes."""

SCENARIOS = 32
EVEN = 15.0
"""Of actions this close the first is taken, the smallest table: 32 scenarios do not tell them
apart. Money as in Stakes; what it does to a night in the lab is within noise."""

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
        best = int(np.argmax(values >= values.max() - EVEN))
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
