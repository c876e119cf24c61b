"""A site polls for what changed since the latest change it has seen, while others commit."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from seating.book import write
from seating.book.reservations import reservations_of_client
from seating.book.write_sql import WRITE
from seating.booking.making import BookingResult, create_reservation
from seating.clock import set_clock
from seating.db import run, transaction
from tests.races.conftest import kinds, open_period, together
from tests.support.house import CLOCK, NOON, VENUE, at, book, move_clock, order

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime

    from seating.book.reservations import Booker
    from seating.db import Connection, Pool

BLOCKED_SECONDS = 0.5
"""Time enough for a commit that nothing holds up."""


class Poller:
    """What a booking site keeps: the reservations seen, and the highest `updated_at` of them."""

    def __init__(self, pool: Pool, booker: Booker) -> None:
        self.pool, self.booker = pool, booker
        self.seen: set[UUID] = set()
        self.highest: datetime | None = None

    async def poll(self) -> None:
        async def work(conn: Connection) -> None:
            found = await reservations_of_client(
                conn, VENUE, self.booker.client_id or "", updated_since=self.highest, limit=100
            )
            self.seen |= {each.reservation_id for each in found}
            self.highest = max([each.updated_at for each in found], default=self.highest)

        await run(self.pool, work)


@pytest.fixture
def unstamped(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: a change is stamped with the time its command began."""
    ordered = "coalesce((select at from stamped where client_id = {}.client_id), $4)"
    plain = WRITE
    for name in ("x", "r"):
        assert ordered.format(name) in plain
        plain = plain.replace(ordered.format(name), "$4")
    start, end = plain.index("stamped as ("), plain.index("slot_holds as (")
    nobody = "stamped as (select null::text as client_id, $4::timestamptz as at where false),\n"
    monkeypatch.setattr(write, "WRITE", plain[:start] + nobody + plain[end:])


@asynccontextmanager
async def slow_booking(pool: Pool, booker: Booker) -> AsyncIterator[BookingResult]:
    """A booking written and not yet committed."""
    async with transaction(pool) as conn:
        made = await create_reservation(conn, VENUE, order(1), booker, CLOCK)
        assert isinstance(made, BookingResult)
        yield made


async def seen_around_a_slow_one(pools: tuple[Pool, Pool], booker: Booker) -> tuple[bool, bool]:
    """Book for two evenings, the first to write commits last; was it seen, was it waited for?

    The site polls once before that commit and once after it.
    """
    await open_period(pools[0], at(0), at(24))
    poller = Poller(pools[1], booker)
    async with slow_booking(pools[0], booker) as slow:
        await move_clock(pools[1], NOON + timedelta(minutes=1))
        quick = asyncio.create_task(book(pools[1], order(2, starts=at(24)), booker))
        await asyncio.wait([quick], timeout=BLOCKED_SECONDS)
        waited = not quick.done()
        await poller.poll()
    assert isinstance(await quick, BookingResult)
    await poller.poll()
    return slow.reservation.reservation_id in poller.seen, waited


async def test_who_polls_from_the_latest_change_seen_misses_none(
    pools: tuple[Pool, Pool], partner: Booker
) -> None:
    assert await seen_around_a_slow_one(pools, partner) == (True, True)


async def test_of_four_bookings_at_once_over_two_pools_each_is_seen(
    pools: tuple[Pool, Pool], partner: Booker
) -> None:
    evenings = [at(24 * number) for number in range(4)]
    await open_period(pools[0], *evenings)
    async with transaction(pools[0]) as conn:
        await set_clock(conn, NOON, rate=1.0)  # so that no two commands begin at one instant
    poller, made = Poller(pools[1], partner), set[UUID]()

    async def book_one(pool: Pool, number: int) -> None:
        wish = order(number, starts=evenings[number % 4] + timedelta(hours=1.5 * (number // 4)))
        done = await book(pool, wish, partner)
        assert isinstance(done, BookingResult)
        made.add(done.reservation.reservation_id)
        await poller.poll()

    for first in (0, 4):
        tasks = [book_one(pools[number % 2], number) for number in range(first, first + 4)]
        assert kinds(await together(tasks)) == {"NoneType": 4}
    await poller.poll()
    assert poller.seen == made
    assert len(made) == 8


@pytest.mark.usefixtures("unstamped")
async def test_control_with_stamps_of_the_beginning_the_slow_one_is_never_seen(
    pools: tuple[Pool, Pool], partner: Booker
) -> None:
    assert await seen_around_a_slow_one(pools, partner) == (False, False)
