"""The page of a waiting guest: what it says, what it lets the guest do, and what it gives away."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.api.conftest import client_of
from tests.api.host.conftest import done, show
from tests.support.house import SEVEN, move_clock

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar


async def waiting(host: httpx.AsyncClient, **more: object) -> tuple[str, str]:
    """A party that the host put on the list: its id and the path of its page."""
    told = await done(host, "wait", party_size=2, name="Ola <b>", **more)
    wait_id = told["waiting"][0]["wait_id"]
    link = await host.post(f"/host/waitlist/{wait_id}/link")
    assert link.status_code == 200, link.text
    return wait_id, link.json()["path"]


async def test_the_page_shows_the_place_in_the_guests_language(
    host: httpx.AsyncClient, app: Litestar
) -> None:
    _, path = await waiting(host, quoted_minutes=20)
    async with client_of(app) as guest:
        english = await guest.get(path)
        german = await guest.get(path, headers={"Accept-Language": "de-AT,en;q=0.5"})
        russian = await guest.get(path, headers={"Accept-Language": "ru"})
    assert english.status_code == 200
    assert "about 20 minutes" in english.text
    assert "We keep your table for 15 minutes." in english.text
    assert 'lang="de"' in german.text
    assert "Warteliste" in german.text
    assert "листе ожидания" in russian.text


async def test_the_page_is_nobody_elses_business(host: httpx.AsyncClient, app: Litestar) -> None:
    _, path = await waiting(host)
    async with client_of(app) as guest:
        answer = await guest.get(path)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in answer.headers
    assert "<script" not in answer.text
    assert not re.search(r"https?://", answer.text)
    assert "<b>" not in answer.text


async def test_the_guest_is_on_the_way_and_then_leaves(
    host: httpx.AsyncClient, app: Litestar
) -> None:
    wait_id, path = await waiting(host)
    async with client_of(app) as guest:
        assert (await guest.get(f"{path}/coming")).status_code == 405  # a scanner follows links
        coming = await guest.post(f"{path}/coming")
        assert (coming.status_code, coming.headers["Location"]) == (303, path)
        assert (await show(host))["waiting"][0]["coming_at"]
        assert "on your way" in (await guest.get(path)).text
        for _ in range(2):
            assert (await guest.post(f"{path}/leave")).status_code == 303
        assert "You have left the waitlist" in (await guest.get(path)).text
    assert all(entry["wait_id"] != wait_id for entry in (await show(host))["waiting"])


async def test_a_called_guest_reads_that_its_table_is_ready(
    host: httpx.AsyncClient, app: Litestar
) -> None:
    wait_id, path = await waiting(host)
    await done(host, "notify", wait_id=wait_id, version=1)
    async with client_of(app) as guest:
        page = (await guest.get(path)).text
        assert "Your table is ready" in page
        kept = '<p>{}</p>\n<p class="large">19:10</p>'
        assert kept.format("We keep it for you until") in page
        for language, words in {
            "ru": "Держим его для вас до",
            "de": "Wir halten ihn für Sie bis",
            "uk": "Тримаємо його для вас до",
        }.items():
            told = await guest.get(path, headers={"Accept-Language": language})
            assert kept.format(words) in told.text


async def test_a_called_guest_whose_table_is_kept_no_longer_reads_no_hour(
    host: httpx.AsyncClient, app: Litestar
) -> None:
    wait_id, path = await waiting(host)
    await done(host, "notify", wait_id=wait_id, version=1)
    await move_clock(app.state.pool, SEVEN + timedelta(minutes=11))
    async with client_of(app) as guest:
        assert "We keep it for you until" not in (await guest.get(path)).text


async def test_an_unknown_link_says_so_kindly_and_changes_nothing(app: Litestar) -> None:
    async with client_of(app) as guest:
        for path in ("/w/bistro:nonsense", "/w/nowhere:nonsense", "/w/x"):
            answer = await guest.get(path, headers={"Accept-Language": "ru"})
            assert answer.status_code == 404
            assert "Эта ссылка больше не работает" in answer.text
            assert (await guest.post(f"{path}/leave")).status_code == 404


async def test_the_report_of_the_waitlist_is_for_managers(
    host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    await waiting(host)
    asked = {"from": "2027-03-03", "to": "2027-03-03"}
    report = await manager.get("/manage/waitlist", params=asked)
    assert report.json()["channels"][0]["channel"] == "walk_in"
    wrong = await manager.get("/manage/waitlist", params={"from": "2027-03-04", "to": "2027-03-03"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "INVALID")
    assert (await host.get("/manage/waitlist", params=asked)).status_code == 403
