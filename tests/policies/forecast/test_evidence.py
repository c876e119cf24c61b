"""What a forecast rests on, and the ranks that percentiles of stays are read from."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.forecast.evidence import (
    NEEDED_EVENINGS,
    SeenEvening,
    SeenWalkIn,
    WalkInSpan,
    prior_share,
    used_evenings,
    walk_in_evidence,
)
from policies.forecast.stay_evidence import NEEDED_SEATINGS, quantile
from policies.house.calendar import periods_on
from tests.support.full_evening import SATURDAY, a_house, table

if TYPE_CHECKING:
    from policies.house.calendar import Period

SPAN = WalkInSpan(over=2, seats=4, first=12, last=24)
"""Parties of three and four from the second hour on, for an hour."""


def period() -> Period:
    (found,) = periods_on(a_house(table("1", 4)), SATURDAY, house_version=1)
    return found


def evening(days_ago: int, *walk_ins: tuple[int, int]) -> SeenEvening:
    return SeenEvening(
        service_date=SATURDAY - timedelta(days=days_ago),
        walk_ins=tuple(SeenWalkIn(minute=minute, party_size=size) for minute, size in walk_ins),
    )


def test_only_parties_of_the_span_are_counted() -> None:
    seen = evening(1, (60, 3), (119, 4), (59, 3), (120, 3), (60, 2), (60, 5))
    assert SPAN.counts(seen) == 2


def test_evidence_counts_the_latest_evenings_and_those_of_the_weekday() -> None:
    seen = [evening(days, (60, 3)) for days in range(1, 61)]
    found = walk_in_evidence(seen, period(), SPAN)
    assert (found.evenings, found.comparable, found.walk_ins) == (30, 8, 30)
    assert found.enough
    assert not walk_in_evidence(seen[: NEEDED_EVENINGS - 1], period(), SPAN).enough


def test_evenings_on_which_all_tables_were_wanted() -> None:
    seen = [evening(1, (60, 3), (70, 3)), evening(2, (60, 3)), evening(3)]
    found = [used_evenings(seen, SPAN, tables).count for tables in (1, 2, 3)]
    assert found == [2, 1, 0]


def test_the_interval_of_a_count_is_never_below_zero() -> None:
    found = walk_in_evidence([evening(1, (60, 3)), *map(evening, range(2, 5))], period(), SPAN)
    assert found.per_evening.low == 0.0


@given(st.integers(0, 200), st.integers(0, 30), st.integers(0, 2000))
def test_more_history_never_leaves_more_of_the_prior(
    evenings: int, comparable: int, walk_ins: int
) -> None:
    share = prior_share(evenings, comparable, walk_ins)
    assert 0.0 < share <= 1.0
    assert prior_share(evenings + 1, comparable, walk_ins) <= share
    assert prior_share(evenings, comparable + 1, walk_ins) <= share
    assert prior_share(evenings, comparable, walk_ins + 1) <= share


def test_without_any_evening_all_is_the_prior() -> None:
    assert prior_share(0, 0, 0) == 1.0


def test_a_percentile_lies_in_the_interval_of_its_rank() -> None:
    hundred = list(range(1, 101))
    found = quantile(hundred, 0.5)
    assert (found.minutes, found.low, found.high) == (50, 40, 61)
    eighty = quantile(hundred, 0.8)
    assert (eighty.minutes, eighty.low, eighty.high) == (80, 72, 89)


def test_the_interval_of_the_mark_has_both_ends_from_the_needed_seatings_on() -> None:
    ordered = list(range(NEEDED_SEATINGS))
    found = quantile(ordered, 0.8)
    assert 0 < found.low < found.minutes < found.high < NEEDED_SEATINGS - 1


@pytest.mark.parametrize("count", [1, 2, 5000])
def test_few_and_many_stays_have_a_percentile(count: int) -> None:
    found = quantile([60] * count, 0.8)
    assert (found.minutes, found.low, found.high) == (60, 60, 60)
