"""What servers, the kitchen and a viewer see: what they may do, nothing that is refused."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.support.friday import NOW
from tests.support.house import VENUE, move_clock
from tests.web.stand.calling import call

if TYPE_CHECKING:
    from playwright.async_api import Page, Response

    from tests.web.stand.conftest import Served, Tablets

SERVER = ("ida", "Ida Lind", "server")
NEW_PERSON = "insert into staff (venue_id, staff_id, name, role) values ($1, $2, $3, $4)"


@pytest_asyncio.fixture(loop_scope="session")
async def staffed(friday: Served) -> Served:
    """The Friday with a server besides its cook and its viewer."""
    await friday.pool.execute(NEW_PERSON, VENUE, *SERVER)
    return friday


def refusals(page: Page) -> list[str]:
    """What is refused on a page from now on."""
    found: list[str] = []

    def hear(answer: Response) -> None:
        if answer.status >= 400:
            found.append(f"{answer.status} {answer.request.method} {answer.url}")

    page.on("response", hear)
    return found


async def walk(page: Page) -> None:
    """Look at all there is: every view, a party, a table, guests, news, the journal, oneself."""
    for tab in await page.locator("header nav button").locator("visible=true").all():
        await tab.click()
        await page.wait_for_load_state("networkidle")
    await page.locator("nav button.floor").click()
    for door in ("[data-seating]", "[data-table='T12']", "[data-row] .look", "header .person"):
        await page.locator(door).first.click()
        await page.locator(".sheet").wait_for()
        await page.keyboard.press("Escape")
        await page.locator(".sheet").wait_for(state="detached")
    for key in ("b", "d", "w", "/", "3", "j"):
        await page.keyboard.press(key)
    await page.locator(".sheet").wait_for()
    await page.wait_for_load_state("networkidle")
    await page.keyboard.press("Escape")


async def test_the_kitchen_sees_what_to_bring_and_the_allergies(
    tablet: Tablets, staffed: Served
) -> None:
    marat = await tablet("marat")
    tonight = await call(marat, "GET", "/host/tonight")
    party = next(
        each for each in tonight["seatings"] if each["allergies"] and each["state"] == "seated"
    )
    it = {"seating_id": party["seating_id"], "version": party["version"]}
    await call(marat, "POST", "/host/orders/serve", {"id": str(uuid4()), **it, "check_down": True})
    wish = {"seating_id": party["seating_id"], "item": "dessert", "reason": "other"}
    wish |= {"line": "They waited.", "guest_asked": True}
    timur = await tablet("timur")
    said = refusals(timur)
    offered = await call(marat, "POST", "/host/gestures/offer", {"id": str(uuid4()), **wish})
    told = {"gesture_id": offered["gesture_id"], "version": offered["version"]}
    await call(marat, "POST", "/host/gestures/accept", {"id": str(uuid4()), **told})
    task = timur.locator("li", has_text="They waited.")
    await expect(task).to_contain_text(party["allergies"])
    await expect(task.locator(".table")).to_have_css("font-size", "40px")
    await move_clock(staffed.pool, NOW + timedelta(seconds=5))
    await task.get_by_role("button", name="Brought").click()
    await expect(task).to_be_hidden()
    await timur.get_by_role("button", name=re.compile("^Undo")).click()
    await expect(task).to_be_visible()
    await walk(timur)
    await expect(timur.locator(".keypad")).to_be_hidden()
    assert said == []


@pytest.mark.usefixtures("staffed")
async def test_a_server_has_bill_and_gifts_and_no_more(tablet: Tablets) -> None:
    ida = await tablet("ida")
    said = refusals(ida)
    await walk(ida)
    await expect(ida.locator("[data-row] .acts")).to_have_count(0)
    await ida.locator("[data-seating]").first.click()
    sheet = ida.get_by_role("dialog")
    await expect(sheet.get_by_role("button", name="From the house")).to_be_visible()
    await expect(sheet.get_by_role("button", name="Move")).to_be_hidden()
    await sheet.get_by_role("button", name="Bill").click()
    await sheet.get_by_role("button", name=re.compile("^Undo")).click()
    await expect(sheet.get_by_role("button", name="Bill")).to_be_visible()
    assert said == []


@pytest.mark.usefixtures("staffed")
async def test_who_only_looks_on_changes_nothing(tablet: Tablets) -> None:
    otto = await tablet("vera")
    said = refusals(otto)
    await walk(otto)
    await otto.locator("[data-seating]").first.click()
    sheet = otto.get_by_role("dialog")
    await sheet.locator(".since").wait_for()
    await expect(sheet.locator(".acts button, .foot button")).to_have_count(0)
    assert said == []
