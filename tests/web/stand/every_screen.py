"""Every screen of the stand, and the taps that lead there."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from tests.support.browser import PATIENCE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Page, Request

    from tests.support.friday import HouseName
    from tests.web.stand.conftest import Tablets

SHEET = ".sheet"
AT_REST = """document.getAnimations().every(one => one.playState !== 'running')
    && [...document.querySelectorAll('h1, h2')].every(one => one.textContent.trim())"""


@dataclass(frozen=True)
class Screen:
    """A screen: its name, what is tapped or pressed on the way from the floor, in order.

    A step is a key, or a selector to click. `sheet`: it lies over the list, and Esc closes it.
    `on`: by its width, the tablet that has it.
    """

    name: str
    steps: tuple[str, ...]
    sheet: bool = True
    on: Literal["any", "phone", "tablet"] = "any"


SCREENS = (
    Screen("floor", (), sheet=False),
    Screen("list", ("nav button.list",), sheet=False, on="phone"),
    Screen("timeline", ("key:p",), sheet=False),
    Screen("desk", ("key:b",), sheet=False),
    Screen("desk-taken", ("key:b", "ul.times .taken"), sheet=False),
    Screen("desk-form", ("key:b", "ul.times button:not(.taken)"), sheet=False),
    Screen("reservation", ("key:b", ".daybook li button")),
    Screen("door", ("key:d",), sheet=False),
    Screen("waiting", ("key:d", "[data-wait] .row")),
    Screen("house", ("nav button.house",), sheet=False),
    Screen("give", ("nav button.house", ".parties button")),
    Screen("table-free", (".table.free",)),
    Screen("table-promised", (".table.promised",)),
    Screen("table-reset", (".table.reset",)),
    Screen("table-seated", ("[data-seating]",)),
    Screen("party", ("[data-row] .look",), on="tablet"),
    Screen("door-two", ("key:2",)),
    Screen("door-ways", ("key:2", ".sheet button.wide")),
    Screen("door-ten", ("key:0",)),
    Screen("waitlist-add", ("key:w",)),
    Screen("journal", ("key:j",)),
    Screen("keys", ("key:?",)),
    Screen("notes", ("header button.service",)),
    Screen("levers", ("header button.online",)),
    Screen("news", ("[role=alert] :is(.call, .case) button.plain",)),
    Screen("person", ("header button.person",)),
    Screen("settings", ("header button.person", ".sheet .foot button:nth-of-type(3)")),
    Screen("tablets", ("header button.person", "button.tablets")),
    Screen("people", ("header button.person", "button.people")),
)
NOBODY_THERE = {
    "desk-taken", "reservation", "waiting", "give", "table-promised", "table-reset", "table-seated",
    "party", "news",
}  # fmt: skip
LACKING: dict[HouseName, set[str]] = {
    "empty": NOBODY_THERE,
    "closed": NOBODY_THERE | {"notes", "levers"},
}
"""The screens that a house has not got: to wait for them would be in vain."""
PHONE = 600
"""Pixels across, at most."""
OF_OTHERS = (
    ("alert", "marat", "[role=alert] button.act"),
    ("kitchen", "timur", None),
    ("viewer", "vera", None),
)
"""What only some see: its name, who, and what is tapped."""


@dataclass
class Quiet:
    """Knows which of a page's questions are not answered yet; news come as long as it is open."""

    page: Page
    asked: set[Request] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.page.on("request", self._ask)
        self.page.on("requestfinished", self._hear)
        self.page.on("requestfailed", self._hear)

    def _ask(self, request: Request) -> None:
        if request.resource_type != "eventsource":
            self.asked.add(request)

    def _hear(self, request: Request) -> None:
        self.asked.discard(request)

    async def comes(self) -> None:
        """Wait until all is answered and nothing moves. Raises TimeoutError."""
        async with asyncio.timeout(PATIENCE / 1000):
            still = 0
            while still < 3:  # an answer may lead to a question
                await at_rest(self.page)
                still = 0 if self.asked else still + 1


def screens_of(page: Page, house: HouseName = "friday") -> list[Screen]:
    """The screens that an owner has in this house on a page of this size."""
    assert page.viewport_size
    on = {"any", "phone" if page.viewport_size["width"] <= PHONE else "tablet"}
    lacking = LACKING.get(house, set())
    return [each for each in SCREENS if each.on in on and each.name not in lacking]


async def every_screen(page: Page, house: HouseName = "friday") -> AsyncIterator[Screen]:
    """Lead an open stand to each screen of a house in turn."""
    quiet = Quiet(page)
    for screen in screens_of(page, house):
        await page.locator("nav button.floor").click()
        await _lead(page, screen, quiet)
        yield screen
        if screen.sheet:
            await page.keyboard.press("Escape")
            await page.wait_for_selector(SHEET, state="detached")


async def at_rest(page: Page) -> None:
    """Wait until nothing moves and every heading says something. Raises TimeoutError.

    Asked by us: the page's own policy lets no function be made of a text, which is how a driver
    would wait for it.
    """
    async with asyncio.timeout(PATIENCE / 1000):
        while not await page.evaluate(AT_REST):  # noqa: ASYNC110 - it is another process
            await asyncio.sleep(0.02)


async def _lead(page: Page, screen: Screen, quiet: Quiet) -> None:
    for step in screen.steps:
        await quiet.comes()
        if step.startswith("key:"):
            await page.keyboard.press(step.removeprefix("key:"))
        else:
            await page.locator(step).locator("visible=true").first.click()
    if screen.sheet:
        await page.wait_for_selector(f"{SHEET} button >> visible=true")
    await quiet.comes()


async def shut_screens(tablet: Tablets, **how: object) -> AsyncIterator[tuple[str, Page]]:
    """The screens without anybody at them: of a new tablet, of a locked one, of a first PIN."""
    yield "pairing", await tablet(None, paired=False, ready="main", **how)  # type: ignore[arg-type]
    yield "locked", await tablet(None, ready="main", **how)  # type: ignore[arg-type]
    yield "first-pin", await tablet("lena", ready="main section", **how)  # type: ignore[arg-type]


async def screens_of_others(tablet: Tablets, **how: object) -> AsyncIterator[tuple[str, Page]]:
    """What those see who do not lead the stand, or are called at it."""
    for name, who, step in OF_OTHERS:
        page = await tablet(who, **how)  # type: ignore[arg-type]
        quiet = Quiet(page)
        if step is not None:
            await page.locator(step).first.click()
            await page.wait_for_selector(f"{SHEET} button >> visible=true")
        await quiet.comes()
        yield name, page
