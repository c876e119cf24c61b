"""The manager's desk: reports from the list down to the reservations behind a number."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.async_api import expect

from tests.web.stand.test_accessible import violations

if TYPE_CHECKING:
    from tests.web.stand.conftest import Served, Tablets

FRIDAY = "from=2027-06-11&to=2027-06-11"
WIDE = "document.documentElement.scrollWidth <= innerWidth"
PHONED = """
select count(*) from reservation r join period p using (venue_id, period_id)
where r.venue_id = 'bistro' and p.service_date = '2027-06-11' and r.channel = 'phone'
  and r.state <> 'declined'
"""


async def test_a_number_opens_the_reservations_behind_it_and_the_table_is_taken_along(
    tablet: Tablets, friday: Served
) -> None:
    address = f"/desk/#/reports/bookings?{FRIDAY}"
    page = await tablet("boris", size=(1280, 860), address=address, ready=".chart svg")
    await expect(page.get_by_role("heading", name="What became of bookings")).to_be_visible()
    phoned = await friday.pool.fetchval(PHONED)
    row = page.get_by_role("row", name=re.compile("^Phone"))
    await row.get_by_role("button").first.click()
    dialog = page.get_by_role("dialog", name="Booked: Phone")
    await expect(dialog.get_by_text(f"{phoned} cases, the latest first.")).to_be_visible()
    await expect(dialog.locator("tbody tr")).to_have_count(phoned)
    found = await violations(page)
    assert found == {}, found
    await page.keyboard.press("Escape")
    async with page.expect_download() as taken:
        await page.get_by_role("button", name="Save as CSV").click()
    saved = await (await taken.value).path()
    assert (await taken.value).suggested_filename == "bookings_2027-06-11_2027-06-11.csv"
    lines = Path(saved).read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("Channel,Booked,Guests")
    assert f"Phone,{phoned}," in "\n".join(lines)


async def test_the_list_of_reports_says_what_each_finds_on_a_phone_in_russian(
    tablet: Tablets,
) -> None:
    page = await tablet(
        "boris",
        size=(390, 844),
        language="ru",
        address=f"/desk/#/reports?{FRIDAY}",
        ready="main h1",
    )
    first = page.get_by_role("link", name="Гости по каналам")
    await expect(first).to_contain_text("Посадили")
    found = await violations(page)
    assert found == {}, found
    await first.tap()
    await page.wait_for_selector(".chart svg")
    assert await page.evaluate(WIDE)
    await page.get_by_label("День недели").select_option("1")
    await expect(page.get_by_text("В эти дни ещё не было ни одной смены.")).to_be_visible()
    found = await violations(page)
    assert found == {}, found
