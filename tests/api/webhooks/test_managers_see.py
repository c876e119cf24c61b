"""A manager sees where the house's events go, what came of them, and sends one again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seating.db import transaction
from tests.api.booking.conftest import made
from tests.api.conftest import NEW_STAFF, staff_client
from tests.api.webhooks.test_endpoints import deliver, receiver, register
from tests.support.house import VENUE

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar

    from tests.support.webhooks import Receiver

__all__ = ["receiver"]

ENDPOINTS = "/manage/webhook-endpoints"


async def test_a_manager_sees_every_endpoint_and_sends_again_what_went_there(
    app: Litestar, partner: httpx.AsyncClient, receiver: Receiver
) -> None:
    endpoint = await register(partner, receiver.url)
    await made(partner)
    await deliver(app)
    async with transaction(app.state.pool) as conn:
        for role in ("manager", "host"):
            await conn.execute(NEW_STAFF, VENUE, role)
    async with staff_client(app, "manager") as manager:
        (seen,) = (await manager.get(ENDPOINTS)).json()
        assert (seen["url"], seen["pending"], seen["given_up"]) == (receiver.url, 0, 0)
        assert f"{VENUE}:{seen['endpoint_id']}" == endpoint["id"]
        assert seen["client"]
        one = f"{ENDPOINTS}/{seen['endpoint_id']}"
        (sent,) = (await manager.get(f"{one}/deliveries")).json()["items"]
        assert (sent["type"], sent["status"]) == ("reservation.confirmed", "delivered")
        again = await manager.post(f"{one}/deliveries/{sent['delivery_id']}/again")
        assert (again.status_code, again.json()["status"]) == (202, "pending")
        tried = await manager.post(f"{one}/test")
        assert (tried.status_code, tried.json()["type"]) == (202, "webhook.test")
        assert (await manager.get(ENDPOINTS)).json()[0]["pending"] == 2
        page = (await manager.get(f"{one}/deliveries?limit=1")).json()
        rest = await manager.get(f"{one}/deliveries", params={"cursor": page["next_cursor"]})
        assert [each["delivery_id"] for each in rest.json()["items"]] == [sent["delivery_id"]]
    await deliver(app)
    assert [each.headers["webhook-id"] for each in receiver.got].count(sent["delivery_id"]) == 2
    async with staff_client(app, "host") as host:
        assert (await host.get(ENDPOINTS)).status_code == 403


async def test_an_endpoint_of_another_house_is_not_there(
    app: Litestar, partner: httpx.AsyncClient, receiver: Receiver
) -> None:
    await register(partner, receiver.url)
    async with transaction(app.state.pool) as conn:
        await conn.execute(NEW_STAFF, VENUE, "manager")
    async with staff_client(app, "manager") as manager:
        other = "0e7a4a4e-0000-4000-8000-000000000000"
        answer = await manager.get(f"{ENDPOINTS}/{other}/deliveries")
        assert (answer.status_code, answer.json()["code"]) == (404, "NOT_FOUND")
