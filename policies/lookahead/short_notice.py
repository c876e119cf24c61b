"""The risk of a promise at short notice, judged in the futures of the look-ahead.

A promise that starts within the outlook of the look-ahead meets the parties that sit now and those
that wait, which a ledger of promises does not know: it is judged as a party at the door is.
"""

from datetime import datetime, timedelta

from policies.book.answers import Ask
from policies.book.picture import Picture
from policies.forecast.forecast import Forecast
from policies.house.grid import GRID
from policies.house.house import House
from policies.house.layout import layout_of
from policies.lookahead.advice import rollout_of
from policies.lookahead.board import TableBoard
from policies.lookahead.forecast_arrays import ForecastArrays
from policies.lookahead.from_picture import door_situation
from policies.lookahead.harm import crowd_row, promise_broken
from policies.lookahead.rollout import WAIT, WorkArrays, simulate_action
from policies.lookahead.room_arrays import RoomArrays
from policies.lookahead.scenarios import ScenarioSet
from policies.lookahead.seating_rollout import HORIZON
from policies.lookahead.state import DoorMinutes, ExpectedParties
from policies.numeric.compiled import Ints, compiled

SHORT_NOTICE = HORIZON * GRID
"""A start no later than this is at short notice (130 minutes)."""

SCENARIOS = 64
"""More than for a table at the door: a probability of .04 has a standard error of .024."""

NOBODY = -1
"""In place of the index of a party at the door: all of the queue may be seated at once."""

_AFTER = 12
"""Buckets simulated from its start on: an hour, in which a late party arrives and waits."""


def is_short_notice(picture: Picture, starts: datetime, *, now: datetime) -> bool:
    """Tell whether the look-ahead judges a promise at this start: tonight's, within the outlook."""
    period = picture.period
    return period.opens <= now < period.closes and timedelta() <= starts - now <= SHORT_NOTICE


def at_short_notice(
    picture: Picture, house: House, forecast: Forecast, ask: Ask, now: datetime
) -> float | None:
    """Return `short_notice_wait`, None where the start is not at short notice."""
    if not is_short_notice(picture, ask.starts, now=now):
        return None
    return short_notice_wait(picture, house, forecast, ask, now=now)


def short_notice_wait(
    picture: Picture, house: House, forecast: Forecast, ask: Ask, *, now: datetime
) -> float:
    """Return the probability that the party, if it comes, waits over the tolerance or is walked.

    The share of scenarios in which it does when it is promised `ask.starts`. 1 where no table or
    join can seat it. Takes milliseconds; see `is_short_notice`.
    """
    layout = layout_of(house)
    if not len(layout.configs_for(ask.party_size, ask.needs)):
        return 1.0
    situation = door_situation(picture, ask, layout, forecast, now=now, scenarios=SCENARIOS)
    length = (ask.starts - now) // GRID + _AFTER
    rollout, state = rollout_of(situation, picture.rules, length), situation.state
    return broken_share(
        situation.room,
        rollout.board,
        rollout.scenario_set,
        rollout.decided,
        rollout.work,
        (state.now, len(state.queue.key)),
        (state.expected, state.in_minutes(), situation.forecast),
    )


@compiled
def broken_share(
    room: RoomArrays,
    board: TableBoard,
    scenario_set: ScenarioSet,
    decided: Ints,
    work: WorkArrays,
    where: tuple[int, int],
    coming: tuple[ExpectedParties, DoorMinutes, ForecastArrays],
) -> float:
    """Return the share of scenarios in which the last expected party waits too long or leaves.

    Of those in which it arrives. `where`: bucket of now, parties in the queue.
    """
    now, queue = where
    expected, minutes, forecast = coming
    last, place = now + scenario_set.due.shape[1], len(expected.key) - 1
    came = broken = 0
    for scenario in range(len(scenario_set.until)):
        crowd = scenario_set.crowd[scenario, : scenario_set.counts[scenario]]
        row = crowd_row(crowd, queue, expected, place, scenario, now, minutes, forecast)
        if row >= 0:
            simulate_action(room, board, scenario_set, decided, work, (scenario, now, NOBODY), WAIT)
            came += 1
            broken += promise_broken(crowd[row], work.seated[row], last)
    return broken / max(came, 1)
