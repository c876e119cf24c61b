"""The stories' house: a host and a manager at their tablets, a booking site, the real database."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from seating.db import transaction
from tests.api.conftest import anybody, host, manager, partner, staff_client
from tests.api.host.conftest import app
from tests.support.house import VENUE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx
    from litestar import Litestar

__all__ = ["anybody", "app", "host", "manager", "partner"]

NEW_HOST = """
insert into staff (venue_id, staff_id, name, role) values ($1, $2, initcap($2), 'host')
"""


@pytest.fixture
async def marina(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    """The girl at the desk."""
    async with _host(app, "marina") as client:
        yield client


@pytest.fixture
async def oleg(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    """The administrator."""
    async with _host(app, "oleg") as client:
        yield client


@asynccontextmanager
async def _host(app: Litestar, name: str) -> AsyncIterator[httpx.AsyncClient]:
    async with transaction(app.state.pool) as conn:
        await conn.execute(NEW_HOST, VENUE, name)
    async with staff_client(app, name, VENUE) as client:
        yield client
