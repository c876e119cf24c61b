"""A service whose database takes no writes is not ready, and asking costs one write for all."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import asyncpg
import pytest

from api.ops import writes
from seating.clock import wall_now
from seating.dsn import database_of, with_database
from seating.jobs import disk_probe
from seating.jobs.disk_probe import wrong_with_writes
from tests.api.conftest import client_of
from tests.support.application import living
from tests.support.database import execute

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar

    from api.settings import Settings
    from seating.db import Connection, Pool

NEW_ROW = "insert into disk_probe (at) values ($1)"
WRITTEN = "select at from disk_probe"


async def test_however_many_ask_there_is_one_write_in_five_seconds(
    anybody: httpx.AsyncClient, app: Litestar, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[object] = []

    async def counted(pool: Pool, now: object) -> str:
        looks.append(now)
        return await wrong_with_writes(pool, wall_now())

    monkeypatch.setattr(writes, "wrong_with_writes", counted)
    answers = await asyncio.gather(*(anybody.get("/readyz") for _ in range(12)))
    assert [answer.json() for answer in answers] == [{"status": "ready"}] * 12
    assert len(looks) == 1
    app.state.writes._begun -= writes.EVERY_SECONDS
    await anybody.get("/readyz")
    assert len(looks) == 2


@pytest.mark.usefixtures("houses")
async def test_a_disk_that_takes_no_more_is_not_ready_however_well_it_is_read(
    database: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server's limit on temporary files stands in for the end of the disk."""
    limit = f"alter database {database_of(database)} set temp_file_limit = '64kB'"
    await execute(with_database(database, "postgres"), limit)
    async with living(settings) as app, client_of(app) as client:
        answer = await client.get("/readyz")
        assert (answer.status_code, answer.json()["status"]) == (503, "not ready")
        assert answer.headers["Retry-After"] == "2"
        assert answer.json()["detail"] == "The database takes no writes (53400)."
        await app.state.pool.execute("select count(*) from venue")

        def full(_: Connection) -> None:
            raise asyncpg.DiskFullError

        monkeypatch.setattr(disk_probe, "transaction_on", full)
        assert await wrong_with_writes(app.state.pool, wall_now()) == (
            "The disk of the database is full."
        )


async def test_a_row_is_written_once_for_all_processes_and_after_the_clock_was_set_back(
    pool: Pool,
) -> None:
    now = wall_now()
    for there, written in (
        (now - timedelta(seconds=3), False),
        (now - timedelta(minutes=1), True),
        (now + timedelta(days=1), True),
    ):
        await pool.execute("delete from disk_probe")
        await pool.execute(NEW_ROW, there)
        assert await wrong_with_writes(pool, now) == ""
        assert (await pool.fetchval(WRITTEN) == now) is written
