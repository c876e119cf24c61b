"""Rescue: every way listed can be opened, what is opened gives way to facts, and words are kind."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, get_args
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from policies.book.changes import Changes, apply_changes
from policies.book.picture import NO_REASON, Block, HeldTable
from policies.booking.tables import Tables
from policies.door.wait_band import WaitBand
from policies.floor.due import changes_due
from policies.forecast.forecast import Forecast
from policies.house.room import Needs
from policies.house.rules import Decisions, Overbooking, PartnerRestaurant, RescueKind, Rules
from policies.plan.replanning import replan
from policies.rescue.cases import due_cases
from policies.rescue.facts import first_obstacle
from policies.rescue.option import SIT_NOW, RescueOption, RescueParty
from policies.rescue.options import options_now, rescue_options
from policies.rescue.playbook import PlaybookAnswer
from policies.rescue.ranking import order_by_playbook
from policies.rescue.taking import open_now
from policies.rescue.words import sentence
from tests.support.full_evening import a_house, at, picture, promise, seating, table

if TYPE_CHECKING:
    from policies.book.picture import Picture
    from policies.house.house import House

NOW = at("19:00")
PARTY = RescueParty(rescue_id=UUID(int=77), party_size=2)
RULES = Rules(
    decisions=Decisions(by_value=False),
    neighbours=(PartnerRestaurant(key="inn", name="The Inn", walk_minutes=4),),
    overbooking=Overbooking(
        enabled=True,
        ceiling=1.0,
        cap_parties=3,
        cap_covers=9,
        small_tables_out=0.0,
        joins_out=0.0,
    ),
)


def held(number: int, table_id: str, starts: str, ends: str) -> HeldTable:
    return HeldTable(
        held_id=UUID(int=number),
        period_id="2026-11-28.dinner",
        window="peak",
        state="held",
        seats=2,
        starts=at(starts),
        ends=at(ends),
        release_at=at(ends),
        rung=-1,
        tables=(table_id,),
    )


def every(told: Picture, house: House, party: RescueParty) -> tuple[RescueOption, ...]:
    tables = Tables(told, house, NOW)
    now_found = options_now(tables, party, WaitBand(20, 30))
    return rescue_options(tables, party, Forecast(), now_found=now_found)


def listed(
    told: Picture, house: House, party: RescueParty = PARTY
) -> dict[RescueKind, RescueOption]:
    """The first option of each kind."""
    found: dict[RescueKind, RescueOption] = {}
    for each in every(told, house, party):
        found.setdefault(each.kind, each)
    return found


def opened(told: Picture, house: House, option: RescueOption) -> Picture:
    changes = open_now(told, house, PARTY, option, "oleg", now=NOW)
    assert changes is not None, option
    return apply_changes(told, changes)


def test_a_table_until_the_next_booking_is_a_shorter_turn_and_says_until_when() -> None:
    house = a_house(table("a", 2))
    told = picture(house, promise(1, 2, "20:00", "a"))
    short = listed(told, house)["shorter"]
    assert (short.tables, short.ends) == (("a",), at("20:00"))
    assert "by 20:00" in short.sentence
    kept = opened(told, house, short)
    assert kept.slot_holds[0].ends == at("20:00")
    assert kept.promises[0].tables == ("a",)


def test_a_whole_turn_at_the_price_of_moving_a_booking_names_whom_it_moves() -> None:
    house = a_house(table("a", 2), table("b", 4))
    told = picture(
        house,
        promise(1, 2, "20:00", "a"),
        seatings=(seating(9, 4, "18:00", "19:45", "b"),),
    )
    move = listed(told, house)["move"]
    (moved,) = move.moves
    assert (moved.reservation_id, moved.tables) == (UUID(int=1), ("b",))
    assert (moved.from_tables, moved.to_tables, move.exposes_parties) == (("a",), ("b",), ())
    assert opened(told, house, move).promises[0].tables == ("b",)


def test_a_held_table_is_granted_in_its_place_and_held_again_when_it_lapses() -> None:
    house = a_house(table("a", 2))
    told = replace(picture(house), held=(held(5, "a", "20:00", "22:00"),), rules=RULES)
    option = listed(told, house)["held"]
    assert option.held_id == UUID(int=5)
    kept = opened(told, house, option)
    assert kept.held[0].tables == ()
    later = NOW + timedelta(minutes=2)
    lapsed = apply_changes(
        kept, replan(kept, changes_due(kept, house, now=later), house, now=later)
    )
    assert lapsed.slot_holds[0].state == "expired"
    assert (lapsed.held[0].state, lapsed.held[0].tables) == ("held", ("a",))


def test_what_is_opened_is_nobody_else_s_until_it_lapses() -> None:
    house = a_house(table("a", 2))
    told = picture(house)
    kept = opened(told, house, listed(told, house)["table"])
    other = replace(PARTY, rescue_id=UUID(int=78))
    assert not SIT_NOW & set(listed(kept, house, other))


def test_a_table_out_of_use_without_a_reason_is_not_said_to_be_so_twice() -> None:
    house = a_house(table("a", 2))
    told = picture(house)
    option = listed(told, house)["table"]
    block = Block(
        block_id=UUID(int=1), table_id="a", starts=NOW, ends=at("23:00"), reason=NO_REASON
    )
    for reason, said in ((NO_REASON, "Table a is out of use."), ("A leg is broken", None)):
        blocked = replace(told, blocks=(replace(block, reason=reason),))
        fact = first_obstacle(blocked, house, option, now=NOW)
        assert fact.detail == (said or "Table a is out of use: A leg is broken.")


def test_a_fact_on_the_opened_table_ends_it_and_is_named() -> None:
    house = a_house(table("a", 2))
    told = picture(house)
    option = listed(told, house)["table"]
    kept = opened(told, house, option)
    sat = replace(seating(9, 2, "19:00", "20:30", "a"), name="The mayor")
    after = apply_changes(kept, replan(kept, Changes(seatings=(sat,)), house, now=NOW))
    assert (after.slot_holds[0].state, after.slot_holds[0].tables) == ("expired", ())
    fact = first_obstacle(after, house, option, now=NOW)
    assert (fact.kind, fact.tables) == ("seated", ("a",))
    assert "The mayor" in fact.detail


def test_what_is_opened_gives_way_to_a_promise_that_a_fact_has_pushed_out() -> None:
    house = a_house(table("a", 2), table("b", 2))
    told = picture(house, promise(1, 2, "19:30", "a"))
    option = next(each for each in [listed(told, house)["table"]] if each.tables == ("b",))
    kept = opened(told, house, option)
    sat = seating(9, 2, "19:00", "20:30", "a")
    after = apply_changes(kept, replan(kept, Changes(seatings=(sat,)), house, now=NOW))
    assert (after.promises[0].tables, after.promises[0].exposed) == (("b",), False)
    assert after.slot_holds[0].state == "expired"
    assert first_obstacle(after, house, option, now=NOW).kind == "promised"


def test_where_a_party_wished_an_area_another_one_is_a_way() -> None:
    house = a_house(table("a", 2), table("b", 2, "bar"))
    told = picture(house, seatings=(seating(9, 2, "18:50", "20:30", "b"),))
    found = listed(told, house, replace(PARTY, needs=Needs(area="bar")))
    assert (found["area"].tables, found["area"].area) == (("a",), "hall")
    assert "table" not in found


def test_beyond_the_room_comes_with_its_risk_and_costs_what_it_risks() -> None:
    house = a_house(table("a", 2))
    told = replace(picture(house, promise(1, 2, "19:00", "a")), rules=RULES)
    found = listed(told, house)
    assert found["overbook"].risk is not None
    assert "would wait more than 10 minutes on about" in found["overbook"].because
    assert "one other party waits for a table" in found["overbook"].because
    assert found["overbook"].often is not None
    assert found["overbook"].often_said in found["overbook"].because
    assert found["overbook"].may_wait_at is None
    sure = replace(told, rules=replace(RULES, decisions=replace(RULES.decisions, walked_cost=0)))
    assert listed(sure, house)["overbook"].worth > found["overbook"].worth


def test_the_best_comes_first_and_is_the_one_advised() -> None:
    house = a_house(table("a", 2), table("b", 2))
    told = replace(picture(house, promise(1, 2, "20:00", "a")), rules=RULES)
    options = every(told, house, PARTY)
    assert [each.advised for each in options] == [True] + [False] * (len(options) - 1)
    assert [each.worth for each in options] == sorted((e.worth for e in options), reverse=True)
    assert options[0].kind == "table"
    assert options[-1].kind == "partner"


def test_what_the_manager_wrote_an_answer_for_comes_first_in_their_words() -> None:
    house = a_house(table("a", 2), table("b", 2))
    told = replace(picture(house, promise(1, 2, "20:00", "a")), rules=RULES)
    options = every(told, house, PARTY)
    wrote = (
        PlaybookAnswer(key="sorry", text="I am sorry."),
        PlaybookAnswer(key="inn", text="They are friends of ours.", way="partner"),
    )
    first, *rest = order_by_playbook(options, wrote)
    assert (first.kind, first.advised) == ("partner", True)
    assert first.sentence.startswith("They are friends of ours. The Inn is 4 minutes")
    assert rest == [replace(each, advised=False) for each in options if each.kind != "partner"]


@pytest.mark.parametrize("kind", get_args(RescueKind))
@pytest.mark.parametrize("locale", ["en", "ru", "de", "xx"])
def test_every_way_has_its_words_in_every_language(kind: RescueKind, locale: str) -> None:
    plain = a_house(table("a", 2))
    house = replace(plain, venue=replace(plain.venue, locale=locale))
    option = RescueOption(
        option_id=UUID(int=1),
        kind=kind,
        tables=("a",),
        area="hall",
        starts=at("20:00"),
        ends=at("21:30"),
        wait_minutes=25,
        neighbour=RULES.neighbours[0],
    )
    said = sentence(option, house, now=NOW)
    assert said[0].isupper() or not said[0].isalpha()
    assert "{" not in said
    assert said.rstrip()[-1] in ".?"


def test_a_party_is_a_case_once_it_has_waited_longer_than_is_tolerated() -> None:
    house = a_house(table("a", 2))
    here = replace(promise(1, 2, "19:00", "a"), state="arrived", arrived_at=at("18:50"))
    told = picture(house, here)
    assert due_cases(told, at("19:10")) == ()
    assert [each.kind for each in due_cases(told, at("19:11"))] == ["waiting"]
    near = replace(promise(2, 2, "19:40"), kind="overbooked")
    assert [each.kind for each in due_cases(picture(house, near), NOW)] == ["drifting"]
    assert due_cases(picture(house, near), at("18:50")) == ()


@settings(deadline=None, max_examples=40)
@given(
    starts=st.lists(st.integers(0, 12), max_size=5),
    sitting=st.lists(st.integers(1, 18), max_size=2),
    size=st.integers(1, 4),
)
def test_whatever_is_listed_for_now_can_be_opened_and_no_promise_loses_its_place(
    starts: list[int], sitting: list[int], size: int
) -> None:
    house = a_house(table("a", 2), table("b", 2), table("c", 4), joins=[(("a", "b"), 4)])
    seats = tuple(
        seating(100 + n, 2, "18:00", f"{19 + (5 * left) // 60}:{(5 * left) % 60:02}", name)
        for n, (left, name) in enumerate(zip(sitting, ("a", "c"), strict=False))
    )
    told = picture(house, seatings=seats)
    for number, later in enumerate(starts):
        hours, minutes = divmod(5 * later, 60)
        one = promise(number, 2, f"{19 + hours}:{minutes:02}")
        told = replace(told, promises=(*told.promises, one))
    told = apply_changes(told, replan(told, Changes(), house, now=NOW))
    party = replace(PARTY, party_size=size)
    lost = {each.reservation_id for each in told.promises if not each.tables}
    for option in every(told, house, party):
        if option.kind not in SIT_NOW:
            continue
        changes = open_now(told, house, party, option, "oleg", now=NOW)
        assert changes is not None, option
        after = apply_changes(told, changes)
        assert {each.reservation_id for each in after.promises if not each.tables} == lost
        again = apply_changes(after, replan(after, Changes(), house, now=NOW))
        assert again.slot_holds[0].state == "held"
        assert again.slot_holds[0].tables == option.tables
