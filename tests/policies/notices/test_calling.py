"""Who is called first, and who next: the house's order, and those who can hear it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from policies.notices.calling import ManagerOnCall, first_called, next_called

NAMES = "abcdef"


@st.composite
def houses(draw: st.DrawFn) -> tuple[list[ManagerOnCall], tuple[str, ...]]:
    names = draw(st.lists(st.sampled_from(NAMES), unique=True))
    managers = [
        ManagerOnCall(staff_id=name, name=name.upper(), reachable=draw(st.booleans()))
        for name in names
    ]
    return managers, tuple(draw(st.lists(st.sampled_from(NAMES), unique=True)))


def called_in_turn(managers: list[ManagerOnCall], order: tuple[str, ...], asker: str) -> list[str]:
    found = first_called(managers, order, asker=asker)
    called: list[str] = []
    while found:
        called.append(found.staff_id)
        found = next_called(managers, order, asker=asker, called=called)
    return called


@given(houses())
def test_everybody_who_can_hear_it_is_called_once_and_nobody_else(
    house: tuple[list[ManagerOnCall], tuple[str, ...]],
) -> None:
    managers, order = house
    called = called_in_turn(managers, order, "a")
    hearing = {each.staff_id for each in managers if each.reachable} - {"a"}
    assert len(set(called)) == len(called)
    assert hearing <= set(called) or not hearing
    assert set(called) == hearing or (not hearing and len(called) <= 1)
    assert "a" not in called


@given(houses())
def test_those_whom_the_house_names_come_first_in_its_order(
    house: tuple[list[ManagerOnCall], tuple[str, ...]],
) -> None:
    managers, order = house
    called = called_in_turn(managers, order, "")
    named = [each for each in order if each in called]
    assert called == [*named, *sorted(set(called) - set(named))]
