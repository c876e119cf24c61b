"""The job: a backup every night, one read back every week, by whichever process comes first.

A failure is recorded and shown until a backup succeeds (standing.py); it does not make the service
unready, which would only take away what still works.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from policies.house.zones import UnknownZone, zone_named
from seating.backups import standing
from seating.backups.dumping import NOBODY, applied_in, back_up, connected, rows_in
from seating.backups.folder import backups_in, by_age, name_for, prune, ready_folder
from seating.backups.programs import BackupError
from seating.backups.restoring import beside
from seating.clock import wall_now
from seating.connecting import NoConnectionError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from seating.backups.dumping import Connection
    from seating.backups.manifest import Maker
    from seating.backups.standing import Step, StepStanding
    from seating.db import Pool

log = logging.getLogger("maitred.backups")

EVERY: Final = timedelta(minutes=10)
RETRY: Final = timedelta(minutes=30)
WEEK: Final = timedelta(days=7)
DAY: Final = timedelta(days=1)

ZONE: Final = """
select h.house #>> '{venue,zone}' from venue v
join house h on h.venue_id = v.venue_id and h.version = v.house_version
order by v.venue_id limit 1
"""
TRY_LOCK: Final = "select pg_try_advisory_lock(hashtextextended('maitred backups', 0))"
LOCK: Final = "select pg_advisory_lock(hashtextextended('maitred backups', 0))"


class BackupPlan(Struct, frozen=True, kw_only=True):
    """Where backups go and how many of a kind are kept; `at`: local time of the (first) house.

    `dsn`: the database as its owner; `maker`: whose checksum they carry.
    """

    dsn: str
    folder: Path
    kept: int
    at: time
    maker: Maker = NOBODY


async def keep_backups(plan: BackupPlan, pool: Pool) -> None:
    """Do what is due: back up, read back. Failures are recorded, not raised."""
    if not await _due(plan, pool):
        return
    async with connected(plan.dsn) as conn:
        if not await conn.fetchval(TRY_LOCK):
            return  # another process is at it
        due = await _due(plan, conn)  # or has just been
        if "backup" in due:
            await _attempt(conn, "backup", lambda: _back_up(plan, conn))
            due = await _due(plan, conn)
        if "read_back" in due:
            await _attempt(conn, "read_back", lambda: _read_back(plan, conn))


async def _due(plan: BackupPlan, conn: Connection | Pool) -> set[Step]:
    now = wall_now()
    steps = await standing.steps_of(conn, now)
    night = last_night(now, plan.at, await conn.fetchval(ZONE))
    due: set[Step] = set()
    if is_due(steps["backup"], night, RETRY, now):
        due.add("backup")
    if steps["backup"].ok_at and is_due(steps["read_back"], now - WEEK, DAY, now):
        due.add("read_back")
    return due


def is_due(step: StepStanding, since: datetime, retry: timedelta, now: datetime) -> bool:
    """Whether a step was not done since `since`, and has not failed just now.

    What was done or failed in time to come was so before the clock was set back: it does not count.
    """
    if step.failed_at and now - retry < step.failed_at <= now + retry:
        return False
    return step.ok_at is None or not since <= step.ok_at <= now + DAY


def last_night(now: datetime, at: time, zone: str | None) -> datetime:
    """The last time that the clocks of this zone showed `at`; UTC where no zone is known."""
    try:
        rules = zone_named(zone or "UTC")
    except UnknownZone:
        rules = UTC
    today = now.astimezone(rules).date()
    nights = [datetime.combine(day, at, rules).astimezone(UTC) for day in (today, today - DAY)]
    return next(night for night in nights if night <= now)


async def _attempt(conn: Connection, step: Step, work: Callable[[], Awaitable[str]]) -> None:
    """Do a step, and record how it went."""
    try:
        file = await work()
    except (BackupError, NoConnectionError, OSError) as error:
        log.error("%s failed: %s", step, error)  # noqa: TRY400 - the sentence says it all
        await standing.record_failure(conn, step, wall_now(), str(error))
    except Exception as error:
        log.exception("%s failed", step)
        await standing.record_failure(conn, step, wall_now(), f"{type(error).__name__}: {error}")
    else:
        await standing.record_success(conn, step, wall_now(), file)


async def _back_up(plan: BackupPlan, conn: Connection) -> str:
    """Back up, then delete what is more than is to be kept; returns the file's name."""
    ready_folder(plan.folder)
    now, applied = wall_now(), await applied_in(conn)
    file = plan.folder / name_for("nightly", now, applied[-1].number)
    made = await back_up(plan.dsn, file, maker=plan.maker, force=True)
    prune(plan.folder, "nightly", plan.kept, now)
    await standing.record_file(conn, made, now)
    await standing.record_folder(conn, plan.folder)
    return file.name


async def _read_back(plan: BackupPlan, conn: Connection) -> str:
    """Restore the newest backup beside the database, and count it; returns the file's name.

    Filling it checks every constraint anew (standing on them: seating/invariants.py).
    """
    newest = next(iter(by_age(backups_in(plan.folder, "nightly"), wall_now())), None)
    if newest is None:
        raise BackupError(f"There is no nightly backup in {plan.folder} to read back.")
    expected = await standing.rows_of_file(conn, newest.name)
    async with (
        beside(plan.dsn, newest.path, maker=plan.maker, replacing=False) as filled,
        connected(filled.dsn) as restored,
    ):
        require_same(newest.name, newest.migration, expected, await rows_in(restored))
        if await applied_in(restored) != filled.applied:
            raise BackupError(f"{newest.name} restores other migrations than it was made of.")
    return newest.name


def require_same(
    name: str, migration: int, expected: dict[str, int] | None, found: dict[str, int]
) -> None:
    """Raise BackupError when tables or rows are missing from a restored backup."""
    if found.get("schema_migration") != migration:
        raise BackupError(f"{name} restores another schema than it was made of.")
    if expected is None:
        return
    other = sorted(
        table for table in expected.keys() | found.keys() if expected.get(table) != found.get(table)
    )
    if other:
        first = other[0]
        raise BackupError(
            f"{name} restores other rows than it was made of: in {first}"
            f" {found.get(first, 0)} instead of {expected.get(first, 0)}."
        )
