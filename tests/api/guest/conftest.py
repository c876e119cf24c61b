"""A house of five tables on a Wednesday at seven, and somebody with nothing but a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api.settings import Settings
from tests.api.conftest import client_of
from tests.support.application import living
from tests.support.house import SEVEN, house_text, move_clock, open_house

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx
    from litestar import Litestar

    from seating.db import Pool

ROOM = house_text(2, 2, 4, 6, 4, joins=[("1", "2")], terrace=1)


@pytest.fixture
async def app(database: str, pool: Pool) -> AsyncIterator[Litestar]:
    await open_house(pool, ROOM)
    await move_clock(pool, SEVEN)
    settings = Settings(database_url=database, demo=True, jobs="none", pool_min=1, pool_max=10)
    async with living(settings) as app:
        yield app


@pytest.fixture
async def guest(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(app) as client:
        yield client
