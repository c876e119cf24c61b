"""Beliefs before any history: a room full at its peak, over the period's own hours."""

from datetime import date

import pytest
from msgspec.structs import replace

from policies.forecast.forecast import Forecast
from policies.forecast.prior import (
    PEAK_LOAD,
    peak_covers,
    prior_forecast,
    slot_count,
    with_slot_count,
)
from policies.house.calendar import periods_on
from tests.support.full_evening import a_house, table

HOUSE = a_house(table("1", 2), table("2", 2), table("3", 4))
(DINNER,) = periods_on(HOUSE, date(2027, 3, 3))
FIRST = prior_forecast(HOUSE, DINNER)


def test_at_the_fullest_slot_guests_fill_the_room_and_a_little_more() -> None:
    assert peak_covers(FIRST) == pytest.approx(PEAK_LOAD * 8)
    twice = a_house(*(table(str(number), 4) for number in range(4)))
    assert peak_covers(prior_forecast(twice, DINNER)) == pytest.approx(PEAK_LOAD * 16)


def test_a_peak_is_counted_by_who_still_sits() -> None:
    """Ten parties of two at once, then four after the first have left (94 minutes, six slots)."""
    steady = Forecast(requests=0.0, walk_ins=14.0, walk_in_sizes=(0.0, 1.0), request_slots=(1.0,))
    apart = replace(steady, walk_in_slots=(10.0, *(0.0,) * 5, 4.0), request_slots=(1.0,) * 7)
    together = replace(steady, walk_in_slots=(10.0, *(0.0,) * 4, 4.0), request_slots=(1.0,) * 6)
    assert peak_covers(apart) == pytest.approx(20.0)
    assert peak_covers(together) == pytest.approx(28.0)


def test_no_party_is_expected_that_the_room_cannot_take() -> None:
    assert FIRST.request_sizes[4:] == (0.0,) * 4
    assert min(FIRST.request_sizes[:4]) > 0.0


def test_shares_are_of_the_periods_own_slots() -> None:
    assert len(FIRST.request_slots) == slot_count(DINNER)
    assert sum(FIRST.request_slots) == pytest.approx(1.0)


@pytest.mark.parametrize("slots", [3, 40])
def test_a_belief_of_longer_or_shorter_evenings_keeps_its_total(slots: int) -> None:
    found = with_slot_count(FIRST, slots)
    assert (len(found.request_slots), len(found.walk_in_slots)) == (slots, slots)
    assert sum(found.request_slots) == pytest.approx(1.0)
    assert found.requests == FIRST.requests
    assert found.request_slots[1] >= FIRST.request_slots[1] - 1e-12


def test_shares_of_slots_that_are_gone_are_spread_evenly() -> None:
    late = replace(FIRST, request_slots=(0.0, 0.0, 1.0))
    assert with_slot_count(late, 2).request_slots == (0.5, 0.5)
