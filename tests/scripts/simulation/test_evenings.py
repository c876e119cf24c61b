"""Which evening the demo plays next, and where a second start takes it up."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from scripts.simulation.evenings import EVENINGS_APART, evening_ahead, middle_of
from scripts.simulation.play import BOOKING_DAYS, NOBODY_CLEARED, Plan
from scripts.simulation.schedule import Schedule
from scripts.simulation.written_house import read_house

if TYPE_CHECKING:
    from scripts.simulation.evenings import EveningAhead
    from scripts.simulation.written_house import Hours

BISTRO = read_house("bistro")
FRIDAY, SATURDAY, TUESDAY = date(2027, 3, 12), date(2027, 3, 13), date(2027, 3, 16)
HOUR, DAYS = timedelta(hours=1), timedelta(days=28)


def evening(day: date) -> Hours:
    found = BISTRO.evening_of(day)
    assert found is not None
    return found


def ahead(now: datetime, rate: float = 1.0, wall: datetime | None = None) -> EveningAhead:
    return evening_ahead(BISTRO, now, rate=rate, wall=wall or now)


def test_a_new_demo_is_booked_for_four_weeks_and_lively_in_the_middle_of_tonight() -> None:
    wall = evening(FRIDAY).opens + 4 * HOUR
    found = ahead(wall - DAYS, 0, wall)
    assert (found.hours, found.since, found.taken_up) == (evening(FRIDAY), wall - DAYS, False)
    assert f"{found.lively_from.astimezone(BISTRO.zone):%H:%M}" == "20:15"


def test_the_evenings_of_one_house_are_on_one_weekday_and_do_not_overlap() -> None:
    first, second = (
        Plan(house=BISTRO, hours=BISTRO.next_evening(day))
        for day in (FRIDAY, FRIDAY + EVENINGS_APART)
    )
    assert second.hours.day.weekday() == first.hours.day.weekday()
    assert second.begins == second.hours.opens - BOOKING_DAYS
    assert second.begins > first.hours.closes + NOBODY_CLEARED


def test_an_evening_that_goes_on_is_taken_up_where_it_is() -> None:
    hours = evening(FRIDAY)
    for now in (hours.opens - HOUR / 2, hours.opens + 3 * HOUR, hours.closes + HOUR):
        found = ahead(now)
        assert (found.hours, found.since, found.taken_up) == (hours, now, True)
        assert found.lively_from == now, "a clock that runs is never pushed"


def test_an_evening_left_while_it_was_played_fast_is_played_on_to_its_middle() -> None:
    hours = evening(FRIDAY)
    found = ahead(hours.opens + HOUR / 2, rate=0)
    assert (found.hours, found.taken_up) == (hours, True)
    assert found.lively_from == middle_of(hours)


def test_an_evening_left_days_ago_is_over() -> None:
    now = evening(FRIDAY).opens + HOUR / 2
    found = ahead(now, rate=0, wall=evening(SATURDAY).opens - 5 * HOUR)
    assert (found.hours, found.since, found.taken_up) == (evening(SATURDAY), now, False)


def test_the_last_guests_are_followed_by_the_next_evening_and_time_never_goes_back() -> None:
    now = evening(FRIDAY).closes + 4 * HOUR
    found = ahead(now, rate=0, wall=evening(FRIDAY).opens)
    assert (found.hours, found.since, found.taken_up) == (evening(SATURDAY), now, False)


def test_a_day_on_which_the_house_is_closed_is_left_out() -> None:
    sunday = evening(date(2027, 3, 14))
    assert ahead(sunday.closes + 3 * HOUR).hours == evening(TUESDAY)


def test_an_evening_follows_whatever_the_minute() -> None:
    now = evening(FRIDAY).opens - 12 * HOUR
    for _ in range(7 * 24 * 4):
        found = ahead(now)
        assert found.since == now
        assert found.hours.closes + 2 * HOUR > now
        assert found.taken_up or found.hours.opens >= now + HOUR
        now += timedelta(minutes=15)


def test_what_was_due_before_the_evening_is_taken_up_is_not_done_again() -> None:
    start = datetime(2027, 3, 12, 18, tzinfo=UTC)
    schedule = Schedule(start)

    async def nothing() -> None: ...

    for minute in (10, 20, 30, 40):
        schedule.at(start + timedelta(minutes=minute), nothing)
    schedule.begin(start + timedelta(minutes=20))
    due = schedule.take(start + HOUR)
    assert [when for when, _ in due] == [start + timedelta(minutes=30 + more) for more in (0, 10)]
