"""Every page of the manager's desk on a phone in Russian, where words are longest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.stand.every_desk_page import (
    BESIDE,
    DESK,
    HOUSE,
    READY,
    WRONG,
    DeskPage,
    every_desk_page,
    report_pages,
)

if TYPE_CHECKING:
    from tests.web.stand.conftest import Tablets

FRIDAY = "from=2027-06-11&to=2027-06-11"
OF_EACH_KIND = ("bookings", "covers-time", "covers-day", "turnaways", "no-show-risk", "held")
"""A report of each kind of picture, and one of nothing."""
CLOSED = DeskPage("reports", "reports?from=2027-06-07&to=2027-06-07")
"""The list of a Monday: it asks for a few reports, not for all."""


@pytest.mark.parametrize("friday", ["friday"], indirect=True)
async def test_nothing_is_cut_too_low_to_tap_or_said_by_its_key_on_any_page_of_the_desk(
    tablet: Tablets,
) -> None:
    page = await tablet("anna", size=(390, 844), language="ru", address=DESK, ready=READY)
    beside = [CLOSED if each.name == CLOSED.name else each for each in BESIDE]
    pages, found = [*beside, *HOUSE, *report_pages(FRIDAY, OF_EACH_KIND)], {}
    async for each in every_desk_page(page, pages):
        found[each.name] = await page.evaluate(WRONG)
    assert len(found) == len(pages)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
