"""The shell of the stand in Chromium: locked and opened by PIN, undone, signed, cut off and back.

One house, one server and one browser a worker; each test has tablets of its own, and what it did is
undone after it.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest_asyncio
import uvicorn
from playwright.async_api import expect

from api.edge.connections import BoundedConnection
from api.settings import Settings
from policies.floor import orders
from seating.access.devices import make_pairing_code
from seating.access.staff import SET_PIN
from seating.book.actions import ActionAuthor
from seating.clock import set_clock
from seating.db import ACTING, open_pool, transaction
from tests.api.conftest import PIN, device_token, pin_hash, session_token
from tests.support.application import living
from tests.support.browser import PATIENCE
from tests.support.database import copy_of
from tests.support.house import SEVEN, VENUE, house_text, move_clock, open_house
from tests.support.stand import tell
from tests.web.stand.conftest import kept, kill

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, Page

    from seating.db import Pool
    from tests.web.stand.conftest import Kept

HOUSE = house_text(2, 2, 4, 6, 4, joins=[("1", "2")], terrace=1)
PEOPLE = {"marat": "Marat Galeev", "sofia": "Sofia Moretti"}
SOFIA = ActionAuthor(staff_id="sofia", actor="host")
NEW_PERSON = "insert into staff (venue_id, staff_id, name, role) values ($1, $2, $3, 'host')"
PAUSED = """
select engaged from lever where venue_id = $1 and kind = 'online_paused' and lifted_at is null
order by pulled_at desc limit 1
"""
SITS = "select true from seating where venue_id = $1 and name = $2 and cleared_at is null"
STOPS = "select count(*) from lever where venue_id = $1 and kind = 'seating_stopped'"
LIVE = PATIENCE
"""Milliseconds until news is there on a busy machine; without news one looks after 45 seconds."""


@dataclass
class Service:
    """A house that is open, served on one port by a server that can be killed and started."""

    kept: Kept
    pool: Pool
    port: int = 0
    server: uvicorn.Server | None = None
    task: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Serve, on the same port as before."""
        config = uvicorn.Config(
            self.kept.app,
            port=self.port,
            http=BoundedConnection,
            lifespan="off",
            log_level="error",
        )
        self.server = uvicorn.Server(config)
        self.task = asyncio.create_task(self.server.serve())
        while not self.server.started:  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.01)
        self.port = self.server.servers[0].sockets[0].getsockname()[1]

    async def kill(self) -> None:
        """End it with all its connections, as a lost machine would."""
        assert self.server is not None
        assert self.task is not None
        await kill(self.server, self.task)

    async def made_anew(self) -> None:
        """Serve the house as it was when it was opened."""
        if self.task is None or self.task.done():
            await self.start()
        await self.kept.put_back()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def opened_service(template: str, screens: None) -> AsyncIterator[Service]:
    """Marat and Sofia's house at seven on a Wednesday; time stands still."""
    del screens
    async with copy_of(template, like=template) as dsn:
        pool = await open_pool(dsn, min_size=1)
        await open_house(pool, HOUSE)
        await move_clock(pool, SEVEN)
        for staff_id, name in PEOPLE.items():
            async with transaction(pool) as conn:
                await conn.execute(NEW_PERSON, VENUE, staff_id, name)
                await conn.execute(SET_PIN, VENUE, staff_id, pin_hash())
        settings = Settings(database_url=dsn, demo=True, jobs="none", pool_min=1, pool_max=4)
        async with living(settings) as app:
            found = Service(await kept(app, dsn), pool)
            await found.start()
            yield found
            await found.kill()
        await pool.close()


@pytest_asyncio.fixture(loop_scope="session")
async def service(opened_service: Service) -> AsyncIterator[Service]:
    """The house at seven, as no test has been there."""
    yield opened_service
    await opened_service.made_anew()


@asynccontextmanager
async def page_of(
    browser: Browser,
    service: Service,
    cookies: dict[str, str] | None = None,
    **how: Any,  # noqa: ANN401 - as the browser takes it
) -> AsyncIterator[Page]:
    """A page of a browser of its own, put away whatever becomes of the test."""
    context = await browser.new_context(base_url=service.url, **how)
    try:
        await context.add_cookies(
            [
                {"name": name, "value": value, "url": service.url}
                for name, value in (cookies or {}).items()
            ]
        )
        page = await context.new_page()
        page.set_default_timeout(PATIENCE)
        yield page
    finally:
        await context.close()


@asynccontextmanager
async def opened(
    browser: Browser, service: Service, person: str | None = None
) -> AsyncIterator[Page]:
    """A paired tablet with nobody or somebody logged in."""
    cookies = {}
    if person is None:
        cookies["maitred_device"] = await device_token(service.pool)
    else:
        device, session = await session_token(service.pool, person)
        cookies |= {"maitred_device": device, "maitred_session": session}
    size = {"width": 1180, "height": 820}
    async with page_of(browser, service, cookies, viewport=size, locale="en-GB") as page:
        if person is None:
            await page.goto("/stand/")
            await page.wait_for_selector(".locked")
        else:
            async with page.expect_response("**/live/*"):
                await page.goto("/stand/")
        yield page


async def sit(service: Service, table: str, name: str, size: int = 2) -> None:
    """Sofia seats a party, at another tablet."""
    order = orders.Seat(id=uuid4(), tables=(table,), party_size=size, name=name)
    acting = ACTING.set(SOFIA.staff_id)  # as the login check does: the news say who did it
    try:
        await tell(service.pool, order, SOFIA)
    finally:
        ACTING.reset(acting)


async def enter_pin(page: Page, name: str | None = None) -> None:
    if name:
        await page.get_by_role("button", name=name).click()
    await type_digits(page)
    await page.keyboard.press("Enter")


async def type_digits(page: Page) -> None:
    """Type the PIN once one is asked for it."""
    await page.get_by_role("region", name="PIN of").wait_for()
    for digit in PIN:
        await page.keyboard.press(digit)


async def paused(service: Service) -> bool:
    """Whether booking online is paused."""
    return bool(await service.pool.fetchval(PAUSED, VENUE))


async def seated(service: Service, name: str) -> bool:
    """Whether a party of this name sits."""
    return bool(await service.pool.fetchval(SITS, VENUE, name))


async def test_a_link_pairs_a_tablet_by_one_tap_and_leaves_no_code_in_the_address(
    browser: Browser, service: Service
) -> None:
    async with transaction(service.pool) as conn:
        code = await make_pairing_code(conn, VENUE, None)
    async with page_of(browser, service, locale="ru-RU") as page:
        await page.goto(f"/stand/#pair={code.code}&venue={VENUE}")
        await page.get_by_role("button", name="Подключить").click()
        await expect(page.locator(".locked")).to_be_visible()
        assert code.code not in page.url


async def test_the_demo_shows_its_room_to_a_browser_beside_it_and_pairs_it_by_one_tap(
    browser: Browser, service: Service
) -> None:
    """Whoever then logs in slows down an evening that is too fast to work in."""
    async with transaction(service.pool) as conn:
        await set_clock(conn, SEVEN, 2)
    async with page_of(browser, service, locale="en-GB") as page:
        await page.goto("/stand/")
        await expect(page.get_by_role("img", name="The room")).to_contain_text("Terrace")
        await expect(page.get_by_text("runs 2 times as fast")).to_be_visible()
        await page.get_by_role("button", name="Pair this tablet").click()
        await enter_pin(page, "Marat Galeev")
        slower = page.get_by_role("button", name="In real time")
        await slower.click()
        await expect(slower).to_have_count(0)
        assert await service.pool.fetchval("select rate from clock") == 1


async def test_rule_25_a_locked_stand_names_nobody_and_a_pin_opens_what_was_there(
    browser: Browser, service: Service
) -> None:
    await sit(service, "1", "Olga Petrova")
    async with opened(browser, service) as page:
        room = page.get_by_role("img", name="The room")
        await expect(room.locator("g.seated")).to_have_count(1)
        assert "Olga" not in await page.content()
        await enter_pin(page, "Marat Galeev")
        await expect(page.locator(".stand")).to_be_visible()
        await page.get_by_role("button", name="Reservations").click()
        await page.keyboard.press("j")
        await expect(page.get_by_role("dialog", name="Journal")).to_be_visible()
        await page.keyboard.press("Shift+Escape")
        await expect(page.locator(".locked")).to_be_visible()
        assert "Olga" not in await page.content()
        await page.get_by_role("region", name="PIN of").wait_for()
        await expect(page.locator(".ended")).to_have_count(0)  # who locks it is told of no error
        await type_digits(page)  # whose PIN was four digits before is asked for no Enter
        await expect(page.get_by_role("dialog", name="Journal")).to_be_visible()
        assert await page.locator(".stand").get_attribute("data-view") == "book"
        await page.keyboard.press("Escape")
        await page.get_by_role("button", name="Marat Galeev: change person").click()
        await enter_pin(page)
        await expect(page.get_by_role("button", name="Sofia Moretti: change")).to_be_visible()
        assert await page.locator(".stand").get_attribute("data-view") == "book"


async def test_rule_25_what_others_do_is_shown_at_once_and_signed(
    browser: Browser, service: Service
) -> None:
    async with opened(browser, service, "marat") as page:
        people = page.locator(".people")
        before = await people.inner_text()
        await sit(service, "4", "Vera", size=5)
        await expect(people).not_to_have_text(before, timeout=LIVE)
        signature = page.get_by_text(re.compile(r"^Sofia Moretti, \d+ s ago$"))
        await expect(signature).to_be_visible(timeout=LIVE)


async def test_rule_11_an_act_is_undone_at_the_thumb_and_anybodys_in_the_journal(
    browser: Browser, service: Service
) -> None:
    await sit(service, "3", "Anton")
    async with opened(browser, service, "marat") as page:
        await page.get_by_role("button", name="Online open").click()
        sheet = page.get_by_role("dialog")
        await sheet.get_by_role("button", name="Pause").click()  # asks nothing (rule 12)
        undo = sheet.get_by_role("button", name="Undo")
        await expect(undo).to_be_visible()
        assert await paused(service)
        await undo.click()
        await expect(sheet.get_by_role("button", name="Pause")).to_be_visible()
        assert not await paused(service)
        await page.keyboard.press("Escape")
        await page.keyboard.press("j")
        row = page.get_by_role("dialog").get_by_role("listitem").filter(has_text="Anton")
        await expect(row.get_by_text("Sofia Moretti")).to_be_visible()
        await row.get_by_role("button", name="Undo").click()
        await expect(row.first).to_contain_text("undone by Marat Galeev")
        assert not await seated(service, "Anton")


async def test_rule_22_what_is_private_folds_and_the_tablet_locks_when_nobody_is_there(
    browser: Browser, service: Service
) -> None:
    async with opened(browser, service, "marat") as page:
        await page.clock.install()
        await page.reload()
        fold = page.locator("button.fold")
        await expect(fold).to_have_attribute("aria-pressed", "false")
        await fold.click()
        await expect(fold).to_have_attribute("aria-pressed", "true")
        await fold.click()
        await page.clock.fast_forward(31_000)
        await expect(fold).to_have_attribute("aria-pressed", "true")
        await page.mouse.click(5, 5)
        await expect(fold).to_have_attribute("aria-pressed", "false")
        await page.clock.fast_forward(14 * 60_000 + 5_000)
        stay = page.get_by_role("button", name="Stay")
        await expect(stay).to_be_visible()
        # A pointer on its way there is a sign of life already: there is no waiting for the button.
        place = await stay.bounding_box()
        assert place
        await page.mouse.click(place["x"] + 20, place["y"] + 20)
        await expect(stay).to_be_hidden()
        await page.clock.fast_forward(15 * 60_000 + 1_000)
        await expect(page.locator(".locked")).to_be_visible()


async def test_a_service_that_is_killed_and_comes_back_is_found_again_and_an_act_happens_once(
    browser: Browser, service: Service
) -> None:
    async with opened(browser, service, "marat") as page:
        await page.get_by_role("button", name="Online open").click()
        stop = page.get_by_role("dialog").get_by_role("button", name="Stop")
        await expect(stop).to_be_visible()
        await service.kill()
        cut_off = page.get_by_text("No connection since 19:00")
        await expect(cut_off).to_be_visible()
        await stop.click()
        await service.start()
        await expect(page.get_by_role("button", name="Undo")).to_be_visible()
        await expect(cut_off).to_be_hidden()
        assert await service.pool.fetchval(STOPS, VENUE) == 1
        await page.get_by_role("button", name="Undo").click()
        await page.keyboard.press("Escape")

        await page.route("**/live/*", lambda route: route.fulfill(status=503))
        async with page.expect_response(lambda it: "/live/" in it.url and it.status == 503):
            await service.kill()
            await service.start()
        await page.unroute("**/live/*")
        before = await page.locator(".people").inner_text()
        await sit(service, "5", "Nadja", size=4)
        await expect(page.locator(".people")).not_to_have_text(before)
