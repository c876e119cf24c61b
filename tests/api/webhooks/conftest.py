"""A booking site that may be told of things on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api.settings import Settings
from seating.webhooks.sealed_secrets import new_key
from tests.api.booking.conftest import ROOM, partner, stranger
from tests.support.application import living
from tests.support.house import open_house

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from litestar import Litestar

    from seating.db import Pool

__all__ = ["partner", "stranger"]


@pytest.fixture
async def app(database: str, pool: Pool) -> AsyncIterator[Litestar]:
    await open_house(pool, ROOM)
    settings = Settings(
        database_url=database,
        demo=True,
        jobs="none",
        pool_min=1,
        pool_max=10,
        secrets_key=new_key(),
        webhooks_to_loopback=True,
    )
    async with living(settings) as app:
        yield app
