"""What the house does behind the curtain leaves the version that sites and guests know as it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from tests.api.booking import conftest as site
from tests.api.conftest import client_of
from tests.api.host.conftest import done
from tests.support.house import at

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx
    from litestar import Litestar

    from seating.db import Pool

TOLD = "select data::text from outbox where subject = $1 and data is not null order by seq"


@pytest.fixture
async def partner(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    async with site.site_client(app) as client:
        yield client


async def told(pool: Pool, made: dict[str, Any]) -> list[tuple[Any, Any]]:
    """What the site is told of a reservation: types of event and version."""
    rows = [json.loads(row["data"]) for row in await pool.fetch(TOLD, made["id"])]
    return [(row["types"], row.get("version", 1)) for row in rows]


async def work_behind_the_curtain(host: httpx.AsyncClient, made: dict[str, Any]) -> None:
    """A host promises a table and writes a note: two versions on for the house."""
    about = {"reservation_id": made["id"]}
    await done(host, "assign", **about, version=1, tables=["2"], fixed=True)
    path = f"/host/reservations/{made['id']}"
    body = {"id": str(uuid4()), "version": 2, "notes": "A quiet talk"}
    noted = await host.patch(path, json=body)
    assert (noted.status_code, noted.json()["version"], noted.json()["tables"]) == (200, 3, ["2"])


async def test_a_table_assigned_and_a_note_are_no_news_to_the_site(
    host: httpx.AsyncClient, partner: httpx.AsyncClient, pool: Pool
) -> None:
    made = await site.made(partner, start=at(1).isoformat())
    await work_behind_the_curtain(host, made)
    path = f"{site.BASE}/reservations/{made['id']}"
    read = await partner.get(path)
    assert read.headers["etag"] == '"v1"'
    once = {"manage_url": made["manage_url"], "preferences_met": None}
    assert read.json() | once == made
    calendar = (await partner.get(f"{path}/calendar.ics")).text
    assert "SEQUENCE:0" in calendar
    assert await told(pool, made) == [(["reservation.confirmed"], 1)]

    changed = await partner.patch(path, json={"party_size": 1}, headers={"If-Match": '"v1"'})
    assert (changed.status_code, changed.headers["etag"]) == (200, '"v2"')
    assert await told(pool, made) == [
        (["reservation.confirmed"], 1),
        (["reservation.changed"], 2),
    ]


async def test_what_a_guest_may_see_is_news(
    host: httpx.AsyncClient, partner: httpx.AsyncClient, pool: Pool
) -> None:
    made = await site.made(partner, start=at(1).isoformat())
    await work_behind_the_curtain(host, made)
    body = {"id": str(uuid4()), "version": 3, "starts": at(1.25).isoformat()}
    moved = await host.patch(f"/host/reservations/{made['id']}", json=body)
    assert moved.status_code == 200, moved.text
    path = f"{site.BASE}/reservations/{made['id']}"
    stale = await partner.patch(path, json={"party_size": 1}, headers={"If-Match": '"v1"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "STALE")
    assert (await partner.get(path)).headers["etag"] == '"v2"'
    assert (await told(pool, made))[-1] == (["reservation.changed"], 2)


async def test_a_guests_page_from_before_a_table_was_assigned_still_works(
    app: Litestar, host: httpx.AsyncClient, partner: httpx.AsyncClient
) -> None:
    made = await site.made(partner, start=at(2).isoformat(), guest={"name": "Ada"})
    path = made["manage_url"].removeprefix("https://maitred.test")
    async with client_of(app) as guest:
        form = {"start": at(2.25).isoformat(), "party_size": "2", "version": "1"}
        await work_behind_the_curtain(host, made)
        assert 'name="version" value="1"' in (await guest.get(f"{path}/times")).text
        answer = await guest.post(f"{path}/change", data=form)
        assert (answer.status_code, answer.headers["location"]) == (303, path)
        again = await guest.post(f"{path}/change", data=form | {"party_size": "1"})
        assert again.status_code == 409
