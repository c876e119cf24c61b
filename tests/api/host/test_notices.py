"""A device that rings for whoever asks it to, at addresses of the open network only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api.settings import Settings
from seating.notices.subscriptions import read_base64
from tests.api.conftest import staff_client
from tests.support.application import living
from tests.support.house import house_text, open_house
from tests.support.pushes import Browser
from tests.support.webhooks import KEY

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx
    from litestar import Litestar

    from seating.db import Pool

NEW_MANAGER = """
insert into staff (venue_id, staff_id, name, role) values ('bistro', $1, $1, 'manager')
"""


@pytest.fixture
async def app(database: str, pool: Pool) -> AsyncIterator[Litestar]:
    await open_house(pool, house_text(2, 2))
    for who in ("manager", "zoe"):
        await pool.execute(NEW_MANAGER, who)
    settings = Settings(
        database_url=database, jobs="none", secrets_key=KEY, webhooks_to_loopback=True
    )
    async with living(settings) as app:
        yield app


async def test_a_phone_rings_until_it_is_told_not_to(
    manager: httpx.AsyncClient, app: Litestar, pool: Pool
) -> None:
    key = (await manager.post("/host/push/key")).json()["public_key"]
    assert len(read_base64(key)) == 65
    assert (await manager.post("/host/push/key")).json()["public_key"] == key
    assert (await manager.get("/host/push")).json() == {"endpoint": None}
    for name in ("one", "two"):
        address = f"http://127.0.0.1:9/{name}"
        answer = await manager.put("/host/push", json=Browser().subscription(address, "ru"))
        assert (answer.status_code, answer.json()) == (200, {"endpoint": address})
    assert await pool.fetchval("select count(*) from push_subscription") == 1
    async with staff_client(app, "zoe") as zoe:
        assert (await zoe.get("/host/push")).json() == {"endpoint": None}
        assert (await zoe.get("/host/notices")).json() == {"to_me": [], "by_me": []}
    assert (await manager.delete("/host/push")).status_code == 204
    assert await pool.fetchval("select count(*) from push_subscription") == 0


async def test_no_phone_is_at_an_address_inside_or_with_keys_that_are_none(
    manager: httpx.AsyncClient,
) -> None:
    inside = Browser().subscription("https://10.0.0.8/push")
    answer = await manager.put("/host/push", json=inside)
    assert (answer.status_code, answer.json()["code"]) == (422, "URL_NOT_ALLOWED")
    wrong = Browser().subscription("http://127.0.0.1:9/one")
    wrong["keys"]["p256dh"] = "A" * 87
    answer = await manager.put("/host/push", json=wrong)
    assert (answer.status_code, answer.json()["message"]) == (422, "push-keys-unreadable")
