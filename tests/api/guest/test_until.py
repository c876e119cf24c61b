"""Until when the table is theirs, in the guest's language; a link works with anything appended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.guest_pages import booked_page, waiting_page
from tests.support.house import at

if TYPE_CHECKING:
    import httpx

    from seating.db import Pool

UNTIL = {
    "en": "The table is yours until",
    "ru": "Столик ваш до",
    "de": "Der Tisch gehört Ihnen bis",
    "uk": "Столик ваш до",
}


@pytest.mark.parametrize("language", UNTIL)
async def test_the_page_and_its_file_say_until_when_the_table_is_theirs(
    guest: httpx.AsyncClient, pool: Pool, language: str
) -> None:
    path = await booked_page(pool, starts=at(2))
    spoken = {"Accept-Language": language}
    page = (await guest.get(path, headers=spoken)).text
    assert f'<html lang="{language}">' in page
    assert f"<dt>{UNTIL[language]}</dt>\n<dd>22:30</dd>" in page
    file = (await guest.get(f"{path}/calendar.ics", headers=spoken)).text.replace("\r\n ", "")
    assert f"{UNTIL[language]} 22:30." in file
    assert "2027-03-03 21:00 - 22:30\\, Europe/Berlin" in file


async def test_a_table_that_is_given_up_is_nobodys_until_anything(
    guest: httpx.AsyncClient, pool: Pool
) -> None:
    path = await booked_page(pool, starts=at(2.5))
    await guest.post(f"{path}/cancel")
    assert UNTIL["en"] not in (await guest.get(path)).text


async def test_who_booked_hours_that_the_house_has_closed_since_is_not_looked_forward_to(
    guest: httpx.AsyncClient, pool: Pool
) -> None:
    path = await booked_page(pool, starts=at(2))
    await pool.execute("update period set served = false")
    page = (await guest.get(path)).text
    assert "we will be closed at that time after all" in page
    assert "We look forward" not in page
    assert UNTIL["en"] not in page
    assert "calendar.ics" not in page
    assert f"{path}/times" in page


@pytest.mark.parametrize(
    "appended",
    ["utm_source=mail&utm_source=sms", "fbclid=IwAR0x&day=soon", "%ff=%fe", "=", "&&a[]=1;b"],
)
async def test_a_guests_link_works_with_anything_appended(
    guest: httpx.AsyncClient, pool: Pool, appended: str
) -> None:
    booked, waits = await booked_page(pool, starts=at(2)), await waiting_page(pool, 1)
    for path in (booked, f"{booked}/times", f"{booked}/calendar.ics", waits, f"{waits}/leave"):
        assert (await guest.get(f"{path}?{appended}")).status_code == 200, path
