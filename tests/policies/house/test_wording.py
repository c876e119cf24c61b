"""Names of guests compared."""

from __future__ import annotations

import pytest

from policies.house.wording import same_person


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ada Lovelace", "ada  LOVELACE", True),
        ("Lovelace, Ada", "Ada Lovelace", True),
        ("Ada", "Ada Lovelace", True),
        ("José Núñez", "Jose Nunez", True),
        ("Анна Ли", "анна ли", True),
        ("", "Ada Lovelace", True),
        ("Ada Lovelace", "Alan Turing", False),
        ("Ada Lovelace", "Ada Turing", False),
    ],
)
def test_two_names_may_be_one_persons(one: str, other: str, *, same: bool) -> None:
    assert same_person(one, other) is same
    assert same_person(other, one) is same
