"""Writes this process's search counts (seating/booking/searches.py) every 30 s and at shutdown."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

from seating.booking.searches import SearchCounter
from seating.db import Pool

log = logging.getLogger("maitred.counting")

EVERY_SECONDS: Final = 30.0


@asynccontextmanager
async def counting(pool: Pool) -> AsyncGenerator[SearchCounter, None]:
    """A counter that is flushed to the database while the block lasts and at its end."""
    counter = SearchCounter()
    writing = asyncio.create_task(write_on(counter, pool))
    try:
        yield counter
    finally:
        writing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await writing
        await write(counter, pool)


async def write_on(counter: SearchCounter, pool: Pool) -> None:
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        await write(counter, pool)


async def write(counter: SearchCounter, pool: Pool) -> None:
    """Flush once; a failure is logged, and the next flush includes the same counts."""
    try:
        await counter.flush(pool)
    except Exception:
        log.exception("what was searched in vain could not be written")
