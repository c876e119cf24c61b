"""Business time: what happens when, in steps within which everything happens at once.

Where the clock runs, everything within a step happens at its own time.
"""

from __future__ import annotations

import asyncio
import heapq
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from datetime import datetime, timedelta

    Deed = Callable[[], Awaitable[None]]
    Waiting = Callable[[datetime], Awaitable[None]]


@dataclass
class Schedule:
    """Deeds in order of time."""

    now: datetime
    heap: list[tuple[datetime, int, Deed]] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)

    def at(self, when: datetime, deed: Deed) -> None:
        """Do something at an instant; what is past is done in the next step."""
        heapq.heappush(self.heap, (max(when, self.now), next(self.numbers), deed))

    def after(self, wait: timedelta, deed: Deed) -> None:
        """Do something some time from now."""
        self.at(self.now + wait, deed)

    def next_time(self) -> datetime | None:
        """When the next deed is due."""
        return self.heap[0][0] if self.heap else None

    def take(self, until: datetime) -> list[tuple[datetime, Deed]]:
        """Move time to `until` and return what is due by then, in order."""
        self.now = until
        due: list[tuple[datetime, Deed]] = []
        while self.heap and self.heap[0][0] <= until:
            when, _, deed = heapq.heappop(self.heap)
            due.append((when, deed))
        return due


async def together(deeds: list[tuple[datetime, Deed]], wait: Waiting) -> None:
    """Do each once `wait` has waited for its time; the first failure ends the others."""
    try:
        async with asyncio.TaskGroup() as group:
            for when, deed in deeds:
                group.create_task(run(when, deed, wait))
    except ExceptionGroup as failed:
        raise failed.exceptions[0] from None


async def run(when: datetime, deed: Deed, wait: Waiting) -> None:
    """Do one."""
    await wait(when)
    await deed()
