"""The application in the test's own loop, two small houses with staff, and who may ask it."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, cast

import httpx
import pytest

from api.http import access
from api.settings import Settings
from seating.access import devices, pins, sessions, staff
from seating.access.clients import SCOPES, create_client, issue_token
from seating.access.credentials import HASHER
from seating.access.devices import make_pairing_code, pair
from seating.access.sessions import csrf_of, open_session
from seating.access.staff import SET_PIN
from seating.clock import wall_now
from seating.db import transaction
from tests.support.application import living
from tests.support.webhooks import Watch

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from uuid import UUID

    from litestar import Litestar

    from seating.db import Pool

VENUE = "bistro"
ELSEWHERE = "brasserie"
PIN = "2468"
BASE = "https://maitred.test"

NEW_VENUE = """
with house as (
    insert into house (venue_id, version, checksum, house) values ($1, 1, '', $2)
)
insert into venue (venue_id, name, house_version) values ($1, $1, 1)
"""
NEW_STAFF = "insert into staff (venue_id, staff_id, name, role) values ($1, $2, $2, $2)"


@pytest.fixture
async def houses(pool: Pool) -> None:
    """Two venues, each with a person per role, who is called after the role."""
    for venue in (VENUE, ELSEWHERE):
        async with transaction(pool) as conn:
            await conn.execute(NEW_VENUE, venue, json.dumps({}))
            for role in ("host", "manager", "owner"):
                await conn.execute(NEW_STAFF, venue, role)


@pytest.fixture
def settings(database: str) -> Settings:
    return Settings(database_url=database, jobs="none", pool_min=1, pool_max=4)


@pytest.fixture
async def app(settings: Settings, houses: None) -> AsyncIterator[Litestar]:  # noqa: ARG001
    async with living(settings) as app:
        yield app


def client_of(
    app: Litestar,
    *,
    headers: dict[str, str] | None = None,
    cookies: dict[str, str] | None = None,
) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=cast("Any", app), raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url=BASE, headers=headers, cookies=cookies)


@pytest.fixture
async def anybody(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody without any credentials."""
    async with client_of(app) as client:
        yield client


async def device_token(pool: Pool, venue: str = VENUE, name: str = "tablet") -> str:
    async with transaction(pool) as conn:
        code = await make_pairing_code(conn, venue, None)
    return await pair(pool, venue, code.code, name, "test")


async def session_token(pool: Pool, staff_id: str, venue: str = VENUE) -> tuple[str, str]:
    """A device and a session of this person on it."""
    device = await device_token(pool, venue)
    device_id: UUID = await pool.fetchval(
        "select device_id from device where venue_id = $1 order by paired_at desc limit 1", venue
    )
    async with transaction(pool) as conn:
        assert await conn.execute(SET_PIN, venue, staff_id, pin_hash()) == "UPDATE 1"
        return device, await open_session(conn, venue, device_id, staff_id)


@cache
def pin_hash() -> str:
    """The hash of PIN, made once a process: it is to be slow. test_login.py trades PINs itself."""
    return HASHER.hash(PIN)


@asynccontextmanager
async def staff_client(
    app: Litestar, staff_id: str, venue: str = VENUE
) -> AsyncIterator[httpx.AsyncClient]:
    device, session = await session_token(app.state.pool, staff_id, venue)
    cookies = {"__Host-maitred_device": device, "__Host-maitred_session": session}
    async with client_of(
        app, cookies=cookies, headers={"X-CSRF-Token": csrf_of(session)}
    ) as client:
        yield client


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """The wall clock of PINs, sessions and tablets, which passes when told to."""
    found = Watch()
    for module in (access, devices, pins, sessions, staff):
        monkeypatch.setattr(module, "wall_now", found)
    return found


@pytest.fixture
async def host(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    async with staff_client(app, "host") as client:
        yield client


@pytest.fixture
async def manager(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    async with staff_client(app, "manager") as client:
        yield client


@pytest.fixture
async def owner(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    async with staff_client(app, "owner") as client:
        yield client


@pytest.fixture
async def partner(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    """A booking site that VENUE lets do everything, and ELSEWHERE does not know."""
    async with transaction(app.state.pool) as conn:
        client_id, _ = await create_client(conn, "A site", {VENUE: sorted(SCOPES)})
    token = await issue_token(app.state.pool, client_id, sorted(SCOPES), wall_now())
    headers = {"Authorization": f"Bearer {token.access_token}"}
    async with client_of(app, headers=headers) as client:
        yield client
