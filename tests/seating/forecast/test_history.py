"""The book read back: an evening as it was played is the night that is remembered."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from policies.floor import orders
from policies.forecast.forecast import elapsed_share
from seating.db import transaction
from seating.forecast.history import past_nights, resolved_bookings
from seating.jobs import sweeps
from seating.turnaways.log import LoggedRefusal
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
    new_site,
    open_house,
    order,
    site,
)
from tests.support.stand import about, clear, pass_minutes, reserve, tell, walk_in

if TYPE_CHECKING:
    from policies.book.picture import Promise
    from policies.forecast.past_night import PastNight
    from seating.db import Pool
    from seating.forecast.history import ResolvedBookings

TODAY = date(2027, 3, 3)


@pytest.fixture(autouse=True)
async def evening(pool: Pool) -> None:
    await open_house(pool, house_text(2, 2, 4, 4))


async def over(pool: Pool) -> None:
    await move_clock(pool, at(12))
    await sweeps.close_periods(pool, CLOCK)


async def remembered(pool: Pool) -> PastNight:
    await over(pool)
    async with transaction(pool) as conn:
        (night,) = await past_nights(conn, VENUE, TODAY, TODAY)
    assert night.period.period_id == "2027-03-03.dinner"
    return night.past


async def resolved(pool: Pool) -> ResolvedBookings:
    async with transaction(pool) as conn:
        return await resolved_bookings(conn, VENUE, TODAY, TODAY + timedelta(days=9))


async def cancel(pool: Pool, promise: Promise) -> None:
    change = "update reservation set state = 'cancelled' where reservation_id = $1"
    await pool.execute(change, promise.reservation_id)
    await pool.execute("delete from intention where subject_id = $1", promise.reservation_id)


async def sit(pool: Pool, coming: Promise, minutes: float) -> None:
    """The party sits down now and leaves after so many minutes."""
    told = await tell(pool, orders.Seat(**about(coming), tables=coming.tables))
    await pass_minutes(pool, minutes)
    await clear(pool, told.seatings[0])


async def test_an_evening_is_remembered_as_it_was(pool: Pool) -> None:
    client, _ = await new_site(pool)
    came = await reserve(pool, 1)
    await reserve(pool, 2, starts=at(1), party_size=4)
    await cancel(pool, await reserve(pool, 3, starts=at(1)))
    await book(pool, order(4, starts=at(2)), site(client))
    await move_clock(pool, at(5 / 60))
    await sit(pool, came, 80.0)
    seated = await walk_in(pool, "3", size=3)
    await pass_minutes(pool, 60.0)
    await clear(pool, seated)
    night = await remembered(pool)
    assert night.requests == (0,) * 4 + (1,) + (0,) * 3 + (2,) + (0,) * 3 + (1,)
    assert night.request_sizes == (0, 3, 0, 1)
    assert (night.booked, night.cancelled, night.kept_online, night.kept_phone) == (4, 1, 1, 2)
    assert (night.no_shows, night.came) == (2, 1)
    assert night.walk_ins == (0,) * 9 + (1,)
    assert night.walk_in_sizes == (0, 0, 1)
    assert night.late == (5.0,)
    assert night.stays == ((), (80.0,), (60.0,))
    assert night.covers == 5
    assert night.on_sale == ()


async def test_a_slot_that_refuses_and_takes_no_more_had_sold_out(pool: Pool) -> None:
    await move_clock(pool, NOON - timedelta(days=2))
    for number in range(4):
        await reserve(pool, number)
    for number in (5, 6):
        assert isinstance(await book(pool, order(number), HOST), LoggedRefusal)
    night = await remembered(pool)
    assert night.requests == (0,) * 4 + (4,)
    assert night.refused == (0,) * 4 + (2,)
    assert night.on_sale == pytest.approx([1.0] * 4 + [elapsed_share(2.25)])
    assert night.request_sizes == (0, 6)


async def test_a_refusal_that_a_booking_followed_did_not_end_the_sale(pool: Pool) -> None:
    first = [await reserve(pool, number) for number in range(4)]
    assert isinstance(await book(pool, order(5), HOST), LoggedRefusal)
    await cancel(pool, first[0])
    await pass_minutes(pool, 60.0)
    await reserve(pool, 6)
    night = await remembered(pool)
    assert night.requests == (0,) * 4 + (6,)
    assert night.refused == ()
    assert night.on_sale == ()


async def test_a_guest_refused_first_and_booked_later_asked_once(pool: Pool) -> None:
    for number in range(4):
        await reserve(pool, number)
    assert isinstance(await book(pool, order(5), HOST), LoggedRefusal)
    await reserve(pool, 5, starts=at(2))
    night = await remembered(pool)
    assert sum(night.requests) + sum(night.refused) == 5


async def test_refusals_the_room_had_no_part_in_are_no_demand(pool: Pool) -> None:
    assert isinstance(await book(pool, order(1, party_size=9), HOST), LoggedRefusal)
    assert isinstance(await book(pool, order(1, starts=at(12)), HOST), LoggedRefusal)
    await reserve(pool, 2)
    night = await remembered(pool)
    assert sum(night.requests) + sum(night.refused) == 1


async def test_parties_that_wait_count_once_seated_or_not(pool: Pool) -> None:
    await move_clock(pool, SEVEN)
    sits, leaves = uuid4(), uuid4()
    for wait in (sits, leaves):
        await tell(pool, orders.Wait(id=wait, party_size=2, quoted_minutes=30))
    (first, _) = await pool.fetch("select wait_id, version from wait_entry order by wait_id")
    await pass_minutes(pool, 40.0)
    await tell(
        pool,
        orders.Seat(id=uuid4(), wait_id=first["wait_id"], version=first["version"], tables=("1",)),
    )
    night = await remembered(pool)
    assert night.walk_ins == (0,) * 4 + (2,)
    assert (night.requests, night.refused) == ((), ())
    assert night.covers == 2


async def test_a_table_forgotten_on_the_screen_says_nothing_of_stays(pool: Pool) -> None:
    await move_clock(pool, SEVEN)
    await walk_in(pool, "1")
    taken_back = await walk_in(pool, "2")
    await pass_minutes(pool, 2.0)
    await clear(pool, taken_back)
    night = await remembered(pool)
    assert night.stays == ()
    assert sum(night.walk_ins) == 2


async def test_a_night_that_is_not_over_is_no_history(pool: Pool) -> None:
    await reserve(pool)
    async with transaction(pool) as conn:
        assert await past_nights(conn, VENUE, TODAY, TODAY) == ()
    assert (await resolved(pool)).bookings == ()


async def test_a_booking_is_told_as_known_when_it_was_made(pool: Pool) -> None:
    guest = await reserve(pool, 1)
    await move_clock(pool, SEVEN)
    await sit(pool, guest, 90.0)
    await over(pool)
    await reserve(pool, 1, starts=at(25), party_size=3)
    await move_clock(pool, at(40))
    await sweeps.close_periods(pool, CLOCK)
    first, second = (await resolved(pool)).bookings
    assert (first.lead_days, first.weekday, first.party_size) == (0.25, 2, 2)
    assert (second.party_size, second.weekday, second.channel) == (3, 3, "phone")
    assert second.hour == first.hour + 1.0  # an hour later into the evening
    assert (await resolved(pool)).missed == (False, True)
