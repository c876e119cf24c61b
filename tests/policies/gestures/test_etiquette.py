"""Etiquette: safe for the guest first, then an exception that stays one."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from policies.gestures.allergens import Restrictions, restrictions_of, unsafe_traits
from policies.gestures.etiquette import GivingHistory, etiquette_objection, most_parties
from policies.gestures.orders import OfferGesture
from policies.gestures.visit import Visit, is_amends, overdue_minutes
from policies.house.rules import CatalogueItem, Etiquette, Rules, WaitRung

NOON = datetime(2027, 3, 3, 12, tzinfo=UTC)
PARTY = Visit(party_id=UUID(int=1), party_name="Ada", party_size=2, here=True)
CAKE = CatalogueItem(
    key="cake", name={"en": "Cake"}, cost=300, due="bill", contains=("eggs", "milk")
)
WISH = OfferGesture(id=UUID(int=2), item="cake", line="because", reason="why", wait_id=UUID(int=1))
NOTHING = GivingHistory(parties=10, others=0)


def code(visit: Visit = PARTY, before: GivingHistory = NOTHING, **more: Any) -> str | None:  # noqa: ANN401
    wish = more.pop("wish", WISH)
    rules = Rules(etiquette=Etiquette(**more.pop("rules", {})))
    terms = more.pop("item", CAKE), visit, before, rules
    found = etiquette_objection(wish, *terms, amends=more.pop("amends", False), locale="en")
    return None if found is None else found.code


@pytest.mark.parametrize(
    ("allergies", "notes", "traits", "unclear"),
    [
        ("", "", set(), False),
        ("none", "likes the window", set(), False),
        ("Nuts, milk", "", {"nuts", "milk"}, False),
        ("Erdnüsse", "", {"peanuts"}, False),
        ("орехи и лактоза", "", {"nuts", "milk"}, False),
        ("kiwi", "", set(), True),
        ("eggs, kiwi", "", {"eggs"}, True),
        ("", "drinks no alcohol", {"alcohol"}, False),
        ("", "не пьёт", {"alcohol"}, False),
        ("", "trinkt keinen Alkohol", {"alcohol"}, False),
        ("", "loves fish and milk", set(), False),
        ("", "allergic to fish", {"fish"}, False),
        ("", "has an allergy", set(), True),
        ("", "vegetarian", {"meat", "pork", "fish", "crustaceans", "molluscs"}, False),
    ],
)
def test_what_a_guest_avoids_is_read_from_what_was_noted(
    allergies: str,
    notes: str,
    traits: set[str],
    unclear: bool,  # noqa: FBT001
) -> None:
    found = restrictions_of(allergies, notes)
    assert (set(found.traits), found.unclear) == (traits, unclear)


def test_what_cannot_be_told_is_refused_and_what_is_not_eaten_never() -> None:
    unknown = replace(CAKE, contains=None)
    window = replace(CAKE, contains=())
    nuts, kiwi = Restrictions(traits=frozenset({"nuts"})), Restrictions(unclear=True)
    both = Restrictions(traits=frozenset({"milk", "nuts"}))
    assert unsafe_traits(CAKE, both) == frozenset({"milk"})
    assert unsafe_traits(CAKE, nuts) is None
    assert unsafe_traits(unknown, nuts) == frozenset()
    assert unsafe_traits(CAKE, kiwi) == unsafe_traits(unknown, kiwi) == frozenset()
    assert unsafe_traits(window, kiwi) is unsafe_traits(unknown, Restrictions()) is None


def test_a_guest_is_safe_before_anything_else_unless_somebody_asked() -> None:
    guest = replace(PARTY, allergies="eggs")
    assert code(guest) == code(guest, amends=True) == "CONTAINS"
    assert code(guest, wish=replace(WISH, guest_asked=True)) is None


def test_the_same_again_waits_its_days_and_an_encore_does_not() -> None:
    lately = replace(NOTHING, again_from=NOON, mine=True, begun=True)
    assert code(before=lately) == "GIVEN_BEFORE"
    assert code(before=lately, amends=True) is None
    encore = replace(WISH, encore=True)
    assert code(before=lately, wish=encore) is None
    assert code(before=replace(lately, encored=True), wish=encore) == "NO_ENCORE"
    assert code(wish=encore) == "NO_ENCORE"


def test_only_a_share_of_the_parties_receives_one() -> None:
    cap = {"share_cap": 0.3}
    assert code(before=replace(NOTHING, others=2), rules=cap) is None
    full = replace(NOTHING, others=3)
    assert code(before=full, rules=cap) == "ENOUGH_TONIGHT"
    assert code(before=replace(full, mine=True), rules=cap) is None
    assert code(before=full, rules=cap, amends=True) is None
    assert code(rules={"share_cap": 0.0}) == "ENOUGH_TONIGHT"


@given(st.floats(0.01, 1.0), st.integers(1, 300))
def test_the_share_is_never_exceeded_by_more_than_the_first(share: float, parties: int) -> None:
    most = most_parties(Rules(etiquette=Etiquette(share_cap=share)), parties)
    assert most >= 1
    assert most == 1 or most <= share * parties + 1e-6


def test_a_wait_that_reached_its_rung_is_owed_and_so_is_money_back() -> None:
    rules = Rules(wait_ladder=(WaitRung(minutes=15, gesture="cake"),))
    waited = replace(PARTY, promised_at=NOON, arrived_at=NOON)
    late = NOON + timedelta(minutes=15)
    assert overdue_minutes(waited, late) == 15
    assert is_amends(CAKE, waited, rules, late)
    assert not is_amends(CAKE, waited, rules, late - timedelta(minutes=1))
    assert not is_amends(replace(CAKE, key="glass"), waited, rules, late)
    assert not is_amends(CAKE, replace(waited, promised_at=None), rules, late)
    assert is_amends(replace(CAKE, kind="refund"), PARTY, Rules(), NOON)
    sat = replace(waited, seated_at=NOON + timedelta(minutes=5))
    assert overdue_minutes(sat, late) == 5
