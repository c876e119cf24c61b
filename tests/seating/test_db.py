"""The database module: which constraint an error names, and how long a lock is waited for."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import asyncpg
import pytest

from seating import db, lending
from seating.book.write_sql import WRITE
from seating.connecting import open_connection
from seating.db import open_pool, transaction, violates
from tests.support.house import HOST, VENUE, book, house_text, open_house, order
from tests.support.patience import ORDINARY

if TYPE_CHECKING:
    from seating.db import Pool

LOCKED_HERE = """
select count(*) from pg_locks l join pg_database d on d.oid = l.database
where l.locktype = 'advisory' and d.datname = current_database()
"""
"""Other tests have locks of their own on the same server."""


def clash(message: str, constraint: str | None) -> asyncpg.PostgresError:
    error = asyncpg.UniqueViolationError(message)
    error.constraint_name = constraint
    return error


def test_a_violation_is_known_by_the_constraint_that_postgresql_names() -> None:
    error = clash('violates unique constraint "purse_key"', "purse_key")
    assert violates(error, "purse_key")
    assert not violates(error, "purse")


def test_a_violation_is_known_by_its_message_where_a_shard_is_named_in_it() -> None:
    error = clash('violates unique constraint "seating_table_occupied_102080"', None)
    assert violates(error, "seating_table_occupied")
    assert not violates(error, "seating_table")
    assert not violates(error, "table_occupied")


async def test_a_period_locked_by_another_is_waited_for_only_so_long(
    database: str, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    await open_house(pool, house_text(2, 2))
    assert ORDINARY == {"lock_timeout": "1200ms", "lent_within": 1.5}
    monkeypatch.setitem(db.SETTINGS, "lock_timeout", "20ms")
    await book(pool, order(1), HOST)
    async with await open_pool(database, min_size=1) as impatient, transaction(pool) as conn:
        await conn.execute("select 1 from period where venue_id = $1 for update", VENUE)
        with pytest.raises(asyncpg.LockNotAvailableError):
            await book(impatient, order(2), HOST)


async def test_a_connection_that_never_comes_back_holds_up_no_end(
    database: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(lending, "CLOSE_SECONDS", 0.05)
    pool = await open_pool(database, min_size=1)
    kept = await pool.acquire()
    async with asyncio.timeout(10):
        await pool.close()
    assert "were in use when the pool closed" in caplog.text
    with pytest.raises(asyncpg.InterfaceError):
        await kept.fetchval("select 1")


async def test_a_returned_connection_keeps_nothing_and_asks_nothing_of_the_server(
    pool: Pool,
) -> None:
    asked: list[str] = []
    async with transaction(pool) as conn:
        conn.add_query_logger(lambda record: asked.append(record.query))
        await conn.execute("set local lock_timeout = '7s'")
        await conn.execute("select pg_advisory_xact_lock(4711)")
    left = await pool.acquire()
    await left.execute("begin; set local lock_timeout = '8s'")
    assert left.is_in_transaction()
    await pool.release(left)
    assert await pool.fetchval("show lock_timeout") == db.SETTINGS["lock_timeout"]
    assert not await pool.fetchval(LOCKED_HERE)
    assert not [each for each in asked if "reset all" in each.casefold()]


async def test_a_connection_that_opens_slowly_is_waited_for_longer_than_one_in_use(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def slowly(*where: Any, **how: Any) -> Any:  # noqa: ANN401 - as open_connection
        await asyncio.sleep(0.05)
        return await open_connection(*where, **how)

    monkeypatch.setattr(lending, "open_connection", slowly)
    async with await open_pool(database, min_size=0, max_size=1) as pool:
        await pool.expire_connections()
        pool.wait = 0.02
        async with pool.acquire():
            with pytest.raises(lending.NoConnectionFreeError):
                await pool.fetchval("select 1")
        assert await pool.fetchval("select 1") == 1


async def test_the_longest_statements_are_planned_once_for_a_connection(database: str) -> None:
    async with await open_pool(database, min_size=1, max_size=1) as pool, pool.acquire() as conn:
        await conn.fetchval(f"select 1 /* {'as long as ours ' * 2000} */")
        kept = await conn.fetch("select statement from pg_prepared_statements")
        assert any(len(row["statement"]) > 30_000 for row in kept)
    assert len(WRITE) < lending.LONGEST_STATEMENT
