"""Fault injection: kill -9 of an api process, then of PostgreSQL, during the evening."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scripts.simulation.night import Night
    from scripts.simulation.servers import Servers
    from scripts.simulation.written_house import Hours


class Killer:
    """Kills after a third of the evening an api process, after two thirds PostgreSQL."""

    def __init__(self, servers: Servers | None, hours: Hours) -> None:
        """With `servers` None nothing is killed."""
        third = (hours.last_seating - hours.opens) / 3
        self.due = [
            (hours.opens + third, self._kill_process),
            (hours.opens + third * 2, self._kill_database),
        ]
        self.servers = servers
        self.tasks: list[asyncio.Task[None]] = []

    async def after_step(self, night: Night) -> None:
        """Start a kill that is due as a task, so that it meets the calls of the next steps."""
        for task in self.tasks:
            if task.done():
                task.result()
        if self.servers and self.due and night.now >= self.due[0][0]:
            _, kill = self.due.pop(0)
            self.tasks.append(asyncio.create_task(kill(night)))

    async def _kill_process(self, night: Night) -> None:
        night.count("kill -9 of an api process")
        await asyncio.sleep(0.05)
        if self.servers:
            await self.servers.kill_process(1)

    async def _kill_database(self, night: Night) -> None:
        night.count("kill -9 of PostgreSQL")
        await asyncio.sleep(0.05)
        if self.servers:
            await self.servers.kill_database()
