"""Which services a command pulls its levers for, who may, and what is refused with a pointer."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from policies.book.refusals import CommandRefused
from policies.floor.lever_spans import (
    LeverSpan,
    check_ahead,
    check_end,
    check_person,
    names_services,
    pulled,
    span_of,
)
from policies.floor.orders import Levers

TODAY = date(2027, 3, 3)
SATURDAY = date(2027, 3, 6)
NOW = datetime(2027, 3, 3, 18, 0, tzinfo=UTC)


def levers(**more: Any) -> Levers:  # noqa: ANN401 - any field
    return Levers(id=uuid4(), **more)


@pytest.mark.parametrize(
    ("named", "span"),
    [
        ({"service_date": SATURDAY}, LeverSpan(SATURDAY, SATURDAY)),
        ({"period": "dinner"}, LeverSpan(TODAY, TODAY, ("dinner",))),
        (
            {"from_date": TODAY, "until_date": SATURDAY, "periods": ("lunch", "lunch")},
            LeverSpan(TODAY, SATURDAY, ("lunch",)),
        ),
    ],
)
def test_a_command_names_its_services(named: dict[str, Any], span: LeverSpan) -> None:
    assert span_of(levers(**named), TODAY) == span
    assert names_services(levers(**named))
    assert not names_services(levers(online_paused=True, until=NOW))


@pytest.mark.parametrize(
    ("named", "pointer"),
    [
        ({"service_date": TODAY - timedelta(days=1)}, "/service_date"),
        ({"service_date": TODAY, "from_date": TODAY}, "/from_date"),
        ({"service_date": TODAY, "until_date": TODAY}, "/until_date"),
        ({"until_date": TODAY}, "/until_date"),
        ({"periods": ("dinner",)}, "/periods"),
        ({"from_date": TODAY}, "/until_date"),
        ({"from_date": SATURDAY, "until_date": TODAY}, "/until_date"),
        ({"from_date": TODAY, "until_date": TODAY, "period": "dinner"}, "/period"),
        ({"from_date": TODAY, "until_date": TODAY + timedelta(days=62)}, "/until_date"),
        ({"from_date": TODAY - timedelta(days=1), "until_date": TODAY}, "/from_date"),
    ],
)
def test_services_that_make_no_sense_are_refused(named: dict[str, Any], pointer: str) -> None:
    with pytest.raises(CommandRefused) as refused:
        span_of(levers(**named), TODAY)
    assert (refused.value.code, refused.value.pointer) == ("INVALID", pointer)


def test_hosts_pull_levers_of_today_and_managers_of_any_date() -> None:
    check_person(LeverSpan(TODAY, TODAY), TODAY, "host")
    check_person(LeverSpan(SATURDAY, SATURDAY), TODAY, "manager")
    with pytest.raises(CommandRefused, match="manager"):
        check_person(LeverSpan(TODAY, SATURDAY), TODAY, "host")


def test_an_end_is_ahead_and_not_long_after_the_last_service() -> None:
    check_end(levers(until=NOW + timedelta(minutes=1)), TODAY, NOW)
    for wrong in (NOW, NOW + timedelta(days=4)):
        with pytest.raises(CommandRefused) as refused:
            check_end(levers(until=wrong), TODAY, NOW)
        assert refused.value.pointer == "/until"


def test_ahead_hours_are_the_houses_and_something_has_to_be_set() -> None:
    for wrong, pointer in (({"last_orders": True}, "/last_orders"), ({}, None)):
        with pytest.raises(CommandRefused) as refused:
            check_ahead(levers(**wrong))
        assert refused.value.pointer == pointer
    check_ahead(levers(last_orders=False))


def test_a_pace_of_nobody_is_a_pace_and_the_usual_one_puts_it_back() -> None:
    span = LeverSpan(TODAY, TODAY)
    (none,) = pulled(levers(pace=0), span, NOW)
    (usual,) = pulled(levers(pace="usual"), span, NOW)
    assert (none.engaged, none.covers, usual.engaged) == (True, 0, False)
