"""Past evenings as nights, what the lab counts of them, and what it says."""

from __future__ import annotations

from datetime import time

import msgspec
import pytest
from msgspec.structs import replace

from policies.drafts.diff import differences
from policies.house.rules import (
    CatalogueItem,
    Decisions,
    HeldWindow,
    Overbooking,
    Purses,
    Rules,
    WaitRung,
)
from policies.house.rules_checks import rules_json
from policies.lab.minutes.houses import few_tables
from policies.lab.trial.asked import AskedTable, CameIn, PastAsked, night_of
from policies.lab.trial.figures import figures_of, mark_of
from policies.lab.trial.playing import Layouts, PlayedNight, TrialNight, TrialSetting, play_trial
from policies.lab.trial.reach import NOT_PLAYED, PLAYED, WITHIN_NOT_PLAYED, PlayedRules, reach_of
from policies.lab.trial.said import trade_of, unseen
from policies.words.catalogue import say
from scripts.benchmark.minutes.playing import setting_of

FIRST_COME = Decisions(by_value=False)
TWO_MORE = Overbooking(
    enabled=True,
    ceiling=1.0,
    cap_parties=2,
    cap_covers=8,
    show_online=0.9,
    small_tables_out=0.0,
    joins_out=0.0,
)


def tiny() -> TrialSetting:
    """Two tables of two, and the benchmark's beliefs."""
    known = setting_of("plain", 0)
    house = few_tables(known.house, {2: 2})
    periods = tuple(replace(each, pacing=500) for each in house.periods)
    house = replace(house, periods=periods)
    return TrialSetting(
        house=house, layout=Layouts().of(house, 1), believed=known.believed, worth=Decisions()
    )


def table(days: float, *, minute: float = 120.0, **known: object) -> AskedTable:
    usual = {"shows": True, "late": 0.0, "stay": 84.0}
    return msgspec.convert(
        {"minute": minute, "days_before": days, "party_size": 2, "by_phone": False} | usual | known,
        AskedTable,
    )


def played(past: PastAsked, rules: Rules = Rules(decisions=FIRST_COME)) -> PlayedNight:  # noqa: B008
    setting = tiny()
    return play_trial(setting, night_of(past, setting.believed, 2, 7), rules, "quick")


def test_a_past_evening_is_played_as_it_was_asked() -> None:
    """Who cancelled and who never came take no table; the stay is the one that was."""
    past = PastAsked(
        tables=(
            table(9.0),
            table(8.0, cancelled_days=2.0, shows=False, late=None, stay=None),
            table(7.0, shows=False, late=None, stay=None),
        ),
        came_in=(
            CameIn(minute=121.0, party_size=2, waited=0.0, sat=True, stay=50.0),
            CameIn(minute=122.0, party_size=2, waited=20.0, sat=False),
            CameIn(minute=122.0, party_size=9, waited=20.0, sat=False),
        ),
    )
    found = played(past)
    assert (found.night.asked, found.night.walk_ins) == (3, 2)
    reserved, walked_in, left = found.parties
    assert (reserved.promised, reserved.seated, reserved.until) == (True, 120, 120 + 84 + 6)
    assert reserved.tables
    assert (walked_in.arrives, walked_in.until - walked_in.seated) == (121, 56)
    assert (left.seated, left.tables, left.until) == (-1, (), 142)


def test_refused_requests_are_asked_again_and_may_be_accepted() -> None:
    """Three at one time on two tables: the last asked is refused, whatever it was then."""
    refused = table(9.0, shows=None, late=None, stay=None)
    found = played(PastAsked(tables=(refused, table(8.0), table(7.0)))).night
    assert (found.asked, found.refused) == (3, 1)
    alone = played(PastAsked(tables=(refused,))).night
    assert (alone.asked, alone.refused) == (1, 0)


def test_the_same_evening_is_drawn_the_same_for_every_version() -> None:
    past = PastAsked(tables=(table(3.0, shows=None, late=None, stay=None),) * 3)
    assert played(past) == played(past)


def test_a_rule_that_is_played_changes_what_is_played() -> None:
    asked = PastAsked(tables=(table(9.0), table(8.0), table(7.0)))
    beyond = played(asked, Rules(decisions=FIRST_COME, overbooking=TWO_MORE)).night
    assert (beyond.beyond, beyond.refused) == (1, 0)
    assert beyond.waited == 1
    window = HeldWindow(
        name="peak", period="dinner", starts=time(19, 0), minutes=120, count=1, seats=2
    )
    held = played(asked, Rules(decisions=FIRST_COME, holds=(window,))).night
    assert held.refused == 2


def test_what_the_ladder_owes_is_counted_by_its_rungs() -> None:
    asked = PastAsked(tables=(table(9.0), table(8.0), table(7.0)))
    wine = CatalogueItem(key="wine", name={"en": "Wine"}, cost=400, due="arrival")
    rungs = (WaitRung(minutes=10, gesture="wine"), WaitRung(minutes=20, gesture="wine"))
    rules = Rules(decisions=FIRST_COME, overbooking=TWO_MORE, gestures=(wine,), wait_ladder=rungs)
    assert played(asked, rules).night.given == 800
    assert played(asked).night.given is None


def test_every_rule_is_either_played_or_said_not_to_be() -> None:
    assert set(Rules.__struct_fields__) == PLAYED | NOT_PLAYED
    assert not PLAYED & NOT_PLAYED
    members = {f"/decisions/{name}" for name in Decisions.__struct_fields__}
    assert members > WITHIN_NOT_PLAYED


def reach(old: Rules, new: Rules) -> PlayedRules:
    before, after = (msgspec.json.decode(rules_json(each)) for each in (old, new))
    return reach_of(differences(before, after, "EUR"))


def test_a_draft_that_changes_only_what_is_not_played_is_told_so() -> None:
    found = reach(Rules(), Rules(purses=Purses(host_gift=9)))
    assert [each.pointer for each in found.not_played] == ["/purses/host_gift"]
    said = say(trade_of((), 60, "past", found))
    assert said.startswith("This draft changes only rules that the lab does not play")
    assert "already" in say(trade_of((), 60, "past", reach(Rules(), Rules())))


NIGHT = TrialNight(
    covers=100, asked=60, refused=5, beyond=0, walked=0, waited=0, walk_ins=20,
    walk_ins_seated=10, given=None, net=500_000,
)  # fmt: skip
CHANGED = reach(Rules(), Rules(overbooking=Overbooking(enabled=True)))


def said_of(guests: list[int], waits: list[int], language: str = "en") -> str:
    pairs = [
        (replace(NIGHT, covers=100 + more, waited=late), NIGHT)
        for more, late in zip(guests, waits, strict=True)
    ]
    return say(trade_of(figures_of(pairs), len(pairs), "past", CHANGED), language)


def test_the_trade_is_one_sentence_with_a_frequency() -> None:
    guests, waits = [4, 5, 3, 4, 5, 3, 4, 5, 3] * 6, [1, *[0] * 8] * 6
    assert said_of(guests, waits) == (
        "On your last **54 evenings** this draft would have seated **4.0 more guests a night** and "
        "made **one promised party in 9 evenings** wait longer than ten minutes."
    )
    assert "на **4,0 гостя больше**" in said_of(guests, waits, "ru")
    assert "**раз в 9 вечеров**" in said_of(guests, waits, "ru")


def test_nearly_one_a_night_is_told_as_parties_and_not_as_one_in_two_evenings() -> None:
    assert "made **0.9 more promised parties a night** wait" in said_of(
        [0] * 60, [2, 1, 0] * 18 + [0] * 6
    )


def test_a_difference_whose_interval_holds_0_is_not_told_as_one() -> None:
    nothing = said_of([3, -3, 2, -2, 0, 0], [0, 0, 0, 1, 0, 0])
    assert "**no difference** that they could show" in nothing
    half = said_of([3, 3, 2, 4, 3, 3], [0, 0, 0, 1, 0, 0])
    assert "**3.0 more guests a night** and kept promised parties waiting as seldom" in half
    assert say(trade_of(figures_of([(NIGHT, NIGHT)]), 1, "past", CHANGED)).startswith("One evening")


def test_what_was_changed_for_one_past_evening_is_said_not_to_be_replayed() -> None:
    past = " ".join(say(each, "en") for each in unseen("past", "quick"))
    assert "levers pulled, tables blocked and rules overridden" in past
    assert "levers" not in " ".join(say(each, "en") for each in unseen("synthetic", "quick"))


def test_figures_are_paired_night_by_night() -> None:
    pairs = [(replace(NIGHT, walk_ins_seated=12), NIGHT), (replace(NIGHT, covers=104), NIGHT)]
    found = {each.name: each for each in figures_of(pairs)}
    assert (found["walk_ins"].draft, found["walk_ins"].in_force) == (55.0, 50.0)
    assert found["guests"].difference.mean == pytest.approx(2.0)
    assert not found["guests"].is_shown
    assert found["given"].draft is None
    assert mark_of(3, replace(NIGHT, walked=1, waited=1), NIGHT).hurt
    assert not mark_of(3, NIGHT, replace(NIGHT, waited=1)).hurt
