"""The measured frontier: its figures, and what of it is told to whom."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from policies.house.file import read_house
from policies.house.rules import Decisions, Overbooking, Rules
from policies.value.frontier.frontier import (
    FrontierPoint,
    NightMean,
    better_than,
    figures_at,
    frontier,
    night_mean,
    share_of,
)
from policies.value.frontier.house_evenings import HouseEvening
from policies.value.frontier.positions import POSITIONS, USUAL
from policies.value.frontier.report import FrontierReport, frontier_report
from policies.value.frontier.words import of_better, of_point
from policies.words.catalogue import say
from tests.support.frontiers import STEP, made_up_frontier
from tests.support.house import house_text

HOUSE = read_house(house_text(2, 2, 4, 4))
BEYOND = Overbooking(enabled=True, cap_parties=4, cap_covers=12)


def evenings(count: int, *, same: bool = True, requests: int = 16) -> list[HouseEvening]:
    return [
        HouseEvening(requests=requests, booked=10, walked=night % 2, waiting=1, same=same)
        for night in range(count)
    ]


def report(
    seen: list[HouseEvening], rules: Rules | None = None, language: str = "en"
) -> FrontierReport:
    rules = rules or Rules(overbooking=BEYOND)
    return frontier_report(made_up_frontier(), HOUSE, rules, seen, language=language)


def test_the_frontier_in_the_package_was_measured_at_the_positions_there_are() -> None:
    kept = frontier()
    assert len(kept.loads) == 3
    for load in kept.loads:
        assert tuple(point.position for point in load.points) == POSITIONS
        usual = next(point for point in load.points if point.position.name == USUAL)
        assert usual.net.mean == 0.0
        for point in load.points:
            assert 0.0 <= point.walked.mean <= point.waiting.mean <= point.booked
            assert point.waiting_share.mean == pytest.approx(
                point.waiting.mean / point.booked, abs=0.002
            )


def test_at_every_load_more_guests_wait_in_a_full_room_than_where_none_shall_wait() -> None:
    for load in frontier().loads:
        first, last = load.points[0], load.points[-1]
        assert first.waiting.mean < last.waiting.mean
        assert first.walked.mean <= last.walked.mean


def test_between_two_positions_the_figures_are_on_the_straight_line() -> None:
    load = made_up_frontier().loads[0]
    there = figures_at(load, 1.25)
    assert there.waiting_share == pytest.approx(1.25 * STEP)
    assert there.walked_share == pytest.approx(1.25 * STEP / 8)
    assert figures_at(load, 4.0).waiting_share == pytest.approx(4 * STEP)


def test_waits_that_come_together_on_some_nights_make_a_share_less_certain() -> None:
    booked = [100.0] * 8
    even, together = share_of([2.0] * 8, booked), share_of([16.0] + [0.0] * 7, booked)
    assert even.mean == together.mean == 0.02
    assert even.error == 0.0
    assert together.error == pytest.approx(0.02)
    assert share_of([1.0], [50.0]).error is None


def test_a_mean_has_the_standard_error_of_its_nights() -> None:
    found = night_mean([1.0, 3.0])
    assert found.mean == 2.0
    assert found.error == pytest.approx(1.0)
    assert night_mean([4.0]).error is None


@pytest.mark.parametrize(("requests", "load"), [(8, 0), (15, 1), (40, 2)])
def test_a_house_is_shown_the_load_with_as_many_requests_for_a_table_as_its_own(
    requests: int, load: int
) -> None:
    assert report(evenings(1, requests=requests)).load == load


def test_a_house_without_evenings_is_shown_busy_nights_and_told_that_its_own_are_unknown() -> None:
    found = report([])
    assert (found.load, found.own.requests) == (1, None)
    assert "How many you have is not known yet." in found.sentences[-1]


def test_too_few_evenings_under_these_rules_are_not_laid_beside_the_frontier() -> None:
    found = report(evenings(7) + evenings(20, same=False))
    assert (found.own.of, found.own.evenings, found.own.waiting_share) == (27, 7, None)
    assert "it takes 8 under these rules, and so far there have been 7." in found.sentences[1]


def test_the_houses_own_evenings_stand_beside_what_is_drawn_where_its_rules_are() -> None:
    found = report(evenings(10))
    assert found.own.waiting_share is not None
    assert found.own.waiting_share.mean == pytest.approx(0.1)
    assert found.drawn.waiting_share == pytest.approx(found.place.place * STEP)
    assert found.sentences[1] == (
        "On your own 10 evenings under these rules: one booked party in 10 waits more than 10"
        " minutes, one in 20 leaves without a table. Drawn where your rules stand: one booked party"
        " in 25 waits more than 10 minutes, one in 200 leaves without a table."
    )


def test_a_house_is_told_of_a_position_that_kept_fewer_waiting_for_no_less_money() -> None:
    load = made_up_frontier().loads[0]
    assert better_than(load, 2.0) is None  # fewer waits cost money
    gentle = replace(load.points[1], net=NightMean(mean=0.2, error=0.6))
    points = (load.points[0], gentle, *load.points[2:])
    found = better_than(replace(load, points=points), 2.0)
    assert found == gentle
    assert say(of_better(gentle)) == (
        "On these nights “Seldom keep a guest waiting” brought no less money than where you stand,"
        " and one booked party in 50 waits more than 10 minutes."
    )
    unsure = replace(gentle, waiting_share=NightMean(mean=STEP, error=0.03))
    points = (load.points[0], unsure, *load.points[2:])
    assert better_than(replace(load, points=points), 2.0) is None


def test_a_position_says_what_it_brings_only_where_the_nights_tell_it_apart() -> None:
    said = {each.point.position.name: each.sentence for each in report([]).positions}
    assert said["never_wait"] == (
        "2% (±0.4) less money than “Between the two”; 100 booked parties a night; no booked"
        " party waits more than 10 minutes, none leaves without a table."
    )
    assert said["fill_room"].startswith("2% (±0.4) more money than “Between the two”; 100")
    assert said[USUAL].startswith("What the others are measured by; 100 booked parties")
    assert said["seldom_wait"].startswith("1% (±0.4) less money")
    unclear = FrontierPoint(
        position=POSITIONS[0],
        net=NightMean(mean=-1.0, error=0.6),
        walked=NightMean(mean=0.0),
        waiting=NightMean(mean=0.0),
        booked=100.0,
        walked_share=NightMean(mean=0.0),
        waiting_share=NightMean(mean=0.0),
    )
    assert say(of_point(unclear)).startswith(
        "About as much money as “Between the two” (the nights cannot tell them apart, ±0.6%);"
    )


@pytest.mark.parametrize(
    ("rules", "start"),
    [
        (Rules(), "Your rules promise nothing beyond the room;"),
        (Rules(overbooking=Overbooking(enabled=True)), "Your rules promise nothing beyond"),
        (
            Rules(overbooking=BEYOND, decisions=Decisions(by_value=False)),
            "Your rules do not decide by what a table is worth.",
        ),
        (
            Rules(overbooking=BEYOND, decisions=Decisions(walked_cost=30_000)),
            "In the drawing a guest who leaves without a table costs two guests’ bills",
        ),
    ],
)
def test_rules_unlike_those_it_was_drawn_with_are_told_so(rules: Rules, start: str) -> None:
    proviso = report([], rules).sentences[2]
    assert proviso.startswith(start)
    assert not any(start in each for each in report([]).sentences)


def test_it_is_all_said_in_russian() -> None:
    found = report(evenings(10), Rules(decisions=Decisions(stay_caution=0.03)), "ru")
    assert found.sentences[0] == (
        "Ваши правила стоят между отметками, ближе всего к «Зал пополнее»."
    )
    assert found.positions[0].sentence == (
        "Денег на 2 % (±0,4) меньше, чем на отметке «Посередине»; компаний с бронью за вечер"
        " 100; ни одна компания с бронью не ждёт больше 10 минут, ни одна не уходит без стола."
    )
