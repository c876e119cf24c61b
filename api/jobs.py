"""The periodic jobs and their intervals; run inside the server or as `python -m api.jobs`."""

import asyncio
import contextlib
import logging
import signal
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Final

import asyncpg
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger
from msgspec import Struct

from api.background.delivering import (
    LOOK_SECONDS,
    LOOKS_PER_RECORD,
    NAME,
    NOTICES,
    PUSHES,
    delivering,
    writing_to_guests,
)
from api.background.labouring import labouring
from api.edge.security_log import log_to_stderr
from api.http.problems import UNAVAILABLE
from api.settings import Settings, SettingsError, from_environment, sealing_key
from seating.access.sessions import end_idle_sessions
from seating.backups.manifest import PURPOSE, Maker
from seating.backups.nightly import EVERY, BackupPlan, keep_backups
from seating.clock import Clock, MovableClock, WallClock, wall_now
from seating.connecting import NoConnectionError
from seating.correspondence.reminders import write_reminders
from seating.db import Pool, open_pool
from seating.fitness import UnfitDatabaseError
from seating.floor.levers_ahead import end_levers
from seating.forecast.learning import learn_from_history
from seating.forecast.prices import refresh_prices
from seating.forecast.quote_models import learn_quotes
from seating.gestures.expiry import expire_gestures
from seating.gestures.tasks import tell_due_gestures
from seating.house.carrying import follow_houses
from seating.house.zone_changes import keep_local_times
from seating.jobs import sweeps
from seating.jobs.runs import record_failure, record_success
from seating.keys import derived_keys
from seating.letter.proposals import write_letters
from seating.notices.passing_on import pass_on_questions
from seating.privacy.erasure_list import keep_erasure_list
from seating.privacy.retention import remove_aged
from seating.rescue.rows import lapse_options
from seating.waitlist.requoting import renew_quotes
from seating.waitlist.turns import promote_waiting
from seating.webhooks.outbox import announce_availability

log = logging.getLogger("maitred.jobs")

MARGIN: Final = timedelta(seconds=30)


class PeriodicTask(Struct, frozen=True):
    """A periodic task; /readyz reports it when its last success is too long ago."""

    name: str
    every: timedelta


class Job(PeriodicTask, frozen=True):
    """`run` does all work that is due, in its own transactions, and is idempotent."""

    run: Callable[[Pool, Clock], Awaitable[object]]


JOBS: Final = (
    Job("expire_slot_holds", timedelta(seconds=10), sweeps.expire_slot_holds),
    Job("end_levers", timedelta(seconds=10), end_levers),
    Job("release_held_tables", timedelta(seconds=10), sweeps.release_held_tables),
    Job("mark_late_and_no_show", timedelta(seconds=15), sweeps.mark_late_and_no_show),
    Job("stretch_overruns", timedelta(seconds=30), sweeps.stretch_overruns),
    Job("promote_waiting", timedelta(seconds=15), promote_waiting),
    Job("renew_quotes", timedelta(seconds=30), renew_quotes),
    Job("expire_gestures", timedelta(seconds=30), expire_gestures),
    Job("tell_due_gestures", timedelta(seconds=10), tell_due_gestures),
    Job("pass_on_questions", timedelta(seconds=5), pass_on_questions),
    Job("lapse_options", timedelta(seconds=15), lapse_options),
    Job("open_cases", timedelta(seconds=30), sweeps.open_cases),
    Job("close_periods", timedelta(seconds=60), sweeps.close_periods),
    Job("learn_from_history", timedelta(hours=1), learn_from_history),
    Job("write_letters", timedelta(minutes=5), write_letters),
    Job("follow_houses", timedelta(minutes=10), follow_houses),
    Job("keep_local_times", timedelta(hours=1), keep_local_times),
    Job("refresh_prices", timedelta(seconds=10), refresh_prices),
    Job("learn_quotes", timedelta(seconds=60), learn_quotes),
    Job("end_idle_sessions", timedelta(minutes=1), end_idle_sessions),
    Job("write_reminders", timedelta(seconds=60), write_reminders),
    Job("remove_aged", timedelta(hours=1), remove_aged),
    Job("tell_availability", timedelta(seconds=10), announce_availability),
)
BACKUPS: Final = "keep_backups"
ERASURES: Final = "keep_erasure_list"
DELIVERIES: Final = tuple(
    PeriodicTask(name, timedelta(seconds=LOOK_SECONDS * LOOKS_PER_RECORD))
    for name in (NAME, PUSHES)
)


WRITTEN: Final = (PeriodicTask(NOTICES, timedelta(seconds=LOOK_SECONDS * LOOKS_PER_RECORD)),)


def jobs_of(settings: Settings) -> tuple[Job, ...]:
    """The jobs; backups and the list beside them only where a folder for them is set."""
    if not settings.backups:
        return JOBS
    plan = BackupPlan(
        dsn=settings.owner,
        folder=Path(settings.backups).absolute(),
        kept=settings.backups_kept,
        at=time.fromisoformat(settings.backups_at),
        maker=Maker(code=settings.code, keys=derived_keys(sealing_key(settings), PURPOSE)),
    )
    return (
        *JOBS,
        Job(BACKUPS, EVERY, lambda pool, _: keep_backups(plan, pool)),
        Job(ERASURES, timedelta(minutes=1), partial(keep_erasure_list, plan.folder)),
    )


async def run(job: Job, pool: Pool, clock: Clock) -> None:
    """Run a job once; a failure is logged and recorded, and the schedule goes on."""
    try:
        await job.run(pool, clock)
        await record_success(pool, job.name, wall_now())
    except Exception as error:
        # Where the database is away, every job fails at every turn, and no trace tells more.
        away = isinstance(error, (*UNAVAILABLE, asyncpg.InterfaceError))
        trace = None if away else error
        log.error("job %s failed: %s", job.name, error, exc_info=trace)  # noqa: TRY400 - said above
        with contextlib.suppress(Exception):  # the database may be what failed
            await record_failure(pool, job.name, wall_now(), f"{type(error).__name__}: {error}")


@asynccontextmanager
async def scheduled(
    pool: Pool, clock: Clock, jobs: Sequence[Job] = JOBS
) -> AsyncGenerator[None, None]:
    """Run the jobs while the block lasts: each immediately, then at its interval."""
    scheduler = AsyncIOScheduler(
        timezone=UTC,
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
    )
    for job in jobs:
        trigger = IntervalTrigger(seconds=int(job.every.total_seconds()), timezone=UTC)
        scheduler.add_job(run, trigger, (job, pool, clock), id=job.name, next_run_time=wall_now())
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)


@asynccontextmanager
async def background_work(
    pool: Pool, clock: Clock, settings: Settings
) -> AsyncGenerator[None, None]:
    """Run the jobs, the deliveries and the lab's worker while the block lasts."""
    jobs = scheduled(pool, clock, jobs_of(settings))
    letters = writing_to_guests(pool, clock, settings)
    async with jobs, delivering(pool, clock, settings), letters, labouring(pool, settings):
        yield


def watched_tasks(settings: Settings) -> tuple[PeriodicTask, ...]:
    """The tasks that /readyz checks; webhook delivery runs only where a key is set.

    Backups are not among them: without one the service still serves (seating/backups/standing.py).
    """
    delivers = settings.secrets_key or settings.key_file
    return (*JOBS, *WRITTEN, *DELIVERIES) if delivers else (*JOBS, *WRITTEN)


def overdue(
    jobs: Sequence[PeriodicTask], successes: Mapping[str, datetime], since: datetime, now: datetime
) -> list[str]:
    """Names of the jobs whose last success (or `since`, if none) is over three intervals ago.

    A success in time to come was one before the clock was set back, and tells nothing of today.
    """
    known = {name: at for name, at in successes.items() if at <= now + MARGIN}
    return [
        job.name
        for job in jobs
        if now - max(since, known.get(job.name, since)) > 3 * job.every + MARGIN
    ]


def clock_of(settings: Settings) -> Clock:
    return MovableClock() if settings.demo else WallClock()


async def run_until_stopped(settings: Settings) -> None:
    """The jobs process; stops cleanly on SIGTERM and Ctrl-C."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows
            loop.add_signal_handler(number, stop.set)
    pool = await open_pool(
        settings.database_url, min_size=settings.pool_min, max_size=settings.pool_max
    )
    async with pool, background_work(pool, clock_of(settings), settings):
        await stop.wait()


def main() -> None:
    log_to_stderr()
    logging.basicConfig(level=logging.WARNING)
    try:
        asyncio.run(run_until_stopped(from_environment()))
    except (SettingsError, NoConnectionError, UnfitDatabaseError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
