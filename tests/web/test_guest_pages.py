"""The guest's pages on a phone: looked at in four languages, three widths, by day and by night."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from tests.support.guest_pages import booked_page, waiting_page
from tests.support.house import at
from tests.web.conftest import LOCALES, WIDTHS

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.web.conftest import Site

LOOKING = (Path(__file__).parent / "looking.js").read_text("utf-8").partition("\n")[2]
NAMES = (
    "booked",
    "times",
    "no times",
    "cancelled",
    "waiting",
    "behind",
    "called",
    "leave?",
    "left",
    "ended",
    "cut short",
    "by link",
    "unread",
)
SIGHTS: tuple[tuple[int, Literal["light", "dark"]], ...] = (
    (320, "light"),
    (390, "dark"),
    (390, "light"),
    (768, "light"),
)
WITH_NEXT = ("booked", "waiting", "called", "leave?", "left", "by link", "unread")


@pytest.mark.parametrize("name", NAMES)
async def test_a_careful_eye_finds_nothing_to_point_at(
    name: str, phones: dict[str, Page], pages: dict[str, str], site: Site
) -> None:
    asked: list[str] = []
    for language, page in phones.items():
        page.on("request", lambda request: asked.append(request.url))
        await page.goto(pages[name])
        assert await page.locator("html").get_attribute("lang") == language
        assert await page.locator(".next").count() == (name in WITH_NEXT)
        for width, scheme in SIGHTS:
            height = WIDTHS[width]
            await page.set_viewport_size({"width": width, "height": height})
            await page.emulate_media(color_scheme=scheme)
            wrong = await page.evaluate(LOOKING)
            assert wrong == [], (language, width, scheme)
    assert all(url.startswith(site.url) for url in asked)
    assert len(asked) == len(LOCALES)


async def test_a_slip_on_a_phone_costs_nobody_the_place(
    phones: dict[str, Page], site: Site
) -> None:
    page, path = phones["ru"], await waiting_page(site.pool, 11)
    await page.set_viewport_size({"width": 320, "height": 568})
    await page.goto(path)
    await page.get_by_role("button", name="Мы уже идём").tap()
    await page.get_by_role("link", name="Выйти из листа ожидания").tap()
    await page.get_by_role("link", name="Остаться в очереди").tap()
    await page.get_by_role("link", name="Выйти из листа ожидания").tap()
    await page.get_by_role("button", name="Выйти из листа ожидания").tap()
    await page.get_by_text("Вы вышли из листа ожидания").wait_for()
    await page.get_by_role("button", name="Вернуть моё место").tap()
    await page.get_by_text("Хостес знает, что вы идёте").wait_for()


async def test_a_form_keeps_what_it_was_just_asked(phones: dict[str, Page], site: Site) -> None:
    page, path = phones["de"], await booked_page(site.pool, 12, starts=at(2.5))
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.goto(path)
    await page.get_by_text("Zeit oder Zahl der Gäste ändern").tap()
    await page.get_by_label("Tag").fill("2027-03-05")
    await page.get_by_label("Gäste").fill("3")
    await page.get_by_role("button", name="Freie Zeiten zeigen").tap()
    await page.wait_for_url("**/times?*")
    assert await page.get_by_label("Tag").input_value() == "2027-03-05"
    assert await page.get_by_label("Gäste").input_value() == "3"
    await page.get_by_role("button", name="20:15").tap()
    assert await page.locator(".when").inner_text() == "Freitag, 5. März\n\n20:15"


async def test_without_a_style_sheet_the_words_stand_apart(
    phones: dict[str, Page], pages: dict[str, str]
) -> None:
    page = phones["en"]
    await page.goto(pages["booked"])
    await page.evaluate("() => document.querySelector('style').remove()")
    shown = (await page.locator("main").inner_text()).split("\n")
    assert {"Wednesday 3 March", "21:00", "Guests", "2"} <= set(shown)
