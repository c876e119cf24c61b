import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from policies.house.house import House, Join, Table
from policies.house.layout import layout_of
from policies.lab.nights import LOADS
from policies.risk.ledger import Ledger
from policies.value.bid_prices import Prices, UnitValues
from policies.value.net_value import NetValue, highest_value, net_value
from policies.warm import HOUSE as ROOM
from tests.policies.risk.test_ledger import BELIEFS, LENGTH, ORDERLY, crowded, ledger, party
from tests.policies.value.test_bid_prices import priced

WORTH = UnitValues()


def at_price(money: float) -> Prices:
    prices = priced(LOADS[0])
    return replace(prices, table=np.full((6, LENGTH), money))


def test_in_an_empty_house_a_party_is_worth_what_it_brings_if_it_comes() -> None:
    found = net_value(ledger(), at_price(0.0), WORTH, party(1, 4, cancels=0.0), 24)
    assert found.value == found.revenue == pytest.approx(4 * 50.0 * 0.95)


def test_displaced_guests_are_charged_only_if_the_party_comes() -> None:
    found = net_value(ledger(), at_price(2.0), WORTH, party(1, 4, cancels=0.0, no_show=0.5), 24)
    assert found.displaced == pytest.approx(0.5 * at_price(2.0).cheapest(4, 24))
    assert found.value == pytest.approx(found.revenue - found.displaced)


def test_a_table_worth_more_to_others_is_not_sold() -> None:
    assert net_value(ledger(), at_price(20.0), WORTH, party(1, 2), 24).value < 0.0


def test_a_party_that_would_have_others_sent_away_is_worth_less_than_nothing() -> None:
    assert net_value(crowded(75, arrived=True), at_price(0.0), WORTH, party(1), 24).value < 0.0


PARTIES = st.lists(
    st.tuples(st.integers(1, 8), st.integers(0, 40), st.floats(0.0, 0.95), st.floats(0.0, 0.95)),
    max_size=30,
)


@st.composite
def rooms(draw: st.DrawFn) -> House:
    """Rooms of a few tables, some of each size standing so that two can be pushed together."""
    tables: list[Table] = []
    joins: list[Join] = []
    for seats, reach in ((2, 4), (4, draw(st.sampled_from((6, 8)))), (6, 10), (8, 14)):
        count = draw(st.integers(seats == 2, 4))
        ids = [f"{seats}-{number}" for number in range(count)]
        tables += [Table(id=each, area="room", seats_max=seats) for each in ids]
        pairs = draw(st.integers(0, count // 2))
        joins += [
            Join(tables=(ids[2 * pair], ids[2 * pair + 1]), seats_max=reach)
            for pair in range(pairs)
        ]
    return replace(ROOM, tables=tuple(tables), joins=tuple(joins))


@settings(ORDERLY, max_examples=100)
@given(rooms(), PARTIES, st.integers(1, 8), st.integers(0, 40), st.booleans(), st.booleans())
def test_more_no_shows_in_the_book_never_turn_a_yes_into_a_no(
    room: House,
    guests: list[tuple[int, int, float, float]],
    size: int,
    start: int,
    buffered: bool,  # noqa: FBT001
    sure: bool,  # noqa: FBT001
) -> None:
    layout = layout_of(room)
    few, many = (
        Ledger(layout, BELIEFS, length=LENGTH, scenarios=20, buffered=buffered) for _ in range(2)
    )
    for key, (each, when, one, other) in enumerate(guests):
        booked = party(100 + key, each, when, cancels=0.0 if sure else 0.1)
        few.add(replace(booked, no_show=min(one, other)))
        many.add(replace(booked, no_show=max(one, other)))
    asking = party(1, size, start)
    before, after = (net_value(book, None, WORTH, asking, start) for book in (few, many))
    assert after.marginal.walked <= before.marginal.walked
    assert after.marginal.late <= before.marginal.late
    assert after.marginal.risk <= before.marginal.risk
    assert after.value >= before.value


@ORDERLY
@given(st.floats(0.0, 0.95), st.floats(0.0, 0.95), st.integers(1, 8), st.integers(40, 70))
def test_nor_where_tables_are_worth_something_to_others(
    one: float, other: float, size: int, count: int
) -> None:
    low, high = sorted((one, other))
    before = net_value(crowded(count, no_show=low), at_price(1.0), WORTH, party(1, size), 24)
    after = net_value(crowded(count, no_show=high), at_price(1.0), WORTH, party(1, size), 24)
    assert after.value > 0.0 or before.value <= 0.0


def test_the_best_start_is_the_most_valuable_and_of_equals_the_nearest() -> None:
    made = net_value(ledger(), at_price(0.0), WORTH, party(1), 24)
    far, near = replace(made, start=30), replace(made, start=27)
    dear = replace(made, start=18, value=made.value + 1.0)
    assert highest_value([far, near], 24) == near
    assert highest_value([far, near, dear], 24) == dear
    assert highest_value([], 24) is None
    assert isinstance(dear, NetValue)
