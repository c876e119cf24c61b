"""Paper: the sheet of an evening and the chit of a party, two taps from the floor, page by page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.web.stand.test_accessible import violations

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.web.stand.conftest import Tablets

BOX = re.compile(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]")
POINTS_PER_MM = 72 / 25.4


async def pages_of(page: Page) -> list[tuple[int, int]]:
    """The pages that a printer gets, in millimetres: width and height."""
    pdf = await page.pdf(prefer_css_page_size=True)
    return [
        tuple(round(float(side) / POINTS_PER_MM) for side in found)  # type: ignore[misc]
        for found in BOX.findall(pdf)
    ]


async def test_the_sheet_of_a_friday_is_a_few_pages_with_everybody_on_it(tablet: Tablets) -> None:
    page = await tablet("marat")
    await page.locator("header button.service").tap()
    await page.get_by_role("button", name="Print tonight").tap()
    paper = page.locator(".paper.service")
    await paper.wait_for()
    rows = await paper.locator("tbody tr").count()
    assert rows > 60
    assert await paper.locator(".must").count() > 3
    assert await violations(page, ".sheet") == {}
    pages = await pages_of(page)
    assert set(pages) == {(210, 297)}
    assert 2 <= len(pages) <= 10
    await page.emulate_media(media="print")
    assert not await page.locator("#stand").is_visible()
    assert not await page.get_by_role("button", name="Print", exact=True).is_visible()
    assert (
        await paper.locator("thead").first.evaluate("head => getComputedStyle(head).display")
        == "table-header-group"
    ), "it stands on each page"


async def test_a_chit_is_as_long_as_what_is_on_it_and_begins_with_the_allergies(
    tablet: Tablets,
) -> None:
    page = await tablet("marat")
    with_allergy = await page.evaluate(
        "fetch('/host/tonight').then(answer => answer.json()).then(told =>"
        " told.seatings.find(each => each.allergies && each.state === 'seated').tables[0])"
    )
    await page.locator(f"[data-table='{with_allergy}']").first.tap()
    await page.get_by_role("button", name="Chit").tap()
    chit = page.locator(".paper.chit")
    await chit.wait_for()
    assert (await chit.locator(".must").inner_text()).startswith("ALLERGIC: ")
    ((width, height),) = await pages_of(page)
    assert width == 80
    assert 50 <= height <= 140


@pytest.mark.parametrize("friday", ["empty"], indirect=True)
async def test_an_evening_without_bookings_has_a_sheet_of_one_page(tablet: Tablets) -> None:
    page = await tablet("marat", language="ru")
    await page.locator("header button.service").tap()
    await page.get_by_role("button", name="Напечатать лист вечера").tap()
    await page.get_by_text("Пока никто не забронировал.").wait_for()
    assert await pages_of(page) == [(210, 297)]
