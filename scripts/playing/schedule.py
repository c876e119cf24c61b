"""Business time: what happens when, in steps within which everything happens at once."""

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

    def take(self, until: datetime) -> list[Deed]:
        """Move time to `until` and return what is due by then, in order."""
        self.now = until
        due: list[Deed] = []
        while self.heap and self.heap[0][0] <= until:
            due.append(heapq.heappop(self.heap)[2])
        return due


async def together(deeds: list[Deed]) -> None:
    """Do all at once; the first failure ends the others and is raised."""
    try:
        async with asyncio.TaskGroup() as group:
            for deed in deeds:
                group.create_task(run(deed))
    except ExceptionGroup as failed:
        raise failed.exceptions[0] from None


async def run(deed: Deed) -> None:
    """Do one."""
    await deed()
