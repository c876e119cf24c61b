"""Every screen of the stand, and the taps that lead there."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Page

    from tests.web.stand.conftest import Tablets

SHEET = ".sheet"
AT_REST = """document.getAnimations().every(one => one.playState !== 'running')
    && [...document.querySelectorAll('h1, h2')].every(one => one.textContent.trim())"""


@dataclass(frozen=True)
class Screen:
    """A screen: its name, what is tapped or pressed on the way from the floor, in order.

    A step is a key, or a selector to click. `sheet`: it lies over the list, and Esc closes it.
    """

    name: str
    steps: tuple[str, ...]
    sheet: bool = True


SCREENS = (
    Screen("floor", (), sheet=False),
    Screen("list", ("nav button.list",), sheet=False),
    Screen("desk", ("key:b",), sheet=False),
    Screen("desk-taken", ("key:b", "ul.times .taken"), sheet=False),
    Screen("desk-form", ("key:b", "ul.times button:not(.taken)"), sheet=False),
    Screen("door", ("key:d",), sheet=False),
    Screen("house", ("nav button.house",), sheet=False),
    Screen("table-free", ("[data-table='T4']",)),
    Screen("table-seated", ("[data-seating]",)),
    Screen("party", ("[data-row] .look",)),
    Screen("door-two", ("key:2",)),
    Screen("door-ten", ("key:0",)),
    Screen("waitlist-add", ("key:w",)),
    Screen("journal", ("key:j",)),
    Screen("keys", ("key:?",)),
    Screen("notes", ("header button.service",)),
    Screen("levers", ("header button.online",)),
    Screen("person", ("header button.person",)),
    Screen("tablets", ("header button.person", "button.tablets")),
    Screen("people", ("header button.person", "button.people")),
)


async def every_screen(page: Page) -> AsyncIterator[Screen]:
    """Lead an open stand to each screen in turn; one that this house does not have is left out."""
    for screen in SCREENS:
        await page.locator("nav button.floor").click()
        if await _lead(page, screen):
            await at_rest(page)
            yield screen
        if screen.sheet:
            await page.keyboard.press("Escape")
            await page.wait_for_selector(SHEET, state="detached")


async def at_rest(page: Page) -> None:
    """Wait until nothing moves and every heading says something. Raises TimeoutError.

    Asked by us: the page's own policy lets no function be made of a text, which is how a driver
    would wait for it.
    """
    async with asyncio.timeout(10):
        while not await page.evaluate(AT_REST):  # noqa: ASYNC110 - it is another process
            await asyncio.sleep(0.02)


async def _lead(page: Page, screen: Screen) -> bool:
    for step in screen.steps:
        if step.startswith("key:"):
            await page.keyboard.press(step.removeprefix("key:"))
            continue
        found = page.locator(step).locator("visible=true").first
        if not await found.count():
            return False
        await found.click()
    if screen.sheet:
        await page.wait_for_selector(f"{SHEET} button")
    await page.wait_for_load_state("networkidle")
    return True


async def shut_screens(tablet: Tablets, **how: object) -> AsyncIterator[tuple[str, Page]]:
    """The screens without anybody at them: of a new tablet, and of a locked one."""
    yield "pairing", await tablet(None, paired=False, ready="form", **how)  # type: ignore[arg-type]
    yield "locked", await tablet(None, ready="main", **how)  # type: ignore[arg-type]
