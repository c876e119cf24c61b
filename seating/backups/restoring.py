"""Restoring: a backup fills a second database, which is checked and then swapped in by name."""

from __future__ import annotations

import asyncio
import hashlib
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import uuid4

import asyncpg
from msgspec import Struct

from seating.backups.dumping import (
    DATABASE_SIZE,
    NOBODY,
    Applied,
    applied_in,
    back_up,
    connected,
    inside,
    major_of,
    path_of,
    require_known,
    rows_in,
)
from seating.backups.folder import (
    MARGIN_BYTES,
    Kind,
    name_for,
    prune,
    ready_folder,
    require_room,
)
from seating.backups.manifest import Maker, Manifest, verified
from seating.backups.on_record import put_on_record
from seating.backups.programs import BackupError, run_program
from seating.dsn import database_of, with_database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime

    from seating.backups.dumping import Connection
    from seating.backups.on_record import What

# Sessions of the app would go on writing into the database to be replaced; others would keep it
# from being renamed.
SELECT_OTHERS: Final = """
select count(*) as others, count(*) filter (where application_name = 'maitred') as serving
from pg_stat_activity
where datname = $1 and coalesce(backend_type, 'client backend') = 'client backend'
  and coalesce(application_name, '') <> 'maitred backup'
"""
TRY_LOCK: Final = (
    "select pg_try_advisory_lock(hashtextextended('maitred database beside ' || $1, 0))"
)
SELECT_ABANDONED: Final = """
select datname from pg_database where starts_with(datname, $1) and pg_has_role(datdba, 'usage')
"""
DATA_FOLDER: Final = """
select case when pg_has_role('pg_read_all_settings', 'usage')
            then current_setting('data_directory') end
"""
PATIENCE_SECONDS: Final = 3.0
LOOK_SECONDS: Final = 0.1
LEAVING: Final[Kind] = "before-restore"


class Leaving(Struct, frozen=True, kw_only=True):
    """Where to keep what a restore replaces, how many of those, and the time for its name."""

    folder: Path
    kept: int
    now: datetime
    maker: Maker = NOBODY


@dataclass(frozen=True, kw_only=True)
class Beside:
    """A backup in a database of its own beside the one in use; it is dropped after the block.

    `manifest`: what it says of itself; None where that was not to be verified.
    """

    server: Connection
    name: str
    fresh: str
    dsn: str
    applied: list[Applied]
    manifest: Manifest | None


async def restore(
    dsn: str, file: Path, leaving: Leaving | None = None, *, maker: Maker | None = NOBODY
) -> Path | None:
    """Replace the database by the one in `file`; when this fails the database is unchanged.

    `maker`: who made the backup; None to take whatever it is. Returns the backup of what was
    replaced, if there was anything. A backup of an older schema is migrated by the next start.
    Raises BackupError, NoConnectionError.
    """
    async with beside(dsn, file, maker=maker) as filled:
        return await replace(dsn, filled, leaving, file)


async def replace(
    dsn: str,
    filled: Beside,
    leaving: Leaving | None,
    file: Path,
    kind: What = "RestoreBackup",
) -> Path | None:
    """Swap in what was filled from `file`, which its record tells of as a `kind` of event.

    Returns the backup of what was replaced.
    """
    await require_nobody(filled.server, filled.name)
    left = await _leave(dsn, leaving) if leaving else None
    facts = {"file": file.name, "left": left.name if left else None}
    await put_on_record(filled.dsn, kind, facts)
    await swap(filled.server, filled.name, filled.fresh)
    return left


@asynccontextmanager
async def beside(
    dsn: str, file: Path, *, maker: Maker | None = NOBODY, replacing: bool = True
) -> AsyncIterator[Beside]:
    """Fill a database from a backup, all or nothing, for the block.

    `maker`: who made it, None if that is not to be verified; `replacing`: refuse at once while the
    service runs. Raises BackupError before anything is made when the file is damaged, was changed,
    is not ours or of newer code.
    """
    applied = await inside(file)
    manifest = await verified(file, maker) if maker else None
    require_known(file, applied)
    name = database_of(dsn)
    async with connected(with_database(dsn, "postgres")) as server:
        try:
            if replacing:
                await require_nobody(server, name)
            await require_room_for_another(dsn)
            fresh = await new_database(server, name)
            try:
                filled = with_database(dsn, fresh)
                await fill(filled, file, major_of(server))
                yield Beside(
                    server=server,
                    name=name,
                    fresh=fresh,
                    dsn=filled,
                    applied=applied,
                    manifest=manifest,
                )
            finally:
                await server.execute(f'drop database if exists "{fresh}" with (force)')
        except (asyncpg.InsufficientPrivilegeError, asyncpg.ReadOnlySQLTransactionError) as error:
            raise BackupError(f"The server takes no restore from this role: {error}.") from error


async def require_nobody(server: Connection, name: str) -> None:
    """Raise BackupError while the service, or anybody else, is connected to the database."""
    for _ in range(int(PATIENCE_SECONDS / LOOK_SECONDS)):
        row = await server.fetchrow(SELECT_OTHERS, name)
        if row is None or not row["others"]:
            return
        if row["serving"]:
            raise BackupError("A serve is running on this database: stop it, then restore.")
        await asyncio.sleep(LOOK_SECONDS)  # one that was just closed takes a moment to be gone
    raise BackupError(
        f"Somebody is connected to the database {name}, so nothing was changed: end those"
        " sessions (psql, a dashboard), then try again."
    )


async def require_room_for_another(dsn: str) -> None:
    """Raise BackupError when a second database would fill the server's disk, if it is ours too."""
    async with connected(dsn) as connection:
        size: int = await connection.fetchval(DATABASE_SIZE)
        folder = await connection.fetchval(DATA_FOLDER)
    # A folder that is not on this machine, or not for us to see, is not asked.
    with suppress(OSError):
        if folder:
            # As large again, and once more for the log of its writing.
            require_room(Path(folder), 2 * size + MARGIN_BYTES, "The restored database")


async def new_database(server: Connection, name: str) -> str:
    """Make an empty database beside this one, and drop those that killed runs left."""
    if not await server.fetchval(TRY_LOCK, name):
        raise BackupError("Another restore is at work on this server: try again when it has ended.")
    prefix = f"maitred_beside_{hashlib.sha256(name.encode()).hexdigest()[:12]}_"
    for row in await server.fetch(SELECT_ABANDONED, prefix):
        await server.execute(f'drop database if exists "{row["datname"]}" with (force)')
    fresh = f"{prefix}{uuid4().hex[:8]}"
    await server.execute(f'create database "{fresh}" template template0')
    return fresh


async def fill(dsn: str, file: Path, server: int) -> None:
    """Read the backup into an empty database, all or nothing."""
    command = ["pg_restore", "--single-transaction", "--exit-on-error", "--no-owner"]
    command.append("--no-privileges")
    await run_program([*command, path_of(file)], server=server, dsn=dsn)


async def swap(server: Connection, name: str, fresh: str) -> None:
    """Exchange the two databases' names in one transaction; the old one ends up as `fresh`."""
    old = f"maitred_old_{uuid4().hex}"
    try:
        async with server.transaction():
            await server.execute(f'alter database "{name}" rename to "{old}"')
            await server.execute(f'alter database "{fresh}" rename to "{name}"')
            await server.execute(f'alter database "{old}" rename to "{fresh}"')
    except asyncpg.ObjectInUseError as error:
        raise BackupError(f"Nothing was changed: {error}.") from error


async def _leave(dsn: str, leaving: Leaving) -> Path | None:
    """Back up what is about to be replaced; None when the database is not ours or empty."""
    async with connected(dsn) as connection:
        applied = await applied_in(connection)
        if not applied or not (await rows_in(connection)).get("venue"):
            return None
    ready_folder(leaving.folder)
    file = leaving.folder / name_for(LEAVING, leaving.now, applied[-1].number)
    await back_up(dsn, file, maker=leaving.maker, force=True)
    prune(leaving.folder, LEAVING, leaving.kept, leaving.now)
    return file
