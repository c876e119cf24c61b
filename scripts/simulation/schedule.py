"""The event queue by business time.

Events of one step run concurrently; where the clock runs, each waits for its own time.
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
    """A priority queue of coroutines by time."""

    now: datetime
    heap: list[tuple[datetime, int, Deed]] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)

    def at(self, when: datetime, deed: Deed) -> None:
        """Schedule at an instant; one in the past runs in the next step."""
        heapq.heappush(self.heap, (max(when, self.now), next(self.numbers), deed))

    def after(self, wait: timedelta, deed: Deed) -> None:
        """Schedule relative to now."""
        self.at(self.now + wait, deed)

    def next_time(self) -> datetime | None:
        """When the next one is due."""
        return self.heap[0][0] if self.heap else None

    def take(self, until: datetime) -> list[tuple[datetime, Deed]]:
        """Move time to `until` and return what is due by then, in order."""
        self.now = until
        due: list[tuple[datetime, Deed]] = []
        while self.heap and self.heap[0][0] <= until:
            when, _, deed = heapq.heappop(self.heap)
            due.append((when, deed))
        return due


async def run_concurrently(deeds: list[tuple[datetime, Deed]], wait: Waiting) -> None:
    """Run all concurrently, each after `wait(when)`; the first failure cancels the others."""
    try:
        async with asyncio.TaskGroup() as group:
            for when, deed in deeds:
                group.create_task(run(when, deed, wait))
    except ExceptionGroup as failed:
        raise failed.exceptions[0] from None


async def run(when: datetime, deed: Deed, wait: Waiting) -> None:
    """Run one after `wait(when)`."""
    await wait(when)
    await deed()
