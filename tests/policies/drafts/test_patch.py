"""Patches of house documents: one key instead of the whole document."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.drafts.documents import document_of
from policies.drafts.patch import (
    PatchError,
    applicable,
    patch_between,
    patch_problems,
    patched,
)
from policies.house.file import read_house
from policies.house.shape import MISTAKES_TOLD
from policies.words.message import message
from seating.house.examples import shipped_text
from tests.support.any_house import any_document

BISTRO = document_of(read_house(shipped_text("bistro")))


def entry(found: dict[str, Any], section: str, **members: object) -> dict[str, Any]:
    """The one entry of a section with these members."""
    (one,) = [each for each in found[section] if members.items() <= each.items()]
    assert isinstance(one, dict)
    return one


def test_one_member_of_a_table_changes_and_nothing_else() -> None:
    found = patched(BISTRO, {"tables": {"T5": {"seats_max": 6}, "T6": None}})
    assert entry(found, "tables", id="T5") == entry(BISTRO, "tables", id="T5") | {"seats_max": 6}
    assert [each["id"] for each in found["tables"]] == [
        each["id"] for each in BISTRO["tables"] if each["id"] != "T6"
    ]
    assert {name: found[name] for name in found if name != "tables"} == {
        name: BISTRO[name] for name in BISTRO if name != "tables"
    }
    assert entry(BISTRO, "tables", id="T5")["seats_max"] == 4


def test_a_new_entry_comes_last_and_has_what_its_key_says() -> None:
    found = patched(BISTRO, {"tables": {"C1": {"area": "room", "seats_max": 4}}})
    assert found["tables"][-1] == {"id": "C1", "area": "room", "seats_max": 4}
    found = patched(BISTRO, {"joins": {"13+12": {"seats_max": 7}, "T4+T3": None}})
    assert entry(found, "joins", tables=["12", "13"])["seats_max"] == 7
    assert len(found["joins"]) == len(BISTRO["joins"]) - 1


def test_a_list_instead_of_an_object_replaces_the_list() -> None:
    areas = [{"id": "yard", "name": "Yard"}]
    assert patched(BISTRO, {"areas": areas})["areas"] == areas


def test_a_weekly_period_is_named_by_its_name_and_days() -> None:
    found = patched(BISTRO, {"periods": {"dinner sat+fri": {"pacing": 20}}})
    assert [each["pacing"] for each in found["periods"]] == [16, 14, 20]
    found = patched(BISTRO, {"periods": {"lunch": {"pacing": 3}, "tea sun": {"opens": "16:00"}}})
    assert entry(found, "periods", name="lunch")["pacing"] == 3
    assert found["periods"][-1] == {"name": "tea", "days": ["sun"], "opens": "16:00"}


def test_a_key_that_stands_for_two_entries_is_refused_and_both_are_named() -> None:
    with pytest.raises(PatchError) as refused:
        patched(BISTRO, {"periods": {"dinner": {"pacing": 9}}, "areas": {"attic": None}})
    assert refused.value.problems == (
        (
            ("periods", "dinner"),
            message("entry-not-unique", entries=("dinner tue+wed+thu+sun", "dinner fri+sat")),
        ),
        (("areas", "attic"), message("entry-to-remove-missing", entry="attic")),
    )


def test_two_entries_of_one_key_need_the_whole_list() -> None:
    twice = BISTRO | {"areas": [{"id": "a", "name": "A"}, {"id": "a", "name": "B"}]}
    with pytest.raises(PatchError, match="2 entries have this key"):
        patched(twice, {"areas": {"a": {"name": "C"}}})


def test_a_turn_time_is_named_by_its_size_and_what_it_is_for() -> None:
    friday = {"minutes": 105}
    found = patched(BISTRO, {"turn_times": {"4 areas=terrace+bar days=sat+fri": friday}})
    new = next(each for each in found["turn_times"] if each["minutes"] == 105)
    assert new == {
        "party_max": 4,
        "minutes": 105,
        "areas": ["terrace", "bar"],
        "days": ["sat", "fri"],
    }
    key = "4 areas=bar+terrace days=fri+sat"
    changed = patched(found, {"turn_times": {key: {"minutes": 90}, "4": {"minutes": 120}}})
    assert sorted(each["minutes"] for each in changed["turn_times"]) == [
        75,
        90,
        90,
        120,
        130,
        150,
        180,
    ]
    assert patched(changed, {"turn_times": {key: None, "4": {"minutes": 110}}}) == BISTRO
    with pytest.raises(PatchError, match="There is no"):
        patched(BISTRO, {"turn_times": {"4 days=fri": None}})


def test_days_of_the_calendar_and_turn_times_stay_sorted() -> None:
    found = patched(
        BISTRO,
        {
            "special_days": {"2026-12-26": {"name": "Second day"}, "2027-01-01": None},
            "turn_times": {"3": {"minutes": 100}, "1": None},
            "buy_outs": {"Wedding party on the terrace": {"areas": ["bar"]}},
        },
    )
    days = [each["date"] for each in found["special_days"]]
    assert days == ["2026-12-24", "2026-12-26", "2026-12-31"]
    assert [each["party_max"] for each in found["turn_times"]] == [2, 3, 4, 6, 8, 12]
    assert found["buy_outs"][0]["areas"] == ["bar"]


def test_what_is_inside_an_entry_is_patched_by_key_too() -> None:
    found = patched(
        BISTRO,
        {
            "house_rules": {"rules": {"late": {"text": {"de": "Wir warten.", "ru": None}}}},
            "special_days": {"2026-12-24": {"periods": {"lunch": {"pacing": 5}}}},
            "periods": {"dinner fri+sat": {"pacing_changes": {"19:00": {"covers": 9}}}},
            "venue": {"phone": None, "high_chairs": 4},
        },
    )
    late = found["house_rules"]["rules"][0]["text"]
    assert (sorted(late), late["de"]) == (["de", "en"], "Wir warten.")
    assert found["special_days"][0]["periods"][0]["pacing"] == 5
    changes = entry(found, "periods", days=["fri", "sat"])["pacing_changes"]
    assert [each["covers"] for each in changes] == [9, 10]
    assert "phone" not in found["venue"]
    assert found["venue"]["high_chairs"] == 4


def test_outside_keyed_lists_it_is_a_json_merge_patch() -> None:
    """The cases of RFC 7396, appendix A, that have an object at the top."""
    cases: list[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ]
    for target, patch, result in cases:
        assert patched(target, patch) == result


JSON = st.recursive(
    st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


@settings(derandomize=True, max_examples=15, deadline=None)
@given(old=any_document(), new=any_document())
def test_the_patch_between_two_houses_makes_one_of_the_other(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    assert patched(old, patch_between(old, new)) == new
    assert patch_between(old, old) == {}


@settings(derandomize=True, max_examples=30, deadline=None)
@given(
    old=st.dictionaries(st.text(max_size=3), JSON), new=st.dictionaries(st.text(max_size=3), JSON)
)
def test_the_patch_between_any_two_objects_makes_one_of_the_other(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    assert patched(old, patch_between(old, new)) == new


@settings(derandomize=True, max_examples=40, deadline=None)
@given(change=st.data())
def test_a_small_change_makes_a_small_patch(change: st.DataObject) -> None:
    number = change.draw(st.integers(0, len(BISTRO["tables"]) - 1))
    seats = change.draw(st.integers(7, 50))
    table = BISTRO["tables"][number]
    new = patched(BISTRO, {"tables": {table["id"]: {"seats_max": seats}}})
    assert patch_between(BISTRO, new) == {"tables": {table["id"]: {"seats_max": seats}}}


def test_a_period_whose_days_changed_is_the_same_period() -> None:
    patch = {"periods": {"dinner fri+sat": {"days": ["sat"]}}}
    assert patch_between(BISTRO, patched(BISTRO, patch)) == patch


def test_another_order_of_tables_needs_the_whole_list() -> None:
    turned = BISTRO | {"tables": BISTRO["tables"][::-1]}
    assert patch_between(BISTRO, turned) == {"tables": turned["tables"]}


def test_a_patch_of_thousands_of_entries_or_of_mistakes_is_told_in_short() -> None:
    many: dict[str, Any] = {f"T{number}": None for number in range(15_000)}
    with pytest.raises(PatchError) as refused:
        patched({"tables": []}, {"tables": many})
    told = message("patch-of-too-many", most=1000, got=15_000)
    assert refused.value.problems == ((("tables",), told),)
    with pytest.raises(PatchError) as refused:
        patched({"tables": []}, {"tables": dict(list(many.items())[:1000])})
    assert len(refused.value.problems) == MISTAKES_TOLD
    assert len(patch_problems(many)) == MISTAKES_TOLD


@settings(max_examples=60, deadline=None)
@given(any_document(), any_document(), any_document())
def test_a_change_of_one_house_can_be_said_of_any_other(
    old: dict[str, Any], new: dict[str, Any], other: dict[str, Any]
) -> None:
    patch = patch_between(old, new)
    assert applicable(patch, old, old) == patch
    unique = {"tables": [{"id": "1", "seats_max": 2}]}
    assert applicable({"tables": {"9": None}}, {"tables": [{"id": "9"}]}, unique) == {"tables": {}}
    gone = {"closures": {"2027-01-04 Rest": None}}
    was = {"closures": [{"from_date": "2027-01-04", "name": "Rest"}]}
    assert applicable(gone, was, {}) == {"closures": {}}
    assert "to remove" not in problems_of(other, applicable(patch, old, other))


def problems_of(document: dict[str, Any], patch: dict[str, Any]) -> str:
    try:
        patched(document, patch)
    except PatchError as error:  # also for a key that stands for several entries
        return str(error)
    return ""
