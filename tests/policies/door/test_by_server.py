"""Sections at the door: of equal tables that of the server who is next, and never a worse one."""

import random
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from policies.book.answers import Ask
from policies.book.picture import Picture
from policies.book.rotation import rotation
from policies.book.sections import SectionTable, ServedParty
from policies.booking.tables import Tables
from policies.door.by_server import (
    equals_for_promise,
    equals_for_walk_in,
    kind_of,
    next_first,
    one_of_a_kind,
    turns_of,
    with_servers,
)
from policies.door.option import Option, SeatingOrder
from policies.door.options import walk_in_options
from policies.door.owed import promised_options
from policies.forecast.prior import prior_forecast
from policies.house.house import House
from policies.house.room import Needs, room_of
from policies.house.rules import Decisions, Rules
from policies.lookahead.advice import advise
from tests.policies.plan.test_placement import random_house
from tests.support.full_evening import a_house, at, picture, promise, seating, table

NOW = at("19:00")
TWOS = a_house(*(table(f"t{number}", 2) for number in range(6)), table("four", 4))


def in_sections(told: Picture, **sections: str) -> Picture:
    """The picture with tables, their names apart by spaces, served by these people."""
    tables = tuple(
        SectionTable(table_id=name, server=server)
        for server, names in sections.items()
        for name in names.split()
    )
    return replace(told, sections=tables)


def given_parties(told: Picture, *parties: tuple[str, int, int]) -> Picture:
    """The picture with parties given: to whom, so many minutes ago, how many guests."""
    served = tuple(ServedParty(who, NOW - timedelta(minutes=m), size) for who, m, size in parties)
    return replace(told, served=served)


def offered(
    told: Picture, house: House, size: int = 2, chosen: str | None = None
) -> tuple[Option, ...]:
    """The list of a house that does not decide by value."""
    listed = walk_in_options(told, house, size, Needs(), now=NOW)
    turns = turns_of(told, NOW, chosen)
    if turns is None:
        return listed
    equals = equals_for_walk_in(told, house, turns, listed, (size, Needs()), now=NOW)
    return with_servers(one_of_a_kind(next_first(listed, equals, turns)), turns)


def test_the_next_server_gets_the_party_at_an_equal_table() -> None:
    told = in_sections(picture(TWOS), ana="t0 t1", ben="t2 t3", eva="t4 t5")
    told = given_parties(told, ("ana", 40, 4), ("ben", 30, 2), ("eva", 50, 6))
    first = offered(told, TWOS)[0]
    assert (first.tables, first.server, first.interchangeable) == (("t2",), "ben", 5)
    assert [each.server for each in rotation(told, NOW)] == ["ben", "ana", "eva"]


def test_a_station_seated_twice_in_ten_minutes_is_not_seated_a_third_time() -> None:
    told = in_sections(picture(TWOS), ana="t0 t1 t2", ben="t3 t4 t5")
    busy = given_parties(told, ("ana", 9, 2), ("ana", 4, 2), ("ben", 60, 20))
    assert [each.lately for each in rotation(busy, NOW)] == [0, 2]
    assert offered(busy, TWOS)[0].server == "ben"
    calm = given_parties(told, ("ana", 11, 2), ("ana", 10, 2), ("ben", 60, 20))
    assert offered(calm, TWOS)[0].server == "ana"


def test_the_host_may_choose_another_server_whose_name_goes_with_the_order() -> None:
    told = in_sections(picture(TWOS), ana="t0 t1", ben="t2", eva="four")
    assert offered(told, TWOS, chosen="ben")[0].tables == ("t2",)
    (first, *_) = offered(told, TWOS, chosen="eva")
    assert (first.seats, first.server) == (2, "eva"), "no table of hers is equal: it stays a two"
    turns = turns_of(told, NOW, "eva")
    assert turns is not None
    order = SeatingOrder(tables=("t0",), party_size=2)
    (named,) = with_servers((replace(first, order=order),), turns)
    assert named.order is not None
    assert named.order.server == "eva"


def test_a_party_promised_its_very_table_or_placed_by_a_person_stays_there() -> None:
    told = in_sections(picture(TWOS), ana="t0 t1 t2", ben="t3 t4 t5")
    told = given_parties(told, ("ana", 30, 8))
    turns = turns_of(told, NOW)
    assert turns is not None
    for more, anybody in (({}, True), ({"fixed": True}, False), ({"pinned_by": "host"}, False)):
        party = replace(promise(1, 2, "19:00", "t0"), state="arrived", **more)
        there = replace(told, promises=(party,))
        listed = promised_options(there, TWOS, party, now=NOW)
        equals = equals_for_promise(there, TWOS, turns, listed, party, now=NOW)
        found = next_first(listed, equals, turns)[0]
        assert (found.tables[0] in {"t3", "t4", "t5"}) is anybody, more


def a_random_evening(draw: random.Random) -> tuple[House, Picture]:
    """A room with some parties planned and seated, and sections of two servers and of nobody."""
    house = random_house(draw)
    told = picture(house)
    names = [each.id for each in house.tables]
    for number, name in enumerate(names):
        chance = draw.random()
        if chance < 0.2:
            sits = seating(100 + number, 2, "18:00", draw.choice(["19:10", "20:00"]), name)
            told = replace(told, seatings=(*told.seatings, sits))
        elif chance < 0.5:
            comes = promise(number + 1, 2, draw.choice(["19:15", "20:00", "21:30"]), name)
            told = replace(told, promises=(*told.promises, comes))
    sections = {name: draw.choice(["ana", "ben", "ben", None]) for name in names}
    tables = tuple(SectionTable(table_id=k, server=v) for k, v in sections.items())
    told = replace(told, sections=tables)
    return house, given_parties(told, ("ben", draw.choice([5, 20]), draw.choice([1, 9])))


def sits_at_once(option: Option) -> bool:
    """Whether it is free for the whole turn, written apart from the code under test."""
    costs = (option.moved, option.exposes, option.unmet_needs, option.held_id)
    return option.kind not in {"wait", "split"} and not any(costs) and option.full_turn


@settings(derandomize=True, max_examples=80, deadline=None)
@given(st.randoms(use_true_random=False))
def test_no_suggestion_is_outside_what_the_door_judges_equal(draw: random.Random) -> None:
    house, told = a_random_evening(draw)
    size = draw.choice([1, 2, 2, 3, 4])
    unaware = offered(replace(told, sections=(), served=()), house, size)
    found = offered(told, house, size)
    assert bool(found) == bool(unaware), "nobody is accepted or refused for a server's sake"
    if not found:
        return
    first, was = found[0], unaware[0]
    assert [kind_of(each) for each in found if not sits_at_once(each)] == [
        kind_of(each) for each in unaware if not sits_at_once(each)
    ]
    if not sits_at_once(was):
        assert replace(first, server=None) == was
        return
    assert (kind_of(first), first.full_turn, first.moved) == (kind_of(was), True, {})
    plan = Tables(told, house, NOW).assignment
    seats = room_of(house).table_set(first.tables)
    assert seats is not None
    span = plan.window.mask(NOW, first.turn_ends)
    assert plan.plan.free(seats, span), "it is free for the whole turn with nobody moved"


@settings(derandomize=True, max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False))
def test_without_sections_the_list_is_the_same_to_the_last_byte(draw: random.Random) -> None:
    """Rows without a server, and parties somebody was given, are no sections."""
    house, told = a_random_evening(draw)
    bare = replace(told, sections=(), served=())
    nobody = replace(told, sections=tuple(replace(e, server=None) for e in told.sections))
    assert turns_of(nobody, NOW) is None
    assert offered(nobody, house) == walk_in_options(bare, house, 2, Needs(), now=NOW)


JOINED = a_house(table("alone", 2), table("a", 2), table("b", 2), joins=[(("a", "b"), 4)])


@pytest.mark.parametrize("walk_ins", [0.0, 40.0])
def test_by_value_no_table_beyond_the_margin_is_taken_for_a_server(walk_ins: float) -> None:
    """Fours are expected for the join of a and b: a single two there is worth less, unless nobody
    comes. The server of a is next all the same."""
    told = in_sections(picture(JOINED, rules=Rules(decisions=Decisions(by_value=True))),
                       ana="alone", ben="a")  # fmt: skip
    told = given_parties(told, ("ana", 30, 12))
    forecast = replace(
        prior_forecast(JOINED, told.period), walk_ins=walk_ins, walk_in_sizes=(0.0, 0.0, 0.0, 1.0)
    )
    turns, party = turns_of(told, NOW), (2, Needs())
    assert turns is not None
    listed = walk_in_options(told, JOINED, *party, now=NOW)
    equals = equals_for_walk_in(told, JOINED, turns, listed, party, now=NOW)
    assert {each.tables for each in (*listed, *equals)} >= {("alone",), ("a",)}
    ask = Ask(party_size=2, starts=NOW, channel="walk_in", needs=Needs())
    found = advise(told, JOINED, forecast, None, (*listed, *equals), ask=ask, turns=turns)
    unaware = advise(told, JOINED, forecast, None, listed, ask=ask)
    assert found.options[0].advised
    assert found.options[0].tables == (("alone",) if walk_ins else ("a",))
    if walk_ins:
        assert found.advice == unaware.advice


@pytest.mark.parametrize(
    "costs",
    [{"full_turn": False}, {"held_id": uuid4()}, {"moved": {uuid4(): ("t5",)}}, {"kind": "wait"}],
    ids=lambda costs: next(iter(costs)),
)
def test_a_table_that_costs_somebody_something_is_no_equal_of_a_free_one(
    costs: dict[str, Any],
) -> None:
    told = given_parties(in_sections(picture(TWOS), ana="t0 t1", ben="t2 t3"), ("ana", 30, 8))
    turns = turns_of(told, NOW)
    assert turns is not None
    free = offered(replace(told, sections=()), TWOS)[0]
    dear = replace(free, tables=("t2",), **costs)
    assert turns.server_of[free.tables[0]] == "ana", "whose turn it is not"
    assert next_first((free,), (dear,), turns)[0] == free
    assert next_first((free,), (replace(free, tables=("t2",)),), turns)[0].tables == ("t2",)
    assert one_of_a_kind((free, dear)) == (free, dear)
