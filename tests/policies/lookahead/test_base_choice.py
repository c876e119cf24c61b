"""The base rule at the door: for whom a free table is kept, and which kind is taken first."""

from uuid import UUID

import pytest
from msgspec.structs import replace

from policies.book.answers import Ask
from policies.book.picture import Picture, Promise, SlotHold, WaitEntry
from policies.door.options import walk_in_options
from policies.door.owed import promised_options
from policies.house.house import House
from policies.house.room import Needs
from policies.lookahead.base_choice import BaseChoice, KeptFor, by_base_rule
from policies.lookahead.words import why_kept
from policies.plan.calls import without_waiting
from policies.words.catalogue import say
from tests.support.full_evening import (
    FIRST_COME,
    a_house,
    at,
    picture,
    promise,
    seating,
    table,
)

NOW = at("19:00")
TWO_TWOS = a_house(table("a", 2), table("b", 2))


def chosen(
    told: Picture, house: House, size: int = 2, entry: WaitEntry | None = None
) -> BaseChoice:
    told = replace(told, rules=FIRST_COME)
    others = without_waiting(told, entry.wait_id) if entry else told
    offered = walk_in_options(others, house, size, Needs(), now=NOW)
    ask = Ask(party_size=size, starts=NOW, channel="walk_in")
    return by_base_rule(told, house, offered, ask=ask, waits=entry.wait_id if entry else None)


def one_clears_soon(starts: str) -> Picture:
    """Table a is free; b should clear at ten past seven, for a promise at `starts`."""
    sat = seating(9, 2, "17:30", "19:10", "b")
    return picture(TWO_TWOS, promise(1, 2, starts, "b"), seatings=(sat,))


def waits(number: int, since: str) -> WaitEntry:
    return WaitEntry(
        wait_id=UUID(int=number), period_id="", party_size=2, joined_at=at(since), state="waiting"
    )


def test_the_last_free_table_is_kept_for_who_is_due_although_the_plan_has_another() -> None:
    found = chosen(one_clears_soon("19:15"), TWO_TWOS)
    assert [each.tables for each in found.options] == [("a",)]
    assert found.kept_for == KeptFor(parties=1, by=at("19:15"))
    said = say(why_kept(found.kept_for, TWO_TWOS))
    assert said.startswith("Better let them wait: a reserved party due by 19:15")


def test_who_is_due_later_than_in_twenty_minutes_keeps_no_table() -> None:
    assert chosen(one_clears_soon("19:20"), TWO_TWOS).kept_for is not None
    assert chosen(one_clears_soon("19:25"), TWO_TWOS).kept_for is None


def test_the_smallest_kind_comes_first() -> None:
    house = a_house(table("four", 4), table("two", 2))
    four, two = promise(1, 2, "20:45", "two"), promise(2, 4, "21:30", "four")
    found = chosen(picture(house, four, two), house)
    assert found.options[0].tables == ("two",)


def test_who_came_first_has_the_only_table() -> None:
    house = a_house(table("a", 2))
    first, second = waits(1, "18:40"), waits(2, "18:50")
    told = replace(picture(house), waiting=(first, second))
    late = chosen(told, house, entry=second)
    assert late.kept_for == KeptFor(parties=0, by=NOW)
    assert "others who came first" in say(why_kept(late.kept_for, house))
    assert chosen(told, house, entry=first).kept_for is None


def test_a_promised_party_has_its_table_and_leaves_a_large_ones_join_alone() -> None:
    house = a_house(*(table(name, 2) for name in "abcd"), joins=((("a", "b"), 4),))
    sat = (seating(8, 2, "18:00", "19:10", "c"), seating(9, 2, "18:00", "19:10", "d"))

    def here(number: int, size: int, *tables: str) -> Promise:
        return replace(
            promise(number, size, "19:00", *tables), state="arrived", arrived_at=at("18:55")
        )

    couple, large = here(1, 2, "c"), here(2, 4, "a", "b")
    told = replace(picture(house, couple, large, seatings=sat), rules=FIRST_COME)
    ask = Ask(party_size=2, starts=NOW, channel="walk_in")
    offered = promised_options(told, house, couple, now=NOW)
    found = by_base_rule(told, house, offered, ask=ask, waits=couple.reservation_id)
    assert found.kept_for == KeptFor(parties=1, by=NOW)
    alone = replace(told, promises=(couple,))
    offered = promised_options(alone, house, couple, now=NOW)
    found = by_base_rule(alone, house, offered, ask=ask, waits=couple.reservation_id)
    assert found.kept_for is None


@pytest.mark.parametrize("behind", [(), (2,)])
def test_a_called_party_is_not_in_the_queue_and_keeps_its_options(behind: tuple[int, ...]) -> None:
    house = a_house(table("a", 2))
    called = waits(1, "18:40")
    kept = SlotHold(
        slot_hold_id=UUID(int=6),
        period_id="",
        state="held",
        party_size=2,
        starts=NOW,
        ends=at("20:30"),
        expires_at=at("19:10"),
        tables=("a",),
        wait_id=called.wait_id,
    )
    others = (waits(number, "18:50") for number in behind)
    told = replace(picture(house), waiting=(called, *others), slot_holds=(kept,))
    found = chosen(told, house, entry=called)
    assert [each.tables for each in found.options] == [("a",)]
    assert found.kept_for is None
