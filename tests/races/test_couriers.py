"""Several couriers at once, and one killed in the middle: everything arrives, and mostly once."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from scripts.setup_venv import ROOT
from seating.booking.changing import cancel
from seating.db import run
from seating.webhooks import courier as couriers
from tests.support.house import CLOCK, VENUE, booked, house_text, new_site, open_house, order, site
from tests.support.webhooks import COMPANY_SECONDS, KEY, Watch, courier, endpoint, receiving

if TYPE_CHECKING:
    from uuid import UUID

    from seating.db import Pool
    from tests.support.webhooks import Receiver

RESERVATIONS = 10

COURIER = """
import asyncio, sys
from seating.webhooks.courier import Courier
from seating.db import open_pool
from seating.webhooks.egress import Egress
from seating.webhooks.sealed_secrets import Seal

async def main(dsn, key):
    async with await open_pool(dsn, min_size=1) as pool:
        await Courier(pool, Seal(key), Egress(loopback=True)).deliver_all()

asyncio.run(main(*sys.argv[1:]))
"""


@pytest.fixture
async def client(pools: tuple[Pool, Pool]) -> str:
    """A booking site of a house with a table for each reservation."""
    await open_house(pools[0], house_text(*[2] * RESERVATIONS))
    return (await new_site(pools[0]))[0]


async def some_work(pool: Pool, client: str) -> list[UUID]:
    """Reservations, each booked and cancelled."""
    made = [
        (await booked(pool, order(number), site(client))).reservation.reservation_id
        for number in range(RESERVATIONS)
    ]
    for each in made:
        await cancel_of(pool, each, client)
    return made


async def cancel_of(pool: Pool, reservation: UUID, client: str) -> None:
    await run(pool, lambda conn: cancel(conn, VENUE, reservation, "", site(client), CLOCK))


def times(receiver: Receiver) -> Counter[str]:
    """How often each message came."""
    return Counter(got.headers["webhook-id"] for got in receiver.got)


def check_order(receiver: Receiver, made: list[UUID]) -> None:
    for each in made:
        first = list(dict.fromkeys(receiver.of(each)))
        assert first == ["reservation.confirmed", "reservation.cancelled"]


async def test_two_couriers_bring_each_message_once(pools: tuple[Pool, Pool], client: str) -> None:
    async with receiving(slow=0.02) as receiver:
        await endpoint(pools[0], client, receiver.url)
        made = await some_work(pools[0], client)
        await courier(pools[0], Watch()).poll()
        for _ in range(2):
            await asyncio.gather(*(courier(pool, Watch()).deliver_all() for pool in pools))
    check_order(receiver, made)
    assert len(receiver.got) == 2 * RESERVATIONS
    assert set(times(receiver).values()) == {1}


async def test_control_without_a_lease_they_bring_messages_twice(
    pools: tuple[Pool, Pool], client: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(couriers, "LEASE", timedelta(0))
    watch = Watch()
    # Nobody is answered until the second has come with what the first has in hand.
    async with receiving(company=couriers.MAX_IN_FLIGHT + 1) as receiver:
        await endpoint(pools[0], client, receiver.url)
        await some_work(pools[0], client)
        watch.on(hours=1)

        async def second() -> None:
            # A message that has come is one whose lease is committed.
            await asyncio.wait_for(receiver.came.wait(), COMPANY_SECONDS)
            await courier(pools[1], watch, seconds=COMPANY_SECONDS).deliver_all()
            receiver.full.set()

        first = courier(pools[0], watch, seconds=COMPANY_SECONDS)
        await asyncio.gather(first.deliver_all(), second())
    assert max(times(receiver).values()) > 1


async def test_a_courier_killed_on_its_way_loses_nothing(
    database: str, pools: tuple[Pool, Pool], client: str
) -> None:
    async with receiving("hang") as receiver:
        await endpoint(pools[0], client, receiver.url)
        made = await some_work(pools[0], client)
        killed = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", COURIER, database, KEY),
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        await asyncio.wait_for(receiver.came.wait(), COMPANY_SECONDS)
        killed.send_signal(signal.SIGKILL)
        assert await killed.wait() == -signal.SIGKILL
        receiver.manners = [200]
        watch, at_work = Watch(), courier(pools[1], Watch())
        await at_work.deliver_all()
        lost = await pools[0].fetchval("select count(*) from webhook_delivery where attempts = 1")
        assert lost, "the lease keeps what the killed one had taken on"
        watch.on(seconds=couriers.LEASE.total_seconds() + 1)
        await courier(pools[1], watch).deliver_all()
        left = "select count(*) from webhook_delivery where status <> 'delivered'"
        assert await pools[0].fetchval(left) == 0
    check_order(receiver, made)
