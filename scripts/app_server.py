"""The app inside this process: on a port of ours, ready when it says so, ended by one signal."""

from __future__ import annotations

import asyncio
import errno
import importlib.util
import logging
import os
import socket
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx
import uvicorn

from api.setup import open_house
from scripts.demo import load_house, prepare_demo, text_of
from seating.migrate import migrate

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

# The very first start compiles the decisions.
READY_SECONDS = 300.0
POLL_SECONDS = 0.05
# Live event streams never end by themselves.
GOODBYE_SECONDS = 3


class ServeError(Exception):
    """The app does not run; the message is the one sentence to show."""


@dataclass(frozen=True, kw_only=True)
class Evening:
    """What to serve: which database, which house, with the demo's content or without.

    `logins`: the file that keeps the demo's logins for the next start; `keys`: the one with the key
    that secrets are sealed with.
    """

    dsn: str
    house: str
    demo: bool
    logins: Path | None = None
    keys: Path | None = None


def listen(host: str, port: int) -> socket.socket:
    """Take the port, or any free one for 0; raises ServeError when somebody else has it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        # Listening tells at once about a port that another process merely bound.
        listener.listen()
    except OSError as error:
        listener.close()
        raise ServeError(why_not_listening(error, host, port)) from error
    return listener


def why_not_listening(error: OSError, host: str, port: int) -> str:
    """One clear sentence for a port that cannot be had."""
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken: stop what listens there or pass --port {port + 1}."
    if error.errno == errno.EACCES:
        return f"Port {port} is for the system only: pass one above 1023, such as --port 8000."
    return f"Cannot listen on {host}, port {port}: {error.strerror}."


def address_of(listener: socket.socket) -> str:
    """The address to type into a browser on this machine."""
    host, port = listener.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "::1": "[::1]"}.get(host, host)
    return f"http://{host}:{port}"


def run(
    evening: Evening,
    listener: socket.socket,
    when_ready: Callable[[str, list[str]], Awaitable[bool]],
) -> None:
    """Migrate, fill and serve; `when_ready(address, lines)` tells whether to go on serving."""
    with asyncio.Runner(loop_factory=fast_loop()) as runner:
        runner.run(serve(evening, listener, when_ready))


async def serve(
    evening: Evening,
    listener: socket.socket,
    when_ready: Callable[[str, list[str]], Awaitable[bool]],
) -> None:
    """See `run`."""
    # The app's logging shows every request, and so our own polling.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    print(f"migrations applied: {len(await migrate(evening.dsn))}", flush=True)
    await load_house(evening.dsn, evening.house, demo=evening.demo)
    if evening.demo:
        lines = await prepare_demo(evening.dsn, evening.house, evening.logins)
    else:
        lines = await open_house(evening.dsn, text_of(evening.house))
    server = make_server(evening)
    serving = asyncio.create_task(serve_until_stopped(server, listener))
    try:
        await until_ready(f"{address_of(listener)}/readyz", serving)
        if await when_ready(address_of(listener), lines):
            await serving
    finally:
        server.should_exit = True
        await serving


def make_server(evening: Evening) -> uvicorn.Server:
    """Prepare uvicorn; the app reads its settings from the environment."""
    if importlib.util.find_spec("api.app") is None:
        raise ServeError("This checkout has no api/app.py, so there is nothing to serve.")
    os.environ["DATABASE_URL"] = evening.dsn
    os.environ["MAITRED_DEMO"] = "1" if evening.demo else "0"
    os.environ.setdefault("MAITRED_JOBS", "1")
    if evening.keys:
        os.environ.setdefault("MAITRED_KEY_FILE", str(evening.keys))
    if evening.demo:
        # Whoever tries the demo has a receiver on this machine.
        os.environ.setdefault("MAITRED_WEBHOOKS_TO_LOOPBACK", "1")
    return uvicorn.Server(
        uvicorn.Config(
            "api.app:create_app",
            factory=True,
            log_level="warning",
            timeout_graceful_shutdown=GOODBYE_SECONDS,
        )
    )


async def serve_until_stopped(server: uvicorn.Server, listener: socket.socket) -> None:
    """Run uvicorn, whose way to tell of a failed start is to end the whole program."""
    try:
        await server.serve(sockets=[listener])
    except SystemExit as error:
        raise ServeError("The app did not start; the reason stands above.") from error


async def until_ready(url: str, serving: asyncio.Task[None]) -> None:
    """Wait until the app answers 200; raises ServeError when it never does."""
    last_answer = "no answer"
    async with httpx.AsyncClient(trust_env=False, timeout=5) as client:
        for _ in range(int(READY_SECONDS / POLL_SECONDS)):
            if serving.done():
                await serving
                raise ServeError("The app stopped before it was ready.")
            try:
                answer = await client.get(url)
            except httpx.TransportError:
                pass
            else:
                if answer.status_code == httpx.codes.OK:
                    return
                last_answer = f"{answer.status_code} {answer.text[:200]}"
            await asyncio.sleep(POLL_SECONDS)
    raise ServeError(f"The app was not ready after {READY_SECONDS:.0f} s: {last_answer}.")


def fast_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """The maker of uvloop's event loop, where uvloop exists."""
    if sys.platform == "win32":
        return None
    import uvloop  # noqa: PLC0415 - not made for Windows

    return uvloop.new_event_loop
