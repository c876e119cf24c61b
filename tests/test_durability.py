"""What was acknowledged is there after kill -9 of an api process and of PostgreSQL.

The process is started again by the test, PostgreSQL by what watches over it under scripts/serve.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import cycle
from typing import TYPE_CHECKING

import asyncpg
import httpx

from scripts import embedded
from scripts.simulation.logins import Logins, complete
from scripts.simulation.servers import Servers, kill_postgres, serving
from scripts.supervising import keep_running
from seating.house.examples import shipped_text

if TYPE_CHECKING:
    from collections.abc import Iterator

BOOKERS = 8
SOME = 20
MOST_UNTOLD = 300
"""Where a start takes long, the bookers wait rather than run out of wishes."""
KEPT = "select code from reservation"
ADDRESS = "/v1/venues/sixty"


def wishes() -> Iterator[str]:
    """Starts of sixty days' dinners, one after the other."""
    days = (datetime.now(UTC) + timedelta(days=ahead) for ahead in range(2, 50))
    for day in days:
        for minutes in range(0, 180, 15):
            begins = datetime(day.year, day.month, day.day, 17, tzinfo=UTC)
            yield (begins + timedelta(minutes=minutes)).isoformat()


async def book_on(
    servers: Servers, bearer: str, starts: Iterator[str], told: asyncio.Queue[str]
) -> None:
    """Book until told to stop, each wish until it is acknowledged by whatever process answers."""
    headers = {"Authorization": f"Bearer {bearer}"}
    async with httpx.AsyncClient(timeout=5, headers=headers) as client:
        for start in starts:
            for url in cycle(servers.urls):
                code = await booked(client, url, start)
                if code is not None:
                    await told.put(code)
                    break
                await asyncio.sleep(0.05)


async def booked(client: httpx.AsyncClient, url: str, start: str) -> str | None:
    """Send an order once; None when nobody answered or the service was not up to it."""
    order = {
        "start": start,
        "party_size": 2,
        "guest": {"name": "Ada"},
        "accepted_house_rules": 1,
    }
    with suppress(httpx.HTTPError):
        path = f"{url}{ADDRESS}/reservations"
        answer = await client.post(path, json=order, headers={"Idempotency-Key": start})
        assert answer.status_code in {201, 409, 503}, answer.text
        if answer.status_code == 201:
            code: str = answer.json()["code"]
            return code
    return None


async def token(url: str, logins: Logins) -> str:
    who, secret = next(iter(logins.clients.items()))
    async with httpx.AsyncClient() as client:
        form = {"grant_type": "client_credentials"}
        answer = await client.post(f"{url}/oauth/token", data=form, auth=(who, secret))
        text: str = answer.json()["access_token"]
        return text


async def test_what_was_acknowledged_survives_kills_of_server_and_database() -> None:
    logging.getLogger("httpx").setLevel(logging.WARNING)
    told: asyncio.Queue[str] = asyncio.Queue(MOST_UNTOLD)
    said: list[str] = []
    with embedded.scratch() as server:
        async with serving(server, shipped_text("sixty"), 2) as servers:
            logins = await complete(servers.dsn, Logins(venue="sixty"), tablets=0)
            bearer, starts = await token(servers.urls[0], logins), wishes()
            keeping = asyncio.create_task(keep_running(server.folder, said.append))
            async with asyncio.TaskGroup() as group:
                bookers = [
                    group.create_task(book_on(servers, bearer, starts, told))
                    for _ in range(BOOKERS)
                ]
                kept = [await told.get() for _ in range(SOME)]
                await servers.kill_process(1)
                kept += [await told.get() for _ in range(SOME)]
                kill_postgres(server.folder)
                kept += [await told.get() for _ in range(SOME + told.qsize())]
                for booker in bookers:
                    booker.cancel()
            keeping.cancel()
            connection = await asyncpg.connect(servers.dsn)
            stored = {row["code"] for row in await connection.fetch(KEPT)}
            await connection.close()
    assert said == ["PostgreSQL has died; starting it again", "PostgreSQL is there again"]
    assert set(kept) <= stored
    assert len(set(kept)) == len(kept)
