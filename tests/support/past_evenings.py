"""Dinners of the test house that are over and learned from, put into the book by statements."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.support.house import SEVEN, VENUE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seating.db import Pool

PERIODS = """
insert into period (venue_id, period_id, service_date, name, opens, last_seating, closes,
                    house_version, closed_at)
select $1, 'past-' || n, $2::date - n, 'dinner', $3::timestamptz - make_interval(days => n),
       $3 - make_interval(days => n, hours => -4), $3 - make_interval(days => n, mins => -355), 1,
       $3 - make_interval(days => n, hours => -7)
from generate_series(1, $4::int) n
"""
SEATINGS = """
insert into seating (venue_id, seating_id, period_id, state, party_size, seated_at, expected_end,
                     counted_at, cleared_at)
select $1, gen_random_uuid(), p.period_id, 'cleared', $2, p.opens + make_interval(mins => $3),
       p.opens + make_interval(mins => $3 + $4), p.opens, p.opens + make_interval(mins => $3 + $4)
from period p where p.venue_id = $1 and p.period_id like 'past-%'
"""
LESSON = """
insert into lesson (venue_id, service_date, made_at, nights, bookings)
values ($1, $2::date - 1, $3, $4, $5)
"""

WalkIn = tuple[int, int, int]
"""A party: its size, the minute after the opening it sat down, the minutes it stayed."""


async def past_evenings(
    pool: Pool, count: int, walk_ins: Sequence[WalkIn] = (), *, bookings: int = 0
) -> None:
    """As many evenings before the test's Wednesday, each with the same walk-ins."""
    opens = SEVEN - timedelta(hours=1)
    await pool.execute(PERIODS, VENUE, SEVEN.date(), opens, count)
    for size, minute, stay in walk_ins:
        await pool.execute(SEATINGS, VENUE, size, minute, stay)
    if count:
        await pool.execute(LESSON, VENUE, SEVEN.date(), opens, count, bookings)
