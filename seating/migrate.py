"""Bring a database to the schema of this code: numbered SQL files, each applied once, in order."""

from __future__ import annotations

import asyncio
import hashlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import asyncpg

from seating.connecting import NoConnectionError, connect
from seating.fitness import UnfitDatabaseError, require_fit, require_may_migrate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from asyncpg.pool import PoolConnectionProxy

    AnyConnection = asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]

MIGRATIONS = Path(__file__).parent / "migrations"
# An arbitrary key that no other application uses: "maitred" in ASCII (56 bits).
ADVISORY_LOCK = int.from_bytes(b"maitred", "big")

CREATE_TABLE = """
create table if not exists schema_migration (
    number     int primary key,
    name       text not null,
    checksum   text not null,
    applied_at timestamptz not null default now()
)
"""
IS_BEGUN = "select to_regclass('schema_migration') is not null"
SELECT_APPLIED = "select number, name, checksum from schema_migration order by number"
INSERT_APPLIED = "insert into schema_migration (number, name, checksum) values ($1, $2, $3)"


class MigrationError(Exception):
    """The database and the migration files do not match."""


class ChangedMigrationError(MigrationError):
    """A file was edited after it had been applied."""


class UnknownMigrationError(MigrationError):
    """The database has a migration that this code does not know: the code is too old."""


class MisnumberedMigrationError(MigrationError):
    """The files are not numbered 1, 2, 3 ... without a gap."""


class FailedMigrationError(MigrationError):
    """PostgreSQL rejected a file; its transaction was rolled back."""


class AppliedRow(Protocol):
    """A row of SELECT_APPLIED, by the names of its columns."""

    def __getitem__(self, column: str, /) -> Any:  # noqa: ANN401 - an asyncpg.Record is like this
        """The value of a column."""


@dataclass(frozen=True)
class Migration:
    """One file: its number, its name (the whole stem), its SQL."""

    number: int
    name: str
    sql: str

    @property
    def checksum(self) -> str:
        """SHA-256 of the text."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


async def migrate(dsn: str, folder: Path = MIGRATIONS) -> list[str]:
    """Apply what is missing, one transaction per file, and return the names applied.

    Several processes may call this at once: all but one wait, then find nothing to do.
    Raises MigrationError when the files and the database do not match, NoConnectionError,
    UnfitDatabaseError.
    """
    migrations = read_migrations(folder)
    connection = await connect(dsn, {"application_name": "maitred migrate"})
    try:
        facts = await require_fit(connection)
        await connection.execute("select pg_advisory_lock($1)", ADVISORY_LOCK)
        begun = await connection.fetchval(IS_BEGUN)
        applied = await connection.fetch(SELECT_APPLIED) if begun else []
        missing = missing_of(migrations, applied)
        if missing:
            await require_may_migrate(connection, facts)
            await connection.execute(CREATE_TABLE)
        for migration in missing:
            await apply(connection, migration)
    finally:
        await connection.close()
    return [migration.name for migration in missing]


def read_migrations(folder: Path) -> list[Migration]:
    """All files in order; raises MisnumberedMigrationError on a gap or a number used twice."""
    found = [
        Migration(int(path.stem.split("_")[0]), path.stem, path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("[0-9]*.sql"))
    ]
    if [migration.number for migration in found] != list(range(1, len(found) + 1)):
        names = ", ".join(migration.name for migration in found)
        raise MisnumberedMigrationError(f"Migrations must count 1, 2, 3 without a gap: {names}.")
    return found


def missing_of(
    migrations: Sequence[Migration], applied: Sequence[AppliedRow]
) -> Sequence[Migration]:
    """Check the applied ones against the files and return the rest."""
    for row in applied:
        if row["number"] > len(migrations):
            raise UnknownMigrationError(
                f"The database has migration {row['name']}, which this code does not know: "
                "run the newer code."
            )
        if row["checksum"] != migrations[row["number"] - 1].checksum:
            raise ChangedMigrationError(
                f"Migration {row['name']} was changed after this database applied it: "
                "put the file back and write a new one."
            )
    return migrations[len(applied) :]


async def require_migrated(connection: AnyConnection, folder: Path = MIGRATIONS) -> None:
    """Raise MigrationError unless the database has the schema of this code."""
    begun = await connection.fetchval(IS_BEGUN)
    missing = missing_of(
        read_migrations(folder), await connection.fetch(SELECT_APPLIED) if begun else []
    )
    if missing:
        raise MigrationError(
            f"The database lacks {len(missing)} migrations of this version, from"
            f" {missing[0].name} on: start the service first, which brings it up to date."
        )


async def apply(connection: asyncpg.Connection[asyncpg.Record], migration: Migration) -> None:
    """Run one file and record it, in one transaction."""
    row = (migration.number, migration.name, migration.checksum)
    try:
        async with connection.transaction():
            await connection.execute(migration.sql)
            await connection.execute(INSERT_APPLIED, *row)
    except asyncpg.PostgresError as error:
        raise FailedMigrationError(f"Migration {migration.name} failed: {error}.") from error


def main() -> None:
    """Migrate the database of DATABASE_URL and print what was applied."""
    dsn = os.environ.get("DATABASE_URL")
    if not dsn:
        sys.exit("Set DATABASE_URL to the database to migrate.")
    try:
        applied = asyncio.run(migrate(dsn))
    except (MigrationError, NoConnectionError, UnfitDatabaseError) as error:
        sys.exit(str(error))
    sys.stdout.write(f"applied: {', '.join(applied) or 'nothing, all was there'}\n")


if __name__ == "__main__":
    main()
