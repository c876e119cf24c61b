"""The houses a booking site may speak about, and questions that a person answers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from seating.db import transaction
from tests.api.booking.conftest import BASE, key, site_client, wish
from tests.support.house import SEVEN, house_text, open_house, rewrite_house

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar

    from seating.db import Pool


async def test_a_house_says_what_a_booking_site_has_to_know(partner: httpx.AsyncClient) -> None:
    answer = await partner.get(BASE)
    said = answer.json()
    assert answer.headers["etag"] == '"v1"'
    assert (said["zone"], said["currency"]) == ("Europe/Berlin", "EUR")
    assert (said["party_min"], said["party_max"]) == (1, 6)
    assert (said["slot_minutes"], said["hold_seconds"]) == (15, 300)
    assert (said["cancel_cutoff_minutes"], said["cancel_grace_minutes"]) == (120, 15)
    assert said["house_rules"]["version"] == 3
    assert set(said) & {"tables", "staff", "joins", "pacing"} == set()


async def test_a_house_says_where_it_is_in_parts_and_in_one_line(
    partner: httpx.AsyncClient, pool: Pool
) -> None:
    parts = {"street_address": "Am Markt 1", "locality": "Berlin", "country": "DE"}
    await rewrite_house(pool, "{venue,postal_address}", parts)
    await rewrite_house(pool, "{venue,web}", "https://kastanie.example")
    said = (await partner.get(BASE)).json()
    assert said["address"] == "Am Markt 1, Berlin, DE"
    assert said["postal_address"] == parts | {"postal_code": None, "region": None}
    assert said["web"] == "https://kastanie.example"


async def test_only_houses_that_let_the_site_in_are_listed(app: Litestar, pool: Pool) -> None:
    for venue in ("annexe", "cellar"):
        await open_house(pool, house_text(2, venue=venue))
    async with site_client(app, "annexe", "bistro") as client:
        first = (await client.get("/v1/venues", params={"limit": 1})).json()
        rest = (await client.get("/v1/venues", params={"cursor": first["next_cursor"]})).json()
        assert [venue["id"] for venue in first["items"] + rest["items"]] == ["annexe", "bistro"]
        assert rest["next_cursor"] is None
        assert (await client.get("/v1/venues/cellar")).status_code == 404
        assert (await client.get("/v1/venues/nowhere")).status_code == 404


@pytest.mark.parametrize(
    ("scope", "method", "path"),
    [
        ("availability", "GET", f"{BASE}/availability?date=2027-03-03&party_size=2"),
        ("bookings", "POST", f"{BASE}/reservations"),
        ("bookings", "GET", f"{BASE}/reservations"),
        ("bookings", "POST", f"{BASE}/slot-holds"),
        ("enquiries", "POST", f"{BASE}/enquiries"),
    ],
)
async def test_each_door_needs_its_scope(app: Litestar, scope: str, method: str, path: str) -> None:
    others = frozenset({"availability", "bookings", "enquiries"}) - {scope}
    async with site_client(app, scopes=others) as client:
        body = wish() if method == "POST" else None
        answer = await client.request(method, path, json=body, headers=key())
        assert (answer.status_code, answer.json()["code"]) == (403, "NOT_ALLOWED")


async def test_a_group_of_forty_is_a_question_not_a_no(
    partner: httpx.AsyncClient, pool: Pool
) -> None:
    body = wish(party_size=40, area="room", notes="A wedding")
    answer = await partner.post(f"{BASE}/enquiries", json=body, headers=key())
    assert (answer.status_code, answer.json()["status"]) == (202, "requested")
    found = await partner.get(answer.headers["location"])
    assert (found.json()["party_size"], found.json()["area"]) == (40, "room")
    assert await pool.fetchval("select count(*) from intention") == 0
    assert await pool.fetchval("select count(*) from acknowledgement") == 1
    events = await pool.fetch("select event from outbox")
    assert [row["event"] for row in events] == ["reservation.requested"]


async def test_a_question_does_not_take_anybodys_table(partner: httpx.AsyncClient) -> None:
    for number in range(3):
        body = wish(number, party_size=6)
        asked = await partner.post(f"{BASE}/enquiries", json=body, headers=key(str(number)))
        assert asked.status_code == 202
    body = wish(9, party_size=6)
    assert (await partner.post(f"{BASE}/reservations", json=body, headers=key())).is_success


@pytest.mark.parametrize(
    ("more", "status", "code"),
    [
        ({"start": (SEVEN - timedelta(hours=5)).isoformat()}, 409, "SLOT_UNAVAILABLE"),
        ({"start": (SEVEN + timedelta(days=70)).isoformat()}, 422, "OUTSIDE_BOOKING_WINDOW"),
        ({"accepted_house_rules": 1}, 422, "HOUSE_RULES_NOT_ACCEPTED"),
        ({"area": "cellar"}, 422, "INVALID"),
    ],
)
async def test_hours_and_rules_bind_a_question_too(
    partner: httpx.AsyncClient, more: dict[str, Any], status: int, code: str
) -> None:
    answer = await partner.post(f"{BASE}/enquiries", json=wish(**more), headers=key())
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_question_can_be_changed_and_withdrawn(
    partner: httpx.AsyncClient, pool: Pool
) -> None:
    asked = await partner.post(f"{BASE}/enquiries", json=wish(party_size=40), headers=key())
    path = asked.headers["location"]
    changed = await partner.patch(path, json={"party_size": 50}, headers={"If-Match": '"v1"'})
    assert (changed.status_code, changed.json()["party_size"]) == (200, 50)
    gone = await partner.post(f"{path}/cancel", json={}, headers=key())
    assert gone.json()["status"] == "cancelled"
    async with transaction(pool) as conn:
        assert await conn.fetchval("select physical_parties from period") == 0


async def test_options_names_every_method_of_a_path(partner: httpx.AsyncClient) -> None:
    for path, methods in {
        f"{BASE}/reservations": "GET, OPTIONS, POST",
        f"{BASE}/slot-holds/{uuid4()}": "DELETE, GET, OPTIONS",
    }.items():
        answer = await partner.options(path)
        assert (answer.status_code, answer.headers["allow"]) == (204, methods)


async def test_a_cursor_of_somebody_elses_making_is_refused(partner: httpx.AsyncClient) -> None:
    for cursor in ("annexe", "0.5", "IlwwIg==", "MQ=="):
        answer = await partner.get("/v1/venues", params={"cursor": cursor})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/cursor")
