"""The record of all requests and answers, in one order; an acknowledged answer is a promise."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

Why = Literal["first", "retry", "duplicate"]
Fate = Literal["pending", "answered", "lost", "broken"]


@dataclass(slots=True, kw_only=True)
class Exchange:
    """One request and its outcome.

    `sent` and `received` are numbers of one sequence; `at` and `done_at` are business time. `fate`:
    pending, answered, lost (the caller hung up) or broken (the connection ended). `key` is the
    Idempotency-Key or the body's id. `intent` is shared by all sendings of one call.
    """

    sent: int
    at: datetime
    process: int
    actor: str
    method: str
    path: str
    key: str | None
    body: Any
    why: Why
    intent: int
    received: int | None = None
    status: int = 0
    answer: Any = None
    etag: str | None = None
    fate: Fate = "pending"
    seconds: float = 0.0
    done_at: datetime | None = None

    @property
    def ended(self) -> datetime:
        """Business time when the answer came."""
        return self.done_at or self.at

    @property
    def acknowledged(self) -> bool:
        """Whether the caller received a 2xx answer."""
        return self.fate == "answered" and 200 <= self.status < 300

    @property
    def writes(self) -> bool:
        """Whether it may have changed something."""
        return self.method != "GET"

    @property
    def code(self) -> str:
        """The problem's code, or empty."""
        return str(self.answer.get("code", "")) if isinstance(self.answer, dict) else ""

    @property
    def rescues(self) -> bool:
        """Whether it takes a rescue option."""
        return self.last == "take" and "/options/" in self.path

    @property
    def last(self) -> str:
        """The last segment of the path."""
        return self.path.partition("?")[0].rpartition("/")[2]


@dataclass
class Journal:
    """The exchanges of an evening; with a file, each is also written there as a JSON line.

    Without `keeps` they are counted only.
    """

    file: IO[str] | None = None
    keeps: bool = True
    exchanges: list[Exchange] = field(default_factory=list)
    moments: int = 0
    sent: int = 0

    def open(self, exchange: Exchange) -> Exchange:
        """Record a request that is sent."""
        exchange.sent = self._moment()
        self.sent += 1
        if self.keeps:
            self.exchanges.append(exchange)
        return exchange

    def close(self, exchange: Exchange) -> None:
        """Record its outcome."""
        exchange.received = self._moment()
        if self.file:
            self.file.write(json.dumps(as_line(exchange), default=str) + "\n")

    def acknowledged(self) -> Iterator[Exchange]:
        """Every acknowledged exchange, in the order received."""
        heard = (each for each in self.exchanges if each.acknowledged)
        return iter(sorted(heard, key=lambda each: each.received or 0))

    def _moment(self) -> int:
        self.moments += 1
        return self.moments


def as_line(exchange: Exchange) -> dict[str, Any]:
    """The exchange as it is written to a file."""
    return {name: getattr(exchange, name) for name in exchange.__slots__}
