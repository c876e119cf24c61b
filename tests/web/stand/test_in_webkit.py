"""In WebKit, the engine of the hosts' iPads."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
import uvicorn

from policies.floor import orders
from seating.book.actions import ActionAuthor
from tests.api.conftest import PIN
from tests.support.friday import NOW
from tests.support.stand import stand, tell
from tests.support.webkit import (
    DOWN,
    ENTER,
    ESCAPE,
    SHIFT,
    UP,
    WebKitPage,
    free_port,
    move_to,
    pause,
    webkit,
)
from tests.web.stand.conftest import STAND, kill

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.web.stand.conftest import Served

SOFIA = ActionAuthor(staff_id="sofia", actor="host")
SAFELY = 0.9
"""Seconds: a tap within 0.8 s after a button changed its meaning does nothing (STAND.md 4)."""
FREE = "[...document.querySelectorAll('.table.free')].map(each => each.dataset.table)"
SHEETS_HERE = """(() => {
    const here = performance.getEntriesByType('resource').map(each => each.name);
    return ['Table', 'Seated', 'Offline'].every(
        sheet => here.some(name => name.includes(`/${sheet}Sheet-`) && name.endsWith('.js')))
})()"""
KEPT = """new Promise(resolve => {
    const asked = indexedDB.open('maitred-stand');
    asked.onsuccess = () => {
        const stores = asked.result.transaction(['acts', 'kept']);
        const found = {acts: [], kept: []};
        for (const name of Object.keys(found)) {
            stores.objectStore(name).getAll().onsuccess = told => {
                found[name] = told.target.result
            }
        }
        stores.oncomplete = () => { asked.result.close(); resolve(JSON.stringify(found)) }
    }
})"""
REVOKE = """
with devices as (update device set revoked_at = now())
update session set ended_at = now(), ended_why = 'tablet_revoked'
"""


@asynccontextmanager
async def at_port(app: Any, port: int) -> AsyncIterator[None]:  # noqa: ANN401 - any ASGI application
    """Serve at this port; at the end every connection is cut, as when a process is killed."""
    config = uvicorn.Config(app, port=port, lifespan="off", log_level="critical")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.01)
    try:
        yield
    finally:
        await kill(server, serving)


class Starting:
    """A service that is not ready: 503 to everything."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.times = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI
        """Say 503, and note that it was asked again and again for news."""
        del receive
        await send({"type": "http.response.start", "status": 503, "headers": []})
        await send({"type": "http.response.body", "body": b""})
        self.times += scope["path"].startswith(("/live/", "/host/tonight"))
        if self.times > 2:
            self.asked.set()


@pytest.mark.webkit
async def test_a_stand_recovers_by_itself_when_the_server_was_killed_and_then_said_503(
    screens: None, friday: Served
) -> None:
    del screens
    port, starting = free_port(), Starting()
    async with webkit(1024, 768) as page:
        async with at_port(friday.app, port):
            url = f"http://127.0.0.1:{port}/stand/"
            await page.goto(url)
            for name, value in (await friday.cookies("marat")).items():
                await page.add_cookie(name, value)
            await page.goto(url)
            await page.until(f"document.querySelector('{STAND}') !== null")
        async with at_port(starting, port), asyncio.timeout(20):
            await starting.asked.wait()
        async with at_port(friday.app, port):
            paused = orders.Levers(id=uuid4(), online_paused=True)
            await tell(friday.pool, paused)
            await page.until("document.querySelector('header .online.shut') !== null", 20)


async def opened(page: WebKitPage, served: Served, port: int, who: str = "marat") -> None:
    """Open the stand of a tablet of the house, with somebody logged in."""
    url = f"http://127.0.0.1:{port}/stand/"
    await page.goto(url)
    for name, value in (await served.cookies(who)).items():
        await page.add_cookie(name, value)
    await page.goto(url)
    await page.wait_for(STAND)


def says(words: str) -> str:
    """Whether the page shows these words."""
    return f"document.body.innerText.includes({words!r})"


async def seat(page: WebKitPage, table: str) -> None:
    """Seat two at a table; it bears an open ring."""
    await page.tap(f'[data-table="{table}"]')
    await page.wait_for(".sheet .act.go")
    await asyncio.sleep(SAFELY)
    await page.tap(".sheet .act.go")
    await page.wait_for(f'[data-table="{table}"] .open')


@pytest.mark.webkit
@pytest.mark.parametrize("friday", ["small"], indirect=True)
async def test_a_stand_works_on_without_the_service_asks_about_a_clash_locks_and_is_wiped(
    screens: None, friday: Served, tmp_path: Path
) -> None:
    del screens
    port, name = free_port(), (await stand(friday.pool)).reservations[0].name
    async with webkit(1024, 768, tmp_path) as page:
        async with at_port(friday.app, port):
            await opened(page, friday, port)
            await page.until(SHEETS_HERE)
            first, contested = (await page.evaluate(FREE))[:2]
        await page.until(says("No connection since 19:42"))
        await seat(page, first)
        await seat(page, contested)
        await page.until(says("2 acts wait to be sent"))
        theirs = orders.Seat(id=uuid4(), tables=(contested,), party_size=2, name="Weber")
        await tell(friday.pool, theirs, SOFIA)
        async with at_port(friday.app, port):
            await page.until(says("1 question"))
            assert any(each.tables == (first,) for each in (await stand(friday.pool)).seatings)
            await page.tap_words("Answer")
            await page.until(says("Weber"))
            await page.tap_words("Ours sits at another table", ".sheet")
            await page.tap(".sheet .tables button")
            await page.until(f"!{says('1 question')}")
            at = [each.seated_at for each in (await stand(friday.pool)).seatings]
            assert at.count(NOW) >= 3, "both of ours, and theirs"

            await page.until(f"{KEPT}.then(found => found.includes({name!r}))")
            await page.press(SHIFT, ESCAPE)
            await page.wait_for(".locked")
            assert name not in await page.evaluate("document.body.innerText")
            assert name not in await page.evaluate(KEPT)
            await page.wait_for(".dots")
            for key in (*PIN, ENTER):
                await page.press(key)
            await page.wait_for(STAND)
            table = (await page.evaluate(FREE))[0]
        await page.until(says("No connection"))
        await seat(page, table)
        await friday.pool.execute(REVOKE)
        async with at_port(friday.app, port):
            await page.until(says("One act was not sent and is lost."))
            await page.until(says(f"seated at table {table}"))
            await page.until(says("no longer paired"))
            assert await page.evaluate(KEPT) == '{"acts":[],"kept":[]}'


@pytest.mark.webkit
async def test_a_party_is_dragged_to_a_table_that_is_not_ready_which_is_said_before(
    screens: None, friday: Served
) -> None:
    del screens
    port = free_port()
    async with webkit(1180, 820) as page, at_port(friday.app, port):
        await opened(page, friday, port)
        await page.tap_words("Terrace")
        sits = '.table[data-table="T8"]'
        who = await page.evaluate(f"document.querySelector({sits!r}).dataset.seating")
        x, y = await page.wait_for(sits)
        to_x, to_y = await page.wait_for('.table[data-table="T9"]')
        await page.point(move_to(x, y), DOWN, pause(500), move_to(x + 9, y + 4, 60))
        await page.wait_for(".carried")
        await page.point(move_to(to_x, to_y, 120), move_to(to_x + 3, to_y, 60))
        await page.until(says("not ready yet"))
        assert await page.evaluate("document.querySelector('.carried .does').innerText") == (
            "Move to T9"
        )
        await page.point(UP)
        await page.until(f"document.querySelector('[data-table=T9]').dataset.seating === {who!r}")
