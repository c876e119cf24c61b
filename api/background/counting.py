"""Writing what this process has counted (seating/booking/searches.py), now and then and at its end."""

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
    """A counter for as long as the block lasts; what it holds is written every half minute."""
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
    """A failure is logged; the numbers are written with the next."""
    try:
        await counter.flush(pool)
    except Exception:
        log.exception("what was searched in vain could not be written")
