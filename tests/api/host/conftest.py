"""A host and a manager at the stand of a house of five tables, on a Wednesday evening at seven."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from api.settings import Settings
from seating.db import transaction
from tests.api.conftest import NEW_STAFF
from tests.support.application import living
from tests.support.house import SEVEN, VENUE, house_text, move_clock, open_house, phone

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
    async with transaction(pool) as conn:
        for role in ("host", "manager"):
            await conn.execute(NEW_STAFF, VENUE, role)
    settings = Settings(database_url=database, demo=True, jobs="none", pool_min=1, pool_max=10)
    async with living(settings) as app:
        yield app


async def tap(client: httpx.AsyncClient, order: str, **body: Any) -> httpx.Response:  # noqa: ANN401
    """Give an order, under a new id unless one is named."""
    return await client.post(f"/host/orders/{order}", json={"id": str(uuid4())} | body)


async def done(client: httpx.AsyncClient, order: str, **body: Any) -> dict[str, Any]:  # noqa: ANN401
    """Give an order that is possible."""
    answer = await tap(client, order, **body)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def wish(number: int = 0, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    """The body of a reservation by phone for guest `number`."""
    return {
        "id": str(uuid4()),
        "channel": "phone",
        "starts": SEVEN.isoformat(),
        "party_size": 2,
        "guest": {"name": f"Guest {number}", "phone": phone(number)},
        "accepted_house_rules": 3,
    } | more


async def booked(client: httpx.AsyncClient, number: int = 0, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """A reservation that is possible."""
    answer = await client.post("/host/reservations", json=wish(number, **more))
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def show(client: httpx.AsyncClient) -> dict[str, Any]:
    answer = await client.get("/host/tonight")
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown
