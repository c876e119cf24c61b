"""The house an owner begins with, and what it becomes by patches."""

from datetime import date

import pytest

from policies.drafts.documents import (
    DocumentError,
    contradictions,
    document_of,
    house_in,
    patched_house,
)
from policies.drafts.rule_numbers import with_rules_numbered
from policies.drafts.starter import starter_house
from policies.house.calendar import periods_on
from policies.house.file import house_toml, read_house

STARTER = starter_house("corner", "The Corner", "Europe/Berlin", "EUR", "de")


def test_a_starter_house_has_one_table_and_is_closed_every_day() -> None:
    assert contradictions(STARTER) == ()
    assert [table.seats_max for table in STARTER.tables] == [2]
    assert all(periods_on(STARTER, date(2026, 12, day)) == () for day in range(1, 8))
    assert read_house(house_toml(STARTER)) == STARTER


def test_an_id_or_currency_of_the_wrong_form_is_named() -> None:
    with pytest.raises(DocumentError) as refused:
        starter_house("The Corner", "The Corner", "Europe/Berlin", "Euro", "de")
    assert [pointer for pointer, _ in refused.value.problems] == [
        "/house/venue/id",
        "/house/venue/currency",
    ]
    (unknown,) = contradictions(starter_house("corner", "Corner", "Europe/Bonn", "EUR", "de"))
    assert unknown.pointer == "/venue/zone"


def test_house_rules_begin_with_version_one_without_saying_so() -> None:
    rules = {"late": {"text": {"de": "Wir halten den Tisch 15 Minuten."}}}
    house = patched_house(STARTER, {"house_rules": {"rules": rules}})
    assert house.house_rules is not None
    assert house.house_rules.version == 1


def test_rules_shown_before_get_their_version_back_and_new_ones_the_next() -> None:
    def ruled(text: str, version: int = 1) -> object:
        rules = {"version": version, "rules": {"late": {"text": {"de": text}}}}
        return patched_house(STARTER, {"house_rules": rules})

    first, third = ruled("Eins.", 1), ruled("Drei.", 3)
    shown = [first.house_rules, third.house_rules]  # type: ignore[attr-defined]

    def numbered(text: str, version: int) -> int:
        house = with_rules_numbered(ruled(text, version), shown)  # type: ignore[arg-type]
        assert house.house_rules is not None
        return house.house_rules.version

    assert (numbered("Eins.", 3), numbered("Neu.", 3), numbered("Neu.", 9)) == (1, 4, 9)


def test_documents_too_deep_to_be_a_house_are_refused() -> None:
    deep: dict[str, object] = {}
    for _ in range(2000):
        deep = {"venue": deep}
    with pytest.raises(DocumentError, match="at most 12 levels"):
        house_in(deep)
    with pytest.raises(DocumentError, match="at most 12 levels"):
        patched_house(STARTER, deep)


def test_a_document_and_its_house_are_the_same() -> None:
    assert house_in(document_of(STARTER)) == STARTER
