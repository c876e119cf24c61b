"""The service has a role of its own, which works with rows and can do nothing to the schema."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import asyncpg
import pytest
from msgspec.structs import replace

from seating.db import open_pool
from seating.dsn import database_of
from seating.fitness import UnfitDatabaseError, facts_of
from seating.roles import NARROWER, OWNER, SERVICE, let_in, made, make_roles
from tests.support.database import execute, owner_of, service_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from seating.db import Pool

pytestmark = pytest.mark.skipif(
    "DATABASE_URL" in os.environ, reason="a server of somebody else's has one role for the tests"
)
NEW_HOUSE = "insert into house (venue_id, version, checksum, house) values ('bistro', 1, '', '{}')"
FORBIDDEN = (
    "create table dish ()",
    "drop table reservation",
    "alter table reservation add column dish text",
    "truncate reservation",
    "create extension hstore",
    "create schema kitchen",
    "create database kitchen",
    "create role cook",
    "alter role current_user superuser",
    "delete from schema_migration",
    "update schema_migration set checksum = ''",
    "insert into schema_migration values (9999, 'none', '')",
    "copy reservation to program 'true'",
    "select pg_read_file('postgresql.conf')",
    "select * from pg_authid",
    f"set role {OWNER}",
)


@pytest.fixture
async def owner(database: str) -> AsyncIterator[asyncpg.Connection[asyncpg.Record]]:
    connection = await asyncpg.connect(owner_of(database))
    yield connection
    await connection.close()


async def test_the_service_works_with_rows_and_not_on_the_schema(database: str) -> None:
    pool = await open_pool(service_of(database), min_size=1)
    async with pool, pool.acquire() as connection:
        facts = await facts_of(connection)
        assert (facts.role, facts.superuser, facts.barred) == (SERVICE, False, ())
        assert await connection.execute(NEW_HOUSE) == "INSERT 0 1"
        assert await connection.execute("delete from house") == "DELETE 1"
        assert await connection.fetchval("select count(*) from schema_migration")
        for statement in FORBIDDEN:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(statement)


async def test_a_table_made_later_is_the_services_and_an_append_only_one_is_added_to(
    database: str, owner: asyncpg.Connection[asyncpg.Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(NARROWER, "diary", ("select", "insert"))
    assert not await let_in(owner, SERVICE), "all was as it should be"
    await owner.execute("create table dish (name text); create table diary (said text)")
    service = await asyncpg.connect(service_of(database))
    await service.execute("insert into dish values ('soup'); delete from dish")
    assert await let_in(owner, SERVICE)
    await service.execute("insert into diary values ('opened')")
    assert await service.fetchval("select said from diary") == "opened"
    for statement in ("delete from diary", "update diary set said = ''"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await service.execute(statement)
    await service.close()
    assert not await let_in(owner, SERVICE)


async def test_what_a_superuser_made_becomes_the_owners(empty_database: str) -> None:
    await execute(
        empty_database,
        "create table dish (number bigint generated always as identity, price int);"
        "create sequence bills; create view dear as select * from dish where price > 9;"
        "create extension btree_gist; create function ten() returns int return 10",
    )
    for statement in [*made(OWNER, SERVICE), *made(OWNER, SERVICE)]:
        await execute(empty_database, statement)
    await execute(
        owner_of(empty_database),
        "alter table dish add column name text; alter sequence bills restart;"
        "drop view dear; drop function ten(); drop table dish",
    )


async def test_roles_are_made_with_the_passwords_of_their_addresses(empty_database: str) -> None:
    name = database_of(empty_database)[-12:]
    owner, service = f"owner_{name}", f"service_{name}"
    owner_url, service_url = (
        empty_database.replace("postgres@", f"{role}:p%40ss%27word@", 1)
        for role in (owner, service)
    )
    administrator = empty_database
    try:
        await make_roles(administrator, owner_url, service_url)
        connection = await asyncpg.connect(administrator)
        kept = await connection.fetch(
            "select rolname, rolpassword, rolsuper, rolcreatedb from pg_authid"
            " where rolname in ($1, $2) order by rolname",
            owner,
            service,
        )
        await connection.close()
        assert [tuple(row)[2:] for row in kept] == [(False, True), (False, False)]
        assert all(row["rolpassword"].startswith("SCRAM-SHA-256$4096:") for row in kept)
    finally:
        for role in (owner, service):
            await execute(
                empty_database, f"reassign owned by {role} to {OWNER}; drop owned by {role}"
            )
            await execute(empty_database, f"drop role {role}")


def test_the_command_says_what_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    one = "postgresql://me@/maitred"
    monkeypatch.setenv("MAITRED_ADMIN_URL", one)
    monkeypatch.setenv("MAITRED_OWNER_URL", one)
    for given, says in (("", "Set MAITRED_ADMIN_URL, MAITRED_OWNER_URL"), (one, "the same role")):
        monkeypatch.setenv("DATABASE_URL", given)
        done = subprocess.run(
            [sys.executable, "-m", "seating.roles"], capture_output=True, text=True, check=False
        )
        assert (done.returncode, says in done.stderr) == (1, True)


async def test_a_superuser_serves_and_is_told_of(
    database: str, pool: Pool, caplog: pytest.LogCaptureFixture
) -> None:
    """`pool` is the tests' own, a superuser's."""
    with caplog.at_level(logging.WARNING, "maitred.database"):
        await (await open_pool(database, min_size=1)).close()
        assert "is a superuser" in caplog.text
        caplog.clear()
        await (await open_pool(service_of(database), min_size=1)).close()
        assert caplog.text == ""
    async with pool.acquire() as connection:
        facts = await facts_of(connection)
    assert "superuser" in facts.warning
    assert replace(facts, superuser=False).warning == ""


async def test_a_service_without_its_rights_is_refused_in_a_sentence(database: str) -> None:
    await execute(database, f"revoke update on reservation from {SERVICE}")
    with pytest.raises(UnfitDatabaseError, match="may not read and write reservation"):
        await open_pool(service_of(database), min_size=1)
