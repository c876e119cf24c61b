"""The guest's pages on a phone: looked at in four languages, three widths, by day and by night."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from scripts.screens import WEB
from tests.support.guest_pages import booked_page, waiting_page
from tests.support.house import at
from tests.web.conftest import LOCALES, WIDTHS

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

    from tests.web.conftest import Site

LOOKING = (Path(__file__).parent / "looking.js").read_text("utf-8").partition("\n")[2]
AXE = WEB / "node_modules" / "axe-core" / "axe.min.js"
NAMES = (
    "booked",
    "late",
    "seated",
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


async def test_a_visit_is_told_to_whoever_cannot_see(
    browser: Browser, pages: dict[str, str], site: Site
) -> None:
    """axe-core, which is a script, finds nothing, with every part opened."""
    context = await browser.new_context(base_url=site.url, locale="ru-RU")
    page = await context.new_page()
    for name in ("booked", "late", "seated"):
        await page.goto(pages[name])
        for part in await page.locator("summary").all():
            await part.click()
        await page.evaluate(AXE.read_text("utf-8"))
        found = await page.evaluate("async () => (await axe.run(document)).violations")
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], name
    await context.close()


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


async def test_a_late_party_is_answered_and_writes_without_any_script(
    phones: dict[str, Page], site: Site
) -> None:
    """Late by ten minutes, three instead of two, a line to the house: a tap each, in one walk."""
    page, path = phones["ru"], await booked_page(site.pool, 13, starts=at(1))
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.goto(path)
    await page.get_by_text("Мы опаздываем").tap()
    await page.get_by_role("button", name="10 мин, 20:10").tap()
    await page.get_by_text("Столик ждёт вас до 20:25.").wait_for()
    await page.get_by_text("Нас будет больше или меньше").tap()
    await page.locator('form[action$="/size"] input[type="number"]').fill("3")
    await page.get_by_role("button", name="Узнать, есть ли место").tap()
    await page.locator("dd", has_text="3").first.wait_for()
    await page.get_by_text("Написать нам").tap()
    await page.get_by_label("Ваше сообщение").fill("Можно с собакой?")
    await page.get_by_role("button", name="Отправить").tap()
    assert "Можно с собакой?" in await page.locator(".thread .ours").inner_text()
    assert await page.evaluate(LOOKING) == []


async def test_a_form_keeps_what_it_was_just_asked(phones: dict[str, Page], site: Site) -> None:
    page, path = phones["de"], await booked_page(site.pool, 12, starts=at(2.5))
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.goto(path)
    await page.get_by_text("Zeit oder Zahl der Gäste ändern").tap()
    await page.get_by_label("Tag").fill("2027-03-05")
    await page.get_by_role("spinbutton", name="Gäste").fill("3")
    await page.get_by_role("button", name="Freie Zeiten zeigen").tap()
    await page.wait_for_url("**/times?*")
    assert await page.get_by_label("Tag").input_value() == "2027-03-05"
    assert await page.get_by_role("spinbutton", name="Gäste").input_value() == "3"
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
