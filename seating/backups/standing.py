"""What is known of the backups: the files that are there, and how each step last went."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Final, Literal

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from seating.backups.folder import backups_in

if TYPE_CHECKING:
    from pathlib import Path

    from seating.backups.dumping import Backup
    from seating.db import Connection, Pool

Step = Literal["backup", "read_back"]
"""`read_back`: a backup restored beside the database, and counted."""

LONGEST: Final[dict[Step, timedelta]] = {
    "backup": timedelta(days=2),
    "read_back": timedelta(days=15),
}
"""After so long a step that worked is overdue."""
NAMES: Final[dict[Step, str]] = {
    "backup": "The nightly backup",
    "read_back": "Reading a backup back",
}
LONGEST_WHY: Final = 500

SELECT_FILES: Final = """
select file, made_at, bytes, migration from backup order by made_at desc, file desc
"""

SELECT_STEPS: Final = """
select step, ok_at, ok_file, failing_since, failed_at, failures, why from backup_step
"""

SELECT_ROWS: Final = "select row_counts::text from backup where file = $1"

INSERT_FILE: Final = """
insert into backup (file, made_at, bytes, migration, row_counts)
values ($1, $2, $3, $4, $5::text::jsonb)
on conflict (file) do update
    set made_at = excluded.made_at, bytes = excluded.bytes, migration = excluded.migration,
        row_counts = excluded.row_counts
"""

INSERT_FOUND: Final = """
insert into backup (file, made_at, bytes, migration) values ($1, $2, $3, $4)
on conflict (file) do nothing
"""

DELETE_GONE: Final = "delete from backup where file <> all ($1::text[])"

RECORD_SUCCESS: Final = """
insert into backup_step (step, ok_at, ok_file) values ($1, $2, $3)
on conflict (step) do update
    set ok_at = excluded.ok_at, ok_file = excluded.ok_file,
        failing_since = null, failed_at = null, failures = 0, why = null
"""

RECORD_FAILURE: Final = """
insert into backup_step (step, failing_since, failed_at, failures, why) values ($1, $2, $2, 1, $3)
on conflict (step) do update
    set failing_since = coalesce(backup_step.failing_since, excluded.failing_since),
        failed_at = excluded.failed_at, failures = backup_step.failures + 1, why = excluded.why
"""

Count = Annotated[int, Meta(ge=0)]


class BackupFile(Struct, frozen=True, kw_only=True):
    """A backup in the folder; `migration`: the number of its last one."""

    file: Annotated[str, Meta(max_length=200)]
    made_at: datetime
    bytes: Count
    migration: Count


class StepStanding(Struct, frozen=True, kw_only=True):
    """How a step last went; `why` and `failing_since` stand until it succeeds.

    `overdue`: it worked, and too long ago. `why`: as the machine said it, in English.
    """

    step: Step
    ok_at: datetime | None = None
    ok_file: Annotated[str, Meta(max_length=200)] | None = None
    failing_since: datetime | None = None
    failed_at: datetime | None = None
    failures: Count = 0
    why: Annotated[str, Meta(max_length=LONGEST_WHY)] | None = None
    overdue: bool = False


class BackupStanding(Struct, frozen=True, kw_only=True):
    """All that is known."""

    files: list[BackupFile]
    backup: StepStanding
    read_back: StepStanding


async def standing_of(conn: Connection | Pool, now: datetime) -> BackupStanding:
    """Return what is known of the backups of this database."""
    files = [
        msgspec.convert(dict(row), BackupFile, strict=False)
        for row in await conn.fetch(SELECT_FILES)
    ]
    steps = await steps_of(conn, now)
    return BackupStanding(files=files, backup=steps["backup"], read_back=steps["read_back"])


async def steps_of(conn: Connection | Pool, now: datetime) -> dict[Step, StepStanding]:
    """Return how each step last went."""
    found = [msgspec.convert(dict(row), StepStanding) for row in await conn.fetch(SELECT_STEPS)]
    known = {one.step: replace(one, overdue=is_overdue(one, now)) for one in found}
    return {step: known.get(step, StepStanding(step=step)) for step in LONGEST}


def is_overdue(step: StepStanding, now: datetime) -> bool:
    """Tell whether a step that worked was not done again for too long."""
    return step.ok_at is not None and now - step.ok_at > LONGEST[step.step]


async def warnings_of(conn: Connection | Pool, now: datetime) -> list[str]:
    """Sentences for anybody, without reasons and names of files; none when all is well."""
    steps = await steps_of(conn, now)
    return [said for step in steps.values() if (said := _warning(step)) is not None]


def _warning(step: StepStanding) -> str | None:
    what = NAMES[step.step]
    if step.failing_since:
        last = f"last well: {_when(step.ok_at)}" if step.ok_at else "never well so far"
        return f"{what} has failed since {_when(step.failing_since)}; {last}."
    if step.ok_at and step.overdue:
        return f"{what} was last done {_when(step.ok_at)}: is MAITRED_BACKUPS still set?"
    return None


def _when(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


async def record_file(conn: Connection | Pool, made: Backup, now: datetime) -> None:
    """Record a backup in the folder."""
    counts = msgspec.json.encode(made.rows).decode()
    await conn.execute(INSERT_FILE, made.path.name, now, made.bytes, made.migration, counts)


async def record_folder(conn: Connection | Pool, folder: Path) -> None:
    """Record what else lies in the folder, and forget what no longer does."""
    there = backups_in(folder)
    for one in there:
        size = one.path.stat().st_size
        await conn.execute(INSERT_FOUND, one.name, one.made_at, size, one.migration)
    await conn.execute(DELETE_GONE, [one.name for one in there])


async def rows_of_file(conn: Connection | Pool, file: str) -> dict[str, int] | None:
    """The rows of each table in a backup, as counted when it was made."""
    text = await conn.fetchval(SELECT_ROWS, file)
    return msgspec.json.decode(text, type=dict[str, int]) if text else None


async def record_success(conn: Connection | Pool, step: Step, now: datetime, file: str) -> None:
    """Record that a step went well; its failures are forgotten."""
    await conn.execute(RECORD_SUCCESS, step, now, file)


async def record_failure(conn: Connection | Pool, step: Step, now: datetime, why: str) -> None:
    """Record that a step failed; it stands until the step succeeds."""
    await conn.execute(RECORD_FAILURE, step, now, why[:LONGEST_WHY])
