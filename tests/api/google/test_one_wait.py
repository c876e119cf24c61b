"""One party at one instant hears one wait: door, rescue, list, its page, a booking site, Google."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from tests.api.booking.conftest import BASE as SITE
from tests.api.booking.conftest import key, site_client
from tests.api.conftest import client_of, staff_client
from tests.api.google.conftest import call
from tests.support.house import SEVEN, VENUE, at, house_text, move_clock, open_house, phone
from tests.support.rules import rule
from tests.support.stand import stand, walk_in

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar

    from seating.db import Pool

NOW = at(0.5)


@pytest.fixture(params=[True, False], ids=["by value", "by the plan"])
async def full(request: pytest.FixtureRequest, pool: Pool, app: Litestar) -> Litestar:
    """Half past seven in a room that filled at seven, where one party waits already."""
    await open_house(pool, house_text(2, 4, 2))
    await rule(pool, decisions={"by_value": request.param})
    await move_clock(pool, SEVEN)
    for number, size in enumerate((2, 4, 2), 1):
        await walk_in(pool, str(number), size=size)
    await move_clock(pool, NOW)
    return app


async def at_the_door(host: httpx.AsyncClient) -> set[tuple[int, int]]:
    door = (await host.get("/host/door", params={"party_size": 2})).json()["options"]
    rescue = await host.post("/host/rescues", json={"id": str(uuid4()), "party_size": 2})
    assert rescue.status_code == 201, rescue.text
    ways = [each["option"] for each in rescue.json()["options"]]
    waits = [each for each in (*door, *ways) if each["kind"] == "wait"]
    assert len(waits) == 2
    return {(each["wait_likely"], each["wait_minutes"]) for each in waits}


async def by_google(google: httpx.AsyncClient) -> tuple[int, int]:
    asked = {"merchant_id": VENUE, "service_id": "reservation", "party_size": [2]}
    (told,) = (await call(google, "BatchGetWaitEstimates", asked))["wait_estimate"]
    between = told["wait_length"]["estimated_seat_time_range"]
    first, last = (int(between[each]) for each in ("start_seconds", "end_seconds"))
    now = int(NOW.timestamp())
    return (first - now) // 60, (last - now) // 60


def by_site(seen: dict[str, Any]) -> tuple[int, int]:
    likely, latest = seen["wait_likely"], seen["wait_latest"]
    assert datetime.fromisoformat(seen["seats_from"]) == NOW + timedelta(minutes=likely)
    assert datetime.fromisoformat(seen["seats_until"]) == NOW + timedelta(minutes=latest)
    assert seen["quote_minutes"] == latest
    return likely, latest


async def test_six_places_tell_one_wait(
    full: Litestar, pool: Pool, google: httpx.AsyncClient
) -> None:
    async with staff_client(full, "anna") as host, site_client(full, VENUE) as site:
        at_first = {await by_google(google), *await at_the_door(host)}
        guest = {"name": "Ann", "phone": phone(1)}
        party = {"party_size": 2, "guest": guest, "accepted_house_rules": 3}
        made = (await site.post(f"{SITE}/waitlist", json=party, headers=key())).json()
        assert at_first == {by_site(made)}
        async with client_of(full) as anybody:
            page = (await anybody.get(made["page_url"])).text
    likely, latest = by_site(made)
    assert f"likely {likely} min, at the latest {latest}" in page
    (entry,) = (await stand(pool)).waiting
    assert (entry.quoted_likely, entry.quoted_minutes) == (likely, latest)
