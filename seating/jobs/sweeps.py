"""The jobs' bodies: each finds periods with something due, then one transaction a period.

Nobody waits for a job: whoever locks a period applies what is due in it first (periods.locked).
So a sweep only has to lock, and any number of processes may sweep at once.
"""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import msgspec
from asyncpg import Record

from policies.book.changes import Changes
from policies.floor.closing import closed, is_over
from policies.floor.stand import Stand
from policies.house.calendar import Period
from policies.plan.replanning import settled
from policies.rescue.cases import NEAR
from seating.book.in_force import house_of
from seating.book.periods import Opened, locked
from seating.book.write import Written, write
from seating.clock import Clock
from seating.db import Connection, Pool, run
from seating.floor.reach import overrun_reach
from seating.forecast.prices import refresh_prices
from seating.forecast.quote_scales import learn_quotes
from seating.gestures.expiry import expire_gestures, expire_offers, expire_questions
from seating.rescue.cases import open_due_cases
from seating.rescue.rows import lapse_options
from seating.turnaways.log import log_ended
from seating.waitlist.turns import promote_waiting

if TYPE_CHECKING:
    from datetime import datetime

PERIOD = """p.venue_id, p.period_id, p.service_date, p.name, p.opens, p.last_seating, p.closes,
       p.house_version"""

WITH_HOLDS_DUE = f"""
select distinct {PERIOD}
from slot_hold h join period p using (venue_id, period_id)
where h.state = 'held' and h.expires_at <= $1
order by venue_id, period_id
"""

WITH_HELD_TABLES_DUE = f"""
select distinct {PERIOD}
from held_table h join period p using (venue_id, period_id)
where h.state = 'held' and h.release_at <= $1
order by venue_id, period_id
"""

WITH_LATE_PARTIES = f"""
select distinct {PERIOD}
from period p join reservation r using (venue_id, period_id)
where p.closed_at is null and r.state = 'booked' and r.starts <= $1
order by venue_id, period_id
"""

WITH_OVERRUNS = f"""
select distinct {PERIOD}
from period p join seating s using (venue_id, period_id)
where p.closed_at is null and s.cleared_at is null and s.expected_end <= $1
order by venue_id, period_id
"""

# A party that waits, or a promise near its time without a table: is there a case for it?
WITH_CASES_DUE = f"""
select distinct {PERIOD}
from period p join reservation r using (venue_id, period_id)
where p.closed_at is null and r.starts <= $1::timestamptz + interval '{NEAR.seconds} seconds'
  and (r.state = 'arrived' or (r.state = 'booked' and r.kind = 'overbooked'))
  and not exists (select from exposure e where e.venue_id = r.venue_id
                  and e.reservation_id = r.reservation_id and e.closed_at is null)
order by venue_id, period_id
"""

PERIODS_OVER = """
select venue_id, period_id, service_date, name, opens, last_seating, closes, house_version
from period where closed_at is null and closes <= $1
order by venue_id, period_id
"""


async def expire_slot_holds(pool: Pool, clock: Clock) -> int:
    """Give back what slot holds kept beyond their time; returns how many periods had any."""
    return await _sweep(pool, clock, WITH_HOLDS_DUE, _replan)


async def release_held_tables(pool: Pool, clock: Clock) -> int:
    """Put on sale what the ladder gives back; returns how many periods had any."""
    return await _sweep(pool, clock, WITH_HELD_TABLES_DUE, _replan)


async def mark_late_and_no_show(pool: Pool, clock: Clock) -> int:
    """Mark parties late, and give up those past the grace; returns how many periods had any."""
    return await _sweep(pool, clock, WITH_LATE_PARTIES, _replan)


async def stretch_overruns(pool: Pool, clock: Clock) -> int:
    """Move the plan away from parties that stay longer; returns how many periods had any."""
    return await _sweep(pool, clock, WITH_OVERRUNS, _replan)


async def open_cases(pool: Pool, clock: Clock) -> int:
    """Find promised parties before they complain; returns how many periods were looked at."""
    return await _sweep(pool, clock, WITH_CASES_DUE, open_due_cases)


async def close_periods(pool: Pool, clock: Clock) -> int:
    """Close periods that are over; returns how many had ended."""
    return await _sweep(pool, clock, PERIODS_OVER, _close)


SWEEPS: tuple[Callable[[Pool, Clock], Awaitable[int]], ...] = (
    expire_slot_holds,
    release_held_tables,
    mark_late_and_no_show,
    stretch_overruns,
    promote_waiting,
    expire_gestures,
    lapse_options,
    open_cases,
    close_periods,
    refresh_prices,
    learn_quotes,
)


async def sweep_all(pool: Pool, clock: Clock) -> None:
    """Run every sweep once, as a clock that jumps has to."""
    for sweep in SWEEPS:
        await sweep(pool, clock)


async def _sweep(
    pool: Pool,
    clock: Clock,
    due: str,
    body: Callable[[Connection, Opened], Awaitable[None]],
) -> int:
    async with pool.acquire() as conn:
        rows = await conn.fetch(due, await clock.now(conn))
    for row in rows:
        await _sweep_period(pool, clock, row, body)
    return len(rows)


async def _sweep_period(
    pool: Pool,
    clock: Clock,
    row: Record,
    body: Callable[[Connection, Opened], Awaitable[None]],
) -> None:
    venue_id: str = row["venue_id"]
    period = msgspec.convert({k: v for k, v in row.items() if k != "venue_id"}, Period)

    async def work(conn: Connection) -> None:
        known = await house_of(conn, venue_id)
        now: datetime = await clock.now(conn)
        also = overrun_reach(known, now)
        await body(
            conn, await locked(conn, venue_id, known, period, now=now, also=also, together=True)
        )

    await run(pool, work)


async def _replan(conn: Connection, opened: Opened) -> None:
    """Locking has applied what was due; the room it made may save a promise without a table."""
    changes = settled(opened.picture, Changes(), opened.house, now=opened.now)
    if changes:
        await write(conn, opened.venue_id, opened.picture, Written(changes=changes), now=opened.now)


async def _close(conn: Connection, opened: Opened) -> None:
    picture, now = opened.picture, opened.now
    if picture.period.closed_at is not None or not is_over(picture, now):
        return
    changes = closed(Stand(picture=picture, house=opened.house, now=now, by="job"))
    await write(conn, opened.venue_id, picture, Written(changes=changes), now=now)
    await log_ended(conn, opened.venue_id, picture.period, changes, now=now)
    ours = picture.period.period_id
    await expire_questions(conn, opened.venue_id, ours, now=now, closing=True)
    await expire_offers(conn, opened.venue_id, ours, now=now, closing=True)
