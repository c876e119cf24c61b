"""In WebKit, the engine of the hosts' iPads."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
import uvicorn

from policies.floor import orders
from tests.support.stand import tell
from tests.support.webkit import free_port, webkit
from tests.web.stand.conftest import STAND, kill

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.web.stand.conftest import Served


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
