"""axe-core finds nothing on any screen, in either theme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scripts.screens import WEB
from tests.web.stand.every_screen import SHEET, every_screen, screens_of_others, shut_screens

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.web.stand.conftest import Tablets, Theme

AXE = WEB / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async ([what, only]) => {
    const found = await axe.run(what ?? document, {
        resultTypes: ['violations'], ...(only ? {runOnly: only} : {}),
        rules: only ? {} : {'label-content-name-mismatch': {enabled: true}}});
    return found.violations.map(each => ({rule: each.id, on: each.nodes.slice(0, 3).map(node =>
        `${node.html.slice(0, 200)} ${node.failureSummary.slice(0, 300)}`)}));
}"""
"""All that is on by itself, of WCAG 2.2 A and AA and best practices, and one rule more: a button is
called by what is seen on it, so that who speaks to a tablet can name it."""

IN_LIGHT = ["color-contrast", "link-in-text-block"]
"""The rules whose answer a theme can change."""


async def violations(
    page: Page, what: str | None = None, only: list[str] | None = None
) -> list[dict[str, Any]]:
    """What axe-core says of a page, or of a part of it."""
    # As an extension would: the page's own policy lets no script in.
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = await page.evaluate(RUN, [what, only])
    return found


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_axe_finds_nothing_on_any_screen(tablet: Tablets, theme: Theme) -> None:
    found = {}
    only = IN_LIGHT if theme == "light" else None
    async for name, shut in shut_screens(tablet, theme=theme):
        found[name] = await violations(shut, None, only)
    async for name, theirs in screens_of_others(tablet, theme=theme):
        found[name] = await violations(theirs, None, only)
    page = await tablet("anna", theme=theme)
    async for screen in every_screen(page):
        found[screen.name] = await violations(page, SHEET if screen.sheet else None, only)
    assert len(found) > 28, sorted(found)
    said = [
        f"{name}: {each['rule']}: {html}"
        for name, all_found in found.items()
        for each in all_found
        for html in each["on"]
    ]
    assert not said, "\n".join(said)
