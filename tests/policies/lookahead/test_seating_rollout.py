"""Rollout seating: what is drawn, what is weighed, and what it brings over the base rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from msgspec.structs import replace

from policies.forecast.forecast import Lateness
from policies.house.layout import layout_of
from policies.lab.nights import draw_night, true_forecast
from policies.lab.play import AcceptedRequests, play_night
from policies.lookahead.base_rule import (
    ARRIVES,
    DEFAULT_WINDOW,
    DUE,
    LEAVES,
    LEFT_UNSEATED,
    NOT_ARRIVED,
    ON_TIME,
    PROMISED,
    SIZE,
    STAY,
    STILL_WAITING,
)
from policies.lookahead.forecast_arrays import ForecastArrays, build_forecast_arrays
from policies.lookahead.rollout import WAIT, drop_behind, keep_two, outcome_value
from policies.lookahead.room_arrays import build_room_arrays
from policies.lookahead.scenarios import PromiseTerms, ScenarioSet, draw_scenarios
from policies.lookahead.seating_rollout import SeatingRollout
from policies.lookahead.state import (
    BLOCKED,
    FREE,
    DoorMinutes,
    DoorState,
    ExpectedParties,
    Payoffs,
    Queue,
    SeatedParties,
)
from policies.risk.party_draws import lateness_by_minute
from tests.support.full_evening import a_house, table

if TYPE_CHECKING:
    from policies.lab.nights import SyntheticNight
    from policies.numeric.compiled import Ints

HOUSE = a_house(table("1", 2), table("2", 4), table("3", 6))
ROOM = build_room_arrays(layout_of(HOUSE))
TWO, FOUR, SIX = 0, 1, 2
NOW = 24
TERMS = PromiseTerms(DEFAULT_WINDOW, 6, 2)


def believing(walk_ins: float = 0.0, scenarios: int = 32) -> ForecastArrays:
    return build_forecast_arrays(true_forecast(140, walk_ins), ROOM, np.uint64(11), scenarios)


def ints(*numbers: int) -> Ints:
    return np.array(numbers, np.int64)


def a_queue(*parties: tuple[int, bool]) -> Queue:
    """Parties of these sizes who came now, promised or not."""
    size = ints(*(each for each, _ in parties))
    came = np.full(len(size), NOW, np.int64)
    keys = np.arange(200, 200 + len(size)).astype(np.uint64)
    promised = np.array([each for _, each in parties], bool)
    return Queue(keys, size, size - 1, came, promised, came)


def are_expected(*parties: tuple[int, int], no_show: float = 0.0) -> ExpectedParties:
    """Parties of these sizes promised for these buckets."""
    size, start = ints(*(each for each, _ in parties)), ints(*(each for _, each in parties))
    keys = np.arange(300, 300 + len(size)).astype(np.uint64)
    return ExpectedParties(keys, size, size - 1, start, np.full(len(size), no_show))


def a_state(
    queue: Queue,
    expected: ExpectedParties | None = None,
    occupied: tuple[int, ...] = (FREE, FREE, FREE),
    since: tuple[int, ...] = (),
) -> DoorState:
    sat = ints(*since)
    keys = np.arange(100, 100 + len(sat)).astype(np.uint64)
    seated_parties = SeatedParties(keys, np.full(len(sat), 2, np.int64), sat)
    return DoorState(NOW, ints(*occupied), seated_parties, expected or are_expected(), queue)


def foreseen(state: DoorState, forecast: ForecastArrays, length: int = 26) -> ScenarioSet:
    return draw_scenarios(ROOM, state, forecast, TERMS, length)


def test_with_nobody_else_about_a_party_sits_at_the_table_that_fits_it_best() -> None:
    door = SeatingRollout(ROOM, a_state(a_queue((2, False))), believing())
    choice = door.choose(0)
    assert choice.config == TWO
    assert choice.actions == (TWO, FOUR, SIX, WAIT)
    assert all(value <= choice.values[0] for value in choice.values)


def test_a_couple_is_not_given_the_last_large_table_a_promised_six_comes_for() -> None:
    state = a_state(a_queue((2, False)), are_expected((6, NOW + 2)), (BLOCKED, BLOCKED, FREE))
    choice = SeatingRollout(ROOM, state, believing()).choose(0)
    assert choice.config == WAIT
    assert choice.values[1] > choice.values[0]


def test_a_couple_takes_the_larger_table_where_nobody_comes_for_it() -> None:
    state = a_state(a_queue((2, False)), occupied=(BLOCKED, BLOCKED, FREE))
    assert SeatingRollout(ROOM, state, believing()).choose(0).config == SIX


def test_a_promised_couple_leaves_the_large_table_to_those_who_need_it_and_sits_soon() -> None:
    long_sat, since = (0, BLOCKED, FREE), (NOW - 50,)
    both = a_state(a_queue((2, True), (6, True)), None, long_sat, since)
    assert SeatingRollout(ROOM, both, believing()).choose(0).config == WAIT
    alone = a_state(a_queue((2, True)), None, long_sat, since)
    assert SeatingRollout(ROOM, alone, believing()).choose(0).config == SIX


def test_where_no_table_fits_nothing_is_weighed() -> None:
    taken = a_state(a_queue((2, True)), occupied=(BLOCKED, BLOCKED, BLOCKED))
    assert SeatingRollout(ROOM, taken, believing()).choose(0).actions == ()


def test_who_sits_down_is_seen_by_the_next_decision() -> None:
    door = SeatingRollout(ROOM, a_state(a_queue((2, True), (2, True))), believing())
    door.seat(0, door.choose(0).config)
    assert door.choose(1).actions[0] == FOUR


def test_a_walk_in_is_not_seated_past_one_of_its_kind_that_was_told_to_wait() -> None:
    queue = a_queue((2, False), (2, False))
    state = a_state(queue, are_expected((6, NOW + 2)), (BLOCKED, BLOCKED, FREE))
    door = SeatingRollout(ROOM, state, believing())
    assert door.choose(0).config == WAIT
    assert door.choose(1).actions == ()


def test_the_same_moment_is_decided_alike_whatever_was_asked_before() -> None:
    expected = are_expected((2, NOW + 1), (4, NOW + 3), no_show=0.1)
    state = a_state(a_queue((2, False), (4, True)), expected)
    one, other = (SeatingRollout(ROOM, state, believing(40)) for _ in range(2))
    one.choose(1)
    assert one.choose(0) == other.choose(0)


def test_a_party_has_the_same_stay_waiting_expected_and_seated() -> None:
    forecast = believing()
    queue = a_queue((2, True))
    waiting = foreseen(a_state(queue), forecast).crowd[:, 0, STAY]
    expected = ExpectedParties(queue.key, queue.size, queue.kind, queue.start + 3, np.zeros(1))
    comes = foreseen(a_state(a_queue(), expected), forecast).crowd[:, 0, STAY]
    seated_parties = SeatedParties(queue.key, queue.size, ints(NOW))
    seated = replace(a_state(a_queue(), occupied=(0, FREE, FREE)), seated_parties=seated_parties)
    assert (waiting == comes).all()
    assert (waiting == foreseen(seated, forecast).until[:, 0]).all()


def test_a_party_that_has_sat_long_leaves_later_than_it_was_expected_to_but_not_at_once() -> None:
    forecast = believing(scenarios=2000)
    state = a_state(a_queue(), occupied=(0, FREE, FREE), since=(NOW - 20,))
    until = foreseen(state, forecast).until
    assert until[:, 0].min() >= 1
    assert (until[:, 1] == 0).all()
    mean, deviation, reset = forecast.stays[2]
    stays = np.exp(np.random.default_rng(1).normal(mean, deviation, 200_000)) + reset
    longer = np.ceil((stays[stays > 100] - 100) / 5)
    assert until[:, 0].mean() == pytest.approx(longer.mean(), abs=0.25)


def to_the_minute(state: DoorState, now: int, *, since: int, start: int, due: int) -> DoorState:
    minutes = DoorMinutes(
        now,
        np.full(len(state.seated_parties.key), since, np.int64),
        np.full(len(state.expected.key), start, np.int64),
        np.full(len(state.queue.key), due, np.int64),
    )
    return replace(state, minutes=minutes)


@pytest.mark.parametrize("now", range(NOW * 5, NOW * 5 + 5))
@pytest.mark.parametrize("due", range(NOW * 5 - 29, NOW * 5 - 24))
def test_a_party_that_waits_is_never_planned_past_the_walk_limit_or_late_without_a_cost(
    now: int, due: int
) -> None:
    state = to_the_minute(a_state(a_queue((6, True))), now, since=0, start=0, due=due)
    row = foreseen(state, believing()).crowd[0, 0]
    for limit, minutes in ((LEAVES, 30), (ON_TIME, 10)):
        last = now + 5 * (row[limit] - NOW)
        if last > now:
            assert last - due <= minutes < last + 5 - due, (limit, now, due)
    assert now + 5 * (row[DUE] - NOW) - due in range(5)


def test_whoever_comes_sits_or_goes_within_thirty_minutes_of_the_start_or_the_arrival() -> None:
    state = a_state(a_queue(), are_expected((2, NOW + 3)))
    for now, start in ((NOW * 5 + 4, NOW * 5 + 15), (NOW * 5, NOW * 5 + 19)):
        exact = to_the_minute(state, now, since=0, start=start, due=0)
        crowd = foreseen(exact, believing(scenarios=200)).crowd[:, 0]
        at = now + 5 * (crowd - NOW)
        due = np.maximum(at[:, ARRIVES], start)
        assert (at[:, LEAVES] - due <= 30).all()
        assert (at[:, LEAVES] - start >= 26).all()


def test_a_table_clears_in_the_look_ahead_no_sooner_than_its_party_has_gone() -> None:
    forecast = believing(scenarios=400)
    state = a_state(a_queue(), occupied=(0, FREE, FREE), since=(NOW - 16,))
    early, late = (
        foreseen(to_the_minute(state, NOW * 5 + 4, since=since, start=0, due=0), forecast)
        for since in (NOW * 5 - 80, NOW * 5 - 76)
    )
    assert early.until[:, 0].mean() < late.until[:, 0].mean()


def test_who_is_late_is_likelier_never_to_come() -> None:
    forecast = believing(scenarios=4000)
    for late in (-10, 0, 3, 6):
        state = a_state(a_queue(), are_expected((2, NOW - late), no_show=0.2))
        comes = foreseen(state, forecast, length=40).counts.mean()
        place = late * 5 - forecast.earliest
        seen = forecast.lateness[place] if place >= 0 else 0.0
        here = 0.8 * (1 - seen)
        assert comes == pytest.approx(here / (0.2 + here), abs=0.02), late


def test_nobody_is_expected_later_than_the_latest() -> None:
    state = a_state(a_queue(), are_expected((2, NOW - 9)))
    assert foreseen(state, believing()).counts.max() == 0


def test_guests_come_as_late_as_believed() -> None:
    earliest, chances = lateness_by_minute(Lateness())
    assert (earliest, len(chances), chances[-1]) == (-15, 61, 1.0)
    random = np.random.default_rng(2)
    usual, late = random.normal(-2, 6, 200_000), 10 + random.exponential(10, 200_000)
    minutes = np.where(random.random(200_000) < 0.12, late, usual)
    drawn = np.clip(minutes, -15, 45)
    for place, chance in enumerate(chances):
        assert (drawn <= earliest + place).mean() == pytest.approx(chance, abs=0.004)
    forecast = believing(scenarios=4000)
    crowd = foreseen(a_state(a_queue(), are_expected((2, NOW + 10))), forecast).crowd[:, 0]
    assert (crowd[:, ARRIVES] <= NOW + 10).mean() == pytest.approx(chances[15], abs=0.03)
    assert (crowd[:, DUE] == np.maximum(crowd[:, ARRIVES], NOW + 10)).all()
    assert set(crowd[:, LEAVES] - crowd[:, DUE]) == {5, 6}


def test_walk_ins_come_in_order_as_many_as_believed_and_none_twice() -> None:
    forecast = believing(80.0, scenarios=400)
    per_night = forecast.walk_ins_from[:, -1]
    assert per_night.mean() == pytest.approx(80 * 0.99, rel=0.03)
    scenario_set = foreseen(a_state(a_queue((2, True))), forecast)
    for crowd, count in zip(scenario_set.crowd, scenario_set.counts, strict=True):
        rows = crowd[:count]
        assert (np.diff(rows[:, ARRIVES]) >= 0).all()
        assert rows[1:, ARRIVES].min(initial=NOW + 1) > NOW
        assert (rows[1:, PROMISED] == 0).all()
        assert set(rows[1:, SIZE]) <= set(range(1, 7))


def test_an_outcome_is_worth_its_covers_less_what_was_broken() -> None:
    crowd = np.zeros((6, 8), np.int64)
    crowd[:, SIZE] = (1, 2, 3, 4, 5, 6)
    crowd[:, ON_TIME] = 12
    crowd[:, PROMISED] = (0, 1, 1, 1, 1, 0)
    seated = ints(15, 12, 13, LEFT_UNSEATED, STILL_WAITING, LEFT_UNSEATED)
    payoffs = Payoffs()
    assert outcome_value(crowd, seated, payoffs) == 50 + 100 + 3 * 40 - 4 * 500 + 5 * 30
    assert outcome_value(crowd, np.full(6, NOT_ARRIVED), payoffs) == 0.0


def test_the_race_drops_who_is_clearly_behind_and_equals_behind_the_first() -> None:
    spread = np.tile([-100.0, 100.0], 4)
    level = np.linspace(0, 70, 8)
    worths = np.stack([level + 10, level + 10, level + spread, level - 1], axis=1)
    racing = np.ones(4, np.bool_)
    assert drop_behind(worths, racing, 2.5) == 0
    assert racing.tolist() == [True, False, True, False]


def test_halfway_only_the_best_two_race_on() -> None:
    worths = np.array([[5.0, 9.0, 7.0, 8.0], [5.0, 9.0, 9.0, 7.0]])
    racing = np.ones(4, np.bool_)
    keep_two(worths, racing, 1)
    assert racing.tolist() == [False, True, True, False]


SIXTY = layout_of(
    a_house(
        *(table(f"t{n}", seats) for n, seats in enumerate([2] * 24 + [4] * 24 + [6] * 8 + [8] * 4)),
        joins=[((f"t{2 * n}", f"t{2 * n + 1}"), 4) for n in range(12)]
        + [((f"t{24 + 2 * n}", f"t{25 + 2 * n}"), 8) for n in range(12)],
    )
)


def plain_book(drawn: SyntheticNight) -> AcceptedRequests:
    """In order, while tables of the size or larger suffice for mean stays."""
    tables = np.array([60, 36, 12, 4])
    use = np.zeros((200, 4), np.int64)
    taken = []
    for number, (size, wish) in enumerate(
        zip(drawn.requests.size, drawn.requests.wish, strict=True)
    ):
        span = slice(wish, wish + round((drawn.truth.stays[size - 1] + 6) / 5))
        use[span, : SIXTY.class_of(int(size)) + 1] += 1
        if (use[span] <= tables).all():
            taken.append(number)
        else:
            use[span, : SIXTY.class_of(int(size)) + 1] -= 1
    return AcceptedRequests(ints(*taken), drawn.requests.wish[taken])


def test_looking_ahead_earns_more_than_the_base_rule() -> None:
    truth = true_forecast(220, 60)
    nights = [draw_night(truth, seed) for seed in (1, 2, 3)]
    books = [plain_book(drawn) for drawn in nights]
    base, ahead = (
        [play_night(d, b, SIXTY, truth, door=door) for d, b in zip(nights, books, strict=True)]
        for door in ("base", "lookahead")
    )
    assert sum(e.net for e in ahead) > 1.01 * sum(e.net for e in base)
    assert sum(e.walk_ins_seated for e in ahead) > sum(e.walk_ins_seated for e in base)
