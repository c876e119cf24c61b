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
from policies.forecast.risk_calibration import UNLEARNED, ToldRisk
from policies.forecast.show_up import ShowUp, miss_odds
from policies.risk.told.features import PromiseFeatures
from policies.risk.told.model import tell_risk
from seating.book.in_force import house_of
from seating.book.periods import tonights_period
from seating.db import transaction
from seating.errors import NotFound
from seating.forecast.learning import forecast_for, learn_from_history
from seating.forecast.told_risks import risk_calibration
from seating.jobs import sweeps
from tests.support.house import CLOCK, SEVEN, VENUE, at, house_text, move_clock, open_house
from tests.support.stand import (
    about,
    clear,
    pass_minutes,
    picture,
    reserve,
    tell,
    walk_in,
    with_lunch,
)

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
    assert await learn_from_history(pool, CLOCK) == 0
    assert await count(pool, "belief") == 7


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
    model = msgspec.json.decode(kept, type=ShowUp)
    assert model.bookings == 2
    for days in range(1, 8):
        learned = await believed(pool, days)
        assert learned.missed is not None
        assert learned.missed == miss_odds(model, (TODAY + timedelta(days=days)).weekday())


async def told_to_all(pool: Pool) -> None:
    """Write down what was told with every promise: that one in two waits."""
    told = {"own_wait": 0.5, "any_wait": 0.5, "walked": 0.4, "raw": [0.5, 0.5, 0.4]}
    text = msgspec.json.encode({"told": told}).decode()
    await pool.execute("update reservation set explained = $1::jsonb", text)


async def test_a_night_teaches_how_true_the_risks_told_were(pool: Pool) -> None:
    await play(pool)
    await told_to_all(pool)
    await asyncio.gather(*(learn_from_history(pool, CLOCK) for _ in range(3)))
    async with transaction(pool) as conn:
        learned = await risk_calibration(conn, VENUE)
        seen = await picture(pool)
    assert learned.evenings == 1
    assert learned.own_wait.calibrated(0.5) < 0.5
    assert learned.walked(0.5, 0.4) < 0.4
    assert seen.calibration == learned
    await play(pool, 1)
    await learn_from_history(pool, CLOCK)
    async with transaction(pool) as conn:
        assert await risk_calibration(conn, VENUE) == learned, "nothing was told that night"


@pytest.mark.parametrize(("minutes", "walked"), [(29, False), (31, True)])
async def test_who_waits_over_half_an_hour_counts_as_walked_though_it_sat(
    pool: Pool, *, minutes: int, walked: bool
) -> None:
    await play(pool)
    await told_to_all(pool)
    late = "update seating set seated_at = seated_at + make_interval(mins => $1)"
    await pool.execute(late, minutes)
    await learn_from_history(pool, CLOCK)
    async with transaction(pool) as conn:
        learned = await risk_calibration(conn, VENUE)
    assert learned.own_wait.calibrated(0.5) > 0.5
    assert (learned.walked_of_waits.calibrated(0.8) > 0.8) is walked


async def test_risks_told_are_read_back_as_they_were_told_to_the_byte(pool: Pool) -> None:
    known = PromiseFeatures(
        size=2, hours=1.0, lead=0.0, spare=-0.000001, spare_all=0.1, fits=1.0, around=0.2,
        promised=0.3, parties=0.4, lacks=0.00001, lacks_long=0.0, beyond=True,
    )  # fmt: skip
    told = msgspec.json.encode(tell_risk(known, UNLEARNED))
    kept = await pool.fetchval("select $1::jsonb::text", told.decode())
    read = msgspec.json.decode(kept, type=ToldRisk)
    assert msgspec.json.encode(read) == told, "an order sent again is answered alike"


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
