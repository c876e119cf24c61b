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

    Action = Callable[[], Awaitable[None]]
    Waiting = Callable[[datetime], Awaitable[None]]


@dataclass
class Schedule:
    """A priority queue of coroutines by time."""

    now: datetime
    heap: list[tuple[datetime, int, Action]] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)

    def at(self, when: datetime, action: Action) -> None:
        """Schedule at an instant; one in the past runs in the next step."""
        heapq.heappush(self.heap, (max(when, self.now), next(self.numbers), action))

    def after(self, wait: timedelta, action: Action) -> None:
        """Schedule relative to now."""
        self.at(self.now + wait, action)

    def next_time(self) -> datetime | None:
        """When the next one is due."""
        return self.heap[0][0] if self.heap else None

    def begin(self, now: datetime) -> None:
        """Start at `now`: what was due by then has happened already."""
        self.now = now
        self.heap = [each for each in self.heap if each[0] > now]
        heapq.heapify(self.heap)

    def take(self, until: datetime) -> list[tuple[datetime, Action]]:
        """Move time to `until` and return what is due by then, in order."""
        self.now = until
        due: list[tuple[datetime, Action]] = []
        while self.heap and self.heap[0][0] <= until:
            when, _, action = heapq.heappop(self.heap)
            due.append((when, action))
        return due


async def run_concurrently(actions: list[tuple[datetime, Action]], wait: Waiting) -> None:
    """Run all concurrently, each after `wait(when)`; the first failure cancels the others."""
    try:
        async with asyncio.TaskGroup() as group:
            for when, action in actions:
                group.create_task(run(when, action, wait))
    except ExceptionGroup as failed:
        raise failed.exceptions[0] from None


async def run(when: datetime, action: Action, wait: Waiting) -> None:
    """Run one after `wait(when)`."""
    await wait(when)
    await action()
