from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from policies.forecast.forecast import Forecast
from policies.house.file import read_house
from policies.house.layout import layout_of
from policies.lab.nights import true_forecast
from policies.risk.ledger import Ledger, LedgerParty, buffered_classes

HOUSE = read_house(Path("seating/house/examples/sixty.toml").read_text())
BISTRO = read_house(Path("seating/house/examples/bistro.toml").read_text())
LAYOUT = layout_of(HOUSE)
BELIEFS = true_forecast(220.0, 60.0)
LENGTH = 120
ORDERLY = settings(derandomize=True, max_examples=40, deadline=None)


def ledger(beliefs: Forecast = BELIEFS, scenarios: int = 60) -> Ledger:
    return Ledger(LAYOUT, beliefs, length=LENGTH, scenarios=scenarios)


def party(key: int, size: int = 4, start: int = 24, **said: Any) -> LedgerParty:  # noqa: ANN401
    return replace(
        LedgerParty(key=key, size=size, start=start, asked=0.1, cancels=0.1, no_show=0.05), **said
    )


def same(one: Ledger, other: Ledger) -> bool:
    return all(
        np.array_equal(mine, theirs)
        for board, twin in zip(one.boards, other.boards, strict=True)
        for mine, theirs in zip(board[1:], twin[1:], strict=True)
    )


PARTIES = st.builds(
    party,
    key=st.integers(1, 40),
    size=st.integers(1, 8),
    start=st.integers(0, 70),
    no_show=st.sampled_from([0.0, 0.05, 0.4]),
    arrived=st.booleans(),
)


@ORDERLY
@given(
    st.lists(PARTIES, max_size=30, unique_by=lambda each: each.key),
    st.sets(st.integers(1, 40)),
    st.lists(st.floats(0.1, 1.0), max_size=3).map(sorted),
)
def test_changing_in_place_equals_building_anew(
    parties: list[LedgerParty], leaving: set[int], moments: list[float]
) -> None:
    lived = ledger()
    for each in parties:
        lived.add(each)
        if moments:
            lived.advance(moments.pop(0))
    for each in parties:
        if each.key in leaving:
            lived.remove(each.key)
    anew = ledger()
    anew.advance(lived.now)
    for each in reversed([each for each in parties if each.key not in leaving]):
        anew.add(each)
    assert same(lived, anew)


def test_a_room_that_is_empty_takes_anybody_at_no_toll() -> None:
    effect = ledger().marginal_risk(party(1), 24)
    assert (effect.walked, effect.late, effect.risk) == (0.0, 0.0, 0.0)


def crowded(count: int, **said: Any) -> Ledger:  # noqa: ANN401
    book = ledger()
    for key in range(count):
        book.add(party(100 + key, **said))
    return book


def test_the_fifth_party_of_eight_waits_when_eights_have_four_tables_and_three_joins() -> None:
    sure: dict[str, Any] = {"cancels": 0.0, "no_show": 0.0, "arrived": True, "size": 8}
    assert crowded(6, **sure).marginal_risk(party(1, **sure), 24).walked == 0.0
    assert crowded(7, **sure).marginal_risk(party(1, **sure), 24).walked == 1.0


@pytest.mark.parametrize("tolerance", [5, 10, 30, 60])
def test_a_party_is_late_where_it_lacks_a_table_for_longer_than_the_house_tolerates(
    tolerance: int,
) -> None:
    book = crowded(60)
    over = book.boards[0].over.copy()
    effect = book.marginal_risk(party(1), 24, tolerance=tolerance)
    book.add(party(1))
    rises = book.boards[0].over > over
    windows = np.lib.stride_tricks.sliding_window_view(rises, tolerance // 5 + 1, axis=1)
    assert effect.late == pytest.approx(np.any(np.all(windows, axis=2), axis=1).mean())
    assert effect.risk <= crowded(60).marginal_risk(party(1), 24, tolerance=5).risk


def test_a_party_is_walked_where_half_an_hour_of_its_stay_lacks_a_table_because_of_it() -> None:
    book = crowded(60)
    over = book.boards[0].over.copy()
    effect = book.marginal_risk(party(1), 24)
    book.add(party(1))
    rises = book.boards[0].over > over
    windows = np.lib.stride_tricks.sliding_window_view(rises, 6, axis=1)
    half_hours = np.all(windows, axis=2)
    assert effect.walked == pytest.approx(np.any(half_hours, axis=1).mean())
    assert effect.walked > 0.0


def test_asking_for_a_toll_changes_nothing() -> None:
    book, twin = crowded(60), crowded(60)
    book.marginal_risk(party(1), 24)
    assert same(book, twin)


def test_who_is_alive_cancels_less_likely_the_nearer_the_doors() -> None:
    book = crowded(50, cancels=0.5)
    there = int(book.boards[0].occupied.sum())
    chances = [book.cancels(book.parties[100])]
    for now in (0.4, 0.8, 1.0):
        book.advance(now)
        chances.append(book.cancels(book.parties[100]))
    assert chances == sorted(chances, reverse=True)
    assert chances[-1] == 0.0
    assert int(book.boards[0].occupied.sum()) > 1.6 * there


def test_without_the_redraw_phantom_cancellations_stay_until_the_doors_open() -> None:
    book = Ledger(LAYOUT, BELIEFS, length=LENGTH, scenarios=60, redraws=False)
    book.add(party(1, cancels=0.5))
    there = int(book.boards[0].occupied.sum())
    book.advance(1.0)
    assert int(book.boards[0].occupied.sum()) == there


@ORDERLY
@given(st.floats(0.0, 0.9), st.floats(0.0, 0.9), st.integers(1, 8))
def test_more_no_shows_in_the_book_never_raise_the_toll_of_one_more(
    one: float, other: float, size: int
) -> None:
    low, high = sorted((one, other))
    full, empty = crowded(55, no_show=low), crowded(55, no_show=high)
    assert (
        empty.marginal_risk(party(1, size), 24).risk <= full.marginal_risk(party(1, size), 24).risk
    )


def test_a_party_that_sits_already_is_likelier_to_leave_soon() -> None:
    fresh, long_there = ledger(), ledger()
    fresh.add(party(1, arrived=True, sat_for=5.0))
    long_there.add(party(1, arrived=True, sat_for=110.0))
    assert long_there.boards[0].occupied.sum() < fresh.boards[0].occupied.sum()


def test_a_place_with_a_known_end_is_taken_in_every_scenario() -> None:
    book = ledger()
    book.add(party(1, start=10, until=20))
    assert int(book.boards[0].occupied.sum()) == 10 * 60


def test_a_party_for_an_area_counts_in_the_area_and_in_the_room() -> None:
    layout = layout_of(BISTRO)
    book = Ledger(layout, BELIEFS, length=LENGTH, scenarios=20)
    book.add(party(1, size=2, group=1, arrived=True))
    room, area, *others = (int(board.occupied.sum()) for board in book.boards)
    assert room == area > 0
    assert not any(others)


def test_more_promises_leave_fewer_tables_for_a_party_at_its_tightest_moment() -> None:
    few, many = (crowded(count).least_spare(party(1), 24) for count in (5, 40))
    assert few[0] > many[0]
    assert few[1] > many[1]
    later = crowded(40).least_spare(party(1), LENGTH - 2)
    assert later > many


def test_the_buffer_counts_24_24_8_4_as_22_22_7_4_and_12_joins_as_3() -> None:
    kept = buffered_classes(LAYOUT.groups[0])
    assert kept.tables.tolist() == [22, 22, 7, 4]
    assert kept.join_count.tolist() == [3, 3]
