"""Holding tables back: Littlewood's rule and the ladder, against sums done by hand."""

from math import exp, isclose

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.forecast.forecast import Forecast
from policies.house.rules import ReleaseRung
from policies.value.bid_prices import Prices
from policies.value.littlewood import (
    ClassWindow,
    WindowDemand,
    ladder,
    littlewood,
    poisson_exceeds,
    requests_wanting,
    selling_price,
    share_asked_within,
    walk_ins_wanting,
)

TWO = WindowDemand(2.0, 100.0)
"""Two walk-ins expected at 100: P(more than 0, 1, 2) = .865, .594, .323."""

PEAK = ClassWindow(seats=4, over=2, first=6, last=18)


def test_tables_are_held_while_a_walk_in_is_worth_more_than_a_sale() -> None:
    advice = littlewood(TWO, 50.0, discretion=0.0, most=10)
    assert advice.hold == 2
    assert [round(step.chance, 3) for step in advice.steps] == [0.865, 0.594, 0.323]
    assert [round(step.holding, 1) for step in advice.steps] == [86.5, 59.4, 32.3]


def test_the_value_of_discretion_holds_one_more() -> None:
    assert littlewood(TWO, 50.0, discretion=17.0, most=10).hold == 2
    assert littlewood(TWO, 50.0, discretion=18.0, most=10).hold == 3


def test_no_more_is_held_than_allowed_nor_anything_that_only_breaks_even() -> None:
    assert littlewood(TWO, 1.0, discretion=0.0, most=2).hold == 2
    assert littlewood(WindowDemand(2.0, 0.0), 5.0, discretion=5.0, most=2).hold == 0


def test_a_table_nobody_wants_is_not_held_where_nobody_buys_it_either() -> None:
    assert littlewood(TWO, 0.0, discretion=0.0, most=9).hold == 5
    assert littlewood(WindowDemand(0.0, 100.0), 0.0, discretion=0.0, most=9).hold == 0
    assert littlewood(WindowDemand(0.001, 100.0), 0.0, discretion=0.0, most=9).hold == 0


def test_discretion_alone_holds_one_table_and_no_whole_class() -> None:
    assert littlewood(WindowDemand(0.0, 100.0), 5.0, discretion=9.0, most=9).hold == 1
    assert littlewood(TWO, 1.0, discretion=9.0, most=9).hold == 5


@given(st.floats(0.0, 20.0), st.floats(0.0, 100.0), st.floats(0.0, 100.0))
def test_a_dearer_sale_never_holds_more(parties: float, one: float, other: float) -> None:
    walk_ins = WindowDemand(parties, 100.0)
    low, high = sorted((one, other))
    cheap = littlewood(walk_ins, low, discretion=0.0, most=9)
    assert littlewood(walk_ins, high, discretion=0.0, most=9).hold <= cheap.hold


def test_the_poisson_tail_is_a_sum_of_its_terms() -> None:
    assert isclose(poisson_exceeds(2.0, 1), 1 - exp(-2) * 3)
    assert poisson_exceeds(0.0, 0) == 0.0


def test_who_wants_the_table_is_counted_by_size_and_time() -> None:
    forecast = Forecast(
        walk_ins=40.0,
        walk_in_slots=(1.0, 1.0, 2.0, 2.0, 1.0, 1.0, 1.0, 1.0),
        walk_in_sizes=(0.0, 50.0, 30.0, 20.0),
        requests=10.0,
        request_slots=(1.0,) * 8,
        request_sizes=(0.0, 0.0, 0.0, 1.0),
    )
    wanted = walk_ins_wanting(forecast, PEAK, 50.0)
    assert isclose(wanted.parties, 40 * 0.5 * 0.6)
    assert isclose(wanted.value, 50 * (3 * 30 + 4 * 20) / 50)
    assert requests_wanting(forecast, PEAK, 50.0) == WindowDemand(5.0, 200.0)


def test_nobody_wants_a_table_no_party_has_the_size_for() -> None:
    forecast = Forecast(walk_in_slots=(1.0,) * 8, walk_in_sizes=(1.0, 1.0))
    assert walk_ins_wanting(forecast, PEAK, 50.0) == WindowDemand(0.0, 0.0)


def test_a_sale_is_worth_the_price_of_its_stay() -> None:
    table = np.zeros((2, 20))
    table[1, 4:8] = 10.0
    survival = np.tile(np.array([1.0, 1.0, 0.5]), (4, 1))
    prices = Prices(table, survival, np.eye(2), np.ones((4, 2), np.bool_))
    assert selling_price(prices, 1, ClassWindow(4, 2, 4, 5)) == pytest.approx(25.0)
    assert selling_price(prices, 1, ClassWindow(4, 2, 4, 8)) == pytest.approx(
        (25 + 25 + 20 + 10) / 4
    )
    assert selling_price(prices, 0, PEAK) == 0.0


def test_half_of_the_guests_ask_within_two_days_and_a_quarter_within_five_hours() -> None:
    assert share_asked_within(2 * 24 * 60 - 30, PEAK) == pytest.approx(0.5)
    assert share_asked_within(round(0.21 * 24 * 60) - 30, PEAK) == pytest.approx(0.25, abs=1e-3)


def test_a_rung_holds_by_what_a_sale_is_worth_by_then() -> None:
    rungs = (ReleaseRung(minutes_before=15, keep=1), ReleaseRung(minutes_before=24 * 60, keep=2))
    told = ladder(rungs, PEAK, WindowDemand(4.0, 150.0), TWO, 80.0, discretion=0.0, held=3)
    assert [(step.minutes_before, step.keep) for step in told] == [(1440, 1), (15, 1)]
    early, late = (step.advice.steps[0].selling for step in told)
    assert 0 < late < early < 80.0
    (alone,) = ladder(rungs[:1], PEAK, WindowDemand(4.0, 150.0), TWO, 80.0, discretion=0.0, held=3)
    assert alone.keep == 3


def test_a_rung_never_keeps_more_than_the_one_before() -> None:
    rungs = (ReleaseRung(minutes_before=15, keep=1), ReleaseRung(minutes_before=24 * 60, keep=2))
    told = ladder(rungs, PEAK, WindowDemand(40.0, 150.0), TWO, 90.0, discretion=0.0, held=5)
    assert [step.keep for step in told] == [0, 0]
