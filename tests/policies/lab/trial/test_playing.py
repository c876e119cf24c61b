"""The lab's figures are those of `scripts/bench decisions`."""

from __future__ import annotations

import pytest

from policies.lab.minutes.nights import draw_night_in_minutes
from policies.lab.minutes.service_book import BENCHMARK_RULES
from policies.lab.trial.playing import TrialSetting, play_trial
from scripts.benchmark.minutes.playing import play_minute_night, setting_of
from scripts.benchmark.minutes.rows import MINUTE_ROWS

LOAD = 0


@pytest.mark.parametrize("seed", [1, 2])
def test_figures_are_those_of_the_benchmark_for_the_same_night_rules_and_seed(seed: int) -> None:
    """Of `scripts/bench decisions` row `service-eighteen-tables`; its unit is 100 minor units."""
    row = MINUTE_ROWS["service-eighteen-tables"]
    assert row.accept is not None
    theirs = play_minute_night(row, row.accept, LOAD, seed)
    known = setting_of(row.stress, LOAD)
    setting = TrialSetting(
        house=known.house,
        layout=known.layout,
        believed=known.believed,
        worth=BENCHMARK_RULES.decisions,
    )
    night = draw_night_in_minutes(setting.believed, seed)
    ours = play_trial(setting, night, BENCHMARK_RULES, "minutes").night
    assert ours.net == pytest.approx(100.0 * theirs.net)
    found = (ours.waited, ours.walked, ours.refused, ours.beyond)
    assert found == (theirs.waited, theirs.walked_parties, theirs.refused, theirs.beyond)
