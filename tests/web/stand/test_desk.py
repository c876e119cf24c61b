"""Reservations taken by phone: a person at the stand with a caller in the ear."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from playwright.async_api import expect

from tests.web.stand.calling import call

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

    from tests.web.stand.conftest import Served, Tablets

SATURDAY, CLOSED_MONDAY = "Saturday 12 June", "Monday 14 June"
BOOKED = "select name, state, party_size, kind from reservation where code = $1"
GRANTED = "select true from held_table where state = 'granted'"
REFUSED = "select overruled_why from reservation where name = $1"


async def desk(page: Page, day: str | None = None) -> None:
    await page.keyboard.press("b")
    if day:
        weekday, number, month = day.split()
        short = rf"^{weekday[:3]}\s+{number} {month[:3]}"
        await page.get_by_role("button", name=re.compile(short)).click()
        await page.locator("h2.date", has_text=day).wait_for()


def free(page: Page, time: str) -> Locator:
    return page.locator("ul.times").get_by_role("button", name=re.compile(f"^{time}(?! is taken)"))


async def booked(friday: Served, code: str) -> Any:  # noqa: ANN401 - a row
    """What the database has under a code."""
    return await friday.pool.fetchrow(BOOKED, code)


async def code_of(page: Page) -> str:
    """The code read back to the guest."""
    return await page.get_by_role("region", name="Booked. Read it back").locator("b").inner_text()


async def test_a_known_guest_is_booked_changed_cancelled_and_booked_again(
    tablet: Tablets, friday: Served
) -> None:
    page = await tablet("marat")
    known = await friday.pool.fetchrow(
        "select name, phone, allergies from guest where allergies > ''"
    )
    assert known is not None
    await desk(page, SATURDAY)
    await page.get_by_role("button", name="4", exact=True).first.click()
    await free(page, "19:30").click()
    await expect(page.locator("input[type=tel]")).to_be_focused()
    await page.keyboard.type(known["phone"][-6:])
    guests = page.get_by_role("list", name="Guests we know").get_by_role("button")
    await guests.filter(has_text=known["name"]).filter(has_text=known["phone"]).click()
    await expect(page.locator(".known")).to_contain_text(known["allergies"])
    await page.get_by_label("Read out, and they agree").check()
    await page.get_by_role("button", name="Book it", exact=True).click()
    code = await code_of(page)
    await page.get_by_role("region", name="Booked").get_by_role("button", name="Open").click()
    sheet = page.get_by_role("dialog")
    await expect(sheet).to_contain_text(known["allergies"])
    await sheet.get_by_role("button", name="Change", exact=True).click()
    await sheet.get_by_label("Date").fill("2027-06-13")
    chosen = sheet.get_by_role("button", name="19:30", exact=True)
    await expect(chosen).to_have_attribute("aria-pressed", "true")
    await sheet.get_by_label("Party of").fill("5")
    await sheet.get_by_role("button", name="Keep the change").click()
    await expect(sheet.get_by_role("heading")).to_contain_text("5")
    await expect(sheet).to_contain_text("Sunday 13 June, 19:30")
    await sheet.get_by_role("button", name="Cancel the booking").click()
    await sheet.get_by_role("button", name="Plans changed").click()
    await sheet.get_by_role("button", name="Cancel it").click()
    await sheet.get_by_role("button", name="Book it again").wait_for()
    await sheet.get_by_role("button", name=re.compile("^Undo")).click()
    await sheet.get_by_role("button", name="Change", exact=True).wait_for()
    row = await booked(friday, code)
    assert (row["name"], row["state"], row["party_size"]) == (known["name"], "booked", 5)


async def test_a_request_is_answered_where_it_is_read(tablet: Tablets, friday: Served) -> None:
    page = await tablet("marat")
    await desk(page)
    asks = page.get_by_role("region", name=re.compile("our yes"))
    await asks.locator("button.what").first.click()
    sheet = page.get_by_role("dialog")
    code = await sheet.locator("dl div", has_text="Code").locator("dd").inner_text()
    assert await sheet.locator("button.act").all_inner_texts() == ["Yes"]
    await sheet.get_by_role("button", name="Yes", exact=True).click()
    await sheet.get_by_role("button", name="No", exact=True).wait_for(state="detached")
    assert (await booked(friday, code))["state"] == "booked"


async def test_a_taken_time_is_answered_in_words_and_booked_all_the_same_with_a_reason(
    tablet: Tablets, friday: Served
) -> None:
    page = await tablet("marat")
    await desk(page)
    await page.get_by_role("button", name=re.compile("^20:30 is taken")).click()
    no = page.locator(".no")
    await expect(no).to_contain_text("All our tables are spoken for")
    await expect(
        no.get_by_role("group", name="Nearest times").get_by_role("button")
    ).not_to_have_count(0)
    await no.get_by_role("button", name="Give them table").click()
    await page.get_by_label("Name", exact=True).fill("Greta Neumann")
    book = page.get_by_role("button", name=re.compile("^Book it, table"))
    await expect(book).to_be_disabled()
    await page.get_by_label("Why they get table").fill("She asked kindly")
    await book.click()
    code = await code_of(page)
    assert await friday.pool.fetchval(GRANTED)
    assert (await booked(friday, code))["state"] == "booked"
    await page.get_by_role("button", name=re.compile("^Undo")).click()
    await expect(page.get_by_role("region", name="Booked. Read it back")).to_be_hidden()
    assert (await booked(friday, code))["state"] == "cancelled"
    await page.get_by_role("button", name=re.compile("^20:00 is taken")).click()
    await no.get_by_role("button", name="Book it all the same").click()
    await page.get_by_label("Why", exact=True).fill("The mayor")
    await page.get_by_label("Name", exact=True).fill("Mayor")
    await page.keyboard.press("Enter")
    await page.get_by_role("region", name="Booked. Read it back").wait_for()
    assert await friday.pool.fetchval(REFUSED, "Mayor") == "The mayor"


async def test_a_closed_day_leads_to_the_next_and_a_typed_guest_is_not_lost(
    tablet: Tablets,
) -> None:
    page = await tablet("marat", size=(390, 844))
    await desk(page, CLOSED_MONDAY)
    await page.get_by_text("We are closed that day.").wait_for()
    await page.get_by_role("list", name="Nearest times").get_by_role("button").first.click()
    await expect(page.locator("form .what")).to_contain_text("Tuesday 15 June")
    await expect(page.locator("h1")).to_be_in_viewport(ratio=1)
    await page.get_by_label("Name", exact=True).fill("Konrad")
    await page.get_by_label("Party of").get_by_role("button", name="3", exact=True).click()
    await page.locator("nav button.floor").click()
    await page.locator("nav button.book").click()
    await expect(page.get_by_label("Name", exact=True)).to_have_value("Konrad")
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_a_group_larger_than_any_join_sits_at_tables_that_a_person_names(
    tablet: Tablets, friday: Served
) -> None:
    page = await tablet("marat")
    await desk(page, SATURDAY)
    await page.get_by_label("A larger party").fill("18")
    await page.get_by_label("A larger party").press("Enter")
    await page.get_by_text("Write it down as an enquiry").wait_for()
    await page.locator("ul.times button", has_text="19:00").click()
    for table in ("31", "32", "33"):
        await (
            page.get_by_role("group", name="Pushed together")
            .get_by_role("button", name=re.compile(f"^{table}"))
            .click()
        )
    await page.get_by_label("Name", exact=True).fill("Choir")
    await page.get_by_role("button", name="Book it", exact=True).click()
    row = await booked(friday, await code_of(page))
    assert (row["name"], row["party_size"]) == ("Choir", 18)


async def test_a_reservation_is_found_by_name_digits_and_code(tablet: Tablets) -> None:
    page = await tablet("marat")
    found = next(
        each
        for each in await call(page, "GET", "/host/reservations?date=2027-06-11")
        if each["phone"] and each["state"] == "booked"
    )
    await page.keyboard.press("/")
    rows = page.get_by_role("list", name="Reservations of the day").get_by_role("listitem")
    for typed in (found["name"], found["phone"][-5:], found["code"]):
        await page.get_by_role("searchbox").fill(typed)
        await expect(rows.filter(has_text=found["name"]).first).to_be_visible()
        await expect(rows.locator("small", has_text="11 June").first).to_be_visible()
