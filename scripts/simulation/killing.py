"""Fault injection: kill -9 of api processes, the jobs process and PostgreSQL during the evening."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from scripts.simulation.dice import dice_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from scripts.simulation.night import Night
    from scripts.simulation.servers import Servers

    Kill = Callable[[Servers], Awaitable[None]]

LATEST = 0.3
"""A kill comes up to so many seconds after its moment, and so anywhere in a request."""

KINDS = ("an api process", "PostgreSQL", "the jobs process", "an api process", "PostgreSQL")


class Killer:
    """Kills so often, at random moments at which guests ask or come; what is killed comes again."""

    def __init__(self, servers: Servers | None, kills: int, seed: int) -> None:
        """With `servers` None nothing is killed."""
        self.servers = servers
        self.kills = kills if servers else 0
        self.dice = dice_of("kills", seed)
        self.due: list[datetime] | None = None
        self.done = 0
        self.tasks: list[asyncio.Task[None]] = []
        self.one_by_one = asyncio.Lock()

    async def after_step(self, night: Night) -> None:
        """Start a kill that is due as a task, so that it meets the calls of the next steps."""
        for task in self.tasks:
            if task.done():
                task.result()
        if self.due is None:
            self.due = self._moments(night)
        if self.servers and self.due and night.now >= self.due[0]:
            del self.due[0]
            self.tasks.append(asyncio.create_task(self._kill(night, self.servers)))

    async def at_the_end(self) -> None:
        """Wait until everything that was killed runs again."""
        await asyncio.gather(*self.tasks)

    def _moments(self, night: Night) -> list[datetime]:
        asked = [guest.asks_at for guest in night.crowd.guests]
        came = [walk_in.at for walk_in in night.crowd.walk_ins]
        return sorted(self.dice.sample([*asked, *came], k=min(self.kills, len(asked + came))))

    async def _kill(self, night: Night, servers: Servers) -> None:
        """Kill the next in turn, once what was killed before runs again."""
        what = KINDS[self.done % len(KINDS)]
        self.done += 1
        async with self.one_by_one:
            await asyncio.sleep(self.dice.uniform(0, LATEST))
            night.count(f"kill -9 of {what}")
            if what == "PostgreSQL":
                await servers.kill_database()
            elif what == "the jobs process":
                await servers.kill_jobs()
            else:
                await servers.kill_process(self.dice.randrange(len(servers.processes)))
