"""The door on a tablet: walk-ins, a refusal turned, a colleague called, the waitlist, gifts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest_asyncio
from playwright.async_api import expect

from policies.floor import orders
from seating.db import transaction
from tests.support.house import SEVEN, VENUE, at, house_text, move_clock, open_house
from tests.support.rules import rule
from tests.support.stand import clear, stand, tell, walk_in
from tests.web.stand.conftest import served_copy

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Locator, Page

    from policies.book.picture import WaitingPlace
    from seating.db import Pool
    from tests.web.stand.conftest import Served, Tablets

RULES = {
    "holds": [{"name": "all", "period": "dinner", "starts": "18:00", "minutes": 300, "count": 1,
               "seats": 6, "ladder": []}],
    "gestures": [{"key": "glass", "name": {"en": "A glass"}, "cost": 500, "due": "arrival"},
                 {"key": "magnum", "name": {"en": "Magnum"}, "cost": 4000, "due": "mains"},
                 {"key": "claim", "name": {"en": "Lost or spoiled"}, "cost": 0, "due": "leaving",
                  "kind": "claim", "cap": 3000}],
}  # fmt: skip
HOLD_TIME = "() => { const at = performance.now(); performance.now = () => at }"
ENDLESS = """() => document.getAnimations().filter(
    each => each.effect.getTiming().iterations === Infinity).length"""
GO_ON = "() => { const later = performance.now() + 800; performance.now = () => later }"
"""For the page: no time passes, however long a tap takes; and then more than a tap has to wait."""


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


async def furnish(pool: Pool) -> None:
    """The house at seven, its rules, a host and a manager."""
    await open_house(pool, house_text(2, 2, 4, 6))
    await move_clock(pool, SEVEN)
    async with transaction(pool) as conn:
        for name, role in (("marat", "host"), ("elena", "manager")):
            await conn.execute(
                "insert into staff (venue_id, staff_id, name, role) values ($1, $2, $3, $4)",
                VENUE, name, name.title(), role,
            )  # fmt: skip
    await rule(pool, **RULES)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def furnished(template: str) -> AsyncIterator[Served]:
    """The house, served."""
    async with served_copy(template, like=template, prepare=furnish) as served:
        yield served


@pytest_asyncio.fixture(loop_scope="session")
async def friday(furnished: Served) -> AsyncIterator[Served]:
    """The house where `tablet` finds it, with nobody in it."""
    yield furnished
    await furnished.kept.put_back()


@pytest_asyncio.fixture(loop_scope="session")
async def room(friday: Served, tablet: Tablets) -> Room:
    """The room at seven; a host and a manager each at a tablet of their own."""
    return Room(friday.pool, await tablet("marat"), await tablet("elena"))


def keypad(page: Page, size: int) -> Locator:
    return page.locator("footer button", has_text=re.compile(rf"^\s*{size}\s*$")).first


def brass(page: Page) -> Locator:
    """The one action of the options in sight."""
    return page.locator(".sheet ul button.act")


def button(page: Page, name: str) -> Locator:
    return page.locator(".sheet").get_by_role("button", name=name, exact=True)


async def tab(page: Page, name: str) -> None:
    await page.locator("header nav").get_by_role("button", name=name).click()


def party(page: Page, table: str) -> Locator:
    """The guests of this table, to whom something may be given."""
    number = page.locator(".table", has_text=re.compile(rf"^{table}$"))
    return page.locator(".parties button").filter(has=number)


async def write(page: Page, line: str) -> None:
    """End the line that is half written."""
    await expect(page.locator(".sheet textarea")).to_be_focused()
    await page.keyboard.type(line)


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


async def test_rule_12_a_seat_is_asked_about_only_where_the_party_is_larger_than_its_table(
    room: Room,
) -> None:
    await keypad(room.marat, 4).tap()
    await brass(room.marat).tap()
    await closed(room.marat)
    assert await room.sits_at() == [("3",)]
    assert await room.marat.locator("[role=dialog], [role=alertdialog]").count() == 0
    await room.marat.locator("[data-table='3']").press("t")
    await room.marat.keyboard.type("1")
    await expect(room.marat.locator(".hand .asks")).to_be_visible()
    await room.marat.keyboard.press("Enter")
    anyway = room.marat.get_by_role("button", name="Do it anyway")
    await expect(anyway).to_be_visible()
    assert await room.sits_at() == [("3",)]
    await anyway.tap()
    await expect(room.marat.locator("[data-table='1'].seated")).to_be_visible()
    assert await room.sits_at() == [("1",)]
    async with room.marat.expect_response("**/host/orders/undo"):
        await room.marat.get_by_role("button", name=re.compile("^Undo")).first.tap()
    assert await room.sits_at() == [("3",)]


async def test_rule_04_a_tap_right_after_the_table_changed_seats_nobody_and_the_row_says_so(
    room: Room,
) -> None:
    await keypad(room.marat, 2).tap()
    seat = brass(room.marat)
    await seat.filter(has_text="Seat 1").wait_for()
    await room.marat.evaluate(HOLD_TIME)
    await walk_in(room.pool, "1", size=2)
    await seat.filter(has_text="Seat 2").wait_for()
    sent: list[str] = []
    room.marat.on("request", lambda request: sent.append(request.url))
    await seat.tap()
    await expect(room.marat.locator(".sheet").get_by_text("was 1")).to_be_visible()
    await room.marat.evaluate("() => fetch('/host/me')")
    assert not [url for url in sent if url.endswith("/orders/seat")]
    await room.marat.evaluate(GO_ON)
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
    await party(room.marat, "4").tap()
    choose = room.marat.locator(".sheet li", has_text="A glass").last
    await choose.get_by_role("button", name="Choose").tap()
    await write(room.marat, "you waited at the bar")
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
    assert await room.marat.evaluate(ENDLESS) == 0, "nothing flashes"


async def test_rule_20_a_call_says_when_it_was_made_and_what_came_of_it(room: Room) -> None:
    wish = orders.Wait(id=uuid4(), party_size=2, name="Olga")
    (entry,) = (await tell(room.pool, wish)).waiting
    await tab(room.marat, "Door")
    row = room.marat.locator(f"[data-wait='{entry.wait_id}']")
    call = orders.Notify(id=uuid4(), wait_id=entry.wait_id, version=entry.version)
    (called,) = (await tell(room.pool, call)).waiting
    await expect(row).to_contain_text("called at 19:00")
    await move_clock(room.pool, at(0.05))
    coming = orders.Coming(id=uuid4(), wait_id=entry.wait_id, version=called.version)
    await tell(room.pool, coming)
    await expect(row).to_contain_text("coming since 19:03")


async def test_a_gift_is_offered_in_ones_own_words_and_a_claim_is_given_in_two_taps(
    room: Room,
) -> None:
    await walk_in(room.pool, "1", size=2)
    await tab(room.marat, "From the house")
    await party(room.marat, "1").tap()
    choose = room.marat.locator(".sheet li", has_text="A glass").last
    await choose.get_by_role("button", name="Choose").tap()
    await write(room.marat, "you brought the sun with you")
    await button(room.marat, "Offer").tap()
    await closed(room.marat)
    await room.marat.get_by_role("button", name="They like it").tap()
    await room.marat.get_by_role("button", name="Brought").tap()
    await party(room.marat, "1").tap()
    await button(room.marat, "Lost or spoiled").tap()
    await room.marat.locator(".sheet .amounts button").first.tap()
    await closed(room.marat)
    given = await room.pool.fetch("select item, state, line from gesture order by offered_at, item")
    assert ("glass", "delivered", "because you brought the sun with you") in map(tuple, given)
    assert ("claim", "delivered") in [(each["item"], each["state"]) for each in given]


async def test_a_party_that_goes_while_a_gift_is_chosen_for_it_is_said_to_have_gone(
    room: Room,
) -> None:
    sat = await walk_in(room.pool, "1", size=2)
    await tab(room.marat, "From the house")
    await party(room.marat, "1").tap()
    sheet = room.marat.locator(".sheet")
    await sheet.get_by_role("button", name="Choose").first.wait_for()
    await clear(room.pool, sat)
    await expect(sheet.get_by_text("They have gone.")).to_be_visible()
    await expect(sheet.get_by_role("button", name="Choose")).to_have_count(0)


async def test_a_gift_beyond_ones_limit_is_asked_of_a_manager_whose_yes_arrives(room: Room) -> None:
    await walk_in(room.pool, "2", size=2)
    await tab(room.marat, "From the house")
    await party(room.marat, "2").tap()
    choose = room.marat.locator(".sheet li", has_text="Magnum")
    await choose.get_by_role("button", name="Choose").tap()
    await write(room.marat, "we had you wait so long")
    await button(room.marat, "Ask a manager").tap()
    await closed(room.marat)
    await room.marat.get_by_text(re.compile("^asked")).wait_for()
    await room.elena.get_by_role("alert").get_by_role("button").first.tap()
    await button(room.elena, "Yes").tap()
    offered = room.marat.locator("li", has_text="we had you wait so long")
    await offered.get_by_role("button", name="They like it").wait_for()
    assert await room.pool.fetchval("select state from approval") == "approved"


async def test_rule_23_the_next_server_is_named_with_the_reason_and_the_kitchen_is_slowed(
    room: Room,
) -> None:
    page = room.marat
    await page.locator("header .online").tap()
    await button(page, "Set sections").tap()
    await page.locator(".sheet").get_by_role("button", name="Set sections").last.tap()
    bar = page.get_by_role("region", name="Sections on the floor")
    await bar.get_by_role("button", name="More people").tap()
    for name, tables in (("Marat", "1"), ("Elena", "23")):
        await bar.get_by_role("button", name=re.compile(f"^{name} ·")).tap()
        for table in tables:
            await page.locator(f"[data-table='{table}']").tap()
    await expect(bar).to_contain_text("One table without a server")
    await bar.get_by_role("button", name="Save sections").tap()
    await bar.wait_for(state="detached")
    assert {each.server for each in (await stand(room.pool)).servers} == {"marat", "elena"}
    await keypad(page, 2).tap()
    serves = page.locator(".sheet").get_by_role("region", name="Who serves them")
    await expect(serves).to_contain_text("Elena: no party yet")
    await brass(page).tap()
    await closed(page)
    await expect(page.get_by_role("main")).to_contain_text("Next: Marat: no party yet")
    await keypad(page, 2).tap()
    await expect(serves).to_contain_text("Marat: no party yet")
    await serves.get_by_role("button", name="Elena").tap()
    await expect(serves).to_contain_text("Elena: 1 table, 2 guests, last 19:00")
    await expect(serves).to_contain_text("this is the second")
    await page.evaluate(GO_ON)
    await brass(page).tap()
    await closed(page)
    assert [each.server for each in (await stand(room.pool)).seatings] == ["elena", "elena"]
    await page.locator("header .online").tap()
    await button(page, "30 min").tap()
    await button(page, "Slow the kitchen").tap()
    await expect(page.locator(".sheet")).to_contain_text("until 19:30 · Marat")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("main")).to_contain_text("Kitchen slowed until 19:30: 4 of 250")
    await keypad(page, 4).tap()
    await expect(page.locator(".sheet")).to_contain_text("It takes their order now.")
