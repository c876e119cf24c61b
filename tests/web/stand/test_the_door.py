"""The door on a tablet: walk-ins, a refusal turned, a colleague called, the waitlist, gifts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest_asyncio
from playwright.async_api import expect

from api.settings import Settings
from policies.floor import orders
from seating.db import open_pool, transaction
from tests.api.booking.conftest import listening
from tests.api.conftest import session_token
from tests.support.application import living
from tests.support.browser import PATIENCE, built_screens
from tests.support.database import copy_of
from tests.support.house import SEVEN, VENUE, at, house_text, move_clock, open_house
from tests.support.rules import rule
from tests.support.stand import clear, stand, tell, walk_in

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, Locator, Page

    from policies.book.picture import WaitingPlace
    from seating.db import Pool

RULES = {
    "holds": [{"name": "all", "period": "dinner", "starts": "18:00", "minutes": 300, "count": 1,
               "seats": 6, "ladder": []}],
    "gestures": [{"key": "glass", "name": {"en": "A glass"}, "cost": 500, "due": "arrival"},
                 {"key": "magnum", "name": {"en": "Magnum"}, "cost": 4000, "due": "mains"},
                 {"key": "claim", "name": {"en": "Lost or spoiled"}, "cost": 0, "due": "leaving",
                  "kind": "claim", "cap": 3000}],
}  # fmt: skip


@dataclass(frozen=True)
class Room:
    """A house with two tables for two, one for four, and one for six that is kept back."""

    pool: Pool
    marat: Page
    elena: Page

    async def sits_at(self) -> list[tuple[str, ...]]:
        """The tables taken, party by party."""
        return sorted(each.tables for each in (await stand(self.pool)).seatings)

    async def fill(self) -> None:
        """Take every table that is not kept back."""
        for table, size in (("1", 2), ("2", 2), ("3", 4)):
            await walk_in(self.pool, table, size=size)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def opened(template: str, browser: Browser) -> AsyncIterator[Room]:
    """The screens served on a house of their own; a host and a manager each at a tablet."""
    built_screens()
    async with copy_of(template, like=template) as dsn:
        pool = await open_pool(dsn, min_size=1)
        await open_house(pool, house_text(2, 2, 4, 6))
        await move_clock(pool, SEVEN)
        async with transaction(pool) as conn:
            for name, role in (("marat", "host"), ("elena", "manager")):
                await conn.execute(
                    "insert into staff (venue_id, staff_id, name, role) values ($1, $2, $3, $4)",
                    VENUE, name, name.title(), role,
                )  # fmt: skip
        await rule(pool, **RULES)
        settings = Settings(database_url=dsn, demo=True, jobs="none", pool_min=1, pool_max=6)
        async with living(settings) as app, listening(app) as url:
            pages = [await tablet(browser, pool, url, who) for who in ("marat", "elena")]
            yield Room(pool, *pages)
            for page in pages:
                await page.context.close()
        await pool.close()


async def tablet(browser: Browser, pool: Pool, url: str, who: str) -> Page:
    """The stand on a tablet of this person, who is logged in."""
    device, session = await session_token(pool, who)
    context = await browser.new_context(
        base_url=url, locale="en-GB", viewport={"width": 1180, "height": 820}, has_touch=True
    )
    found = (("maitred_device", device), ("maitred_session", session))
    await context.add_cookies([{"name": name, "value": is_, "url": url} for name, is_ in found])
    page = await context.new_page()
    page.set_default_timeout(PATIENCE)
    await page.goto("/stand/")
    await keypad(page, 2).wait_for()
    return page


@pytest_asyncio.fixture(loop_scope="session")
async def room(opened: Room) -> Room:
    """The room at seven with nobody in it, and nothing open on the tablets."""
    await move_clock(opened.pool, SEVEN)
    view = await stand(opened.pool)
    for seating in view.seatings:
        await clear(opened.pool, seating)
    for entry in view.waiting:
        left = orders.Leave(id=uuid4(), wait_id=entry.wait_id, version=entry.version)
        await tell(opened.pool, left)
    for page in (opened.marat, opened.elena):
        while await page.locator(".sheet").count():
            await page.keyboard.press("Escape")
            await page.locator(".sheet").wait_for(state="detached")
        # News take their time: a test must not tap a party of the one before.
        await tab(page, "From the house")
        await expect(page.locator(".parties button")).to_have_count(0)
        await tab(page, "Floor")
    return opened


def keypad(page: Page, size: int) -> Locator:
    return page.locator("footer button", has_text=re.compile(rf"^\s*{size}\s*$")).first


def brass(page: Page) -> Locator:
    """The one action of the options in sight."""
    return page.locator(".sheet ul button.act")


def button(page: Page, name: str) -> Locator:
    return page.locator(".sheet").get_by_role("button", name=name, exact=True)


async def tab(page: Page, name: str) -> None:
    await page.locator("header nav").get_by_role("button", name=name).click()


async def closed(page: Page) -> None:
    await page.locator(".sheet").wait_for(state="detached")


async def test_rule_01_a_walk_in_is_seated_in_two_taps_from_any_tab_and_no_name_is_asked(
    room: Room,
) -> None:
    for place, size in (("Floor", 2), ("Door", 1), ("From the house", 4)):
        await tab(room.marat, place)
        await keypad(room.marat, size).tap()
        await brass(room.marat).tap()
        await closed(room.marat)
    seated = (await stand(room.pool)).seatings
    assert sorted((each.party_size, each.tables, each.name) for each in seated) == [
        (1, ("2",), ""),
        (2, ("1",), ""),
        (4, ("3",), ""),
    ]


async def test_rule_12_nothing_is_asked_before_a_seat_and_one_tap_takes_it_back(room: Room) -> None:
    await keypad(room.marat, 4).tap()
    await brass(room.marat).tap()
    await closed(room.marat)
    assert await room.sits_at() == [("3",)]
    assert await room.marat.locator("[role=dialog], [role=alertdialog]").count() == 0
    async with room.marat.expect_response("**/host/orders/undo"):
        await room.marat.get_by_role("button", name=re.compile("^Undo")).first.tap()
    assert await room.sits_at() == []


async def test_rule_04_a_tap_right_after_the_table_changed_seats_nobody_and_the_row_says_so(
    room: Room,
) -> None:
    await keypad(room.marat, 2).tap()
    seat = brass(room.marat)
    await seat.filter(has_text="Seat 1").wait_for()
    await walk_in(room.pool, "1", size=2)
    await seat.filter(has_text="Seat 2").wait_for()
    sent: list[str] = []
    room.marat.on("request", lambda request: sent.append(request.url))
    await seat.tap()
    assert await room.marat.locator(".sheet").get_by_text("was 1").is_visible()
    await room.marat.evaluate("() => fetch('/host/me')")
    assert not [url for url in sent if url.endswith("/orders/seat")]
    await room.marat.evaluate(
        "() => { const real = performance.now.bind(performance);"
        " performance.now = () => real() + 800 }"
    )
    await seat.tap()
    await closed(room.marat)
    assert await room.sits_at() == [("1",), ("2",)]


async def test_a_refusal_is_said_first_and_then_turned_into_the_table_kept_back(
    room: Room,
) -> None:
    await room.fill()
    await keypad(room.marat, 5).tap()
    sheet = room.marat.locator(".sheet")
    await sheet.get_by_text("Say first, then turn back").wait_for()
    await button(room.marat, "Try for them").tap()
    assert re.fullmatch(r"kept for you [12]:\d\d", await sheet.locator("[data-kept]").inner_text())
    await brass(room.marat).filter(has_text="Give 4").tap()
    await button(room.marat, "first visit").tap()
    await closed(room.marat)
    assert ("4",) in await room.sits_at()
    row = await room.pool.fetchrow(
        "select party_size, recovered_how from turnaway order by at desc limit 1"
    )
    assert row is not None
    assert tuple(row) == (5, "held")
    granted = "select reason from held_table where state = 'granted'"
    assert await room.pool.fetchval(granted) == "first visit"
    await tab(room.marat, "From the house")
    await room.marat.locator(".parties button", has_text="5").tap()
    choose = room.marat.locator(".sheet li", has_text="A glass").last
    await choose.get_by_role("button", name="Choose").tap()
    await room.marat.keyboard.type("you waited at the bar")
    await button(room.marat, "Offer").tap()
    await closed(room.marat)
    offered = "select party_size from gesture join seating using (venue_id, seating_id)"
    assert await room.pool.fetchval(offered) == 5
    await room.marat.get_by_role("button", name="They like it").tap()
    await room.marat.get_by_role("button", name="Brought").tap()
    await room.marat.get_by_role("button", name="Brought").wait_for(state="detached")


async def test_a_refused_party_is_handed_to_a_colleague_whose_tablet_lights_up(room: Room) -> None:
    await room.fill()
    await keypad(room.marat, 3).tap()
    await button(room.marat, "Ask Elena").tap()
    await button(room.marat, "Call Elena").tap()
    await room.marat.get_by_text("Elena is called").wait_for()
    await room.elena.get_by_role("alert").get_by_role("button").first.tap()
    await room.elena.locator(".sheet").get_by_text("Marat asks for you").wait_for()
    await button(room.elena, "I have them").tap()
    await room.elena.locator("[data-kept]").wait_for()
    await room.marat.get_by_text("Elena has them").wait_for()


async def test_rule_19_a_quote_is_given_in_one_tap_changed_by_five_and_runs_down_then_up(
    room: Room,
) -> None:
    await room.fill()
    await tab(room.marat, "Door")
    await room.marat.get_by_role("button", name="Put a party on the list").tap()
    await button(room.marat, "4").tap()
    said = room.marat.locator(".sheet output")
    await said.filter(has_text="min").wait_for()
    quoted = int((await said.inner_text()).split()[0])
    await button(room.marat, "five minutes less").tap()
    put = room.marat.locator(".sheet").get_by_role("button", name=re.compile("^On the list"))
    await put.tap()
    await closed(room.marat)
    (entry,) = (await stand(room.pool)).waiting
    assert entry.quoted_minutes == quoted - 5
    row = room.marat.locator(f"[data-wait='{entry.wait_id}'] .quote")
    version = entry.version
    where: tuple[WaitingPlace, ...] = ("bar", "door", "terrace")
    for (left, word), place in zip(
        ((quoted - 5, "min left"), (5, "soon"), (-4, "min over")), where, strict=True
    ):
        await move_clock(room.pool, at((quoted - 5 - left) / 60))
        place_it = orders.Place(id=uuid4(), wait_id=entry.wait_id, version=version, where=place)
        version = (await tell(room.pool, place_it)).waiting[0].version
        await row.filter(has_text=re.compile(rf"^\+?{abs(left)}\s*{word}$")).wait_for()


async def test_a_gift_is_offered_in_ones_own_words_and_a_claim_is_given_in_two_taps(
    room: Room,
) -> None:
    await walk_in(room.pool, "1", size=2)
    await tab(room.marat, "From the house")
    party = room.marat.locator(".parties button").first
    await party.tap()
    choose = room.marat.locator(".sheet li", has_text="A glass").last
    await choose.get_by_role("button", name="Choose").tap()
    await expect(room.marat.locator(".sheet textarea")).to_be_focused()
    await room.marat.keyboard.type("you brought the sun with you")
    await button(room.marat, "Offer").tap()
    await closed(room.marat)
    await room.marat.get_by_role("button", name="They like it").tap()
    await room.marat.get_by_role("button", name="Brought").tap()
    await party.tap()
    await button(room.marat, "Lost or spoiled").tap()
    await room.marat.locator(".sheet .amounts button").first.tap()
    await closed(room.marat)
    given = await room.pool.fetch("select item, state, line from gesture order by offered_at, item")
    assert ("glass", "delivered", "because you brought the sun with you") in map(tuple, given)
    assert ("claim", "delivered") in [(each["item"], each["state"]) for each in given]


async def test_a_gift_beyond_ones_limit_is_asked_of_a_manager_whose_yes_arrives(room: Room) -> None:
    await walk_in(room.pool, "2", size=2)
    await tab(room.marat, "From the house")
    await room.marat.locator(".parties button").first.tap()
    choose = room.marat.locator(".sheet li", has_text="Magnum")
    await choose.get_by_role("button", name="Choose").tap()
    await room.marat.keyboard.type("we had you wait so long")
    await button(room.marat, "Ask a manager").tap()
    await closed(room.marat)
    await room.marat.get_by_text(re.compile("^asked")).wait_for()
    await room.elena.get_by_role("alert").get_by_role("button").first.tap()
    await button(room.elena, "Yes").tap()
    offered = room.marat.locator("li", has_text="we had you wait so long")
    await offered.get_by_role("button", name="They like it").wait_for()
    assert await room.pool.fetchval("select state from approval") == "approved"
