"""Backup with pg_dump, and restore into a second database that is then swapped in by name."""

from __future__ import annotations

import asyncio
import subprocess
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import asyncpg

from scripts import embedded
from scripts.dsn import database_of, with_database, without_password
from seating.connecting import connect

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    Connection = asyncpg.Connection[asyncpg.Record]

# Sessions of the app, which would go on writing into the database to be replaced.
SELECT_SERVING = """
select count(*) from pg_stat_activity where datname = $1 and application_name = 'maitred'
"""


class BackupError(Exception):
    """No backup or restore was made; the message is the sentence to show."""


def back_up(dsn: str, file: Path, *, force: bool = False) -> None:
    """Write the database to `file`, which appears only when complete."""
    if file.exists() and not force:
        raise BackupError(f"{file} exists: pass --force to overwrite it.")
    if not file.parent.is_dir():
        raise BackupError(f"There is no folder {file.parent}.")
    fresh = Path(f"{file}.{uuid4().hex[:8]}.partial")
    try:
        fresh.touch(mode=0o600)
        address, password = without_password(dsn)
        run_tool(["pg_dump", "--format=custom", f"--file={fresh}", address], password)
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)


def restore(dsn: str, file: Path) -> None:
    """Replace the database by the one in `file`; when this fails the database is unchanged."""
    if not file.is_file():
        raise BackupError(f"There is no file {file}.")
    try:
        asyncio.run(restore_beside(dsn, file))
    except (asyncpg.InsufficientPrivilegeError, asyncpg.ReadOnlySQLTransactionError) as error:
        raise BackupError(f"The server takes no restore from this role: {error}.") from error


async def restore_beside(dsn: str, file: Path) -> None:
    """See `restore`."""
    name = database_of(dsn)
    beside = f"{name}_restore_{uuid4().hex[:8]}"
    async with connected(with_database(dsn, "postgres")) as server:
        if await server.fetchval(SELECT_SERVING, name):
            raise BackupError("A serve is running on this database: stop it, then restore.")
        await server.execute(f'create database "{beside}" template template0')
        try:
            await asyncio.to_thread(fill, with_database(dsn, beside), file)
            await require_ours(with_database(dsn, beside), file)
            await swap(server, name, beside)
        finally:
            await server.execute(f'drop database if exists "{beside}" with (force)')


def fill(dsn: str, file: Path) -> None:
    """Read the backup into an empty database, all or nothing."""
    address, password = without_password(dsn)
    command = ["pg_restore", "--single-transaction", "--exit-on-error", "--no-owner"]
    run_tool([*command, f"--dbname={address}", str(file.absolute())], password)


async def require_ours(dsn: str, file: Path) -> None:
    """Raise BackupError for the backup of another program."""
    async with connected(dsn) as connection:
        if await connection.fetchval("select to_regclass('schema_migration')") is None:
            raise BackupError(f"{file} is a backup of something else: it has no schema_migration.")


async def swap(server: Connection, name: str, fresh: str) -> None:
    """Exchange the two databases' names in one transaction; the old one ends up as `fresh`."""
    old = f"{name}_old_{uuid4().hex[:8]}"
    async with server.transaction():
        await server.execute(f'alter database "{name}" rename to "{old}"')
        await server.execute(f'alter database "{fresh}" rename to "{name}"')
        await server.execute(f'alter database "{old}" rename to "{fresh}"')


@asynccontextmanager
async def connected(dsn: str) -> AsyncIterator[Connection]:
    """A connection for the block."""
    connection = await connect(dsn, {"application_name": "maitred backup"})
    try:
        yield connection
    finally:
        await connection.close()


def run_tool(command: list[str], password: str | None) -> None:
    """Run one of PostgreSQL's programs, with the password in its environment."""
    secret = {} if password is None else {"PGPASSWORD": password}
    done = subprocess.run(
        [str(embedded.programs() / command[0]), *command[1:]],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env={**embedded.environment(), **secret},
        check=False,
    )
    if done.returncode:
        reason = embedded.last_words(done.stderr)
        raise BackupError(f"PostgreSQL's {command[0]} failed: {reason}")
