"""The stand without the network: what is done goes on, is sent in order, and clashes once."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from playwright.async_api import expect

from policies.floor import orders
from seating.book.actions import ActionAuthor
from seating.clock import set_clock
from seating.db import run
from tests.support.browser import PATIENCE
from tests.support.friday import NOW
from tests.support.house import move_clock
from tests.support.stand import stand, tell
from tests.web.stand.conftest import STAND

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.web.stand.conftest import Served, Tablets

SOFIA = ActionAuthor(staff_id="sofia", actor="host")
SAFELY = 900
"""Milliseconds: a tap within 800 after a button changed its meaning does nothing (STAND.md 4)."""
ANSWERED = """async table => {
    const begun = performance.now()
    document.querySelector('.sheet .act.go').click()
    while (!document.querySelector(`[data-table="${table}"] .open`)) {
        await new Promise(requestAnimationFrame)
    }
    return performance.now() - begun
}"""
KEPT = """name => new Promise(resolve => {
    const asked = indexedDB.open('maitred-stand')
    asked.onsuccess = () => {
        const found = asked.result.transaction(name).objectStore(name).getAll()
        found.onsuccess = () => {
            asked.result.close()
            resolve(JSON.stringify(found.result))
        }
    }
})"""
ALL_HERE = """() => {
    const here = performance.getEntriesByType('resource').map(each => each.name)
    return ['Table', 'Seated', 'Wait', 'Door', 'Levers', 'Offline'].every(
        sheet => here.some(name => name.includes(`/${sheet}Sheet-`) && name.endsWith('.js'))
    )
}"""
CONTROLLED = "() => navigator.serviceWorker.controller !== null"
FREE = "all => all.map(each => each.dataset.table)"
SINCE = "No connection since 19:42"
WAITS = re.compile("acts? (is|are) being sent")
BY = "select staff_id from action where kind = 'Seat' order by action_id desc limit 1"
NOTES = "select text, written_by, written_at from service_note"
SIXTY_TIMES = 60.0
"""Business time runs so fast: five minutes bring the Friday past its end, and lock no tablet."""
PAST_THE_END = "05:30"
REVOKE = """
with devices as (update device set revoked_at = now())
update session set ended_at = now(), ended_why = 'tablet_revoked'
"""


async def cut_off(page: Page) -> None:
    """Take the network from a tablet that has all its sheets."""
    await page.wait_for_function(ALL_HERE)
    await page.context.set_offline(True)
    await expect(page.get_by_text(SINCE)).to_be_visible()


async def all_sent(page: Page) -> None:
    """Wait until the network is back and nothing waits for it."""
    await expect(page.get_by_text(SINCE)).to_be_hidden()
    await expect(page.get_by_text(WAITS)).to_be_hidden()
    await expect(page.get_by_label("not sent yet")).to_have_count(0)


async def free_tables(page: Page) -> list[str]:
    """The free tables of the floor, by their place."""
    found: list[str] = await page.locator(".table.free").evaluate_all(FREE)
    return found


async def look_at(page: Page, table: str) -> None:
    """Open a table's sheet, and wait until a tap there counts."""
    await page.locator(f'[data-table="{table}"]').click()
    await page.wait_for_selector(".sheet .page")
    await page.wait_for_timeout(SAFELY)


async def seat(page: Page, table: str) -> float:
    """Seat two at a table; how long until it bears an open ring (ms)."""
    await look_at(page, table)
    passed: float = await page.evaluate(ANSWERED, table)
    return passed


async def write_note(page: Page, text: str) -> None:
    """Leave a note for everybody who works tonight; it bears an open ring until it is sent."""
    await page.locator("header button.service").click()
    sheet = page.get_by_role("dialog")
    await sheet.get_by_label("A note for everybody who works it").fill(text)
    await sheet.get_by_role("button", name="Keep", exact=True).click()
    await expect(
        sheet.locator("li").filter(has_text=text).get_by_label("not sent yet")
    ).to_be_visible()
    await page.keyboard.press("Escape")


async def forgotten(page: Page, name: str) -> None:
    """Wait until the tablet keeps no such name. Raises TimeoutError."""
    async with asyncio.timeout(PATIENCE / 1000):
        while name in await kept(page, "kept"):  # noqa: ASYNC110 - it is another process
            await asyncio.sleep(0.1)


async def own_clock(page: Page) -> None:
    """Let a test move this tablet's clock: its page comes anew, kept by its service worker."""
    await page.wait_for_function(CONTROLLED)
    await page.clock.install()
    await page.reload()
    await page.wait_for_selector(STAND)


async def kept(page: Page, store: str) -> str:
    """What the tablet keeps in a store of its IndexedDB, as JSON."""
    found: str = await page.evaluate(KEPT, store)
    return found


@pytest.mark.parametrize("friday", ["small"], indirect=True)
async def test_rule_24_six_acts_without_the_network_are_sent_in_order_and_one_clash_is_asked_once(
    tablet: Tablets, friday: Served
) -> None:
    page = await tablet("marat")
    first, contested = (await free_tables(page))[:2]
    sits = (await stand(friday.pool)).seatings[0]
    await cut_off(page)

    assert await seat(page, first) < 100  # the rule, counted in the page
    await seat(page, contested)
    arrival = page.locator("[data-row]").filter(has=page.get_by_role("button", name="Arrived"))
    key = await arrival.first.get_attribute("data-row")
    await page.wait_for_timeout(SAFELY)
    await arrival.first.get_by_role("button", name="Arrived").click()
    await expect(page.locator(f'[data-row="{key}"]').get_by_label("not sent yet")).to_be_visible()
    for act in ("Bill", "Paid"):
        await look_at(page, sits.tables[0])
        await page.get_by_role("dialog").get_by_role("button", name=act, exact=True).click()
        await page.keyboard.press("Escape")
    await page.keyboard.press("w")
    await page.get_by_role("dialog").get_by_role("button", name="2", exact=True).click()
    await page.get_by_role("dialog").locator("button[type=submit]").click()
    await expect(page.get_by_text("6 acts wait to be sent")).to_be_visible()
    assert len((await stand(friday.pool)).waiting) == 0

    await page.get_by_role("button", name="Online open").click()
    await page.get_by_role("dialog").get_by_role("button", name="Pause").first.click()
    await expect(page.get_by_text("This needs the network").first).to_be_visible()
    await page.keyboard.press("Escape")

    theirs = orders.Seat(id=uuid4(), tables=(contested,), party_size=2, name="Weber")
    await tell(friday.pool, theirs, SOFIA)
    await move_clock(friday.pool, NOW + timedelta(minutes=5))
    await page.context.set_offline(False)
    await expect(page.get_by_text("1 question")).to_be_visible()
    await all_sent(page)
    now = await stand(friday.pool)
    ours = next(each for each in now.seatings if each.tables == (first,))
    assert ours.seated_at == NOW
    assert [each.joined_at for each in now.waiting] == [NOW]
    assert next(each.state for each in now.seatings if each.seating_id == sits.seating_id) == "paid"

    await page.get_by_role("button", name="Answer").click()
    question = page.get_by_role("dialog")
    for side in ("Marat Galeev", "Sofia Moretti", f"seated at table {contested}", "Weber"):
        await expect(question.get_by_text(side).first).to_be_visible()
    await question.get_by_role("button", name="Ours sits at another table").click()
    other = question.locator(".tables button").first
    table = (await other.inner_text()).strip()
    await other.click()
    await expect(page.get_by_text("1 question")).to_be_hidden()
    now = await stand(friday.pool)
    assert next(each for each in now.seatings if each.tables == (table,)).seated_at == NOW
    await page.reload()
    await page.wait_for_selector(".stand[data-view]")
    await expect(page.get_by_text("1 question")).to_be_hidden()


@pytest.mark.parametrize("friday", ["small"], indirect=True)
async def test_of_two_tablets_that_were_cut_off_the_second_to_come_back_is_asked(
    tablet: Tablets, friday: Served
) -> None:
    marat, sofia = await tablet("marat"), await tablet("sofia")
    table = (await free_tables(marat))[0]
    for page in (marat, sofia):
        await cut_off(page)
        await seat(page, table)
    for page in (marat, sofia):
        await page.context.set_offline(False)
        await all_sent(page)
    await expect(sofia.get_by_text("1 question")).to_be_visible()
    await expect(marat.get_by_text("1 question")).to_be_hidden()
    assert sum(each.tables == (table,) for each in (await stand(friday.pool)).seatings) == 1


@pytest.mark.parametrize("friday", ["small"], indirect=True)
async def test_a_stand_starts_without_the_network_and_its_acts_outlive_a_reload_and_a_lock(
    tablet: Tablets, friday: Served
) -> None:
    page = await tablet("marat", worker=True)
    await page.wait_for_function(CONTROLLED)
    table = (await free_tables(page))[0]
    name = (await stand(friday.pool)).reservations[0].name
    while name not in await kept(page, "kept"):
        await page.wait_for_timeout(100)
    await cut_off(page)
    await seat(page, table)
    await write_note(page, "No oysters")
    await page.reload()
    await expect(page.locator(f'[data-table="{table}"] .open')).to_be_visible()
    await expect(page.get_by_text("2 acts wait to be sent")).to_be_visible()

    await page.keyboard.press("Shift+Escape")
    for _ in range(2):
        await expect(page.get_by_text("The tablet opens by PIN once")).to_be_visible()
        assert name not in await page.locator("body").inner_text()
        assert await page.locator(".locked").count() == 1
        await page.reload()
    await page.context.set_offline(False)
    await expect(page.get_by_text("Marat Galeev")).to_be_visible()
    await expect(page.get_by_text(re.compile("acts? waits? "))).to_be_hidden()
    assert await friday.pool.fetchval(BY) == "marat"
    notes = [tuple(each) for each in await friday.pool.fetch(NOTES)]
    assert notes == [("No oysters", "marat", NOW)]
    assert name not in await kept(page, "kept")


@pytest.mark.parametrize("friday", ["small"], indirect=True)
async def test_what_a_revoked_tablet_had_not_sent_is_shown_once_and_lost(
    tablet: Tablets, friday: Served
) -> None:
    page = await tablet("marat")
    table = (await free_tables(page))[0]
    await cut_off(page)
    await seat(page, table)
    await friday.pool.execute(REVOKE)
    await page.context.set_offline(False)
    await expect(page.get_by_text("One act was not sent and is lost.")).to_be_visible()
    await expect(page.get_by_text(f"seated at table {table}")).to_be_visible()
    await expect(page.get_by_text("no longer paired").first).to_be_visible()
    assert (await kept(page, "acts"), await kept(page, "kept")) == ("[]", "[]")
    assert all(each.tables != (table,) for each in (await stand(friday.pool)).seatings)


@pytest.mark.parametrize("friday", ["small"], indirect=True)
async def test_tonight_is_wiped_from_a_tablet_at_close_once_its_last_act_is_confirmed(
    tablet: Tablets, friday: Served
) -> None:
    await run(friday.pool, lambda conn: set_clock(conn, NOW, SIXTY_TIMES))
    now = await stand(friday.pool)
    sitting = {each.name for each in now.seatings}
    name = next(each.name for each in now.reservations if each.name not in sitting)
    idle, busy = await tablet("sofia", worker=True), await tablet("marat", worker=True)
    for page in (idle, busy):
        await own_clock(page)
        while name not in await kept(page, "kept"):
            await page.wait_for_timeout(100)
        await page.context.set_offline(True)
        await expect(page.get_by_text("No connection since")).to_be_visible()
    await seat(busy, (await free_tables(busy))[0])
    for page in (idle, busy):
        await page.clock.fast_forward(PAST_THE_END)
    await forgotten(idle, name)
    assert name in await kept(busy, "kept"), "an act about tonight waits"
    await move_clock(friday.pool, NOW + timedelta(hours=5, minutes=30))
    await busy.context.set_offline(False)
    await expect(busy.get_by_text("1 act waits")).to_be_hidden()
    await expect(busy.get_by_text(WAITS)).to_be_hidden()
    assert await friday.pool.fetchval(BY) == "marat"
    await busy.clock.fast_forward("01:10")
    await forgotten(busy, name)
    assert await kept(busy, "acts") == "[]"


@pytest.mark.parametrize("friday", ["small"], indirect=True)
async def test_a_locked_tablet_that_starts_without_the_network_knows_no_name(
    tablet: Tablets, friday: Served
) -> None:
    page = await tablet("marat", worker=True)
    await page.wait_for_function(CONTROLLED)
    name = (await stand(friday.pool)).reservations[0].name
    while name not in await kept(page, "kept"):
        await page.wait_for_timeout(100)
    await page.keyboard.press("Shift+Escape")
    await expect(page.locator(".locked")).to_be_visible()
    assert name not in await kept(page, "kept")
    await page.context.set_offline(True)
    await page.reload()
    await expect(page.get_by_text("The tablet opens by PIN once")).to_be_visible()
    assert name not in await page.locator("body").inner_text()
