"""Business time: the wall clock, or in demo and tests a clock that can be moved."""

from datetime import UTC, datetime, timedelta
from typing import Protocol

from seating.db import Connection

READ_CLOCK = "select anchor, set_at, rate from clock"

SET_CLOCK = """
insert into clock (anchor, set_at, rate) values ($1, clock_timestamp(), $2)
on conflict (one) do update
    set anchor = excluded.anchor, set_at = excluded.set_at, rate = excluded.rate
"""


class Clock(Protocol):
    """Tells business time on a connection's behalf."""

    async def now(self, conn: Connection) -> datetime:
        """Return business time, aware, in UTC."""


def wall_now() -> datetime:
    """The wall clock, for tokens, limits and stamps; never for business."""
    return datetime.now(UTC)


class WallClock:
    """Production: business time is wall time and costs no query."""

    async def now(self, conn: Connection) -> datetime:  # noqa: ARG002
        """Return the wall clock's time."""
        return wall_now()


class MovableClock:
    """Demo and tests: one row (anchor, rate) that every process reads."""

    async def now(self, conn: Connection) -> datetime:
        """Return the clock row's time; the wall clock's where nobody moved it."""
        row = await conn.fetchrow(READ_CLOCK)
        if row is None:
            return wall_now()
        passed: timedelta = wall_now() - row["set_at"]
        anchor: datetime = row["anchor"]
        return anchor + passed * float(row["rate"])


async def read_rate(conn: Connection) -> float:
    """Return how fast business time runs against wall time."""
    row = await conn.fetchrow(READ_CLOCK)
    return float(row["rate"]) if row else 1.0


async def set_clock(conn: Connection, anchor: datetime, rate: float) -> None:
    """Move business time to `anchor`, running at `rate` times wall time from now on."""
    await conn.execute(SET_CLOCK, anchor, rate)
