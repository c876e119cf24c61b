"""Sweeps: each finds the periods with something due and handles each in one transaction.

Locking a period applies what is due in it (periods.lock_period), for commands as for sweeps. So
nobody waits for a job, and any number of processes may sweep at once.
"""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from asyncpg import Record

from policies.book.changes import Changes
from policies.book.picture import OVERRUN_MARGIN
from policies.floor.closing import close_period, is_over
from policies.floor.stand import Stand
from policies.plan.replanning import replan
from policies.rescue.cases import LOOK_AHEAD
from seating.book.in_force import house_of
from seating.book.period_rows import PERIOD_COLUMNS, period_in
from seating.book.periods import LockedPeriod, lock_period
from seating.book.write import WriteSet, write
from seating.clock import Clock
from seating.db import Connection, Pool, run_unless_busy
from seating.floor.levers_ahead import end_levers
from seating.floor.reach import overrun_reach
from seating.forecast.prices import refresh_prices
from seating.forecast.quote_models import learn_quotes
from seating.gestures.expiry import expire_approvals, expire_gestures, expire_offers
from seating.gestures.tasks import tell_due_gestures
from seating.notices.passing_on import pass_on_questions
from seating.rescue.cases import open_due_cases
from seating.rescue.rows import lapse_options
from seating.turnaways.log import log_changes
from seating.waitlist.requoting import renew_quotes
from seating.waitlist.turns import promote_waiting

if TYPE_CHECKING:
    from datetime import datetime

WITH_HOLDS_DUE = f"""
select distinct p.venue_id, {PERIOD_COLUMNS}
from slot_hold h join period p using (venue_id, period_id)
where h.state = 'held' and (h.expires_at <= $1 or h.expires_at > $1 + interval '1 hour')
order by venue_id, period_id
"""

WITH_HELD_TABLES_DUE = f"""
select distinct p.venue_id, {PERIOD_COLUMNS}
from held_table h join period p using (venue_id, period_id)
where h.state = 'held' and h.release_at <= $1
order by venue_id, period_id
"""

WITH_LATE_PARTIES = f"""
select distinct p.venue_id, {PERIOD_COLUMNS}
from period p join reservation r using (venue_id, period_id)
where p.closed_at is null and r.state = 'booked' and r.starts <= $1
order by venue_id, period_id
"""

WITH_OVERRUNS = f"""
select distinct p.venue_id, {PERIOD_COLUMNS}
from period p join seating s using (venue_id, period_id)
where p.closed_at is null and s.cleared_at is null
  and s.expected_end <= $1::timestamptz + interval '{OVERRUN_MARGIN.seconds} seconds'
order by venue_id, period_id
"""

# Arrived parties and overbooked promises near their start, without an open case.
WITH_CASES_DUE = f"""
select distinct p.venue_id, {PERIOD_COLUMNS}
from period p join reservation r using (venue_id, period_id)
where p.closed_at is null and r.starts <= $1::timestamptz + interval '{LOOK_AHEAD.seconds} seconds'
  and (r.state = 'arrived' or (r.state = 'booked' and r.kind = 'overbooked'))
  and not exists (select from exposure e where e.venue_id = r.venue_id
                  and e.reservation_id = r.reservation_id and e.closed_at is null)
order by venue_id, period_id
"""

PERIODS_OVER = f"""
select p.venue_id, {PERIOD_COLUMNS}
from period p where p.closed_at is null and p.closes <= $1
order by p.venue_id, p.period_id
"""


async def expire_slot_holds(pool: Pool, clock: Clock) -> int:
    """Expire slot holds; returns how many periods had any due."""
    return await _sweep(pool, clock, WITH_HOLDS_DUE, _replan)


async def release_held_tables(pool: Pool, clock: Clock) -> int:
    """Release held tables at their release time; returns how many periods had any due."""
    return await _sweep(pool, clock, WITH_HELD_TABLES_DUE, _replan)


async def mark_late_and_no_show(pool: Pool, clock: Clock) -> int:
    """Mark parties late, past the grace no-show; returns how many periods had any."""
    return await _sweep(pool, clock, WITH_LATE_PARTIES, _replan)


async def stretch_overruns(pool: Pool, clock: Clock) -> int:
    """Replan around parties at their expected end or past it; returns how many periods had any."""
    return await _sweep(pool, clock, WITH_OVERRUNS, _replan)


async def open_cases(pool: Pool, clock: Clock) -> int:
    """Open cases for promised parties at risk; returns how many periods were looked at."""
    return await _sweep(pool, clock, WITH_CASES_DUE, open_due_cases)


async def close_periods(pool: Pool, clock: Clock) -> int:
    """Close periods that are over; returns how many were past their closing time."""
    return await _sweep(pool, clock, PERIODS_OVER, _close)


SWEEPS: tuple[Callable[[Pool, Clock], Awaitable[int]], ...] = (
    end_levers,
    expire_slot_holds,
    release_held_tables,
    mark_late_and_no_show,
    stretch_overruns,
    promote_waiting,
    renew_quotes,
    expire_gestures,
    tell_due_gestures,
    pass_on_questions,
    lapse_options,
    open_cases,
    close_periods,
    refresh_prices,
    learn_quotes,
)


async def sweep_all(pool: Pool, clock: Clock) -> None:
    """Run every sweep once; after the movable clock was set."""
    for sweep in SWEEPS:
        await sweep(pool, clock)


async def _sweep(
    pool: Pool,
    clock: Clock,
    due: str,
    body: Callable[[Connection, LockedPeriod], Awaitable[None]],
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
    body: Callable[[Connection, LockedPeriod], Awaitable[None]],
) -> None:
    venue_id: str = row["venue_id"]
    period = period_in(row)

    async def work(conn: Connection) -> None:
        in_force = await house_of(conn, venue_id)
        now: datetime = await clock.now(conn)
        also = overrun_reach(in_force, now)
        await body(
            conn,
            await lock_period(conn, venue_id, in_force, period, now=now, also=also, together=True),
        )

    await run_unless_busy(pool, work, f"{period.period_id} of {venue_id}")


async def _replan(conn: Connection, locked: LockedPeriod) -> None:
    """Replan: locking applied what was due, and freed tables may serve promises without one."""
    changes = replan(locked.picture, Changes(), locked.house, now=locked.now)
    if changes:
        await write(
            conn, locked.venue_id, locked.picture, WriteSet(changes=changes), now=locked.now
        )


async def _close(conn: Connection, locked: LockedPeriod) -> None:
    picture, now = locked.picture, locked.now
    if picture.period.closed_at is not None or not is_over(picture, now):
        return
    changes = close_period(Stand(picture=picture, house=locked.house, now=now, by="job"))
    await write(conn, locked.venue_id, picture, WriteSet(changes=changes), now=now)
    await log_changes(conn, locked.venue_id, picture.period, changes, now=now)
    ours = picture.period.period_id
    await expire_approvals(conn, locked.venue_id, ours, now=now, closing=True)
    await expire_offers(conn, locked.venue_id, ours, now=now, closing=True)
