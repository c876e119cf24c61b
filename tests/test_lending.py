"""What tests share lets none of them feel another: databases and applications come back as new."""

from __future__ import annotations

from typing import TYPE_CHECKING

import asyncpg
import pytest

from api.settings import Settings
from seating.db import open_pool
from tests.support import lending
from tests.support.application import lent_app
from tests.support.house import HOST, booked, house_text, open_house, order
from tests.support.lending import lent

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLES = """
select relname from pg_class
where relnamespace = 'public'::regnamespace and relkind = 'r' order by relname
"""
SEQUENCES = "select sequencename, last_value from pg_sequences order by sequencename"


@pytest.fixture(autouse=True)
def idle(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[lending.Lendable]]:
    """Only what these tests give back is lent."""
    shelf: list[lending.Lendable] = []
    kept = list(lending.IDLE)
    monkeypatch.setattr(lending, "IDLE", shelf)
    yield shelf
    kept += shelf
    lending.IDLE[:] = kept


async def content(dsn: str) -> tuple[dict[str, object], list[asyncpg.Record]]:
    """Every row of every table, and where the sequences stand."""
    connection = await asyncpg.connect(dsn)
    try:
        tables = [row["relname"] for row in await connection.fetch(TABLES)]
        rows = {
            name: await connection.fetchval(f"select json_agg(t)::text from {name} t")
            for name in tables
        }
        return rows, await connection.fetch(SEQUENCES)
    finally:
        await connection.close()


async def spoil(dsn: str) -> asyncpg.Connection[asyncpg.Record]:
    """Use it as a test does, and leave a session open that locks a table."""
    async with await open_pool(dsn, min_size=1) as pool:
        await open_house(pool, house_text(2))
        await booked(pool, order(1), HOST)
        await pool.execute("delete from schema_migration where number = 1")
    left = await asyncpg.connect(dsn)
    await left.execute("begin; lock table reservation")
    return left


async def test_a_database_that_was_used_is_lent_as_the_template_is(
    template: str, idle: list[lending.Lendable]
) -> None:
    async with lent(template) as first:
        new = await content(first)
        left = await spoil(first)
    with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError)):
        await left.fetchval("select 1")
    left.terminate()
    assert [one.dsn for one in idle] == [first]
    async with lent(template) as again:
        assert again == first
        assert await content(again) == new


@pytest.mark.parametrize(
    "change",
    [
        "alter table purse drop constraint purse_not_overdrawn",
        "drop index seating_table_occupied",
        "alter table venue add remark text",
        "alter table venue alter name drop not null",
        "create table dish (name text)",
        "create function nothing() returns int language sql as 'select 1'",
        "create extension citext",
    ],
)
async def test_a_database_with_another_schema_is_lent_to_nobody(
    template: str, idle: list[lending.Lendable], change: str
) -> None:
    async with lent(template) as dsn:
        connection = await asyncpg.connect(dsn)
        await connection.execute(change)
        await connection.close()
    assert idle == []
    with pytest.raises(asyncpg.InvalidCatalogNameError):
        await asyncpg.connect(dsn)


async def test_two_at_a_time_have_two_databases(template: str) -> None:
    async with lent(template) as one, lent(template) as other:
        assert one != other


def test_an_application_remembers_nothing_of_its_last_use() -> None:
    settings = Settings(database_url="postgresql://nowhere/none", jobs="none")
    with lent_app(settings) as first:
        first.state.remark = "mine"
        state = first.state
    with lent_app(settings) as again:
        assert again is first
        made = {"settings", "allowed", "metrics", "limiter", "trusts", "writes", "unwise"}
        made |= {"pace", "guesses", "seen", "screens"}
        assert set(again.state) == made
        assert again.state.metrics is not state.metrics
        assert again.state.limiter is not state.limiter
        assert again.state.writes is not state.writes
        with lent_app(settings) as other:
            assert other is not again
