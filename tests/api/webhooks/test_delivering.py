"""The process that delivers: at once, to each receiver on its own, and /readyz says so."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

from msgspec.structs import replace

from api.background.delivering import NAME, RECEIVERS_OF_ONE, DeliveryLoop
from seating.jobs.runs import last_successes
from seating.webhooks.deliveries import DueEndpoint
from tests.api.booking.conftest import made, site_client
from tests.api.conftest import client_of
from tests.api.webhooks.test_endpoints import register
from tests.support.application import living
from tests.support.webhooks import receiving

if TYPE_CHECKING:
    from litestar import Litestar

    from seating.db import Pool

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


async def test_a_receiver_that_hangs_keeps_no_other_waiting(app: Litestar) -> None:
    """One hangs for the whole of it; the other hears of what comes before and after."""
    embedded = replace(app.state.settings, jobs="embedded")
    async with (
        receiving("hang") as hanging,
        receiving() as listening,
        living(embedded) as at_work,
        site_client(at_work) as slow,
        site_client(at_work) as quick,
    ):
        await register(slow, hanging.url)
        await register(quick, listening.url)
        await made(slow, 1)
        await made(quick, 2)
        async with asyncio.timeout(60):
            await hanging.came.wait()
            await listening.came.wait()
            listening.came.clear()
            await made(quick, 3)
            await listening.came.wait()
        assert len(hanging.got) == 1
        assert NAME in await last_successes(at_work.state.pool)


class Posting:
    """A courier whose receivers never answer: 60 of one client, then one of another."""

    def __init__(self) -> None:
        many = [DueEndpoint("a", uuid4(), "careless") for _ in range(60)]
        self.due, self.served = (*many, DueEndpoint("b", uuid4(), "other")), list[str]()
        self.other = asyncio.Event()

    async def poll(self) -> tuple[DueEndpoint, ...]:
        return self.due

    async def deliver_to(self, due: DueEndpoint) -> None:
        self.served.append(due.client_id)
        if due.client_id == "other":
            self.other.set()
        await asyncio.sleep(60)


async def test_many_receivers_of_one_client_that_hang_leave_room_for_others(pool: Pool) -> None:
    posting = Posting()
    loop = asyncio.create_task(DeliveryLoop(pool, cast("Any", posting)).go_on())
    async with asyncio.timeout(60):
        await posting.other.wait()
    loop.cancel()
    await asyncio.gather(loop, return_exceptions=True)
    assert Counter(posting.served) == {"careless": RECEIVERS_OF_ONE, "other": 1}


async def test_readiness_says_that_nobody_delivers(app: Litestar) -> None:
    waiting = replace(app.state.settings, jobs="elsewhere")
    async with living(waiting) as alone, client_of(alone) as anybody:
        assert (await anybody.get("/readyz")).status_code == 200
        alone.state.started_at = LONG_AGO - timedelta(days=1)
        assert NAME in (await anybody.get("/readyz")).json()["detail"]
