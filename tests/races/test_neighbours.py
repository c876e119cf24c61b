"""Two periods that share tables: tea runs into dinner."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from seating.booking.changing import Change, cancel, change
from seating.db import run
from tests.races.conftest import RECOUNT, open_period, together
from tests.support.house import (
    CLOCK,
    VENUE,
    at,
    booked,
    house_text,
    move_clock,
    new_site,
    open_house,
    order,
    site,
)

if TYPE_CHECKING:
    from uuid import UUID

    from seating.book.reservations import Booker, Reservation
    from seating.db import Connection, Pool
    from seating.turnaways.log import LoggedRefusal

TEA = """
[[periods]]
name = "tea"
days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
opens = "15:00"
last_seating = "17:00"
closes = "18:00"
pacing = 500
"""


@pytest.fixture
async def site_of_tea(pool: Pool) -> Booker:
    await open_house(pool, house_text(2, 2, 2).replace("[house_rules]", TEA + "[house_rules]"))
    return site((await new_site(pool))[0])


async def call_off(conn: Connection, which: UUID, booker: Booker) -> Reservation:
    return await cancel(conn, VENUE, which, "ill", booker, CLOCK)


async def move(
    conn: Connection, which: UUID, hours: float, booker: Booker
) -> Reservation | LoggedRefusal:
    return await change(conn, VENUE, which, Change(starts=at(hours)), booker, CLOCK, version=None)


async def test_a_party_cancelled_while_it_moves_is_counted_nowhere(
    pool: Pool, site_of_tea: Booker
) -> None:
    for day in range(10):
        tea, dinner = 24 * day - 2, 24 * day
        await open_period(pool, at(tea), at(dinner))
        done = await booked(pool, order(day, starts=at(tea)), site_of_tea)
        which = done.reservation.reservation_id
        await together(
            [
                run(pool, partial(move, which=which, hours=dinner, booker=site_of_tea)),
                run(pool, partial(call_off, which=which, booker=site_of_tea)),
            ]
        )
    states = await pool.fetch("select distinct state from reservation")
    assert [row["state"] for row in states] == ["cancelled"]
    assert await pool.fetch(RECOUNT) == []


async def test_a_party_that_is_late_for_tea_is_found_out_by_dinner(
    pool: Pool, site_of_tea: Booker
) -> None:
    await booked(pool, order(1, starts=at(-2)), site_of_tea)
    await move_clock(pool, at(-2) + timedelta(minutes=30))
    await booked(pool, order(2, starts=at(0)), site_of_tea)
    states = await pool.fetch("select state from reservation order by starts")
    assert [row["state"] for row in states] == ["no_show", "booked"]
    assert await pool.fetch(RECOUNT) == []
