"""Keeps the embedded server running: one that died is started again, unless it keeps dying."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from scripts import embedded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

LOOK_SECONDS = 0.25
# Before each start of those within the last WINDOW_SECONDS; after the last of them it is given up.
PAUSES = (0.0, 1.0, 5.0, 15.0)
WINDOW_SECONDS = 600.0


async def keep_running(
    folder: Path,
    say: Callable[[str], None],
    *,
    pauses: Sequence[float] = PAUSES,
    look: float = LOOK_SECONDS,
) -> None:
    """Start the server on these data again whenever it has died, until cancelled.

    Meanwhile the service answers 503 and finds the way back by itself. Raises EmbeddedError when
    it has died too often: a supervisor may start all of it anew.
    """
    starts: list[float] = []
    while True:
        await asyncio.sleep(look)
        if embedded.runs(folder):
            continue
        starts = [at for at in starts if at > time.monotonic() - WINDOW_SECONDS]
        if len(starts) == len(pauses):
            raise embedded.EmbeddedError(
                f"PostgreSQL died {len(starts) + 1} times in {WINDOW_SECONDS / 60:.0f} minutes, so"
                f" the service ends: {folder / 'postgres.log'} says why."
            )
        await asyncio.sleep(pauses[len(starts)])
        starts.append(time.monotonic())
        say("PostgreSQL has died; starting it again")
        try:
            await asyncio.to_thread(embedded.revive, folder)
        except embedded.EmbeddedError as error:
            say(str(error))
        else:
            say("PostgreSQL is there again")
