"""Advice on a held window can be followed: its patch is a whole change of the rules."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from policies.advice.holding import WindowSeen, advise_window
from policies.forecast.evidence import NEEDED_EVENINGS, DemandEvidence
from policies.house.file import read_house
from policies.house.rules import HeldWindow, ReleaseRung, Rules
from policies.lab.trial.change import TriedChange
from policies.numeric.intervals import MeanInterval
from policies.value.hold_advice import HoldHint, RungHint
from tests.support.house import house_text

HOUSE = read_house(house_text(2, 2, 4))
WINDOW = HeldWindow(
    name="peak",
    period="dinner",
    starts=time(20),
    minutes=120,
    count=2,
    seats=2,
    ladder=(ReleaseRung(minutes_before=45, keep=1), ReleaseRung(minutes_before=15, keep=0)),
)


def seen(hold: int) -> WindowSeen:
    evidence = DemandEvidence(
        evenings=20, comparable=3, needed=NEEDED_EVENINGS, enough=True, walk_ins=30,
        per_evening=MeanInterval(of=20, mean=1.5), prior_share=0.1,
    )  # fmt: skip
    hint = HoldHint(
        window="peak", starts=datetime(2027, 3, 3, 19, tzinfo=UTC), seats=2, tables=2, held=2,
        evidence=evidence, hold=hold, chance=0.2, holding=900, selling=5000,
        ladder=(RungHint(minutes_before=45, keep=2), RungHint(minutes_before=15, keep=1)),
    )  # fmt: skip
    return WindowSeen(window=WINDOW, evenings=20, needed=NEEDED_EVENINGS, hints=(hint,))


@pytest.mark.parametrize("hold", [0, 1, 3])
def test_another_number_of_tables_makes_rules_that_hold(hold: int) -> None:
    """A step of the ladder that keeps more than are held would refuse the draft."""
    (advice,) = advise_window(seen(hold), HOUSE)
    assert advice.patch is not None
    rules = TriedChange(rules=(advice.patch,)).of_rules(Rules(holds=(WINDOW,)), HOUSE)
    assert rules.holds[0].count == hold
    assert all(rung.keep <= hold for rung in rules.holds[0].ladder)


def test_the_ladder_is_advised_on_only_where_the_number_stands() -> None:
    count, ladder = advise_window(seen(2), HOUSE)
    assert (count.standing, ladder.standing) == ("keep", "change")
    assert ladder.patch is not None
    changed = TriedChange(rules=(ladder.patch,)).of_rules(Rules(holds=(WINDOW,)), HOUSE)
    assert [rung.keep for rung in changed.holds[0].ladder] == [2, 1]
