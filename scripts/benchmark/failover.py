"""`scripts/bench failover`: a primary dies in a burst of bookings, its standby takes over.

Two servers with streaming replication, one api process that knows both. Clients book and send the
same Idempotency-Key again until they have an answer that is none of 503. Printed: the wait until
the first booking on the new primary, 503s, requests without an answer in time, bookings that were
acknowledged, and those of them that the new primary does not have.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import httpx

from scripts.app_server import fast_loop
from scripts.benchmark.pairing import NOON, PairSetup, next_evenings
from scripts.benchmark.replication import (
    SYNCHRONOUS,
    both_hosts,
    freeze,
    frozen_let_go,
    promote,
    replicating,
    standby_of,
)
from scripts.kernel_cache import compile_kernels
from scripts.simulation.servers import Process, free_port, fresh_database, kill_postgres
from scripts.simulation.written_house import read_house
from seating.access.clients import create_client, issue_token
from seating.clock import set_clock, wall_now
from seating.connecting import connect
from seating.db import open_pool, transaction
from seating.dsn import database_of, with_database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from scripts import embedded
    from scripts.simulation.written_house import WrittenHouse

CLIENTS: Final = 8
EVENINGS: Final = 40
AGAIN_SECONDS: Final = 0.2
ANSWER_SECONDS: Final = 12.0
"""A request that has no answer by then hangs."""
HAVE = "select count(*) from reservation where reservation_id = any($1::uuid[])"
TWICE = "select count(*) - count(distinct guest_id) from reservation"


@dataclass
class Tally:
    """What the clients met; seconds since the beginning."""

    acknowledged: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    at: list[float] = field(default_factory=list)
    longest: float = 0.0
    hung: int = 0
    broken: int = 0
    again: int = 0


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One scenario: `wait` from the kill to the next booking, in seconds."""

    name: str
    tally: Tally
    wait: float
    lost: int
    twice: int

    @property
    def line(self) -> str:
        """The row of the table."""
        tally = self.tally
        other = {code: many for code, many in tally.statuses.items() if code not in {201, 503}}
        return (
            f"{self.name:26} {self.wait:6.1f} s  {tally.statuses[503]:5}  {tally.hung:5}"
            f"  {tally.longest:6.1f} s  {len(tally.acknowledged):6}  {self.lost:4}  {self.twice:5}"
            f"  {other or ''}"
        )


HEAD: Final = (
    f"{'scenario':26} {'wait':>8}  {'503s':>5}  {'hung':>5}  {'longest':>8}  {'acked':>6}"
    f"  {'lost':>4}  {'twice':>5}  other answers"
)
SCENARIOS: Final = {
    "sync": "the primary is killed; synchronous_standby_names, remote_apply",
    "async": "the primary is killed; the standby follows when it can",
    "behind": "the same, and the standby has not received the last second",
    "frozen": "the primary stops answering without a word; synchronous",
    "standby": "the standby is killed; synchronous, then taken off the list",
}


def main(arguments: Sequence[str]) -> int:
    """Play the scenarios; 1 when a request hung, or a synchronous booking was lost."""
    parser = argparse.ArgumentParser(prog="scripts/bench failover", description=__doc__)
    parser.add_argument("--only", choices=SCENARIOS, help="one scenario")
    parser.add_argument("--seconds", type=float, default=3.0, help="of booking before and after")
    options = parser.parse_args(arguments)
    compile_kernels()
    names = [options.only] if options.only else list(SCENARIOS)
    print(HEAD, flush=True)
    good = True
    for name in names:
        with asyncio.Runner(loop_factory=fast_loop()) as runner:
            outcome = runner.run(play(name, options.seconds))
        print(outcome.line, flush=True)
        kept = name in {"async", "behind"} or not outcome.lost
        good = good and kept and not outcome.tally.hung and not outcome.twice
    return 0 if good else 1


async def play(name: str, seconds: float) -> Outcome:
    """Play one scenario on two new servers."""
    house = read_house("60")
    with replicating() as primary:
        dsn = await fresh_database(primary.dsn, house.text)
        token = await opened(dsn, house)
        with standby_of(primary) as standby:
            synchronous = name not in {"async", "behind"}
            if synchronous:
                await tell(primary.dsn, *SYNCHRONOUS)
            async with one_process(both_hosts(dsn, standby), primary.folder) as process:
                setup = PairSetup(
                    house=house,
                    dsn=dsn,
                    urls=[process.url],
                    evenings=next_evenings(house, EVENINGS),
                    client=("", ""),
                    token=token,
                )
                tally = Tally()
                async with booking(setup, tally):
                    await asyncio.sleep(seconds)
                    killed, mended = await strike(name, primary, standby)
                    await asyncio.sleep(seconds)
            wait = min((at for at in tally.at if at > mended), default=mended) - killed
            there = with_database(left_of(name, primary, standby).dsn, database_of(dsn))
            return await counted(name, tally, wait, there)


def left_of(name: str, primary: embedded.Server, standby: embedded.Server) -> embedded.Server:
    """Which server is left."""
    return primary if name == "standby" else standby


async def strike(
    name: str, primary: embedded.Server, standby: embedded.Server
) -> tuple[float, float]:
    """Let something die and mend it as an operator would; returns when it died and was mended."""
    if name == "behind":
        await asyncio.to_thread(freeze, standby.folder, "walreceiver")
        await asyncio.sleep(1.0)
    killed = time.monotonic()
    if name == "standby":
        await asyncio.to_thread(kill_postgres, standby.folder)
        await asyncio.sleep(ANSWER_SECONDS)
        await tell(primary.dsn, "alter system reset synchronous_standby_names")
        return killed, time.monotonic()
    if name == "frozen":
        await asyncio.to_thread(freeze, primary.folder)
    else:
        await asyncio.to_thread(kill_postgres, primary.folder)
    if name == "behind":
        await asyncio.to_thread(frozen_let_go, standby.folder)
    await asyncio.to_thread(promote, standby.folder)
    return killed, time.monotonic()


async def counted(name: str, tally: Tally, wait: float, dsn: str) -> Outcome:
    """Look up what was acknowledged on the server that is left."""
    connection = await connect(dsn, {})
    try:
        have = await connection.fetchval(HAVE, tally.acknowledged)
        twice = await connection.fetchval(TWICE)
    finally:
        await connection.close()
    lost = len(tally.acknowledged) - have
    return Outcome(name=name, tally=tally, wait=wait, lost=lost, twice=twice)


async def opened(dsn: str, house: WrittenHouse) -> str:
    """Stop the clock at a noon and make a client; returns its token."""
    async with await open_pool(dsn, min_size=1, max_size=2) as pool:
        async with transaction(pool) as conn:
            await set_clock(conn, NOON, 0.0)
            client = await create_client(conn, "Failover", {house.venue: ["bookings"]})
        token = await issue_token(pool, client[0], ["bookings"], wall_now())
    return token.access_token


@asynccontextmanager
async def one_process(dsn: str, folder: Path) -> AsyncIterator[Process]:
    """An api process with its jobs."""
    with (folder / "api.log").open("a", encoding="utf-8") as log:
        process = Process(dsn=dsn, port=free_port(), log=log)
        process.start()
        try:
            await process.until_ready()
            yield process
        finally:
            process.stop()


@asynccontextmanager
async def booking(setup: PairSetup, tally: Tally) -> AsyncIterator[None]:
    """Book while the block lasts; each client brings its last booking to an end."""
    over = asyncio.Event()
    async with httpx.AsyncClient(trust_env=False, timeout=ANSWER_SECONDS) as http:
        clients = [
            asyncio.create_task(book_on(setup, tally, http, over, number))
            for number in range(CLIENTS)
        ]
        try:
            yield
        finally:
            over.set()
            await asyncio.gather(*clients)


async def book_on(
    setup: PairSetup, tally: Tally, http: httpx.AsyncClient, over: asyncio.Event, number: int
) -> None:
    """Make one booking after the other."""
    guest = number
    while not over.is_set():
        evening = setup.evenings[guest % len(setup.evenings)]
        body: dict[str, Any] = {
            "start": evening.opens.isoformat(),
            "party_size": 2,
            "guest": {"name": f"Guest {guest}", "phone": f"+4930{20_000_000 + guest}"},
            "accepted_house_rules": setup.house.rules_version,
        }
        await until_answered(setup, tally, http, {k: v for k, v in body.items() if v is not None})
        guest += CLIENTS


async def until_answered(
    setup: PairSetup, tally: Tally, http: httpx.AsyncClient, body: dict[str, Any]
) -> None:
    """Send one booking until it is answered; a 503 is no "no"."""
    url = f"{setup.urls[0]}/v1/venues/{setup.house.venue}/reservations"
    headers = {"Authorization": f"Bearer {setup.token}", "Idempotency-Key": f'"{uuid4()}"'}
    tries = 0
    while True:
        began, status = time.monotonic(), 0
        try:
            answer = await http.post(url, json=body, headers=headers)
            status = answer.status_code
            tally.statuses[status] += 1
        except httpx.TimeoutException:
            tally.hung += 1
        except httpx.TransportError:
            tally.broken += 1
        tally.longest = max(tally.longest, time.monotonic() - began)
        if status == httpx.codes.CREATED:
            tally.acknowledged.append(answer.json()["id"])
            tally.at.append(time.monotonic())
            tally.again += tries > 0
        if status not in {0, 503}:
            return
        tries += 1
        await asyncio.sleep(AGAIN_SECONDS)


async def tell(dsn: str, *statements: str) -> None:
    """Run statements of an operator, and let the server read its settings again."""
    connection = await connect(with_database(dsn, "postgres"), {"synchronous_commit": "local"})
    try:
        for statement in (*statements, "select pg_reload_conf()"):
            await connection.execute(statement)
    finally:
        await connection.close()
