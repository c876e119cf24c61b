"""Another build of the screens comes to a stand that is open: fetched beside it, taken by a tap."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from playwright.async_api import expect

from api.screens.built import DIST, STAND, WORKER, BuiltScreens
from tests.support.stand import stand
from tests.web.stand.test_offline import SINCE, free_tables, own_clock, seat

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import Page

    from tests.web.stand.conftest import Served, Tablets

SCRIPT = re.compile(r"[\w.-]+\.js")
VERSION = re.compile(r"[0-9a-f]{16}")
NEXT = "-next.js"
BUILD = "document.querySelector('script[type=module]').getAttribute('src')"
SAME_PAGE = "window.loadedBefore === true"
NEW = "A new version of the stand is here."
TEN_MINUTES = "10:01"
"""Longer than half of what the stand waits before it looks; shorter than what locks it."""


@pytest_asyncio.fixture(loop_scope="session")
async def screens_of_its_own(screens: None, friday: Served, tmp_path: Path) -> AsyncIterator[Path]:
    """A copy of the built screens, served by this house until the test ends."""
    del screens
    folder = shutil.copytree(DIST, tmp_path / "dist", ignore=shutil.ignore_patterns("*.br", "*.gz"))
    state = friday.app.app.state
    before, state.screens = state.screens, BuiltScreens(folder)
    yield folder
    state.screens = before


def build_again(folder: Path) -> None:
    """The next build: its scripts have other names, which the pages and the worker know."""
    names = {path.name for path in folder.glob("assets/*.js")}

    def renamed(found: re.Match[str]) -> str:
        return found[0].replace(".js", NEXT) if found[0] in names else found[0]

    for path in (*folder.glob("assets/*.js"), folder / WORKER, *folder.glob("*.html")):
        text = SCRIPT.sub(renamed, path.read_text())
        if path.name == WORKER:
            text = VERSION.sub("0" * 16, text, count=1)
        path.write_text(text)
    for name in names:
        (folder / "assets" / name).rename(folder / "assets" / name.replace(".js", NEXT))
    (folder / STAND).touch()


async def wait_for_look(page: Page) -> None:
    """Let twenty minutes pass at a stand that somebody touches meanwhile."""
    for _ in range(2):
        await page.clock.fast_forward(TEN_MINUTES)
        await page.keyboard.press("Shift")


@pytest.mark.parametrize("friday", ["small"], indirect=True)
async def test_a_new_build_waits_for_a_tap_and_takes_what_was_not_sent_along(
    screens_of_its_own: Path, tablet: Tablets, friday: Served
) -> None:
    page = await tablet("marat", worker=True)
    await own_clock(page)
    table = (await free_tables(page))[0]
    await page.evaluate("window.loadedBefore = true")
    build_again(screens_of_its_own)
    await page.locator(f'[data-table="{table}"]').hover()
    await page.mouse.down()
    await wait_for_look(page)
    await expect(page.get_by_text(NEW)).to_be_visible()
    assert await page.evaluate(SAME_PAGE), "nothing is loaded anew under a finger"
    await page.mouse.up()
    await page.keyboard.press("Escape")

    await page.context.set_offline(True)
    await expect(page.get_by_text(SINCE)).to_be_visible()
    await seat(page, table)
    assert NEXT not in await page.evaluate(BUILD)
    await page.get_by_role("button", name="Start it").click()
    await expect(page.locator(f'script[src*="{NEXT}"]')).to_have_count(1)
    await expect(page.locator(f'[data-table="{table}"] .open')).to_be_visible()
    await expect(page.get_by_text("1 act waits to be sent")).to_be_visible()
    assert not await page.evaluate(SAME_PAGE)
    await expect(page.get_by_text(NEW)).to_be_hidden()
    await page.context.set_offline(False)
    await expect(page.get_by_text("1 act waits")).to_be_hidden()
    await expect(page.get_by_label("not sent yet")).to_have_count(0)
    assert sum(each.tables == (table,) for each in (await stand(friday.pool)).seatings) == 1
