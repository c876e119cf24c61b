"""The rivals keep their own rules: what fits, what is held, who is moved."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from policies.forecast.forecast import Forecast
from policies.house.layout import layout_of
from policies.lab.nights import (
    NEVER_CANCELLED,
    Requests,
    SyntheticNight,
    WalkIns,
    draw_night,
    true_forecast,
)
from policies.lab.rivals import (
    FlatRule,
    NewsvendorRule,
    _stands_chance,
    apportion,
    believed_stays,
    book_flat,
    book_newsvendor,
    capacity_to_sell,
)
from tests.support.full_evening import a_house, table

if TYPE_CHECKING:
    from policies.lab.play import AcceptedRequests

BELIEVED = true_forecast(140, 40)
ONE = layout_of(a_house(table("1", 2)))
PAIR = layout_of(a_house(table("1", 2), table("2", 2), joins=[(("1", "2"), 4)]))
TEN = layout_of(a_house(*(table(str(number), 2) for number in range(10))))
STAY = 19
"""Buckets that two are believed to stay: 88 minutes and 6 to reset."""


def asking(
    *guests: tuple[int, int], flexible: bool = False, cancels: dict[int, float] | None = None
) -> SyntheticNight:
    """Guests (size, wish) who ask one after the other; all come in time."""
    count = len(guests)
    size, wish = np.array(guests, np.int64).T.copy()
    some = np.zeros(count, bool)
    gone = np.array([(cancels or {}).get(place, NEVER_CANCELLED) for place in range(count)])
    none = np.zeros(0, np.int64)
    requests = Requests(
        asked=np.linspace(0.1, 0.9, count),
        size=size,
        wish=wish,
        flexible=some | flexible,
        obliging=some,
        phone=some,
        shows=~some,
        cancels=gone,
        late=np.zeros(count, np.int64),
        stay=believed_stays(BELIEVED, size),
    )
    return SyntheticNight(1, BELIEVED, requests, WalkIns(none, none, none, none))


def told(booked: AcceptedRequests) -> dict[int, int]:
    return dict(zip(booked.number.tolist(), booked.start.tolist(), strict=True))


def test_the_table_is_sold_once_at_a_time() -> None:
    asks = asking((2, 0), (2, STAY - 1), (2, STAY))
    assert told(book_flat(asks, ONE, BELIEVED, FlatRule())) == {0: 0, 2: STAY}


def test_a_share_beyond_the_tables_is_sold() -> None:
    asks = asking(*[(2, 0)] * 14)
    assert len(book_flat(asks, TEN, BELIEVED, FlatRule()).number) == 10
    assert len(book_flat(asks, TEN, BELIEVED, FlatRule(overbooking=0.2)).number) == 12


def test_held_tables_are_not_sold() -> None:
    asks = asking(*[(2, 0)] * 14)
    assert len(book_flat(asks, TEN, BELIEVED, FlatRule(held=3)).number) == 7


def test_held_tables_are_spread_as_walk_ins_want_them() -> None:
    mixed = layout_of(
        a_house(*(table(f"{n}-{seats}", seats) for n in range(5) for seats in (2, 4)))
    )
    believed = Forecast(walk_in_sizes=(0.0, 60.0, 40.0))
    assert capacity_to_sell(mixed, believed, FlatRule(held=5)).tables.tolist() == [[2, 3]]
    assert apportion(4, np.array([0.64, 0.29, 0.06, 0.01])).tolist() == [3, 1, 0, 0]


def test_a_table_of_a_cancelled_booking_is_sold_again() -> None:
    asks = asking((2, 0), (2, 0), (2, 0), cancels={0: 0.6})
    assert told(book_flat(asks, ONE, BELIEVED, FlatRule())) == {0: 0, 2: 0}


def test_a_join_serves_four_while_nobody_sits_at_its_tables() -> None:
    assert told(book_flat(asking((4, 0)), PAIR, BELIEVED, FlatRule())) == {0: 0}
    assert told(book_flat(asking((2, 0), (4, 0)), PAIR, BELIEVED, FlatRule())) == {0: 0}


def test_a_flexible_guest_takes_the_nearest_time_that_is_free() -> None:
    after = asking((2, 30 - STAY + 1), (2, 30), flexible=True)
    assert told(book_flat(after, ONE, BELIEVED, FlatRule()))[1] == 33
    before = asking((2, 30 + STAY - 4), (2, 30), flexible=True)
    assert told(book_flat(before, ONE, BELIEVED, FlatRule()))[1] == 24
    too_far = asking((2, 30), (2, 30), flexible=True)
    assert told(book_flat(too_far, ONE, BELIEVED, FlatRule())) == {0: 30}


def test_nobody_else_is_moved() -> None:
    asks = asking((2, 30 - STAY + 1), (2, 30))
    assert 1 not in told(book_flat(asks, ONE, BELIEVED, FlatRule()))


def test_levelling_moves_a_flexible_guest_to_where_fewer_are() -> None:
    asks = asking((2, 30), (2, 30), flexible=True)
    assert told(book_flat(asks, TEN, BELIEVED, FlatRule()))[1] == 30
    levelled = told(book_flat(asks, TEN, BELIEVED, FlatRule(level_load=True)))
    assert levelled[0] == 30
    assert levelled[1] == 24


def test_no_start_is_before_the_opening_or_after_the_last_slot() -> None:
    drawn = draw_night(true_forecast(300, 80), 3)
    booked = book_flat(drawn, TEN, BELIEVED, FlatRule(level_load=True))
    assert booked.start.min() >= 0
    assert booked.start.max() <= 69


def test_a_party_larger_than_every_table_or_join_is_refused_and_nobody_else() -> None:
    asks = asking((5, 30), (2, 30), (4, 60), (9, 60), flexible=True)
    assert set(told(book_flat(asks, PAIR, BELIEVED, FlatRule(overbooking=5.0)))) == {1, 2}
    assert set(told(book_newsvendor(asks, PAIR, BELIEVED, NewsvendorRule(seat_share=9.0)))) == {
        1,
        2,
    }


def test_the_newsvendor_sells_up_to_the_critical_fractile_of_covers() -> None:
    asks = asking(*[(2, 0)] * 60)
    believed = Forecast(no_show_online=0.2, cancels=0.0)
    accepted = len(book_newsvendor(asks, TEN, believed, NewsvendorRule()).number)
    # Shows of n parties of two, normal: the chance of more than 20 covers is at most a third.
    assert _more_than(20.0, accepted) <= 1 / 3 < _more_than(20.0, accepted + 1)


def _more_than(covers: float, parties: int) -> float:
    mean, deviation = 1.6 * parties, math.sqrt(parties * 0.16 * 4)
    return 0.5 * math.erfc((covers - mean) / deviation / math.sqrt(2.0))


def test_the_newsvendor_sells_more_where_more_cancel_and_less_of_fewer_seats() -> None:
    asks = asking(*[(2, 0)] * 60)

    def accepted(cancels: float, filled: float) -> int:
        believed = Forecast(cancels=cancels)
        return len(book_newsvendor(asks, TEN, believed, NewsvendorRule(seat_share=filled)).number)

    assert accepted(0.2, 1.0) > accepted(0.0, 1.0) > accepted(0.0, 0.7)


def test_the_newsvendor_counts_a_cancelled_booking_no_longer() -> None:
    asks = asking((2, 0), (2, 0), (2, 0), cancels={0: 0.6})
    believed = Forecast(no_show_online=0.0, cancels=0.0)
    assert told(book_newsvendor(asks, ONE, believed, NewsvendorRule())) == {0: 0, 2: 0}


def test_a_booking_that_lived_through_the_window_cancels_no_more() -> None:
    assert _stands_chance(0.3, 0.3, 0.4) == pytest.approx(0.6)
    assert _stands_chance(0.0, 0.5, 0.4) == pytest.approx(0.6 / 0.8)
    assert _stands_chance(0.3, 1.0, 0.4) == pytest.approx(1.0)


def test_believed_stays_are_whole_buckets_and_never_too_short() -> None:
    stays = believed_stays(BELIEVED, np.array([1, 2, 8, 9]))
    assert stays.tolist() == [18, 19, 29, 29]
    assert stays[1] * 5 == pytest.approx(95)
