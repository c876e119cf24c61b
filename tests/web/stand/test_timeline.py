"""The timeline in the hand: the same move by mouse, by two taps, by a key and by a finger."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING
from uuid import uuid4

from playwright.async_api import expect

from policies.floor import orders
from tests.support.stand import tell
from tests.web.stand.seen import confused

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page, Request, Route

    from tests.web.stand.conftest import Served, Tablets

FROM, TO = "T8", "T9"
"""A party sits at the one; the other is being reset, which is told and does not ask."""
TAKEN, EMPTY = "B2", "B3"
AT = """(table) => fetch('/host/tonight').then(answer => answer.json()).then(tonight =>
    tonight.seatings.filter(each => each.state !== 'cleared' && each.tables.includes(table))
        .map(each => each.seating_id))"""
LEAVES = re.compile(r"till 2\d:\d\d")
"""Only the service tells when they would leave the other table."""
HELD_MS = 450
BACK_MS = 300


async def timeline(page: Page, table: str = FROM, beside: str = TO) -> Locator:
    """The bar of the party at the first table, in sight together with the other table."""
    await page.keyboard.press("p")
    await page.locator(".timeline .bar").first.wait_for()
    await page.evaluate(
        """(to) => { const rows = document.querySelector('.timeline .rows');
        const step = () => document.querySelector(`.row[data-table="${to}"]`)
            || rows.scrollTop + rows.clientHeight >= rows.scrollHeight;
        return new Promise(done => (function look() {
            const row = document.querySelector(`.row[data-table="${to}"]`);
            if (row) {
                const top = (each) => each.getBoundingClientRect().top;
                rows.scrollTop += top(row) - top(rows) - rows.clientHeight / 2; done()
            } else if (step()) done()
            else { rows.scrollTop += 300; requestAnimationFrame(look) } })()) }""",
        beside,
    )
    bar = page.locator(f'.row[data-table="{table}"] .bar.seated')
    await expect(bar).to_be_visible()
    return bar


async def middle(place: Locator) -> tuple[float, float]:
    box = await place.bounding_box()
    assert box
    return box["x"] + min(40, box["width"] / 2), box["y"] + box["height"] / 2


async def lift(page: Page, bar: Locator) -> tuple[float, float]:
    x, y = await middle(bar)
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.wait_for_timeout(HELD_MS)
    for _ in range(100):
        if await page.locator(".carried").count():
            break
        x += 1 if x % 2 < 1 else -1
        await page.mouse.move(x, y)
        await page.wait_for_timeout(20)
    return x, y


def orders_of(page: Page) -> list[str]:
    """The orders that the page sends from now on, asked about or given."""
    sent: list[str] = []

    def hear(request: Request) -> None:
        if "/orders/" in request.url:
            sent.append(request.url.rsplit("/", 1)[1])

    page.on("request", hear)
    return sent


async def moved_and_back(page: Page, who: list[str]) -> None:
    """The party is at the other table, and after the undo where it was."""
    await expect(page.locator(f'.row[data-table="{TO}"] .bar.seated')).to_be_visible()
    assert await page.evaluate(AT, TO) == who
    await page.keyboard.press("u")
    await expect(page.locator(f'.row[data-table="{FROM}"] .bar.seated')).to_be_visible()
    assert await page.evaluate(AT, FROM) == who


async def test_rule_08_and_09_a_drag_two_taps_and_a_key_move_alike_and_say_the_same_before(
    tablet: Tablets,
) -> None:
    page = await tablet("marat")
    bar = await timeline(page)
    who = await page.evaluate(AT, FROM)
    sent = orders_of(page)
    await lift(page, bar)
    await page.mouse.move(*(await middle(page.locator(f'[data-table="{TO}"] .label'))), steps=3)
    card = page.locator(".carried")
    await expect(card).to_contain_text(LEAVES)
    told = (await card.inner_text()).split("\n")[1:]
    assert told[0] == f"Move to {TO}"
    assert any("not ready yet" in line for line in told)
    x, y = await middle(page.locator(f'[data-table="{TO}"] .label'))
    for away in range(10):
        await page.mouse.move(x + 3 * away, y)
        await page.wait_for_timeout(30)
    assert sent == ["move"], "it is asked once for a table that is entered"
    assert await page.evaluate(AT, FROM) == who, "asking moves nobody"
    await page.mouse.up()
    await moved_and_back(page, who)

    await bar.click()
    await page.locator(".sheet").get_by_role("button", name="Move", exact=True).click()
    await page.locator(f'[data-table="{TO}"] .label').click()
    await expect(page.locator(".hand p")).to_contain_text(LEAVES)
    assert (await page.locator(".hand p").inner_text()).split("\n")[1:] == told[1:]
    await page.locator(".hand .act").click()
    await moved_and_back(page, who)

    await bar.focus()
    await page.keyboard.press("t")
    await expect(page.locator(".hand input")).to_be_focused()
    await page.keyboard.type(TO.lower())
    await expect(page.locator(".hand .act")).to_have_text(f"Move to {TO}")
    await page.keyboard.press("Enter")
    await moved_and_back(page, who)

    await lift(page, bar)
    await page.keyboard.press("Escape")
    await expect(page.locator(".carried")).to_have_count(0, timeout=BACK_MS * 10)
    await page.mouse.up()
    assert await page.evaluate(AT, FROM) == who


async def test_rule_08_an_empty_row_pushed_to_a_party_asks_and_rows_name_who_serves_them(
    tablet: Tablets, friday: Served
) -> None:
    page = await tablet("marat", size=(1024, 768))
    await timeline(page, TAKEN, EMPTY)
    who = await page.evaluate(AT, TAKEN)
    given = orders.Section(server="marat", tables=(TAKEN,))
    await tell(friday.pool, orders.Sections(id=uuid4(), sections=(given,)))
    label = page.locator(f'.row[data-table="{TAKEN}"] .label')
    await expect(label.locator("i")).to_have_text("MG")
    await expect(label).to_have_accessible_name(re.compile("Marat Galeev$"))
    await lift(page, page.locator(f'.row[data-table="{EMPTY}"] .label'))
    await page.mouse.move(*(await middle(label)), steps=3)
    joined = f"Push together {TAKEN} + {EMPTY}"
    await expect(page.locator(".carried .does")).to_have_text(joined)
    await expect(page.locator(".carried .asks")).to_be_visible()
    await page.mouse.up()
    asked = page.get_by_role("alertdialog")
    await expect(asked.locator(".act")).to_have_text(joined)
    await page.keyboard.press("Escape")
    await expect(asked).to_have_count(0)
    assert await page.evaluate(AT, TAKEN) == who


async def test_rule_10_a_finger_lets_go_where_somebody_sat_down_meanwhile_and_is_told_so(
    tablet: Tablets, friday: Served
) -> None:
    page = await tablet("marat", size=(768, 1024))
    bar = await timeline(page)
    who = await page.evaluate(AT, FROM)
    x, y = await middle(bar)
    finger = await page.context.new_cdp_session(page)

    async def touch(kind: str, *points: tuple[float, float]) -> None:
        places = [{"x": at[0], "y": at[1]} for at in points]
        await finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})

    await touch("touchStart", (x, y))
    await page.wait_for_timeout(HELD_MS)
    card = page.locator(".carried")
    for _ in range(100):
        if await card.count():
            break
        x += 1 if x % 2 < 1 else -1
        await touch("touchMove", (x, y))
        await page.wait_for_timeout(20)
    to = await middle(page.locator(f'[data-table="{TO}"] .label'))
    await touch("touchMove", to)
    await expect(card).to_contain_text(LEAVES)
    late: list[Route] = []

    def hold(route: Route) -> None:
        late.append(route)

    await page.route("**/host/tonight", hold)
    wish = orders.Seat(id=uuid4(), tables=(TO,), party_size=2, name="Ola")
    await tell(friday.pool, wish)
    await touch("touchEnd")
    await expect(card).to_have_count(0)
    said = page.locator(".refused")
    await expect(said).to_contain_text("Meanwhile the room has changed")
    await expect(said).to_contain_text("Ola")
    await page.unroute("**/host/tonight")  # which lets them go on
    assert await page.evaluate(AT, FROM) == who


async def test_rule_14_and_16_bars_can_be_touched_apart_and_differ_in_form(
    tablet: Tablets,
) -> None:
    page = await tablet("marat", size=(1024, 768))
    await timeline(page)
    boxes = await page.evaluate(
        """() => [...document.querySelectorAll('.row .bar, .row .label')].map(each => {
        const {top, bottom, height} = each.getBoundingClientRect();
        return [each.closest('.row').dataset.table, top, bottom, height] })"""
    )
    assert min(height for *_, height in boxes) >= 48
    rows = sorted({(top, bottom) for _, top, bottom, _ in boxes})
    assert min(two[0] - one[1] for one, two in pairwise(rows)) >= 8
    await page.evaluate("document.querySelector('.timeline .rows').scrollTop = 0")
    kinds = ("seated", "plan", "arrived", "late")
    bars: dict[str, tuple[str, str | None]] = {kind: (f".bar.{kind}", None) for kind in kinds}
    await expect(page.locator(".bar.late").first).to_be_visible()
    assert await confused(page, bars) == []
