"""A booking site with a house of five tables, on a Wednesday noon that does not pass."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn

from api.edge.connections import BoundedConnection
from api.settings import Settings
from seating.access.clients import SCOPES
from seating.webhooks.sealed_secrets import new_key
from tests.api.conftest import client_of
from tests.support.application import living
from tests.support.house import SEVEN, house_text, new_site, open_house, phone

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    import httpx
    from litestar import Litestar
    from litestar.types import ASGIApp

    from seating.db import Pool

ROOM = house_text(2, 2, 4, 6, 4, joins=[("1", "2")], terrace=1)
BASE = "/v1/venues/bistro"


@pytest.fixture
async def app(database: str, pool: Pool) -> AsyncIterator[Litestar]:
    await open_house(pool, ROOM)
    settings = Settings(
        database_url=database,
        demo=True,
        jobs="none",
        pool_max=10,
        requests_per_minute=100_000,
        secrets_key=new_key(),
    )
    async with living(settings) as app:
        yield app


@pytest.fixture
async def partner(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    async with site_client(app) as client:
        yield client


@pytest.fixture
async def stranger(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    """Another booking site of the same house."""
    async with site_client(app) as client:
        yield client


@asynccontextmanager
async def site_client(
    app: Litestar, *venues: str, scopes: Iterable[str] = SCOPES
) -> AsyncIterator[httpx.AsyncClient]:
    """A client with a bearer token of its own."""
    _, token = await new_site(app.state.pool, *venues, scopes=scopes)
    async with client_of(app, headers={"Authorization": f"Bearer {token}"}) as client:
        yield client


def key(text: str = "a") -> dict[str, str]:
    return {"Idempotency-Key": f'"{text}"'}


def wish(number: int = 0, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    """The body of a reservation by guest `number`."""
    return {
        "start": SEVEN.isoformat(),
        "party_size": 2,
        "guest": {"name": f"Guest {number}", "phone": phone(number)},
        "accepted_house_rules": 3,
    } | more


async def book(client: httpx.AsyncClient, number: int = 0, **more: Any) -> httpx.Response:  # noqa: ANN401
    body = wish(number, **more)
    return await client.post(f"{BASE}/reservations", json=body, headers=key(f"book {number}"))


async def made(client: httpx.AsyncClient, number: int = 0, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    answer = await book(client, number, **more)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


@asynccontextmanager
async def listening(app: ASGIApp) -> AsyncIterator[str]:
    """The application on a port of its own; its base URL."""
    config = uvicorn.Config(app, port=0, http=BoundedConnection, lifespan="off", log_level="error")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await serving
