"""What a letter announces of its proposals is what the lab saw of them, and no more."""

from __future__ import annotations

from datetime import time

import pytest
from msgspec import to_builtins
from msgspec.structs import replace

from policies.house.file import read_house
from policies.house.rules import HeldWindow, Rules
from policies.lab.trial.announced import LEAST_EVENINGS, announced_of, announcement_of
from policies.lab.trial.change import TriedChange, subsets, together
from policies.lab.trial.figures import figures_of
from policies.lab.trial.playing import TrialNight
from tests.support.house import house_text

NIGHT = TrialNight(
    covers=100, asked=60, refused=5, beyond=0, walked=0, waited=2, walk_ins=20,
    walk_ins_seated=10, given=None, net=500_000,
)  # fmt: skip
GAINS, WAVERS, LOSES = (100, 300), (-300, 300), (-300, -100)


def night(more: int, waited: int = 2) -> TrialNight:
    return replace(NIGHT, net=NIGHT.net + more, waited=waited)


def nights(*changes: tuple[int, int], evenings: int = 12) -> list[tuple[TrialNight, ...]]:
    """What each change brings more, by turns; it is the sum of those taken together."""
    return [
        (
            NIGHT,
            *(
                night(sum(changes[place][number % 2] for place in chosen))
                for chosen in subsets(len(changes))
            ),
        )
        for number in range(evenings)
    ]


def test_the_interval_announced_is_that_of_the_labs_net() -> None:
    pairs = [(night(more, waited), NIGHT) for more, waited in ((100, 2), (250, 1), (90, 2)) * 4]
    found = announced_of(pairs)
    (net,) = [each.difference for each in figures_of(pairs) if each.name == "net"]
    assert (found.net, found.evenings, found.standing) == (net, 12, "gain")
    assert found.waited.mean == pytest.approx(-1 / 3)


def test_a_gain_is_promised_only_where_the_interval_lies_above_nothing() -> None:
    assert announced_of([(night(0), NIGHT)] * 12).standing == "unsure"
    assert announced_of([(night(5), NIGHT)] * (LEAST_EVENINGS - 1)).standing == "unsure"
    assert announced_of([(night(5), NIGHT)] * LEAST_EVENINGS).standing == "gain"
    assert announced_of([(night(-5), NIGHT)] * LEAST_EVENINGS).standing == "loss"


def test_a_proposal_that_surely_loses_is_set_aside_and_the_others_are_announced_together() -> None:
    found = announcement_of(nights(GAINS, LOSES, WAVERS), 3)
    assert found is not None
    assert [each.standing for each in found.each] == ["gain", "loss", "unsure"]
    assert found.kept == (0, 2)
    assert found.following is not None
    assert found.following.net.mean == pytest.approx(200.0)
    alone = announcement_of(nights(LOSES), 1)
    assert alone is not None
    assert (alone.kept, alone.following) == ((), None)


def test_nothing_is_announced_of_no_evening() -> None:
    assert announcement_of([], 2) is None


def test_changes_taken_together_are_those_of_the_rules_and_of_the_house() -> None:
    house = read_house(house_text(2, 4))
    held = HeldWindow(name="peak", period="dinner", starts=time(19), minutes=120, count=1, seats=2)
    grace = TriedChange(rules=({"no_show_grace_minutes": 25},))
    window = TriedChange(rules=({"holds": {"peak": to_builtins(held)}},))
    turns = TriedChange(house=({"turn_times": {"2": {"minutes": 60}}},))
    both = together((grace, window, turns))
    rules = both.of_rules(Rules(), house)
    assert (rules.no_show_grace_minutes, rules.holds) == (25, (held,))
    assert both.of_house(house).turn_times[0].minutes == 60
    assert grace.of_house(house) is house
