"""One PostgreSQL for a whole test run: started by the first test that asks, ended with the run.

pytest-xdist's controller picks a folder and locks it; the workers find it in the environment and
agree by a file lock on who starts the server and migrates the template, of which every test gets
a copy. With DATABASE_URL set, that server is used instead of one of our own.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import asyncpg

from scripts import embedded
from scripts.dsn import database_of, with_database
from scripts.file_lock import locked
from seating.migrate import migrate

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

FOLDER_VARIABLE = "MAITRED_TEST_RUN"


@dataclass(frozen=True)
class Run:
    """What the controller holds until the end."""

    folder: Path
    lock: int

    def close(self) -> None:
        """End the server, or what we made on the given one, and delete the folder."""
        template = template_file(self.folder)
        if os.environ.get("DATABASE_URL") and template.exists():
            asyncio.run(drop(template.read_text()))
        embedded.stop_server(self.folder)
        shutil.rmtree(self.folder, ignore_errors=True)
        os.close(self.lock)


def open_run() -> Run:
    """Choose and lock the run's folder, before any worker starts."""
    embedded.reap_abandoned()
    folder = Path(tempfile.mkdtemp(prefix=embedded.SCRATCH_PREFIX))
    os.environ[FOLDER_VARIABLE] = str(folder)
    return Run(folder, embedded.take(folder))


def template_dsn() -> str:
    """The migrated database that tests copy; blocks while another worker makes it."""
    folder = Path(os.environ[FOLDER_VARIABLE])
    with locked(folder / "template.lock", wait=True):
        if not template_file(folder).exists():
            template_file(folder).write_text(make_template(folder))
    return template_file(folder).read_text()


def make_template(folder: Path) -> str:
    """Start the server and migrate a database on it."""
    server = os.environ.get("DATABASE_URL") or embedded.boot(
        folder, settings=(*embedded.UNSAFE_BUT_FAST, "max_connections=300")
    )
    dsn = with_database(server, f"{folder.name.replace('-', '_')}_template")
    asyncio.run(create_and_migrate(server, dsn))
    return dsn


async def create_and_migrate(server: str, dsn: str) -> None:
    """Make the template."""
    await execute(server, f'create database "{database_of(dsn)}"')
    await migrate(dsn)


@asynccontextmanager
async def copy_of(template: str | None, like: str) -> AsyncIterator[str]:
    """Lend a fresh database on the server of `like`: a copy of `template`, or an empty one."""
    dsn = with_database(like, f"test_{uuid4().hex}")
    source = database_of(template) if template else "template0"
    server = with_database(like, "postgres")
    await execute(server, f'create database "{database_of(dsn)}" template "{source}"')
    try:
        yield dsn
    finally:
        await drop(dsn)


async def drop(dsn: str) -> None:
    """Drop a database, with whoever is still connected to it."""
    server = with_database(dsn, "postgres")
    await execute(server, f'drop database if exists "{database_of(dsn)}" with (force)')


async def execute(dsn: str, statement: str) -> None:
    """Run one statement on a connection of its own."""
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def template_file(folder: Path) -> Path:
    """Where the template's DSN is written once it is ready."""
    return folder / "template.dsn"
