"""The guest's page in nights that are long: an hour that comes twice, times after midnight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from api.settings import Settings
from seating.webhooks.sealed_secrets import new_key
from tests.api.booking.conftest import BASE, made
from tests.api.booking.test_calendar import calendar_of
from tests.api.booking.test_guest_page import moves, path_of
from tests.api.conftest import client_of
from tests.support.application import living
from tests.support.house import house_text, open_house

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx
    from litestar import Litestar

    from seating.db import Pool

LATE = (
    house_text(2, 2, 4)
    .replace('opens = "18:00"', 'opens = "21:00"')
    .replace('last_seating = "22:00"', 'last_seating = "00:30"')
    .replace('closes = "23:55"', 'closes = "03:00"')
)
SANTIAGO = LATE.replace("Europe/Berlin", "America/Santiago")
"""Its clocks go back on 4 April 2027 at midnight (03:00 UTC) to 23:00."""
FIRST, SECOND = "2027-04-04T02:30:00+00:00", "2027-04-04T03:30:00+00:00"


@pytest.fixture
def text() -> str:
    return SANTIAGO


@pytest.fixture
async def app(database: str, pool: Pool, text: str) -> AsyncIterator[Litestar]:
    await open_house(pool, text)
    settings = Settings(
        database_url=database, demo=True, jobs="none", pool_max=4, secrets_key=new_key()
    )
    async with living(settings) as app:
        yield app


@pytest.fixture
async def guest(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(app) as client:
        yield client


async def times_of(guest: httpx.AsyncClient, path: str, **asked: Any) -> str:  # noqa: ANN401
    answer = await guest.get(f"{path}/times", params=asked)
    assert answer.status_code == 200
    return answer.text


async def test_the_second_pass_of_an_hour_is_told_apart_everywhere(
    partner: httpx.AsyncClient, guest: httpx.AsyncClient
) -> None:
    reservation = await made(partner, start=SECOND)
    assert reservation["start"] == "2027-04-03T23:30:00-04:00"
    path = path_of(reservation)
    file = await calendar_of(partner, reservation)
    assert (file["start"], file["end"]) == ("2027-04-04T03:30:00.000Z", "2027-04-04T05:00:00.000Z")
    assert file["description"].startswith(
        "2027-04-03 23:30 (UTC-04:00) - 2027-04-04 01:00, America/Santiago\n"
    )
    page = (await guest.get(path)).text
    assert '<p>Saturday 3 April, after the clocks change</p>\n<p class="large">23:30<' in page
    assert "2027-04-03T23:30:00-04:00" in page  # what machines read
    german = await guest.get(path, headers={"Accept-Language": "de"})
    assert "Samstag, 3. April, nach der Zeitumstellung" in german.text


async def test_the_twins_of_an_hour_that_comes_twice_have_two_buttons(
    partner: httpx.AsyncClient, guest: httpx.AsyncClient
) -> None:
    answer = await partner.get(f"{BASE}/availability?date=2027-04-03&party_size=2")
    starts = [item["start"] for item in answer.json()["items"]]
    assert {"2027-04-03T23:30:00-03:00", "2027-04-03T23:30:00-04:00"} <= set(starts)
    assert len(starts) == len(set(starts))
    path = path_of(await made(partner, start=FIRST))
    offered = moves(await times_of(guest, path, day="2027-04-03", party_size=4))
    words = list(offered)
    assert words[words.index("22:45") + 1] == "23:00, before the clocks change"
    assert words.index("23:45, before the clocks change") + 1 == words.index(
        "23:00, after the clocks change"
    )
    second = offered["23:30, after the clocks change"]
    assert second["start"] == SECOND
    assert (await guest.post(f"{path}/change", data=second)).status_code == 303
    assert "after the clocks change" in (await guest.get(path)).text


async def test_a_table_is_theirs_until_the_hour_that_the_clock_then_shows(
    partner: httpx.AsyncClient, guest: httpx.AsyncClient
) -> None:
    across = await made(partner, start="2027-04-04T02:00:00+00:00")
    assert across["table_until"] == "2027-04-03T23:30:00-04:00"
    page = (await guest.get(path_of(across))).text
    assert "<dt>The table is yours until</dt>\n<dd>23:30, after the clocks change</dd>" in page
    file = await calendar_of(partner, across)
    assert "2027-04-03 23:00 (UTC-03:00) - 23:30 (UTC-04:00), America" in file["description"]


class TestAfterMidnight:
    """A booking for 00:30 on 4 March is a part of the evening of 3 March."""

    @pytest.fixture
    def text(self) -> str:
        return LATE

    async def test_a_table_is_theirs_until_the_next_day(
        self, partner: httpx.AsyncClient, guest: httpx.AsyncClient
    ) -> None:
        late = await made(partner, start="2027-03-03T23:15:00+01:00")
        assert late["table_until"] == "2027-03-04T00:45:00+01:00"
        page = (await guest.get(path_of(late))).text
        assert "<dd>Thursday 4 March, 00:45</dd>" in page
        german = await guest.get(path_of(late), headers={"Accept-Language": "de"})
        assert "<dd>Donnerstag, 4. März, 00:45</dd>" in german.text
        file = (await calendar_of(partner, late))["description"]
        assert file.startswith("2027-03-03 23:15 - 2027-03-04 00:45, Europe/Berlin\n")

    async def test_a_day_on_the_page_is_a_day_of_the_calendar(
        self, partner: httpx.AsyncClient, guest: httpx.AsyncClient
    ) -> None:
        path = path_of(await made(partner, start="2027-03-04T00:30:00+01:00"))
        page = (await guest.get(path)).text
        assert "Thursday 4 March" in page
        assert 'name="day" required value="2027-03-04"' in page
        for asked in ({"day": "2027-03-04"}, {}):
            html = await times_of(guest, path, party_size=4, **asked)
            assert "Thursday 4 March" in html
            starts = [form["start"][:16] for form in moves(html).values()]
            assert starts[:2] == ["2027-03-03T23:00", "2027-03-03T23:15"]
            assert starts[3] == "2027-03-04T20:00"
            assert starts[-1] == "2027-03-04T22:45"
        words = list(moves(await times_of(guest, path, day="2027-03-03", party_size=4)))
        assert (words[0], words[-1]) == ("21:00", "23:45")

    async def test_a_refused_move_shows_the_day_that_was_asked_for(
        self, partner: httpx.AsyncClient, guest: httpx.AsyncClient
    ) -> None:
        path = path_of(await made(partner, start="2027-03-03T21:00:00+01:00"))
        await made(partner, 1, start="2027-03-04T00:15:00+01:00", party_size=4)
        form = {"start": "2027-03-04T00:15:00+01:00", "party_size": "4", "version": "1"}
        refused = await guest.post(f"{path}/change", data=form)
        assert refused.status_code == 409
        assert "Thursday 4 March" in refused.text
