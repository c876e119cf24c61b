"""Tonight's list in the hand: the one right tap, what is late, and a list that stands still."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from playwright.async_api import expect

from policies.floor import orders
from tests.support.browser import PATIENCE
from tests.support.friday import NOW
from tests.support.house import move_clock
from tests.support.stand import take_back, tell

if TYPE_CHECKING:
    from tests.web.stand.conftest import Served, Tablets

KEYS = "() => [...document.querySelectorAll('[data-row]')].map(row => row.dataset.row)"
PRESS_AT_ONCE = """(key) => new Promise(done => {
    const last = () => document.querySelector(`[data-row="${key}"] .acts button:last-child`);
    last().click();
    const look = () => {
        const said = last()?.textContent.trim() ?? '';
        if (!said.startsWith('Seat')) return void requestAnimationFrame(look);
        last().click();
        done(said)
    };
    look()
})"""
TONIGHT = "() => fetch('/host/tonight').then(answer => answer.json())"
MARKS = """() => [...document.querySelectorAll('[data-row]')].map(row =>
    [row.querySelectorAll('.mark:not(.more)').length, row.querySelectorAll('.mark.more').length])"""

UNCOUNTED = """() => [...document.querySelectorAll('[data-row] .more')].filter(line => {
    const marks = [...line.querySelectorAll('.marks .mark')];
    return marks.some(mark => mark.offsetTop > marks[0].offsetTop)
        && !line.querySelector('.mark.more') && line.checkVisibility({contentVisibilityAuto: true})
}).length"""
"""Rows in which a mark has no room, and none says so."""


async def test_rule_02_a_party_that_is_here_is_seated_by_one_tap_and_the_button_names_the_table(
    tablet: Tablets,
) -> None:
    page = await tablet("marat")
    row = page.locator(".book [data-row]").filter(has=page.locator(".act")).first
    key = await row.get_attribute("data-row")
    seat = page.locator(f'[data-row="{key}"] .act')
    name = await seat.inner_text()
    await seat.click()
    table = name.removeprefix("Seat ").split(" + ")[0]
    await expect(page.locator(f'[data-table="{table}"].seated')).to_be_visible()
    await expect(page.locator(f'[data-row="{key}"]')).to_have_count(0)


async def test_rule_04_a_tap_on_a_button_that_has_just_changed_does_nothing_and_says_so(
    tablet: Tablets,
) -> None:
    page = await tablet("marat")
    row = page.locator("[data-row]").filter(has=page.get_by_role("button", name="Seat "))
    row = row.filter(has=page.get_by_role("button", name="Arrived")).first
    key = await row.get_attribute("data-row")
    async with asyncio.timeout(PATIENCE / 1000):
        became = await page.evaluate(PRESS_AT_ONCE, key)
    assert became.startswith("Seat")
    row = page.locator(f'[data-row="{key}"]')
    await expect(row.locator(".note")).to_have_text(f"Now: {became}")
    await page.wait_for_timeout(850)
    await row.locator(".act").click()
    await expect(row).to_have_count(0)


async def test_rule_05_the_list_stands_still_under_a_finger_and_counts_what_is_new(
    tablet: Tablets, friday: Served
) -> None:
    page = await tablet("marat")
    key = (
        await page.locator("[data-row]")
        .filter(has=page.locator(".act"))
        .first.get_attribute("data-row")
    )
    assert key
    pool = friday.pool
    tonight = await page.evaluate(TONIGHT)
    found = next(each for each in tonight["reservations"] if each["reservation_id"] == key)
    wish = orders.Seat(
        id=uuid4(),
        tables=tuple(found["tables"]),
        reservation_id=UUID(key),
        version=found["version"],
    )
    seated = await tell(pool, wish)
    await expect(page.locator(f'[data-row="{key}"]')).to_have_count(0)
    before = await page.evaluate(KEYS)
    box = await page.locator(".rows").bounding_box()
    assert box
    await page.mouse.move(box["x"] + 100, box["y"] + 200)
    await page.mouse.down()
    await take_back(pool, seated)
    await expect(page.locator(".fresh")).to_have_text("1 new")
    assert await page.evaluate(KEYS) == before
    await page.mouse.up()
    await expect(page.locator(f'[data-row="{key}"]')).to_be_visible()


async def test_rule_18_late_is_told_in_words_with_until_when_and_ten_more_beside_arrived(
    tablet: Tablets, friday: Served
) -> None:
    await move_clock(friday.pool, NOW + timedelta(minutes=9))
    page = await tablet("marat")
    row = page.locator(".row.late").first
    await expect(row.locator(".late-by").first).to_contain_text("late")
    await expect(row.locator(".late-by").last).to_contain_text("till")
    key = await row.get_attribute("data-row")
    await row.get_by_role("button", name="Keep 10 more").click()
    row = page.locator(f'[data-row="{key}"]')
    await expect(row.locator(".late-by")).to_have_count(0)
    await expect(row.locator(".acts button").last).to_have_text("Arrived")


async def test_rule_21_a_row_has_three_marks_at_most(tablet: Tablets) -> None:
    page = await tablet("marat")
    counts = await page.evaluate(MARKS)
    assert max(shown for shown, _ in counts) == 3
    assert all(more <= 1 for _, more in counts)
    assert await page.evaluate(UNCOUNTED) == 0


async def test_a_swipe_reveals_what_ends_a_booking_and_carries_out_nothing(
    tablet: Tablets,
) -> None:
    page = await tablet("marat")
    slide = page.locator(".row.soon .slide").first
    await slide.evaluate("slide => slide.scrollTo({left: 400})")
    await expect(slide.locator(".behind").get_by_text("No-show")).to_be_visible()
    await expect(page.locator(".done")).to_have_count(0)


async def test_arrows_go_from_row_to_row_and_a_key_is_about_the_row_in_focus(
    tablet: Tablets,
) -> None:
    page = await tablet("marat")
    focused = "() => document.activeElement.closest('[data-row]')?.dataset.row"
    keys = await page.evaluate(KEYS)
    await page.locator(".book .rows").focus()
    walk = (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowDown", 2), ("ArrowUp", 1), ("End", -1))
    for key, index in walk:
        await page.keyboard.press(key)
        assert await page.evaluate(focused) == keys[index]
    await page.keyboard.press("Enter")
    await expect(page.locator(".sheet")).to_be_visible()
