"""The floor in the hand: what taps and drags do, how large it all is, what tells states apart."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from playwright.async_api import expect

from policies.floor import orders
from tests.support.friday import NOW
from tests.support.stand import tell
from tests.web.stand.every_screen import at_rest
from tests.web.stand.seen import confused

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page, Request, Route

    from tests.web.stand.conftest import Served, Tablets

BOXES = """(selector) => [...document.querySelectorAll(selector)].map(each => {
    const {x, y, width, height} = each.getBoundingClientRect();
    return {name: each.getAttribute('aria-label') || each.textContent.trim(), x, y, width, height}
}).filter(each => each.width)"""
LETTERS = """() => [...document.querySelectorAll('.floor .words span, .book .time, .book .late-by')]
    .filter(each => /\\d/.test(each.textContent))
    .map(each => [each.className, parseFloat(getComputedStyle(each).fontSize)])"""
CUT = """() => [...document.querySelectorAll('.floor .number, .floor .line, .book .time')]
    .filter(each => each.scrollWidth > each.clientWidth + 1).map(each => each.textContent)"""
BEYOND = """() => {
    const canvas = document.querySelector('.floor .canvas');
    return [canvas.scrollWidth - canvas.clientWidth, canvas.scrollHeight - canvas.clientHeight]
}"""
COLOURS = """() => {
    const late = getComputedStyle(document.documentElement).getPropertyValue('--late');
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.color = late;
    const colour = getComputedStyle(probe).color;
    probe.remove();
    return [...document.querySelectorAll('.stand *')].filter(each => {
        const {color, stroke, fill, backgroundColor} = getComputedStyle(each);
        const own = each.children.length === 0 && each.textContent.trim() ? color : '';
        return [own, stroke, fill, backgroundColor].includes(colour)
    }).filter(each => !each.closest('.over, .late, .late-by, .mark.late'))
        .map(each => each.outerHTML)
}"""


TONIGHT = "() => fetch('/host/tonight').then(answer => answer.json())"


async def writes_of(page: Page) -> list[str]:
    """What the page sends that could change anything, from now on."""
    sent: list[str] = []

    def hear(request: Request) -> None:
        if request.method != "GET":
            sent.append(request.url)

    page.on("request", hear)
    return sent


async def boxes(page: Page, selector: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = await page.evaluate(BOXES, selector)
    return found


def apart(one: dict[str, Any], other: dict[str, Any]) -> float:
    """From one box to another, in pixels, along the axis on which they are further apart."""
    across = max(one["x"], other["x"]) - min(one["x"] + one["width"], other["x"] + other["width"])
    down = max(one["y"], other["y"]) - min(one["y"] + one["height"], other["y"] + other["height"])
    return float(max(across, down))


async def test_rule_06_a_tap_on_a_table_only_shows_it_with_one_act_in_brass(
    tablet: Tablets,
) -> None:
    page = await tablet("marat")
    sent = await writes_of(page)
    for kind in ("seated", "promised", "free"):
        await page.locator(f".table.{kind}").first.click()
        await expect(page.locator(".sheet .act")).to_have_count(1)
        await page.keyboard.press("Escape")
        await expect(page.locator(".sheet")).to_have_count(0)
    assert [each for each in sent if "/orders/" in each] == []


async def test_rule_07_nothing_on_floor_list_and_sheets_is_greyed_out(tablet: Tablets) -> None:
    page = await tablet("marat")
    await page.locator(".table.seated").first.click()
    await expect(page.locator(".sheet .act")).to_be_visible()
    assert await page.locator("[disabled], [aria-disabled=true]").count() == 0


async def test_rule_08_and_12_tables_are_pushed_together_by_taps_by_a_drag_and_by_a_key(
    tablet: Tablets,
) -> None:
    page = await tablet("marat")
    before = (await page.evaluate(TONIGHT))["seatings"]
    await page.get_by_role("button", name="Choose a table").first.click()
    await expect(page.locator(".hand")).to_be_visible()
    for table in ("B3", "B4"):
        await page.locator(f'[data-table="{table}"]').click()
    await expect(page.locator(".hand .act")).to_have_text("Seat B3 + B4")
    await page.locator(".hand").get_by_role("button", name="Cancel").click()
    await expect(page.locator(".hand")).to_have_count(0)

    together, stool = "Push together B4 + B3", page.locator('[data-table="B3"]')
    how_many = page.locator(".sheet", has_text="Table B4 + B3").locator(".act")
    await lift(page, stool)
    await over(page, page.locator('[data-table="B4"]'))
    await expect(page.locator(".carried .does")).to_have_text(together)
    await page.mouse.up()
    await expect(how_many).to_have_text("Seat 2 at B4 + B3")
    await page.keyboard.press("Escape")
    await expect(how_many).to_have_count(0)
    await stool.focus()
    await page.keyboard.press("t")
    await expect(page.locator(".hand input")).to_be_focused()
    await page.keyboard.type("b4")
    await expect(page.locator(".hand .act")).to_have_text(together)
    await page.keyboard.press("Enter")
    await expect(how_many).to_have_text("Seat 2 at B4 + B3")
    await page.keyboard.press("Escape")

    await page.get_by_role("tab", name="Seated").click()
    rows = page.locator(".book [data-row]")
    await expect(rows.first).to_be_visible()
    await lift(page, rows.first)
    await over(page, rows.nth(1))
    await expect(page.locator(".carried .does")).to_contain_text("Change places with")
    await expect(page.locator(".carried .asks")).to_be_visible()
    await page.mouse.up()
    asked = page.get_by_role("alertdialog")
    await expect(asked.get_by_role("button", name="One party at")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(asked).to_have_count(0)
    assert (await page.evaluate(TONIGHT))["seatings"] == before, "it is asked before it is done"


async def over(page: Page, place: Locator) -> None:
    """Carry what is lifted to the middle of a table or row."""
    box = await place.bounding_box()
    assert box
    await page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=3)


async def test_rule_09_and_10_a_party_is_carried_and_a_refused_drop_puts_it_back(
    tablet: Tablets,
) -> None:
    page = await tablet("marat")
    row = page.locator("[data-row]").first
    await page.wait_for_function("() => document.querySelector('.book')")
    taken = page.locator(".table.seated:not(.small)").first
    await lift(page, row)
    box = await taken.bounding_box()
    assert box
    await page.mouse.move(box["x"] + 20, box["y"] + 20, steps=4)
    table = await taken.get_attribute("data-table")
    await expect(page.locator(".carried .does")).to_have_text(f"Seat {table}")
    card = await page.locator(".carried div").bounding_box()
    assert card
    assert card["y"] + card["height"] < box["y"] + 20 - 24
    await page.mouse.up()
    await expect(page.locator(".carried")).to_have_count(0)
    await expect(page.locator(".refused")).to_be_visible()
    await lift(page, row)
    await page.keyboard.press("Escape")
    await expect(page.locator(".carried")).to_have_count(0)


async def test_a_row_that_is_held_while_its_list_goes_away_is_let_go(tablet: Tablets) -> None:
    page = await tablet("marat")
    await press(page, page.locator("[data-row]").first)
    await page.keyboard.press("d")
    await page.locator("[data-wait]").first.wait_for()
    await page.wait_for_timeout(400)  # longer than a hold; what is thrown then fails the test
    await page.mouse.up()
    await page.locator("nav button.floor").click()
    await lift(page, page.locator("[data-row]").first)
    await page.keyboard.press("Escape")
    await expect(page.locator(".carried")).to_have_count(0)


async def press(page: Page, row: Locator) -> tuple[float, float]:
    """Put the finger on a row, where it can be lifted."""
    await row.scroll_into_view_if_needed()
    box = await row.bounding_box()
    assert box
    x, y = float(round(box["x"] + min(90, box["width"] / 2))), box["y"] + 20
    await page.mouse.move(x, y)
    await page.mouse.down()
    return x, y


async def lift(page: Page, row: Locator) -> None:
    """Hold a row until it is lifted."""
    x, y = await press(page, row)
    carried = page.locator(".carried")
    async with asyncio.timeout(10):
        while not await carried.count():
            x += 1 if x % 2 else -1
            await page.mouse.move(x, y)
            await page.wait_for_timeout(20)


async def test_rule_13_digits_can_be_read_and_none_is_cut_off_in_large_letters(
    tablet: Tablets,
) -> None:
    page = await tablet("marat", size=(1024, 768))
    sizes = await page.evaluate(LETTERS)
    assert min(size for _, size in sizes) >= 12
    assert min(size for name, size in sizes if "number" in name) >= 14
    await page.evaluate("document.documentElement.style.setProperty('--letters', '1.3')")
    await page.set_viewport_size({"width": 1024, "height": 767})
    await page.wait_for_function("() => document.querySelector('.number').clientHeight > 18")
    assert await page.evaluate(CUT) == []


async def test_rule_14_tables_are_touched_without_touching_their_neighbours(
    tablet: Tablets,
) -> None:
    page = await tablet("marat", size=(1024, 768))
    tables = await boxes(page, "[data-table]")
    assert len(tables) == 60
    assert min(min(each["width"], each["height"]) for each in tables) >= 48 - 0.01
    pairs = [(one, other) for i, one in enumerate(tables) for other in tables[:i]]
    assert min(apart(*pair) for pair in pairs) >= 8 - 0.1
    buttons = "header button, footer button, .floor .bar button, .book button:not(.look)"
    others = await boxes(page, buttons)
    assert [each for each in others if min(each["width"], each["height"]) < 48 - 0.01] == []
    for what in (".table.seated", ".table.free", "[data-row] .look"):
        await page.locator(what).first.click()
        await expect(page.locator(".sheet .act")).to_be_visible()
        inside = await boxes(page, ".sheet button")
        assert [each for each in inside if min(each["width"], each["height"]) < 48 - 0.01] == []
        await page.keyboard.press("Escape")
        await expect(page.locator(".sheet")).to_have_count(0)
    for width, height in ((1024, 768), (768, 1024)):
        await page.set_viewport_size({"width": width, "height": height})
        await at_rest(page)
        assert await page.evaluate(BEYOND) == [0, 0], "all sixty are in sight"


async def test_rule_15_a_free_table_is_the_strongest_of_the_neutral_forms(tablet: Tablets) -> None:
    for theme in ("dark", "light"):
        page = await tablet("marat", theme=theme)
        colours = await page.evaluate("""() => {
            const free = document.querySelector('.table.free');
            const of = (part, name) => getComputedStyle(free.querySelector(part))[name];
            const room = getComputedStyle(document.querySelector('.area')).fill;
            return [of('.edge', 'stroke'), room, of('.number', 'color'), of('.top', 'fill')]
        }""")
        edge, ground, number, top = map(luminance, colours)
        assert contrast(edge, ground) >= 3
        assert contrast(number, top) >= 4.5


def luminance(colour: str) -> float:
    """The relative luminance of a colour as computed styles write it (WCAG 2.2)."""
    parts = [int(each) / 255 for each in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    linear = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


async def with_every_state(route: Route) -> None:
    """Tonight with a table that is free, one held back, one kept, and guests past their time."""
    answer = await route.fetch()
    tonight = await answer.json()
    gone = [each for each in tonight["seatings"] if len(each["tables"]) == 1][:3]
    free, held, kept = (each["tables"][0] for each in gone)
    tonight["seatings"] = [each for each in tonight["seatings"] if each not in gone]
    tonight["seatings"][0]["overdue"] = True
    for table in (free, held, kept):
        tonight["next_by_table"].pop(table, None)
    for party in tonight["reservations"]:
        if {free, held, kept}.intersection(party["tables"]):
            party["tables"] = []
    soon = (NOW + timedelta(minutes=20)).isoformat()
    tonight["held"] = [
        {"held_id": str(uuid4()), "tables": [held], "starts": soon, "release_at": soon}
    ]
    tonight["host_holds"] = [{"tables": [kept], "party_size": 2, "expires_at": soon}]
    late = next(each for each in tonight["reservations"] if each["state"] == "booked")
    late |= {"starts": (NOW - timedelta(minutes=9)).isoformat(), "late_until": None}
    await route.fulfill(response=answer, json=tonight)


async def test_rule_16_and_17_states_differ_in_form_and_late_is_only_what_is_past_its_time(
    tablet: Tablets, friday: Served
) -> None:
    page = await tablet("marat")
    tonight = await page.evaluate(TONIGHT)
    for table, ready in (("3", True), ("5", False), ("7", True)):
        found = next(each for each in tonight["seatings"] if each["tables"] == [table])
        wish = orders.Clear(
            id=uuid4(), seating_id=UUID(found["seating_id"]), version=found["version"], ready=ready
        )
        await tell(friday.pool, wish)
    await tell(friday.pool, orders.BlockTable(id=uuid4(), table_id="7"))
    await page.route("**/host/tonight", with_every_state)
    await page.reload()
    await expect(page.locator('[data-table="7"].shut')).to_be_visible()
    tables: dict[str, tuple[str, str | None]] = {
        kind: (f".table.{kind}:not(.check)", None)
        for kind in ("free", "promised", "seated", "over", "held", "kept", "reset", "shut")
    }
    bar: dict[str, tuple[str, str | None]] = {
        kind: (f".people i.{kind}", None) for kind in ("seated", "coming", "wait")
    }
    assert await confused(page, tables | {"paid": (".table:has(.sign:not(.clash))", None)}) == []
    assert await confused(page, bar) == []
    assert await page.evaluate(COLOURS) == []
    rows: dict[str, tuple[str, str | None]] = {
        kind: (f".row.{kind}", "::before") for kind in ("soon", "late", "here", "beyond")
    }
    assert await confused(page, rows) == []
    await page.get_by_role("tab", name="Seated").click()
    rows = {kind: (f".row.{kind}", "::before") for kind in ("fine", "over")}
    await expect(page.locator(".row.fine").first).to_be_visible()
    assert await confused(page, rows) == []
    assert await page.evaluate(COLOURS) == []
    for key, shown in (("p", ".timeline .bar.seated"), ("d", ".stand[data-view='door']")):
        await page.keyboard.press(key)
        await expect(page.locator(shown).first).to_be_visible()
        assert await page.evaluate(COLOURS) == [], shown
