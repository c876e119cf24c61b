"""A database that cannot carry the service is refused in a sentence, at every door."""

from __future__ import annotations

import asyncio
import signal
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import asyncpg
import pytest
from msgspec.structs import replace

from api import jobs, setup
from api.app import create_app
from api.settings import Settings
from scripts import serving
from seating import migrate as migrating
from seating.connecting import connect
from seating.db import open_pool
from seating.dsn import database_of, with_database
from seating.fitness import (
    EXTENSIONS,
    DatabaseFacts,
    MigratingFacts,
    UnfitDatabaseError,
    facts_of,
    migrating_unfitness,
    unfitness,
)
from seating.migrate import migrate
from tests.support.database import drop, execute

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


async def refusal(dsn: str) -> str:
    """What the pool says of this database; the migrations say the same."""
    with pytest.raises(UnfitDatabaseError) as refused:
        await open_pool(dsn, min_size=1, max_size=1)
    with pytest.raises(UnfitDatabaseError) as again:
        await migrate(dsn)
    assert str(again.value) == str(refused.value)
    return str(refused.value)


async def facts(dsn: str) -> DatabaseFacts:
    connection = await connect(dsn, {})
    try:
        return await facts_of(connection)
    finally:
        await connection.close()


async def test_the_database_of_the_tests_is_fit(database: str, empty_database: str) -> None:
    assert unfitness(await facts(database)) == ""
    assert unfitness(await facts(empty_database)) == ""


async def test_an_older_postgresql_is_named_with_what_is_needed(database: str) -> None:
    now = await facts(database)
    old = replace(now, version=150018, version_name="15.18 (Debian 15.18-0+deb12u1)")
    assert unfitness(old) == (
        "The database is PostgreSQL 15.18 (Debian 15.18-0+deb12u1), but PostgreSQL 18 or newer is"
        " needed: upgrade it or use another."
    )
    assert "18 or newer" in unfitness(replace(now, version=170999))
    assert unfitness(replace(now, version=180000)) == unfitness(replace(now, version=190001)) == ""


async def test_a_database_that_takes_no_writes_is_refused(database: str) -> None:
    await execute(
        with_database(database, "postgres"),
        f"alter database {database_of(database)} set default_transaction_read_only = on",
    )
    assert "takes no writes from postgres: switch default_transaction_read_only off" in (
        await refusal(database)
    )


async def test_a_database_without_unicode_is_refused(empty_database: str) -> None:
    name = f"{database_of(empty_database)}_ascii"
    dsn = with_database(empty_database, name)
    await execute(
        empty_database,
        f"create database {name} encoding 'SQL_ASCII' locale 'C' template template0",
    )
    try:
        assert "keeps text as SQL_ASCII" in await refusal(dsn)
    finally:
        await drop(dsn)


# Rights


@pytest.fixture
async def clerk(database: str) -> AsyncIterator[str]:
    """The migrated database as a role sees it that was given nothing."""
    async with role_of(database) as dsn:
        yield dsn


@pytest.fixture
async def newcomer(empty_database: str) -> AsyncIterator[str]:
    async with role_of(empty_database) as dsn:
        yield dsn


@asynccontextmanager
async def role_of(dsn: str) -> AsyncIterator[str]:
    role = f"role_{database_of(dsn)[5:17]}"
    await execute(dsn, f"create role {role} login")
    try:
        yield dsn.replace("postgres@", f"{role}@", 1)
    finally:
        await execute(dsn, f"drop owned by {role}")
        await execute(dsn, f"drop role {role}")


def role_in(dsn: str) -> str:
    return dsn.partition("://")[2].partition("@")[0]


async def test_a_role_without_the_schema_is_refused(database: str, clerk: str) -> None:
    await execute(database, "revoke usage on schema public from public")
    assert await refusal(clerk) == (
        f"The role {role_in(clerk)} may use no schema of the database {database_of(database)}:"
        f" grant usage on schema public to {role_in(clerk)}."
    )


async def test_a_role_without_rights_on_the_tables_is_refused_until_it_has_them(
    database: str, clerk: str
) -> None:
    role = role_in(clerk)
    assert "may not read and write access_token, acknowledgement, action and " in await refusal(
        clerk
    )
    grant = f"grant select, insert, update, delete on all tables in schema public to {role}"
    assert grant in await refusal(clerk)
    await execute(database, grant)
    await execute(database, f"revoke delete on reservation from {role}")
    assert f"{role} may not read and write reservation: " in await refusal(clerk)
    await execute(database, f"grant delete on reservation to {role}")
    await execute(database, f"revoke insert, update, delete on schema_migration from {role}")
    await (await open_pool(clerk, min_size=1)).close()
    assert await migrate(clerk) == []


async def test_a_role_that_may_create_nothing_cannot_migrate(
    empty_database: str, newcomer: str
) -> None:
    role, name = role_in(newcomer), database_of(empty_database)
    with pytest.raises(UnfitDatabaseError, match=f"grant usage, create on schema public to {role}"):
        await migrate(newcomer)
    await execute(empty_database, f"grant create on schema public to {role}")
    with pytest.raises(UnfitDatabaseError, match=f"grant create on database {name} to {role}"):
        await migrate(newcomer)
    await execute(empty_database, f"grant create on database {name} to {role}")
    assert await migrate(newcomer)
    await (await open_pool(newcomer, min_size=1)).close()


# Extensions


async def test_a_server_without_the_extension_is_refused_before_anything_is_made(
    empty_database: str,
) -> None:
    await execute(
        empty_database,
        f"alter database {database_of(empty_database)} set extension_control_path = '/nowhere'",
    )
    with pytest.raises(UnfitDatabaseError, match="no extension btree_gist: install PostgreSQL's"):
        await migrate(empty_database)
    assert not (await facts(empty_database)).has_book
    connection = await asyncpg.connect(empty_database)
    assert await connection.fetchval("select to_regclass('schema_migration')") is None
    await connection.close()


async def test_an_extension_that_was_dropped_is_missed(database: str) -> None:
    await execute(database, "drop extension btree_gist cascade")
    assert "has lost the extension btree_gist" in await refusal(database)


def test_an_extension_that_an_administrator_made_is_enough() -> None:
    told = DatabaseFacts(
        version=180000,
        version_name="18.0",
        encoding="UTF8",
        read_only=False,
        standby=False,
        database="book",
        role="clerk",
        schema="public",
        has_book=False,
        extensions=EXTENSIONS,
        barred=(),
    )
    may = MigratingFacts(may_create_tables=True, may_create_extensions=False, available=frozenset())
    assert migrating_unfitness(told, may) == ""


# The doors


@pytest.fixture
async def unwritable(database: str, monkeypatch: pytest.MonkeyPatch) -> str:
    await execute(
        with_database(database, "postgres"),
        f"alter database {database_of(database)} set default_transaction_read_only = on",
    )
    monkeypatch.setenv("DATABASE_URL", database)
    return database


NO_WRITES = "takes no writes from postgres"


@pytest.mark.usefixtures("unwritable")
def test_the_commands_end_with_the_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the main thread, where a command may say what a signal does."""
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    for command in (jobs.main, migrating.main, lambda: serving.main(["--port", "0", "--no-demo"])):
        with pytest.raises(SystemExit, match=NO_WRITES):
            command()


@pytest.mark.usefixtures("unwritable")
async def test_the_first_setting_up_ends_with_the_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["setup", "bistro"])
    with pytest.raises(SystemExit, match=NO_WRITES):
        await asyncio.to_thread(setup.main)


@pytest.mark.parametrize("unreachable", [True, False])
async def test_the_app_tells_its_server_the_sentence(unwritable: str, unreachable: bool) -> None:  # noqa: FBT001
    dsn = "postgresql://me@127.0.0.1:1/book" if unreachable else unwritable
    app = create_app(Settings(database_url=dsn, jobs="none", pool_min=1, pool_max=1))
    heard: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "lifespan.startup"}

    async def send(message: Any) -> None:  # noqa: ANN401
        heard.append(message)

    scope: Any = {"type": "lifespan", "asgi": {}, "app": app, "state": {}}
    with pytest.raises(ExceptionGroup):
        await app(scope, receive, send)  # type: ignore[arg-type]
    (told,) = heard
    assert told["type"] == "lifespan.startup.failed"
    assert ("nothing listens there" if unreachable else NO_WRITES) in told["message"]
    assert "\n" not in told["message"]
