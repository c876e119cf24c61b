"""The delivery loops: webhooks, a task per endpoint, so that a slow receiver delays no other;
messages to phones; mails and text messages to guests."""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Final

from api.settings import Settings, office_of, seal_of
from seating.clock import Clock, wall_now
from seating.correspondence.courier import NoticeCourier
from seating.db import Pool
from seating.jobs.runs import record_failure, record_success
from seating.notices.push_courier import PushCourier
from seating.webhooks.courier import Courier
from seating.webhooks.deliveries import DueEndpoint
from seating.webhooks.egress import Egress

log = logging.getLogger("maitred.jobs")

NAME: Final = "deliver_webhooks"
PUSHES: Final = "deliver_pushes"
NOTICES: Final = "deliver_notices"
NO_CONTACT: Final = "https://localhost"
"""What a push service is told of a house without a public address."""
LOOK_SECONDS: Final = 1.0
LOOKS_PER_RECORD: Final = 10
RECEIVERS_AT_ONCE: Final = 50
RECEIVERS_OF_ONE: Final = 10
"""Of one client, so that slow receivers of one take not the room of all."""


@asynccontextmanager
async def delivering(pool: Pool, clock: Clock, settings: Settings) -> AsyncGenerator[None, None]:
    """Deliver while the block lasts; does nothing without a key, as secrets cannot be read."""
    seal = seal_of(settings)
    if seal is None:
        yield
        return
    egress = Egress(loopback=settings.webhooks_to_loopback)
    pushes = PushCourier(pool, clock, seal, egress, settings.public_url or NO_CONTACT)
    at_work = [
        asyncio.create_task(DeliveryLoop(pool, Courier(pool, seal, egress)).go_on()),
        asyncio.create_task(every_second(pool, PUSHES, pushes.deliver_all)),
    ]
    try:
        yield
    finally:
        for each in at_work:
            each.cancel()
        await asyncio.gather(*at_work, return_exceptions=True)


@asynccontextmanager
async def writing_to_guests(
    pool: Pool, clock: Clock, settings: Settings
) -> AsyncGenerator[None, None]:
    """Send what is due to guests while the block lasts; what is cut off is leased again."""
    rounds = Rounds(NoticeCourier(pool, clock, office_of(settings)))
    at_work = asyncio.create_task(every_second(pool, NOTICES, rounds.look))
    try:
        yield
    finally:
        at_work.cancel()
        await asyncio.gather(at_work, return_exceptions=True)
        await rounds.end()


class Rounds:
    """Rounds of a courier, one at a time: a mail server that hangs keeps nobody from looking."""

    def __init__(self, courier: NoticeCourier) -> None:
        self._courier = courier
        self._round: asyncio.Task[None] | None = None

    async def look(self) -> None:
        """Begin a round, unless one goes on. Raises what the last one raised."""
        last = self._round
        if last is not None and not last.done():
            return
        self._round = asyncio.create_task(self._courier.deliver_all())
        if last is not None:
            await last

    async def end(self) -> None:
        """Break off the round that goes on: what it has leased is leased again."""
        if self._round is not None:
            self._round.cancel()
            await asyncio.gather(self._round, return_exceptions=True)


async def every_second(pool: Pool, name: str, work: Callable[[], Awaitable[object]]) -> None:
    """Do the work every second, until cancelled; how it went is on record."""
    looks = 0
    while True:
        try:
            await work()
            if looks % LOOKS_PER_RECORD == 0:
                await record_success(pool, name, wall_now())
        except Exception as error:
            log.exception("job %s failed", name)
            with suppress(Exception):  # the database may be what failed
                await record_failure(pool, name, wall_now(), f"{type(error).__name__}: {error}")
        looks += 1
        await asyncio.sleep(LOOK_SECONDS)


class DeliveryLoop:
    """Looks every second for endpoints with due deliveries and starts a task for each."""

    def __init__(self, pool: Pool, courier: Courier) -> None:
        self._pool = pool
        self._courier = courier
        self._served: set[DueEndpoint] = set()
        self._of_client: Counter[str] = Counter()
        self._room = asyncio.Semaphore(RECEIVERS_AT_ONCE)

    async def go_on(self) -> None:
        """Run until cancelled; deliveries cut off then are retried when their lease expires."""
        looks = 0
        async with asyncio.TaskGroup() as receivers:
            while True:
                try:
                    await self._look(receivers)
                    if looks % LOOKS_PER_RECORD == 0:
                        await record_success(self._pool, NAME, wall_now())
                except Exception as error:
                    log.exception("job %s failed", NAME)
                    await self._keep_failure(error)
                looks += 1
                await asyncio.sleep(LOOK_SECONDS)

    async def _look(self, receivers: asyncio.TaskGroup) -> None:
        for due in await self._courier.poll():
            if due not in self._served and self._of_client[due.client_id] < RECEIVERS_OF_ONE:
                self._served.add(due)
                self._of_client[due.client_id] += 1
                receivers.create_task(self._serve(due))

    async def _serve(self, due: DueEndpoint) -> None:
        try:
            async with self._room:
                await self._courier.deliver_to(due)
        except Exception as error:
            log.exception("job %s failed", NAME)
            await self._keep_failure(error)
        finally:
            self._served.discard(due)
            self._of_client[due.client_id] -= 1

    async def _keep_failure(self, error: Exception) -> None:
        with suppress(Exception):  # the database may be what failed
            said = f"{type(error).__name__}: {error}"
            await record_failure(self._pool, NAME, wall_now(), said)
