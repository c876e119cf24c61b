import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from policies.lab.nights import LOADS
from policies.prices import Prices, Worth
from policies.valuing import Judgement, best, judge
from tests.policies.test_ledger import LENGTH, ORDERLY, crowded, ledger, party
from tests.policies.test_prices import priced

WORTH = Worth()


def at_price(money: float) -> Prices:
    prices = priced(LOADS[0])
    return replace(prices, table=np.full((6, LENGTH), money))


def test_in_an_empty_house_a_party_is_worth_what_it_brings_if_it_comes() -> None:
    found = judge(ledger(), at_price(0.0), WORTH, party(1, 4, cancels=0.0), 24)
    assert found.value == found.revenue == pytest.approx(4 * 50.0 * 0.95)


def test_displaced_guests_are_charged_only_if_the_party_comes() -> None:
    found = judge(ledger(), at_price(2.0), WORTH, party(1, 4, cancels=0.0, no_show=0.5), 24)
    assert found.displaced == pytest.approx(0.5 * at_price(2.0).cheapest(4, 24))
    assert found.value == pytest.approx(found.revenue - found.displaced)


def test_a_table_worth_more_to_others_is_not_sold() -> None:
    assert judge(ledger(), at_price(20.0), WORTH, party(1, 2), 24).value < 0.0


def test_a_party_that_would_have_others_sent_away_is_worth_less_than_nothing() -> None:
    assert judge(crowded(75, arrived=True), at_price(0.0), WORTH, party(1), 24).value < 0.0


@ORDERLY
@given(st.floats(0.0, 0.95), st.floats(0.0, 0.95), st.integers(1, 8), st.integers(40, 70))
def test_more_no_shows_in_the_book_never_turn_a_yes_into_a_no(
    one: float, other: float, size: int, count: int
) -> None:
    low, high = sorted((one, other))
    before = judge(crowded(count, no_show=low), at_price(1.0), WORTH, party(1, size), 24)
    after = judge(crowded(count, no_show=high), at_price(1.0), WORTH, party(1, size), 24)
    assert after.value > 0.0 or before.value <= 0.0


def test_the_best_start_is_the_most_valuable_and_of_equals_the_nearest() -> None:
    made = judge(ledger(), at_price(0.0), WORTH, party(1), 24)
    far, near = replace(made, start=30), replace(made, start=27)
    dear = replace(made, start=18, value=made.value + 1.0)
    assert best([far, near], 24) == near
    assert best([far, near, dear], 24) == dear
    assert best([], 24) is None
    assert isinstance(dear, Judgement)
