"""WebKit, the engine of the hosts' iPads, driven over WebDriver (W3C) on a screen of its own.

Debian's packages: webkit2gtk-driver gir1.2-webkit2-4.1 python3-gi xvfb xauth. The half dozen calls
that our tests need are made by httpx, so no driver's package has to be kept beside it.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

WINDOW = Path(__file__).with_name("webkit_window.py")
SYSTEM_PYTHON = "/usr/bin/python3"
DRIVER = "WebKitWebDriver"
SCREEN = "Xvfb"
MISSING = (
    "there is no WebKit: apt-get install webkit2gtk-driver gir1.2-webkit2-4.1 python3-gi xvfb xauth"
)
BINDINGS = "import gi; gi.require_version('Gtk', '3.0'); gi.require_version('WebKit2', '4.1')"


SHIFT, ESCAPE, ENTER = "\ue008", "\ue00c", "\ue007"
DOWN: dict[str, Any] = {"type": "pointerDown", "button": 0}
UP: dict[str, Any] = {"type": "pointerUp", "button": 0}
MIDDLE = """(() => {{
    const found = document.querySelector({selector!r});
    const {{left, top, width, height}} = found.getBoundingClientRect();
    return [left + width / 2, top + height / 2]
}})()"""
BUTTON = """(() => {{
    const found = [...document.querySelectorAll('{within} button')].find(
        each => each.innerText.trim().startsWith({words!r}));
    if (found) found.dataset.found = {words!r};
    return found !== undefined
}})()"""


def move_to(x: float, y: float, milliseconds: int = 0) -> dict[str, Any]:
    """The step of a pointer to a place of the page."""
    return {"type": "pointerMove", "x": round(x), "y": round(y), "duration": milliseconds}


def pause(milliseconds: int) -> dict[str, Any]:
    """A pointer that stays where it is."""
    return {"type": "pause", "duration": milliseconds}


@cache
def has_webkit() -> bool:
    """Whether all that it takes is here."""
    if not (shutil.which(DRIVER) and shutil.which(SCREEN) and Path(SYSTEM_PYTHON).exists()):
        return False
    done = subprocess.run([SYSTEM_PYTHON, "-c", BINDINGS], capture_output=True, check=False)
    return done.returncode == 0


@dataclass(frozen=True)
class WebKitPage:
    """A page in a window of its own."""

    driver: httpx.AsyncClient
    session: str

    async def goto(self, url: str) -> None:
        """Load an address."""
        await self.call("url", url=url)

    async def evaluate(self, script: str) -> Any:  # noqa: ANN401 - whatever the script says
        """The value of a JavaScript expression."""
        return await self.call("execute/sync", script=f"return ({script})", args=[])

    async def until(self, script: str, seconds: float = 15.0) -> None:
        """Wait until an expression is true. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while not await self.evaluate(script):  # noqa: ASYNC110 - it is another process
                await asyncio.sleep(0.05)

    async def add_cookie(self, name: str, value: str) -> None:
        """Keep a cookie for the page's own host."""
        cookie = {"name": name, "value": value, "httpOnly": True, "path": "/"}
        await self.call("cookie", cookie=cookie)

    async def wait_for(self, selector: str, seconds: float = 15.0) -> tuple[float, float]:
        """The middle of an element, once it is there. Raises TimeoutError."""
        await self.until(f"document.querySelector({selector!r}) !== null", seconds)
        x, y = await self.evaluate(MIDDLE.format(selector=selector))
        return float(x), float(y)

    async def tap(self, selector: str) -> None:
        """Press an element and let it go, once it is there."""
        x, y = await self.wait_for(selector)
        await self.point(move_to(x, y), DOWN, UP)

    async def tap_words(self, words: str, within: str = "body") -> None:
        """Tap the button that says so."""
        marked = BUTTON.format(words=words, within=within)
        await self.until(marked)
        await self.tap(f"[data-found={words!r}]")

    async def point(self, *steps: dict[str, Any]) -> None:
        """Move, press and let go the mouse; it stays as it is left."""
        mouse = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}}
        await self.call("actions", actions=[{**mouse, "actions": list(steps)}])

    async def press(self, *keys: str) -> None:
        """Press keys together, and let them go; `SHIFT`, `ESCAPE` and `ENTER` are keys as well."""
        down = [{"type": "keyDown", "value": key} for key in keys]
        up = [{"type": "keyUp", "value": key} for key in reversed(keys)]
        typed = {"type": "key", "id": "keys", "actions": [*down, *up]}
        await self.call("actions", actions=[typed])

    async def call(self, what: str, **told: Any) -> Any:  # noqa: ANN401 - of the protocol
        """Send a command of the session; its value. Raises RuntimeError with the driver's words."""
        answer = await self.driver.post(f"/session/{self.session}/{what}", json=told)
        value = answer.json()["value"]
        if answer.is_error:
            raise RuntimeError(f"{what}: {value}")
        return value


@contextmanager
def screen(width: int, height: int) -> Iterator[str]:
    """An X server that draws nowhere, with a number that it chooses itself; its display."""
    told, tells = os.pipe()
    size = f"{width}x{height}x24"
    server = subprocess.Popen(
        [SCREEN, "-displayfd", str(tells), "-screen", "0", size, "-nolisten", "tcp"],
        pass_fds=[tells],
        stderr=subprocess.DEVNULL,
    )
    os.close(tells)
    try:
        with os.fdopen(told) as number:
            yield f":{number.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


@asynccontextmanager
async def webkit(width: int, height: int, storage: Path | None = None) -> AsyncIterator[WebKitPage]:
    """A WebKit of its own, which remembers nothing, or what is in a folder."""
    with screen(width, height) as display:
        port = free_port()
        environment = {
            **os.environ,
            "DISPLAY": display,
            "WIDTH": str(width),
            "HEIGHT": str(height),
            "GTK_A11Y": "none",
        }
        if storage is not None:
            environment["STORAGE"] = str(storage)
        driver = subprocess.Popen([DRIVER, f"--port={port}"], env=environment)
        try:
            async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as asked:
                session = await begun(asked)
                yield WebKitPage(asked, session)
                await asked.delete(f"/session/{session}")
        finally:
            driver.terminate()
            driver.wait()


async def begun(driver: httpx.AsyncClient) -> str:
    """The id of a new session, once the driver listens."""
    window = {"binary": str(WINDOW), "args": []}
    wanted = {"browserName": "maitred", "webkitgtk:browserOptions": window}
    for _ in range(200):
        try:
            answer = await driver.post("/session", json={"capabilities": {"alwaysMatch": wanted}})
        except httpx.ConnectError:
            await asyncio.sleep(0.05)
            continue
        value = answer.json()["value"]
        if answer.is_error:
            raise RuntimeError(str(value))
        return str(value["sessionId"])
    raise RuntimeError("WebKitWebDriver does not listen")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
