"""A likely mistake that was carried out unasked is found."""

from __future__ import annotations

from typing import Any

import pytest

from scripts.simulation.examination.anyway import check_anyway
from scripts.simulation.examination.findings import Findings
from tests.support.examined import GARDEN, Book, broken


def seated(*tables: str, size: int, **body: object) -> set[str]:
    """What is found of a party that an order has put there."""
    book, findings = Book(), Findings()
    wish = {"id": "a seating", **body}
    seating = {"seating_id": "a seating", "state": "seated", "party_size": size, "tables": tables}
    book.say("/host/orders/seat", {"seatings": [seating], "warnings": []}, wish)
    check_anyway(book.journal, GARDEN, findings)
    return broken(findings)


@pytest.mark.parametrize("tables", [("8",), ("8", "10"), ("B1", "B2", "B3")])
def test_a_party_short_of_chairs_is_found_unless_a_host_said_so(tables: tuple[str, ...]) -> None:
    chairs = sum(GARDEN.tables[name].seats + (GARDEN.tables[name].seats > 1) for name in tables)
    assert seated(*tables, size=chairs) == set()
    assert seated(*tables, size=chairs + 1, anyway=["TOO_FEW_SEATS"]) == set()
    assert seated(*tables, size=chairs + 1) == {"no party short of chairs unless a host said so"}


def test_a_warning_that_asks_and_was_not_accepted_is_found() -> None:
    def found(**warned: Any) -> set[str]:  # noqa: ANN401 - of a warning
        book, findings = Book(), Findings()
        warning = {"code": "AREA_SHUT", "asks": True} | warned
        book.say("/host/orders/move", {"warnings": [warning]}, {"anyway": ["AREA_SHUT"]})
        check_anyway(book.journal, GARDEN, findings)
        return broken(findings)

    assert found() == found(code="TABLE_BLOCKED", asks=False) == set()
    assert found(code="TABLE_BLOCKED") == {"asked before it was done"}
