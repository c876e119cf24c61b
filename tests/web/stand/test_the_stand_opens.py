"""The stand opens on a tablet: by a link, with a PIN, and as it was left."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.web.stand.conftest import Tablets


async def test_a_tablet_that_somebody_is_logged_in_at_shows_the_floor_and_the_book(
    tablet: Tablets,
) -> None:
    page = await tablet("marat")
    assert await page.locator("main.floor svg").count() >= 1
    second = await tablet("sofia", language="ru", theme="light")
    assert await second.evaluate("document.documentElement.lang") == "ru"
