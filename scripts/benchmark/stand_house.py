"""The Friday of the tests, served in a process of its own, and a second tablet that changes it."""

from __future__ import annotations

import asyncio
import re
import signal
import socket
import sys
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import httpx
import psutil

from policies.book.consequences import ASKS
from scripts.setup_venv import ROOT
from scripts.simulation.tablets import log_in, pair

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

SERVES: Final = "tests.support.friday"
"""A program, not imported: the house of the tests is no part of the scripts."""
PAIRING: Final = re.compile(r"#pair=(?P<code>[^&]+)&venue=(?P<venue>\S+)")
PIN: Final = re.compile(r"^The PIN of .*: (?P<pin>\d+)$")
LOG: Final = ROOT / ".data" / "bench-stand.log"
READY_SECONDS: Final = 240.0
CODES: Final = 2
"""One for the stand that is measured, one for the tablet that changes the evening."""
WATCHING, WRITING = "marat", "sofia"


class NotServedError(Exception):
    """The house could not be served; the message is the sentence to show."""


@dataclass(frozen=True, kw_only=True)
class House:
    """A served house: its address, who may pair, and the process that answers."""

    url: str
    venue: str
    pin: str
    codes: list[str]
    process: psutil.Process

    def cpu_seconds(self) -> float:
        """The processor time that the service has used."""
        used = self.process.cpu_times()
        return float(used.user + used.system)


@asynccontextmanager
async def served_friday() -> AsyncIterator[House]:
    """Sixty tables and two hundred reservations at 19:42. Raises NotServedError."""
    port = free_port()
    command = (sys.executable, "-m", SERVES, "--port", str(port))
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *command, cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=log
        )
    try:
        yield await _answering(process, f"http://127.0.0.1:{port}")
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await process.wait()


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _answering(process: asyncio.subprocess.Process, url: str) -> House:
    """Read what it prints, then wait until it answers. Raises NotServedError."""
    codes: list[str] = []
    venue = pin = ""
    async with asyncio.timeout(READY_SECONDS):
        while process.stdout and len(codes) < CODES and (line := await process.stdout.readline()):
            said = line.decode().strip()
            if found := PIN.search(said):
                pin = found["pin"]
            if found := PAIRING.search(said):
                venue = found["venue"]
                codes.append(found["code"])
        while not await _is_up(url):
            if process.returncode is not None:
                raise NotServedError(f"python -m {SERVES} ended: see {LOG}.")
            await asyncio.sleep(0.1)
    serving = psutil.Process(process.pid)
    return House(url=url, venue=venue, pin=pin, codes=codes, process=serving)


async def _is_up(url: str) -> bool:
    async with httpx.AsyncClient(trust_env=False) as client:
        try:
            return (await client.get(f"{url}/healthz")).is_success
        except httpx.TransportError:
            return False


@dataclass
class Tablet:
    """Another tablet of the house, without a screen, whose orders the stand is told of."""

    client: httpx.AsyncClient
    headers: dict[str, str]

    async def tonight(self) -> dict[str, Any]:
        """What a stand fetches."""
        answer = await self.client.get("/host/tonight", headers=self.headers)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    async def order(self, name: str, **body: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        """Give an order of the floor; its answer."""
        sent = {"id": str(uuid4()), **body}
        answer = await self.client.post(f"/host/orders/{name}", json=sent, headers=self.headers)
        if answer.is_error:
            raise NotServedError(f"{name} answered {answer.status_code}: {answer.text[:300]}")
        found: dict[str, Any] = answer.json()
        return found

    async def seat(self, table: str) -> tuple[str, float]:
        """Seat two walk-ins at a free table: the id of the act, and when it was sent."""
        sent = time.time()
        told = await self.order("seat", tables=[table], party_size=2, anyway=sorted(ASKS))
        return told["action_id"], sent

    async def undo(self, action: str) -> float:
        """Take an act back; when that was sent."""
        sent = time.time()
        await self.order("undo", action_id=action)
        return sent

    async def free_tables(self) -> list[str]:
        """Tables that two walk-ins can be seated at."""
        house = (await self.client.get("/host/house", headers=self.headers)).json()
        tonight = await self.tonight()
        taken = {name for each in tonight["seatings"] for name in each["tables"]}
        taken |= {each["table_id"] for each in (*tonight["blocks"], *tonight["resets"])}
        taken |= {name for each in tonight["held"] for name in each["tables"]}
        return [each["id"] for each in house["tables"] if each["id"] not in taken]


@asynccontextmanager
async def second_tablet(house: House, code: str) -> AsyncIterator[Tablet]:
    """A tablet at which somebody else is logged in."""
    async with httpx.AsyncClient(base_url=house.url, trust_env=False, timeout=30) as client:
        device = await pair(client, house.venue, code, "second")
        session = await log_in(client, device, WRITING, house.pin)
        yield Tablet(client, session.headers)
