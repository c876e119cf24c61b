"""The base rule of the door: best fit in order, walk-ins only while near promises stay kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.house.layout import layout_of
from policies.house.room import EVERYWHERE, Needs
from policies.lookahead.base_rule import (
    ARRIVES,
    DEFAULT_WINDOW,
    DUE,
    LEAVES,
    LEFT_UNSEATED,
    NOT_ARRIVED,
    PROMISED,
    STAY,
    STILL_WAITING,
    SimulationRun,
    add_due,
    simulate,
)
from policies.lookahead.board import (
    TableBoard,
    cascade_holds,
    first_free,
    new_board,
    reset_board,
    take_config,
    undo_take,
)
from policies.lookahead.room_arrays import RoomArrays, build_room_arrays
from policies.numeric.compiled import compiled
from policies.risk.cascade import Capacity, cascade_overflow
from tests.support.full_evening import a_house, table

if TYPE_CHECKING:
    from policies.numeric.compiled import Ints

TWOS_AND_A_FOUR = a_house(table("1", 2), table("2", 2), table("3", 4), joins=[(("1", "2"), 4)])
ROOM = build_room_arrays(layout_of(TWOS_AND_A_FOUR))
WIDE = build_room_arrays(
    layout_of(
        a_house(
            *(table(str(n), seats) for n, seats in enumerate((2, 2, 2, 2, 4, 4, 6))),
            joins=[(("0", "1"), 4), (("2", "3"), 4), (("4", "5"), 8)],
        )
    )
)
LENGTH = 30
TAKEN = 99
JOIN, FOUR = 3, 2
"""Rows of the configurations: tables first, then joins."""


def guest(size: int, start: int, stay: int, *, arrives: int | None = None) -> list[int]:
    comes = start if arrives is None else arrives
    due = max(comes, start)
    return [comes, size - 1, size, due, due + 6, stay, 1, due + 2]


def walk_in(size: int, arrives: int, stay: int, patience: int = 6) -> list[int]:
    return [arrives, size - 1, size, arrives, arrives + patience, stay, 0, arrives]


def course_of(room: RoomArrays, *parties: list[int], due: Ints | None = None) -> SimulationRun:
    crowd = np.array(sorted(parties), np.int64).reshape(-1, 8)
    nobody = np.zeros((LENGTH, len(room.tables)), np.int64)
    seated = np.full(len(crowd), NOT_ARRIVED, np.int64)
    rows = np.full(len(crowd), -1, np.int64)
    return SimulationRun(crowd, nobody if due is None else due, seated, rows)


def play(
    run: SimulationRun, room: RoomArrays = ROOM, *taken: int, after: int = -1
) -> SimulationRun:
    board = new_board(room, LENGTH, len(run.crowd))
    until = np.zeros(len(room.table_class), np.int64)
    until[list(taken)] = TAKEN
    reset_board(room, board, until)
    simulate(room, board, run, 0, after)
    return run


def promises(room: RoomArrays, *starts_and_classes: tuple[int, int], comes: int = TAKEN) -> Ints:
    due = np.zeros((LENGTH, len(room.tables)), np.int64)
    for start, size in starts_and_classes:
        add_due(due, 0, start, comes, size, DEFAULT_WINDOW, room.scarce)
    return due


def test_a_couple_takes_the_small_table_then_the_larger_one_and_a_four_the_join() -> None:
    run = play(course_of(ROOM, guest(2, 0, 9), guest(2, 1, 9), guest(2, 2, 9)))
    assert list(run.rows) == [0, 1, FOUR]
    run = play(course_of(ROOM, guest(4, 0, 9), guest(4, 1, 9)))
    assert list(run.rows) == [FOUR, JOIN]


def test_a_join_is_free_only_when_all_its_tables_are_and_again_when_they_cleared() -> None:
    run = play(course_of(ROOM, guest(2, 0, 5), guest(4, 1, 9), guest(4, 2, 9)))
    assert list(run.rows) == [0, FOUR, JOIN]
    assert list(run.seated) == [0, 1, 5]


def test_parties_are_served_in_order_promised_first() -> None:
    only_four = course_of(ROOM, walk_in(3, 0, 5), guest(3, 0, 5), guest(3, 1, 5))
    play(only_four, ROOM, 0, 1)
    promised = only_four.crowd[:, PROMISED] == 1
    assert list(only_four.seated[promised]) == [0, 5]
    assert list(only_four.seated[~promised]) == [LEFT_UNSEATED]


def test_a_walk_in_is_not_given_the_table_of_a_promise_due_within_twenty_minutes() -> None:
    due = promises(ROOM, (4, 0))
    kept = play(course_of(ROOM, walk_in(2, 0, 20), due=due), ROOM, 1, 2)
    assert list(kept.seated) == [LEFT_UNSEATED]
    given_away = play(course_of(ROOM, walk_in(2, 0, 20), due=promises(ROOM, (5, 0))), ROOM, 1, 2)
    assert list(given_away.seated) == [0]


def test_a_large_party_keeps_tables_earlier_as_a_join_must_be_waited_for() -> None:
    due = promises(WIDE, (12, 2), (12, 0))
    assert next(iter(due[:, 2].nonzero()[0])) == 12 - DEFAULT_WINDOW.ahead_scarce
    assert next(iter(due[:, 0].nonzero()[0])) == 12 - DEFAULT_WINDOW.ahead


def test_joins_that_share_a_table_are_counted_once() -> None:
    chain = build_room_arrays(
        layout_of(
            a_house(
                *(table(str(n), 2) for n in range(4)),
                joins=[(("0", "1"), 4), (("0", "2"), 4), (("0", "3"), 4)],
            )
        )
    )
    board = new_board(chain, LENGTH, 1)
    reset_board(chain, board, np.zeros(4, np.int64))
    classes = len(chain.tables)
    due = np.zeros((2, classes), np.int64)
    due[0, classes - 1], due[1, classes - 1] = 1, 2
    assert cascade_holds(chain, board, due, 0)
    assert not cascade_holds(chain, board, due, 1)


def test_a_walk_in_is_not_seated_at_half_of_the_only_join_a_due_group_needs() -> None:
    house = a_house(table("1", 4), table("2", 4), table("3", 2), joins=[(("1", "2"), 8)])
    room = build_room_arrays(layout_of(house))
    group = room.kind_class[5]
    due = promises(room, (5, int(group)))
    assert room.scarce[group] == 1
    run = play(course_of(room, walk_in(4, 0, 20, 20), due=due), room)
    assert list(run.seated) == [9]


def test_a_promise_nobody_claimed_for_a_quarter_of_an_hour_keeps_no_table() -> None:
    late = promises(ROOM, (0, 0))
    run = play(course_of(ROOM, walk_in(2, 0, 20), due=late), ROOM, 1, 2)
    assert list(run.seated) == [4]


def test_a_promise_is_due_until_it_comes() -> None:
    assert list(promises(ROOM, (6, 0), comes=5)[:, 0].nonzero()[0]) == [2, 3, 4]
    assert list(promises(ROOM, (6, 0))[:, 0].nonzero()[0]) == [2, 3, 4, 5, 6, 7, 8, 9]


def test_a_promised_party_that_came_early_waits_where_a_nearer_promise_needs_the_table() -> None:
    early = guest(2, 6, 9, arrives=1)
    alone = play(course_of(ROOM, early), ROOM, 1, 2)
    assert list(alone.seated) == [1]
    run = course_of(ROOM, early, due=promises(ROOM, (3, 0), comes=4))
    play(run, ROOM, 1, 2)
    assert list(run.seated) == [4]


def test_who_was_decided_before_is_not_served_at_the_first_step() -> None:
    run = play(course_of(ROOM, guest(2, 0, 9), guest(2, 0, 9)), ROOM, after=0)
    assert sorted(run.seated) == [0, 1]
    assert run.seated[0] == 1


def test_a_party_waiting_when_the_play_ends_is_told_from_one_that_has_not_come() -> None:
    run = course_of(ROOM, guest(3, LENGTH - 2, 9), guest(3, LENGTH + 1, 9))
    assert list(play(run, ROOM, 0, 1, 2).seated) == [STILL_WAITING, NOT_ARRIVED]


def test_a_kind_with_needs_sits_only_where_they_are_met() -> None:
    house = a_house(table("1", 2), table("2", 4, "hall", "quiet"), table("3", 6, "hall", "quiet"))
    room = build_room_arrays(layout_of(house), [(2, Needs(quiet=True), EVERYWHERE)])
    quiet = [0, 6, 2, 0, 6, 9, 1, 2]
    assert list(play(course_of(room, quiet), room).rows) == [1]
    assert list(play(course_of(room, quiet), room, 1).rows) == [2]


TABLES = st.lists(st.booleans(), min_size=7, max_size=7)


def counts_up_to(most: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(0, most), min_size=4, max_size=4)


@compiled
def unplaced(capacity: Capacity, work: Ints) -> int:
    return cascade_overflow(capacity, 0, work)


@settings(deadline=None)
@given(TABLES, counts_up_to(4), counts_up_to(2))
def test_the_cascade_is_that_of_the_ledger(
    taken: list[bool], due: list[int], waiting: list[int]
) -> None:
    board = new_board(WIDE, LENGTH, 1)
    reset_board(WIDE, board, np.where(taken, TAKEN, 0).astype(np.int64))
    board.waiting_promised[:] = waiting
    joins = WIDE.joins.T.copy()
    capacity = Capacity(
        board.free_by_class[None], board.free_joins[None], joins[0], joins[1], joins[2]
    )
    work = np.array([np.add(due, waiting), [0] * 4], np.int64)
    fits = unplaced(capacity, work) == 0
    assert cascade_holds(WIDE, board, np.array([due], np.int64), 0) == fits


@settings(deadline=None)
@given(TABLES, st.integers(0, 7))
def test_what_is_undone_was_never_done(taken: list[bool], kind: int) -> None:
    board = new_board(WIDE, LENGTH, 1)
    reset_board(WIDE, board, np.where(taken, TAKEN, 0).astype(np.int64))
    before = [np.copy(each) for each in board]
    row = first_free(WIDE, board, kind)
    if row >= 0:
        take_config(WIDE, board, row, 9)
        assert board.free.sum() < before[TableBoard._fields.index("free")].sum()
        undo_take(WIDE, board, row)
    for name in ("clearing_at", "free", "free_by_class", "missing_tables", "free_joins"):
        was = before[TableBoard._fields.index(name)]
        assert (getattr(board, name) == was).all(), name


PARTIES = st.lists(
    st.tuples(st.integers(1, 8), st.integers(0, 20), st.integers(3, 12), st.booleans()),
    min_size=1,
    max_size=25,
)


@settings(deadline=None)
@given(PARTIES)
def test_nobody_sits_at_a_taken_table_or_before_coming_or_after_leaving(
    drawn: list[tuple[int, int, int, bool]],
) -> None:
    parties = [
        guest(size, at, stay) if promised else walk_in(size, at, stay)
        for size, at, stay, promised in drawn
    ]
    run = play(course_of(WIDE, *parties), WIDE)
    used = np.zeros((len(WIDE.table_class), 60), np.int64)
    for party, at, row in zip(run.crowd, run.seated, run.rows, strict=True):
        if at >= 0:
            assert max(party[ARRIVES], party[DUE] - 20) <= at <= party[LEAVES]
            tables = WIDE.configs[row]
            used[tables[tables >= 0], at : at + party[STAY]] += 1
    assert used.max() <= 1
