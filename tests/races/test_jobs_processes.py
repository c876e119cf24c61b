"""Two api and two jobs processes over a simulated day: each held table is released once."""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import httpx

from scripts.setup_venv import ROOT
from scripts.simulation.servers import ELSEWHERE, Process, free_port
from seating.clock import set_clock
from seating.db import transaction
from tests.api.booking.conftest import BASE, key, wish
from tests.support.house import NOON, at, house_text, new_site, open_house
from tests.support.rules import PEAK, rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from seating.db import Pool

TABLES = 8
SECONDS, EVERY, LAST = 8, 2, timedelta(hours=11, minutes=30)
"""From noon on: the jobs look three times each, at once and every two seconds."""

OFTEN = f"""
from datetime import timedelta
from msgspec.structs import replace
from api import jobs
often = timedelta(seconds={EVERY})
jobs.JOBS = tuple(replace(job, every=min(job.every, often)) for job in jobs.JOBS)
jobs.main()
"""
"""The jobs process with less patience: a day is short here."""

RUNGS = [{"minutes_before": 60 * n, "keep": TABLES - 1 - (6 - n)} for n in range(6, 0, -1)]
RELEASES = """
select subject, count(*) as times from outbox
where event = 'held_table.released' group by subject
"""
AT_WORK = "select count(*) > 0 from job_run where job = 'release_held_tables'"
ALL_ENDED = f"select count(*) = {TABLES} from held_table where state = 'released'"


async def until(pool: Pool, sql: str) -> None:
    async with asyncio.timeout(60):
        while not await pool.fetchval(sql):  # noqa: ASYNC110 - only the database knows
            await asyncio.sleep(0.1)


@contextmanager
def jobs(dsn: str, log: Path, number: int) -> Iterator[None]:
    """A jobs process of its own."""
    settings = {"DATABASE_URL": dsn, "MAITRED_DEMO": "1", "PYTHONPATH": str(ROOT)}
    with (log / f"jobs{number}.log").open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-c", OFTEN],
            env={**os.environ, **settings},
            cwd=ROOT,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
        try:
            yield
        finally:
            process.terminate()
            assert process.wait(timeout=30) == 0


async def ask_all_day(url: str, bearer: str, name: str) -> None:
    """Look and book, again and again: each of it meets what is due."""
    headers = {"Authorization": f"Bearer {bearer}"}
    async with httpx.AsyncClient(timeout=10, headers=headers) as client:
        for number in range(10_000):
            day: dict[str, str | int] = {"date": "2027-03-03", "party_size": 2}
            await client.get(f"{url}{BASE}/availability", params=day)
            order = wish(start=at(1).isoformat(), guest={"name": "Ada"})
            mark = key(f"{name} {number}")
            await client.post(f"{url}{BASE}/reservations", json=order, headers=mark)
            await asyncio.sleep(0.9)


async def test_each_release_happens_once(database: str, pool: Pool, tmp_path: Path) -> None:
    logging.getLogger("httpx").setLevel(logging.WARNING)
    await open_house(pool, house_text(*[2] * (TABLES + 1)))
    await rule(pool, holds=[PEAK | {"count": TABLES, "ladder": RUNGS}])
    _, bearer = await new_site(pool)
    with (tmp_path / "api.log").open("w") as log:
        api = [Process(dsn=database, port=free_port(), log=log, jobs=ELSEWHERE) for _ in range(2)]
        try:
            for process in api:
                process.start()
            await asyncio.gather(*(process.until_ready() for process in api))
            with jobs(database, tmp_path, 1), jobs(database, tmp_path, 2):
                await until(pool, AT_WORK)
                async with transaction(pool) as conn:
                    await set_clock(conn, NOON, LAST.total_seconds() / SECONDS)
                askers = [
                    asyncio.create_task(ask_all_day(process.url, bearer, str(number)))
                    for number, process in enumerate(api)
                ]
                await asyncio.sleep(SECONDS)
                # However slow the machine was: what is due has been due for an hour and a half.
                async with transaction(pool) as conn:
                    await set_clock(conn, NOON + LAST, 0)
                await until(pool, ALL_ENDED)
                for asker in askers:
                    asker.cancel()
        finally:
            for process in api:
                process.stop()
    released = {row["subject"]: row["times"] for row in await pool.fetch(RELEASES)}
    ended = await pool.fetchval("select count(*) from held_table where state = 'released'")
    assert len(released) == ended == TABLES
    assert set(released.values()) == {1}
