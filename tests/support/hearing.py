"""An ear on what is announced to the screens."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from seating.book.announcing import CHANNEL, EVENTS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from seating.db import Pool

ENVELOPE = {"venue", "event", "id", "version", "period_id", "staff_id", "for"}


class Ear:
    """What is announced, in order."""

    def __init__(self) -> None:
        self._heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    def hear(self, *told: object) -> None:
        self._heard.put_nowait(json.loads(str(told[3])))

    async def until(self, event: str) -> dict[str, Any]:
        """The next announcement of this name; those before it are well formed too."""
        while True:
            said = await asyncio.wait_for(self._heard.get(), 60)
            assert said["event"] in EVENTS
            assert {"venue", "event", "id", "version"} <= said.keys() <= ENVELOPE
            if said["event"] == event:
                return said


@asynccontextmanager
async def listening(pool: Pool) -> AsyncIterator[Ear]:
    ear = Ear()
    async with pool.acquire() as conn:
        await conn.add_listener(CHANNEL, ear.hear)
        try:
            yield ear
        finally:
            await conn.remove_listener(CHANNEL, ear.hear)
