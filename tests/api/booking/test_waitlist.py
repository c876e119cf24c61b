"""Booking sites put parties on tonight's waitlist, look after them and take them off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from tests.api.booking.conftest import BASE, key
from tests.api.conftest import client_of
from tests.support.house import at, move_clock, phone
from tests.support.stand import stand

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar

    from seating.db import Pool


@pytest.fixture
async def evening(app: Litestar, pool: Pool) -> None:  # noqa: ARG001 - the house is open first
    await move_clock(pool, at(0))


def party(number: int = 0, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    guest = {"name": f"Guest {number}", "phone": phone(number)}
    return {"party_size": 2, "guest": guest, "accepted_house_rules": 3} | more


async def join(client: httpx.AsyncClient, number: int = 0, **more: Any) -> httpx.Response:  # noqa: ANN401
    body = party(number, **more)
    return await client.post(f"{BASE}/waitlist", json=body, headers=key(f"wait {number}"))


@pytest.mark.usefixtures("evening")
async def test_a_party_joins_once_is_told_its_place_and_leaves(
    partner: httpx.AsyncClient, app: Litestar, pool: Pool
) -> None:
    first = await join(partner)
    assert first.status_code == 201, first.text
    assert (await join(partner)).content == first.content
    said = first.json()
    assert (said["status"], said["parties_ahead"]) == ("waiting", 0)
    path = f"{BASE}/waitlist/{said['id']}"
    seen = (await partner.get(path)).json()
    assert seen | {"page_url": said["page_url"]} == said
    assert seen["page_url"] is None
    await move_clock(pool, at(0.05))
    second = (await join(partner, 1)).json()
    assert second["parties_ahead"] == 1
    assert first.headers["location"] == path
    async with client_of(app) as guest:
        assert (await guest.get(said["page_url"])).status_code == 200
    for _ in range(2):
        assert (await partner.delete(path)).status_code == 204
    assert (await partner.get(path)).json()["status"] == "left"
    ahead = (await partner.get(f"{BASE}/waitlist/{second['id']}")).json()["parties_ahead"]
    assert ahead == 0


@pytest.mark.usefixtures("evening")
async def test_another_sites_party_is_not_there(
    partner: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    path = f"{BASE}/waitlist/{(await join(partner)).json()['id']}"
    for each in (path, f"{BASE}/waitlist/{uuid4()}"):
        assert (await stranger.get(each)).status_code == 404
        assert (await stranger.delete(each)).status_code == 404
    assert (await partner.get(path)).json()["status"] == "waiting"


async def test_a_closed_house_has_no_list(partner: httpx.AsyncClient, pool: Pool) -> None:
    await move_clock(pool, at(9))
    answer = await join(partner)
    assert (answer.status_code, answer.json()["code"]) == (409, "WAITLIST_CLOSED")


@pytest.mark.usefixtures("evening")
async def test_the_same_guest_waits_once(partner: httpx.AsyncClient) -> None:
    assert (await join(partner)).status_code == 201
    again = await partner.post(f"{BASE}/waitlist", json=party(), headers=key("another"))
    assert (again.status_code, again.json()["code"]) == (409, "ALREADY_WAITING")
    assert again.json()["detail"] == "This guest is on tonight's waitlist already."


@pytest.mark.usefixtures("evening")
async def test_what_a_party_asks_for_reaches_the_host(
    partner: httpx.AsyncClient, pool: Pool
) -> None:
    await join(partner, notes="Nut allergy")
    (shown,) = (await stand(pool)).waiting
    assert shown.notes == "Nut allergy"
    refused = await join(partner, 1, notes="x" * 1001)
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["pointer"] == "/notes"
