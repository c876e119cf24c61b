"""What each role may do."""

from __future__ import annotations

from typing import get_args

import pytest

from policies.access.rights import (
    HIDDEN,
    RIGHTS,
    Right,
    at_least,
    hidden_from,
    lowest_with,
    may_undo,
)
from policies.house.house import Role

UP = ("viewer", "server", "host", "manager", "owner")


def test_every_role_has_its_rights_and_every_right_somebody() -> None:
    assert set(RIGHTS) == set(get_args(Role))
    assert {right for rights in RIGHTS.values() for right in rights} == set(get_args(Right))
    assert [lowest_with(right) for right in ("look", "deliver", "serve", "host", "own")] == [
        "viewer",
        "kitchen",
        "server",
        "host",
        "owner",
    ]


@pytest.mark.parametrize("lower", UP[:-1])
def test_who_ranks_higher_may_do_all_that_a_lower_one_may(lower: Role) -> None:
    for role in RIGHTS:
        if role != "kitchen" and at_least(role, lower):
            assert set(RIGHTS[lower]) <= set(RIGHTS[role])


def test_only_hosts_undo_what_hosts_did() -> None:
    assert may_undo("server", "Clear")
    assert not may_undo("server", "Seat")
    assert may_undo("host", "Seat")
    assert not may_undo("kitchen", "Clear")


def test_what_is_hidden_falls_away_upwards() -> None:
    assert hidden_from("kitchen") == HIDDEN["contacts"] | HIDDEN["remember"]
    assert hidden_from("server") == HIDDEN["contacts"]
    assert hidden_from("host") == frozenset()
