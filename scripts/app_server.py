"""Runs the app with uvicorn in this process: listen, migrate, load the house, wait for /readyz."""

from __future__ import annotations

import asyncio
import errno
import importlib.util
import logging
import os
import socket
import sys
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import httpx
import uvicorn
from msgspec.structs import replace

from api.edge.connections import BoundedConnection
from api.settings import from_environment, seal_of
from api.setup import open_house, open_what_is_there, pepper_here
from policies.house.file import HouseError
from scripts.demo import load_history, load_house, prepare_demo, text_of, unusable
from scripts.supervising import keep_running
from seating.backups.updating import update
from seating.migrate import migrate
from seating.roles import let_service_in

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from contextlib import AbstractContextManager
    from pathlib import Path
    from typing import Any

    from seating.backups.updating import Keeping

    Beside = Callable[[Any], AbstractContextManager[list[asyncio.Task[None]]]]

SELF = "scripts/serve"
# The first start compiles the kernels.
READY_SECONDS = 300.0
POLL_SECONDS = 0.05
# Live event streams never end by themselves.
GOODBYE_SECONDS = 3


class ServeError(Exception):
    """The app does not run; the message is the sentence to show."""


@dataclass(frozen=True, kw_only=True)
class ServeOptions:
    """What to serve: database, house, with or without the demo.

    `house`: None for what the database has, or else a new house with the id `venue` in `zone`.
    `dsn`: the database as the service's role, `owner` as that of its owner, if that is another.
    `again`: the command that is told to whoever needs another login.
    `logins`: the file that keeps the demo's logins for the next start; `keys`: the file with the
    key that secrets are encrypted with; `keeping`: where the nightly backups go (None: there are
    none), and unless `back_up_first` is False one before an update of a database in use.
    `watched`: the data of the embedded server, which is started again when it dies. `history`: a
    demo begins with the evenings its house has lived through, where they are kept. `beside`: serves
    the running application elsewhere too (scripts/lan.py).
    """

    dsn: str
    house: str | None
    demo: bool
    venue: str | None = None
    zone: str | None = None
    again: str = SELF
    logins: Path | None = None
    keys: Path | None = None
    keeping: Keeping | None = None
    owner: str = ""
    back_up_first: bool = True
    watched: Path | None = None
    history: bool = False
    beside: Beside | None = None


def listen(host: str, port: int) -> socket.socket:
    """Take the port, or any free one for 0; raises ServeError when somebody else has it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        # With SO_REUSEADDR bind may succeed on a port that another process has bound.
        listener.listen()
    except OSError as error:
        listener.close()
        raise ServeError(why_not_listening(error, host, port)) from error
    return listener


def why_not_listening(error: OSError, host: str, port: int) -> str:
    """The sentence for a port that cannot be used."""
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
    options: ServeOptions,
    listener: socket.socket,
    when_ready: Callable[[str, list[str]], Awaitable[bool]],
) -> None:
    """Migrate, load the house and serve; `when_ready(address, lines)` returns whether to go on."""
    with asyncio.Runner(loop_factory=fast_loop()) as runner:
        runner.run(serve(options, listener, when_ready))


async def serve(
    options: ServeOptions,
    listener: socket.socket,
    when_ready: Callable[[str, list[str]], Awaitable[bool]],
) -> None:
    """See `run`."""
    # httpx logs every request, and so our polling of /readyz.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    print(f"migrations applied: {len(await apply_migrations(options))}", flush=True)
    lines = await opened(options)
    if options.demo and os.environ.get("MAITRED_SMTP_URL"):
        # Mails to the guests of a demo stay on this machine, and so do their links.
        os.environ.setdefault("MAITRED_PUBLIC_URL", address_of(listener))
    server = make_server(options)
    serving = asyncio.create_task(serve_until_stopped(server, listener))
    keeping = asyncio.create_task(database_kept(options))
    try:
        await until_ready(f"{address_of(listener)}/readyz", serving)
        with served_beside(options, server) as beside:
            if await when_ready(address_of(listener), lines):
                tasks = {serving, keeping, *beside}
                await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
                if keeping.done():
                    await keeping  # it raises why it was given up
    finally:
        keeping.cancel()
        server.should_exit = True
        await serving


def served_beside(
    options: ServeOptions, server: uvicorn.Server
) -> AbstractContextManager[list[asyncio.Task[None]]]:
    """Serve the application that runs elsewhere too, where that was asked for."""
    return options.beside(server.config.loaded_app) if options.beside else nullcontext([])


async def database_kept(options: ServeOptions) -> None:
    """Keep the embedded server running for ever. Raises EmbeddedError when it cannot be."""
    if options.watched:
        await keep_running(options.watched, partial(print, flush=True))
    await asyncio.Event().wait()


async def opened(options: ServeOptions) -> list[str]:
    """Put the house in force; the lines to print of how to get in."""
    pepper = pepper_here(options.keys)
    if options.house is None:
        new = (options.venue, options.zone)
        return await open_what_is_there(options.dsn, *new, options.again, pepper=pepper)
    if options.demo:
        lines = list(await load_house(options.dsn, options.house, demo=True))
        lines += await prepare_demo(options.dsn, options.house, options.logins)
        if options.history:
            lines += await load_history(options.owner or options.dsn, options.house)
        return lines
    try:
        text = text_of(options.house)
        return await open_house(options.dsn, text, options.again, pepper=pepper)
    except HouseError as error:
        raise unusable(options.house, error) from error


async def apply_migrations(options: ServeOptions) -> list[str]:
    """Apply what is missing, after a backup of a database in use; returns the names."""
    owner = options.owner or options.dsn
    if options.keeping is None:
        applied = await migrate(owner)
        await let_service_in(owner, options.dsn)
        return applied
    how = options.keeping if options.back_up_first else replace(options.keeping, folder=None)
    return await update(owner, how, partial(print, flush=True))


def make_server(options: ServeOptions) -> uvicorn.Server:
    """Prepare uvicorn; the app reads its settings from the environment. Raises SettingsError."""
    if importlib.util.find_spec("api.app") is None:
        raise ServeError("This checkout has no api/app.py, so there is nothing to serve.")
    os.environ["DATABASE_URL"] = options.dsn
    os.environ["MAITRED_OWNER_URL"] = options.owner
    os.environ["MAITRED_DEMO"] = "1" if options.demo else "0"
    os.environ.setdefault("MAITRED_JOBS", "1")
    if options.keys:
        os.environ.setdefault("MAITRED_KEY_FILE", str(options.keys))
    if options.keeping is None:
        os.environ["MAITRED_BACKUPS"] = ""  # a scratch database is nothing to keep
    else:
        os.environ.setdefault("MAITRED_CODE", options.keeping.code)
    if options.keeping and options.keeping.folder:
        os.environ.setdefault("MAITRED_BACKUPS", str(options.keeping.folder))
    if options.demo:
        # In a demo the webhook receiver is on this machine.
        os.environ.setdefault("MAITRED_WEBHOOKS_TO_LOOPBACK", "1")
        # Its evenings may go on hundreds of times as fast as a house's tablets.
        os.environ.setdefault("MAITRED_LIMIT_FACTOR", "1000")
    seal_of(from_environment())  # in the app it would be a traceback
    return uvicorn.Server(
        uvicorn.Config(
            "api.app:create_app",
            factory=True,
            http=BoundedConnection,
            # The app reads them itself, of those in MAITRED_TRUSTED_PROXIES.
            proxy_headers=False,
            log_level="warning",
            timeout_graceful_shutdown=GOODBYE_SECONDS,
        )
    )


async def serve_until_stopped(server: uvicorn.Server, listener: socket.socket) -> None:
    """Run uvicorn, which reports a failed start by SystemExit. Raises ServeError."""
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
    """The event loop factory of uvloop; None where uvloop does not exist."""
    if sys.platform == "win32":
        return None
    import uvloop  # noqa: PLC0415 - not made for Windows

    return uvloop.new_event_loop
