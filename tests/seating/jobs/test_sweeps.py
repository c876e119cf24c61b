"""What time alone makes true: applied by whoever looks first, written once, whoever sweeps."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from policies.floor import orders
from seating.jobs import sweeps
from seating.turnaways.log import LoggedRefusal, turnaways_of
from tests.support.house import (
    CLOCK,
    HOST,
    NOON,
    SEVEN,
    VENUE,
    at,
    book,
    house_text,
    move_clock,
    open_house,
    order,
)
from tests.support.stand import (
    about,
    clear,
    moved_in,
    of,
    pass_minutes,
    picture,
    promise,
    reserve,
    stand,
    state,
    take_back,
    tell,
    walk_in,
    with_lunch,
)

if TYPE_CHECKING:
    from seating.db import Pool

ROOM = house_text(2, 2, 4, 4, joins=[("1", "2")])
EVENTS = "select count(*) from outbox where event = $1"


@pytest.fixture(autouse=True)
async def evening(pool: Pool) -> None:
    await open_house(pool, ROOM)
    await move_clock(pool, SEVEN)


async def test_a_late_party_is_late_since_the_minute_it_was_whenever_somebody_notices(
    pool: Pool,
) -> None:
    coming = await reserve(pool)
    await pass_minutes(pool, 12)
    (shown,) = (await stand(pool)).reservations
    assert shown.late_at == at(10 / 60)
    await sweeps.mark_late_and_no_show(pool, CLOCK)
    written = await pool.fetchval("select late_at from reservation")
    assert written == at(10 / 60)
    assert (await promise(pool, coming.reservation_id)).version == coming.version


async def test_two_sweepers_and_a_tap_mark_a_no_show_once(pool: Pool) -> None:
    coming = await reserve(pool)
    await pass_minutes(pool, 16)
    sweeping = [sweeps.mark_late_and_no_show(pool, CLOCK) for _ in range(4)]
    await asyncio.gather(*sweeping, walk_in(pool, "4"))
    assert await pool.fetchval(EVENTS, "reservation.no_show") == 1
    (row,) = await pool.fetch("select state, version from reservation")
    assert tuple(row) == ("no_show", coming.version + 1)


async def test_a_no_show_makes_room_for_who_had_none(pool: Pool) -> None:
    gone = await reserve(pool, 1, party_size=4)
    exposed = await reserve(pool, 2, starts=at(0.5), party_size=4)
    for table in ("1", "2"):
        await walk_in(pool, table)
    await walk_in(pool, *(await promise(pool, exposed.reservation_id)).tables, size=4)
    assert (await promise(pool, exposed.reservation_id)).exposed
    await pass_minutes(pool, 16)
    await sweeps.mark_late_and_no_show(pool, CLOCK)
    assert await state(pool, gone.reservation_id) == "no_show"
    assert not (await promise(pool, exposed.reservation_id)).exposed


async def test_at_the_close_nothing_of_the_period_is_left_open(pool: Pool) -> None:
    never_came = await reserve(pool, 1, starts=at(2.9))
    never_seated = await reserve(pool, 2)
    await tell(pool, orders.Arrive(**about(never_seated), arrived=2))
    asked = await reserve(pool, 3, starts=at(2))
    await pool.execute(
        "update reservation set state = 'requested' where reservation_id = $1",
        asked.reservation_id,
    )
    await pool.execute("delete from intention where subject_id = $1", asked.reservation_id)
    await tell(pool, orders.Wait(id=uuid4(), party_size=2, quoted_minutes=30))
    await move_clock(pool, at(5.1))
    await asyncio.gather(*(sweeps.close_periods(pool, CLOCK) for _ in range(4)))
    assert await state(pool, never_came.reservation_id) == "no_show"
    assert await state(pool, never_seated.reservation_id) == "walked"
    assert await state(pool, asked.reservation_id) == "declined"
    assert await pool.fetchval("select state from wait_entry") == "left"
    assert await pool.fetchval("select count(*) from intention") == 0
    assert await pool.fetchval(EVENTS, "reservation.walked") == 1
    turned = await pool.fetch("select channel from turnaway order by channel")
    assert [row["channel"] for row in turned] == ["phone", "waitlist"]


async def test_a_period_stays_open_while_somebody_sits_but_not_all_night(pool: Pool) -> None:
    coming = await reserve(pool)
    told = await tell(pool, orders.Seat(**about(coming), tables=("1", "2")))
    await tell(pool, orders.Split(**of(told.seatings[0]), party_size=1, tables=("2",)))
    await move_clock(pool, at(6))
    await sweeps.close_periods(pool, CLOCK)
    assert await pool.fetchval("select closed_at from period") is None
    await move_clock(pool, at(9))
    await sweeps.close_periods(pool, CLOCK)
    assert await pool.fetchval("select closed_at from period") == at(9)
    assert await state(pool, coming.reservation_id) == "finished"
    assert await pool.fetchval("select count(*) from seating_table where to_at is null") == 0


async def test_leaving_the_waitlist_is_a_turnaway_until_it_is_taken_back(pool: Pool) -> None:
    told = await tell(pool, orders.Wait(id=uuid4(), party_size=3, quoted_minutes=20))
    wish = orders.Leave(id=uuid4(), wait_id=told.waiting[0].wait_id, version=1)
    left = await tell(pool, wish)
    async with pool.acquire() as conn:
        (night,) = await turnaways_of(conn, VENUE, SEVEN.date())
    assert (night.kind, night.covers, night.channel) == ("regret", 3, "waitlist")
    await take_back(pool, left)
    async with pool.acquire() as conn:
        assert await turnaways_of(conn, VENUE, SEVEN.date()) == ()


async def test_a_lunch_that_runs_into_dinner_is_known_to_its_plan(pool: Pool) -> None:
    await open_house(pool, with_lunch(ROOM))
    await move_clock(pool, NOON)
    seated = await walk_in(pool, "1")
    dinner = await reserve(pool, starts=at(-1))
    await tell(pool, orders.Assign(**about(dinner), tables=("1",)))
    await move_clock(pool, at(-1.1))
    assert await sweeps.stretch_overruns(pool, CLOCK) == 1
    moved = await promise(pool, dinner.reservation_id)
    assert moved.tables
    assert moved.tables != ("1",)
    await clear(pool, seated)


async def test_a_party_about_to_overrun_is_planned_around_before_its_end(pool: Pool) -> None:
    await walk_in(pool, "4")
    ends = (await picture(pool)).seatings[0].expected_end
    coming = await reserve(pool, starts=ends)
    await tell(pool, orders.Assign(**about(coming), tables=("4",)))
    await move_clock(pool, ends - timedelta(minutes=4))
    assert await sweeps.stretch_overruns(pool, CLOCK) == 1
    moved = await pool.fetchval("select table_id from intention where kind = 'reservation'")
    assert moved == "1"


async def test_a_lunch_party_extended_into_dinner_moves_dinner_in_the_same_tap(
    pool: Pool,
) -> None:
    await open_house(pool, with_lunch(ROOM))
    await move_clock(pool, at(-4))
    seated = await walk_in(pool, "1")
    dinner = await reserve(pool, starts=at(-1))
    await tell(pool, orders.Assign(**about(dinner), tables=("1",)))
    wish = orders.Extend(id=uuid4(), seating_id=seated.seating_id, version=1, minutes=120)
    told = await tell(pool, wish)
    assert moved_in(told) == (dinner.reservation_id,)
    assert (await picture(pool)).seatings[0].expected_end == at(-0.5)


async def test_a_table_freed_by_the_clock_goes_to_who_had_none_whoever_meets_it(
    pool: Pool,
) -> None:
    """No sweep runs: somebody who asks for the table meets the no-show first."""
    await open_house(pool, house_text(2, 2))
    gone, other = await reserve(pool, 1), await reserve(pool, 2, starts=at(0.5))
    for table in other.tables:
        await move_clock(pool, SEVEN)
        await tell(pool, orders.BlockTable(id=uuid4(), table_id=table, ends=at(4)))
    assert (await promise(pool, other.reservation_id)).exposed
    await move_clock(pool, at(0.26))
    assert isinstance(await book(pool, order(3, starts=at(0.5)), HOST), LoggedRefusal)
    kept = await promise(pool, other.reservation_id)
    assert (kept.exposed, kept.tables) == (False, gone.tables)
