"""A re-plan tells each party's reason."""

from datetime import timedelta
from uuid import UUID

from msgspec.structs import replace

from policies.book.answers import Yes
from policies.book.changes import Changes, with_plan_moves
from policies.book.picture import HeldTable, Picture
from policies.booking.engine import decide
from policies.house.house import House
from policies.plan.replanning import replan
from policies.plan.why_moved import MovedParty, reason_text, why_moved
from tests.support.full_evening import (
    YESTERDAY,
    a_house,
    ask,
    at,
    block,
    picture,
    promise,
    seating,
    table,
)

TWO = a_house(table("a", 2), table("b", 2))


def reasons(picture: Picture, house: House, clock: str = "18:00") -> list[MovedParty]:
    changes = replan(picture, Changes(), house, now=at(clock))
    return list(why_moved(picture, changes, house, now=at(clock)))


def words(picture: Picture, house: House, clock: str = "18:00") -> list[str]:
    return [reason_text(move, house) for move in reasons(picture, house, clock)]


def test_a_party_that_makes_room_is_told_for_whom() -> None:
    house = a_house(table("four", 4), table("two", 2))
    before = picture(house, promise(1, 2, "19:00", "four"))
    answer = decide(before, ask(4, "19:30"), house, now=YESTERDAY)
    assert isinstance(answer, Yes)
    added = replace(promise(2, 4, "19:30", *answer.tables), ends=answer.ends)
    changes = with_plan_moves(before, answer.moved, Changes(promises=(added,)))
    (move,) = why_moved(before, changes, house, now=YESTERDAY)
    assert (move.party, move.was, move.tables) == (UUID(int=1), ("four",), ("two",))
    assert (move.cause, move.table, move.party_size) == ("makes_room", "four", 4)
    assert reason_text(move, house) == "makes room for 4 at 19:30"


def test_in_a_chain_each_is_told_who_comes_to_its_own_table() -> None:
    house = a_house(table("a", 2), table("b", 4), table("c", 6))
    before = picture(house, promise(1, 2, "19:00", "b"), promise(2, 4, "19:15", "c"))
    answer = decide(before, ask(6, "19:30"), house, now=YESTERDAY)
    assert isinstance(answer, Yes)
    added = replace(promise(3, 6, "19:30", *answer.tables), ends=answer.ends)
    changes = with_plan_moves(before, answer.moved, Changes(promises=(added,)))
    moved = why_moved(before, changes, house, now=YESTERDAY)
    assert [reason_text(move, house) for move in moved] == [
        "makes room for 4 at 19:15",
        "makes room for 6 at 19:30",
    ]


def test_a_blocked_table_is_out_of_use_and_so_is_one_in_a_shut_area() -> None:
    before = picture(TWO, promise(1, 2, "19:00", "a"))
    blocked = replace(before, blocks=(block("a", "18:00", "23:00"),))
    assert words(blocked, TWO) == ["table a is out of use"]
    house = a_house(table("a", 2, "bar"), table("b", 2))
    shut = picture(house, promise(1, 2, "19:00", "a"))
    shut = replace(shut, period=replace(shut.period, areas_shut=("bar",)))
    assert words(shut, house) == ["table a is out of use"]


def test_a_table_whose_guests_stay_on_is_still_taken() -> None:
    sat = seating(5, 2, "17:00", "18:30", "a")
    late = picture(TWO, promise(1, 2, "18:30", "a"), seatings=(sat,))
    assert words(late, TWO, "18:26") == ["table a is still taken"]


def test_guests_who_sit_there_are_named_before_the_block_on_their_table() -> None:
    sat = seating(5, 2, "17:00", "18:30", "a")
    both = picture(TWO, promise(1, 2, "18:30", "a"), seatings=(sat,))
    both = replace(both, blocks=(block("a", "18:00", "23:00"),))
    assert words(both, TWO, "18:26") == ["table a is still taken"]


def test_a_table_the_house_no_longer_has_is_named() -> None:
    assert words(picture(TWO, promise(1, 2, "19:00", "old")), TWO) == [
        "table old is not in the house any more"
    ]


def test_whoever_stays_has_no_reason_and_who_had_no_table_has_not_moved() -> None:
    assert reasons(picture(TWO, promise(1, 2, "19:00", "a"), promise(2, 2, "19:00")), TWO) == []


def test_a_join_named_the_other_way_round_is_no_move() -> None:
    house = a_house(table("a", 2), table("b", 2), joins=[(("a", "b"), 4)])
    before = picture(house, promise(1, 4, "19:00", "a", "b"))
    turned = Changes(promises=(promise(1, 4, "19:00", "b", "a"),))
    assert why_moved(before, turned, house, now=YESTERDAY) == ()


def test_what_could_have_stayed_was_rearranged() -> None:
    before = picture(TWO, promise(1, 2, "19:00", "a"))
    moved = Changes(promises=(promise(1, 2, "19:00", "b"),))
    (move,) = why_moved(before, moved, TWO, now=YESTERDAY)
    assert reason_text(move, TWO) == "tables were rearranged"


def test_a_held_table_is_told_its_reason_like_a_promise() -> None:
    held = HeldTable(
        held_id=UUID(int=7),
        period_id="2026-11-28.dinner",
        window="peak",
        state="held",
        seats=2,
        starts=at("19:00"),
        ends=at("19:00") + timedelta(minutes=90),
        release_at=at("20:00"),
        rung=0,
        tables=("a",),
    )
    before = replace(picture(TWO), held=(held,), blocks=(block("a", "18:00", "23:00"),))
    assert words(before, TWO) == ["table a is out of use"]
