"""Whether writes go through, for all who ask /readyz: looked at once in some seconds, by one."""

import asyncio
import math
from typing import Final

from seating.clock import wall_now
from seating.db import Pool
from seating.jobs.disk_probe import wrong_with_writes

EVERY_SECONDS: Final = 5.0


class WriteWatch:
    """What was last found, good for EVERY_SECONDS; all who ask meanwhile wait for one look."""

    def __init__(self) -> None:
        self._look: asyncio.Task[str] | None = None
        self._begun = -math.inf

    async def what_is_wrong(self, pool: Pool) -> str:
        """Return why writes do not go through; empty when they do."""
        now = asyncio.get_running_loop().time()
        if self._look is None or (self._look.done() and now >= self._begun + EVERY_SECONDS):
            self._begun = now
            self._look = asyncio.create_task(wrong_with_writes(pool, wall_now()))
        return await asyncio.shield(self._look)
