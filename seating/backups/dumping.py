"""Writing a backup, and what one holds, read without a database."""

from __future__ import annotations

import os
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final

import asyncpg
from msgspec import Struct

from seating.backups.folder import MARGIN_BYTES, appearing, backups_in, require_room
from seating.backups.manifest import Maker, Manifest, add_manifest
from seating.backups.programs import BackupError, FailedProgramError, run_program
from seating.clock import wall_now
from seating.connecting import connect
from seating.dsn import database_of
from seating.fitness import LEAST_VERSION
from seating.migrate import (
    IS_BEGUN,
    MIGRATIONS,
    SELECT_APPLIED,
    ChangedMigrationError,
    UnknownMigrationError,
    missing_of,
    read_migrations,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    Connection = asyncpg.Connection[asyncpg.Record]

SETTINGS: Final = {
    "application_name": "maitred backup",
    "timezone": "UTC",
    # We wait for pg_dump within a transaction, on whose snapshot it reads, and holding a lock.
    "idle_in_transaction_session_timeout": "0",
    "idle_session_timeout": "0",
}
LOCK_WAIT: Final = "60s"
SET_LOCK_WAIT: Final = "select set_config('lock_timeout', $1, true)"
TABLES: Final = """
select quote_ident(relname) from pg_class
where relnamespace = current_schema()::regnamespace and relkind = 'r' order by relname
"""
DATABASE_SIZE: Final = "select pg_database_size(current_database())"
NOBODY: Final = Maker()
OLDEST_SERVER: Final = LEAST_VERSION // 10000
"""For reading a file, where no server is spoken with."""


class Applied(Struct, frozen=True):
    """A migration that a database or a backup has."""

    number: int
    name: str
    checksum: str

    def __getitem__(self, column: str, /) -> Any:  # noqa: ANN401 - as of a row
        """The value of a column, as of a row."""
        return getattr(self, column)


class Backup(Struct, frozen=True, kw_only=True):
    """A backup that was written: its size in bytes, and the rows of each table in it."""

    path: Path
    bytes: int
    applied: list[Applied]
    rows: dict[str, int]

    @property
    def migration(self) -> int:
        """The number of its last migration; 0 without any."""
        return self.applied[-1].number if self.applied else 0


@asynccontextmanager
async def connected(dsn: str) -> AsyncIterator[Connection]:
    """A connection for the block."""
    connection = await connect(dsn, SETTINGS)
    try:
        yield connection
    finally:
        await connection.close()


async def back_up(dsn: str, file: Path, *, maker: Maker = NOBODY, force: bool = False) -> Backup:
    """Write the database to `file`, which appears only when it is complete and was read again.

    It ends with its manifest and a checksum by the `maker`'s key. Raises BackupError,
    NoConnectionError; what was at `file` is then still there.
    """
    _require_writable(file, force=force)
    async with connected(dsn) as connection, appearing(file) as fresh:
        require_room(file.parent, await room_needed(connection, file.parent), "The backup")
        try:
            applied, rows = await _dump(connection, dsn, fresh)
        except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            raise BackupError(f"The database cannot be read: {error}.") from error
        await require_readable(fresh)
        manifest = Manifest(
            code=maker.code[:200],
            maker=next(iter(maker.ids), ""),
            made_at=wall_now(),
            database=database_of(dsn),
            database_bytes=await connection.fetchval(DATABASE_SIZE),
            migration=applied[-1].name if applied else "no migration",
            bytes=fresh.stat().st_size,
            rows=rows,
        )
        await add_manifest(fresh, manifest, maker)
        size = fresh.stat().st_size
    return Backup(path=file, bytes=size, applied=applied, rows=rows)


async def _dump(
    connection: Connection, dsn: str, fresh: Path
) -> tuple[list[Applied], dict[str, int]]:
    """Run pg_dump; what is returned is what it sees, for both read one snapshot."""
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        await connection.execute(SET_LOCK_WAIT, LOCK_WAIT)
        snapshot = await connection.fetchval("select pg_export_snapshot()")
        applied, rows = await applied_in(connection), await rows_in(connection)
        command = [
            "pg_dump",
            "--format=custom",
            "--no-privileges",
            f"--file={fresh}",
            f"--snapshot={snapshot}",
        ]
        command.append(f"--lock-wait-timeout={LOCK_WAIT}")
        await run_program(command, server=major_of(connection), dsn=dsn)
    return applied, rows


def _require_writable(file: Path, *, force: bool) -> None:
    if file.is_dir():
        raise BackupError(f"{file} is a folder: name a file in it.")
    if file.exists() and not force:
        raise BackupError(f"{file} exists: pass --force to overwrite it.")
    if not file.parent.is_dir():
        raise BackupError(f"There is no folder {file.parent}.")


async def room_needed(connection: Connection, folder: Path) -> int:
    """Bytes that a backup may need: twice the last one's, at most the database's own size."""
    whole: int = await connection.fetchval(DATABASE_SIZE)
    last = next((one.path.stat().st_size for one in backups_in(folder)), whole)
    return min(whole, 2 * last) + MARGIN_BYTES


def major_of(connection: Connection) -> int:
    """The major version of the server."""
    return connection.get_server_version().major


async def applied_in(connection: Connection) -> list[Applied]:
    """The migrations of a database; none where it is not ours."""
    if not await connection.fetchval(IS_BEGUN):
        return []
    return [Applied(*row) for row in await connection.fetch(SELECT_APPLIED)]


async def rows_in(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    tables = [row[0] for row in await connection.fetch(TABLES)]
    if not tables:
        return {}
    each = ", ".join(f"(select count(*) from {table})" for table in tables)
    counts = await connection.fetchrow(f"select {each}") or ()
    return dict(zip(tables, counts, strict=True))


async def require_readable(file: Path) -> None:
    """Read a backup from end to end. Raises BackupError."""
    await run_program(["pg_restore", f"--file={os.devnull}", path_of(file)], server=OLDEST_SERVER)


async def inside(file: Path) -> list[Applied]:
    """The migrations that a backup has; raises BackupError when it is none of ours."""
    _require_there(file)
    try:
        read = ["pg_restore", "--data-only", "--table=schema_migration", "--file=-"]
        copied = await run_program([*read, path_of(file)], server=OLDEST_SERVER)
    except FailedProgramError as error:
        raise BackupError(f"{file} is no whole backup: {error}") from error
    applied = _applied_in(copied)
    if not applied:
        raise BackupError(f"{file} is a backup of something else: it has no schema_migration.")
    return applied


def _require_there(file: Path) -> None:
    if file.is_dir():
        raise BackupError(f"{file} is a folder: name a backup in it.")
    if not file.is_file():
        raise BackupError(f"There is no file {file}.")


def path_of(file: Path) -> str:
    """The path as a program's word: an absolute one is never taken for an option."""
    return str(file.absolute())


def _applied_in(copied: str) -> list[Applied]:
    """The rows of schema_migration in a script of pg_restore (COPY's text format)."""
    _, _, after = copied.partition("\nCOPY ")
    heading, _, body = after.partition("FROM stdin;\n")
    columns = heading.partition("(")[2].partition(")")[0].split(", ")
    lines = body.partition("\n\\.")[0].splitlines()
    rows = [dict(zip(columns, line.split("\t"), strict=True)) for line in lines if line]
    found = [Applied(int(row["number"]), row["name"], row["checksum"]) for row in rows]
    return sorted(found, key=lambda one: one.number)


def require_known(file: Path, applied: list[Applied]) -> None:
    """Raise BackupError for a backup that this code could not use."""
    try:
        missing_of(read_migrations(MIGRATIONS), applied)
    except UnknownMigrationError:
        raise BackupError(
            f"{file} was made by newer code: it is at migration {applied[-1].name}, which this"
            " code does not know. Restore it with the newer code; nothing was changed."
        ) from None
    except ChangedMigrationError as error:
        raise BackupError(f"{file} does not fit this code: {error} Nothing was changed.") from None
