"""The guest's words and the house's: each has its own field, its readers and its writers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from tests.api.booking import conftest as site
from tests.api.host.conftest import booked, show
from tests.support.house import at

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx
    from litestar import Litestar

LATER = at(1).isoformat()


@pytest.fixture
async def partner(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    async with site.site_client(app) as client:
        yield client


async def alter(host: httpx.AsyncClient, made: dict[str, Any], **change: Any) -> httpx.Response:  # noqa: ANN401
    path = f"/host/reservations/{made['reservation_id']}"
    body = {"id": str(uuid4()), "version": (await host.get(path)).json()["version"]}
    return await host.patch(path, json=body | change)


async def test_the_house_notes_beside_a_guests_words_and_neither_reads_or_loses_the_others(
    host: httpx.AsyncClient, partner: httpx.AsyncClient
) -> None:
    made = await site.made(partner, start=LATER, notes="By the window")
    key = {"reservation_id": made["id"]}
    answer = await alter(host, key, notes="Talks to the press")
    assert (answer.status_code, answer.json()["notes"]) == (200, "Talks to the press")

    path = f"{site.BASE}/reservations/{made['id']}"
    read = await partner.get(path)
    assert read.json()["notes"] == "By the window"
    page = await partner.get(made["manage_url"])
    assert "By the window" in page.text
    assert "press" not in read.text + page.text

    emptied = await partner.patch(
        path, json={"notes": ""}, headers={"If-Match": read.headers["etag"]}
    )
    assert (emptied.status_code, emptied.json()["notes"]) == (200, "")
    (shown,) = (await show(host))["reservations"]
    assert (shown["special_request"], shown["notes"]) == ("", "Talks to the press")


async def test_a_host_does_not_rewrite_the_words_of_a_sites_guest(
    host: httpx.AsyncClient, partner: httpx.AsyncClient
) -> None:
    made = await site.made(partner, start=LATER, notes="By the window")
    refused = await alter(host, {"reservation_id": made["id"]}, special_request="Anywhere")
    assert (refused.status_code, refused.json()["code"]) == (403, "NOT_ALLOWED")
    assert refused.json()["errors"][0]["pointer"] == "/special_request"
    read = await partner.get(f"{site.BASE}/reservations/{made['id']}")
    assert (read.json()["notes"], read.json()["version"]) == ("By the window", 1)


async def test_why_the_house_cancels_stays_in_the_house(
    host: httpx.AsyncClient, partner: httpx.AsyncClient
) -> None:
    made = await site.made(partner, start=LATER)
    path = f"/host/reservations/{made['id']}"
    body = {"id": str(uuid4()), "reason": "Rude to Anna"}
    ended = (await host.post(f"{path}/cancel", json=body)).json()
    assert (ended["state"], ended["cancelled_why"]) == ("cancelled", "Rude to Anna")
    read = (await partner.get(f"{site.BASE}/reservations/{made['id']}")).json()
    assert (read["status"], read["cancelled_because"]) == ("cancelled", None)


async def test_a_guest_who_phones_has_words_of_their_own_too(host: httpx.AsyncClient) -> None:
    made = await booked(host, special_request="By the window", notes="Came with a dog")
    words = (made["special_request"], made["notes"])
    assert words == ("By the window", "Came with a dog")
    changed = (await alter(host, made, special_request="By the door")).json()
    words = (changed["special_request"], changed["notes"])
    assert words == ("By the door", "Came with a dog")
