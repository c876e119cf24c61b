"""Delivering webhooks (Standard Webhooks 1.0): signed anew for each attempt, under the same id."""

import asyncio
import logging
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus

import httpcore
from standardwebhooks import Webhook

from policies.webhooks import wait_after
from seating.clock import wall_now
from seating.db import Pool
from seating.webhooks.deliveries import (
    Due,
    Taken,
    Target,
    disable,
    endpoints_due,
    keep_delivered,
    keep_failed,
    put_off,
    take_on,
    target_of,
)
from seating.webhooks.egress import TIMEOUT_SECONDS, Egress, Posted, post
from seating.webhooks.endpoints import name_of
from seating.webhooks.outbox import tell_outbox
from seating.webhooks.sealed_secrets import Seal, SealError

log = logging.getLogger("maitred.webhooks")

AT_ONCE = 8
"""Deliveries on their way to one endpoint."""
LEASE = timedelta(seconds=2 * TIMEOUT_SECONDS)
REST = timedelta(hours=1)
GONE = "it answered 410"
LUCK = secrets.SystemRandom()


class Courier:
    """Takes deliveries on and brings them; any number of couriers may be at work at once."""

    def __init__(
        self,
        pool: Pool,
        seal: Seal,
        egress: Egress,
        *,
        now: Callable[[], datetime] = wall_now,
        luck: Callable[[], float] = LUCK.random,
        seconds: float = TIMEOUT_SECONDS,
    ) -> None:
        """`now` is wall time; `luck` spreads the retries; `seconds` is how long one may take."""
        self._pool = pool
        self._seal = seal
        self._egress = egress
        self._now = now
        self._luck = luck
        self._seconds = seconds

    async def look(self) -> tuple[Due, ...]:
        """Read the outboxes; return the endpoints with something to be delivered now."""
        await tell_outbox(self._pool, now=self._now())
        return await endpoints_due(self._pool, now=self._now())

    async def work(self) -> None:
        """Deliver everything that is due now, and what falls due by that."""
        await asyncio.gather(*(self.deliver_to(due) for due in await self.look()))

    async def deliver_to(self, due: Due) -> None:
        """Deliver what is due to an endpoint, some at a time, until nothing is."""
        async with self._egress.session() as session:
            while taken := await self._take_on(due):
                # Between the two a stranger may have been shut out, or have said 410.
                target = await target_of(self._pool, due)
                if target is None:
                    return
                await asyncio.gather(*(self._bring(session, due, target, one) for one in taken))

    async def _take_on(self, due: Due) -> tuple[Taken, ...]:
        now = self._now()
        if await target_of(self._pool, due) is None:
            await put_off(self._pool, due, now=now, until=now + REST)
            return ()
        return await take_on(self._pool, due, now=now, until=now + LEASE, most=AT_ONCE)

    async def _bring(
        self, session: httpcore.AsyncConnectionPool, due: Due, target: Target, taken: Taken
    ) -> None:
        try:
            headers = self._headers(due, target, taken)
        except SealError:
            log.exception("the secret of %s cannot be read", name_of(due.venue_id, due.endpoint_id))
            posted = Posted(None, "no key for its secret")
        else:
            body = taken.body.encode()
            posted = await post(session, target.url, headers, body, seconds=self._seconds)
        await self._keep(due, taken, posted)

    def _headers(self, due: Due, target: Target, taken: Taken) -> dict[str, str]:
        now, whose = self._now(), name_of(due.venue_id, due.endpoint_id)
        sealed = [target.secret]
        if target.old_secret and target.old_secret_until and now < target.old_secret_until:
            sealed.append(target.old_secret)
        signers = [Webhook(self._seal.open(each, whose).decode()) for each in sealed]
        message_id = str(taken.delivery_id)
        return {
            "Content-Type": "application/json",
            "User-Agent": "Maitred-Webhooks/1",
            "webhook-id": message_id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": " ".join(
                signer.sign(message_id, now, taken.body) for signer in signers
            ),
        }

    async def _keep(self, due: Due, taken: Taken, posted: Posted) -> None:
        now, status = self._now(), posted.status
        if status is not None and HTTPStatus(200) <= status < HTTPStatus.MULTIPLE_CHOICES:
            await keep_delivered(self._pool, due, taken, status, now=now)
            return
        wait = wait_after(taken.attempts, self._luck())
        again_at = None if wait is None or status == HTTPStatus.GONE else now + wait
        await keep_failed(self._pool, due, taken, status, posted.error, again_at, now=now)
        if status == HTTPStatus.GONE:
            await disable(self._pool, due, GONE, now=now)
