"""An update cannot lose a house: backed up before, and one command goes back to the code before."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg
import pytest
from msgspec.structs import replace

from seating.backups import dumping, folder
from seating.backups.folder import backups_in
from seating.backups.going_back import go_back, lines_of
from seating.backups.programs import BackupError
from seating.backups.updating import FailedUpdateError, Keeping, keeping_of, update
from seating.migrate import MIGRATIONS, UnknownMigrationError, migrate, read_migrations
from tests.support.database import execute

if TYPE_CHECKING:
    from pathlib import Path

FILES = read_migrations(MIGRATIONS)
LAST = FILES[-1].name
NEXT = f"{len(FILES) + 1:04}"
BACK = "scripts/serve back"

NEW_VENUE = """
with house as (
    insert into house (venue_id, version, checksum, house) values ('bistro', 1, '', '{}')
)
insert into venue (venue_id, name, house_version) values ('bistro', 'Bistro', 1);
insert into period (venue_id, period_id, service_date, name, opens, last_seating, closes,
                    house_version)
values ('bistro', 'dinner', '2027-03-03', 'dinner', now(), now(), now() + interval '1 hour', 1);
"""
BOOK = """
insert into reservation (venue_id, reservation_id, period_id, code, state, party_size, starts, ends,
                         kind, channel, name, created_at, updated_at)
values ('bistro', '{0}', 'dinner', '{0}', 'booked', 2, now(), now() + interval '1 hour',
        'physical', 'phone', 'Ada', now(), now());
insert into action (venue_id, action_id, kind, subject_id, at)
values ('bistro', gen_random_uuid(), 'Book', '{0}', now());
"""


async def book(dsn: str, number: int) -> None:
    await execute(dsn, BOOK.format(UUID(int=number)))


async def booked(dsn: str) -> int:
    connection = await asyncpg.connect(dsn)
    try:
        count: int = await connection.fetchval("select count(*) from reservation")
        return count
    finally:
        await connection.close()


@pytest.fixture
def keeping(tmp_path: Path) -> Keeping:
    return Keeping(folder=tmp_path / "backups", kept=2, code="newer", back=BACK)


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """The migrations of code to come: the first adds a table, the second is for the test."""
    files = tmp_path / "later"
    files.mkdir()
    for migration in MIGRATIONS.glob("[0-9]*.sql"):
        (files / migration.name).write_bytes(migration.read_bytes())
    (files / f"{NEXT}_wine.sql").write_text("create table wine (name text)")
    return files


@pytest.fixture
async def house(database: str) -> str:
    """A database in use, with one reservation."""
    await execute(database, NEW_VENUE)
    await book(database, 1)
    return database


async def test_a_database_without_a_house_is_migrated_without_a_backup(
    database: str, keeping: Keeping, later: Path
) -> None:
    said: list[str] = []
    assert await update(database, keeping, said.append, later) == [f"{NEXT}_wine"]
    assert await update(database, keeping, said.append, later) == []
    assert said == []
    assert keeping.folder
    assert not keeping.folder.exists()


async def test_the_code_before_runs_again_on_the_database_as_it_was(
    empty_database: str, keeping: Keeping, tmp_path: Path
) -> None:
    before = tmp_path / "before"
    before.mkdir()
    for migration in FILES[:-1]:
        (before / f"{migration.name}.sql").write_text(migration.sql)
    await migrate(empty_database, before)
    await execute(empty_database, NEW_VENUE)
    await book(empty_database, 1)

    said: list[str] = []
    assert await update(empty_database, keeping, said.append) == [LAST]
    assert f"from {FILES[-2].name} to {LAST} (1 migration: {LAST})" in said[0]
    assert f"to go back: {BACK}" in said[1]
    await book(empty_database, 2)
    await execute(empty_database, "update reservation set version = 2")
    with pytest.raises(UnknownMigrationError):
        await migrate(empty_database, before)

    assert keeping.folder
    told = await go_back(empty_database, keeping.folder, 7, yes=False)
    assert lines_of(told)[1:] == [
        "lost would be: 1 reservation made since, changes to 1 other, 1 line of the audit",
        "nothing was changed; to do it, add --yes",
    ]
    assert await booked(empty_database) == 2

    done = await go_back(empty_database, keeping.folder, 7, yes=True)
    assert (done.since, done.upto, done.lost) == (LAST, FILES[-2].name, told.lost)
    assert await migrate(empty_database, before) == []
    assert await booked(empty_database) == 1
    (left,) = backups_in(keeping.folder, "before-restore")
    assert left.path == done.left
    assert dumping.Applied(FILES[-1].number, LAST, FILES[-1].checksum) in await dumping.inside(
        left.path
    )
    with pytest.raises(BackupError, match="nothing to go back to"):
        await go_back(empty_database, keeping.folder, 7, yes=True)


async def test_a_migration_that_fails_tells_what_was_applied_and_the_way_back(
    house: str, keeping: Keeping, later: Path
) -> None:
    older = Keeping(folder=keeping.folder, kept=2, code="older", back=BACK)
    await update(house, older)
    (later / f"{len(FILES) + 2:04}_broken.sql").write_text("create table half (); select 1 / 0")
    with pytest.raises(FailedUpdateError) as failure:
        await update(house, keeping, folder=later)
    assert keeping.folder
    (made,) = backups_in(keeping.folder, "before-update")
    message = str(failure.value)
    assert f"Migration {len(FILES) + 2:04}_broken failed: division by zero." in message
    assert "Nothing of this file was applied." in message
    assert f"Applied before it: {NEXT}_wine." in message
    assert f"is {made.path}." in message
    assert f"{BACK} --yes" in message

    said: list[str] = []
    assert f"{BACK} --yes, then start the code before (older)" in message
    with pytest.raises(FailedUpdateError, match=f"is {made.path}"):
        await update(house, keeping, said.append, folder=later)
    assert "the code was older, is newer" in said[0]
    assert "the update before this broke off" in said[1]
    assert backups_in(keeping.folder, "before-update") == [made], "the one of the whole stays"
    told = await go_back(house, keeping.folder, 7, yes=False)
    assert (told.upto, told.code) == (LAST, "older")
    assert "start the code before (older)" in lines_of(replace(told, done=True))[-1]


async def test_when_the_first_migration_fails_the_code_before_runs_as_it_is(
    house: str, keeping: Keeping, later: Path
) -> None:
    (later / f"{NEXT}_wine.sql").write_text("select 1 / 0")
    with pytest.raises(FailedUpdateError, match="The database is as it was: the code before"):
        await update(house, keeping, folder=later)
    assert await migrate(house) == []


async def test_without_room_or_a_folder_nothing_is_changed(
    house: str, keeping: Keeping, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(folder, "_free_at", lambda _: 1_200_000)
        with pytest.raises(BackupError, match=r"not begun.* 1\.2 MB are free at .*--no-backup"):
            await update(house, keeping, folder=later)
    nowhere = Keeping(folder=later / "no" / "folder", kept=2, code="", back=BACK)
    with pytest.raises(BackupError, match="There is no folder"):
        await update(house, nowhere, folder=later)
    assert await migrate(house) == []


async def test_an_update_without_a_backup_is_said_to_be_one(
    house: str, keeping: Keeping, later: Path
) -> None:
    said: list[str] = []
    bare = Keeping(folder=None, kept=2, code="", back=BACK)
    assert await update(house, bare, said.append, later) == [f"{NEXT}_wine"]
    assert said[-1] == "no backup is made before it, as asked"
    assert keeping.folder
    assert not keeping.folder.exists()


def test_the_environment_says_where_and_how_many(tmp_path: Path) -> None:
    given = {"MAITRED_BACKUPS": str(tmp_path), "MAITRED_BACKUPS_KEPT": "3"}
    said = keeping_of(given, folder=None, code="abc", back=BACK)
    assert (said.folder, said.kept, said.code) == (tmp_path, 3, "abc")
    with pytest.raises(BackupError, match="MAITRED_BACKUPS_KEPT"):
        keeping_of({"MAITRED_BACKUPS_KEPT": "0"}, back=BACK)
