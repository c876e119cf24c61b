"""The sentence says what the numbers are; what is told of a crowd is its exact law."""

import re
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from policies.book.answers import Explanation, No, RiskDriver
from policies.booking.words import Outcome, explain, outcome_of_code, reasons_of
from policies.house.grid import GRID
from policies.house.house import House
from policies.numeric.poisson_binomial import (
    overload_contribution,
    overload_probability,
    poisson_binomial,
    poisson_binomial_pmf,
)
from policies.risk.overflow import ClassCapacity, ClassDemand, overflow_probability
from tests.support.by_value import HOUSE, answered, book_of, booking, dear, free_prices
from tests.support.full_evening import ask, at

MONEY = {"en": r"€([\d,]+)", "ru": r"([\d\xa0]+)\xa0€", "de": r"([\d.]+)\xa0€"}
FEW_OF_THEM = {"en": "no risk", "ru": "наверняка", "de": "so gut wie sicher"}
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
CHANCES = st.floats(0.0, 1.0)
EXPLAINED = st.builds(
    Explanation,
    tightest_at=st.integers(0, 10**5).map(lambda number: NEW_YEAR + GRID * number),
    party_class=st.integers(1, 20),
    overload=CHANCES,
    expected=st.floats(0.0, 200.0),
    places=st.integers(0, 200),
    drivers=st.lists(
        st.builds(RiskDriver, reservation_id=st.uuids(), contribution=CHANCES), max_size=5
    ).map(tuple),
    revenue=st.integers(0, 10**7),
    risk_cost=st.integers(0, 10**7),
    displaced_value=st.integers(0, 10**7),
    value=st.integers(-(10**7), 10**7),
    risk=CHANCES,
    ceiling=CHANCES,
    walked=CHANCES,
    walked_expected=CHANCES,
    late=CHANCES,
    made_at=st.just(NEW_YEAR),
)


def explained_as(explained: Explanation, house: House, outcome: Outcome) -> str:
    return explain(reasons_of(explained, house, outcome), house)


def speaking(locale: str) -> House:
    return replace(HOUSE, venue=replace(HOUSE.venue, locale=locale))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(EXPLAINED, st.sampled_from(("en", "ru", "de")), st.sampled_from(("given", "worth_more")))
def test_the_sentence_read_back_is_the_numbers(
    explained: Explanation, locale: str, outcome: Outcome
) -> None:
    said = explained_as(explained, speaking(locale), outcome)
    money = {int(re.sub(r"\D", "", found)) for found in re.findall(MONEY[locale], said)}
    parts = {explained.revenue, explained.risk_cost, explained.displaced_value}
    assert money <= {round(each / 100) for each in parts}
    assert round(explained.revenue / 100) in money
    assert (round(explained.risk_cost / 100) in money) or explained.risk_cost <= 50
    assert (round(explained.displaced_value / 100) in money) or explained.displaced_value <= 50
    clock = explained.tightest_at.astimezone(ZoneInfo("Europe/Berlin"))
    assert f"{clock:%H:%M}" in said
    for number in (max(round(explained.expected), 1), explained.places):
        assert f" {number} " in said
    assert (FEW_OF_THEM[locale] in said) == (explained.overload < 0.005)


@pytest.mark.parametrize(
    ("locale", "over", "just"),
    [
        ("en", "in about 12 cases of 100; our limit is 5.", "than our limit of 5 cases in 100."),
        ("ru", "в 12 случаях из 100; наш предел — 5.", "нашего предела — 5 случаев из 100."),
        ("de", "in etwa 12 von 100 Fällen", "Grenze von 5 in 100 Fällen"),
    ],
)
def test_a_risk_is_told_beside_the_most_we_allow(locale: str, over: str, just: str) -> None:
    explained = _refused().explained
    assert explained is not None
    house = speaking(locale)
    assert over in explained_as(replace(explained, risk=0.123, ceiling=0.05), house, "too_risky")
    assert just in explained_as(replace(explained, risk=0.0504, ceiling=0.05), house, "too_risky")
    fine = explained_as(replace(explained, risk=0.03, ceiling=0.025), speaking("en"), "too_risky")
    assert "in about 30 cases of 1,000; our limit is 25." in fine


def test_an_answer_stored_before_own_wait_was_told_still_speaks_of_anybody() -> None:
    explained = _refused().explained
    assert explained is not None
    before = replace(explained, told=None, risk=0.123, ceiling=0.05)
    assert "somebody who has booked would have to wait on 12" in explained_as(
        before, HOUSE, "too_risky"
    )


def test_a_table_nobody_else_wants_and_one_that_costs_more_than_it_brings_are_told_apart() -> None:
    explained = _refused().explained
    assert explained is not None
    alone = replace(explained, displaced_value=0, revenue=5000, risk_cost=0)
    assert explained_as(alone, HOUSE, "given").startswith(
        "Accepted. Worth about €50; no other party is expected to want the table. Tightest"
    )
    dearer = replace(alone, risk_cost=7000)
    assert explained_as(dearer, HOUSE, "worth_more").startswith(
        "Better left: this party would bring about €50, less than the waits it may cause. Waits it"
        " may cause would cost about €70."
    )


def test_another_language_is_answered_in_english() -> None:
    explained = _refused().explained
    assert explained is not None
    english = explained_as(explained, speaking("en-GB"), "worth_more")
    assert explained_as(explained, speaking("fi"), "worth_more") == english
    assert english.startswith("Better kept")


def test_money_without_minor_units_has_no_decimals() -> None:
    explained = _refused().explained
    assert explained is not None
    tokyo = replace(HOUSE, venue=replace(HOUSE.venue, currency="JPY"))
    assert f"JP¥{explained.revenue:,}" in explained_as(explained, tokyo, "given")


def test_each_answer_has_its_words() -> None:
    told = [outcome_of_code(code) for code in (None, "BID_PRICE", "RISK_OVER_CEILING")]
    assert told == ["given", "worth_more", "too_risky"]


def test_what_binds_is_the_bucket_and_class_with_the_least_room() -> None:
    refused = _refused()
    explained = refused.explained
    assert explained is not None
    assert at("19:00") <= explained.tightest_at <= at("19:30")
    assert explained.party_class == 2
    assert explained.value == explained.revenue - explained.risk_cost - explained.displaced_value
    assert {each.reservation_id for each in explained.drivers} <= {
        UUID(int=number) for number in range(1, 13)
    }
    assert len(explained.drivers) == 5
    weights = [each.contribution for each in explained.drivers]
    assert weights == sorted(weights, reverse=True)


def _refused() -> No:
    book = [booking(number, 2, "19:00") for number in range(1, 13)]
    refused = answered(book_of(*book, bids=dear(free_prices(), 50.0)), ask(2, "19:00"))
    assert isinstance(refused, No)
    return refused


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.lists(st.floats(0.01, 0.99), min_size=1, max_size=20), st.integers(0, 20))
def test_the_compiled_law_is_the_one_beside_it(shows: list[float], places: int) -> None:
    law = poisson_binomial_pmf(np.array(shows))
    beside = poisson_binomial(tuple(shows))
    assert law == pytest.approx([beside.get(number, 0.0) for number in range(len(law))], abs=1e-8)
    crowd = (ClassDemand(shows=tuple(sorted(shows))),)
    exact = overflow_probability(crowd, (ClassCapacity(places),))
    assert overload_probability(np.array(shows), places) == pytest.approx(exact, abs=1e-8)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.lists(st.floats(0.01, 0.99), min_size=2, max_size=12), st.integers(0, 12))
def test_a_bookings_weight_is_what_its_absence_would_take_away(
    shows: list[float], places: int
) -> None:
    every, others = np.array(shows), np.array(shows[1:])
    fall = overload_probability(every, places) - overload_probability(others, places)
    assert overload_contribution(every, 0, places) == pytest.approx(fall, abs=1e-9)


@pytest.mark.parametrize(
    ("others", "said"),
    [(0.0, "for a table"), (1.2, "one other party waits"), (2.3, "2 other parties wait")],
)
def test_how_many_others_wait_is_told_with_how_often_more_come_than_fit(
    others: float, said: str
) -> None:
    explained = answered(book_of(bids=free_prices()), ask(2, "19:00")).explained
    assert explained is not None
    tight = replace(explained, overload=0.1, others=others)
    told = explained_as(tight, HOUSE, "given")
    assert (said in told) == (others > 0.0)
    assert ("wait for a table" in told or "waits for a table" in told) == (others > 0.0)
    assert explained_as(replace(tight, overload=0.0), HOUSE, "given").count("wait") == 0
