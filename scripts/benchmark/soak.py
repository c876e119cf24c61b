"""`scripts/bench soak`: an hour at a busy group's pace, in which memory and latency stay flat.

Thirty houses on a Friday evening that runs in real time: booking sites, Google, tablets with live
streams, guests' pages, webhooks to a receiver that answers slowly, all jobs. At the end one process
serves the streams of 500 tablets. A picture of the hour is written beside the figures.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import httpx
import psutil
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from scripts import embedded
from scripts.app_server import fast_loop
from scripts.benchmark.soak_figures import Sample, Soak, quantiles_of, summary
from scripts.benchmark.soak_picture import draw
from scripts.benchmark.soaking import (
    HOUSES,
    Group,
    Load,
    Measured,
    SoakedHouse,
    TabletStream,
    open_tablets,
)
from scripts.demo import text_of
from scripts.kernel_cache import compile_kernels
from scripts.simulation.crew import token_of
from scripts.simulation.logins import FACADE, SCOPES, SITES
from scripts.simulation.servers import Servers, serving
from seating.access.clients import create_client
from seating.access.devices import make_pairing_code
from seating.access.staff import set_pin
from seating.clock import MovableClock, set_clock
from seating.db import open_pool, transaction
from seating.house.loading import load_house
from seating.webhooks.sealed_secrets import new_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seating.db import Pool

FRIDAY = datetime(2027, 3, 12, 17, 30, tzinfo=UTC)
"""Half past six in the evening where the houses are."""

SHIPPED = ("bistro", "sixty", "garden")
HOST, PIN = {"bistro": "jonas", "sixty": "tom", "garden": "ada"}, "284615"
TABLETS = 3
STREAMS, STREAM_MINUTES = 500, 4.0
SAMPLE_SECONDS = 10.0
SLOW_SECONDS = 2.0
TOKENS_SECONDS = 1800.0


COLUMNS = (
    TextColumn("{task.description}"),
    BarColumn(),
    TimeElapsedColumn(),
    TimeRemainingColumn(),
)
WAITING = "select count(*) from webhook_delivery where status = 'pending'"


def main(arguments: Sequence[str]) -> int:
    """Soak, print the figures, draw; 1 when memory or latency was not flat or a call failed."""
    parser = argparse.ArgumentParser(prog="scripts/bench soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--houses", type=int, default=HOUSES)
    parser.add_argument("--streams", type=int, default=STREAMS, help="at the end, on one process")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--picture", type=Path, default=Path(".data/soak.svg"))
    options = parser.parse_args(arguments)
    compile_kernels()
    os.environ |= {"MAITRED_WEBHOOKS_TO_LOOPBACK": "1", "MAITRED_SECRETS_KEY": new_key()}
    with asyncio.Runner(loop_factory=fast_loop()) as runner:
        soak = runner.run(play(options))
    lines, good = summary(soak)
    options.picture.parent.mkdir(parents=True, exist_ok=True)
    options.picture.write_bytes(draw(soak.samples))
    print("\n".join([*lines, f"the picture: {options.picture}"]))
    return 0 if good else 1


async def play(options: argparse.Namespace) -> Soak:
    """Start everything, soak, then bring one process to so many streams."""
    names = [SHIPPED[number % len(SHIPPED)] for number in range(options.houses)]
    texts = {f"house-{number}": house_text(name, number) for number, name in enumerate(names)}
    with embedded.scratch("max_connections=100") as server:
        async with (
            serving(server, texts["house-0"], 2) as servers,
            await open_pool(servers.dsn, min_size=1, max_size=4) as pool,
        ):
            group = await prepare(pool, servers, texts, names, options)
            run = Run(group, servers, pool, Soak())
            await run.soak(options.minutes * 60, options.streams)
            return run.soak_seen


def house_text(name: str, number: int) -> str:
    """A shipped house under another id."""
    text = text_of(name).replace(f'id = "{name}"', f'id = "house-{number}"', 1)
    if f"house-{number}" not in text:
        raise LookupError(f"The house {name} names its venue otherwise.")
    return text


async def prepare(
    pool: Pool,
    servers: Servers,
    texts: dict[str, str],
    names: Sequence[str],
    options: argparse.Namespace,
) -> Group:
    """Load the houses, let everybody in, and let the evening run in real time."""
    async with transaction(pool) as conn:
        await set_clock(conn, FRIDAY, 1.0)
    for venue, text in list(texts.items())[1:]:
        await load_house(pool, text, MovableClock())
        print(f"\r{venue} is open", end="", file=sys.stderr)
    grants = dict.fromkeys(texts, SCOPES)
    async with transaction(pool) as conn:
        sites = [await create_client(conn, name, grants) for name in SITES]
        google = await create_client(conn, "Google", dict.fromkeys(texts, FACADE))
    houses = [
        await let_in(pool, servers.urls, venue, HOST[name], number)
        for number, (venue, name) in enumerate(zip(texts, names, strict=True))
    ]
    return Group(
        urls=servers.urls,
        houses=houses,
        today=FRIDAY.date(),
        tokens=await tokens_of(servers.urls[0], sites),
        sites=sites,
        google=google,
        dice=Random(options.seed),  # noqa: S311 - no secret
    )


async def let_in(
    pool: Pool, urls: Sequence[str], venue: str, host: str, number: int
) -> SoakedHouse:
    """A house with its tablets logged in."""
    house = SoakedHouse(venue=venue, host=host, address=f"127.0.1.{number + 1}")
    async with transaction(pool) as conn:
        await set_pin(conn, venue, host, PIN, None, first=False)
    await add_tablets(pool, urls[number % len(urls)], house, TABLETS)
    return house


async def add_tablets(pool: Pool, url: str, house: SoakedHouse, count: int) -> None:
    """Pair so many tablets and log in on each."""
    async with transaction(pool) as conn:
        codes = [(await make_pairing_code(conn, house.venue, None)).code for _ in range(count)]
    await open_tablets(url, house, codes, PIN)


async def tokens_of(url: str, sites: Sequence[tuple[str, str]]) -> list[str]:
    """A token of each site."""
    async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=30) as client:
        return [await token_of(client, *site) for site in sites]


class Run:
    """One soak: the load, the streams, a receiver of webhooks, and the looks at all of it."""

    def __init__(self, group: Group, servers: Servers, pool: Pool, seen: Soak) -> None:
        """Nothing is started yet."""
        self.group = group
        self.servers = servers
        self.pool = pool
        self.soak_seen = seen
        self.load = Load(group)
        self.streams: list[asyncio.Task[None]] = []
        self.began = time.monotonic()

    async def soak(self, seconds: float, streams: int) -> None:
        """Soak so long, then with so many streams on the first process for a few minutes."""
        receiver = await asyncio.start_server(answer_slowly, "127.0.0.1", 0)
        try:
            await self._be_told(receiver.sockets[0].getsockname()[1])
            for number, house in enumerate(self.group.houses):
                self._open_streams(house, self.servers.urls[number % 2], fetches=True)
            self.soak_seen.size_before = await self._size()
            await self._under_load("an evening", seconds, self.soak_seen.samples)
            self.soak_seen.size_after = await self._size()
            if streams:
                await self._bring_to(streams)
                await self._under_load(
                    f"{streams} streams", min(seconds, STREAM_MINUTES * 60), self.soak_seen.crowded
                )
        finally:
            for task in self.streams:
                task.cancel()
            receiver.close()
            await self.load.close()

    async def _under_load(self, what: str, seconds: float, samples: list[Sample]) -> None:
        until = time.monotonic() + seconds
        running = asyncio.create_task(self.load.run(seconds))
        renewed = time.monotonic()
        with Progress(*COLUMNS, transient=True, disable=not sys.stderr.isatty()) as bar:
            task = bar.add_task(what, total=seconds)
            while time.monotonic() < until:
                await asyncio.sleep(SAMPLE_SECONDS)
                samples.append(await self._look())
                bar.update(task, completed=seconds - (until - time.monotonic()))
                if time.monotonic() - renewed > TOKENS_SECONDS:
                    renewed = time.monotonic()
                    fresh = await tokens_of(self.servers.urls[0], self.group.sites)
                    self.group.tokens[:] = fresh
        await running

    async def _look(self) -> Sample:
        """Take what was measured since the last look, and look at memory and backlog."""
        measured, self.group.measured = self.group.measured, Measured()
        soak = self.soak_seen
        for kind, seconds in measured.seconds.items():
            soak.seconds.setdefault(kind, []).extend(seconds)
        soak.answers += measured.answers
        every = [second for seconds in measured.seconds.values() for second in seconds]
        if not every:
            measured.failed[f"no answer within {SAMPLE_SECONDS:.0f} s"] += 1
        kinds = {**measured.seconds, "all": every or [SAMPLE_SECONDS]}
        return Sample(
            at=time.monotonic() - self.began,
            processes=[
                memory_of(process.running.pid)
                for process in self.servers.processes
                if process.running
            ],
            database=database_memory(self.servers.server),
            quantiles={kind: quantiles_of(seconds) for kind, seconds in kinds.items() if seconds},
            calls=len(every),
            events=measured.events,
            streams=sum(not task.done() for task in self.streams),
            waiting_messages=await self.pool.fetchval(WAITING),
            failed=measured.failed,
        )

    async def _size(self) -> int:
        size: int = await self.pool.fetchval("select pg_database_size(current_database())")
        return size

    async def _be_told(self, port: int) -> None:
        """Register an address of the slow receiver for each site and house."""
        wanted = ["reservation.confirmed", "reservation.cancelled", "availability.changed"]
        async with httpx.AsyncClient(
            base_url=self.servers.urls[0], trust_env=False, timeout=30
        ) as client:
            for house in self.group.houses:
                token = self.group.dice.choice(self.group.tokens)
                body = {
                    "venue": house.venue,
                    "url": f"http://127.0.0.1:{port}/",
                    "event_types": wanted,
                }
                headers = {"Authorization": f"Bearer {token}"}
                answer = await client.post("/v1/webhook-endpoints", json=body, headers=headers)
                answer.raise_for_status()

    def _open_streams(self, house: SoakedHouse, url: str, *, fetches: bool) -> None:
        for session in house.tablets:
            stream = TabletStream(self.load, house, session, url)
            self.streams.append(asyncio.create_task(stream.listen(fetches=fetches)))

    async def _bring_to(self, streams: int) -> None:
        """Open more tablets until so many streams hang on the first process."""
        url, houses = self.servers.urls[0], self.group.houses
        there = sum(len(house.tablets) for house in houses[::2])
        each = -(-(streams - there) // len(houses))
        for number, house in enumerate(houses):
            beside = SoakedHouse(
                venue=house.venue, host=house.host, address=f"127.0.2.{number + 1}"
            )
            await add_tablets(self.pool, url, beside, each)
            self._open_streams(beside, url, fetches=False)


async def answer_slowly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer every message with 200, after some seconds."""
    with suppress(OSError, asyncio.IncompleteReadError):
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            int(line.split(b":")[1])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length:")
        )
        await reader.readexactly(length)
        await asyncio.sleep(SLOW_SECONDS)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
    writer.close()


def memory_of(pid: int) -> float:
    """The resident memory of a process in MiB."""
    return psutil.Process(pid).memory_info().rss / 2**20


def database_memory(server: embedded.Server) -> float:
    """The memory of PostgreSQL in MiB: what its processes hold alone, shared pages counted once."""
    pid = int((embedded.pgdata(server.folder) / "postmaster.pid").read_text().split(maxsplit=1)[0])
    postmaster = psutil.Process(pid)
    total = 0.0
    for process in [postmaster, *postmaster.children(recursive=True)]:
        with suppress(psutil.NoSuchProcess):
            total += process.memory_full_info().pss
    return total / 2**20
