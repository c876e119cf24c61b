"""Rollout seating: the actions for each party of the queue, compared in the same scenarios.

For a waiting party the actions are the first free table of its best class and of the next larger
ones, a join, or to wait. Each is simulated 130 minutes ahead under the base rule; the best mean
value wins, within `TIE_MARGIN` the smallest table, waiting last (a rollout policy: one step of
policy improvement over the base rule; Bertsekas, Tsitsiklis and Wu 1997).
"""

from itertools import pairwise

import numpy as np
from msgspec import Struct

from policies.house.grid import GRID_MINUTES
from policies.lookahead.base_rule import DEFAULT_WINDOW, NOT_ARRIVED, STAY, PromiseWindow
from policies.lookahead.board import TableBoard, is_free, new_board, reset_board
from policies.lookahead.forecast_arrays import ForecastArrays
from policies.lookahead.quotes import COVERS_UNTIL, SHARES, SimulatedWait
from policies.lookahead.rollout import WAIT, WorkArrays, action_values, simulated_waits
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
        terms = PromiseTerms(window, payoffs.walk_limit, payoffs.tolerance)
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
        clears = self.scenario_set.until.mean(axis=0)
        rows = candidate_configs(self.room, self.board, self.state.queue.kind[position], clears)
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

    def simulated_wait(self, position: int) -> SimulatedWait:
        """Return the wait of this party of the queue if it waits, and what else tells of it.

        To be called when all parties of the queue have been decided.
        """
        queue = self.state.queue
        kind = queue.kind[position]
        rows = self.room.kind_rows[self.room.kind_from[kind] : self.room.kind_from[kind + 1]]
        taken = self.scenario_set.until[0] > 0
        tables = self.room.configs[rows]
        ahead = self.decided[:position] < 0
        waits, held = self._waits(position, held_back=False), self._waits(position, held_back=True)
        return SimulatedWait(
            mean=float(waits.mean()),
            quantiles=tuple(np.quantile(waits, SHARES).tolist()),
            held_mean=float(held.mean()),
            held_quantiles=tuple(np.quantile(held, SHARES).tolist()),
            party_size=int(queue.size[position]),
            ahead=int(ahead.sum()),
            promised_ahead=int((ahead & queue.promised[:position]).sum()),
            hours=self.state.now * GRID_MINUTES / 60.0,
            occupied=float(taken.mean()),
            tables=len(taken),
            fitting=int((~taken[tables] | (tables < 0)).all(axis=1).sum()),
            covers=self._covers_due(),
        )

    def _waits(self, position: int, *, held_back: bool) -> Floats:
        """Return the minutes of the wait in each scenario [S]."""
        waits = simulated_waits(
            self.room,
            self.board,
            self.scenario_set,
            self.decided,
            (self.state.now, position),
            held_back=held_back,
        )
        return np.asarray(waits * float(GRID_MINUTES), np.float64)

    def _covers_due(self) -> tuple[float, ...]:
        """Return the covers promised to come in each window of COVERS_UNTIL, by tables."""
        expected = self.state.expected
        minutes = (expected.start - self.state.now) * GRID_MINUTES
        covers = expected.size * (1.0 - expected.no_show) / len(self.room.table_class)
        bounds = (-30, *COVERS_UNTIL)
        return tuple(
            float(covers[(minutes >= first) & (minutes < beyond)].sum())
            for first, beyond in pairwise(bounds)
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
def candidate_configs(room: RoomArrays, board: TableBoard, kind: int, clears: Floats) -> Ints:
    """Return a free configuration of each table class and one of the joins, best first.

    Of each class the one of least use to a larger party: the first whose neighbour in a join is
    taken the longest. `clears` [T]: mean steps until each table clears.
    """
    rows, uses = np.empty(MAX_CONFIGS, np.int64), np.empty(MAX_CONFIGS)
    count, last = 0, -1
    for place in range(room.kind_from[kind], room.kind_from[kind + 1]):
        row = room.kind_rows[place]
        single = room.configs.shape[1] < 2 or room.configs[row, 1] < 0
        segment = room.table_class[room.configs[row, 0]] if single else len(room.tables)
        if is_free(room, board, row) and (segment == last or count < MAX_CONFIGS):
            use = join_use(room, room.configs[row, 0], clears) if single else 0.0
            if segment != last:
                rows[count], uses[count] = row, use
                count += 1
                last = segment
            elif use < uses[count - 1]:
                rows[count - 1], uses[count - 1] = row, use
    return rows[:count]


@compiled
def join_use(room: RoomArrays, table: int, clears: Floats) -> float:
    """Return 1 / (1 + steps until a join of the free table is free), 0 without one."""
    most = 0.0
    for place in range(room.join_from[table], room.join_from[table + 1]):
        latest = 0.0
        for column in range(room.configs.shape[1]):
            other = room.configs[room.join_rows[place], column]
            if other >= 0 and other != table:
                latest = max(latest, clears[other])
        most = max(most, 1.0 / (1.0 + max(latest, 0.0)))
    return most
