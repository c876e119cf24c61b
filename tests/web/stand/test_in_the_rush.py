"""Hands in a hurry and a house that moves: double taps, slow answers, tablets that cross."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from playwright.async_api import expect

from policies.floor import orders
from seating.access.sessions import end_sessions
from seating.db import transaction
from tests.support.house import VENUE
from tests.support.stand import tell

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import Locator, Page, Route

    from tests.web.stand.conftest import Served, Tablets

ORDERS = "**/host/orders/*"
TONIGHT = "() => fetch('/host/tonight').then(answer => answer.json())"
TAP_TWICE = """async (selector) => {
    const at = (element) => {
        const {x, y, width, height} = element.getBoundingClientRect();
        return [x + width / 2, y + height / 2]
    };
    const [x, y] = at(document.querySelector(selector));
    let under;
    const tap = () => {
        under = document.elementFromPoint(x, y);
        for (const kind of ['pointerdown', 'pointerup', 'click']) under.dispatchEvent(
            new PointerEvent(kind, {bubbles: true, clientX: x, clientY: y}));
        return under.textContent.trim()
    };
    const first = tap();
    const same = () => document.elementFromPoint(x, y) === under
        && under.textContent.trim() === first;
    for (let frames = 0; frames < 300 && same(); frames += 1)
        await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    return [first, tap()]
}"""
"""A finger twice at one place, the second time as soon as what is under it has changed."""
TOO_WIDE = """() => [document.documentElement, ...document.querySelectorAll(
    '.sheet, .sheet .page, .sheet .foot, .rows, .hand, header, .floor .bar, footer')]
    .filter(each => each.scrollWidth > each.clientWidth + 1)
    .map(each => `${each.tagName}.${each.className} ${each.scrollWidth} ${each.clientWidth}`)"""


async def sent_by(page: Page) -> list[str]:
    """The orders that the page sends from now on, by their last name."""
    sent: list[str] = []
    page.on(
        "request",
        lambda it: sent.append(it.url.split("/")[-1]) if "/host/orders/" in it.url else None,
    )
    return sent


async def slowly(page: Page, meanwhile: Callable[[], Awaitable[object]]) -> None:
    """Let orders take their time on the way: until `meanwhile` has happened."""

    async def late(route: Route) -> None:
        await meanwhile()
        await route.continue_()

    await page.route(ORDERS, late)


async def found(page: Page, what: str, **wanted: object) -> dict[str, Any]:
    """The first thing of tonight like that."""
    tonight = await page.evaluate(TONIGHT)
    return next(
        each for each in tonight[what] if all(each[name] == value for name, value in wanted.items())
    )


def about(party: dict[str, Any]) -> dict[str, Any]:
    """The fields of an order about a reservation."""
    return {
        "id": uuid4(),
        "reservation_id": UUID(party["reservation_id"]),
        "version": party["version"],
    }


def row_with(page: Page, button: str) -> Locator:
    """The first row with a button of this name."""
    return page.locator("[data-row]").filter(has=page.get_by_role("button", name=button)).first


async def test_a_tap_repeated_while_the_answer_is_slow_happens_once_and_nothing_is_refused(
    tablet: Tablets,
) -> None:
    page = await tablet("marat")
    sent = await sent_by(page)
    seen = asyncio.Event()
    await slowly(page, seen.wait)
    key = await row_with(page, "Arrived").get_attribute("data-row")
    arrived = page.locator(f'[data-row="{key}"]').get_by_role("button", name="Arrived")
    for _ in range(3):
        await arrived.click()
    await expect(page.get_by_text("Sending")).to_be_visible()
    seen.set()
    await expect(arrived).to_have_count(0)
    assert sent == ["arrive"]
    await expect(page.locator(".refused")).to_have_count(0)
    await expect(page.get_by_text("Sending")).to_have_count(0)


async def test_rule_05_a_second_tap_where_a_row_has_just_gone_does_nothing_to_the_next(
    tablet: Tablets,
) -> None:
    page = await tablet("marat")
    sent = await sent_by(page)
    key = await row_with(page, "Seat ").get_attribute("data-row")
    # The row has to be where a tap at its place finds it.
    await page.locator(f'[data-row="{key}"]').scroll_into_view_if_needed()
    await page.evaluate(TAP_TWICE, f'[data-row="{key}"] .acts button')
    await expect(page.locator(f'[data-row="{key}"]')).to_have_count(0)
    assert sent == ["seat"]
    await expect(page.locator(".sheet")).to_have_count(0)


async def test_rule_04_a_second_tap_on_a_sheets_brass_does_not_do_what_it_has_come_to_mean(
    tablet: Tablets,
) -> None:
    page = await tablet("marat")
    sent = await sent_by(page)
    await page.locator(".table.seated").first.click()
    act = page.locator(".sheet .act")
    await expect(act).to_have_text("Bill")
    said = await page.evaluate(TAP_TWICE, ".sheet .act")
    assert said[0] != said[1]
    assert sent == ["serve"]
    await expect(page.locator(".sheet .note[role=status]")).to_contain_text("Now:")
    await page.wait_for_timeout(850)
    await act.click()
    await expect(act).not_to_have_text(said[1])
    assert sent == ["serve", "pay"]


async def test_a_table_that_is_looked_at_while_another_tablet_seats_it_says_who_sits_there(
    tablet: Tablets, friday: Served
) -> None:
    page = await tablet("marat")
    table = await page.locator(".table.free").first.get_attribute("data-table")
    assert table
    await page.locator(f'[data-table="{table}"]').click()
    sheet = page.locator(".sheet")
    await expect(sheet.locator(".act")).to_be_visible()
    wish = orders.Seat(id=uuid4(), tables=(table,), party_size=1, name="Olga Petrova")
    await tell(friday.pool, wish)
    await expect(sheet.locator(".state")).to_contain_text("Olga Petrova")
    await expect(sheet.locator(".act")).to_have_count(0)
    await page.wait_for_timeout(850)
    await sheet.get_by_role("button", name="Olga Petrova").click()
    await expect(sheet.locator(".act")).to_have_text("Bill")


async def test_an_order_on_what_has_changed_meanwhile_is_refused_in_words_and_the_sheet_is_new(
    tablet: Tablets, friday: Served
) -> None:
    page = await tablet("marat")
    row = row_with(page, "Arrived")
    key = await row.get_attribute("data-row")
    party = await found(page, "reservations", reservation_id=key)
    await row.locator(".look").click()
    sheet = page.locator(".sheet")

    async def overtaken() -> None:
        await tell(friday.pool, orders.Arrive(**about(party), arrived=party["party_size"]))

    await slowly(page, overtaken)
    await sheet.get_by_role("button", name="Reconfirmed").click()
    await expect(sheet.locator(".refused")).to_have_css("border-top-width", "2px")
    await expect(sheet.get_by_role("button", name="Left")).to_be_visible()
    await sheet.locator(".refused").get_by_role("button", name="OK").click()
    await expect(page.locator(".refused")).to_have_count(0)


async def test_rule_10_a_party_that_goes_while_it_is_in_the_hand_is_put_back_and_it_is_said(
    tablet: Tablets, friday: Served
) -> None:
    page = await tablet("marat")
    row = row_with(page, "Arrived")
    key = await row.get_attribute("data-row")
    party = await found(page, "reservations", reservation_id=key)
    await row.locator(".look").click()
    await page.locator(".sheet").get_by_role("button", name="Choose a table").click()
    await expect(page.locator(".hand")).to_be_visible()
    await tell(friday.pool, orders.NoShow(**about(party)))
    await expect(page.locator(".hand")).to_have_count(0)
    await expect(page.locator(".refused")).to_contain_text(party["name"])


async def test_a_session_that_a_manager_ends_locks_the_tablet_and_says_why(
    tablet: Tablets, friday: Served
) -> None:
    page = await tablet("marat")
    await page.locator(".table.seated").first.click()
    name = await page.locator(".book .name span").first.inner_text()
    async with transaction(friday.pool) as conn:
        await end_sessions(conn, VENUE, staff_id="marat", why="ended_elsewhere")
    await expect(page.locator(".locked")).to_be_visible()
    await expect(page.get_by_role("complementary").get_by_role("status").first).not_to_be_empty()
    assert name not in await page.content()


async def test_long_names_large_parties_and_a_long_waitlist_break_nothing(
    tablet: Tablets, friday: Served
) -> None:
    page = await tablet("marat", size=(768, 1024))
    long = "Maximiliane von und zu Hohenlohe-Waldenburg-Schillingsfürst mit ihrer Gesellschaft"[:80]
    for count in range(40):
        wish = orders.Wait(id=uuid4(), party_size=1 + count % 8, name=long if count < 3 else "Kim")
        await tell(friday.pool, wish)
    tables = ("3", "5", "7")
    for table in tables:
        sat = await found(page, "seatings", tables=[table])
        it = {"seating_id": UUID(sat["seating_id"]), "version": sat["version"]}
        await tell(friday.pool, orders.Clear(id=uuid4(), **it))
    seat = orders.Seat(
        id=uuid4(),
        tables=tables,
        party_size=12,
        name=long,
        anyway=("TOO_FEW_SEATS", "PROMISED_TABLES_TAKEN", "DUE_PARTY_LOSES_TABLE"),
    )
    await tell(friday.pool, seat)
    await expect(page.locator(f'[data-table="{tables[0]}"].seated')).to_be_visible()
    assert await page.evaluate(TOO_WIDE) == []
    await page.locator(f'[data-table="{tables[0]}"]').click()
    await expect(page.locator(".sheet .act")).to_be_visible()
    assert await page.evaluate(TOO_WIDE) == []
    await page.keyboard.press("Escape")
    await page.get_by_role("tab", name="Waiting").click()
    await expect(page.locator("[data-wait]")).to_have_count(44)
    assert await page.evaluate(TOO_WIDE) == []
    await page.locator("[data-wait] .row").first.click()
    await expect(page.locator(".sheet .act")).to_be_visible()
    assert await page.evaluate(TOO_WIDE) == []
