"""Google and a booking site at two api processes of their own: every word is kept."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import httpx

from scripts.benchmark.pairing import play_pairs, prepare
from scripts.simulation.servers import NOBODY, Process, free_port
from scripts.simulation.written_house import parse_house
from tests.api.booking.conftest import BASE, key
from tests.api.booking.conftest import wish as native_wish
from tests.api.google.conftest import basic, new_client, wish
from tests.support.asking_again import post_until_answered
from tests.support.house import SEVEN, at, house_text, new_site, open_house
from tests.support.rules import FIRST_COME, beyond

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from seating.db import Pool

TIMES = 20
PAIRS = 40
ROOM = house_text(2, 4)


@asynccontextmanager
async def two_processes(database: str, folder: Path) -> AsyncIterator[list[str]]:
    """Where they answer."""
    logging.getLogger("httpx").setLevel(logging.WARNING)
    with (folder / "api.log").open("w") as log:
        api = [Process(dsn=database, port=free_port(), log=log, jobs=NOBODY) for _ in range(2)]
        try:
            for process in api:
                process.start()
            await asyncio.gather(*(process.until_ready() for process in api))
            yield [process.url for process in api]
        finally:
            for process in api:
                process.stop()


async def sent(
    client: httpx.AsyncClient,
    urls: list[str],
    path: str,
    **more: Any,  # noqa: ANN401 - handed on
) -> list[httpx.Response]:
    """The same request twenty times at once, half of them at each process."""
    posts = [post_until_answered(client, f"{urls[n % 2]}{path}", **more) for n in range(TIMES)]
    return await asyncio.gather(*posts)


async def one_token_twenty_equal_answers(
    google: httpx.AsyncClient, urls: list[str], number: int
) -> dict[str, Any]:
    answers = await sent(google, urls, "/google/v3/CreateBooking", json=wish(number))
    assert {each.status_code for each in answers} == {200}
    assert len({each.content for each in answers}) == 1
    found: dict[str, Any] = answers[0].json()
    return found


async def one_key_one_yes(site: httpx.AsyncClient, urls: list[str]) -> None:
    later = native_wish(9, start=at(2).isoformat())
    more: dict[str, Any] = {"json": later, "headers": key("one")}
    first = await sent(site, urls, f"{BASE}/reservations", **more)
    told = Counter(each.status_code for each in first)
    assert told.keys() <= {201, 409}
    assert {each.json()["code"] for each in first if each.status_code == 409} <= {
        "IDEMPOTENCY_IN_PROGRESS"
    }
    once_more = [await site.post(f"{urls[n % 2]}{BASE}/reservations", **more) for n in range(2)]
    yeses = [each for each in (*first, *once_more) if each.status_code == 201]
    assert len(yeses) >= 3
    assert len({each.content for each in yeses}) == 1


async def test_every_word_is_kept_over_two_processes(
    database: str, pool: Pool, tmp_path: Path
) -> None:
    await open_house(pool, house_text(2))
    client_id, secret = await new_client(pool)
    _, bearer = await new_site(pool)
    live = "select count(*) from reservation where state = 'booked' and starts = $1"
    limits = httpx.Limits(max_connections=TIMES)
    async with (
        two_processes(database, tmp_path) as urls,
        httpx.AsyncClient(
            timeout=60, limits=limits, headers={"Authorization": basic(client_id, secret)}
        ) as google,
        httpx.AsyncClient(
            timeout=60, limits=limits, headers={"Authorization": f"Bearer {bearer}"}
        ) as site,
    ):
        first = await one_token_twenty_equal_answers(google, urls, 1)
        assert await pool.fetchval(live, SEVEN) == 1
        refused = await one_token_twenty_equal_answers(google, urls, 2)
        assert refused["booking_failure"]["cause"] == "SLOT_UNAVAILABLE"
        gone = {"booking": {"booking_id": first["booking"]["booking_id"], "status": "CANCELED"}}
        await google.post(f"{urls[0]}/google/v3/UpdateBooking/", json=gone)
        second = await one_token_twenty_equal_answers(google, urls, 2)
        assert second.keys() == {"booking"}
        assert await pool.fetchval(live, SEVEN) == 1
        await one_key_one_yes(site, urls)
        assert await pool.fetchval(live, at(2)) == 1
        await open_house(pool, ROOM)
        stage = await prepare(
            database,
            urls,
            parse_house(ROOM),
            by_value=False,
            evenings=2,
            rules={"decisions": FIRST_COME, "overbooking": beyond(2)},
        )
        told = await play_pairs(stage, PAIRS, 1, lambda _: None, by_value=False)
    assert (told.broken, told.noes[True]) == ({}, 0)
    assert told.overbooked > 0
    assert told.asked[False] > 0
