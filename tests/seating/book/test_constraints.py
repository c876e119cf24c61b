"""What the database itself refuses, whatever the code above it may do."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import asyncpg
import pytest

from seating.booking.slot_holds import ClientSlotHold, HoldRequest, hold_slot
from seating.db import run
from tests.support.house import (
    CLOCK,
    NOON,
    SEVEN,
    VENUE,
    at,
    booked,
    house_text,
    new_site,
    open_house,
    order,
    site,
)

if TYPE_CHECKING:
    from datetime import datetime

    from seating.book.reservations import Booker
    from seating.db import Pool

PERIOD = "2027-03-03.dinner"
INTEND = """
insert into intention (venue_id, subject_id, table_id, kind, place, starts, ends)
values ($1, $2, $3, 'block', 0, $4, $5)
"""
SEAT = """
insert into seating (venue_id, seating_id, period_id, state, party_size, seated_at, expected_end,
                     counted_at)
values ($1, $2, $3, 'seated', 2, $4, $5, $4)
"""
TAKE = """
insert into seating_table (venue_id, table_id, seating_id, place, from_at)
values ($1, $2, $3, 0, $4)
"""
PROMISE = """
insert into reservation (venue_id, reservation_id, period_id, code, state, party_size, starts,
    ends, kind, channel, name, created_at, updated_at, guest_id, slot_hold_id, duplicate_allowed)
select venue_id, $2::uuid, period_id, $2::uuid::text, state, party_size, $3::timestamptz,
       $4::timestamptz,
       kind, channel, name,
       created_at, updated_at, guest_id, slot_hold_id, $5
from reservation where venue_id = $1 and reservation_id = $6
"""


@pytest.fixture
async def partner(pool: Pool) -> Booker:
    await open_house(pool, house_text(2, 2))
    return site((await new_site(pool))[0])


async def intend(pool: Pool, table: str, starts: datetime, ends: datetime) -> None:
    await pool.execute(INTEND, VENUE, uuid4(), table, starts, ends)


async def promise_again(
    pool: Pool, like: UUID, starts: datetime, ends: datetime, *, allowed: bool = False
) -> None:
    await pool.execute(PROMISE, VENUE, uuid4(), starts, ends, allowed, like)


@pytest.mark.usefixtures("partner")
async def test_two_intentions_never_overlap_on_a_table(pool: Pool) -> None:
    await intend(pool, "1", at(0), at(2))
    await intend(pool, "1", at(2), at(3))
    await intend(pool, "2", at(0), at(2))
    with pytest.raises(asyncpg.ExclusionViolationError, match="intention_overlap"):
        await intend(pool, "1", at(1.75), at(2.25))


async def test_a_table_has_at_most_one_uncleared_seating(pool: Pool, partner: Booker) -> None:
    await booked(pool, order(1), partner)
    one, other = uuid4(), uuid4()
    for seating in (one, other):
        await pool.execute(SEAT, VENUE, seating, PERIOD, NOON, SEVEN)
    await pool.execute(TAKE, VENUE, "1", one, NOON)
    with pytest.raises(asyncpg.UniqueViolationError, match="seating_table_occupied"):
        await pool.execute(TAKE, VENUE, "1", other, NOON)
    await pool.execute("update seating_table set to_at = $1", SEVEN)
    await pool.execute(TAKE, VENUE, "1", other, NOON)


@pytest.mark.parametrize("counters", ["parties = 1", "covers = 2"])
async def test_nothing_is_overbooked_beyond_the_cap(
    pool: Pool, partner: Booker, counters: str
) -> None:
    await booked(pool, order(1), partner)
    with pytest.raises(asyncpg.CheckViolationError):
        await pool.execute(f"update period set overbooked_{counters}")
    await pool.execute(
        "update period set overbooking_cap_parties = 1, overbooking_cap_covers = 2,"
        " overbooked_parties = 1, overbooked_covers = 2"
    )
    with pytest.raises(asyncpg.CheckViolationError, match="period_overbooking_cap"):
        await pool.execute("update period set overbooked_parties = 2, overbooked_covers = 2")
    with pytest.raises(asyncpg.CheckViolationError, match="period_overbooking_cap"):
        await pool.execute("update period set overbooked_covers = 3")


async def test_a_guest_has_no_two_promises_at_once(pool: Pool, partner: Booker) -> None:
    done = await booked(pool, order(1), partner)
    one = done.reservation.reservation_id
    with pytest.raises(asyncpg.ExclusionViolationError, match="reservation_duplicate"):
        await promise_again(pool, one, at(1), at(2))
    await promise_again(pool, one, at(1.5), at(3))
    await promise_again(pool, one, at(1), at(2), allowed=True)


async def test_a_slot_hold_is_one_reservation(pool: Pool, partner: Booker) -> None:
    done = await booked(pool, order(1), partner)
    wish = HoldRequest(party_size=2, starts=SEVEN)
    held = await run(pool, lambda conn: hold_slot(conn, VENUE, wish, partner, CLOCK))
    assert isinstance(held, ClientSlotHold)
    await pool.execute("update reservation set slot_hold_id = $1", held.slot_hold_id)
    with pytest.raises(asyncpg.UniqueViolationError, match="reservation_of_hold"):
        await promise_again(pool, done.reservation.reservation_id, at(24), at(26))
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await pool.execute("update reservation set slot_hold_id = $1", uuid4())


async def test_a_promise_belongs_to_a_period_and_a_table_to_the_house(
    pool: Pool, partner: Booker
) -> None:
    await booked(pool, order(1), partner)
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await intend(pool, "99", at(0), at(1))
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await pool.execute("update reservation set period_id = 'never'")
    with pytest.raises(asyncpg.CheckViolationError):
        await pool.execute("update reservation set overruled = true")
