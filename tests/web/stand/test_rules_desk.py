"""The manager's desk: rules as sentences, tried on evenings that were, and published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from playwright.async_api import expect

from seating.lab.worker import play_queued
from tests.api.conftest import PIN
from tests.support.lived_house import MANAGER
from tests.web.stand.calling import call
from tests.web.stand.test_accessible import violations

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.web.stand.conftest import Served, Tablets

RULES = "/desk/#/rules"
LAPTOP = (1280, 860)
PHONE = (390, 844)
EVENINGS = 30
TONIGHT, TOMORROW = "2027-06-10", "2027-06-11"
STARTS = ("19:00", "19:00", "19:15", "19:15", "19:30", "19:30", "19:45")
"""Of parties of six: more than the house has tables for, in steps that the kitchen takes."""
SIX_AT = """async ([starts, phone, csrf]) => {
    const body = {id: crypto.randomUUID(), channel: 'phone', party_size: 6, starts,
        guest: {name: 'Nadja Berg', phone}}
    const headers = {'content-type': 'application/json', 'x-csrf-token': csrf}
    const told = await fetch('/host/reservations',
        {method: 'POST', headers, body: JSON.stringify(body)})
    return told.json()
}"""
BEYOND_MORE = """
select sum((figures->1->>'beyond')::int) > sum((figures->0->>'beyond')::int) from lab_night
"""
"""The draft promised more parties a place beyond the room than the rules in force."""
LATEST_VERSION = "select max(version) from rules"
PIN_LONG_AGO = "update session set confirmed_at = confirmed_at - interval '1 hour'"
WIDE = "document.documentElement.scrollWidth <= innerWidth"


async def desk(tablet: Tablets, who: str = "boris", size: tuple[int, int] = LAPTOP) -> Page:
    """The desk at its rules."""
    return await tablet(who, size=size, address=RULES, ready=".shell h1", theme="light")


async def test_a_manager_sees_the_rules_on_a_phone_too_and_a_host_is_sent_to_the_stand(
    tablet: Tablets,
) -> None:
    phone = await desk(tablet, size=PHONE)
    await expect(phone.get_by_role("heading", name="The rules in force")).to_be_visible()
    await phone.get_by_role("button", name="Chance that such a party waits: 30 %").tap()
    await expect(phone.get_by_role("textbox")).to_have_value("30")
    found = await violations(phone)
    assert found == {}, found
    await phone.get_by_role("button", name="Done").tap()
    found = await violations(phone)
    assert found == {}, found
    assert await phone.evaluate(WIDE)
    host = await tablet("marat", address="/desk/", ready="main h1")
    await expect(host.get_by_text("Marat Galeev, the rules")).to_be_visible()
    await host.get_by_role("link", name="To the stand").tap()
    await host.wait_for_selector(".stand[data-view]")


@pytest.mark.parametrize("friday", ["lived"], indirect=True)
async def test_a_raised_ceiling_is_tried_on_past_evenings_and_decides_from_tomorrow(
    tablet: Tablets, friday: Served
) -> None:
    in_force = await friday.pool.fetchval(LATEST_VERSION)
    page = await desk(tablet, MANAGER)
    await draft_a_higher_ceiling(page)
    await try_it(page, friday, in_force + 1)
    await page.get_by_role("button", name="Publish from").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_label("From the service of")).to_have_value(TOMORROW)
    await friday.pool.execute(PIN_LONG_AGO)
    await dialog.get_by_role("button", name="Publish from 11 June").click()
    await page.get_by_role("dialog", name="Your PIN once more").wait_for()
    await page.keyboard.type(PIN)
    await page.keyboard.press("Enter")
    holds = f"Version {in_force + 1} holds from 11 June."
    await expect(page.get_by_text(holds)).to_be_visible()

    # The same parties ask for both evenings: for one more than there is room for, a yes or a no.
    assert await last_answer(page, TONIGHT) == (in_force, 0.05, "RISK_OVER_CEILING")
    assert await last_answer(page, TOMORROW) == (in_force + 1, 0.9, "overbooked")


async def test_by_keys_alone_a_rule_is_changed_and_published_and_a_colleague_is_told(
    tablet: Tablets,
) -> None:
    page = await desk(tablet)
    keys, name = page.keyboard, "Chance that such a party waits"
    value, field = page.get_by_role("button", name=name), page.get_by_role("textbox", name=name)
    await value.focus()
    for typed in ("700", "12"):
        await keys.press("Enter")
        await keys.press("Tab")
        await expect(field).to_be_focused()
        await field.press("Control+A")
        await keys.type(typed)
        await keys.press("Tab")
        told = page.get_by_role("alert").filter(has_text="A number from 0 to 100.")
        await expect(told).to_have_count(int(typed == "700"))
        await keys.press("Escape")
        await expect(value).to_be_focused()
    await page.get_by_role("button", name="Keep the draft").press("Enter")
    await expect(page.get_by_label("Its name")).to_be_focused()
    await keys.press("Enter")
    await expect(page.get_by_text("Give the draft a name")).to_be_visible()
    await keys.type("By keys alone")
    await keys.press("Enter")
    await expect(page.get_by_role("heading", name="By keys alone")).to_be_focused()

    draft = await page.evaluate("location.hash")
    other = await tablet("anna", size=LAPTOP, address=f"/desk/{draft}", ready=".shell h1")
    await set_value(other, name, "20")
    await page.get_by_role("button", name="Publish from").press("Enter")
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_label("From the service of")).to_be_focused()
    publishing = dialog.get_by_role("button", name="Publish from")
    await expect(publishing).to_be_enabled()
    await publishing.press("Enter")
    await expect(page.get_by_text("holds from")).to_be_visible()
    await other.get_by_role("button", name="Keep the draft").click()
    await expect(other.get_by_text("was published meanwhile")).to_be_visible()
    await expect(other.get_by_role("button", name=f"{name}: 20 %")).to_be_visible()
    versions = await call(page, "GET", "/manage/rules")
    assert [each["state"] for each in versions[:2]] == ["published", "published"]


async def draft_a_higher_ceiling(page: Page) -> None:
    """Draft it with a mistake, which is told; mend that and compare with what is in force."""
    await set_value(page, "Chance that such a party waits", "90")
    await set_value(page, "Largest party", "8")
    await set_value(page, "A guest sent away costs", "1", unfold="Who gets a yes")
    await page.get_by_role("button", name="Keep the draft").click()
    await page.get_by_label("Its name").fill("A draft for weekends")
    await page.get_by_role("button", name="Keep it").click()
    wrong = page.locator("p.wrong")
    await expect(wrong).to_contain_text("Expected at least €10, got €1.")
    await page.get_by_role("button", name="A guest sent away costs").click()
    await page.get_by_role("button", name="Back to €100").click()
    await expect(page.get_by_text("2 changes, not kept yet")).to_be_visible()
    await page.get_by_role("button", name="Compare").click()
    await page.get_by_label("Its name").fill("A draft for weekends")
    await page.get_by_role("button", name="Keep it").click()
    await expect(page.get_by_role("dialog").locator("li")).to_have_count(2)
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("heading", name="A draft for weekends")).to_be_visible()
    await expect(page.locator("s", has_text="5 %")).to_be_visible()


async def try_it(page: Page, served: Served, draft: int) -> None:
    """Have the lab play version `draft` on the latest evenings; look at them there and beside it.

    What plays them is the function that the lab's process runs.
    """
    lab = page.get_by_role("region", name="The lab")
    await lab.get_by_label("How many evenings").fill(str(EVENINGS))
    await lab.get_by_role("button", name=f"Try on {EVENINGS} evenings").click()
    await expect(lab.get_by_text("Waits for its turn.")).to_be_visible()
    assert await play_queued(served.pool, uuid4(), "here") == 1
    lead = lab.locator("p.serif").first
    await expect(lead).to_contain_text(f"On your last {EVENINGS} evenings this draft")
    assert await served.pool.fetchval(BEYOND_MORE)
    await expect(lab.locator(".chart svg circle").first).to_be_visible()
    await expect(lab.get_by_text("Not replayed")).to_be_visible()
    found = await violations(page)
    assert found == {}, found
    await lab.get_by_role("button", name="As a list").click()
    rows = lab.locator("tbody tr")
    await expect(rows).to_have_count(EVENINGS)
    await rows.first.get_by_role("button").click()
    night = page.get_by_role("dialog")
    await expect(night.locator(".chart svg rect").first).to_be_visible()
    await night.get_by_role("button", name="In force").click()
    found = await violations(page)
    assert found == {}, found
    await page.keyboard.press("Escape")
    await lab.get_by_role("link", name="All runs").click()
    await expect(page.get_by_role("link", name=f"Version {draft}")).to_contain_text("30 evenings")
    found = await violations(page)
    assert found == {}, found
    await page.go_back()
    await expect(page.get_by_role("heading", name="A draft for weekends")).to_be_visible()


async def last_answer(page: Page, day: str) -> tuple[int, float, str]:
    """Ask for tables for six until one gets none of its own: version, ceiling, what is answered."""
    csrf = (await call(page, "GET", "/host/me"))["csrf_token"]
    answers: list[dict[str, Any]] = []
    for place, starts in enumerate(STARTS):
        asked = [f"{day}T{starts}:00+02:00", f"+4930551{day[-2:]}{place:03}", csrf]
        answers.append(await page.evaluate(SIX_AT, asked))
        if answers[-1].get("kind") != "physical":
            break
    decided = await call(page, "GET", f"/manage/periods/{day}.dinner/override")
    last = answers[-1]
    assert len(answers) > 1, last
    of = decided["rules"]["overbooking"]["ceiling"]
    return decided["rules_version"], of, last.get("kind") or last["code"]


async def set_value(page: Page, name: str, value: str, unfold: str = "") -> None:
    """Touch a value of a sentence and type another."""
    if unfold:
        section = page.get_by_role("region", name=unfold)
        await section.get_by_role("button", name="All about it").click()
    await page.get_by_role("button", name=name).click()
    await page.get_by_role("textbox", name=name).fill(value)
    await page.get_by_role("textbox", name=name).press("Tab")
    await page.get_by_role("button", name="Done").click()
