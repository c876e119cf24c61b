"""The stand in Chromium, and what is measured on it."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from playwright.async_api import async_playwright

from scripts.benchmark.stand_house import WATCHING
from scripts.chromium import FLAGS, chromium

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, CDPSession, Page, StorageState

    from scripts.benchmark.stand_house import House, Tablet

MEASURES: Final = Path(__file__).with_suffix(".js")
OPEN: Final = ".stand [data-table]"
SHEETS: Final = (
    "[data-seating]",
    ".table.free",
    ".table.promised",
    "[data-row] .look",
)
"""What is tapped, of each kind one."""
ALWAYS: Final = ("[data-seating]", "[data-row] .look")
"""Those of them that there are at any moment of an evening."""
SHEET: Final = ".sheet"
SEEN_SECONDS: Final = 15.0
PAUSE_SECONDS: Final = 0.3
"""Between two changes that are timed: three a second is more than a full house makes."""


@dataclass
class Stand:
    """One stand, paired and logged in, at its floor."""

    page: Page
    devtools: CDPSession

    async def changed(self, tablet: Tablet, table: str) -> list[tuple[float, float]]:
        """Two changes of another tablet: from the order's sending and from the news, ms."""
        action = ""
        found = []
        for filled in (True, False):
            seen = asyncio.create_task(
                self.page.evaluate(f"bench.table('{table}', {str(filled).lower()})")
            )
            await asyncio.sleep(PAUSE_SECONDS)
            if filled:
                action, sent = await tablet.seat(table)
            else:
                sent = await tablet.undo(action)
            times: dict[str, Any] = await asyncio.wait_for(seen, SEEN_SECONDS)
            found.append((times["painted"] - sent * 1000, times["painted"] - times["heard"]))
        return found

    async def tapped(self, selector: str) -> float:
        """From a tap to its sheet on the screen, in ms; the sheet is closed again."""
        waiting = asyncio.create_task(self.page.evaluate("bench.tap()"))
        await asyncio.sleep(0.02)
        await self.page.locator(selector).first.tap()
        spent = float(await asyncio.wait_for(waiting, SEEN_SECONDS))
        await self.close()
        return spent

    async def worked(self) -> dict[str, float]:
        """Processor seconds of the page until now: in all, of scripts, of styles and layout."""
        found = (await self.devtools.send("Performance.getMetrics"))["metrics"]
        spent = {each["name"]: float(each["value"]) for each in found}
        looks = spent["LayoutDuration"] + spent["RecalcStyleDuration"]
        return {"all": spent["TaskDuration"], "script": spent["ScriptDuration"], "look": looks}

    async def close(self) -> None:
        """Close the sheet."""
        await self.page.keyboard.press("Escape")
        await self.page.wait_for_selector(SHEET, state="detached")

    async def memory(self) -> tuple[int, int]:
        """Bytes of the JavaScript heap and DOM nodes, after everything unused was collected."""
        for _ in range(2):
            await self.devtools.send("HeapProfiler.collectGarbage")
        heap = await self.devtools.send("Runtime.getHeapUsage")
        counted = await self.devtools.send("Memory.getDOMCounters")
        return int(heap["usedSize"]), int(counted["nodes"])

    async def fetched(self) -> int:
        """How often the evening was fetched until now."""
        return int(await self.page.evaluate("bench.fetched"))

    async def sizes(self) -> dict[str, int]:
        """Bytes on the wire of what came before the floor was seen, by path."""
        await self.page.wait_for_function("bench.opened", polling=50)
        found = await self.page.evaluate("bench.sizes(bench.opened)")
        return {path: int(size) for path, size in found}

    async def fonts(self) -> int:
        """Bytes of the fonts that this page has loaded by now."""
        await self.page.evaluate("document.fonts.ready.then(() => true)")
        found = await self.page.evaluate("bench.sizes(Infinity)")
        return sum(int(size) for path, size in found if path.endswith(".woff2"))


@asynccontextmanager
async def launched() -> AsyncIterator[Browser]:
    """A browser, the one that CHROMIUM names."""
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def opened(
    browser: Browser,
    house: House,
    code: str | None,
    *,
    kept: StorageState | None = None,
    locale: str = "en-GB",
) -> AsyncIterator[Stand]:
    """A stand paired by a code, or with the cookies that another has (`kept`)."""
    context = await browser.new_context(
        base_url=house.url,
        viewport={"width": 1180, "height": 820},
        locale=locale,
        has_touch=True,
        storage_state=kept,
        bypass_csp=True,
    )
    await context.add_init_script(MEASURES.read_text(encoding="utf-8"))
    page = await context.new_page()
    if code is not None:
        pairing = {"venue": house.venue, "code": code, "device_name": "the stand measured"}
        await page.request.post("/host/pair", data=pairing)
        await page.request.post("/host/login", data={"staff_id": WATCHING, "pin": house.pin})
    await page.goto("/stand/")
    await page.wait_for_selector(OPEN)
    await page.wait_for_load_state("load")
    devtools = await context.new_cdp_session(page)
    await devtools.send("HeapProfiler.enable")
    await devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
    try:
        yield Stand(page, devtools)
    finally:
        await context.close()
