"""The ledger of a period follows its pictures: however it got there, it holds the same."""

import math
import subprocess
import sys
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from policies.book.picture import HeldTable, Picture, Promise, SlotHold
from policies.forecast.miss_odds import MissOdds
from policies.house.room import Needs
from policies.house.rules import Decisions, Rules
from policies.risk.parties import ledger_parties
from policies.value.period_value import prospect_for
from scripts.setup_venv import ROOT
from tests.support.by_value import HOUSE, NOW, book_of, booking, dear, followed, free_prices, state
from tests.support.full_evening import at, block, seating

STARTS = ("17:00", "18:30", "19:00", "19:15", "20:45", "22:00")
PROMISES = st.lists(
    st.builds(
        booking,
        st.integers(1, 12),
        st.integers(1, 8),
        st.sampled_from(STARTS),
        st.sampled_from(("phone", "partner")),
    ),
    max_size=8,
    unique_by=lambda each: each.reservation_id,
)
HELD = HeldTable(
    held_id=UUID(int=900),
    period_id="2026-11-28.dinner",
    window="peak",
    state="held",
    seats=2,
    starts=at("19:00"),
    ends=at("21:00"),
    release_at=at("18:45"),
    rung=0,
)
HOLD = SlotHold(
    slot_hold_id=UUID(int=901),
    period_id="2026-11-28.dinner",
    state="held",
    party_size=4,
    starts=at("19:30"),
    ends=at("21:00"),
    expires_at=at("23:00"),
    client_id="c",
    needs=Needs(area="hall"),
)


def evening(*promises: Promise) -> Picture:
    """A picture of mid-evening, a bit of everything in it."""
    told = book_of(*promises)
    return replace(
        told,
        seatings=(seating(500, 2, "17:05", "18:35", "t0"), seating(501, 6, "17:20", "19:20", "f0")),
        held=(HELD,),
        slot_holds=(HOLD,),
        blocks=(block("f3", "18:00", "20:00"),),
    )


def test_a_group_at_several_tables_takes_every_one_of_them_in_the_ledger() -> None:
    group = replace(booking(1, 20, "19:00", "phone"), tables=("f0", "f1", "t3"), fixed=True)
    prospect = followed(book_of(group))
    assert sorted(party.size for party in prospect.ledger.parties.values()) == [2, 4, 4]
    assert len({*prospect.ledger.parties}) == 3


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(PROMISES, min_size=1, max_size=4), st.permutations(range(4)))
def test_whatever_way_the_ledger_came_it_holds_what_one_built_from_nothing_does(
    books: list[list[Promise]], order: list[int]
) -> None:
    wandering = followed(book_of())
    for number in order:
        wandering.follow(book_of(*books[number % len(books)]), now=NOW)
        wandering.follow(book_of(*books[0][::-1]), now=NOW)
    assert state(wandering) == state(followed(book_of(*books[0])))


def test_time_passing_in_steps_ends_where_time_passing_at_once_does() -> None:
    told = evening(booking(1, 2, "19:00"), booking(2, 4, "17:30"), booking(3, 8, "21:00"))
    stepped = followed(told, now=at("17:25"))
    for minutes in range(5, 60, 5):
        stepped.follow(told, now=at("17:25") + timedelta(minutes=minutes))
    assert state(stepped) == state(followed(told, now=at("18:20")))
    assert state(stepped) != state(followed(told, now=at("17:25")))


def test_who_has_not_cancelled_as_the_evening_nears_is_believed_in_more() -> None:
    told = book_of(*(booking(number, 2, "19:00") for number in range(1, 9)))
    prospect = followed(told)
    seats = prospect.ledger.boards[0].occupied.sum()
    later = NOW + timedelta(days=2, hours=20)
    prospect.follow(told, now=later)
    assert prospect.ledger.boards[0].occupied.sum() > seats
    assert state(prospect) == state(followed(told, now=later))


def test_whoever_booked_long_ahead_is_believed_in_less_where_the_house_learned_so() -> None:
    learned = MissOdds(
        level=-3.0, lead=0.5, soon=0.0, sizes=(0.0,), hour=0.0, hour_squared=0.0, channels={}
    )
    plain = free_prices()
    bids = replace(plain, forecast=replace(plain.forecast, missed=learned))
    early, late = booking(1, 2, "19:00"), booking(2, 2, "19:00")
    early = replace(early, made_at=NOW - timedelta(days=40))
    parties = followed(book_of(early, late, bids=bids)).ledger.parties
    by_lead = sorted(party.no_show for party in parties.values())
    ahead = (late.starts - NOW) / timedelta(days=1)
    odds = [-3.0 + 0.5 * math.log1p(ahead + days) for days in (7.0, 40.0)]
    assert by_lead == pytest.approx([1.0 / (1.0 + math.exp(-each)) for each in odds])
    unlearned = followed(book_of(early, late, bids=plain)).ledger.parties
    assert {party.no_show for party in unlearned.values()} == {plain.forecast.no_show_phone}


def test_another_process_holds_the_same_bytes() -> None:
    code = (
        "from tests.policies.value.test_period_value import *\n"
        "import hashlib\n"
        "told = evening(booking(1, 2, '19:00'), booking(2, 4, '17:30'))\n"
        "print(hashlib.sha256(b''.join(state(followed(told, now=at('18:00'))))).hexdigest())"
    )
    runs = [
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
        for _ in range(2)
    ]
    assert runs[0].stdout == runs[1].stdout != b""


def test_what_cannot_be_followed_is_begun_anew() -> None:
    told = evening(booking(1, 2, "19:00"))
    known = followed(told, now=at("18:05"))

    def serves(picture: Picture, clock: str = "18:05") -> bool:
        return prospect_for(picture, HOUSE, now=at(clock), prospect=known) is known

    assert serves(told)
    assert serves(replace(told, promises=()), "18:10")
    assert not serves(told, "17:50")
    assert not serves(replace(told, blocks=()))
    learned = replace(free_prices().forecast, stay_cv=0.4)
    assert not serves(replace(told, prices=replace(free_prices(), forecast=learned)))


def test_new_prices_are_taken_over_without_beginning_anew() -> None:
    told = evening(booking(1, 2, "19:00"))
    known = followed(told, now=at("18:00"))
    before = state(known)
    dearer = replace(told, prices=dear(free_prices(), 1.0))
    assert prospect_for(dearer, HOUSE, now=at("18:00"), prospect=known) is known
    known.follow(dearer, now=at("18:00"))
    assert state(known) == before
    assert known.prices.cheapest(2, 10) > 10.0


@pytest.mark.parametrize(
    "picture",
    [
        replace(book_of(), rules=Rules(decisions=Decisions(by_value=False))),
        replace(book_of(), prices=None),
        replace(book_of(), prices=replace(free_prices(), house_version=9)),
    ],
)
def test_without_the_rule_or_prices_of_this_room_there_is_no_prospect(picture: Picture) -> None:
    assert prospect_for(picture, HOUSE, now=NOW) is None


def test_who_is_late_is_believed_in_less_and_less() -> None:
    told = book_of(booking(1, 2, "19:00"))
    prospect = followed(told)

    def no_show(clock: str) -> float:
        (party,) = ledger_parties(prospect.reader, told, at(clock), {}).values()
        assert party.not_before == (0 if clock < "18:45" else prospect.grid.at(at(clock)))
        return party.no_show

    chances = [no_show(clock) for clock in ("18:30", "19:00", "19:20", "19:45")]
    assert chances == sorted(set(chances))
    assert chances[0] == prospect.bids.forecast.no_show_phone
    assert chances[-1] > 0.9


def test_a_party_at_its_table_stays_as_long_as_one_that_has_sat_so_long() -> None:
    told = evening()
    prospect = followed(told, now=at("18:00"))
    seated = {each.key: each for each in prospect.ledger.parties.values() if each.arrived}
    assert sorted(each.sat_for for each in seated.values() if each.sat_for) == [40.0, 55.0]
    held = [each for each in prospect.ledger.parties.values() if each.until is not None]
    assert [(each.start, each.until) for each in held] == [(24, 48)]


def test_a_blocked_table_is_missing_while_it_is_blocked() -> None:
    board = followed(evening(), now=at("17:30")).ledger.boards[0]
    before, meanwhile = board.capacity.tables[0], board.capacity.tables[12]
    assert before.sum() - meanwhile.sum() == 1
    assert (board.capacity.tables[36] == before).all()
