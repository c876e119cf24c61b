"""Two hundred ask two api processes for the last table over HTTP."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from typing import TYPE_CHECKING

import httpx
import pytest

from scripts.simulation.servers import NOBODY, Process, free_port
from tests.api.booking.conftest import BASE, key, wish
from tests.support.asking_again import post_until_answered
from tests.support.house import house_text, new_site, open_house
from tests.support.rules import FIRST_COME, beyond, rule

if TYPE_CHECKING:
    from pathlib import Path

    from seating.db import Pool

ASKING = 200


async def ask(urls: list[str], bearer: str) -> Counter[tuple[int, str]]:
    """Everybody at once, half of them at each process; counts the answers by what they say."""
    headers = {"Authorization": f"Bearer {bearer}"}
    limits = httpx.Limits(max_connections=ASKING)
    async with httpx.AsyncClient(timeout=60, headers=headers, limits=limits) as client:
        answers = await asyncio.gather(
            *(
                post_until_answered(
                    client,
                    f"{urls[number % len(urls)]}{BASE}/reservations",
                    json=wish(number),
                    headers=key(str(number)),
                )
                for number in range(ASKING)
            )
        )
    return Counter((each.status_code, each.json().get("reason", "")) for each in answers)


@pytest.mark.parametrize(("allowed", "yeses"), [(0, 1), (2, 3)])
async def test_exactly_so_many_are_promised(
    database: str, pool: Pool, tmp_path: Path, allowed: int, yeses: int
) -> None:
    logging.getLogger("httpx").setLevel(logging.WARNING)
    await open_house(pool, house_text(2))
    if allowed:
        await rule(pool, overbooking=beyond(allowed), decisions=FIRST_COME)
    _, bearer = await new_site(pool)
    with (tmp_path / "api.log").open("w") as log:
        api = [Process(dsn=database, port=free_port(), log=log, jobs=NOBODY) for _ in range(2)]
        try:
            for process in api:
                process.start()
            await asyncio.gather(*(process.until_ready() for process in api))
            told = await ask([process.url for process in api], bearer)
        finally:
            for process in api:
                process.stop()
    assert told == {(201, ""): yeses, (409, "NO_TABLE_FITS"): ASKING - yeses}
    refused = await pool.fetchval("select sum(repeats + 1) from turnaway")
    assert refused == ASKING - yeses
    beyond_room = await pool.fetchval("select count(*) from reservation where risk is not null")
    assert beyond_room == allowed
