"""The page of a guest's reservation: what it says, what it lets the guest do, what it keeps."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from seating.clock import MovableClock
from seating.privacy.retention import remove_aged
from tests.api.booking.conftest import BASE, book, key, made, wish
from tests.api.conftest import client_of
from tests.support.house import at, move_clock, rewrite_house

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
    for words in ("Wednesday 3 March", "19:00", "By the window", "house rules"):
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
    assert "changed in the meantime" in again.text
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
    assert "That time has just gone" in refused.text
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
        assert (await remove_aged(pool, MovableClock()))["guest links"] == 0
    assert await pool.fetchval(lives) <= before


async def test_whoever_books_within_the_cutoff_may_cancel_for_a_while(
    partner: httpx.AsyncClient, guest: httpx.AsyncClient, pool: Pool
) -> None:
    await move_clock(pool, at(0))
    reservation = await made(partner, start=at(1).isoformat())
    assert reservation["cancel_until"] == "2027-03-03T19:15:00+01:00"
    path = path_of(reservation)
    assert "until Wednesday 3 March, 19:15" in (await guest.get(path)).text
    await move_clock(pool, at(0.25))
    assert (await guest.post(f"{path}/cancel")).status_code == 303
    seen = (await partner.get(f"{BASE}/reservations/{reservation['id']}")).json()
    assert seen["status"] == "cancelled"


async def test_a_deadline_that_is_past_is_no_button_but_a_number_to_call(
    partner: httpx.AsyncClient, guest: httpx.AsyncClient, pool: Pool
) -> None:
    await rewrite_house(pool, "{venue,phone}", "+49 30 1234567")
    path = path_of(await made(partner))
    assert f'action="{path}/cancel"' in (await guest.get(path)).text
    await move_clock(pool, at(-1))
    late = (await guest.get(path)).text
    assert f'action="{path}/cancel"' not in late
    assert "can cancel here until" not in late
    assert 'href="tel:+49301234567"' in late
    await pool.execute("update reservation set state = 'requested'")
    assert f'action="{path}/cancel"' in (await guest.get(path)).text


async def test_the_page_says_why_a_change_was_refused(
    partner: httpx.AsyncClient, guest: httpx.AsyncClient, pool: Pool
) -> None:
    path = path_of(await made(partner, party_size=4))
    form = {"start": at(0).isoformat(), "version": "1"}
    more = await guest.post(f"{path}/change", data=form | {"party_size": "10"})
    assert more.status_code == 409
    assert "up to 6 guests" in more.text
    await pool.execute("update period set online_paused = true")
    paused = await guest.post(f"{path}/change", data=form | {"party_size": "5"})
    assert paused.status_code == 409
    assert "is paused for that time" in paused.text
    german = {"Accept-Language": "de"}
    none = await guest.get(f"{path}/times", params={"party_size": 5}, headers=german)
    assert "ruhen Online-Reservierungen" in none.text
    assert moves(none.text) == {}
    fewer = await guest.get(f"{path}/times", params={"party_size": 3})
    assert list(moves(fewer.text)) == ["19:00, as now"]
    done = await guest.post(f"{path}/change", data=moves(fewer.text)["19:00, as now"])
    assert done.status_code == 303


async def test_where_a_person_confirms_the_page_says_so_before_the_tap(
    partner: httpx.AsyncClient, guest: httpx.AsyncClient, pool: Pool
) -> None:
    reservation = await made(partner)
    await rewrite_house(pool, "{periods,0,needs_approval}", value=True)
    path = path_of(reservation)
    times = (await guest.get(f"{path}/times", params={"day": "2027-03-04"})).text
    assert "We confirm these times in person" in times
    await guest.post(f"{path}/change", data=moves(times)["19:00"])
    seen = (await partner.get(f"{BASE}/reservations/{reservation['id']}")).json()
    assert (seen["status"], seen["start"]) == ("requested", "2027-03-04T19:00:00+01:00")


async def test_past_the_cutoff_no_other_day_is_offered(
    partner: httpx.AsyncClient, guest: httpx.AsyncClient, pool: Pool
) -> None:
    path = path_of(await made(partner))
    await move_clock(pool, at(-1))
    times = (await guest.get(f"{path}/times", params={"day": "2027-03-04"})).text
    assert moves(times) == {}
    assert "too late to change this online" in times
    form = {"start": at(24).isoformat(), "party_size": "2", "version": "1"}
    tried = await guest.post(f"{path}/change", data=form)
    assert tried.status_code == 409
    assert "too late to change this online" in tried.text


async def test_a_table_promised_no_more_is_told(
    partner: httpx.AsyncClient, guest: httpx.AsyncClient, pool: Pool
) -> None:
    path = path_of(await made(partner))
    await pool.execute("update reservation set lost_tables = '{4}'")
    assert "table we promised you" in (await guest.get(path)).text
    await pool.execute("update reservation set lost_tables = '{}'")
    assert "table we promised you" not in (await guest.get(path)).text


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
        assert "no longer works" in answer.text


async def test_a_code_that_came_with_a_booking_is_kept(
    partner: httpx.AsyncClient, pool: Pool
) -> None:
    answer = await book(partner, referral_code="BAKERY")
    assert answer.status_code == 201
    assert await pool.fetchval("select referral_code from reservation") == "BAKERY"
