"""A manager and a host of a house of three tables, on a Wednesday at noon."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api.settings import Settings
from seating.db import transaction
from tests.api.conftest import NEW_STAFF
from tests.support.application import living
from tests.support.house import VENUE, house_text, open_house

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from litestar import Litestar

    from seating.db import Pool

ROOM = house_text(2, 2, 4)


@pytest.fixture
async def app(database: str, pool: Pool) -> AsyncIterator[Litestar]:
    await open_house(pool, ROOM)
    async with transaction(pool) as conn:
        for role in ("host", "manager"):
            await conn.execute(NEW_STAFF, VENUE, role)
    settings = Settings(database_url=database, demo=True, jobs="none", pool_min=1, pool_max=10)
    async with living(settings) as app:
        yield app
