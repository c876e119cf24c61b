"""The house is kept at the desk: a table moved and published, a person taken in, an hour mended."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
import pytest
from playwright.async_api import expect

from policies.house.house import House
from tests.support.house import VENUE
from tests.web.stand.test_accessible import violations

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

    from tests.web.stand.conftest import Served, Tablets

pytestmark = pytest.mark.parametrize("friday", ["small"], indirect=True)

DESK = (1280, 860)
PIN = "2468"
PUBLISHED = """
select house::text from house
where venue_id = $1 and state = 'published' order by version desc limit 1
"""
DRAFTED = "select house::text from house where venue_id = $1 and state = 'draft'"
ROLE_OF = "select role from staff where venue_id = $1 and name = $2"
LONG_AGO = "update session set confirmed_at = null"
CALLED = """
select (body -> 'approvals' -> 'order')::text from rules
where venue_id = $1 and state = 'published' order by version desc limit 1
"""
DRAFTS = "select count(*) from house where venue_id = $1 and state = 'draft'"


async def at_the_desk(tablet: Tablets, page: str, who: str = "anna") -> Page:
    shown = await tablet(
        who, size=DESK, address=f"/desk/#/house/{page}", ready=".house nav", theme="light"
    )
    await shown.locator(".house h1").wait_for()
    return shown


async def published(friday: Served) -> House:
    return msgspec.json.decode(await friday.pool.fetchval(PUBLISHED, VENUE), type=House)


async def middle(table: Locator) -> tuple[float, float]:
    box = await table.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


async def test_axe_finds_nothing_on_any_page_of_the_house(tablet: Tablets) -> None:
    page = await at_the_desk(tablet, "floor")
    links = page.locator(".house nav a")
    found = {}
    for place in range(await links.count()):
        name = await links.nth(place).inner_text()
        await links.nth(place).click()
        await page.get_by_role("heading", level=1, name=name, exact=True).wait_for()
        change = page.get_by_role("button", name=re.compile("^(Change|Add)"))
        if await change.count():
            await change.first.click()
        found[name] = await violations(page, ".house")
    assert len(found) == 20, sorted(found)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


async def test_a_table_is_moved_by_hand_and_by_keys_and_published(
    tablet: Tablets, friday: Served
) -> None:
    before = await published(friday)
    name = before.tables[0].id
    page = await at_the_desk(tablet, "floor")
    table = page.locator(f"[data-plan-table='{name}']")
    await table.scroll_into_view_if_needed()
    x, y = await middle(table)
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + 20, y + 30, steps=4)
    await page.mouse.move(x + 40, y + 60, steps=4)
    await page.mouse.up()
    await expect(page.get_by_role("region", name=f"Table {name}")).to_be_visible()
    await table.focus()
    await page.keyboard.press("Shift+ArrowDown")
    bar = page.get_by_role("region", name="Changes of the house")
    await expect(bar).to_contain_text("2 changes of the house, not in force yet")
    await bar.get_by_role("button", name="Look and publish").click()
    look = page.get_by_role("dialog", name="What changes")
    await expect(look.get_by_role("listitem").first).to_contain_text(f"Table {name}")
    await expect(look).to_contain_text(re.compile("service|services"))
    await look.get_by_role("button", name=re.compile("^Publish from")).click()
    await expect(bar).to_have_count(0)
    after = await published(friday)
    was, now = before.tables[0], next(each for each in after.tables if each.id == name)
    assert now.x > was.x
    assert now.y > was.y + 1
    assert await friday.pool.fetchval(DRAFTS, VENUE) == 0


async def test_a_new_person_comes_with_a_first_pin_that_is_shown_once(
    tablet: Tablets, friday: Served
) -> None:
    page = await at_the_desk(tablet, "staff")
    await page.get_by_role("button", name="Add a person").click()
    await page.get_by_label("Name", exact=True).fill("Jonas Weiß")
    await friday.pool.execute(LONG_AGO)
    await page.get_by_role("button", name="Keep").click()
    await page.get_by_role("dialog", name="Your PIN once more").wait_for()
    await page.keyboard.type(PIN)
    await page.keyboard.press("Enter")
    told = page.get_by_role("status", name="First PIN for Jonas Weiß")
    pin = await told.locator(".secret").inner_text()
    assert re.fullmatch(r"\d{4}", pin)
    assert await friday.pool.fetchval(ROLE_OF, VENUE, "Jonas Weiß") == "host"
    await told.get_by_role("button", name="Told").click()
    await expect(page.get_by_text(pin)).to_have_count(0)
    await expect(page.get_by_role("listitem").filter(has_text="Jonas Weiß")).to_be_visible()


async def test_managers_are_called_in_the_order_that_the_desk_gives_them(
    tablet: Tablets, friday: Served
) -> None:
    page = await at_the_desk(tablet, "called")
    people = page.locator("[data-person]")
    await expect(people).to_contain_text(["Anna Kessler", "Boris Lindqvist"])
    await expect(people.last).to_contain_text("after 2 min without an answer")
    await expect(people.first.get_by_role("button")).to_have_text(["Later"])
    await people.last.get_by_role("button", name="Earlier: Boris Lindqvist").press("Enter")
    await expect(people).to_contain_text(["Boris Lindqvist", "Anna Kessler"])
    await expect(page.get_by_role("button", name="Later: Boris Lindqvist")).to_be_focused()
    bar = page.get_by_role("region", name="Changes of words, gifts and calls")
    await bar.get_by_role("button", name="Look and publish").click()
    look = page.get_by_role("dialog", name="What changes")
    await expect(look).to_contain_text("order of managers")
    await look.get_by_role("button", name=re.compile("^Publish from")).click()
    await expect(bar).to_have_count(0)
    await expect(people.first).to_contain_text("Boris Lindqvist")
    assert msgspec.json.decode(await friday.pool.fetchval(CALLED, VENUE)) == ["boris", "anna"]


async def test_what_is_wrong_is_told_beside_its_field_and_kept_once_it_is_mended(
    tablet: Tablets, friday: Served
) -> None:
    page = await at_the_desk(tablet, "hours")
    await page.get_by_role("button", name=re.compile("^Change: dinner")).first.click()
    pacing = page.get_by_label("Guests in a quarter of an hour")
    await pacing.fill("many")
    await page.get_by_role("button", name="Keep").click()
    await expect(pacing).to_have_attribute("aria-invalid", "true")
    await expect(pacing).to_have_accessible_description(re.compile("an integer from 1 to 1000"))
    assert await friday.pool.fetchval(DRAFTS, VENUE) == 0
    await pacing.fill("18")
    await page.get_by_label("Last guests at").fill("03:00")
    await page.get_by_role("button", name="Keep").click()
    bar = page.get_by_role("region", name="Changes of the house")
    await expect(bar).to_contain_text("One thing does not fit yet.")
    last = page.get_by_label("Last guests at")
    await expect(last).to_have_attribute("aria-invalid", "true")
    await last.fill("22:00")
    await page.get_by_role("button", name="Keep").click()
    await expect(bar).not_to_contain_text("does not fit")
    await bar.get_by_role("button", name="Discard").click()
    await bar.get_by_role("button", name="Yes, discard all of it").click()
    await expect(bar).to_have_count(0)
    assert await friday.pool.fetchval(DRAFTS, VENUE) == 0


async def test_a_rule_of_who_may_have_which_places_waits_in_the_draft_as_it_reads(
    tablet: Tablets, friday: Served
) -> None:
    table = (await published(friday)).tables[0].id
    page = await at_the_desk(tablet, "access")
    await expect(page.get_by_text("Every place is for everybody.")).to_be_visible()
    await page.get_by_role("button", name="Add a rule").click()
    await page.get_by_label("What the rule is called").fill("The window in winter")
    await page.get_by_label("Only for").select_option("channels")
    for group, chosen in (("Ways", "telephone"), ("Ways", "at the desk"), ("Tables", table)):
        chips = page.get_by_role("group", name=re.compile(f"^{group}"))
        await chips.get_by_text(chosen, exact=True).click()
    await page.get_by_label("Tags").fill("regular")
    await page.get_by_label("Every year from").fill("13-01")
    await page.get_by_label("Every year until").fill("03-14")
    await page.get_by_role("button", name="Keep").click()
    await expect(page.get_by_label("Every year from")).to_have_attribute("aria-invalid", "true")
    await page.get_by_label("Every year from").fill("11-01")
    await page.get_by_role("button", name="Keep").click()
    row = page.get_by_role("listitem").filter(has_text="The window in winter")
    said = f"tables {table} · only by telephone, at the desk · every year 1 November – 14 March"
    await expect(row).to_contain_text(said)
    found = msgspec.json.decode(await friday.pool.fetchval(DRAFTED, VENUE), type=House).access
    assert [(each.to, each.tables, each.channels, each.tags) for each in found] == [
        ("channels", (table,), ("phone", "desk"), ())
    ]
