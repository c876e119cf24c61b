"""The page of a guest's reservation: what it says, what it lets the guest do, what it keeps."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from seating.access.links import purge_links
from seating.clock import MovableClock
from tests.api.booking.conftest import BASE, book, key, made, wish
from tests.api.conftest import client_of
from tests.support.house import at, move_clock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx
    from litestar import Litestar

    from seating.db import Pool


@pytest.fixture
async def guest(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(app) as client:
        yield client


def path_of(reservation: dict[str, Any]) -> str:
    """The path of the guest's own page."""
    url = str(reservation["manage_url"])
    assert url.startswith("https://maitred.test/r/bistro:")
    return url.removeprefix("https://maitred.test")


def moves(html: str) -> dict[str, dict[str, str]]:
    """What the buttons of a page that offers times would send, by their words."""
    found = re.findall(r'<form method="post" action="[^"]+/change">(.*?)</form>', html)
    return {
        words: dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
        for form in found
        for words in re.findall(r"<button>(.*?)</button>", form)
    }


async def test_the_page_says_what_when_and_where_in_the_guests_language(
    partner: httpx.AsyncClient, guest: httpx.AsyncClient
) -> None:
    path = path_of(await made(partner, notes="By the window"))
    english = (await guest.get(path)).text
    german = (await guest.get(path, headers={"Accept-Language": "de-AT,en;q=0.5"})).text
    russian = (await guest.get(path, headers={"Accept-Language": "ru"})).text
    for words in ("Wednesday, 3 March", "19:00", "By the window", "house rules"):
        assert words in english
    assert "We keep your table for 15 minutes." in english
    assert "Mittwoch, 3. März" in german
    assert "среда, 3 марта" in russian


async def test_the_page_is_nobody_elses_business(
    partner: httpx.AsyncClient, guest: httpx.AsyncClient, pool: Pool
) -> None:
    body = wish() | {"guest": {"name": "</script><b>Ola"}, "notes": "<i>"}
    made_ = (await partner.post(f"{BASE}/reservations", json=body, headers=key())).json()
    path = path_of(made_)
    answer = await guest.get(path)
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in answer.headers
    assert "<b>" not in answer.text
    assert "<i>" not in answer.text
    assert set(re.findall(r"https?://[^/\"]+", answer.text)) == {"http://schema.org"}
    token = path.removeprefix("/r/")
    assert not await pool.fetchval(
        "select exists (select from guest_link where token_hash = $1)", token.encode()
    )
    assert "manage_url" not in (await partner.get(f"{BASE}/reservations/{made_['id']}")).json()


async def test_machines_are_told_by_schema_org(
    partner: httpx.AsyncClient, guest: httpx.AsyncClient
) -> None:
    reservation = await made(partner)
    html = (await guest.get(path_of(reservation))).text
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    said = json.loads(block)
    assert said["@type"] == "FoodEstablishmentReservation"
    assert said["reservationId"] == reservation["code"]
    assert (said["startTime"], said["partySize"]) == ("2027-03-03T19:00:00+01:00", 2)


async def test_a_guest_moves_and_then_cancels(
    partner: httpx.AsyncClient, guest: httpx.AsyncClient
) -> None:
    reservation = await made(partner)
    path = path_of(reservation)
    times = await guest.get(f"{path}/times", params={"day": "2027-03-03", "party_size": 3})
    form = moves(times.text)["20:15"]
    moved = await guest.post(f"{path}/change", data=form)
    assert (moved.status_code, moved.headers["Location"]) == (303, path)
    seen = (await partner.get(f"{BASE}/reservations/{reservation['id']}")).json()
    assert (seen["start"], seen["party_size"]) == ("2027-03-03T20:15:00+01:00", 3)
    again = await guest.post(f"{path}/change", data=form | {"party_size": "4"})
    assert again.status_code == 409
    assert "changed meanwhile" in again.text
    for _ in range(2):
        assert (await guest.post(f"{path}/cancel")).status_code == 303
    seen = (await partner.get(f"{BASE}/reservations/{reservation['id']}")).json()
    assert seen["status"] == "cancelled"
    assert "/cancel" not in (await guest.get(path)).text


async def test_looking_changes_nothing(
    partner: httpx.AsyncClient, guest: httpx.AsyncClient
) -> None:
    reservation = await made(partner)
    path = path_of(reservation)
    assert (await guest.get(f"{path}/cancel")).status_code == 405  # a scanner follows links
    assert (await guest.get(f"{path}/change")).status_code == 405
    for day in ("2027-03-04", "nonsense", ""):
        assert (await guest.get(f"{path}/times", params={"day": day})).status_code == 200
    seen = (await partner.get(f"{BASE}/reservations/{reservation['id']}")).json()
    assert (seen["version"], seen["status"]) == (1, "booked")


async def test_a_time_that_was_taken_meanwhile_is_refused_with_what_is_free(
    partner: httpx.AsyncClient, guest: httpx.AsyncClient
) -> None:
    path = path_of(await made(partner, 0, party_size=6))
    await made(partner, 1, start=at(3).isoformat(), party_size=6)
    form = {"start": at(3).isoformat(), "party_size": "6", "version": "1"}
    refused = await guest.post(f"{path}/change", data=form)
    assert refused.status_code == 409
    assert "has just been taken" in refused.text
    assert "19:00" in "".join(moves(refused.text))


async def test_after_the_cutoff_the_page_asks_for_a_call(
    partner: httpx.AsyncClient, guest: httpx.AsyncClient, pool: Pool
) -> None:
    path = path_of(await made(partner))
    await move_clock(pool, at(-1))
    answer = await guest.post(f"{path}/cancel")
    assert answer.status_code == 409
    assert "Please call us" in answer.text


async def test_a_link_lives_as_long_whatever_the_clock_of_the_house_says(
    partner: httpx.AsyncClient, guest: httpx.AsyncClient, pool: Pool
) -> None:
    path = path_of(await made(partner))
    lives = "select expires_at - now() from guest_link"
    before = await pool.fetchval(lives)
    assert timedelta(days=90) < before < timedelta(days=100)
    for hours in (24 * 400, -24 * 400):
        await move_clock(pool, at(hours))
        assert (await guest.get(path)).status_code == 200
        assert await purge_links(pool, MovableClock()) == 0
    assert await pool.fetchval(lives) <= before


async def test_a_link_ends(
    partner: httpx.AsyncClient, guest: httpx.AsyncClient, pool: Pool
) -> None:
    path = path_of(await made(partner))
    await pool.execute("update guest_link set expires_at = now()")
    for answer in (
        await guest.get(path),
        await guest.get(f"{path}/calendar.ics"),
        await guest.post(f"{path}/cancel"),
        await guest.get("/r/bistro:made-up"),
        await guest.get("/r/nonsense"),
    ):
        assert answer.status_code == 404
        assert "no longer in use" in answer.text


async def test_a_code_that_came_with_a_booking_is_kept(
    partner: httpx.AsyncClient, pool: Pool
) -> None:
    answer = await book(partner, referral_code="BAKERY")
    assert answer.status_code == 201
    assert await pool.fetchval("select referral_code from reservation") == "BAKERY"
