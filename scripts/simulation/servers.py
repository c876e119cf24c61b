"""Starts and kills the api processes and the fresh database of a simulation."""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

import asyncpg
import httpx
import psutil

from api.edge.connections import PROTOCOL
from scripts import embedded
from scripts.setup_venv import ROOT
from seating.clock import MovableClock, WallClock
from seating.connecting import NoConnectionError, connect
from seating.db import open_pool
from seating.dsn import database_of, with_database, with_user
from seating.forecast.learning import learn_from_history
from seating.house.loading import load_house
from seating.migrate import migrate
from seating.roles import SERVICE, let_in

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

START_SECONDS = 300.0
KNOWS_ROLE = "select exists (select from pg_roles where rolname = $1)"
POLL_SECONDS = 0.05
EMBEDDED, ELSEWHERE, NOBODY = "1", "0", "none"


class ServerError(Exception):
    """An api process did not start; the message is the sentence to show."""


@dataclass(kw_only=True)
class Process:
    """One process of the service; a restart uses the same port. `module`: uvicorn or api.jobs.

    `jobs`: who runs them, in the word of MAITRED_JOBS; where nobody does, none is ever late.
    """

    dsn: str
    port: int
    log: IO[str]
    jobs: str = EMBEDDED
    module: str = "uvicorn"
    running: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its base URL."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it without waiting (see `until_ready`)."""
        command = [sys.executable, "-m", self.module]
        if self.module == "uvicorn":
            command += ["api.app:create_app", "--factory", "--log-level", "warning"]
            command += ["--host", "127.0.0.1", "--port", str(self.port)]
            command += ["--http", PROTOCOL]
            command += ["--timeout-graceful-shutdown", "3"]
        settings = {
            "DATABASE_URL": self.dsn,
            "MAITRED_DEMO": "1",
            "MAITRED_JOBS": self.jobs,
            "MAITRED_PRODUCTION": "",
            "MAITRED_BACKUPS": "",
            # An evening takes minutes of wall time, so the usual limits would be exceeded.
            "MAITRED_REQUESTS_PER_MINUTE": "1000000",
            "MAITRED_LIMIT_FACTOR": "10000",
            "PYTHONPATH": str(ROOT),
        }
        self.running = subprocess.Popen(
            command,
            env={**os.environ, **settings},
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )

    async def until_ready(self) -> None:
        """Wait for /readyz to answer 200. Raises ServerError."""
        deadline = time.monotonic() + START_SECONDS
        async with httpx.AsyncClient(trust_env=False, timeout=5) as client:
            while time.monotonic() < deadline and self.running and self.running.poll() is None:
                with suppress(httpx.TransportError):
                    answer = await client.get(f"{self.url}/readyz")
                    if answer.status_code == httpx.codes.OK:
                        return
                await asyncio.sleep(POLL_SECONDS)
        raise ServerError(
            f"An api process did not become ready; its last words are in {self.log.name}."
        )

    def kill(self) -> None:
        """Kill it by SIGKILL."""
        if self.running:
            self.running.kill()
            self.running.wait()

    def stop(self) -> None:
        """Terminate it; kill it after 6 s."""
        if self.running is None:
            return
        self.running.terminate()
        try:
            self.running.wait(timeout=6)
        except subprocess.TimeoutExpired:
            self.kill()


@dataclass(kw_only=True)
class Servers:
    """The processes of one evening on one fresh database."""

    server: embedded.Server
    dsn: str
    processes: list[Process] = field(default_factory=list)
    jobs: Process | None = None

    @property
    def urls(self) -> list[str]:
        """The base URLs of the api processes."""
        return [process.url for process in self.processes]

    async def learn_overnight(self) -> None:
        """Run the job that learns from dates that are over: the steps of the clock leave it out."""
        async with await open_pool(self.dsn, min_size=1, max_size=2) as pool:
            await learn_from_history(pool, MovableClock())

    async def kill_process(self, number: int) -> None:
        """Kill an api process and start it again."""
        process = self.processes[number]
        await asyncio.to_thread(process.kill)
        process.start()
        await process.until_ready()

    async def kill_jobs(self) -> None:
        """Kill the jobs process, if there is one, and start it again."""
        if self.jobs:
            await asyncio.to_thread(self.jobs.kill)
            self.jobs.start()

    async def kill_database(self) -> None:
        """Kill PostgreSQL with all its children, and start it again."""
        await asyncio.to_thread(kill_postgres, self.server.folder)
        await asyncio.to_thread(embedded.boot, self.server.folder)


def kill_postgres(folder: Path) -> None:
    """SIGKILL the postmaster and all its children."""
    pid = int((embedded.pgdata(folder) / "postmaster.pid").read_text().split(maxsplit=1)[0])
    postmaster = psutil.Process(pid)
    family = [postmaster, *postmaster.children(recursive=True)]
    for process in family:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGKILL)
    psutil.wait_procs(family, timeout=10)


@asynccontextmanager
async def serving(
    server: embedded.Server,
    house: str,
    processes: int,
    log_file: Path | None = None,
    *,
    jobs: bool = True,
    jobs_process: bool = False,
) -> AsyncIterator[Servers]:
    """Run api processes on a fresh database with the house in it, and stop them.

    Without `jobs` the processes run no jobs: only POST /demo/clock does. `jobs_process`: jobs run
    in a process of their own besides.
    """
    dsn = await fresh_database(server.dsn, house)
    served = await as_service(dsn)
    servers = Servers(server=server, dsn=dsn)
    log = (log_file or server.folder / "api.log").open("a", encoding="utf-8")
    try:
        who = EMBEDDED if jobs else ELSEWHERE if jobs_process else NOBODY
        servers.processes = [
            Process(dsn=served, port=free_port(), log=log, jobs=who) for _ in range(processes)
        ]
        if jobs_process:
            servers.jobs = Process(dsn=dsn, port=0, log=log, module="api.jobs")
            servers.jobs.start()
        for process in servers.processes:
            process.start()
        await asyncio.gather(*(process.until_ready() for process in servers.processes))
        yield servers
    finally:
        for process in [*servers.processes, *([servers.jobs] if servers.jobs else [])]:
            process.stop()
        log.close()
        with suppress(NoConnectionError, OSError, asyncpg.PostgresError):
            await on_server(
                server.dsn, f'drop database if exists "{database_of(dsn)}" with (force)'
            )


async def fresh_database(server: str, house: str) -> str:
    """Make a migrated database with the house loaded; returns its DSN."""
    name = f"evening_{secrets.token_hex(4)}"
    await on_server(server, f'create database "{name}"')
    dsn = with_database(server, name)
    await migrate(dsn)
    async with await open_pool(dsn, min_size=1, max_size=2) as pool:
        await load_house(pool, house, WallClock())
    return dsn


async def as_service(dsn: str) -> str:
    """The database as the service's role, let at the rows; as ours on a server without it."""
    connection = await connect(dsn, {})
    try:
        if not await connection.fetchval(KNOWS_ROLE, SERVICE):
            return dsn
        await let_in(connection, SERVICE)
    finally:
        await connection.close()
    return with_user(dsn, SERVICE)


async def on_server(dsn: str, statement: str) -> None:
    """Run a statement on the maintenance database."""
    connection = await connect(with_database(dsn, "postgres"), {})
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
