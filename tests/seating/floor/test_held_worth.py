"""What held tables earned and cost is told after the night: by whom they went to, by bid prices."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from msgspec.structs import replace

from policies.floor import orders
from policies.value.hold_worth import displaced_by
from seating.booking.making import BookingResult, HeldTableGrant
from seating.db import transaction
from seating.floor.held_report import HeldTablesReport, held_tables_report
from seating.forecast.prices import refresh_prices
from seating.jobs.sweeps import close_periods, release_held_tables
from tests.support.house import (
    CLOCK,
    HOST,
    SEVEN,
    VENUE,
    at,
    book,
    house_text,
    move_clock,
    open_house,
    order,
)
from tests.support.rules import PEAK, rule
from tests.support.stand import BORIS, picture, stand, tell

if TYPE_CHECKING:
    from seating.db import Pool

EIGHT = at(1)
KEPT = PEAK | {"ladder": [{"minutes_before": 45, "keep": 2}]}


async def told(pool: Pool) -> HeldTablesReport:
    async with transaction(pool) as conn:
        return await held_tables_report(conn, VENUE, SEVEN.date(), SEVEN.date())


async def closed(pool: Pool) -> HeldTablesReport:
    await move_clock(pool, at(12))
    await close_periods(pool, CLOCK)
    return await told(pool)


@pytest.fixture
async def held(pool: Pool) -> None:
    """Three tables of two, two of them held from eight to ten and priced at noon."""
    await open_house(pool, house_text(2, 2, 2))
    await rule(pool, holds=[KEPT], decisions={"cover_value": 4000})
    await book(pool, order(1, starts=at(-1)), HOST)
    assert await refresh_prices(pool, CLOCK) == 1
    await pool.execute("update held_table set first_displaced = 7000, last_displaced = 2000")


@pytest.mark.usefixtures("held")
async def test_who_had_it_what_they_brought_and_what_it_kept_out(pool: Pool) -> None:
    first, _ = (await stand(pool)).held
    asked = replace(
        order(2, starts=EIGHT), grant=HeldTableGrant(held_id=first.held_id, reason="a regular")
    )
    made = await book(pool, asked, HOST)
    assert isinstance(made, BookingResult)
    await move_clock(pool, EIGHT)
    key = made.reservation.reservation_id
    (promise,) = (each for each in (await picture(pool)).promises if each.reservation_id == key)
    seat = orders.Seat(id=uuid4(), reservation_id=key, party_size=2, tables=promise.tables)
    assert (await told(pool)).worths[0].fate == "absent"
    await tell(pool, seat)
    report = await closed(pool)
    worths = {each.fate: each for each in report.worths}
    assert set(worths) == {"came", "unused"}
    assert (worths["came"].size, worths["came"].earned) == (2, 8000)
    assert {each.displaced for each in report.worths} == {7000}
    assert (report.earned, report.displaced) == (8000, 14_000)
    assert promise.name in worths["came"].said
    assert worths["came"].said.endswith("Holding it kept out bookings worth about €70.")


@pytest.mark.usefixtures("held")
async def test_one_given_back_cost_what_its_place_lost_meanwhile(pool: Pool) -> None:
    (first, _) = (await stand(pool)).held
    back = orders.ReleaseHeld(id=uuid4(), held_id=first.held_id, version=first.version)
    await tell(pool, back, BORIS)
    (worth,) = (await told(pool)).worths
    assert (worth.fate, worth.earned, worth.displaced) == ("given_back", 0, 5000)


@pytest.mark.usefixtures("held")
async def test_the_first_price_stays_and_none_is_taken_once_the_window_began(pool: Pool) -> None:
    await pool.execute("update bid_price set made_at = made_at - interval '2 hours'")
    await refresh_prices(pool, CLOCK)
    rows = await pool.fetch("select first_displaced, last_displaced from held_table")
    assert {row["first_displaced"] for row in rows} == {7000}
    last = {row["last_displaced"] for row in rows}
    assert 2000 not in last
    await move_clock(pool, EIGHT + timedelta(minutes=10))
    await release_held_tables(pool, CLOCK)
    assert await refresh_prices(pool, CLOCK) == 1
    assert {row["last_displaced"] for row in await pool.fetch("select * from held_table")} == last


def test_what_was_never_priced_has_no_cost() -> None:
    assert displaced_by("unused", None, None) is None
    assert displaced_by("given_back", 10, 30) == 0
