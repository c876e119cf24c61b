"""Rollout seating: the actions for each party of the queue, compared in the same scenarios.

For a waiting party the actions are the first free table of its best class and of the next larger
ones, a join, or to wait. Each is simulated 130 minutes ahead under the base rule; the best mean
value wins, within `TIE_MARGIN` the smallest table, waiting last (a rollout policy: one step of
policy improvement over the base rule; Bertsekas, Tsitsiklis and Wu 1997).
"""

import numpy as np
from msgspec import Struct

from policies.lookahead.base_rule import DEFAULT_WINDOW, NOT_ARRIVED, STAY, PromiseWindow
from policies.lookahead.board import TableBoard, is_free, new_board, reset_board
from policies.lookahead.forecast_arrays import ForecastArrays
from policies.lookahead.quotes import simulated_waits
from policies.lookahead.rollout import WAIT, WorkArrays, action_values
from policies.lookahead.room_arrays import RoomArrays
from policies.lookahead.scenarios import PromiseTerms, draw_scenarios
from policies.lookahead.state import DEFAULT_PAYOFFS, DoorState, Payoffs
from policies.numeric.compiled import Floats, Ints, compiled

HORIZON = 26
"""Buckets simulated: 130 minutes."""

SCENARIOS = 32
TIE_MARGIN = 15.0
"""Money (see Payoffs) within which values count as equal: less than 32 scenarios can resolve,
and without a measurable effect on a night's net in the lab."""

MAX_CONFIGS = 3
"""Configurations compared at most, beside waiting."""


class SeatingDecision(Struct, frozen=True):
    """What to do with a party now: `config` is a configuration or WAIT.

    `actions` were compared; `values`: the mean of each over the scenarios, money. Empty when there
    was no choice.
    """

    config: int
    actions: tuple[int, ...] = ()
    values: tuple[float, ...] = ()


class SeatingRollout:
    """Seating decisions at one moment, in the queue's order, each given those made before it."""

    def __init__(
        self,
        room: RoomArrays,
        state: DoorState,
        forecast: ForecastArrays,
        payoffs: Payoffs = DEFAULT_PAYOFFS,
        window: PromiseWindow = DEFAULT_WINDOW,
        length: int = HORIZON,
    ) -> None:
        self.room, self.state, self.payoffs = room, state, payoffs
        terms = PromiseTerms(window, payoffs.walk_limit)
        self.scenario_set = draw_scenarios(room, state, forecast, terms, length)
        most = self.scenario_set.crowd.shape[1]
        self.board = new_board(room, length, most)
        self.told_to_wait: set[int] = set()
        self.decided = np.full(most, NOT_ARRIVED, np.int64)
        self.work = WorkArrays(np.zeros(most, np.int64), np.empty(most, np.int64))

    def choose(self, position: int) -> SeatingDecision:
        """Return the decision for the party at this index of the queue; it is not carried out.

        A walk-in waits when an earlier one of its kind has to: first come, first served.
        """
        if self._waits_behind(position):
            return SeatingDecision(WAIT)
        reset_board(self.room, self.board, self.scenario_set.until[0])
        rows = candidate_configs(self.room, self.board, self.state.queue.kind[position])
        if len(rows) == 0:
            return SeatingDecision(WAIT)
        actions = np.append(rows, WAIT)
        values = self._values(position, actions)
        best = int(np.argmax(values >= values.max() - TIE_MARGIN))
        if actions[best] == WAIT and not self.state.queue.promised[position]:
            self.told_to_wait.add(int(self.state.queue.kind[position]))
        return SeatingDecision(int(actions[best]), tuple(actions.tolist()), tuple(values.tolist()))

    def seat(self, position: int, config: int) -> None:
        """Seat the party at a configuration, for its stay drawn in each scenario."""
        self.told_to_wait.clear()
        self.decided[position] = self.state.now
        tables = self.room.configs[config]
        stays = self.scenario_set.crowd[:, position, STAY]
        self.scenario_set.until[:, tables[tables >= 0]] = stays[:, None]

    def mean_wait(self, position: int) -> float:
        """Return the mean simulated minutes until this walk-in is seated, if it waits.

        To be called when all parties of the queue have been decided.
        """
        where = (self.state.now, position)
        return float(
            simulated_waits(self.room, self.board, self.scenario_set, self.decided, *where).mean()
        )

    def _waits_behind(self, position: int) -> bool:
        queue = self.state.queue
        return not queue.promised[position] and int(queue.kind[position]) in self.told_to_wait

    def _values(self, position: int, actions: Ints) -> Floats:
        where = (self.state.now, position)
        decided, work = self.decided, self.work
        return action_values(
            self.room, self.board, self.scenario_set, decided, work, where, actions, self.payoffs
        )


@compiled
def candidate_configs(room: RoomArrays, board: TableBoard, kind: int) -> Ints:
    """Return the first free configuration of each table class and of the joins, best first."""
    rows = np.empty(MAX_CONFIGS, np.int64)
    count, last = 0, -1
    for place in range(room.kind_from[kind], room.kind_from[kind + 1]):
        row = room.kind_rows[place]
        single = room.configs.shape[1] < 2 or room.configs[row, 1] < 0
        segment = room.table_class[room.configs[row, 0]] if single else len(room.tables)
        if segment != last and count < MAX_CONFIGS and is_free(room, board, row):
            rows[count] = row
            count += 1
            last = segment
    return rows[:count]
