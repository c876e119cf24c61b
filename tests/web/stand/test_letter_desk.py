"""The manager's desk: the morning letter and what the evenings advise, after twelve evenings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from seating.db import run
from seating.letter.proposals import write_letter
from tests.support.house import CLOCK, VENUE
from tests.support.reported_book import TODAY, reported_book
from tests.web.stand.test_accessible import violations

if TYPE_CHECKING:
    from seating.db import Pool
    from tests.web.stand.conftest import Served, Tablets

LATEST = "select max(service_date) from period where venue_id = $1 and service_date < $2"
HALF_A_SHEET = "A5"
"""A real evening's letter is twice as long as this one."""
PAGE = re.compile(rb"/Type\s*/Page\b")


async def written(pool: Pool) -> str:
    """Keep the letter of the last of twelve evenings, with what they advise; its date."""
    await reported_book(pool)
    day = await pool.fetchval(LATEST, VENUE, TODAY)

    await run(pool, lambda conn: write_letter(conn, VENUE, day, CLOCK))
    return str(day)


@pytest.mark.parametrize("friday", ["small"], indirect=True)
async def test_the_letter_says_what_was_prints_on_one_sheet_and_advice_becomes_a_draft(
    tablet: Tablets, friday: Served
) -> None:
    day = await written(friday.pool)
    page = await tablet(
        "boris",
        size=(390, 844),
        address=f"/desk/#/letter/{day}",
        ready=".letter .proposals",
    )
    await expect(page.get_by_role("heading", name="Tuesday 2 March")).to_be_visible()
    given = page.get_by_role("region", name="Who received a gesture")
    await expect(given).to_contain_text(re.compile(r"Something went to .+ \(\d+ of \d+\)"))
    found = await violations(page)
    assert found == {}, found
    await page.emulate_media(media="print")
    assert len(PAGE.findall(await page.pdf(format=HALF_A_SHEET))) == 1
    await page.emulate_media(media="screen")
    await page.evaluate("location.hash = '#/advice'")
    await expect(page.get_by_role("heading", name="What your evenings advise")).to_be_visible()
    found = await violations(page)
    assert found == {}, found
    await page.get_by_role("button", name="Make a draft of it").first.tap()
    await page.wait_for_url(re.compile("#/(rules/|house/)"))
