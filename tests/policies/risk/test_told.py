"""The risks told with promises: the model, and its calibration on the house's own evenings."""

import numpy as np
import pytest
from msgspec.structs import replace

from policies.forecast.risk_calibration import (
    UNLEARNED,
    OnlineScaling,
    PromiseOutcome,
    RiskCalibration,
    learn_evening,
)
from policies.risk.told.features import PromiseFeatures, columns
from policies.risk.told.model import coefficients, fit_model, tell_risk

USUAL = PromiseFeatures(
    size=2, hours=2.0, lead=0.5, spare=0.3, spare_all=0.3, fits=1.0, around=0.4,
    promised=1.2, parties=2.0,
)  # fmt: skip


def evening(
    draws: np.random.Generator, raw: float, truth: float, promises: int = 120
) -> list[PromiseOutcome]:
    waits = draws.random(promises) < truth
    return [
        PromiseOutcome(
            own_wait=raw,
            any_wait=0.5,
            walked=0.001,
            waited=bool(each),
            any_waited=False,
            left=False,
        )
        for each in waits
    ]


def test_a_party_waits_more_often_where_fewer_large_tables_are_left() -> None:
    roomy = tell_risk(replace(USUAL, size=6, spare=0.1, fits=0.2), UNLEARNED)
    tight = tell_risk(replace(USUAL, size=6, spare=-0.05, fits=0.2), UNLEARNED)
    assert tight.own_wait > roomy.own_wait
    assert tight.walked > roomy.walked


def test_a_party_without_a_table_by_the_counts_is_told_no_less_than_that() -> None:
    told = tell_risk(replace(USUAL, lacks=0.6, lacks_long=0.4), UNLEARNED)
    assert told.own_wait >= 0.6
    assert told.any_wait >= told.own_wait >= told.walked >= 0.4


def test_before_a_house_has_evenings_the_model_of_synthetic_nights_is_told() -> None:
    told = tell_risk(USUAL, UNLEARNED)
    assert told.raw is not None
    assert told.evenings == 0
    assert told.own_wait == pytest.approx(told.raw[0])
    assert coefficients().promises > 10_000


def test_a_stored_promise_keeps_what_it_was_told_from() -> None:
    assert tell_risk(USUAL, UNLEARNED).known == USUAL.figures()


def test_the_model_finds_what_made_parties_wait() -> None:
    draws = np.random.default_rng(5)
    spares = draws.uniform(-0.2, 0.4, 3000)
    waited = draws.random(3000) < 1 / (1 + np.exp(2 + 10 * spares))
    model = fit_model([columns(replace(USUAL, spare=each)) for each in spares.tolist()], waited)
    tight, roomy = (model.chance(columns(replace(USUAL, spare=each))) for each in (-0.1, 0.3))
    assert tight == pytest.approx(1 / (1 + np.exp(1)), abs=0.06)
    assert roomy == pytest.approx(1 / (1 + np.exp(5)), abs=0.02)


@pytest.mark.parametrize(("raw", "truth"), [(0.04, 0.12), (0.12, 0.04), (0.3, 0.3)])
def test_what_is_told_becomes_true_on_the_houses_own_evenings(raw: float, truth: float) -> None:
    draws, learned = np.random.default_rng(3), UNLEARNED
    for _ in range(40):
        learned = learn_evening(learned, evening(draws, raw, truth))
    assert learned.evenings == 40
    assert learned.own_wait.calibrated(raw) == pytest.approx(truth, abs=0.02)


@pytest.mark.parametrize("share", [0.1, 0.4])
def test_walked_is_learned_from_all_who_wait_and_from_how_many_of_them_walk(share: float) -> None:
    draws, learned = np.random.default_rng(8), UNLEARNED
    for _ in range(40):
        came = evening(draws, 0.04, 0.12)
        walks = draws.random(len(came)) < share
        came = [
            replace(each, walked=0.008, left=each.waited and bool(walk))
            for each, walk in zip(came, walks, strict=True)
        ]
        learned = learn_evening(learned, came)
    assert learned.walked(0.04, 0.008) == pytest.approx(0.12 * share, rel=0.25)


def test_where_more_wait_more_are_told_that_they_are_walked_before_any_is() -> None:
    draws, learned = np.random.default_rng(9), UNLEARNED
    for _ in range(4):
        came = [replace(each, walked=0.0002) for each in evening(draws, 0.04, 0.12)]
        learned = learn_evening(learned, came)
    assert learned.walked(0.04, 0.0002) > 1.5 * UNLEARNED.walked(0.04, 0.0002)
    assert UNLEARNED.walked(0.04, 0.0002) == pytest.approx(0.0002)
    assert learned.walked(0.04, 0.0) == 0.0


def test_one_evening_in_which_everybody_waited_does_not_undo_what_many_taught() -> None:
    draws, learned = np.random.default_rng(4), UNLEARNED
    for _ in range(30):
        learned = learn_evening(learned, evening(draws, 0.05, 0.05))
    after = learn_evening(learned, evening(draws, 0.05, 1.0))
    assert after.own_wait.calibrated(0.05) < 0.15


def test_a_risk_told_higher_before_is_told_higher_after_learning() -> None:
    draws, learned = np.random.default_rng(6), UNLEARNED
    for _ in range(10):
        both = evening(draws, 0.02, 0.05, 60) + evening(draws, 0.3, 0.2, 60)
        learned = learn_evening(learned, both)
    told = [learned.own_wait.calibrated(each) for each in (0.001, 0.02, 0.08, 0.3, 0.6, 1.0)]
    assert told == sorted(told)


def test_an_evening_to_which_nobody_came_teaches_nothing() -> None:
    assert learn_evening(UNLEARNED, ()) == UNLEARNED == RiskCalibration()
    assert OnlineScaling().calibrated(0.25) == pytest.approx(0.25)
