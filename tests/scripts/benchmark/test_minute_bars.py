"""Bars of the minute world: against the figures of the issue; the best flat rule is found."""

from collections.abc import Sequence

import pytest

from policies.lab.rivals import FlatRule
from scripts.benchmark.minutes.bars import minute_bars
from scripts.benchmark.minutes.figures import MinuteFigures, figures_of
from scripts.benchmark.minutes.flat_search import best_flat, coarse_rules, neighbours
from scripts.benchmark.minutes.night import KeptPromise, MinuteNight


def line(row: str, walked: Sequence[int], stress: str = "", told: float = 0.0) -> MinuteFigures:
    ours = [night(seed, 1040.0, count, told) for seed, count in enumerate(walked)]
    flat = [night(seed, 1000.0, 0, 0.0) for seed in range(len(walked))]
    return figures_of((row, row, 1, stress, ""), ours, {"flat": flat})


def night(seed: int, net: float, walked: int, told: float) -> MinuteNight:
    large = (0, 0, walked, 0)
    return MinuteNight(
        seed=seed, net=net, booked=(9, 9, 9, 0), walked=large, waited=walked + 1, walked_told=told,
        promises=(promise(own=0.1, waited=False), promise(own=0.9, waited=True)),
    )  # fmt: skip


def promise(*, own: float, waited: bool) -> KeptPromise:
    return KeptPromise(own, own, 0.0, 0.0, True, waited, waited, False)  # noqa: FBT003


def test_missed_bars_come_first_and_say_by_how_much() -> None:
    told = minute_bars([line("service", [1, 0], told=0.5)])
    assert [bar.held for bar in told] == sorted(bar.held for bar in told)
    by = {bar.title.removeprefix("220 "): bar for bar in told}
    assert by["over the best flat rule"].by == pytest.approx(4.0 - 10.0)
    assert by["walked parties a night"].by == pytest.approx(0.35 - 0.5)
    assert by["booked parties of 5 to 8 walked"].reached == pytest.approx(1 / 18)
    assert by["walked, less flat's"].held, "half a party more is within one standard error"
    assert by["walked parties told / happened"].held
    assert by["own_wait: AUC"].reached == 1.0
    assert not by["own_wait: expected calibration error"].held


def test_the_service_is_judged_where_it_was_played_else_the_lab_s_door() -> None:
    assert minute_bars([line("lookahead", [0, 0]), line("service", [1, 1])])[0].reached != 0
    assert len(minute_bars([line("lookahead", [0, 0])])) == len(
        minute_bars([line("service", [0, 0])])
    )
    assert minute_bars([line("flat", [0, 0])]) == []


def test_a_stress_row_may_walk_two_errors_more_and_long_stays_are_told_as_they_are() -> None:
    assert not minute_bars([line("service-burst", [3, 3], "burst", told=3.0)])[0].held
    assert minute_bars([line("service-long-stays", [3, 3], "long-stays")]) == []


def test_the_best_flat_rule_of_the_grid_is_found_with_few_nights() -> None:
    played: dict[FlatRule, int] = {}

    def play(rule: FlatRule, nights: int) -> list[float]:
        played[rule] = max(nights, played.get(rule, 0))
        far = abs(rule.overbooking - 0.15) * 100 + abs(rule.held - 8) + abs(rule.hold_ahead - 15)
        return [-far] * nights

    assert best_flat(200, play) == FlatRule(overbooking=0.15, held=8, hold_ahead=15)
    assert sum(played.values()) < 200 * 63 / 4, "a fraction of what the plain grid takes"
    assert sorted(played.values())[-3:] == [200, 200, 200]


def test_neighbours_stay_within_the_grid() -> None:
    assert FlatRule() in coarse_rules()
    assert len(neighbours(FlatRule())) == 2 * 2 * 4
