"""Every page of the manager's desk, what is opened on it, and what a careful eye finds there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from seating.reports.registry import REPORTS
from tests.web.stand.every_screen import Quiet

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from playwright.async_api import Page


@dataclass(frozen=True)
class DeskPage:
    """A page: its name, its address after `#/`, and what is clicked there if it is there."""

    name: str
    address: str
    steps: tuple[str, ...] = ()


DESK: Final = "/desk/"
READY: Final = ".shell main h1"
OF_THE_HOUSE: Final = (
    "floor", "hours", "dates", "stays", "booking", "access", "venue", "rules", "playbook",
    "catalogue", "partners", "staff", "called", "tablets", "sessions", "clients", "webhooks",
    "versions", "record", "backups",
)  # fmt: skip
CHANGE: Final = ".house .at :is(li .head button, button.add)"
"""Opens the first entry of a list to be changed, or a new one."""
VALUE: Final = "main button.value"

BESIDE: Final = (
    DeskPage("tonight", "tonight"),
    DeskPage("rules", "rules"),
    DeskPage("rules-value", "rules", (VALUE,)),
    DeskPage("lab", "lab"),
    DeskPage("advice", "advice"),
    DeskPage("reports", "reports"),
    DeskPage("letter", "letter"),
    DeskPage("house", "house"),
)
HOUSE: Final = tuple(DeskPage(f"house-{key}", f"house/{key}") for key in OF_THE_HOUSE)
OPENED: Final = tuple(DeskPage(f"{page.name}-open", page.address, (CHANGE,)) for page in HOUSE)
WRONG: Final = """() => {
    const wrong = []
    if (document.documentElement.scrollWidth > innerWidth) wrong.push('it scrolls sideways')
    if (!document.querySelector('main h1')?.textContent.trim()) wrong.push('it has no heading')
    const found = 'main :is(button, a, summary, select, input:not([type=checkbox]), textarea)'
    for (const node of document.querySelectorAll(found)) {
        const box = node.getBoundingClientRect()
        const beside = getComputedStyle(node).display === 'inline' || node.closest('table, svg')
        if (!node.checkVisibility() || beside || node.matches('.value')) continue
        if (node.scrollWidth > node.clientWidth + 1 && node.matches('button, a'))
            wrong.push(`${node.textContent.trim()} is cut`)
        if (box.height < 43.5) wrong.push(`${node.textContent.trim()} is ${box.height} px high`)
    }
    const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
        const text = walker.currentNode.data.trim()
        if (/^[a-z]+([-_][a-z0-9]+)+$|[{}]|undefined|NaN/.test(text)) wrong.push(`it says ${text}`)
    }
    return wrong
}"""
"""What is wrong with a page, as a list: too wide, too low to tap, a key where words belong."""


def report_pages(query: str, keys: Iterable[str] = REPORTS) -> list[DeskPage]:
    """The pages of reports over the dates of a query."""
    return [DeskPage(f"report-{key}", f"reports/{key}?{query}") for key in keys]


async def every_desk_page(page: Page, pages: Iterable[DeskPage]) -> AsyncIterator[DeskPage]:
    """Lead an open desk to each of the pages in turn."""
    quiet = Quiet(page)
    for each in pages:
        await page.evaluate(f"location.hash = '#/{each.address}'")
        await quiet.comes()
        for step in each.steps:
            found = page.locator(step).locator("visible=true")
            if await found.count():
                await found.first.click()
                await quiet.comes()
        yield each
