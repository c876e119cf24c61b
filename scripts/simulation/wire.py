"""Sends calls to several processes with lost answers, retries and duplicates; journals all."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

import httpx

from scripts.simulation.journal import Exchange, Journal, Why

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

PATIENCE_SECONDS = 90.0
AGAIN_SECONDS = 0.05
HANG_UP_SECONDS = 0.004
ANSWER_SECONDS = 30.0
AT_ONCE = 24
# A call answered with an internal error is sent again at most so often.
ERRORS_AT_MOST = 3


class NoAnswerError(Exception):
    """The service did not answer within PATIENCE_SECONDS."""


@dataclass(frozen=True, kw_only=True)
class Call:
    """A request to send. `key`: the Idempotency-Key, or the id in the body."""

    actor: str
    method: str
    path: str
    body: Any = None
    key: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def repeatable(self) -> bool:
        """Whether it is idempotent."""
        return self.method in {"GET", "DELETE"} or self.key is not None


@dataclass(frozen=True)
class Trouble:
    """The network fault drawn for a call.

    `hang_up`: the caller does not wait for the first answer. `lose`: the first answer is lost.
    `double`: the call is sent twice at once, to two processes.
    """

    hang_up: bool = False
    lose: bool = False
    double: bool = False


SMOOTH = Trouble()


class Wire:
    """HTTP clients of the api processes, and the business clock that stamps exchanges."""

    def __init__(self, urls: Sequence[str], journal: Journal, now: datetime) -> None:
        """`now`: the initial business time."""
        limits = httpx.Limits(max_connections=AT_ONCE * 2, max_keepalive_connections=AT_ONCE * 2)
        self.clients = [
            httpx.AsyncClient(
                base_url=url, trust_env=False, timeout=ANSWER_SECONDS, limits=limits, http2=False
            )
            for url in urls
        ]
        self.journal = journal
        self.now = now
        self.running: tuple[float, float] | None = None
        self.bound = asyncio.Semaphore(AT_ONCE)
        self.intents = count(1)

    def clock(self) -> datetime:
        """Business time: it stands still, or runs since `running` (monotonic seconds, rate)."""
        if self.running is None:
            return self.now
        since, rate = self.running
        return self.now + timedelta(seconds=(time.monotonic() - since) * rate)

    def set_clock(self, now: datetime, rate: float = 0.0) -> None:
        """Take over business time and rate after the service's clock was set."""
        self.now = now
        self.running = (time.monotonic(), rate) if rate else None

    async def close(self) -> None:
        """End all connections."""
        for client in self.clients:
            await client.aclose()

    async def send(self, call: Call, process: int, trouble: Trouble = SMOOTH) -> Exchange:
        """Send a call until somebody answers it; returns the answered exchange.

        Raises NoAnswerError.
        """
        intent = next(self.intents)
        if not call.repeatable:
            trouble = SMOOTH
        async with self.bound:
            if trouble.double:
                copies = (
                    self._until_answered(call, process, intent, "first"),
                    self._until_answered(call, process + 1, intent, "duplicate"),
                )
                first, _ = await asyncio.gather(*copies)
                return first
            if trouble.hang_up or trouble.lose:
                await self._unheard(call, process, intent, trouble)
                return await self._until_answered(call, process + 1, intent, "retry")
            return await self._until_answered(call, process, intent, "first")

    async def _unheard(self, call: Call, process: int, intent: int, trouble: Trouble) -> None:
        exchange = self._exchange(call, process, intent, "first")
        seconds = HANG_UP_SECONDS if trouble.hang_up else ANSWER_SECONDS
        await self._once(call, exchange, seconds)
        if exchange.fate == "answered":
            exchange.fate = "lost"

    async def _until_answered(self, call: Call, process: int, intent: int, why: Why) -> Exchange:
        deadline = time.monotonic() + PATIENCE_SECONDS
        errors = 0
        while time.monotonic() < deadline:
            exchange = self._exchange(call, process, intent, why)
            await self._once(call, exchange, ANSWER_SECONDS)
            errors += exchange.status == httpx.codes.INTERNAL_SERVER_ERROR
            broke = 0 < errors < ERRORS_AT_MOST and exchange.status >= 500
            if exchange.fate == "answered" and not asks_retry(exchange) and not broke:
                return exchange
            if not call.repeatable and exchange.fate != "answered":
                raise NoAnswerError(f"{call.method} {call.path} broke off and cannot be repeated.")
            await asyncio.sleep(wait_before_again(exchange))
            why, process = "retry", process + 1
        raise NoAnswerError(f"{call.method} {call.path}: no answer for {PATIENCE_SECONDS:.0f} s.")

    def _exchange(self, call: Call, process: int, intent: int, why: Why) -> Exchange:
        exchange = Exchange(
            sent=0,
            at=self.clock(),
            process=process % len(self.clients),
            actor=call.actor,
            method=call.method,
            path=call.path,
            key=call.key,
            body=call.body,
            why=why,
            intent=intent,
        )
        return self.journal.open(exchange)

    async def _once(self, call: Call, exchange: Exchange, seconds: float) -> None:
        started = time.perf_counter()
        client = self.clients[exchange.process]
        try:
            response = await client.request(
                call.method, call.path, json=call.body, headers=dict(call.headers), timeout=seconds
            )
        except httpx.TransportError:
            exchange.fate = "broken"
        else:
            note_answer(exchange, response)
        exchange.seconds = time.perf_counter() - started
        exchange.done_at = self.clock()
        self.journal.close(exchange)


def note_answer(exchange: Exchange, response: httpx.Response) -> None:
    """Write an answer into its exchange."""
    exchange.fate = "answered"
    exchange.status = response.status_code
    exchange.etag = response.headers.get("ETag")
    kind = response.headers.get("content-type", "")
    exchange.answer = response.json() if "json" in kind and response.content else None


def asks_retry(exchange: Exchange) -> bool:
    """Whether the answer asks to send the same call again."""
    return exchange.status in {429, 502, 503} or exchange.code == "IDEMPOTENCY_IN_PROGRESS"


def wait_before_again(exchange: Exchange) -> float:
    """Seconds to wait before trying again."""
    return 1.0 if exchange.status == httpx.codes.TOO_MANY_REQUESTS else AGAIN_SECONDS
