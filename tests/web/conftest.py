"""The guest's pages in Chromium: one browser, one house and one server a worker, in one loop."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from api.settings import Settings
from policies.book.consequences import ASKS
from policies.floor import orders
from scripts.chromium import FLAGS, chromium
from seating.booking.thread import write_as_house
from seating.db import open_pool, transaction
from tests.api.booking.conftest import listening
from tests.support.application import living
from tests.support.browser import PATIENCE
from tests.support.database import copy_of
from tests.support.guest_pages import booked_page, waiting_page
from tests.support.house import CLOCK, SEVEN, VENUE, at, house_text, move_clock, open_house
from tests.support.stand import tell

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from seating.db import Pool

HERE = Path(__file__).parent
LOCALES = {"en": "en-GB", "ru": "ru-RU", "de": "de-AT", "uk": "uk-UA"}
WIDTHS = {320: 568, 390: 844, 768: 1024}
"""The small phone, the phone of today and an upright tablet: width and height."""

CHECK = """
insert into till_check (venue_id, check_id, state, table_id, sequence, total, opened_at,
                        reservation_id, seating_id, heard_at)
values ($1, 'c1', 'open', '4', 1, 8640, $2, $3, $4, $2)
"""

RULES = """
en = "We keep your table for 15 minutes. Please call us if you are late."
ru = "Мы держим ваш столик 15 минут. Если вы опаздываете, пожалуйста, позвоните нам."
de = "Wir halten Ihren Tisch 15 Minuten. Rufen Sie uns bitte an, wenn Sie sich verspäten."
uk = "Ми тримаємо ваш столик 15 хвилин. Якщо ви запізнюєтеся, будь ласка, зателефонуйте нам."
"""
HOUSE = (
    house_text(2, 2, 4, 6, 4, joins=[("1", "2")], terrace=1)
    .replace('name = "Test house"', 'name = "Gaststätte Zur Alten Oberförsterei"')
    .replace(
        "high_chairs",
        'address = "Kastanienallee 24, 10435 Berlin"\nphone = "+493012345678"\nhigh_chairs',
    )
    .replace('en = "We keep your table for 15 minutes."', RULES)
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests here need Chromium and share one loop."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@dataclass(frozen=True)
class Site:
    """A house that is open, and where it answers."""

    url: str
    pool: Pool

    async def post(self, path: str, **data: str) -> None:
        """Press a button of a guest's page."""
        async with httpx.AsyncClient(base_url=self.url) as client:
            said = {"id": str(uuid4())} | data if data else None
            assert (await client.post(path, data=said)).status_code == 303


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def site(template: str) -> AsyncIterator[Site]:
    """The house at seven on a Wednesday; time stands still."""
    async with copy_of(template, like=template) as dsn:
        pool = await open_pool(dsn, min_size=1)
        await open_house(pool, HOUSE)
        await move_clock(pool, SEVEN)
        settings = Settings(database_url=dsn, demo=True, jobs="none", pool_min=1, pool_max=4)
        async with living(settings) as app, listening(app) as url:
            yield Site(url, pool)
        await pool.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as driver:
        started = await driver.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield started
        await started.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def phones(browser: Browser, site: Site) -> AsyncIterator[dict[str, Page]]:
    """A page by language, in a browser without JavaScript."""
    contexts = [
        await browser.new_context(
            base_url=site.url, locale=locale, java_script_enabled=False, has_touch=True
        )
        for locale in LOCALES.values()
    ]
    yield {
        language: await context.new_page()
        for language, context in zip(LOCALES, contexts, strict=True)
    }
    for context in contexts:
        await context.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def pages(site: Site) -> dict[str, str]:
    """The path of every kind of guest's page, by name."""
    pool = site.pool
    notes = "Ein ruhiger Tisch am Fenster, bitte; wir feiern Geburtstag und bringen Blumen mit."
    booked = await booked_page(pool, starts=at(2), notes=notes)
    first = await waiting_page(pool, 1)
    await move_clock(pool, at(0.1))
    behind, called = await waiting_page(pool, 2), await waiting_page(pool, 3)
    left = await waiting_page(pool, 4)
    third = "select wait_id from wait_entry where name = 'Guest 3'"
    wait_id = await pool.fetchval(third)
    await tell(pool, orders.Notify(id=uuid4(), wait_id=wait_id, version=1))
    await site.post(f"{left}/leave")
    await site.post(f"{behind}/coming")
    over = await booked_page(pool, 5, starts=at(2.25))
    await site.post(f"{over}/cancel")
    late = await booked_page(pool, 6, starts=at(0.5))
    await site.post(f"{late}/late", minutes="10")
    await site.post(f"{late}/coming", id=str(uuid4()))
    await site.post(f"{late}/message", text="Wir bringen einen Kinderwagen mit, geht das?")
    await site.post(f"{late}/allergies", text="Haselnüsse, Sellerie und Schalentiere")
    await answer(pool, "Gern, wir stellen ihn in die Garderobe.")
    return {
        "late": late,
        "seated": await seated_page(pool),
        "booked": booked,
        "times": f"{booked}/times?day=2027-03-04&party_size=4",
        "no times": f"{booked}/times?day=2027-12-24&party_size=4",
        "cancelled": over,
        "waiting": first,
        "behind": behind,
        "called": called,
        "leave?": f"{first}/leave",
        "left": left,
        "ended": "/r/bistro:nonsense",
        "cut short": "/r",
        "by link": f"{booked}/cancel",
        "unread": f"{booked}/times?party_size=many",
    }


async def answer(pool: Pool, text: str) -> None:
    """Answer the guest that has written."""
    key = await pool.fetchval("select reservation_id from thread_message")
    async with transaction(pool) as conn:
        await write_as_house(conn, VENUE, key, uuid4(), text, "anna", CLOCK)


async def seated_page(pool: Pool) -> str:
    """The page of a party that sits, with the bill as the till tells it."""
    path = await booked_page(pool, 7, starts=at(0.25))
    key = await pool.fetchval("select reservation_id from reservation where name = 'Guest 7'")
    seat = orders.Seat(id=uuid4(), tables=("4",), reservation_id=key, version=1, anyway=tuple(ASKS))
    await tell(pool, seat)
    await pool.execute(CHECK, VENUE, at(0.1), key, seat.id)
    return path
