"""What is learned when a date is over: once, kept beside what came, and believed from then on."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest

from policies.floor import orders
from policies.forecast.learning import no_show_factor
from policies.forecast.past_night import PastNight
from policies.forecast.prior import prior_forecast
from policies.forecast.show_up import ShowUp
from seating.book.in_force import house_of
from seating.book.periods import tonights_period
from seating.db import transaction
from seating.errors import NotFound
from seating.forecast.learning import calibration, forecast_for, learn_from_history
from seating.jobs import sweeps
from tests.support.house import CLOCK, SEVEN, VENUE, at, house_text, move_clock, open_house
from tests.support.stand import about, clear, pass_minutes, reserve, tell, walk_in, with_lunch

if TYPE_CHECKING:
    from policies.forecast.forecast import Forecast
    from policies.house.calendar import Period
    from seating.db import Pool

TODAY = SEVEN.date()


@pytest.fixture(autouse=True)
async def evening(pool: Pool) -> None:
    await open_house(pool, house_text(2, 2, 4, 4))


async def play(pool: Pool, day: int = 0) -> None:
    """One of two bookings comes; two walk-ins sit for two hours; the night is closed."""
    seven = at(24.0 * day)
    await move_clock(pool, seven - timedelta(hours=3))
    await reserve(pool, 10 * day + 1, starts=seven)
    coming = await reserve(pool, 10 * day + 2, starts=seven)
    await move_clock(pool, seven)
    sitting = [
        (await tell(pool, orders.Seat(**about(coming), tables=coming.tables))).seatings[0],
        await walk_in(pool, "3"),
        await walk_in(pool, "4"),
    ]
    await pass_minutes(pool, 120.0)
    for seating in sitting:
        await clear(pool, seating)
    await move_clock(pool, seven + timedelta(hours=8))
    await sweeps.close_periods(pool, CLOCK)


async def period(pool: Pool, days: int = 7) -> Period:
    """The dinner so many days after the Wednesday."""
    async with transaction(pool) as conn:
        return tonights_period(await house_of(conn, VENUE), at(24.0 * days))


async def believed(pool: Pool, days: int = 7, caution: float = 0.0) -> Forecast:
    dinner = await period(pool, days)
    async with transaction(pool) as conn:
        return await forecast_for(conn, VENUE, dinner, stay_caution=caution)


async def at_first(pool: Pool) -> Forecast:
    dinner = await period(pool)
    async with transaction(pool) as conn:
        return prior_forecast((await house_of(conn, VENUE)).house, dinner)


async def count(pool: Pool, table: str) -> int:
    found: int = await pool.fetchval(f"select count(*) from {table}")
    return found


async def test_before_any_night_the_published_figures_are_scaled_to_the_room(pool: Pool) -> None:
    found = await believed(pool)
    assert found == await at_first(pool)
    assert 3.0 < found.requests < 12.0
    assert found.requests / found.walk_ins == pytest.approx(3.5)
    assert len(found.request_slots) == 17
    assert found.request_sizes[4:] == (0.0,) * 4


async def test_a_night_moves_what_is_believed_of_the_next(pool: Pool) -> None:
    before = await believed(pool)
    await play(pool)
    assert await learn_from_history(pool, CLOCK) == 1
    after = await believed(pool)
    assert 2.0 < after.requests < before.requests
    assert after.stays[1] > before.stays[1]
    half = [PastNight(kept_phone=2, no_shows=1)]
    assert after.no_show_online == pytest.approx(0.046 * no_show_factor(before, half))


async def test_a_weekday_is_moved_by_its_own_nights_beyond_what_all_teach(pool: Pool) -> None:
    await play(pool)
    await learn_from_history(pool, CLOCK)
    wednesday, thursday = await believed(pool, 7), await believed(pool, 8)
    assert 2.0 < wednesday.requests < thursday.requests
    assert wednesday.stays == thursday.stays


async def test_learning_twice_and_by_several_at_once_is_learning_once(pool: Pool) -> None:
    await play(pool)
    await asyncio.gather(*(learn_from_history(pool, CLOCK) for _ in range(4)))
    assert await count(pool, "lesson") == 1
    assert await count(pool, "belief") == 7
    rows = await count(pool, "calibration")
    assert await learn_from_history(pool, CLOCK) == 0
    assert await count(pool, "calibration") == rows > 0


async def test_a_date_with_a_period_still_open_is_not_over(pool: Pool) -> None:
    await reserve(pool)
    await move_clock(pool, at(2))
    assert await learn_from_history(pool, CLOCK) == 0
    assert await count(pool, "lesson") == 0


async def test_a_lunch_that_is_over_waits_for_its_dinner(pool: Pool) -> None:
    await open_house(pool, with_lunch(house_text(2, 2, 4, 4)))
    await move_clock(pool, at(-6))
    await walk_in(pool, "1")
    await reserve(pool)
    await move_clock(pool, at(2))
    await sweeps.close_periods(pool, CLOCK)
    assert await pool.fetchval("select count(*) from period where closed_at is not null") == 1
    assert await learn_from_history(pool, CLOCK) == 0


async def test_every_night_is_kept_beside_what_was_believed_of_it(pool: Pool) -> None:
    first = await at_first(pool)
    await play(pool)
    await learn_from_history(pool, CLOCK)
    learned = await believed(pool, 1)
    await play(pool, 1)
    await learn_from_history(pool, CLOCK)
    async with transaction(pool) as conn:
        rows = await calibration(conn, VENUE, TODAY)
        later = await calibration(conn, VENUE, TODAY + timedelta(days=1))
    told = {(row.service_date, row.measure): (row.expected, row.actual) for row in rows}
    assert told[TODAY, "requests"] == (first.requests, 2.0)
    assert told[TODAY, "no_shows"] == pytest.approx((2 * 0.057, 1.0))
    assert told[TODAY, "shows"] == pytest.approx((2 * 0.943, 1.0))
    assert told[TODAY, "walk_ins"] == (first.walk_ins, 2.0)
    assert told[TODAY, "stay_minutes"] == pytest.approx((first.stays[1], 120.0))
    tomorrow = TODAY + timedelta(days=1)
    assert told[tomorrow, "stay_minutes"] == pytest.approx((learned.stays[1], 120.0))
    assert {row.service_date for row in later} == {tomorrow}


async def test_earlier_beliefs_stay_and_a_night_is_told_by_those_before_it(pool: Pool) -> None:
    for day in (0, 1):
        await play(pool, day)
        await learn_from_history(pool, CLOCK)
    assert await count(pool, "belief") == 14
    assert await believed(pool, 0) == await at_first(pool)
    assert await believed(pool, 1) != await believed(pool, 8)


async def test_the_model_of_who_comes_is_kept_with_the_lesson(pool: Pool) -> None:
    await play(pool)
    await learn_from_history(pool, CLOCK)
    kept = await pool.fetchval("select show_up::text from lesson")
    assert msgspec.json.decode(kept, type=ShowUp).bookings == 2


async def test_caution_is_the_readers_and_never_kept(pool: Pool) -> None:
    await play(pool)
    await learn_from_history(pool, CLOCK)
    plain, longer = await believed(pool), await believed(pool, caution=0.1)
    assert longer.stays == pytest.approx([stay * 1.1 for stay in plain.stays])


async def test_a_venue_nobody_knows_has_no_forecast(pool: Pool) -> None:
    dinner = await period(pool)
    async with transaction(pool) as conn:
        with pytest.raises(NotFound):
            await forecast_for(conn, "elsewhere", dinner)
