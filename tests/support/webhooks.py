"""Receivers of webhooks on this machine: real servers that are down, refuse, hang or die."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

from policies.webhooks import EVENT_TYPES
from seating.clock import wall_now
from seating.db import transaction
from seating.webhooks.courier import Courier
from seating.webhooks.egress import Egress
from seating.webhooks.endpoints import create_endpoint
from seating.webhooks.sealed_secrets import Seal, new_key
from tests.support.house import VENUE

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Iterable
    from datetime import datetime

    from policies.webhooks import EventType
    from seating.db import Pool
    from seating.webhooks.endpoints import WebhookEndpoint

# A status, or: no answer, or half of one.
Manner = int | Literal["hang", "die", "break off"]

KEY = new_key()
SEAL = Seal(KEY)
LOOPBACK = Egress(loopback=True)
COMPANY_SECONDS = 60
"""Seconds until a test that waits for company gives up: more than a busy machine needs."""
PATIENCE = 0.3
"""Seconds to wait for an answer that does not come."""


@dataclass
class Got:
    """A request that came: `body` as it was sent."""

    headers: dict[str, str]
    body: str

    @property
    def type(self) -> str:
        return str(json.loads(self.body)["type"])

    @property
    def data(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)["data"]
        return found


@dataclass
class Receiver:
    """Answers in the manners given, one a request, the last of them from then on.

    Nobody is answered before so many requests as `company` says have come.
    """

    manners: list[Manner]
    elsewhere: str = ""
    retry_after: str = ""
    slow: float = 0.0
    company: int = 1
    got: list[Got] = field(default_factory=list)
    port: int = 0
    came: asyncio.Event = field(default_factory=asyncio.Event)
    full: asyncio.Event = field(default_factory=asyncio.Event)
    _server: asyncio.Server | None = None
    _talks: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hooks"

    @property
    def told(self) -> list[str]:
        """The types of what came and was acknowledged or not, in order."""
        return [each.type for each in self.got]

    def of(self, reservation_id: object) -> list[str]:
        return [each.type for each in self.got if each.data["id"] == str(reservation_id)]

    async def open(self, tls: ssl.SSLContext | None = None) -> None:
        self._server = await asyncio.start_server(
            self._talk, "127.0.0.1", self.port, ssl=tls, reuse_address=True
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
            for talk in self._talks:
                talk.cancel()
            await asyncio.gather(*self._talks, return_exceptions=True)
            await self._server.wait_closed()
            self._server = None

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._talks.add(task)
        try:
            while await self._answer(reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()
            self._talks.discard(task)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")[1:]
        headers = {
            name.lower(): value for name, _, value in (line.partition(": ") for line in head)
        }
        body = await reader.readexactly(int(headers["content-length"]))
        self.got.append(Got(headers, body.decode()))
        self.came.set()
        manner = self.manners.pop(0) if len(self.manners) > 1 else self.manners[0]
        if len(self.got) >= self.company:
            self.full.set()
        await asyncio.wait_for(self.full.wait(), COMPANY_SECONDS)
        await asyncio.sleep(self.slow)
        if manner == "hang":
            await asyncio.sleep(60)
        if manner == "die":
            return False
        if manner == "break off":
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of it")
            return False
        # With 204 the two bytes are one too many: receivers are like that.
        where = f"Location: {self.elsewhere}\r\n" if self.elsewhere else ""
        where += f"Retry-After: {self.retry_after}\r\n" if self.retry_after else ""
        writer.write(f"HTTP/1.1 {manner} So\r\n{where}Content-Length: 2\r\n\r\nok".encode())
        await writer.drain()
        return True


@asynccontextmanager
async def receiving(*manners: Manner, **more: Any) -> AsyncIterator[Receiver]:  # noqa: ANN401
    """A receiver that is open."""
    receiver = Receiver(list(manners) or [204], **more)
    await receiver.open()
    try:
        yield receiver
    finally:
        await receiver.close()


@dataclass
class Watch:
    """Wall time that passes when told to."""

    at: datetime = field(default_factory=wall_now)

    def __call__(self) -> datetime:
        return self.at

    def on(self, **more: float) -> None:
        self.at += timedelta(**more)


def courier(pool: Pool, watch: Watch, **more: Any) -> Courier:  # noqa: ANN401 - of a courier
    """A courier without jitter, whose retries come as late as they may."""
    given: dict[str, Any] = {"now": watch, "jitter": lambda: 1.0} | more
    return Courier(pool, SEAL, given.pop("egress", LOOPBACK), **given)


async def endpoint(
    pool: Pool,
    client_id: str,
    url: str,
    types: Iterable[EventType] = EVENT_TYPES,
    venue: str = VENUE,
) -> tuple[WebhookEndpoint, str]:
    """An endpoint of a client with its secret."""
    async with transaction(pool) as conn:
        return await create_endpoint(
            conn, venue, client_id, url, types, SEAL, now=wall_now() - timedelta(hours=1)
        )
