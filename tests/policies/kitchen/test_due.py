"""When the kitchen has to bring or to know something, and when that is past."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from policies.kitchen.due import LARGE_FROM, large_party_due, moment_of

SEVEN = datetime(2027, 3, 3, 18, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_a_task_is_to_come_then_due_and_after_five_minutes_past_its_time() -> None:
    moments = {late: moment_of(SEVEN, SEVEN + late * MINUTE) for late in (-1, 0, 5, 6)}
    assert moments == {-1: "later", 0: "now", 5: "now", 6: "over"}


def test_what_waits_for_the_check_is_due_once_it_is_down() -> None:
    assert (moment_of(None, SEVEN, due=False), moment_of(None, SEVEN)) == ("later", "now")


def test_a_large_party_is_told_of_an_hour_before_and_known_a_quarter_before() -> None:
    starts = SEVEN + 60 * MINUTE
    assert large_party_due(LARGE_FROM, starts, SEVEN) == SEVEN + 45 * MINUTE
    assert large_party_due(LARGE_FROM, starts, SEVEN - MINUTE) is None
    assert large_party_due(LARGE_FROM - 1, starts, SEVEN) is None
