"""Deciding by value: what a table is sold for, what is refused, and what never depends on luck."""

from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from policies.book.answers import Answer, Ask, No, Yes
from policies.book.picture import Promise
from policies.booking.engine import acceptable_asks, availability, decide
from policies.house.house import AccessRule
from policies.house.room import Needs
from policies.house.rules import Decisions, Rules
from policies.risk.ledger import Ledger, LedgerParty
from policies.value.period_value import prospect_for
from tests.support.by_value import (
    HOUSE,
    NOW,
    RULES,
    answered,
    book_of,
    booking,
    dear,
    followed,
    free_prices,
    taken,
)
from tests.support.full_evening import ask, assert_complete, at, dinner

FREE = free_prices()
DEAR = dear(FREE, 50.0)
CARELESS = replace(RULES, decisions=Decisions(by_value=True, walked_cost=0, late_cost=0))
"""Nobody minds waiting: only ceiling and caps keep promises from going beyond the room."""

STARTS = ("17:00", "18:30", "19:00", "19:15", "19:30", "20:45")
WISHES = st.builds(ask, st.integers(1, 6), st.sampled_from(STARTS))
BOOKS = st.lists(
    st.builds(booking, st.integers(1, 99), st.integers(1, 8), st.sampled_from(STARTS)),
    max_size=24,
    unique_by=lambda each: each.reservation_id,
)


def code(answer: Answer) -> str:
    return answer.code if isinstance(answer, No) else answer.kind


def test_a_free_table_that_others_would_pay_more_for_is_refused_with_a_reason() -> None:
    refused = answered(book_of(bids=DEAR), ask(2, "19:00"))
    assert isinstance(refused, No)
    assert refused.code == "BID_PRICE"
    assert refused.explained is not None
    assert refused.explained.value < 0 < refused.explained.displaced_value
    assert code(answered(book_of(bids=FREE), ask(2, "19:00"))) == "physical"


def test_a_table_given_by_discretion_is_refused_by_no_price_but_by_every_other_rule() -> None:
    given = replace(ask(2, "19:00"), by_discretion=True)
    assert code(answered(book_of(bids=DEAR), given)) == "physical"
    assert acceptable_asks(
        book_of(bids=DEAR), [given], HOUSE, now=NOW, prospect=followed(book_of(bids=DEAR))
    )
    rules = replace(RULES, overbooking=replace(RULES.overbooking, ceiling=0.0))
    full = book_of(*(booking(n, 2, "19:00") for n in range(1, 14)), bids=DEAR, rules=rules)
    for number in range(20, 40):
        full, answer = taken(full, given, number)
    assert code(answer) == "RISK_OVER_CEILING"


def test_without_prices_a_table_is_sold_and_nothing_beyond_the_room() -> None:
    told = replace(book_of(), prices=None)
    full = []
    for number in range(40):
        told, answer = taken(told, ask(2, "19:00"), number)
        full.append(code(answer))
    assert "physical" in full
    assert full[-1] == "NO_TABLE_FITS"
    assert "overbooked" not in full


def test_off_nothing_of_it_is_asked() -> None:
    told = replace(book_of(bids=DEAR), rules=Rules(decisions=Decisions(by_value=False)))
    answer = decide(told, ask(2, "19:00"), HOUSE, now=NOW, prospect=followed(book_of()))
    assert isinstance(answer, Yes)
    assert answer.explained is None


def test_beyond_the_room_the_ceiling_and_the_caps_bind_before_the_price() -> None:
    def last(**limits: object) -> str:
        rules = replace(CARELESS, overbooking=replace(RULES.overbooking, **limits))
        told = book_of(*(booking(n, 2, "19:00") for n in range(1, 14)), bids=FREE, rules=rules)
        for number in range(20, 40):
            told, answer = taken(told, ask(2, "19:00"), number)
            if code(answer) != "physical":
                return code(answer)
        return "physical"

    assert last(ceiling=0.0) == "RISK_OVER_CEILING"
    assert last(cap_parties=0) == "OVERBOOKING_CAP"
    assert last(enabled=False) == "NO_TABLE_FITS"


def test_a_promise_beyond_the_room_keeps_the_risk_it_was_made_at() -> None:
    told = book_of(bids=FREE, rules=CARELESS)
    for number in range(1, 40):
        told, answer = taken(told, ask(2, "19:00"), number)
        if isinstance(answer, Yes) and answer.kind == "overbooked":
            assert answer.risk is not None
            assert answer.explained is not None
            assert answer.risk.probability == answer.explained.risk <= answer.risk.ceiling
            assert answer.risk.expected == answer.explained.expected
            assert answer.risk.others == answer.explained.others >= 1.0
            return
    raise AssertionError("the room was never overbooked")


@pytest.mark.parametrize(("ceiling", "kind"), [(0.0, "RISK_OVER_CEILING"), (1.0, "overbooked")])
def test_the_risk_is_that_of_the_tables_open_to_the_party(ceiling: float, kind: str) -> None:
    small = tuple(each.id for each in HOUSE.tables if each.seats_max == 2)
    kept = AccessRule(name="For who walks in", to="walk_ins", tables=small)
    house = replace(HOUSE, access=(kept,))
    full = (replace(booking(n, 4, "19:00"), kind="physical", tables=(f"f{n}",)) for n in range(4))
    rules = replace(CARELESS, overbooking=replace(RULES.overbooking, ceiling=ceiling))
    told = replace(book_of(*full, bids=FREE, rules=rules), period=dinner(house))
    prospect = prospect_for(told, house, now=NOW)
    answer = decide(told, ask(2, "19:00"), house, now=NOW, prospect=prospect)
    assert code(answer) == kind
    assert answer.explained is not None
    assert answer.explained.risk >= answer.explained.overload > 0.1
    assert answer.explained.told is not None
    assert answer.explained.risk == answer.explained.told.own_wait
    assert answer.explained.places == 4
    if isinstance(answer, Yes):
        assert answer.risk is not None
        assert answer.risk.probability == answer.explained.risk


def test_a_group_larger_than_every_join_has_the_tables_named_for_it() -> None:
    named = replace(ask(11, "19:00"), tables=("f0", "f1", "f2"))
    assert code(answered(book_of(bids=FREE), named)) in {"physical", "NO_TABLE_FITS"}
    wished = replace(named, channel="desk", anywhere=True)
    answer = answered(book_of(bids=FREE), wished)
    assert code(answer) in {"physical", "NO_TABLE_FITS"}


def test_a_party_that_few_tables_suit_is_told_that_it_waits_more_often() -> None:
    suit = {"t0", "f0"}
    tables = tuple(
        replace(each, features=frozenset({"step_free"}) if each.id in suit else frozenset())
        for each in HOUSE.tables
    )
    house = replace(HOUSE, tables=tables)
    told = replace(book_of(bids=FREE, rules=RULES), period=dinner(house))
    risks = []
    for needs in (Needs(), Needs(step_free=True)):
        wish = ask(2, "19:00", needs=needs)
        prospect = prospect_for(told, house, now=NOW)
        answer = decide(told, wish, house, now=NOW, prospect=prospect)
        assert isinstance(answer, Yes)
        assert answer.explained is not None
        assert answer.explained.told is not None
        risks.append(answer.explained.told)
    anywhere, step_free = risks
    assert anywhere.known["fits"] == 1.0
    assert step_free.known["fits"] == pytest.approx(2 / len(tables), abs=1e-5)
    assert step_free.own_wait > 2 * anywhere.own_wait
    assert step_free.walked > anywhere.walked


def test_the_risk_is_told_for_the_wait_that_the_house_tolerates() -> None:
    def told(minutes: int) -> tuple[int, float]:
        beyond = replace(CARELESS.overbooking, tolerance_minutes=minutes)
        rules = replace(CARELESS, overbooking=beyond)
        told = book_of(bids=FREE, rules=rules)
        for number in range(1, 40):
            told, answer = taken(told, ask(2, "19:00"), number)
            if isinstance(answer, Yes) and answer.risk is not None:
                return answer.risk.tolerance_minutes, answer.risk.probability
        raise AssertionError("the room was never overbooked")

    short, usual, long = told(5), told(10), told(60)
    assert (short[0], usual[0], long[0]) == (5, 10, 60)
    assert short[1] >= usual[1] > long[1]


def test_what_a_late_party_costs_depends_on_the_wait_that_the_house_tolerates() -> None:
    def cost(minutes: int) -> int:
        rules = replace(
            RULES,
            decisions=Decisions(by_value=True, walked_cost=0, late_cost=1000),
            overbooking=replace(RULES.overbooking, tolerance_minutes=minutes),
        )
        crowd = (booking(number, 2, "19:00") for number in range(1, 12))
        answer = answered(book_of(*crowd, bids=FREE, rules=rules), ask(2, "19:00"))
        assert answer.explained is not None
        return answer.explained.risk_cost

    assert cost(5) > cost(60)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(BOOKS, WISHES, st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_a_stricter_ceiling_never_accepts_more(
    book: list[Promise], wish: Ask, one: float, other: float
) -> None:
    def accepts(ceiling: float) -> bool:
        rules = replace(RULES, overbooking=replace(RULES.overbooking, ceiling=ceiling))
        told = book_of(*book, bids=FREE, rules=rules)
        return isinstance(answered(told, wish), Yes)

    assert accepts(max(one, other)) or not accepts(min(one, other))


@settings(max_examples=20, deadline=None, derandomize=True)
@given(WISHES, st.integers(2, 30))
def test_equal_requests_commute(wish: Ask, number: int) -> None:
    """Whichever of them asks first: as many get a table, and the same kinds of promise."""
    counted = []
    for names in (range(1, number + 1), range(number, 0, -1)):
        told, kinds = book_of(bids=dear(FREE, 0.4)), []
        for name in names:
            told, answer = taken(told, wish, name)
            kinds.append(code(answer))
        counted.append(kinds)
    assert sorted(counted[0]) == sorted(counted[1])


@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.lists(WISHES, min_size=5, max_size=40))
def test_a_promise_called_physical_always_has_its_assignment(wishes: list[Ask]) -> None:
    told = book_of(bids=dear(FREE, 0.2))
    for number, wish in enumerate(wishes, start=1):
        told, answer = taken(told, wish, number)
        if isinstance(answer, Yes):
            assert bool(answer.tables) == (answer.kind == "physical")
    physical = tuple(each for each in told.promises if each.kind == "physical")
    assert_complete(replace(told, promises=physical), HOUSE)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(BOOKS, WISHES)
def test_what_is_offered_is_what_is_accepted(book: list[Promise], wish: Ask) -> None:
    told = book_of(*book, bids=dear(FREE, 0.5))
    known = prospect_for(told, HOUSE, now=NOW)
    offers = availability(told, wish, HOUSE, now=NOW, prospect=known)
    asks = [replace(wish, starts=starts) for starts, _ in offers]
    taken_at = acceptable_asks(told, asks, HOUSE, now=NOW, prospect=known)
    taken = [each for each in offers if isinstance(each[1], Yes)]
    open_to = availability(told, wish, HOUSE, now=NOW, prospect=known, why_not=False)
    assert list(open_to) == taken
    for each, (_, offered) in zip(asks, offers, strict=True):
        asked = decide(told, each, HOUSE, now=NOW, prospect=followed(told), quick=True)
        assert code(asked) == code(offered)
        assert (each in taken_at) == isinstance(asked, Yes)


def test_alternatives_within_half_an_hour_come_by_value_the_best_first() -> None:
    bids = replace(FREE, table=tuple(_rising(row) for row in FREE.table))
    refused = answered(book_of(bids=bids), ask(2, "19:00"))
    assert isinstance(refused, No)
    assert refused.code == "BID_PRICE"
    assert refused.alternatives[:2] == (at("18:30"), at("18:45"))


def _rising(row: tuple[float, ...]) -> tuple[float, ...]:
    """Cheap until eight, dear from eight to nine: the earlier a party leaves the better."""
    return tuple(0.5 if bucket < 36 else 16.0 if bucket < 48 else 0.0 for bucket in range(len(row)))


def test_another_time_is_suggested_to_staff_only_and_only_past_the_threshold() -> None:
    bids = replace(FREE, table=tuple(_rising(row) for row in FREE.table))
    bids = replace(bids, table=tuple(tuple(each / 5 for each in row) for row in bids.table))

    def suggestion(above: int | None, channel: str = "phone") -> object:
        decisions = Decisions(by_value=True, suggest_above=above)
        told = book_of(bids=bids, rules=replace(RULES, decisions=decisions))
        answer = answered(told, replace(ask(2, "19:00"), channel=channel))
        assert isinstance(answer, Yes), answer
        return answer.suggestion

    assert suggestion(None) is None
    assert suggestion(100) == at("18:30")
    assert suggestion(100_000) is None
    assert suggestion(100, "partner") is None


def test_a_change_is_not_refused_for_a_loss_that_is_there_already() -> None:
    held = replace(booking(7, 2, "19:00"), kind="physical", tables=("t0",))
    told = book_of(held, bids=DEAR)
    assert code(answered(told, ask(2, "19:00"))) == "BID_PRICE"
    same = answered(told, ask(2, "19:00"), without=UUID(int=7))
    assert isinstance(same, Yes)
    larger = answered(told, ask(4, "19:00"), without=UUID(int=7))
    assert code(larger) in {"physical", "BID_PRICE"}


@settings(max_examples=60, deadline=None, derandomize=True)
@given(BOOKS, WISHES, st.floats(0.0, 0.9))
def test_guests_who_come_less_never_raise_the_risk_the_ceiling_is_held_against(
    book: list[Promise], wish: Ask, more: float
) -> None:
    ledger, party = _asked(book, wish)
    before = ledger.marginal_risk(party, party.start).risk
    for each in tuple(ledger.parties.values()):
        ledger.remove(each.key)
        ledger.add(replace(each, no_show=max(each.no_show, more)))
    assert ledger.marginal_risk(party, party.start).risk <= before


def _asked(book: list[Promise], wish: Ask) -> tuple[Ledger, LedgerParty]:
    prospect = followed(book_of(*book, bids=FREE))
    return prospect.ledger, prospect.party(wish, wish.starts)
