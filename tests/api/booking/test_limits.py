"""How many requests a booking site may make: told on every answer, shared by all processes."""

from __future__ import annotations

import asyncio
import re
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from api.settings import Settings
from seating.access.request_limits import SHARES, WINDOW, RequestLimiter
from seating.clock import wall_now
from tests.api.booking.conftest import BASE
from tests.api.conftest import client_of
from tests.support.application import living
from tests.support.house import house_text, new_site, open_house

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx

    from seating.db import Pool

LIMIT = 20
TAKEN = "select taken from request_window where client_id = $1"


@pytest.fixture
async def processes(database: str, pool: Pool) -> AsyncIterator[list[httpx.AsyncClient]]:
    """One booking site with two processes to ask."""
    await open_house(pool, house_text(2))
    settings = Settings(
        database_url=database, demo=True, jobs="none", pool_max=4, requests_per_minute=LIMIT
    )
    _, token = await new_site(pool)
    headers = {"Authorization": f"Bearer {token}"}
    async with AsyncExitStack() as life:
        yield [
            await life.enter_async_context(
                client_of(await life.enter_async_context(living(settings)), headers=headers)
            )
            for _ in range(2)
        ]


def left(answer: httpx.Response) -> tuple[int, int]:
    """How many requests and seconds an answer speaks of."""
    found = re.fullmatch(r'"default";r=(\d+);t=(\d+)', answer.headers["ratelimit"])
    assert found, answer.headers
    return int(found[1]), int(found[2])


async def test_every_answer_says_what_is_left(processes: list[httpx.AsyncClient]) -> None:
    site = processes[0]
    for number, (path, status) in enumerate(
        [(BASE, 200), (f"{BASE}/availability", 400), ("/v1/venues/nowhere", 404)], start=1
    ):
        answer = await site.get(path)
        assert answer.status_code == status
        assert answer.headers["ratelimit-policy"] == f'"default";q={LIMIT};w=60'
        requests, seconds = left(answer)
        assert requests == LIMIT - number
        assert 55 <= seconds <= 60
    nobody = await site.get(BASE, headers={"Authorization": "Bearer nobody"})
    assert nobody.status_code == 401
    assert nobody.headers["ratelimit-policy"] == f'"default";q={LIMIT};w=60'


async def test_all_processes_together_grant_no_more_than_the_limit(
    processes: list[httpx.AsyncClient],
) -> None:
    answers = [await processes[turn % 2].get(BASE) for turn in range(LIMIT + 6)]
    granted = [answer for answer in answers if answer.status_code == 200]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert (len(granted), len(refused)) == (LIMIT, 6)
    said = refused[-1]
    assert said.json()["code"] == "TOO_MANY_REQUESTS"
    assert left(said)[0] == 0
    assert said.headers["retry-after"] == str(left(said)[1])


async def test_another_site_has_requests_of_its_own(
    processes: list[httpx.AsyncClient], pool: Pool
) -> None:
    for _ in range(LIMIT + 1):
        last = await processes[0].get(BASE)
    assert last.status_code == 429
    _, token = await new_site(pool)
    other = await processes[0].get(BASE, headers={"Authorization": f"Bearer {token}"})
    assert other.status_code == 200


async def test_most_requests_write_nothing(pool: Pool) -> None:
    await open_house(pool, house_text(2))
    client_id, _ = await new_site(pool)
    limiter, now = RequestLimiter(100), wall_now()
    for _ in range(100 // SHARES):
        assert (await limiter.spend(pool, client_id, now)).allowed
    assert await pool.fetchval(TAKEN, client_id) == 100 // SHARES


async def test_requests_that_come_at_once_take_no_more_than_they_need(pool: Pool) -> None:
    await open_house(pool, house_text(2))
    client_id, _ = await new_site(pool)
    limiter, now = RequestLimiter(100), wall_now()
    left = await asyncio.gather(*(limiter.spend(pool, client_id, now) for _ in range(20)))
    assert all(each.allowed for each in left)
    assert await pool.fetchval(TAKEN, client_id) == 20


async def test_a_new_window_begins_with_everything(pool: Pool) -> None:
    await open_house(pool, house_text(2))
    client_id, _ = await new_site(pool)
    here, there, now = RequestLimiter(5), RequestLimiter(5), wall_now()
    spent = [await one.spend(pool, client_id, now) for one in [here, there] * 3]
    assert [each.allowed for each in spent] == [True] * 5 + [False]
    assert not (await there.spend(pool, client_id, now + WINDOW - timedelta(seconds=1))).allowed
    fresh = await there.spend(pool, client_id, now + WINDOW)
    assert (fresh.allowed, fresh.left, fresh.ends) == (True, 4, now + 2 * WINDOW)
