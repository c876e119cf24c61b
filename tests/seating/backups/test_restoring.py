"""A backup appears whole or not at all; a restore replaces the database or changes nothing."""

from __future__ import annotations

import asyncio
import hashlib
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import asyncpg
import pytest

from seating.backups import dumping, folder, programs, restoring
from seating.backups.dumping import back_up
from seating.backups.programs import BackupError, run_program
from seating.backups.restoring import Leaving, beside, restore
from seating.dsn import database_of, with_database, without_password
from seating.migrate import MIGRATIONS, migrate, read_migrations
from tests.support.database import execute

if TYPE_CHECKING:
    from pathlib import Path

    from seating.db import Pool

NOW = datetime(2026, 5, 1, 2, 30, tzinfo=UTC)
NEW_VENUE = """
with house as (
    insert into house (venue_id, version, checksum, house) values ('bistro', 1, '', '{}')
)
insert into venue (venue_id, name, house_version) values ('bistro', 'Bistro', 1)
"""


async def fetchval(dsn: str, query: str, *values: object) -> object:
    connection = await asyncpg.connect(dsn)
    try:
        return await connection.fetchval(query, *values)
    finally:
        await connection.close()


async def dishes(dsn: str) -> object:
    return await fetchval(dsn, "select count(*) from dish")


@pytest.fixture
async def menu(database: str) -> str:
    await execute(database, "create table dish (name text); insert into dish values ('soup')")
    return database


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "book.dump"


async def leftovers(dsn: str) -> list[str]:
    ours = hashlib.sha256(database_of(dsn).encode()).hexdigest()[:12]
    connection = await asyncpg.connect(dsn)
    try:
        query = "select datname from pg_database where starts_with(datname, $1)"
        rows = await connection.fetch(query, f"maitred_beside_{ours}")
        return [row["datname"] for row in rows]
    finally:
        await connection.close()


# Backing up


async def test_a_backup_is_for_its_owner_only_tells_what_it_holds_and_overwrites_by_force(
    menu: str, file: Path
) -> None:
    file.write_text("precious")
    with pytest.raises(BackupError, match="--force"):
        await back_up(menu, file)
    assert file.read_text() == "precious"
    made = await back_up(menu, file, force=True)
    assert file.stat().st_mode & 0o777 == 0o600
    assert (made.bytes, made.rows["dish"]) == (file.stat().st_size, 1)
    assert made.applied == await dumping.inside(file)
    assert made.migration == len(read_migrations(MIGRATIONS))
    assert [path.name for path in file.parent.iterdir()] == ["book.dump"]


async def test_what_is_written_meanwhile_is_neither_counted_nor_backed_up(
    menu: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def first_write(command: list[str], *, server: int, dsn: str = "") -> str:
        if command[0] == "pg_dump":
            await execute(menu, "insert into dish values ('fish')")
        return await run_program(command, server=server, dsn=dsn)

    monkeypatch.setattr(dumping, "run_program", first_write)
    made = await back_up(menu, file)
    assert made.rows["dish"] == 1
    assert await restore(menu, file) is None
    assert await dishes(menu) == 1


async def test_a_failed_backup_leaves_no_file_and_what_was_there(
    menu: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text("precious")
    monkeypatch.setattr(dumping, "LOCK_WAIT", "50ms")
    connection = await asyncpg.connect(menu)
    await connection.execute("begin; lock table dish in access exclusive mode")
    with pytest.raises(BackupError, match=r"cannot be read: .*lock timeout"):
        await back_up(menu, file, force=True)
    await connection.close()
    assert file.read_text() == "precious"
    assert [path.name for path in file.parent.iterdir()] == ["book.dump"]


async def test_a_full_disk_is_told_with_figures_before_anything_is_written(
    menu: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "_free_at", lambda _: 1_200_000)
    with pytest.raises(BackupError, match=r"may need 2\d\.\d MB, but 1\.2 MB are free at .*/"):
        await back_up(menu, file)
    assert not list(file.parent.iterdir())


@pytest.mark.parametrize(
    ("version", "sentence"),
    [
        ("17.2", "no pg_dump for a PostgreSQL 18 on this machine .the one here is of version 17."),
        (None, "no pg_dump for a PostgreSQL 18 on this machine .none."),
    ],
)
async def test_a_pg_dump_that_is_missing_or_too_old_is_named(
    menu: str, file: Path, monkeypatch: pytest.MonkeyPatch, version: str | None, sentence: str
) -> None:
    old = file.parent / "pg_dump"
    old.write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {version}'\n")
    old.chmod(0o700)
    there = [str(old)] if version else []
    monkeypatch.setattr(programs, "_candidates", lambda _: there)
    with pytest.raises(BackupError, match=sentence) as refusal:
        await back_up(menu, file)
    assert "postgresql-client-18" in str(refusal.value)
    assert not file.exists()


async def test_a_program_that_nobody_waits_for_is_ended(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = f"import time; open({str(file)!r}, 'w').close(); time.sleep(60)"
    program = file.with_name("pg_dump")
    program.write_text(f"#!{sys.executable}\n{endless}\n")
    program.chmod(0o700)
    monkeypatch.setattr(programs, "program_for", lambda *_: str(program))
    begun: list[subprocess.Popen[str]] = []
    real = subprocess.Popen

    def watched(command: list[str], **options: Any) -> subprocess.Popen[str]:  # noqa: ANN401
        begun.append(real(command, **options))
        return begun[-1]

    monkeypatch.setattr(subprocess, "Popen", watched)
    task = asyncio.create_task(run_program(["pg_dump"], server=18))
    while not file.exists():  # noqa: ASYNC110 - the program does not call us
        await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert begun[0].wait(5) < 0


def test_where_tls_is_asked_for_the_machines_own_programs_come_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(programs, "_candidates", lambda _: ["packaged", "machines"])
    monkeypatch.setattr(programs, "_major_of", lambda _: 18)
    for mode, first in (("prefer", "packaged"), ("verify-full", "machines")):
        dsn = f"postgresql://me@db.house/book?sslmode={mode}"
        assert programs.program_for("pg_dump", 18, dsn) == first
    said = 'error: sslmode value "verify-full" invalid when SSL support is not compiled in'
    assert "speaks no TLS" in programs.reason_in(said)


def test_the_password_is_no_word_of_a_command() -> None:
    address = without_password("postgresql://me@db.house/book?password=p%40ss&sslmode=require")
    assert address == ("postgresql://me@db.house/book?sslmode=require", "p@ss")


def test_programs_see_the_variables_that_our_client_sees(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("PGPASSWORD", "p"), ("PGOPTIONS", "-c x=y"), ("LC_ALL", "ru_RU")):
        monkeypatch.setenv(name, value)
    seen = programs.environment()
    assert (seen["PGPASSWORD"], "PGOPTIONS" in seen, seen["LC_ALL"]) == ("p", False, "C")


# Restoring


async def test_a_damaged_file_is_refused_and_loses_nothing(menu: str, file: Path) -> None:
    await back_up(menu, file)
    whole = file.read_bytes()
    await execute(menu, "insert into dish values ('fish')")
    for damaged in (b"", b"-- plain SQL", b"PK" + whole, whole[: len(whole) // 2], whole[:-200]):
        file.write_bytes(damaged)
        with pytest.raises(BackupError, match=r"pg_restore failed|carries no checksum"):
            await restore(menu, file)
    assert await dishes(menu) == 2
    assert await leftovers(menu) == []


async def test_what_is_no_file_is_said_so(menu: str, file: Path) -> None:
    with pytest.raises(BackupError, match="There is no file"):
        await restore(menu, file)
    with pytest.raises(BackupError, match="is a folder"):
        await restore(menu, file.parent)
    with pytest.raises(BackupError, match="is a folder"):
        await back_up(menu, file.parent, force=True)
    with pytest.raises(BackupError, match="There is no folder"):
        await back_up(menu, file / "book.dump")


async def test_a_backup_of_something_else_is_refused(
    menu: str, empty_database: str, file: Path
) -> None:
    await back_up(empty_database, file)
    with pytest.raises(BackupError, match="something else"):
        await restore(menu, file)
    assert await dishes(menu) == 1


async def test_a_backup_of_newer_code_is_refused_by_its_migration(
    menu: str, file: Path, tmp_path: Path
) -> None:
    later = tmp_path / "later"
    later.mkdir()
    for migration in MIGRATIONS.glob("[0-9]*.sql"):
        (later / migration.name).write_bytes(migration.read_bytes())
    number = len(read_migrations(MIGRATIONS)) + 1
    (later / f"{number:04}_to_come.sql").write_text("select 1")
    await migrate(menu, later)
    await back_up(menu, file)
    with pytest.raises(BackupError, match=f"newer code.*{number:04}_to_come"):
        await restore(menu, file)
    assert await leftovers(menu) == []


async def test_nothing_is_restored_under_a_running_service_or_anybody_else(
    database: str, pool: Pool, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "PATIENCE_SECONDS", 0.2)
    await back_up(database, file)
    async with pool.acquire():
        with pytest.raises(BackupError, match="A serve is running"):
            await restore(database, file)
    await pool.close()
    connection = await asyncpg.connect(database)
    with pytest.raises(BackupError, match="Somebody is connected"):
        await restore(database, file)
    await connection.close()


async def test_a_restore_brings_back_the_moment_and_keeps_what_it_replaces(
    menu: str, file: Path
) -> None:
    """And drops what one that was killed left behind."""
    await back_up(menu, file)
    await execute(menu, NEW_VENUE)
    await execute(menu, "insert into dish values ('fish')")
    ours = hashlib.sha256(database_of(menu).encode()).hexdigest()[:12]
    abandoned = f"maitred_beside_{ours}_abandoned"
    await execute(with_database(menu, "postgres"), f"create database {abandoned}")
    assert await leftovers(menu) == [abandoned]
    left = await restore(menu, file, Leaving(folder=file.parent / "kept", kept=1, now=NOW))
    assert await dishes(menu) == 1
    assert left is not None
    assert left.name.startswith("before-restore-20260501T023000Z-")
    async with beside(menu, left, replacing=False) as filled:
        assert await dishes(filled.dsn) == 2
        assert await leftovers(menu) == [filled.fresh]
    assert await leftovers(menu) == []
