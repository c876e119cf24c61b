"""The show-up model: the prior without data, the right total with it, nothing bold from little."""

from math import isclose

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.forecast.miss_odds import miss_chance
from policies.forecast.show_up import (
    BookingFeatures,
    ShowUp,
    fit_show_up,
    miss_odds,
    miss_probabilities,
    prior_model,
    recalibrated,
)
from policies.numeric.compiled import Flags
from policies.numeric.logistic import area_under_curve, fit_logistic, log_loss, log_odds, sigmoid

ORDERLY = settings(derandomize=True, max_examples=30, deadline=None)


def bookings(count: int, seed: int = 1) -> list[BookingFeatures]:
    random = np.random.default_rng(seed)
    return [
        BookingFeatures(
            lead_days=float(random.exponential(5.0)),
            party_size=int(random.integers(1, 9)),
            channel=("partner", "phone")[int(random.integers(0, 2))],
            weekday=int(random.integers(0, 7)),
            hour=float(random.integers(0, 6)),
        )
        for _ in range(count)
    ]


def outcomes(made: list[BookingFeatures], seed: int = 2) -> Flags:
    """Long leads and large parties are missed more often."""
    score = np.array([-4.3 + 0.15 * one.lead_days + 0.25 * one.party_size for one in made])
    missed: Flags = np.random.default_rng(seed).random(len(made)) < sigmoid(score)
    return missed


MADE = bookings(4000)
MISSED = outcomes(MADE)
MODEL = fit_show_up(MADE, MISSED, prior_rate=0.05)


def test_without_bookings_everybody_is_missed_at_the_prior_rate() -> None:
    model = fit_show_up([], np.zeros(0, np.bool_), prior_rate=0.05)
    assert model == prior_model(0.05)
    assert np.allclose(miss_probabilities(model, MADE[:5]), 0.05)


def test_a_few_bookings_are_not_believed_to_be_the_whole_truth() -> None:
    all_came = fit_show_up(MADE[:20], np.zeros(20, np.bool_), prior_rate=0.05)
    expected = miss_probabilities(all_came, MADE[:20])
    assert 0.01 < expected.mean() < 0.05
    nobody_came = fit_show_up(MADE[:20], np.ones(20, np.bool_), prior_rate=0.05)
    assert miss_probabilities(nobody_came, MADE[:20]).mean() < 0.6


def test_what_makes_guests_stay_away_is_found() -> None:
    sure = BookingFeatures(lead_days=0.5, party_size=2, channel="phone", weekday=4, hour=2.0)
    doubtful = msgspec.structs.replace(sure, lead_days=25.0, party_size=8)
    missed = miss_probabilities(MODEL, [sure, doubtful])
    assert missed[0] < 0.05
    assert missed[1] > 0.25


def test_the_model_says_more_than_the_rate_about_guests_it_has_not_seen() -> None:
    others = bookings(3000, seed=7)
    became = outcomes(others, seed=8)
    predicted = miss_probabilities(MODEL, others)
    assert log_loss(predicted, became) < log_loss(np.full(3000, MISSED.mean()), became) * 0.97
    assert area_under_curve(predicted, became) > 0.6


def test_the_total_follows_the_last_weeks() -> None:
    lately = bookings(500, seed=3)
    missed = np.arange(500) % 4 == 0
    moved = recalibrated(MODEL, lately, missed)
    total, before = miss_probabilities(moved, lately).sum(), miss_probabilities(MODEL, lately).sum()
    assert before < 60
    assert total == pytest.approx(125.0, rel=0.04)


def test_predictions_that_proved_too_bold_move_together() -> None:
    lately = bookings(2000, seed=4)
    noise: Flags = np.random.default_rng(5).random(2000) < 0.06
    moved = recalibrated(MODEL, lately, noise)
    assert miss_probabilities(moved, lately).std() < miss_probabilities(MODEL, lately).std() / 2


def test_recalibrating_without_bookings_is_the_model_as_fitted() -> None:
    moved = recalibrated(MODEL, MADE[:300], np.ones(300, np.bool_))
    assert recalibrated(moved, [], np.zeros(0, np.bool_)) == MODEL


@ORDERLY
@given(count=st.integers(1, 60), missed=st.integers(0, 60))
def test_a_recalibrated_total_lies_between_the_models_and_the_actual(
    count: int, missed: int
) -> None:
    few = MADE[:count]
    became = np.arange(count) < missed
    fitted_total = float(miss_probabilities(MODEL, few).sum())
    total = float(miss_probabilities(recalibrated(MODEL, few, became), few).sum())
    low, high = sorted((fitted_total, float(became.sum())))
    assert low - 0.5 <= total <= high + 0.5


def test_the_model_as_fitted_counts_for_twenty_bookings_of_the_last_weeks() -> None:
    level = prior_model(0.05)
    moved = recalibrated(level, MADE[:20], np.ones(20, np.bool_))
    assert miss_probabilities(moved, MADE[:20]) == pytest.approx([(1.0 + 20.0) / 40.0] * 20)


def test_a_channel_never_met_is_nobodys() -> None:
    (chance,) = miss_probabilities(MODEL, [msgspec.structs.replace(MADE[0], channel="google")])
    assert 0.0 < chance < 0.5


def test_folded_for_a_weekday_it_tells_of_every_booking_what_the_model_does() -> None:
    moved = recalibrated(MODEL, MADE[:900], MISSED[:900])
    folded = [miss_odds(moved, day) for day in range(7)]
    for one, chance in zip(MADE[:200], miss_probabilities(moved, MADE[:200]), strict=True):
        odds = folded[one.weekday]
        assert odds is not None
        told = miss_chance(
            odds,
            one.channel,
            party_size=one.party_size,
            lead_days=one.lead_days,
            hours=one.hour,
        )
        assert told == pytest.approx(chance)
    assert miss_odds(prior_model(0.05), 0) is None


def test_a_model_is_kept_as_json() -> None:
    kept = msgspec.json.decode(msgspec.json.encode(MODEL), type=ShowUp)
    assert np.array_equal(miss_probabilities(kept, MADE[:9]), miss_probabilities(MODEL, MADE[:9]))


def test_the_fit_is_where_the_penalised_likelihood_is_flat() -> None:
    random = np.random.default_rng(6)
    matrix = random.normal(size=(200, 3))
    happened = random.random(200) < sigmoid(matrix @ np.array([1.0, -0.5, 0.0]) - 1.0)
    level, weights = fit_logistic(matrix, happened, ridge=2.0, prior_rate=0.3, prior_weight=5.0)
    left = happened - sigmoid(level + matrix @ weights)
    assert np.allclose(matrix.T @ left, 2.0 * weights, atol=1e-6)
    assert isclose(left.sum(), 5.0 * (float(sigmoid(np.array([level]))[0]) - 0.3), abs_tol=1e-6)


def test_a_fit_far_from_where_it_begins_arrives() -> None:
    matrix = np.repeat(np.eye(4) - 0.25, 500, axis=0) * 30.0
    happened = np.arange(2000) % 2 == 0
    level, weights = fit_logistic(matrix, happened, ridge=1.0, prior_rate=0.001, prior_weight=1.0)
    assert sigmoid(level + matrix @ weights).mean() == pytest.approx(0.5, abs=0.01)


def test_ranking_counts_pairs_and_halves_ties() -> None:
    happened = np.array([True, False, True, False])
    assert area_under_curve(np.array([0.9, 0.1, 0.5, 0.5]), happened) == 0.875
    assert area_under_curve(np.array([0.1, 0.2]), np.array([True, True])) == 0.5


def test_log_odds_and_chances_are_each_others_inverse() -> None:
    for chance in (0.001, 0.3, 0.99):
        assert isclose(float(sigmoid(np.array([log_odds(chance)]))[0]), chance)
