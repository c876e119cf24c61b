"""Differences of two house documents, as a manager reads them."""

from typing import Any

import msgspec
from hypothesis import given, settings
from msgspec import inspect

from policies.drafts.diff import Difference, differences
from policies.drafts.documents import document_of
from policies.drafts.keys import KEYED
from policies.drafts.patch import patched
from policies.drafts.words import MONEY, SHARES, TELLING, has_name
from policies.house.file import read_house
from policies.house.house import House
from policies.house.rules import Rules
from seating.house.examples import shipped_text
from tests.support.any_house import any_document
from tests.support.catalogues import keys_of

MEMBER = "draft-member-"
AMOUNT = 100_000_000
"""The upper bound of amounts, and of nothing else."""
BISTRO = document_of(read_house(shipped_text("bistro")))


def members_of(root: type) -> list[inspect.Field]:
    """Every member of a document, those of its parts as well."""
    found: list[inspect.Field] = []
    waiting: list[inspect.Type] = [inspect.type_info(root)]
    while waiting:
        kind = waiting.pop()
        match kind:
            case inspect.StructType():
                found += kind.fields
                waiting += [each.type for each in kind.fields]
            case inspect.UnionType():
                waiting += kind.types
            case inspect.VarTupleType():
                waiting.append(kind.item_type)
            case _:
                pass
    return found


def _bounds(kind: inspect.Type) -> set[int | None]:
    """How large a whole number may be."""
    several = kind.types if isinstance(kind, inspect.UnionType) else (kind,)
    return {each.le for each in several if isinstance(each, inspect.IntType)}


def told(**patch: Any) -> list[Difference]:  # noqa: ANN401 - JSON
    return list(differences(BISTRO, patched(BISTRO, patch), "EUR"))


def test_a_change_has_its_place_both_values_and_a_sentence() -> None:
    (one,) = told(tables={"T5": {"seats_max": 6}})
    assert (one.pointer, one.kind, one.before, one.after) == (
        "/tables/T5/seats_max",
        "changed",
        4,
        6,
    )
    assert one.sentence.en == "Table T5: seats at most 6 instead of 4."
    assert one.sentence.ru == "Стол T5: мест не больше: было 4, станет 6."


def test_entries_come_and_go_as_one_difference_each() -> None:
    gone, new = told(tables={"T5": None, "C1": {"area": "room", "seats_max": 4}})
    assert (gone.pointer, gone.kind, gone.after) == ("/tables/T5", "removed", None)
    assert gone.sentence.en == "Table T5: removed."
    assert (new.pointer, new.kind, new.before) == ("/tables/C1", "added", None)
    assert new.sentence.en == "Table C1: new, area room and seats at most 4."


def test_hours_read_as_local_times_and_days_in_both_languages() -> None:
    changed, days = told(
        periods={"dinner fri+sat": {"closes": "02:00:00", "days": ["fri", "sat", "sun"]}}
    )
    assert days.pointer == "/periods/dinner fri+sat/days" or changed.pointer.endswith("/days")
    said = {one.sentence.en for one in (changed, days)}
    assert said == {
        "Period dinner (Fri and Sat): closing time 02:00 instead of 01:00.",
        "Period dinner (Fri and Sat): days Fri, Sat and Sun instead of Fri and Sat.",
    }
    assert "Период dinner (пт и сб): дни: было пт и сб, станет пт, сб и вс." in {
        one.sentence.ru for one in (changed, days)
    }


def test_shares_are_told_in_per_cent_and_are_members_of_the_rules() -> None:
    (one,) = differences(
        {"overbooking": {"ceiling": 0.05}}, {"overbooking": {"ceiling": 0.125}}, "EUR"
    )
    assert one.sentence.en.endswith("limit of risk 12.5 % instead of 5 %.")
    assert "12,5 %" in one.sentence.ru
    assert all(f"{MEMBER}{name}" in keys_of("staff") for name in SHARES)


def test_amounts_are_told_as_the_house_writes_them() -> None:
    wine = {"key": "wine", "name": {"en": "Wine"}, "kind": "item", "cost": 650}
    purse, gift = differences(
        {"purses": {"host_gift": 1500}, "gestures": [wine]},
        {"purses": {"host_gift": 2000}, "gestures": [wine | {"cost": 725}]},
        "GBP",
    )
    assert purse.sentence.en.endswith("£20 instead of £15.")
    assert (purse.before, purse.after) == (1500, 2000)
    assert gift.sentence.en.endswith("cost £7.25 instead of £6.50.")
    assert "было 6,50\N{NO-BREAK SPACE}£" in gift.sentence.ru
    (yen,) = differences({"purses": {"host_gift": 1500}}, {"purses": {"host_gift": 2000}}, "JPY")
    assert yen.sentence.en.endswith("JP¥2,000 instead of JP¥1,500.")


def test_every_amount_of_the_rules_is_told_as_one() -> None:
    amounts = {each.name for each in members_of(Rules) if AMOUNT in _bounds(each.type)}
    assert amounts == MONEY
    assert not amounts & {each.name for each in members_of(House)}


def test_places_inside_an_entry_are_named_with_it() -> None:
    said = [
        one.sentence.en
        for one in told(
            special_days={"2026-12-24": {"periods": {"lunch": {"pacing": 5}}}},
            house_rules={"rules": {"late": {"text": {"de": "Wir warten."}}}},
            venue={"phone": None, "web": "https://kastanie.example"},
        )
    ]
    assert sorted(said) == [
        "Rule “late”, its text: de set to “Wir warten.”.",
        "Special day 24 December 2026, period lunch: guests per 15 minutes 5 instead of 16.",
        "The house: phone no longer set (was “+49 30 23125 024”).",
        "The house: web address set to https://kastanie.example.",
    ]


def test_another_order_is_a_difference_only_where_order_counts() -> None:
    turned = BISTRO | {"tables": BISTRO["tables"][::-1]}
    (one,) = differences(BISTRO, turned, "EUR")
    assert (one.pointer, one.kind) == ("/tables", "changed")
    assert one.sentence.en == "The house: the tables in a new order."
    periods = [dict(each) | {"days": each["days"][::-1]} for each in BISTRO["periods"]]
    assert differences(BISTRO, BISTRO | {"periods": periods}, "EUR") == ()


def test_turn_times_of_areas_and_limits_of_the_pace_are_told_in_words() -> None:
    share = [{"covers": 12, "channels": ["online"]}]
    pace, turn = told(
        turn_times={"4 areas=terrace days=fri": {"minutes": 105}},
        periods={"lunch": {"pacing_limits": share}},
    )
    assert turn.sentence.en == "Turn time, parties up to 4 (terrace and Fri): new, minutes 105."
    assert "(terrace и пт)" in turn.sentence.ru
    assert pace.sentence.en.endswith(
        "limits of pacing by channel and area guests per 15 minutes 12 and channels online instead"
        " of none."
    )


@settings(derandomize=True, max_examples=12, deadline=None)
@given(old=any_document(), new=any_document())
def test_houses_without_a_difference_are_equal(old: dict[str, Any], new: dict[str, Any]) -> None:
    found = differences(old, new, "EUR")
    equal = msgspec.convert(old, House, strict=False) == msgspec.convert(new, House, strict=False)
    assert (not found) == equal
    assert differences(new, new, "EUR") == ()
    assert all(one.sentence.en and one.sentence.ru for one in found)


def test_every_member_and_every_keyed_list_of_a_house_and_of_the_rules_has_words() -> None:
    found = {each.name for each in (*members_of(House), *members_of(Rules))}
    assert found == {key.removeprefix(MEMBER) for key in keys_of("staff") if MEMBER in key}
    assert all(has_name(each) for each in KEYED)
    assert TELLING.keys() <= KEYED.keys()
