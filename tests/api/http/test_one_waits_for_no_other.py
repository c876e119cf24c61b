"""Somebody holds one evening's row: its writers are told so, everybody else goes on."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import asyncpg
import pytest

from api.settings import Settings
from seating.db import SETTINGS
from seating.jobs.sweeps import close_periods
from seating.lending import NoConnectionFreeError
from tests.api.booking.conftest import key, site_client, wish
from tests.api.conftest import client_of
from tests.support.application import living
from tests.support.house import (
    CLOCK,
    DATE,
    HOST,
    SEVEN,
    VENUE,
    at,
    booked,
    house_text,
    move_clock,
    new_site,
    open_house,
    order,
)
from tests.support.patience import WAITING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime

    import httpx
    from litestar import Litestar

    from seating.db import Pool

OTHER = "brasserie"
LOCK = "select 1 from period where venue_id = $1 and service_date = $2::text::date for update"
OPEN = """
select array(select service_date::text from period
             where closed_at is null and closes < '2027-03-05')
"""
RESERVATIONS = "select count(*) from reservation where venue_id = $1"
CROWD = 30


@pytest.fixture
async def app(
    database: str, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Litestar]:
    monkeypatch.setitem(SETTINGS, "lock_timeout", "20s")
    await open_house(pool, house_text(2, 2, 4))
    await open_house(pool, house_text(2, 2, 4, venue=OTHER))
    given = Settings(database_url=database, demo=True, jobs="none", pool_max=10)
    async with living(given) as app:
        app.state.pool.wait = 20.0
        yield app


@pytest.fixture
async def holder(database: str, app: Litestar) -> AsyncIterator[asyncpg.Connection[Any]]:
    """Somebody at a prompt who has locked the evening of DATE and went for a coffee."""
    for nights in (0, 24):
        await booked(app.state.pool, order(1, starts=at(nights)), HOST)
    connection = await asyncpg.connect(database)
    await connection.execute("begin")
    await connection.execute(LOCK, VENUE, DATE)
    yield connection
    connection.terminate()


async def test_a_stuck_evening_holds_up_no_other_and_is_answered_503_itself(
    app: Litestar, holder: asyncpg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with site_client(app, VENUE, OTHER) as site, client_of(app) as anybody:
        await holder.execute("rollback")
        link = (await wishes(site, 99, starts=at(2))).json()["manage_url"]
        await holder.execute("begin")
        await holder.execute(LOCK, VENUE, DATE)
        stuck = [asyncio.create_task(wishes(site, number)) for number in range(CROWD)]
        await until_waited_for(holder)
        for answer in await asyncio.gather(*everybody_else(site, anybody, link)):
            assert answer.status_code in {200, 201}, answer.text
        assert not any(each.done() for each in stuck)
        await holder.execute("rollback")
        told = [each.status_code for each in await asyncio.gather(*stuck)]
        assert set(told) == {201, 409}

        # Nobody lets go of it this time.
        await holder.execute("begin")
        await holder.execute(LOCK, VENUE, DATE)
        monkeypatch.setitem(SETTINGS, "lock_timeout", "60ms")
        before = await app.state.pool.fetchval(RESERVATIONS, VENUE)
        await app.state.pool.expire_connections()
        app.state.pool.wait = 0.1
        late = [wishes(site, 100 + n, starts=at(3)) for n in range(CROWD)]
        for answer in await asyncio.gather(*late):
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
            assert answer.json()["code"] in {"PERIOD_BUSY", "UNAVAILABLE"}
        assert await app.state.pool.fetchval(RESERVATIONS, VENUE) == before

        # A 503 was no "no": the same key is asked again.
        await holder.execute("rollback")
        app.state.pool.wait = 5.0
        answer = await wishes(site, 100, starts=at(3))
        assert answer.status_code == 201
        assert await app.state.pool.fetchval(RESERVATIONS, VENUE) == before + 1


async def wishes(
    site: httpx.AsyncClient, number: int, venue: str = VENUE, starts: datetime = SEVEN
) -> httpx.Response:
    body = wish(number, start=starts.isoformat())
    return await site.post(
        f"/v1/venues/{venue}/reservations", json=body, headers=key(f"{venue}{number}")
    )


def everybody_else(site: httpx.AsyncClient, anybody: httpx.AsyncClient, link: str) -> list[Any]:
    """Health, who reads the stuck evening, another venue, another evening, a guest's page."""
    asked: dict[str, str | int] = {"date": DATE, "party_size": 2}
    return [
        anybody.get("/healthz"),
        anybody.get("/readyz"),
        site.get(f"/v1/venues/{VENUE}/availability", params=asked),
        site.get(f"/v1/venues/{OTHER}/availability", params=asked),
        wishes(site, 50, OTHER),
        wishes(site, 51, VENUE, at(24)),
        anybody.get(link),
    ]


async def until_waited_for(holder: asyncpg.Connection[Any]) -> None:
    while not await holder.fetchval(WAITING):  # noqa: ASYNC110 - PostgreSQL tells nobody
        await asyncio.sleep(0.005)


async def test_a_sweep_leaves_out_the_evening_that_is_locked_and_does_the_others(
    app: Litestar, holder: asyncpg.Connection[Any], caplog: pytest.LogCaptureFixture
) -> None:
    """Both evenings are over; the first of them is locked."""
    pool = app.state.pool
    await move_clock(pool, at(48))
    assert await close_periods(pool, CLOCK) == 2
    assert "2027-03-03.dinner of bistro is locked by others" in caplog.text
    assert await pool.fetchval(OPEN) == [DATE]
    await holder.execute("rollback")
    await close_periods(pool, CLOCK)
    assert await pool.fetchval(OPEN) == []


async def test_some_connections_are_kept_for_readers_and_nobody_waits_long_for_one(
    app: Litestar,
) -> None:
    pool = app.state.pool
    _, token = await new_site(pool)
    lent = [await pool.for_writing() for _ in range(8)]
    for connection in [await pool.acquire() for _ in range(2)]:
        await pool.release(connection)  # open from here on: to open one may take longer than this
    pool.wait = 0.02
    with pytest.raises(NoConnectionFreeError):
        await pool.for_writing()
    bearer = {"Authorization": f"Bearer {token}"}
    async with client_of(app) as anybody, client_of(app, headers=bearer) as site:
        answer = await anybody.get("/readyz")
        assert answer.status_code == 200, answer.text
        refused = await wishes(site, 1)
        said = (refused.status_code, refused.json()["code"], refused.headers["Retry-After"])
        assert said == (503, "UNAVAILABLE", "2")
        lent += [await pool.acquire() for _ in range(2)]
        answer = await anybody.get("/readyz")
        assert (answer.status_code, answer.json()["status"]) == (503, "not ready")
        assert answer.json()["detail"].startswith("No connection to the database was free")
        for connection in (*lent, *lent):
            await pool.release(connection)
        assert (await anybody.get("/readyz")).status_code == 200
        assert (await wishes(site, 1)).status_code == 201
