"""What managers are advised follows from what was seen, and says so where too little was."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from msgspec import convert
from msgspec.structs import replace

from policies.advice.beyond import BeyondEvening, advise_beyond
from policies.advice.grace import ArrivedLate, advise_grace
from policies.advice.knob import advise_knob
from policies.advice.turns import advise_turns
from policies.drafts.documents import patched_house
from policies.forecast.stay_evidence import SeenStays
from policies.house.file import read_house
from policies.house.rules import Decisions, Overbooking, Rules
from policies.value.frontier.frontier import NightMean
from policies.value.frontier.positions import POSITIONS, KnobSettings
from policies.value.frontier.report import BUSY, frontier_report
from tests.support.frontiers import made_up_frontier
from tests.support.house import house_text

if TYPE_CHECKING:
    from policies.advice.advice import Advice
    from policies.house.house import House

EVENINGS = 20
FIRST = date(2027, 1, 1)


def rules(**overbooking: object) -> Rules:
    return Rules(overbooking=Overbooking(**overbooking))  # type: ignore[arg-type]


BEYOND = rules(enabled=True, cap_parties=4, cap_covers=12)


def test_few_evenings_advise_nothing_and_say_how_many_there_are() -> None:
    found = advise_beyond(BEYOND, [BeyondEvening(promised=3, came=3)] * 7)
    assert (found.standing, found.patch, found.strength.evenings) == ("unknown", None, 7)
    assert found.spoken("en")[0].startswith("7 evenings are too few to say")


def test_a_limit_that_is_surely_not_kept_is_lowered_by_as_much_as_was_told_too_little() -> None:
    evening = BeyondEvening(promised=4, came=4, told=0.1, waited=1)
    found = advise_beyond(BEYOND, [evening] * EVENINGS)
    assert found.standing == "change"
    assert found.patch == {"overbooking": {"ceiling": 0.01}}
    assert found.strength.share == pytest.approx(0.25)
    assert found.spoken("en")[0] == (
        "Promise up to 4 parties more than there is room for, each with less than 1 % chance of"
        " waiting over 10 minutes."
    )


def test_more_are_allowed_where_the_limit_is_kept_and_the_number_turned_parties_away() -> None:
    evening = BeyondEvening(promised=4, capped=2, came=4, told=0.1)
    found = advise_beyond(BEYOND, [evening] * EVENINGS)
    assert found.patch == {"overbooking": {"cap_parties": 6, "cap_covers": 18}}
    unbound = advise_beyond(BEYOND, [BeyondEvening(promised=4, came=4, told=0.1)] * EVENINGS)
    assert unbound.standing == "keep"


def test_a_house_without_promises_beyond_the_room_is_told_who_nearly_always_stays_away() -> None:
    off = Rules()
    two = [BeyondEvening(missing=2, missing_covers=5)] * 19 + [BeyondEvening(missing=9)]
    found = advise_beyond(off, two)
    assert found.patch == {"overbooking": {"enabled": True, "cap_parties": 2, "cap_covers": 5}}
    nobody = advise_beyond(off, [BeyondEvening()] * 5 + two)
    assert (nobody.standing, nobody.patch) == ("keep", None)


def late(minutes: list[float | None]) -> list[ArrivedLate]:
    return [
        ArrivedLate(service_date=FIRST + timedelta(days=number % EVENINGS), late=each)
        for number, each in enumerate(minutes)
    ]


def grace(minutes: list[float | None]) -> Advice:
    return advise_grace(read_house(house_text(2)), Rules(), late(minutes))


def test_a_table_is_kept_while_more_than_one_in_five_of_the_missing_still_comes() -> None:
    longer = grace([0.0] * 60 + [22.0] * 30 + [None] * 20)
    assert (longer.standing, longer.patch) == ("change", {"no_show_grace_minutes": 25})
    shorter = grace([0.0] * 60 + [7.0] * 30 + [None] * 60)
    assert (shorter.standing, shorter.patch) == ("change", {"no_show_grace_minutes": 10})
    kept = grace([0.0] * 60 + [12.0] * 30 + [None] * 20)
    assert (kept.standing, kept.advised) == ("keep", {})
    few = grace([0.0] * 60 + [22.0] * 3 + [None] * 2)
    assert (few.standing, few.patch) == ("unknown", None)


def stays(size: int, period: str, *minutes: int) -> SeenStays:
    return SeenStays(party_size=size, period=period, day="wed", area="main", minutes=minutes)


def turns(*seen: SeenStays) -> tuple[House, tuple[Advice, ...]]:
    house = read_house(house_text(2, 4))
    return house, advise_turns(house, seen, EVENINGS)


def test_a_turn_time_is_advised_that_fits_four_stays_in_five() -> None:
    house, found = turns(stays(2, "dinner", *[70] * 50, *[118] * 40))
    first = found[0]
    assert first.standing == "change"
    assert first.advised == {first.about: 120}
    assert first.patch is not None
    assert patched_house(house, first.patch).turn_times[0].minutes == 120
    assert first.spoken("en")[0] == "Parties of 1–2: plan 120 minutes instead of 90."
    assert {each.standing for each in found[1:]} <= {"unknown"}


def test_a_period_whose_stays_lie_apart_gets_a_turn_time_of_its_own() -> None:
    house, found = turns(
        stays(2, "dinner", *[88] * 60), stays(2, "lunch", *[45] * 60), stays(2, "late", 200)
    )
    own = {each.key: each for each in found if "periods=" in each.key}
    assert set(own) == {"turn:2 periods=dinner", "turn:2 periods=lunch"}
    lunch = own["turn:2 periods=lunch"]
    assert lunch.spoken("en")[0].startswith("Parties of 1–2 (lunch): plan 45 minutes")
    assert lunch.patch is not None
    made = patched_house(house, lunch.patch)
    assert any(each.minutes == 45 and each.periods == {"lunch"} for each in made.turn_times)


def knob(settings: KnobSettings, *, first_brings: float) -> Advice:
    """What is advised at a position, where the first one brings so much, in percent."""
    house, rules = read_house(house_text(2, 4)), convert(settings.patch(), Rules)
    measured = made_up_frontier()
    first, *others = measured.loads[BUSY].points
    points = (replace(first, net=NightMean(mean=first_brings, error=0.4)), *others)
    measured = replace(measured, loads=(replace(measured.loads[BUSY], points=points),) * 3)
    report = frontier_report(measured, house, rules, (), language="en")
    (found,) = advise_knob(report, measured, house, rules)
    return found


def test_the_knob_is_advised_elsewhere_only_where_fewer_wait_for_no_less_money() -> None:
    first, *others = [each.settings for each in POSITIONS]
    assert knob(first, first_brings=9.0).standing == "keep"
    for each in others:
        assert knob(each, first_brings=-9.0).patch is None
        moved = knob(each, first_brings=9.0)
        assert moved.patch == first.patch()
        assert moved.advised["/overbooking/ceiling"] == first.ceiling
        assert moved.advised.keys() == moved.present.keys()


def test_nothing_is_said_of_the_knob_where_rules_do_not_go_by_value() -> None:
    house, measured = read_house(house_text(2)), made_up_frontier()
    first_come = Rules(decisions=Decisions(by_value=False))
    report = frontier_report(measured, house, first_come, (), language="en")
    assert advise_knob(report, measured, house, first_come) == ()
