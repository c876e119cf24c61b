"""Migrations: from nothing to the schema of this code, by any number of processes at once."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING

import asyncpg
import pytest

from seating.migrate import (
    ChangedMigrationError,
    FailedMigrationError,
    MisnumberedMigrationError,
    UnknownMigrationError,
    migrate,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "0001_dish.sql").write_text("create table dish (name text primary key);")
    (tmp_path / "0002_price.sql").write_text("alter table dish add price int;")
    return tmp_path


async def fetchval(dsn: str, query: str) -> object:
    connection = await asyncpg.connect(dsn)
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()


async def test_an_empty_database_gets_every_migration_in_order(
    empty_database: str, folder: Path
) -> None:
    assert await migrate(empty_database, folder) == ["0001_dish", "0002_price"]
    assert await fetchval(empty_database, "select count(price) from dish") == 0


async def test_migrating_twice_does_nothing_the_second_time(
    empty_database: str, folder: Path
) -> None:
    await migrate(empty_database, folder)
    assert await migrate(empty_database, folder) == []


async def test_a_later_file_is_applied_on_top(empty_database: str, folder: Path) -> None:
    await migrate(empty_database, folder)
    (folder / "0003_taste.sql").write_text("alter table dish add taste text;")
    assert await migrate(empty_database, folder) == ["0003_taste"]


async def test_the_files_of_this_code_apply_to_an_empty_database(empty_database: str) -> None:
    await migrate(empty_database)
    assert await migrate(empty_database) == []


async def test_the_template_is_fully_migrated(database: str) -> None:
    assert await migrate(database) == []


async def test_a_changed_file_is_refused_by_name(empty_database: str, folder: Path) -> None:
    await migrate(empty_database, folder)
    (folder / "0001_dish.sql").write_text("create table dish (name text);")
    with pytest.raises(ChangedMigrationError, match="0001_dish"):
        await migrate(empty_database, folder)


async def test_line_ends_of_another_system_do_not_count_as_a_change(
    empty_database: str, folder: Path
) -> None:
    (folder / "0003_note.sql").write_bytes(b"create table note (\n text text\n);\n")
    await migrate(empty_database, folder)
    (folder / "0003_note.sql").write_bytes(b"create table note (\r\n text text\r\n);\r\n")
    assert await migrate(empty_database, folder) == []


async def test_a_migration_of_newer_code_is_refused_by_name(
    empty_database: str, folder: Path
) -> None:
    await migrate(empty_database, folder)
    (folder / "0002_price.sql").unlink()
    with pytest.raises(UnknownMigrationError, match="0002_price"):
        await migrate(empty_database, folder)


@pytest.mark.parametrize("name", ["0004_gap.sql", "0002_twice.sql"])
async def test_files_must_count_without_a_gap(empty_database: str, folder: Path, name: str) -> None:
    (folder / name).write_text("select 1;")
    with pytest.raises(MisnumberedMigrationError):
        await migrate(empty_database, folder)


async def test_a_failing_file_leaves_nothing_and_the_ones_before_it_stay(
    empty_database: str, folder: Path
) -> None:
    (folder / "0003_broken.sql").write_text("create table half (); select 1 / 0;")
    with pytest.raises(FailedMigrationError, match="0003_broken"):
        await migrate(empty_database, folder)
    assert await fetchval(empty_database, "select to_regclass('half')") is None
    assert await fetchval(empty_database, "select max(number) from schema_migration") == 2


async def test_two_processes_at_once_apply_each_file_once(empty_database: str) -> None:
    environment = {**os.environ, "DATABASE_URL": empty_database}
    both = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-m", "seating.migrate", env=environment, stdout=asyncio.subprocess.PIPE
        )
        for _ in range(2)
    ]
    printed = b"".join([(await process.communicate())[0] for process in both])
    assert [process.returncode for process in both] == [0, 0]
    assert printed.count(b"nothing, all was there") == 1
