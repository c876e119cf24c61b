"""Business time: the wall clock, or in demo and tests one row that can be moved."""

from datetime import UTC, datetime, timedelta
from typing import Protocol

from msgspec import Struct

from seating.db import Connection

READ_CLOCK = "select anchor, set_at, rate from clock"

SET_CLOCK = """
insert into clock (anchor, set_at, rate) values ($1, clock_timestamp(), $2)
on conflict (one) do update
    set anchor = excluded.anchor, set_at = excluded.set_at, rate = excluded.rate
"""


class ClockReading(Struct, frozen=True, kw_only=True):
    """Business time, and how many business seconds pass in a second (0: the clock stands)."""

    now: datetime
    rate: float


class Clock(Protocol):
    """Source of business time; may read it from the database."""

    async def read(self, conn: Connection) -> ClockReading:
        """Return business time and its rate, in one query at most."""

    async def now(self, conn: Connection) -> datetime:
        """Return business time, aware, in UTC."""


def wall_now() -> datetime:
    """Return wall time, for tokens, rate limits and signatures; never for business decisions."""
    return datetime.now(UTC)


class WallClock:
    """Production: business time is wall time, without a query."""

    async def read(self, conn: Connection) -> ClockReading:  # noqa: ARG002
        """Return the wall clock's time, at rate 1."""
        return ClockReading(now=wall_now(), rate=1.0)

    async def now(self, conn: Connection) -> datetime:  # noqa: ARG002
        """Return the wall clock's time."""
        return wall_now()


class MovableClock:
    """Demo and tests: one row that all processes read: anchor + rate * (wall time - set_at)."""

    async def read(self, conn: Connection) -> ClockReading:
        """Return the clock row's time and rate, those of the wall clock if there is no row."""
        row = await conn.fetchrow(READ_CLOCK)
        if row is None:
            return ClockReading(now=wall_now(), rate=1.0)
        passed: timedelta = wall_now() - row["set_at"]
        anchor, rate = row["anchor"], float(row["rate"])
        return ClockReading(now=anchor + passed * rate, rate=rate)

    async def now(self, conn: Connection) -> datetime:
        """Return the clock row's time, wall time if there is no row."""
        return (await self.read(conn)).now


async def read_rate(conn: Connection) -> float:
    """Return business seconds per wall second."""
    return (await MovableClock().read(conn)).rate


async def set_clock(conn: Connection, anchor: datetime, rate: float) -> None:
    """Move business time to `anchor`, running at `rate` times wall time from now on."""
    await conn.execute(SET_CLOCK, anchor, rate)
