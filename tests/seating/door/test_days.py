"""The dates ahead in one round trip, also of a full book; the stand where a period was given up."""

from __future__ import annotations

import time
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from seating.db import transaction
from seating.door.days import DaysAhead, days_ahead
from tests.support.drafts import published
from tests.support.house import (
    CLOCK,
    NOON,
    VENUE,
    at,
    house_text,
    move_clock,
    open_house,
)
from tests.support.stand import reserve, stand, with_lunch

if TYPE_CHECKING:
    from seating.db import Pool

TODAY = date(2027, 3, 3)
ROOM = with_lunch(house_text(2, 4))
WITHOUT_LUNCH = house_text(2, 4)

FULL_BOOK = """
with days as (
    select period_id, opens from period where venue_id = $1),
copies as (
    select p.period_id, p.opens, n from days p, generate_series(1, 84) as n)
insert into reservation (venue_id, reservation_id, period_id, code, state, party_size, starts, ends,
                         needs, kind, channel, name, created_at, updated_at)
select $1, gen_random_uuid(), c.period_id, c.period_id || '-' || c.n, 'booked', 2, c.opens,
       c.opens + interval '90 minutes', '{}', 'physical', 'phone', 'Guest', $2, $2
from copies c
"""

SIXTY_DAYS = """
insert into period (venue_id, period_id, service_date, name, opens, last_seating, closes,
                    house_version)
select $1, d::date || '.' || n.name, d::date, n.name, d + n.at, d + n.at + interval '2 hours',
       d + n.at + interval '4 hours', 1
from generate_series($2::date, $2::date + 59, interval '1 day') as d,
     (values ('lunch', interval '11 hours'), ('dinner', interval '17 hours')) as n (name, at)
"""


@pytest.fixture(autouse=True)
async def house(pool: Pool) -> None:
    await open_house(pool, ROOM)


async def days(pool: Pool, first: date | None = None, count: int = 60) -> DaysAhead:
    async with transaction(pool) as conn:
        return await days_ahead(conn, VENUE, first, count, CLOCK)


async def test_a_date_tells_what_is_booked_held_and_lost(pool: Pool) -> None:
    coming = await reserve(pool, 1, starts=at(24))
    await reserve(pool, 2, starts=at(24), party_size=4)
    await pool.execute(
        "insert into exposure (venue_id, reservation_id, period_id, opened_at)"
        " values ($1, $2, '2027-03-04.dinner', $3)",
        VENUE, coming.reservation_id, NOON,
    )  # fmt: skip
    found = await days(pool, TODAY, 2)
    lunch, dinner = found.days[1].services
    assert (lunch.booked.reservations, lunch.held_tables, lunch.cases) == (0, 0, 0)
    assert (dinner.booked.reservations, dinner.booked.covers, dinner.cases) == (2, 6, 1)
    assert found.days[0].services[0].over is False


async def test_what_was_given_up_is_listed_while_somebody_is_promised_there(pool: Pool) -> None:
    await reserve(pool, 1, starts=at(18))  # lunch tomorrow
    await published(pool, WITHOUT_LUNCH, TODAY, "become_cases")
    found = (await days(pool, TODAY, 3)).days
    assert [[each.period.name for each in day.services] for day in found] == [
        ["dinner"],
        ["lunch", "dinner"],
        ["dinner"],
    ]
    assert [each.served for each in found[1].services] == [False, True]


async def test_of_two_periods_of_today_the_served_one_is_shown_first(pool: Pool) -> None:
    await reserve(pool, 1, starts=NOON + timedelta(minutes=30))
    await move_clock(pool, NOON + timedelta(minutes=10))
    await published(pool, WITHOUT_LUNCH, TODAY, "become_cases")
    shown = (await stand(pool)).period
    assert shown is not None
    assert (shown.name, shown.served) == ("dinner", True)


async def test_sixty_days_of_ten_thousand_reservations_take_milliseconds(pool: Pool) -> None:
    await pool.execute(SIXTY_DAYS, VENUE, TODAY)
    await pool.execute(FULL_BOOK, VENUE, NOON)
    await pool.execute("analyze reservation")
    found = await days(pool)
    assert sum(each.booked.reservations for day in found.days for each in day.services) == 10_080
    took = []
    for _ in range(3):
        begun = time.perf_counter()
        await days(pool)
        took.append(time.perf_counter() - begun)
    assert min(took) < 0.25, took  # some 20 ms on an idle machine
