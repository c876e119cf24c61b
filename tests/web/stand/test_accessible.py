"""axe-core finds nothing on any screen, in either theme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scripts.screens import WEB
from tests.web.stand.every_screen import (
    SHEET,
    at_rest,
    every_screen,
    screens_of_others,
    shut_screens,
)

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.web.stand.conftest import Tablets

AXE = WEB / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async ({what, only}) => {
    const found = await axe.run(what ?? document, {
        resultTypes: ['violations'], preload: false, iframes: false,
        ...(only ? {runOnly: {type: 'rule', values: only}}
            : {rules: {'label-content-name-mismatch': {enabled: true}}})});
    return found.violations.map(each => ({rule: each.id, on: each.nodes.slice(0, 3).map(node =>
        `${node.html.slice(0, 200)} ${node.failureSummary.slice(0, 300)}`)}));
}"""
"""All that is on by itself, of WCAG 2.2 A and AA and best practices, and one rule more: a button is
called by what is seen on it, so that who speaks to a tablet can name it."""
OF_COLOUR = ("color-contrast", "link-in-text-block")
"""What another theme may break: it changes nothing but colours (styles/tokens.css)."""
LIGHT = "document.documentElement.dataset.theme = 'light'"
DARK = "document.documentElement.dataset.theme = 'dark'"


async def violations(page: Page, what: str | None = None) -> dict[str, list[str]]:
    """What axe-core says of a page, or of a part of it, in both themes: by the rule, where."""
    # As an extension would: the page's own policy lets no script in.
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = await page.evaluate(RUN, {"what": what, "only": None})
    await page.evaluate(LIGHT)
    await at_rest(page)
    found += await page.evaluate(RUN, {"what": what, "only": OF_COLOUR})
    await page.evaluate(DARK)
    return {each["rule"]: each["on"] for each in found}


async def test_axe_finds_nothing_on_any_screen_in_either_theme(tablet: Tablets) -> None:
    found = {}
    async for name, shut in shut_screens(tablet):
        found[name] = await violations(shut)
    async for name, theirs in screens_of_others(tablet):
        found[name] = await violations(theirs)
    page = await tablet("anna")
    async for screen in every_screen(page):
        found[screen.name] = await violations(page, SHEET if screen.sheet else None)
    assert len(found) == 34, sorted(found)
    assert {name: each for name, each in found.items() if each} == {}
