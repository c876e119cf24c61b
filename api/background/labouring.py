"""Starts the lab's worker, a process of the lowest priority, whenever a run waits for one."""

import asyncio
import logging
import os
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final

import seating
from api.settings import Settings
from seating.db import Pool
from seating.lab.claiming import is_waiting

log = logging.getLogger("maitred.lab")

LOOK_SECONDS: Final = 2.0
WORKER: Final = "seating.lab.worker"
CODE: Final = Path(seating.__file__).resolve().parents[1]


@asynccontextmanager
async def labouring(pool: Pool, settings: Settings) -> AsyncGenerator[None, None]:
    """Look for runs while the block lasts; the worker is stopped with it, its run is not lost."""
    labour = Labour(pool, settings.database_url)
    looking = asyncio.create_task(labour.look())
    try:
        yield
    finally:
        looking.cancel()
        with suppress(asyncio.CancelledError):
            await looking
        await labour.stop()


class Labour:
    """The worker of this process: one at a time, started when a run waits."""

    def __init__(self, pool: Pool, dsn: str) -> None:
        self._pool, self._dsn = pool, dsn
        self._worker: Process | None = None

    async def look(self) -> None:
        """Look until cancelled."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            with suppress(Exception):  # the database may be away; look again
                await self._start_if_waiting()

    async def stop(self) -> None:
        """End the worker if one runs."""
        worker = self._worker
        if worker is not None and worker.returncode is None:
            worker.terminate()
            await worker.wait()

    async def _start_if_waiting(self) -> None:
        if self._worker is not None and self._worker.returncode is None:
            return
        async with self._pool.acquire() as conn:
            if not await is_waiting(conn):
                return
        environment = {**os.environ, "DATABASE_URL": self._dsn}
        command = (sys.executable, "-m", WORKER)
        self._worker = await asyncio.create_subprocess_exec(*command, cwd=CODE, env=environment)
