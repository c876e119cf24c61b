"""The way to the database: one pool per process, one transaction per command."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import asyncpg

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    type Connection = asyncpg.Connection[asyncpg.Record]

SETTINGS = {
    "application_name": "maitred",
    # Compiling pays off for reports of seconds; ours are statements of a millisecond.
    "jit": "off",
    "timezone": "UTC",
}
# Longer than any statement should take, shorter than the patience of a host at the door.
COMMAND_TIMEOUT_SECONDS = 10.0
