"""The frontier's points from nights played at each position."""

from __future__ import annotations

from policies.lab.minutes.service_book import BENCHMARK_RULES
from policies.lab.nights import LOADS
from policies.value.frontier.frontier import FrontierLoad
from policies.value.frontier.positions import POSITIONS, USUAL, PositionName, settings_of
from scripts.benchmark.frontier import points_of, points_table, row_of, rules_at
from scripts.benchmark.minutes.night import MinuteNight
from scripts.benchmark.minutes.pieces import kept_at, pieces_for
from scripts.benchmark.minutes.row import ServiceRules

SEEDS = range(1, 5)


def nights(more: float, waited: int) -> list[MinuteNight]:
    """Nights that differ by far more than positions do; each brings so much more."""
    return [
        MinuteNight(
            seed=seed,
            net=4000.0 + 2000.0 * (seed % 2) + more,
            booked=(60, 30, 10, 0),
            walked=(0, 0, waited // 4, 0),
            waited=waited,
        )
        for seed in SEEDS
    ]


def test_points_are_paired_by_night_with_the_usual_position() -> None:
    played: dict[PositionName, list[MinuteNight]] = {
        each.name: nights(0.0 if each.name == USUAL else -100.0, 4) for each in POSITIONS
    }
    points = {point.position.name: point for point in points_of(played)}
    first = points["never_wait"]
    assert (first.net.mean, first.net.error) == (-2.0, 0.0)
    assert (points[USUAL].net.mean, points[USUAL].net.error) == (0.0, 0.0)
    assert (first.walked.mean, first.waiting.mean, first.booked) == (1.0, 4.0, 100.0)
    assert (first.walked_share.mean, first.waiting_share.mean) == (0.01, 0.04)


def test_a_position_is_played_with_the_benchmarks_rules_but_for_its_own_values() -> None:
    for each in POSITIONS:
        rules = rules_at(each)
        assert settings_of(rules) == each.settings
        assert rules.overbooking.cap_parties == BENCHMARK_RULES.overbooking.cap_parties
        assert rules.decisions.walked_cost == BENCHMARK_RULES.decisions.walked_cost


def test_the_nights_of_every_position_are_kept_apart() -> None:
    files = {
        kept_at(piece)
        for each in POSITIONS
        for piece in pieces_for(row_of(each), ServiceRules(rules=rules_at(each)), 0, SEEDS)
    }
    assert len(files) == len(POSITIONS)


def test_a_table_names_every_position_with_its_figures() -> None:
    played: dict[PositionName, list[MinuteNight]] = {
        each.name: nights(10.0 * place, 4 * place) for place, each in enumerate(POSITIONS)
    }
    load = FrontierLoad(requests=LOADS[0][0], walk_ins=LOADS[0][1], points=points_of(played))
    table = points_table(load)
    names, waiting = list(table.columns[0].cells), list(table.columns[3].cells)
    assert names == [each.name for each in POSITIONS]
    assert waiting[-1] == "16.0 ± 0.0"
