"""The nightly backup: once whatever runs, read back weekly, and a failure stays shown."""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from scripts.setup_venv import ROOT
from seating.backups import nightly
from seating.backups.folder import backups_in, name_for
from seating.backups.nightly import RETRY, BackupPlan, is_due, keep_backups, last_night
from seating.backups.programs import BackupError
from seating.backups.standing import StepStanding, record_success, standing_of, warnings_of
from seating.clock import wall_now

if TYPE_CHECKING:
    from pathlib import Path

    from seating.db import Pool

AT = time(4, 30)
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
BACKUP = StepStanding(step="backup")


@pytest.fixture
def plan(database: str, tmp_path: Path) -> BackupPlan:
    half_a_day_ago = (wall_now() - timedelta(hours=12)).time()
    return BackupPlan(dsn=database, folder=tmp_path / "backups", kept=2, at=half_a_day_ago)


def old_ones(plan: BackupPlan, count: int) -> None:
    plan.folder.mkdir()
    for day in range(1, count + 1):
        name = name_for("nightly", NOON - timedelta(days=day), 1)
        (plan.folder / name).write_bytes(b"old")


async def skip_reading_back(pool: Pool) -> None:
    await pool.execute("insert into backup_step (step, ok_at) values ('read_back', now())")


# When


@pytest.mark.parametrize(
    ("now", "zone", "night"),
    [
        ("2026-05-01T12:00", "Europe/Berlin", "2026-05-01T02:30"),
        ("2026-05-01T02:29", "Europe/Berlin", "2026-04-30T02:30"),
        ("2026-05-01T02:30", "Europe/Berlin", "2026-05-01T02:30"),
        ("2026-03-29T12:00", "Europe/Berlin", "2026-03-29T02:30"),  # the clocks went forward
        ("2026-03-29T01:00", "Europe/Berlin", "2026-03-28T03:30"),
        ("2026-05-01T02:00", "America/Los_Angeles", "2026-04-30T11:30"),
        ("2026-05-01T12:00", None, "2026-05-01T04:30"),
        ("2026-05-01T12:00", "Nowhere/At_All", "2026-05-01T04:30"),
    ],
)
def test_a_night_is_one_of_the_house(now: str, zone: str | None, night: str) -> None:
    found = last_night(datetime.fromisoformat(now + "Z"), AT, zone)
    assert found == datetime.fromisoformat(night + "Z")


def test_a_backup_is_due_once_a_night_and_after_a_failure_not_at_once() -> None:
    night = NOON - timedelta(hours=8)
    assert is_due(BACKUP, night, RETRY, NOON)
    assert is_due(replace(BACKUP, ok_at=night - timedelta(minutes=1)), night, RETRY, NOON)
    assert not is_due(replace(BACKUP, ok_at=night), night, RETRY, NOON)
    failed = replace(BACKUP, failed_at=NOON)
    assert not is_due(failed, night, RETRY, NOON + timedelta(minutes=29))
    assert is_due(failed, night, RETRY, NOON + RETRY)


# What


async def test_a_backup_is_made_read_back_and_recorded(plan: BackupPlan, pool: Pool) -> None:
    old_ones(plan, 3)
    await keep_backups(plan, pool)
    newest, older = backups_in(plan.folder)
    assert (newest.path.stat().st_mode & 0o777, plan.folder.stat().st_mode & 0o700) == (
        0o600,
        0o700,
    )
    assert older.made_at == NOON - timedelta(days=1), "the newest two are kept"
    known = await standing_of(pool, wall_now())
    assert [one.file for one in known.files] == [newest.name, older.name]
    assert known.files[0].bytes == newest.path.stat().st_size
    assert known.backup.ok_file == known.read_back.ok_file == newest.name
    assert not known.backup.overdue
    assert await warnings_of(pool, wall_now()) == []
    await keep_backups(plan, pool)
    assert backups_in(plan.folder) == [newest, older], "tonight's is there"


PROCESS = """
import asyncio, sys
from datetime import time
from pathlib import Path
from seating.backups import nightly
from seating.backups.nightly import BackupPlan, keep_backups
from seating.db import open_pool

back_up = nightly.back_up

def told(*words, **options):
    print("backed up", flush=True)
    return back_up(*words, **options)

nightly.back_up = told

async def main(dsn, folder, at):
    plan = BackupPlan(dsn=dsn, folder=Path(folder), kept=7, at=time.fromisoformat(at))
    async with await open_pool(dsn, min_size=1, max_size=2) as pool:
        print("ready", flush=True)
        sys.stdin.readline()
        await keep_backups(plan, pool)

asyncio.run(main(*sys.argv[1:]))
"""


async def test_two_processes_make_one_backup_a_night(plan: BackupPlan, pool: Pool) -> None:
    await skip_reading_back(pool)
    both = [
        await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            PROCESS,
            plan.dsn,
            str(plan.folder),
            plan.at.isoformat(),
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        for _ in range(2)
    ]
    for process in both:
        assert process.stdout
        assert await process.stdout.readline() == b"ready\n"
    said = await asyncio.gather(*(process.communicate(b"go\n") for process in both))
    assert b"".join(out for out, _ in said) == b"backed up\n"
    assert [process.returncode for process in both] == [0, 0]
    (one,) = backups_in(plan.folder)
    known = await standing_of(pool, wall_now())
    assert (known.backup.ok_file, known.backup.failures) == (one.name, 0)


# When it fails


async def test_a_failure_stays_shown_until_a_backup_succeeds(
    plan: BackupPlan, pool: Pool, caplog: pytest.LogCaptureFixture
) -> None:
    await skip_reading_back(pool)
    old_ones(plan, 3)
    there = [one.name for one in backups_in(plan.folder)]
    unplugged = replace(plan, folder=plan.folder.parent / "disk" / "backups")
    await keep_backups(unplugged, pool)
    await keep_backups(unplugged, pool)  # too early to try again
    known = await standing_of(pool, wall_now())
    assert known.backup.failures == 1
    assert known.backup.why is not None
    assert f"There is no folder {unplugged.folder.parent}" in known.backup.why
    assert f"There is no folder {unplugged.folder.parent}" in caplog.text
    (public,) = await warnings_of(pool, wall_now())
    assert public.startswith("The nightly backup has failed since")
    assert "never well so far" in public
    assert "folder" not in public, "names of folders stay in the house"
    assert [one.name for one in backups_in(plan.folder)] == there
    await pool.execute("update backup_step set failed_at = failed_at - interval '30 minutes'")
    await keep_backups(plan, pool)
    known = await standing_of(pool, wall_now())
    assert (known.backup.failures, known.backup.why) == (0, None)
    assert await warnings_of(pool, wall_now()) == []


async def test_a_backup_that_lacks_rows_is_found_when_it_is_read_back(
    plan: BackupPlan, pool: Pool
) -> None:
    await skip_reading_back(pool)
    await keep_backups(plan, pool)
    (one,) = backups_in(plan.folder)
    await pool.execute("delete from backup_step where step = 'read_back'")
    await pool.execute("""update backup set row_counts = row_counts || '{"venue": 3}'""")
    await keep_backups(plan, pool)
    known = await standing_of(pool, wall_now())
    assert known.read_back.why == (
        f"{one.name} restores other rows than it was made of: in venue 0 instead of 3."
    )
    (public,) = await warnings_of(pool, wall_now())
    assert public.startswith("Reading a backup back has failed since")
    assert known.backup.why is None


async def test_whatever_fails_is_recorded_and_ends_no_job(
    plan: BackupPlan, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stumble(*_: object) -> str:
        raise ValueError("lost its way")

    monkeypatch.setattr(nightly, "_back_up", stumble)
    await keep_backups(plan, pool)
    assert (await standing_of(pool, wall_now())).backup.why == "ValueError: lost its way"


async def test_backups_that_quietly_ended_are_told_of(pool: Pool) -> None:
    await record_success(pool, "backup", NOON, "a.dump")
    await record_success(pool, "read_back", NOON, "a.dump")
    assert await warnings_of(pool, NOON + timedelta(days=2)) == []
    later = NOON + timedelta(days=3)
    (note,) = await warnings_of(pool, later)
    assert "last done 2026-05-01 12:00 UTC: is MAITRED_BACKUPS still set?" in note
    known = await standing_of(pool, later)
    assert (known.backup.overdue, known.read_back.overdue) == (True, False)


def test_other_tables_than_counted_are_named() -> None:
    counted = {"schema_migration": 2, "dish": 1}
    with pytest.raises(BackupError, match="another schema"):
        nightly.require_same("a.dump", 3, counted, counted)
    with pytest.raises(BackupError, match="in dish 0 instead of 1"):
        nightly.require_same("a.dump", 2, counted, {"schema_migration": 2})
    nightly.require_same("a.dump", 2, None, {"schema_migration": 2})
