"""The lab's figures: on the minute grid the benchmark's, on the quick one the same answer."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from policies.house.rules import Decisions, Overbooking, Rules
from policies.lab.minutes.nights import NightInMinutes, draw_night_in_minutes
from policies.lab.minutes.service_book import BENCHMARK_RULES
from policies.lab.minutes.service_desk import book_by_service
from policies.lab.trial.figures import Figure, figures_of
from policies.lab.trial.playing import (
    Grid,
    TrialNight,
    TrialSetting,
    night_figures,
    open_doors,
    play_trial,
)
from scripts.benchmark.minutes.playing import play_minute_night, setting_of
from scripts.benchmark.minutes.rows import MINUTE_ROWS

LOAD = 0
NIGHTS = range(1, 5)
NONE = Rules(decisions=Decisions(by_value=False))
FAR_BEYOND = replace(
    NONE,
    overbooking=Overbooking(
        enabled=True,
        ceiling=1.0,
        cap_parties=30,
        cap_covers=90,
        party_max=8,
        show_online=0.5,
        show_phone=0.5,
    ),
)


def eighteen_tables() -> TrialSetting:
    """The house of `scripts/bench decisions` row `service-eighteen-tables`."""
    known = setting_of(MINUTE_ROWS["service-eighteen-tables"].stress, LOAD)
    return TrialSetting(
        house=known.house,
        layout=known.layout,
        believed=known.believed,
        worth=BENCHMARK_RULES.decisions,
    )


@pytest.mark.parametrize("seed", [1, 2])
def test_figures_are_those_of_the_benchmark_for_the_same_night_rules_and_seed(seed: int) -> None:
    """Of `scripts/bench decisions` row `service-eighteen-tables`; its unit is 100 minor units."""
    row = MINUTE_ROWS["service-eighteen-tables"]
    assert row.accept is not None
    theirs = play_minute_night(row, row.accept, LOAD, seed)
    setting = eighteen_tables()
    night = draw_night_in_minutes(setting.believed, seed)
    ours = play_trial(setting, night, BENCHMARK_RULES, "minutes").night
    assert ours.net == pytest.approx(100.0 * theirs.net)
    found = (ours.waited, ours.walked, ours.refused, ours.beyond)
    assert found == (theirs.waited, theirs.walked_parties, theirs.refused, theirs.beyond)


def test_the_quick_grid_sees_the_difference_that_the_minute_grid_sees() -> None:
    """Far more than the room holds: walk-ins lose their tables, promised parties wait.

    The quick grid's mean lies within the minute grid's interval; both show the difference.
    """
    setting = eighteen_tables()
    nights = [draw_night_in_minutes(setting.believed, seed) for seed in NIGHTS]
    played = [
        [both_grids(setting, night, rules) for rules in (FAR_BEYOND, NONE)] for night in nights
    ]
    fast, slow = (
        figures_of([(draft[place], in_force[place]) for draft, in_force in played])
        for place in (0, 1)
    )
    quick, minutes = named(fast, "walk_ins"), named(slow, "walk_ins").difference
    assert quick.is_shown
    assert minutes.low is not None
    assert minutes.high is not None
    assert minutes.low < (quick.difference.mean or 0.0) < minutes.high < 0.0
    for name in ("waited", "walked"):
        assert all((named(each, name).difference.mean or 0.0) > 0.0 for each in (fast, slow)), name


def both_grids(setting: TrialSetting, night: NightInMinutes, rules: Rules) -> list[TrialNight]:
    """The night by best fit and then minute by minute, its bookings decided once."""
    booked = book_by_service(night, setting.house, setting.believed, rules)
    grids: tuple[Grid, ...] = ("quick", "minutes")
    return [
        night_figures(
            setting, open_doors(setting, night, rules, grid, booked).outcome, rules, night
        )
        for grid in grids
    ]


def named(figures: tuple[Figure, ...], name: str) -> Figure:
    return next(each for each in figures if each.name == name)
