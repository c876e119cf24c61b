"""Twenty times the same request under one Idempotency-Key, through two applications."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from api.settings import Settings
from seating.access import idempotency
from tests.api.booking.conftest import BASE, key, wish
from tests.api.conftest import client_of
from tests.races.conftest import open_period, together
from tests.support.application import living
from tests.support.house import SEVEN, house_text, new_site, open_house

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import AsyncIterator

    import httpx

    from seating.db import Pool

TIMES = 20
# Without a phone number only the key tells the twentieth request from another booking.
BODY = wish(guest={"name": "Nobody"})


@pytest.fixture
async def sites(database: str, pool: Pool) -> AsyncIterator[list[httpx.AsyncClient]]:
    """The same booking site at two processes of a house with room for everybody."""
    await open_house(pool, house_text(*[2] * 40))
    await open_period(pool, SEVEN)
    _, token = await new_site(pool)
    async with process(database, token) as one, process(database, token) as other:
        yield [one, other]


@asynccontextmanager
async def process(database: str, token: str) -> AsyncIterator[httpx.AsyncClient]:
    settings = Settings(database_url=database, demo=True, jobs="none", pool_min=10, pool_max=10)
    async with (
        living(settings) as app,
        client_of(app, headers={"Authorization": f"Bearer {token}"}) as client,
    ):
        yield client


async def send(sites: list[httpx.AsyncClient]) -> list[httpx.Response]:
    return await together(
        sites[number % 2].post(f"{BASE}/reservations", json=BODY, headers=key())
        for number in range(TIMES)
    )


async def kept(pool: Pool) -> int:
    count: int = await pool.fetchval("select count(*) from reservation")
    return count


async def test_one_reservation_and_in_the_end_one_answer(
    sites: list[httpx.AsyncClient], pool: Pool, yeses: Counter[str]
) -> None:
    answers = await send(sites)
    others = [answer for answer in answers if answer.status_code != 201]
    assert {answer.json()["code"] for answer in others} <= {"IDEMPOTENCY_IN_PROGRESS"}
    assert await kept(pool) == yeses["yes"] == 1
    again = await send(sites)
    first = next(answer for answer in answers if answer.status_code == 201)
    assert {answer.status_code for answer in again} <= {201, 409}
    assert {answer.content for answer in again if answer.is_success} == {first.content}


async def test_control_without_the_advisory_lock_the_work_is_done_several_times(
    sites: list[httpx.AsyncClient],
    pool: Pool,
    yeses: Counter[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The primary key alone still keeps it to one: the others are undone and begin again."""
    free = "select $1::text || $2::text || $3::text || $4::text || $5::text is not null"
    monkeypatch.setattr(idempotency, "CLAIM_REQUEST", free)
    await send(sites)
    assert yeses["yes"] > 1
    assert await kept(pool) == 1


async def test_control_without_either_there_are_several_reservations(
    sites: list[httpx.AsyncClient], pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = "select $1::text || $2::text || $3::text || $4::text || $5::text is not null"
    check = "where i.kept_until <= $11"
    careless = idempotency.STORE_RESPONSE.replace(check, "where $11::timestamptz is not null")
    monkeypatch.setattr(idempotency, "CLAIM_REQUEST", free)
    monkeypatch.setattr(idempotency, "STORE_RESPONSE", careless)
    await send(sites)
    assert await kept(pool) > 1
