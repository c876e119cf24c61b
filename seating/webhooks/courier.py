"""Posting deliveries (Standard Webhooks 1.0): one id, a new timestamp and signature per attempt."""

import asyncio
import logging
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus

import httpcore
from standardwebhooks import Webhook

from policies.webhooks import asked_wait, retry_delay
from seating.clock import wall_now
from seating.db import Pool
from seating.webhooks.deliveries import (
    DueEndpoint,
    LeasedDelivery,
    Target,
    disable_endpoint,
    endpoints_due,
    hold_endpoint,
    lease_deliveries,
    mark_delivered,
    mark_failed,
    postpone,
    target_of,
)
from seating.webhooks.egress import TIMEOUT_SECONDS, Egress, PostResult, post
from seating.webhooks.endpoints import name_of
from seating.webhooks.outbox import fan_out_outbox
from seating.webhooks.sealed_secrets import Seal, SealError

log = logging.getLogger("maitred.webhooks")

MAX_IN_FLIGHT = 8
"""Concurrent deliveries to one endpoint."""
LEASE = timedelta(seconds=2 * TIMEOUT_SECONDS)
CLIENT_PAUSE = timedelta(hours=1)
GONE = "it answered 410"
RANDOM = secrets.SystemRandom()


class Courier:
    """Leases due deliveries and posts them; any number of couriers may run at once."""

    def __init__(
        self,
        pool: Pool,
        seal: Seal,
        egress: Egress,
        *,
        now: Callable[[], datetime] = wall_now,
        jitter: Callable[[], float] = RANDOM.random,
        seconds: float = TIMEOUT_SECONDS,
    ) -> None:
        """`now`: wall time; `jitter`: in [0, 1), for retries; `seconds`: timeout of an attempt."""
        self._pool = pool
        self._seal = seal
        self._egress = egress
        self._now = now
        self._jitter = jitter
        self._seconds = seconds

    async def poll(self) -> tuple[DueEndpoint, ...]:
        """Fan out the outboxes; return the endpoints with a delivery due."""
        await fan_out_outbox(self._pool, now=self._now())
        return await endpoints_due(self._pool, now=self._now())

    async def deliver_all(self) -> None:
        """Deliver everything that is due now."""
        await asyncio.gather(*(self.deliver_to(due) for due in await self.poll()))

    async def deliver_to(self, due: DueEndpoint) -> None:
        """Deliver to an endpoint, MAX_IN_FLIGHT at a time, until nothing is due."""
        async with self._egress.session(due.client_id) as session:
            while taken := await self._lease(due):
                # Read again: the client may have been disabled, or have answered 410, meanwhile.
                target = await target_of(self._pool, due)
                if target is None:
                    return
                await asyncio.gather(*(self._deliver(session, due, target, one) for one in taken))

    async def _lease(self, due: DueEndpoint) -> tuple[LeasedDelivery, ...]:
        now = self._now()
        if await target_of(self._pool, due) is None:
            await postpone(self._pool, due, now=now, until=now + CLIENT_PAUSE)
            return ()
        return await lease_deliveries(
            self._pool, due, now=now, until=now + LEASE, most=MAX_IN_FLIGHT
        )

    async def _deliver(
        self,
        session: httpcore.AsyncConnectionPool,
        due: DueEndpoint,
        target: Target,
        taken: LeasedDelivery,
    ) -> None:
        try:
            headers = self._headers(due, target, taken)
        except SealError:
            log.exception("the secret of %s cannot be read", name_of(due.venue_id, due.endpoint_id))
            posted = PostResult(None, "no key for its secret")
        else:
            body = taken.body.encode()
            posted = await post(session, target.url, headers, body, seconds=self._seconds)
        await self._record(due, taken, posted)

    def _headers(self, due: DueEndpoint, target: Target, taken: LeasedDelivery) -> dict[str, str]:
        now, whose = self._now(), name_of(due.venue_id, due.endpoint_id)
        sealed = [target.secret]
        if target.old_secret and target.old_secret_until and now < target.old_secret_until:
            sealed.append(target.old_secret)
        signers = [Webhook(self._seal.decrypt(each, whose).decode()) for each in sealed]
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

    async def _record(self, due: DueEndpoint, taken: LeasedDelivery, posted: PostResult) -> None:
        now, status = self._now(), posted.status
        if status is not None and HTTPStatus(200) <= status < HTTPStatus.MULTIPLE_CHOICES:
            await mark_delivered(self._pool, due, taken, status, now=now)
            return
        asked = asked_wait(posted.retry_after, now)
        if asked is not None:
            await hold_endpoint(self._pool, due, until=now + asked)
        wait = retry_delay(taken.attempts, self._jitter(), asked)
        again_at = None if wait is None or status == HTTPStatus.GONE else now + wait
        await mark_failed(self._pool, due, taken, status, posted.error, again_at, now=now)
        if status == HTTPStatus.GONE:
            await disable_endpoint(self._pool, due, GONE, now=now)
