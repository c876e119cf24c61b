"""Wrong PINs: pauses that double, then a lock that ends by itself, whatever the clock does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from policies.access.guesses import (
    PERSON,
    SLACK,
    TABLET,
    Guesses,
    is_lock,
    one_more,
    wait_after,
    waits_until,
)

NOW = datetime(2026, 11, 28, 21, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def test_of_a_tablet_the_third_wrong_pin_makes_a_pause_and_the_sixth_a_lock() -> None:
    seconds = [wait_after(TABLET, failures).total_seconds() for failures in range(8)]
    assert seconds == [0, 0, 0, 5, 10, 20, 300, 0]
    locks = [wait_after(TABLET, 6 * series) / MINUTE for series in range(1, 8)]
    assert locks == [5, 15, 30, 60, 120, 120, 120]
    assert [n for n in range(20) if is_lock(TABLET, n)] == [6, 12, 18]
    assert [wait_after(PERSON, 20 * series) / MINUTE for series in (1, 2, 3, 9)] == [
        60, 240, 720, 720,
    ]  # fmt: skip


def guesses_of_a_day() -> int:
    """How often somebody who never stops gets a PIN looked at at one tablet."""
    so_far, now, looked_at = Guesses(), NOW, 0
    while now < NOW + DAY:
        so_far = one_more(TABLET, so_far, now)
        looked_at += 1
        now = waits_until(TABLET, so_far, now) or now
    return looked_at


def test_whoever_never_stops_gets_few_guesses_a_day() -> None:
    assert guesses_of_a_day() <= 96


@given(st.integers(1, 200), st.timedeltas(timedelta(0), timedelta(days=4000)))
def test_a_clock_that_is_set_back_keeps_nobody_out_for_longer_than_the_lock(
    failures: int, back: timedelta
) -> None:
    for schedule in (TABLET, PERSON):
        so_far = one_more(schedule, Guesses(failures=failures - 1), NOW)
        until = waits_until(schedule, so_far, NOW - back)
        assert until is None or until - (NOW - back) <= wait_after(schedule, failures) + SLACK


def test_wrong_pins_of_long_ago_count_no_more() -> None:
    old = Guesses(failures=5, failed_at=NOW - DAY)
    assert one_more(TABLET, old, NOW).failures == 1
    assert one_more(PERSON, old, NOW).failures == 6
    assert one_more(TABLET, Guesses(failures=5, failed_at=NOW - DAY + MINUTE), NOW).failures == 6
    assert one_more(TABLET, Guesses(failures=5, failed_at=NOW + DAY), NOW).failures == 6
