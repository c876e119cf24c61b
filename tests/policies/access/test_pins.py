"""A PIN that others would try first is refused, in a sentence; a random one is not."""

from __future__ import annotations

import pytest

from policies.access.pins import why_too_easy
from policies.words.catalogue import say
from seating.access.credentials import new_pin

EASY = (
    *("0000", "1111", "1212", "123123", "77777777", "1234", "4321", "7890", "3210", "901234"),
    *("1984", "2026", "24121984", "19841224", "20260501"),
)


@pytest.mark.parametrize("pin", EASY)
def test_a_pin_that_others_try_first_is_refused_and_told_why(pin: str) -> None:
    why = why_too_easy(pin, "host")
    assert why is not None
    assert say(why).startswith("This PIN is one that others try first. Choose another:")


@pytest.mark.parametrize("pin", ["2468", "1122", "739164", "284615", "1357", "201984", "8642"])
def test_any_other_pin_will_do(pin: str) -> None:
    assert why_too_easy(pin, "host") is None


def test_managers_and_owners_have_six_digits_to_choose_from() -> None:
    for role in ("manager", "owner"):
        why = why_too_easy("24680", role)
        assert why is not None
        assert say(why) == "This PIN needs at least 6 digits."
        assert why_too_easy("246801", role) is None
    assert why_too_easy("2468", "host") is None


def test_a_pin_that_the_machine_chooses_is_never_too_easy() -> None:
    assert all(why_too_easy(new_pin(), "owner") is None for _ in range(3000))
