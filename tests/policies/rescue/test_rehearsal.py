"""An option at the door says what its order does, because the order is what is asked."""

from uuid import UUID

from msgspec.structs import replace

from policies.book.changes import apply_changes
from policies.book.picture import Picture
from policies.door.option import Option
from policies.door.options import walk_in_options
from policies.floor.commands import carry_out
from policies.floor.orders import Seat
from policies.floor.stand import Stand
from policies.house.house import House
from policies.house.room import Needs
from policies.rescue.rehearsal import PartyAtDoor, least_harm_first, rehearsed
from tests.support.full_evening import (
    a_house,
    assert_complete,
    at,
    picture,
    promise,
    table,
)

NOW = at("18:30")
TWOS_AND_FOURS = a_house(
    table("t0", 2),
    table("t1", 2),
    table("t2", 4),
    table("t3", 4),
    table("t4", 4),
    joins=[(("t0", "t1"), 4), (("t2", "t3"), 8)],
)
PACKED = picture(
    TWOS_AND_FOURS,
    promise(1, 3, "19:30", "t2"),
    promise(2, 2, "20:00", "t0"),
    promise(3, 4, "20:00", "t3"),
    promise(4, 4, "20:30", "t4"),
    promise(6, 2, "18:45", "t1"),
    promise(7, 2, "19:00", "t4"),
)


def test_whoever_pinned_a_party_is_not_asked_about_it() -> None:
    house = a_house(table("a", 2), table("b", 2))
    pinned = replace(promise(1, 2, "19:00", "a"), pinned_by="ana")
    listed = walk_in_options(picture(house), house, 2, Needs(), now=NOW)
    option = next(each for each in listed if each.tables == ("a",))
    room, party = picture(house, pinned), PartyAtDoor(party_size=2)
    for who, asks in (("ana", ()), ("boris", ("PINNED_BY_A_PERSON",))):
        (found,) = rehearsed([option], room, house, party, now=NOW, staff_id=who)
        assert found.asks == asks


def told(room: Picture, house: House, size: int) -> tuple[Option, ...]:
    listed = walk_in_options(room, house, size, Needs(), now=NOW)
    return rehearsed(listed, room, house, PartyAtDoor(party_size=size), now=NOW)


def after(room: Picture, house: House, option: Option) -> Picture:
    """The room once the option's order is carried out, nothing accepted but what it says."""
    assert option.order is not None
    seat = Seat(
        id=UUID(int=99),
        tables=option.order.tables,
        party_size=option.order.party_size,
        until=option.order.until,
        anyway=option.order.anyway,
    )
    done = carry_out(Stand(picture=room, house=house, now=NOW, by="host"), seat)
    assert done.told.moved == option.moves
    return apply_changes(room, done.changes)


def test_the_table_a_walk_in_is_offered_costs_nobody_a_table_though_others_move() -> None:
    options = told(PACKED, TWOS_AND_FOURS, 2)
    joined = next(each for each in options if each.tables == ("t2", "t3"))
    assert joined.full_turn
    assert (joined.exposes_parties, joined.asks) == ((), ())
    assert {each.tables: len(each.moves) for each in options} == {
        ("t0",): 0,
        ("t3",): 0,
        ("t2", "t3"): 4,
        ("t0", "t1"): 2,  # the search alone would move five
    }
    left = after(PACKED, TWOS_AND_FOURS, joined)
    assert not [each for each in left.promises if each.exposed]
    assert_complete(left, TWOS_AND_FOURS)


def test_an_option_names_whom_it_moves_by_hour_and_tables() -> None:
    house = a_house(table("a", 2), table("b", 4))
    room = picture(house, promise(1, 2, "19:00", "b"), promise(2, 4, "21:00", "b"))
    four = next(each for each in told(room, house, 4) if each.tables == ("b",))
    assert (four.turn_ends, four.free_until) == (at("20:00"), at("21:00"))
    (moved,) = four.moves
    assert (moved.party_size, moved.starts) == (2, at("19:00"))
    assert (moved.from_tables, moved.to_tables) == (("b",), ("a",))
    assert four.moved == {UUID(int=1): ("a",)}


def test_what_leaves_somebody_without_a_table_is_offered_behind_what_does_not() -> None:
    (free, *_), house = told(PACKED, TWOS_AND_FOURS, 2), a_house(table("a", 2))
    harm = told(picture(house), house, 2)[0]
    harm = replace(harm, exposes=(UUID(int=1),))
    assert least_harm_first([harm, free]) == (free, harm)
