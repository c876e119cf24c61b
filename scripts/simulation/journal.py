"""Everything sent and everything answered, in one order; what was answered is what was promised."""

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
    """One request and what came of it.

    `sent` and `received` count in one sequence; `at` and `done_at` are business time. `fate`:
    pending, answered, lost (the caller hung up) or broken (the connection ended). `key` is the
    Idempotency-Key or the body's id.
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
        """Whether the caller was told yes."""
        return self.fate == "answered" and 200 <= self.status < 300

    @property
    def writes(self) -> bool:
        """Whether it may have changed something."""
        return self.method != "GET"

    @property
    def code(self) -> str:
        """The problem's code, or nothing."""
        return str(self.answer.get("code", "")) if isinstance(self.answer, dict) else ""

    @property
    def rescues(self) -> bool:
        """Whether it takes a way found for a party told no."""
        return self.last == "take" and "/options/" in self.path

    @property
    def last(self) -> str:
        """The last step of the path."""
        return self.path.partition("?")[0].rpartition("/")[2]


@dataclass
class Journal:
    """The record of an evening; with a file, also on disk, a line as each answer comes."""

    file: IO[str] | None = None
    exchanges: list[Exchange] = field(default_factory=list)
    moments: int = 0

    def open(self, exchange: Exchange) -> Exchange:
        """Note a request on its way."""
        exchange.sent = self._moment()
        self.exchanges.append(exchange)
        return exchange

    def close(self, exchange: Exchange) -> None:
        """Note what came of it."""
        exchange.received = self._moment()
        if self.file:
            self.file.write(json.dumps(as_line(exchange), default=str) + "\n")

    def acknowledged(self) -> Iterator[Exchange]:
        """Every yes that reached its caller, in the order received."""
        heard = (each for each in self.exchanges if each.acknowledged)
        return iter(sorted(heard, key=lambda each: each.received or 0))

    def _moment(self) -> int:
        self.moments += 1
        return self.moments


def as_line(exchange: Exchange) -> dict[str, Any]:
    """The exchange as it is written to a file."""
    return {name: getattr(exchange, name) for name in exchange.__slots__}
