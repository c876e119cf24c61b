"""A case of any kind closes as soon as its cause is gone, and not before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from policies.rescue.cases import KINDS, CaseKind, due_cases, settled_kinds
from tests.support.full_evening import a_house, at, picture, promise, table

if TYPE_CHECKING:
    from policies.book.picture import Promise

HOUSE = a_house(table("a", 2))
NOW = at("19:30")
BEYOND = replace(promise(1, 2, "20:00"), kind="overbooked")
WAITS = replace(promise(1, 2, "19:00", "a"), state="arrived", arrived_at=at("19:00"))


@pytest.mark.parametrize(
    ("case", "cause", "gone"),
    [
        ("drifting", BEYOND, replace(BEYOND, tables=("a",), kind="physical")),
        ("drifting", BEYOND, replace(BEYOND, tables=("a",))),
        ("drifting", BEYOND, replace(BEYOND, starts=at("21:00"), ends=at("22:30"))),
        ("drifting", BEYOND, replace(BEYOND, state="cancelled")),
        ("waiting", WAITS, replace(WAITS, state="seated")),
        ("waiting", WAITS, replace(WAITS, state="booked", arrived_at=None)),
        ("waiting", WAITS, replace(WAITS, starts=at("20:00"))),
        ("exposed", replace(BEYOND, kind="physical", exposed=True), promise(1, 2, "20:00", "a")),
    ],
)
def test_a_case_is_settled_once_its_cause_is_gone(
    case: CaseKind, cause: Promise, gone: Promise
) -> None:
    told = picture(HOUSE)
    assert case not in settled_kinds(cause, told, NOW)
    assert case in settled_kinds(gone, told, NOW)


def test_a_case_that_is_due_is_not_settled_and_one_that_ended_has_none() -> None:
    for party in (BEYOND, WAITS):
        (due,) = due_cases(picture(HOUSE, party), NOW)
        assert due.kind not in settled_kinds(party, picture(HOUSE), NOW)
    assert settled_kinds(replace(WAITS, state="walked"), picture(HOUSE), NOW) == KINDS


def test_whoever_loses_its_table_while_a_case_is_open_keeps_that_case() -> None:
    assert settled_kinds(replace(BEYOND, kind="physical", exposed=True), picture(HOUSE), NOW) == ()
