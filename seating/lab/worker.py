"""The lab's worker: a process of the lowest priority that plays what is queued, then ends.

`python -m seating.lab.worker`, with the DSN in DATABASE_URL. The jobs process starts one when a run
waits (api.background.labouring). Each night is kept by itself: a worker that was killed loses the
night it was playing, and the next goes on from there once its lease is over.
"""

import asyncio
import contextlib
import logging
import os
import platform
import sys
from time import perf_counter
from uuid import UUID, uuid4

from msgspec.structs import replace

from policies.lab.trial.change import TriedChange
from policies.lab.trial.playing import Layouts, PlayedNight, play_trial
from seating.clock import WallClock
from seating.connecting import NoConnectionError
from seating.db import Pool, open_pool, transaction
from seating.fitness import UnfitDatabaseError
from seating.lab.claiming import LEASE_SECONDS, ClaimedRun, claim, end, keep_night, renew
from seating.lab.nights import ReadyNight, ready

log = logging.getLogger("maitred.lab")

LOWEST_PRIORITY = 19


async def play_queued(pool: Pool, worker: UUID, machine: str) -> int:
    """Play the runs that wait, one after the other; return how many were taken up."""
    taken = 0
    while True:
        async with transaction(pool) as conn:
            run = await claim(conn, worker, machine)
        if run is None:
            return taken
        taken += 1
        await _play_run(pool, run)


async def _play_run(pool: Pool, run: ClaimedRun) -> None:
    """Play what is left of a run until it is done, cancelled or another worker's."""
    renewing = asyncio.create_task(_renewing(pool, run))
    try:
        played = await _play_nights(pool, run)
    except Exception:
        log.exception("a run of the lab stopped")
        await _end(pool, run, "failed")
    else:
        if played:
            await _end(pool, run, "done")
    finally:
        renewing.cancel()


async def _end(pool: Pool, run: ClaimedRun, state: str) -> None:
    async with pool.acquire() as conn:
        await end(conn, run, state, await WallClock().now(conn))


async def _play_nights(pool: Pool, run: ClaimedRun) -> bool:
    """Play every night that is left; tell whether the run was this worker's to the end."""
    layouts = Layouts()
    for number in run.left:
        async with pool.acquire() as conn:
            if not await renew(conn, run):
                return False
            plan, worth = run.nights[number], run.rules[0].decisions
            now = run.trial.house if run.trial else None
            night = await ready(conn, run.venue_id, plan, worth, layouts, house_version=now)
        began = perf_counter()
        played = await asyncio.to_thread(_played, night, run, layouts)
        of = (night.opens, night.house_version)
        async with pool.acquire() as conn:
            if not await keep_night(conn, run, number, played, of, perf_counter() - began):
                return False
    return True


def _played(night: ReadyNight, run: ClaimedRun, layouts: Layouts) -> tuple[PlayedNight, ...]:
    asked = (play_trial(night.setting, night.night, rules, run.grid) for rules in run.rules)
    changes = run.trial.changes if run.trial else ()
    tried = (
        _changed(night, run, layouts, number, change)
        for number, change in enumerate(changes, start=1)
    )
    return (*asked, *tried)


def _changed(
    night: ReadyNight, run: ClaimedRun, layouts: Layouts, number: int, change: TriedChange
) -> PlayedNight:
    house = change.of_house(night.setting.house)
    layout = layouts.of(house, night.house_version, number if change.house else 0)
    setting = replace(night.setting, house=house, layout=layout)
    return play_trial(setting, night.night, change.of_rules(run.rules[0], house), run.grid)


async def _renewing(pool: Pool, run: ClaimedRun) -> None:
    """Renew the lease while a night is played, which may take minutes on a busy machine."""
    while True:
        await asyncio.sleep(LEASE_SECONDS / 4)
        with contextlib.suppress(OSError):
            async with pool.acquire() as conn:
                await renew(conn, run)


async def work(dsn: str) -> None:
    """Play what is queued and end."""
    pool = await open_pool(dsn, min_size=1, max_size=2)
    async with pool:
        await play_queued(pool, uuid4(), platform.node())


def main() -> None:
    """Run the worker."""
    logging.basicConfig(level=logging.WARNING)
    if hasattr(os, "nice"):
        os.nice(LOWEST_PRIORITY)
    try:
        asyncio.run(work(os.environ["DATABASE_URL"]))
    except (NoConnectionError, UnfitDatabaseError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
