"""Business time: the wall clock, or in demo and tests one row that can be moved."""

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
    """Source of business time; may read it from the database."""

    async def now(self, conn: Connection) -> datetime:
        """Return business time, aware, in UTC."""


def wall_now() -> datetime:
    """Return wall time, for tokens, rate limits and signatures; never for business decisions."""
    return datetime.now(UTC)


class WallClock:
    """Production: business time is wall time, without a query."""

    async def now(self, conn: Connection) -> datetime:  # noqa: ARG002
        """Return the wall clock's time."""
        return wall_now()


class MovableClock:
    """Demo and tests: one row that all processes read: anchor + rate * (wall time - set_at)."""

    async def now(self, conn: Connection) -> datetime:
        """Return the clock row's time, wall time if there is no row."""
        row = await conn.fetchrow(READ_CLOCK)
        if row is None:
            return wall_now()
        passed: timedelta = wall_now() - row["set_at"]
        anchor: datetime = row["anchor"]
        return anchor + passed * float(row["rate"])


async def read_rate(conn: Connection) -> float:
    """Return business seconds per wall second."""
    row = await conn.fetchrow(READ_CLOCK)
    return float(row["rate"]) if row else 1.0


async def set_clock(conn: Connection, anchor: datetime, rate: float) -> None:
    """Move business time to `anchor`, running at `rate` times wall time from now on."""
    await conn.execute(SET_CLOCK, anchor, rate)
