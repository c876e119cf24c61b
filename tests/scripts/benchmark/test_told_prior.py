"""How true told risks are: the figures that `scripts/bench told-prior --judge` prints."""

import numpy as np
import pytest

from policies.forecast.risk_calibration import RISKS
from policies.risk.told.features import PromiseFeatures, features_in
from policies.risk.told.model import coefficients
from scripts.benchmark.told_prior import Acceptance, Evening, judge, learn, reliability

DRAWS = np.random.default_rng(8)
TIGHT = np.linspace(-0.2, 0.4, 40)


def evenings(nights: int) -> list[Evening]:
    """Evenings in which a party waits the more often the fewer tables are left for it."""
    found = []
    for seed in range(nights):
        for load in range(3):
            waits = DRAWS.random(len(TIGHT)) < 1 / (1 + np.exp(2 + 12 * TIGHT))
            came = [
                Acceptance(
                    known=PromiseFeatures(
                        size=2, hours=2.0, lead=0.5, spare=float(spare), spare_all=0.3, fits=1.0,
                        around=0.4, promised=1.2, parties=2.0,
                    ),
                    waited=bool(waited), any_waited=bool(waits.any()), walked=False,
                )
                for spare, waited in zip(TIGHT, waits, strict=True)
            ]  # fmt: skip
            found.append(Evening(load=load, seed=seed, came=tuple(came)))
    return found


def test_a_told_risk_that_comes_true_has_no_error_and_one_ten_times_too_low_has_it_all() -> None:
    happened = DRAWS.random(20_000) < 0.2
    true = reliability("own_wait", 0, np.full(20_000, 0.2), happened)
    low = reliability("own_wait", 0, np.full(20_000, 0.02), happened)
    assert true.error < 0.02
    assert low.error == pytest.approx(0.18, abs=0.01)


def test_risks_that_rank_promises_have_an_area_and_a_rising_curve() -> None:
    told = DRAWS.random(5000)
    found = reliability("own_wait", 0, told, DRAWS.random(5000) < told)
    assert found.area > 0.75
    assert [came for _, came in found.curve] == sorted(came for _, came in found.curve)


def test_what_is_learned_on_nights_ranks_the_promises_of_others() -> None:
    models = learn(evenings(30), 1, 30).models
    assert set(models) == set(RISKS)
    assert models["own_wait"].weights["spare"] < 0.0


def test_the_coefficients_in_the_package_say_which_nights_they_were_learned_on() -> None:
    kept = coefficients()
    assert kept.command == "scripts/bench told-prior"
    assert kept.first_seed > 1_000_000
    assert kept.nights * 3 * 50 < kept.promises


def test_learning_online_mends_what_a_house_has_otherwise() -> None:
    told = judge(evenings(25)), judge(evenings(25), learning=False)
    online, still = (next(each for each in found if each.risk == "own_wait") for found in told)
    assert online.error < still.error


def test_features_are_read_back_as_they_were_stored() -> None:
    known = evenings(1)[0].came[0].known
    assert features_in(known.figures()) == known
