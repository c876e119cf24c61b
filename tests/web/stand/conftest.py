"""The host stand in Chromium: the built screens, a served Friday, and tablets that are logged in.

One browser, one server and one database a worker. `tablet` gives pages of tablets paired with the
house of the Friday; whatever a test did there is undone after it, row by row, without a new server,
once that has answered all that the test had asked it.
A page that throws, logs an error or breaks its own policy fails the test that opened it.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import wraps
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Any, Literal

import asyncpg
import pytest
import pytest_asyncio

from api.settings import Settings
from seating.access.devices import make_pairing_code, pair
from seating.access.sessions import open_session
from seating.db import open_pool, transaction
from tests.api.booking.conftest import listening
from tests.support.application import living
from tests.support.browser import PATIENCE, built_screens
from tests.support.database import copy_of
from tests.support.emptying import reset_statements
from tests.support.friday import HouseName, template_of
from tests.support.house import VENUE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    import uvicorn
    from litestar import Litestar
    from litestar.types import Receive, Scope, Send
    from playwright.async_api import Browser, BrowserContext, Page
    from pytest import FixtureRequest  # noqa: PT013 - a type

    from seating.db import Pool

Theme = Literal["dark", "light"]
Language = Literal["en", "ru"]
LOCALES = {"en": "en-GB", "ru": "ru-RU"}
AT_MOST = 150
"""Seconds that a test may take on a machine that is busy with other things."""
STAND = ".stand[data-view]"
"""Is on the page once the stand is open and tonight is there."""

CHOOSE = """({theme, language}) => {
    localStorage.setItem('maitred.theme', theme)
    localStorage.setItem('maitred.language', language)
}"""
LATEST_DEVICE = """
select device_id from device where venue_id = $1 order by paired_at desc, device_id desc limit 1
"""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Pictures are drawn for whoever asks for them, and then nothing else is done."""
    wanted = config.getoption("screenshots") is not None
    others = [item for item in items if bool(item.get_closest_marker("pictures")) != wanted]
    config.hook.pytest_deselected(items=others)
    items[:] = [item for item in items if item not in set(others)]
    for item in items:
        if isinstance(item, pytest.Function) and iscoroutinefunction(item.obj):
            item.obj = bounded(item.obj)


def bounded(test: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    """The test, which fails where it hangs: what a page is asked for by itself may never come."""

    @wraps(test)
    async def within_reason(**asked: Any) -> None:  # noqa: ANN401 - fixtures
        async with asyncio.timeout(AT_MOST):
            await test(**asked)

    return within_reason


class Answering:
    """An application, and whether it is answering anybody: streams of news count as well."""

    def __init__(self, app: Litestar) -> None:
        self.app = app
        self.count = 0
        self.nobody = asyncio.Event()
        self.nobody.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, as the application does."""
        self.count += 1
        self.nobody.clear()
        try:
            await self.app(scope, receive, send)
        finally:
            self.count -= 1
            if not self.count:
                self.nobody.set()


@dataclass(frozen=True)
class Kept:
    """A house as it was when it was opened, and what may still be writing to it."""

    app: Answering
    dsn: str
    reset: str

    async def put_back(self) -> None:
        """Put every row back; the server goes on. Its tablets have been put away before.

        A request that a test did not wait for would otherwise be carried out in the next one.
        """
        async with asyncio.timeout(PATIENCE / 1000):
            await self.app.nobody.wait()
        connection = await asyncpg.connect(self.dsn)
        try:
            await connection.execute(self.reset)
        finally:
            await connection.close()


async def kept(app: Litestar, dsn: str) -> Kept:
    """What a house is now."""
    connection = await asyncpg.connect(dsn)
    try:
        return Kept(Answering(app), dsn, await reset_statements(connection))
    finally:
        await connection.close()


@dataclass
class Served:
    """A house that is served: its address, its database, and how that is made as it was."""

    url: str
    pool: Pool
    kept: Kept

    @property
    def app(self) -> Answering:
        """What answers at the address."""
        return self.kept.app

    async def cookies(self, who: str | None) -> dict[str, str]:
        """The cookies of a new tablet of the house, and of a session of `who` on it."""
        async with transaction(self.pool) as conn:
            code = await make_pairing_code(conn, VENUE, None)
        told = {"maitred_device": await pair(self.pool, VENUE, code.code, "tablet", "test")}
        if who is not None:
            async with transaction(self.pool) as conn:
                device = await conn.fetchval(LATEST_DEVICE, VENUE)
                told["maitred_session"] = await open_session(conn, VENUE, device, who)
        return told


@dataclass
class Tablets:
    """Opens tablets of a served house, and hears what goes wrong on their pages."""

    browser: Browser
    served: Served
    contexts: list[BrowserContext] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    async def __call__(
        self,
        who: str | None = "marat",
        *,
        size: tuple[int, int] = (1180, 820),
        theme: Theme = "dark",
        language: Language = "en",
        paired: bool = True,
        address: str = "/stand/",
        ready: str | None = None,
        worker: bool = False,
    ) -> Page:
        """A page of a tablet of its own, with `who` (a staff id) logged in; None: it is locked.

        `worker`: whether its service worker runs, which keeps the page and shows notices.
        """
        context = await self.browser.new_context(
            base_url=self.served.url,
            viewport={"width": size[0], "height": size[1]},
            locale=LOCALES[language],
            color_scheme=theme,
            has_touch=True,
            service_workers="allow" if worker else "block",
        )
        self.contexts.append(context)
        if paired:
            told = await self.served.cookies(who)
            await context.add_cookies(
                [
                    {"name": name, "value": value, "url": self.served.url}
                    for name, value in told.items()
                ]
            )
        choose = {"theme": theme, "language": language}
        await context.add_init_script(f"({CHOOSE})({choose!r})")
        page = await context.new_page()
        page.set_default_timeout(PATIENCE)
        self._hear(page)
        await page.goto(address)
        if ready or (who and paired):
            await page.wait_for_selector(ready or STAND)
        return page

    def _hear(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.complaints.append(f"thrown: {error}"))
        page.on("console", lambda said: self._note(said.type, said.text))

    def _note(self, kind: str, text: str) -> None:
        if kind == "error" and not text.startswith("Failed to load resource"):
            self.complaints.append(f"logged: {text}")

    async def close(self) -> None:
        """Put the tablets away."""
        for context in self.contexts:
            await context.close()


@asynccontextmanager
async def served_house(template: str, house: HouseName) -> AsyncIterator[Served]:
    """A copy of one of the houses of tests/support/friday.py, served."""
    filled = await template_of(house, like=template)
    async with served_copy(filled, like=template) as served:
        yield served


@asynccontextmanager
async def served_copy(
    filled: str, *, like: str, prepare: Callable[[Pool], Awaitable[None]] | None = None
) -> AsyncIterator[Served]:
    """A copy of a database, served after something more was done to it."""
    async with copy_of(filled, like=like) as dsn:
        pool = await open_pool(dsn, min_size=1)
        if prepare is not None:
            await prepare(pool)
        settings = Settings(database_url=dsn, demo=True, jobs="none", pool_min=1, pool_max=8)
        async with living(settings) as app:
            as_it_is = await kept(app, dsn)
            async with listening(as_it_is.app) as url:
                yield Served(url, pool, as_it_is)
        await pool.close()


async def kill(server: uvicorn.Server, serving: asyncio.Task[None]) -> None:
    """End a server with all its connections, as when a machine is lost.

    Also with those that come until it listens no more: a stream opened then would live on.
    """
    server.should_exit = server.force_exit = True
    while not serving.done():
        for connection in tuple(server.server_state.connections):
            connection.transport.abort()
        await asyncio.sleep(0.01)
    await serving


@pytest.fixture(scope="session")
def screens() -> None:
    """The screens are built of these sources."""
    built_screens()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def houses(template: str) -> AsyncIterator[Callable[[HouseName], Awaitable[Served]]]:
    """The houses as they are asked for; each is served until the end."""
    life: dict[HouseName, Any] = {}
    found: dict[HouseName, Served] = {}

    async def house(name: HouseName) -> Served:
        if name not in found:
            life[name] = served_house(template, name)
            found[name] = await life[name].__aenter__()
        return found[name]

    yield house
    for each in life.values():
        await each.__aexit__(None, None, None)


@pytest_asyncio.fixture(loop_scope="session")
async def friday(
    houses: Callable[[HouseName], Awaitable[Served]], request: FixtureRequest
) -> AsyncIterator[Served]:
    """The Friday, or the house that `@pytest.mark.parametrize("friday", ["empty"], ...)` names."""
    name: HouseName = getattr(request, "param", "friday")
    served = await houses(name)
    yield served
    await served.kept.put_back()


@pytest_asyncio.fixture(loop_scope="session")
async def tablet(screens: None, browser: Browser, friday: Served) -> AsyncIterator[Tablets]:
    """`await tablet("marat")`: a page of a new tablet. What its page complains of is a failure."""
    del screens
    tablets = Tablets(browser, friday)
    yield tablets
    await tablets.close()
    assert tablets.complaints == []
