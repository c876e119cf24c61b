"""Two records are merged while the guest books by both numbers and a booking is mended."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from msgspec.structs import replace

from seating.booking.changing import Change, change
from seating.booking.guest_records import MergeGuests, merge_guests
from seating.db import run
from seating.errors import Stale
from tests.support.house import CLOCK, HOST, VENUE, at, book, booked, house_text, open_house, order

if TYPE_CHECKING:
    from seating.booking.making import BookingResult
    from seating.db import Connection, Pool

ROUNDS = 4
OVERLAPPING = """
select count(*) from reservation one join reservation other using (venue_id, guest_id)
where one.reservation_id < other.reservation_id and one.state = 'booked' and other.state = 'booked'
  and tstzrange(one.starts, one.ends) && tstzrange(other.starts, other.ends)
  and not one.duplicate_allowed and not other.duplicate_allowed
"""


async def test_nothing_is_left_with_a_record_that_was_merged_away(pool: Pool) -> None:
    await open_house(pool, house_text(*[2] * 12))
    for number in range(ROUNDS):
        kept, gone = 2 * number, 2 * number + 1
        one = await booked(pool, order(kept), HOST)
        other = await booked(pool, order(gone), HOST)
        ids = one.reservation.guest_id, other.reservation.guest_id
        answers = await asyncio.gather(
            merge(pool, *ids),
            book(pool, order(gone, starts=at(2)), HOST),
            mend(pool, other),
            book(pool, replace(order(kept, starts=at(2)), party_size=1), HOST),
            return_exceptions=True,
        )
        wrong = [each for each in answers if isinstance(each, Exception)]
        assert all(isinstance(each, Stale) for each in wrong), wrong
        count = "select count(*) from reservation where guest_id = $1"
        assert await pool.fetchval(count, ids[1]) == 0
    assert await pool.fetchval(OVERLAPPING) == 0


async def merge(pool: Pool, kept: UUID | None, gone: UUID | None) -> None:
    assert kept is not None
    assert gone is not None
    command = MergeGuests(id=uuid4(), kept_id=kept, gone_id=gone)

    async def work(conn: Connection) -> None:
        await merge_guests(conn, VENUE, command, by="anna", clock=CLOCK)

    await run(pool, work)


async def mend(pool: Pool, made: BookingResult) -> None:
    async def work(conn: Connection) -> None:
        key, wish = made.reservation.reservation_id, Change(name="Another name")
        await change(conn, VENUE, key, wish, HOST, CLOCK, version=None)

    await run(pool, work)
