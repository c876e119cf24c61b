"""Held tables give way last, no more of them than needed, and it is told what for."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from policies.book.changes import Changes, apply_changes
from policies.book.picture import GaveWayTo, HeldTable, SlotHold, held_in_force
from policies.house.room import Needs, room_of
from policies.plan.giving_way import LEAST_HELD, SYSTEM
from policies.plan.replanning import replan
from policies.words.catalogue import say
from tests.support.full_evening import (
    YESTERDAY,
    a_house,
    ask,
    at,
    block,
    book,
    picture,
    promise,
    seating,
    table,
)

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence
    from datetime import datetime

    from policies.book.picture import Picture, Promise
    from policies.house.house import House

NOW = at("19:00")
STARTS = ("19:30", "20:00", "21:00")
TWO = a_house(table("one", 2), table("two", 2))


def held(
    number: int, starts: str, ends: str, *tables: str, seats: int = 2, rung: int = 0
) -> HeldTable:
    return HeldTable(
        held_id=UUID(int=number),
        period_id="2026-11-28.dinner",
        window="peak",
        state="held",
        seats=seats,
        starts=at(starts),
        ends=at(ends),
        release_at=at(ends),
        rung=rung,
        tables=tables,
    )


def after(
    told: Picture, changes: Changes, house: House, *, by: str = SYSTEM, now: datetime = NOW
) -> Picture:
    return apply_changes(told, replan(told, changes, house, now=now, by=by))


def one(told: Picture, number: int) -> HeldTable:
    return next(each for each in told.held if each.held_id == UUID(int=number))


def test_a_held_table_moves_before_anything_else_happens_to_it() -> None:
    told = replace(picture(TWO), held=(held(70, "20:00", "22:00", "one"),))
    moved = one(after(told, Changes(seatings=(seating(9, 2, "19:00", "21:00", "one"),)), TWO), 70)
    assert (moved.state, moved.tables, moved.starts) == ("held", ("two",), at("20:00"))
    assert (moved.first_starts, moved.ended_why) == (None, None)


def test_it_starts_later_before_it_is_given_up_and_earlier_again_when_it_can() -> None:
    told = replace(
        picture(TWO, promise(1, 2, "20:00", "two", minutes=120)),
        held=(held(70, "20:00", "22:00", "one"),),
    )
    sat = seating(9, 2, "19:00", "20:40", "one")
    later = after(told, Changes(seatings=(sat,)), TWO)
    assert [one(later, 70).starts, one(later, 70).first_starts] == [at("20:45"), at("20:00")]
    assert (one(later, 70).tables, one(later, 70).state) == (("one",), "held")
    assert one(later, 70).version == 1
    gone = replace(sat, cleared_at=NOW, state="cleared")
    again = one(after(later, Changes(seatings=(gone,)), TWO), 70)
    assert (again.starts, again.first_starts) == (at("20:00"), None)


def test_it_is_given_up_when_too_little_of_it_is_left_and_says_for_whom() -> None:
    told = replace(
        picture(TWO, promise(1, 2, "20:00", "two", minutes=120)),
        held=(held(70, "20:00", "22:00", "one"),),
    )
    sat = Changes(seatings=(seating(9, 3, "19:00", "21:20", "one"),))
    ended = one(after(told, sat, TWO, by="anna"), 70)
    assert (ended.state, ended.tables, ended.ended_at) == ("cancelled", (), NOW)
    assert ended.ended_by == "anna"
    assert ended.ended_for == GaveWayTo(kind="seating", id=UUID(int=9))
    assert ended.ended_why
    assert "party of 3" in say(ended.ended_why)
    assert "отпущен" in say(ended.ended_why, "ru")


def test_it_names_the_promise_that_has_its_table_now() -> None:
    told = replace(
        picture(TWO, promise(1, 2, "20:00", "two", minutes=120)),
        held=(held(70, "20:00", "22:00", "one"),),
    )
    broken = after(told, Changes(blocks=(block("two", "19:00", "23:00"),)), TWO)
    assert broken.promises[0].tables == ("one",)
    assert one(broken, 70).ended_for == GaveWayTo(kind="reservation", id=UUID(int=1))
    shut = Changes(period=replace(told.period, areas_shut=("hall",)))
    assert one(after(told, shut, TWO), 70).ended_for == GaveWayTo(kind="closure")


def test_only_as_many_as_needed_give_way_the_latest_and_smallest_first() -> None:
    house = a_house(table("a", 4), table("b", 2), table("c", 2))
    tables = (
        held(70, "20:00", "22:00", "a", seats=4),
        held(71, "20:00", "22:00", "b"),
        held(72, "20:30", "22:00", "c"),
    )
    told = replace(picture(house), held=tables)
    sat = Changes(seatings=(seating(9, 2, "19:00", "23:00", "b"),))
    told = after(told, sat, house)
    assert [one(told, number).state for number in (70, 71, 72)] == ["held", "held", "cancelled"]
    assert one(told, 71).tables == ("c",)


def test_two_give_way_together_where_a_join_needs_both_tables() -> None:
    house = a_house(
        table("a", 2), table("b", 2), table("c", 4), table("d", 2), joins=[(("a", "b"), 4)]
    )
    told = replace(
        picture(house, promise(1, 4, "20:00", "c", minutes=120)),
        held=(
            held(70, "20:00", "22:00", "a"),
            held(71, "20:00", "22:00", "b"),
            held(72, "20:00", "22:00", "d"),
        ),
    )
    told = after(told, Changes(blocks=(block("c", "19:00", "23:00"),)), house)
    assert sorted(told.promises[0].tables) == ["a", "b"]
    assert [each.state for each in told.held].count("cancelled") == 2


def test_one_held_by_hand_outlasts_the_rules_and_a_new_one_ends_none() -> None:
    told = replace(
        picture(TWO),
        held=(held(70, "20:00", "22:00", "one"), held(71, "20:00", "22:00", "two", rung=-1)),
    )
    sat = Changes(seatings=(seating(9, 2, "19:00", "23:00", "two"),))
    assert [each.state for each in after(told, sat, TWO).held] == ["cancelled", "held"]
    more = after(told, Changes(held=(held(72, "20:00", "22:00", rung=-1),)), TWO)
    assert [one(more, number).state for number in (70, 71, 72)] == ["held", "held", "cancelled"]
    assert one(more, 72).ended_why
    assert one(more, 72).ended_for is None


def test_a_table_opened_by_a_host_gives_way_before_a_held_one() -> None:
    opened = SlotHold(
        slot_hold_id=UUID(int=80),
        period_id="2026-11-28.dinner",
        state="held",
        party_size=2,
        starts=NOW,
        ends=at("21:00"),
        expires_at=at("19:02"),
        staff_id="anna",
        tables=("b",),
        fixed=True,
    )
    house = a_house(table("a", 2), table("b", 2), table("c", 2))
    told = replace(
        picture(house, promise(1, 2, "20:00", "a", minutes=120)),
        held=(held(70, "20:00", "22:00", "c"),),
        slot_holds=(opened,),
    )
    told = after(told, Changes(blocks=(block("a", "19:00", "23:00"),)), house)
    assert (told.slot_holds[0].state, one(told, 70).state) == ("expired", "held")
    assert told.promises[0].tables == ("b",)


def random_evening(draw: random.Random) -> tuple[Picture, House]:
    """A small room with promises and held tables that all have a place."""
    sizes = [draw.choice((2, 2, 4)) for _ in range(draw.randint(2, 4))]
    tables = [table(f"t{n}", size) for n, size in enumerate(sizes)]
    house = a_house(*tables, joins=[(("t0", "t1"), sizes[0] + sizes[1])])
    told, numbers = picture(house), count(1)
    for _ in range(draw.randint(1, 5)):
        wish = ask(draw.choice((1, 2, 2, 3, 4)), draw.choice(("19:15", "20:00", "20:30", "21:30")))
        told, _ = book(told, wish, house, next(numbers))
    wanted = tuple(
        held(
            70 + n, draw.choice(("19:30", "20:00", "21:00")), "22:00", seats=draw.choice((2, 2, 4))
        )
        for n in range(draw.randint(1, 3))
    )
    told = after(told, Changes(held=wanted), house, now=YESTERDAY)
    return replace(told, held=tuple(held_in_force(told, NOW))), house


def random_change(draw: random.Random, told: Picture, house: House) -> Changes:
    name = draw.choice(house.tables).id
    until = draw.choice(("20:00", "20:45", "21:15", "23:00"))
    match draw.choice(("seat", "block", "resize")):
        case "seat":
            return Changes(seatings=(seating(99, 2, "19:00", until, name),))
        case "block":
            return Changes(blocks=(block(name, "19:00", until),))
        case _:
            grown = tuple(replace(each, party_size=4, tables=()) for each in told.promises[:1])
            return Changes(promises=grown)


def fits(
    parties: Sequence[tuple[int, Needs, datetime, datetime]], told: Picture, house: House
) -> bool:
    """Tell by trying everything whether all these parties have a place beside the facts."""
    room = room_of(house)
    busy = [(each.tables, each.seated_at, each.expected_end) for each in told.seatings]
    busy += [((each.table_id,), each.starts, each.ends) for each in told.blocks]

    def place(rest: int) -> bool:
        if rest == len(parties):
            return True
        size, needs, starts, ends = parties[rest]
        for seat in room.ranked(size, needs).flat:
            names = room.names(seat)
            if all(
                not set(names) & set(taken) or ends <= begun or until <= starts
                for taken, begun, until in busy
            ):
                busy.append((names, starts, ends))
                if place(rest + 1):
                    return True
                busy.pop()
        return False

    return place(0)


def party(each: Promise | HeldTable) -> tuple[int, Needs, datetime, datetime]:
    size = each.seats if isinstance(each, HeldTable) else each.party_size
    return size, each.needs, each.starts, each.ends


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False))
def test_nobody_is_exposed_beside_a_held_table_and_none_is_given_up_in_vain(
    draw: random.Random,
) -> None:
    told, house = random_evening(draw)
    now = after(told, random_change(draw, told, house), house)
    sit = [party(each) for each in now.promises if each.tables]
    keep = [party(each) for each in now.held if each.state == "held"]
    assert fits(sit + keep, now, house)
    for exposed in (each for each in now.promises if not each.tables):
        assert not fits([*sit, party(exposed)], now, house)
    for ended in (each for each in now.held if each.state == "cancelled"):
        least = replace(ended, starts=max(ended.starts, ended.ends - LEAST_HELD))
        assert not fits([*sit, *keep, party(least)], now, house)
        assert ended.ended_for
    for later in (each for each in now.held if each.first_starts):
        earlier = replace(later, starts=later.starts - timedelta(minutes=15))
        others = [party(each) for each in now.held if each.state == "held" and each is not later]
        assert not fits([*sit, *others, party(earlier)], now, house)
