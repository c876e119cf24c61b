"""The part of an evening in which the business clock runs: everybody comes in their own time."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from scripts.simulation.schedule import run_concurrently

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from scripts.simulation.night import Night
    from scripts.simulation.play import Actors

LOOKS_EVERY = timedelta(minutes=2)
STANDS_SECONDS = 2.0


async def live(actors: Actors, watch: Callable[[Night], Awaitable[None]]) -> None:
    """Sleep to the next event and let it happen, until the last guests are gone.

    Every two minutes the stand is looked at, when no call is under way.
    """
    night, witness = actors.night, actors.witness
    night.swept = False
    await witness.read_clock()
    looks_at = night.now
    while not witness.over:
        due = min(night.schedule.next_time() or looks_at, looks_at)
        await reach(actors, due)
        await run_concurrently(night.schedule.take(max(due, night.wire.clock())), at_once)
        if night.now >= looks_at:
            await witness.read_clock()
            await witness.look()
            await actors.renew_tokens()
            looks_at = night.now + LOOKS_EVERY
        await watch(night)


async def reach(actors: Actors, due: datetime) -> None:
    """Sleep until business time is there; while somebody has stopped the clock, ask for it."""
    wire = actors.night.wire
    while (ahead := (due - wire.clock()).total_seconds()) > 0:
        if wire.running is None:
            await asyncio.sleep(STANDS_SECONDS)
            await actors.witness.read_clock()
        else:
            _, rate = wire.running
            await asyncio.sleep(ahead / rate)


async def at_once(_: datetime) -> None:
    """What is due has been waited for."""
