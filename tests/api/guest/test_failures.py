"""What a guest reads where a request fails: a page in the guest's language, never JSON."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

import httpx

from api.guest import booking
from tests.api.booking.conftest import listening
from tests.support.guest_pages import booked_page, waiting_page
from tests.support.house import at

if TYPE_CHECKING:
    import pytest
    from litestar import Litestar

    from seating.db import Pool

BUSY = {"en": "One moment, please", "ru": "Одну минуту", "de": "Einen Moment"}


def heading(answer: httpx.Response) -> str:
    """The heading of an answer, which has to be a page nobody stores."""
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    found: list[str] = re.findall("<h1>(.*?)</h1>", answer.text)
    return found[0]


async def test_a_book_that_cannot_be_opened_is_told_kindly_and_asked_again(
    app: Litestar, guest: httpx.AsyncClient, pool: Pool
) -> None:
    booked, waits = await booked_page(pool, starts=at(2)), await waiting_page(pool, 1)
    await app.state.pool.close()
    times = f"{booked}/times?day=2027-03-04&party_size=3"
    for path, language in product((booked, waits, times), BUSY):
        answer = await guest.get(path, headers={"Accept-Language": language})
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
        assert BUSY[language] in heading(answer)
        assert f'lang="{language}"' in answer.text
        again = path.replace("&", "&amp;")
        assert f'<meta http-equiv="refresh" content="5;url={again}">' in answer.text
    long = await guest.get(f"{booked}?{7000 * '%27'}")
    assert f'content="5;url={booked}"' in long.text
    assert len(long.text) < 5000


async def test_after_a_wish_met_a_busy_book_the_page_shows_what_holds(
    app: Litestar, guest: httpx.AsyncClient, pool: Pool
) -> None:
    path = await waiting_page(pool)
    await app.state.pool.close()
    answer = await guest.post(f"{path}/leave")
    assert (answer.status_code, heading(answer)) == (503, BUSY["en"])
    assert f'content="5;url={path}"' in answer.text
    assert "whether your change was made" in answer.text


async def test_what_cannot_be_read_changes_nothing_and_leads_back(
    guest: httpx.AsyncClient, pool: Pool
) -> None:
    path = await booked_page(pool, starts=at(2))
    german = {"Accept-Language": "de"}
    for answer in (
        await guest.get(f"{path}/times", params={"party_size": "many"}, headers=german),
        await guest.post(f"{path}/change", data={"start": "soon"}, headers=german),
        await guest.post(f"{path}/change", json={}, headers=german),
    ):
        assert (answer.status_code, heading(answer)) == (400, "Es kam nicht alles an")
        assert f'href="{path}"' in answer.text


async def test_a_link_that_was_cut_or_followed_too_far_is_answered_with_a_page(
    guest: httpx.AsyncClient,
) -> None:
    for path in ("/r", "/r/", "/w", "/r/bistro:x/nowhere", "/w/bistro:x/y/z"):
        answer = await guest.get(path, headers={"Accept-Language": "ru"})
        assert (answer.status_code, heading(answer)) == (404, "Такой страницы нет")
    long = await guest.get(f"/r/{'x' * 200}")
    assert (long.status_code, heading(long)) == (400, "Not everything arrived")


async def test_a_button_followed_as_a_link_is_explained(guest: httpx.AsyncClient) -> None:
    for path in ("/r/bistro:x/cancel", "/r/bistro:x/change", "/w/bistro:x/coming"):
        answer = await guest.get(path)
        assert (answer.status_code, heading(answer)) == (405, "Please use the button on your page")
        assert f'href="{path.rpartition("/")[0]}"' in answer.text


async def test_a_surprise_on_our_side_is_a_page_too(
    guest: httpx.AsyncClient, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = await booked_page(pool, starts=at(2))
    monkeypatch.setattr(booking, "reservation_page", lambda _: 1 // 0)
    answer = await guest.get(path)
    assert (answer.status_code, heading(answer)) == (500, "This took us by surprise")


async def test_programs_still_get_problem_documents(guest: httpx.AsyncClient) -> None:
    for path in ("/v1/venues", "/host/tonight", "/robots", "//r/elsewhere.test"):
        answer = await guest.get(path)
        assert answer.headers["Content-Type"] == "application/problem+json", path


async def test_a_failure_never_leads_to_another_host(guest: httpx.AsyncClient) -> None:
    for path in ("//elsewhere.test/r", "/r//elsewhere.test", '/r/"><b>/x'):
        answer = await guest.get(f"https://maitred.test{path}")
        assert 'href="//' not in answer.text
        assert "<b>" not in answer.text


async def test_a_look_before_the_look_is_answered(app: Litestar, pool: Pool) -> None:
    path, waits = await booked_page(pool, starts=at(2)), await waiting_page(pool, 1)
    async with listening(app) as base, httpx.AsyncClient(base_url=base) as client:
        for asked in (path, f"{path}/times", f"{path}/calendar.ics", waits):
            shown, looked = await client.get(asked), await client.head(asked)
            assert (looked.status_code, looked.content) == (200, b"")
            assert looked.headers["Content-Type"] == shown.headers["Content-Type"]
            assert looked.headers["Content-Length"] == str(len(shown.content))
        assert (await client.head("/r/bistro:made-up")).status_code == 404
        assert (await client.head(f"{path}/cancel")).status_code == 405
