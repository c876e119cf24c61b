"""Demand of evenings that sold out: what is missing is put back, and no more."""

from math import isclose

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.forecast.demand import expected_demand
from policies.forecast.forecast import Forecast
from policies.forecast.past_night import PastNight

SLOTS = (1.0, 2.0, 1.0)
PRIOR = Forecast(requests=40.0, request_slots=SLOTS, walk_ins=12.0, walk_in_slots=SLOTS)
ORDERLY = settings(derandomize=True, max_examples=60, deadline=None)


def sold_out(rate: float, share: float, nights: int, *, logged: float = 0.0) -> list[PastNight]:
    """Nights whose middle slot stops selling; `logged` of the refused are written down."""
    random = np.random.default_rng(3)
    return [
        PastNight(
            requests=(int(random.poisson(rate)), int(random.poisson(rate * share))),
            refused=(0, int(random.poisson(rate * (1 - share) * logged))),
            on_sale=(1.0, share),
        )
        for _ in range(nights)
    ]


def test_nights_that_sold_out_early_are_not_believed_to_be_quiet() -> None:
    nights = sold_out(20.0, 0.4, 60)
    found = expected_demand(PRIOR, nights)
    seen = np.mean([sum(night.requests) for night in nights])
    assert seen < 29.0
    assert found.requests == pytest.approx(40.0, rel=0.07)
    assert found.request_slots[1] == pytest.approx(0.5, abs=0.04)


@pytest.mark.parametrize("logged", [0.3, 1.0])
def test_refusals_written_down_are_not_counted_on_top(logged: float) -> None:
    found = expected_demand(PRIOR, sold_out(20.0, 0.4, 60, logged=logged))
    assert found.requests == pytest.approx(40.0, rel=0.07)


def test_refusals_beyond_what_was_expected_raise_the_belief() -> None:
    few = PastNight(requests=(10, 8), refused=(0, 0), on_sale=(1.0, 0.4))
    many = PastNight(requests=(10, 8), refused=(0, 40), on_sale=(1.0, 0.4))
    quiet, busy = (expected_demand(PRIOR, [night] * 10).requests for night in (few, many))
    assert busy > quiet + 20.0


@ORDERLY
@given(share=st.floats(0.05, 1.0), sooner=st.floats(0.0, 1.0))
def test_the_sooner_it_sold_out_the_more_is_believed(share: float, sooner: float) -> None:
    late, early = (
        expected_demand(PRIOR, [PastNight(requests=(10, 10), on_sale=(1.0, part))] * 5).requests
        for part in (share, share * (0.5 + sooner / 2))
    )
    assert early >= late - 1e-9


def test_the_prior_counts_for_two_nights() -> None:
    found = expected_demand(PRIOR, [PastNight(requests=(20, 40, 20), walk_ins=(6, 12, 6))] * 2)
    assert isclose(found.requests, 60.0)
    assert isclose(found.walk_ins, 18.0)
    assert found.request_slots == pytest.approx((0.25, 0.5, 0.25))


def test_the_spread_over_the_evening_moves_slower_than_its_level() -> None:
    found = expected_demand(PRIOR, [PastNight(requests=(40, 0, 0))] * 8)
    assert found.request_slots == pytest.approx((0.625, 0.25, 0.125))


def test_a_house_nobody_asks_keeps_a_forecast() -> None:
    nothing = Forecast(requests=0.0, walk_ins=0.0)
    found = expected_demand(nothing, [PastNight()])
    assert (found.requests, found.walk_ins) == (0.0, 0.0)
