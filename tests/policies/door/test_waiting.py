"""Waits foreseen by the plan: one after the other, every promise kept, never rosier with more."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from policies.book.picture import Picture, WaitEntry, WaitState
from policies.door.waiting import (
    ahead_of,
    may_join,
    planned_band,
    planned_waits,
    ready_parties,
    seating_window,
)
from policies.house.room import Needs
from tests.support.full_evening import a_house, at, picture, promise, seating, table

if TYPE_CHECKING:
    from policies.house.house import House

NOW = at("19:00")
HOUSE = a_house(table("two", 2), table("four", 4))


def entry(
    number: int, size: int = 2, minutes_ago: int = 0, state: WaitState = "waiting"
) -> WaitEntry:
    return WaitEntry(
        wait_id=UUID(int=number),
        period_id="2026-11-28.dinner",
        state=state,
        party_size=size,
        joined_at=NOW - timedelta(minutes=minutes_ago),
    )


def waits(told: Picture, *sizes: int, house: House = HOUSE) -> tuple[int | None, ...]:
    return planned_waits(told, house, [(size, Needs()) for size in sizes], now=NOW)


def with_waiting(told: Picture, *waiting: WaitEntry) -> Picture:
    return replace(told, waiting=waiting)


def full() -> Picture:
    """Both tables were taken at half past six."""
    return picture(
        HOUSE,
        seatings=(
            seating(1, 2, "18:30", "20:00", "two"),
            seating(2, 4, "18:30", "20:00", "four"),
        ),
    )


def test_a_free_table_is_no_wait_and_a_taken_one_its_turn() -> None:
    assert waits(picture(HOUSE), 2, 4, 5) == (0, 0, None)
    assert waits(full(), 2, 4) == (60, 60)


def test_who_waits_before_takes_the_first_table() -> None:
    told = with_waiting(full(), entry(1, 2, 10), entry(2, 2, 5))
    assert waits(told, 2, 4) == (None, None)  # the next turn begins beyond two hours
    assert waits(with_waiting(full(), entry(1, 2, 10)), 2) == (60,)  # at the table for four


def test_a_promise_comes_before_a_wait() -> None:
    told = replace(full(), promises=(promise(9, 2, "20:00", "two"),))
    assert waits(told, 2) == (60,)
    told = replace(told, promises=(*told.promises, promise(8, 4, "20:00", "four")))
    assert waits(told, 2) == (None,)


@given(st.lists(st.integers(1, 4), max_size=4))
def test_more_parties_before_one_never_shorten_its_wait(sizes: list[int]) -> None:
    told = full()
    for number, size in enumerate(sizes):
        more = with_waiting(told, *told.waiting, entry(number, size, 30 - number))
        before, after = waits(told, 2)[0], waits(more, 2)[0]
        assert (before if before is not None else 999) <= (after if after is not None else 999)
        told = more


def test_a_quote_is_in_fives_and_longer_than_the_plan() -> None:
    told = [planned_band(minutes) for minutes in (0, 5, 10, 30, 60)]
    assert [each.likely for each in told] == [5, 5, 10, 30, 60]
    assert [each.latest for each in told] == [5, 10, 15, 40, 75]
    first, last = seating_window(told[3], now=NOW)
    assert (first, last) == (NOW + timedelta(minutes=30), NOW + timedelta(minutes=40))


def test_the_next_that_fits_is_called_and_others_stay_in_line() -> None:
    told = with_waiting(picture(HOUSE), entry(1, 4, 20), entry(2, 4, 15), entry(3, 2, 10))
    found = ready_parties(told, HOUSE, {}, now=NOW)
    assert [(turn.entry.wait_id.int, turn.tables) for turn in found] == [
        (1, ("four",)),
        (3, ("two",)),
    ]


def test_a_table_is_kept_for_who_was_called_and_a_prompt_stays_as_it_was() -> None:
    called = entry(1, 2, 5, state="notified")
    told = with_waiting(picture(HOUSE), entry(2, 2, 20), called)
    found = ready_parties(told, HOUSE, {UUID(int=2): ("two",)}, now=NOW)
    assert [turn.tables for turn in found] == [("two",)]
    (turn,) = ready_parties(told, HOUSE, {}, now=NOW)
    assert turn.tables == ("four",)  # the called party has the better one


def test_the_line_is_by_arrival() -> None:
    told = with_waiting(picture(HOUSE), entry(1, 2, 5), entry(2, 2, 20), entry(3, 2, 10))
    assert [each.wait_id.int for each in ahead_of(told, UUID(int=1))] == [2, 3]
    assert ahead_of(told, UUID(int=2)) == ()


def test_needs_no_table_meets_are_named() -> None:
    refusal = may_join(picture(HOUSE), HOUSE, (2, Needs(step_free=True)), "guest", now=NOW)
    assert refusal is not None
    assert refusal.code == "NEEDS_NOT_MET"
