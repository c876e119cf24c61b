"""A manager at a stand pairs another tablet, revokes it, and lets a new person in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.async_api import expect

from tests.api.conftest import PIN
from tests.web.stand.conftest import STAND

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.web.stand.conftest import Served, Tablets

LONG_AGO = "update session set confirmed_at = null"
"""As if everybody had given their PIN more than five minutes ago."""
FIRST_ONLY = "select pin_first and role = 'server' from staff where name = $1"
FIRST = "7351"


async def of_the_house(page: Page, name: str) -> None:
    """Open what only managers have, by the person's sheet."""
    await page.locator("header .person").click()
    await page.get_by_role("button", name=name, exact=True).click()


async def type_pin(page: Page, pin: str) -> None:
    await page.locator(".dots").wait_for()
    await page.keyboard.type(pin)
    await page.keyboard.press("Enter")


async def test_a_tablet_paired_by_a_managers_link_works_until_it_is_revoked(
    tablet: Tablets, friday: Served
) -> None:
    boris = await tablet("boris")
    await friday.pool.execute(LONG_AGO)
    await of_the_house(boris, "Tablets")
    await boris.get_by_role("button", name="Pair a tablet").click()
    await type_pin(boris, PIN)
    await expect(boris.get_by_role("img", name="Code of the pairing link")).to_be_visible()
    link = await boris.locator(".sheet .link").inner_text()
    other = await tablet(None, paired=False, address=link, ready="form")
    await other.get_by_label("Name").fill("By the bar")
    await other.get_by_role("button", name="Pair").click()
    await other.get_by_role("button", name="Marat Galeev").click()
    await type_pin(other, PIN)
    await other.wait_for_selector(STAND)
    await boris.keyboard.press("Escape")
    await of_the_house(boris, "Tablets")
    await boris.get_by_role("button", name="Revoke By the bar").click()
    await boris.get_by_role("button", name="Shut it out now").click()
    await expect(boris.get_by_role("button", name="Revoke By the bar")).to_be_hidden()
    said = other.get_by_text("This tablet is no longer paired")
    await expect(said).to_be_visible(timeout=15_000)


async def test_a_new_person_comes_in_by_a_first_pin(tablet: Tablets, friday: Served) -> None:
    boris = await tablet("boris")
    await friday.pool.execute(LONG_AGO)
    await of_the_house(boris, "People")
    await boris.get_by_role("button", name="Add a person").click()
    await boris.get_by_label("Name").fill("Ида Линд")
    await boris.get_by_role("button", name="Server", exact=True).click()
    await boris.get_by_role("button", name="On to a first PIN").click()
    await type_pin(boris, FIRST)
    await expect(boris.get_by_text("This needs your PIN once more.")).to_be_visible()
    await type_pin(boris, PIN)
    await expect(boris.get_by_text("Ида Линд has a first PIN.")).to_be_visible()
    await expect(boris.get_by_role("button", name=re.compile("First PIN for Anna"))).to_be_hidden()
    other = await tablet(None, ready=".locked")
    await expect(other.get_by_role("button", name="Ида Линд")).to_be_visible()
    assert await friday.pool.fetchval(FIRST_ONLY, "Ида Линд")
