"""A site polls for what changed since the latest change it has seen, while others commit."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from seating.book import write
from seating.book.reservations import reservations_of_client
from seating.book.write_sql import WRITE
from seating.booking.making import BookingResult, create_reservation
from seating.clock import ClockReading
from seating.db import run, transaction
from tests.races.conftest import COMPANY, kinds, open_period, together
from tests.support.house import NOON, VENUE, at, order

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from seating.book.reservations import Booker
    from seating.db import Connection, Pool


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


class FixedClock:
    """The business time of one command."""

    def __init__(self, instant: datetime) -> None:
        self.instant = instant

    async def read(self, _: Connection) -> ClockReading:
        return ClockReading(now=self.instant, rate=0.0)

    async def now(self, _: Connection) -> datetime:
        return self.instant


class Evening:
    """Four bookings, each for an evening of its own, that would commit in the order 3, 2, 1, 0.

    Each waits `patience` seconds until all have written, then until the one after it has committed;
    its site polls after every commit.
    """

    def __init__(self, pools: tuple[Pool, Pool], booker: Booker, patience: float) -> None:
        self.pools, self.booker, self.patience = pools, booker, patience
        self.poller = Poller(pools[1], booker)
        self.written, self.all_written = 0, asyncio.Event()
        self.committed = [asyncio.Event() for _ in range(COMPANY)]
        self.order: list[int] = []

    async def book(self, number: int) -> None:
        clock = FixedClock(NOON + timedelta(minutes=number))
        wish = order(number, starts=at(24 * number))
        async with transaction(self.pools[number % 2]) as conn:
            made = await create_reservation(conn, VENUE, wish, self.booker, clock)
            assert isinstance(made, BookingResult)
            self.written += 1
            if self.written == COMPANY:
                self.all_written.set()
            await self._patiently(self.all_written)
            if number + 1 < COMPANY:
                await self._patiently(self.committed[number + 1])
            # Whoever has stamped commits before the next one stamps, but may hear of it later.
            self.order.append(number)
        await self.poller.poll()
        self.committed[number].set()

    async def _patiently(self, happened: asyncio.Event) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(happened.wait(), self.patience)

    async def play(self) -> int:
        """Book all at once; returns how many the poller has seen in the end."""
        await open_period(self.pools[0], *(at(24 * number) for number in range(COMPANY)))
        outcomes = await together(self.book(number) for number in range(COMPANY))
        assert kinds(outcomes) == {"NoneType": COMPANY}
        await self.poller.poll()
        return len(self.poller.seen)


async def test_who_polls_from_the_latest_change_seen_misses_none(
    pools: tuple[Pool, Pool], partner: Booker
) -> None:
    evening = Evening(pools, partner, patience=0.05)
    assert await evening.play() == COMPANY
    rows = await pools[0].fetch("select starts, updated_at from reservation order by updated_at")
    assert [row["starts"] for row in rows] == [at(24 * number) for number in evening.order]


@pytest.mark.usefixtures("unstamped")
async def test_control_with_stamps_of_the_beginning_only_the_first_to_commit_is_seen(
    pools: tuple[Pool, Pool], partner: Booker
) -> None:
    evening = Evening(pools, partner, patience=30.0)
    assert await evening.play() == 1
    assert evening.order == [3, 2, 1, 0]
