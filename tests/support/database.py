"""One PostgreSQL for a whole test run: started by the first test that asks, ended with the run.

pytest-xdist's controller picks a folder and locks it; the workers find it in the environment and
agree by a file lock on who starts the server and migrates the template, of which every test gets
a copy (or one that another test gave back: lending.py). With DATABASE_URL set, that server is used
instead of one of our own.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import tempfile
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import asyncpg

from scripts import embedded
from scripts.file_lock import locked
from seating.dsn import database_of, user_of, with_database, with_user
from seating.migrate import migrate
from seating.roles import OWNER, SERVICE, let_service_in
from tests.support.emptying import Reset, reset_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

IN_MEMORY = "/dev/shm"
ROOM = 6 * 2**30
FOLDER_VARIABLE = "MAITRED_TEST_RUN"
OURS = "select datname from pg_database where starts_with(datname, $1)"


@dataclass(frozen=True)
class Run:
    """What the controller holds until the end."""

    folder: Path
    lock: int

    def close(self) -> None:
        """End the server, or what we made on the given one, and delete the folder."""
        template = template_file(self.folder)
        if os.environ.get("DATABASE_URL") and template.exists():
            asyncio.run(drop_all(template.read_text()))
        embedded.stop_server(self.folder)
        shutil.rmtree(self.folder, ignore_errors=True)
        os.close(self.lock)


def open_run() -> Run:
    """Choose and lock the run's folder, before any worker starts."""
    place = memory_or_none()
    embedded.reap_abandoned(place)
    folder = Path(tempfile.mkdtemp(prefix=embedded.SCRATCH_PREFIX, dir=place))
    os.environ[FOLDER_VARIABLE] = str(folder)
    return Run(folder, embedded.take(folder))


def memory_or_none() -> str | None:
    """A folder in memory with room for a run's databases, where there is one.

    On a busy disk it takes a second to copy a template of 700 files, in memory a fiftieth.
    """
    with suppress(OSError):
        if shutil.disk_usage(IN_MEMORY).free > ROOM and os.access(IN_MEMORY, os.W_OK):
            return IN_MEMORY
    return None


def run_folder() -> Path:
    """The folder that the workers of this run share."""
    return Path(os.environ[FOLDER_VARIABLE])


def template_dsn() -> str:
    """The migrated database that tests copy; blocks while another worker makes it."""
    folder = run_folder()
    with locked(folder / "template.lock", wait=True):
        if not template_file(folder).exists():
            template_file(folder).write_text(make_template(folder))
    return template_file(folder).read_text()


def make_template(folder: Path) -> str:
    """Start the server and migrate a database on it."""
    server = os.environ.get("DATABASE_URL") or embedded.boot(
        folder, settings=(*embedded.UNSAFE_BUT_FAST, "max_connections=300")
    )
    dsn = with_database(server, f"{prefix_of(folder)}template")
    asyncio.run(create_and_migrate(server, dsn))
    return dsn


def owner_of(dsn: str) -> str:
    """The database as the role that owns its tables; on a given server there is one for all."""
    return dsn if os.environ.get("DATABASE_URL") else with_user(dsn, OWNER)


def service_of(dsn: str) -> str:
    """The database as the role that serves, which may do less than the tests themselves."""
    ours = user_of(dsn) == "postgres" and not os.environ.get("DATABASE_URL")
    return with_user(dsn, SERVICE) if ours else dsn


def owned() -> str:
    """How the owner of a new database is named."""
    return "" if os.environ.get("DATABASE_URL") else f' owner "{OWNER}"'


def prefix_of(folder: Path) -> str:
    """How the names of this run's databases begin."""
    return f"{folder.name.replace('-', '_')}_"


async def create_and_migrate(server: str, dsn: str) -> None:
    """Make the template, on a server of ours as its owner's role."""
    await execute(server, f'create database "{database_of(dsn)}"{owned()}')
    await migrate(owner_of(dsn))
    await let_service_in(owner_of(dsn), service_of(dsn))
    reset_file(run_folder()).write_text(json.dumps(await reset_of(dsn)))


@asynccontextmanager
async def copy_of(template: str | None, like: str) -> AsyncIterator[str]:
    """Lend a fresh database on the server of `like`: a copy of `template`, or an empty one."""
    dsn = await copied(template, like)
    try:
        yield dsn
    finally:
        await drop(dsn)


async def copied(template: str | None, like: str) -> str:
    """Make a database on the server of `like`: a copy of `template`, or an empty one."""
    dsn = with_database(like, f"{prefix_of(run_folder())}{uuid4().hex}")
    source = database_of(template) if template else "template0"
    server = with_database(like, "postgres")
    # Without fsync, copying the files takes half as long as writing each page to the log.
    await execute(
        server,
        f'create database "{database_of(dsn)}"{owned()} template "{source}" strategy file_copy',
    )
    return dsn


async def drop(dsn: str) -> None:
    """Drop a database, with whoever is still connected to it."""
    server = with_database(dsn, "postgres")
    await execute(server, f'drop database if exists "{database_of(dsn)}" with (force)')


async def drop_all(template: str) -> None:
    """Drop what this run made on a server that goes on: the template and what workers still had."""
    connection = await asyncpg.connect(with_database(template, "postgres"))
    try:
        prefix = database_of(template).removesuffix("template")
        for (name,) in await connection.fetch(OURS, prefix):
            await connection.execute(f'drop database if exists "{name}" with (force)')
    finally:
        await connection.close()


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


def reset_known() -> Reset:
    """How a copy is made as the template is."""
    return Reset(*json.loads(reset_file(run_folder()).read_text()))


def reset_file(folder: Path) -> Path:
    """Where that is written, before the template is ready."""
    return folder / "reset.json"
