"""/healthz (liveness) and /readyz (readiness)."""

import asyncio
from datetime import datetime
from typing import Annotated, Final

import asyncpg
from litestar import Response, get
from litestar.datastructures import State
from litestar.openapi.datastructures import ResponseSpec
from msgspec import Meta, Struct

from api.http.access import OPEN
from api.http.dependencies import GivenPool, GivenSettings
from api.http.described import problem_specs
from api.jobs import overdue, watched_tasks
from api.settings import Settings
from seating.backups.standing import warnings_of
from seating.clock import wall_now
from seating.db import Connection, Pool
from seating.fitness import facts_of, unfitness
from seating.jobs.runs import last_successes
from seating.lending import NoConnectionFreeError
from seating.migrate import MIGRATIONS, SELECT_APPLIED, MigrationError, missing_of, read_migrations

ANSWER_SECONDS: Final = 3.0
SILENT: Final = "The database does not answer in time."
ALL_IN_USE: Final = "No connection to the database was free, or none opened in time."
FILES: Final = read_migrations(MIGRATIONS)


class Health(Struct, frozen=True, omit_defaults=True):
    status: Annotated[str, Meta(max_length=40, examples=["ready"])]
    detail: Annotated[str, Meta(max_length=1000)] = ""


HEALTH: Final = {
    200: ResponseSpec(Health, generate_examples=False, description="All is well."),
    429: problem_specs()[429],
    500: problem_specs()[500],
    503: ResponseSpec(Health, generate_examples=False, description="Not yet, or not now."),
}


@get("/healthz", opt=OPEN, tags=["health"], operation_id="isAlive", responses=HEALTH)
async def alive() -> Health:
    """This process answers."""
    return Health("alive")


@get("/readyz", opt=OPEN, tags=["health"], operation_id="isReady", responses=HEALTH)
async def ready(pool: GivenPool, settings: GivenSettings, state: State) -> Response[Health]:
    """Kernels loaded, database fit and taking writes, schema current, jobs on time; otherwise 503.

    The answer comes within a few seconds, whatever the database does. Backups that fail, and a role
    that may do too much, are told of; the service is ready all the same.
    """
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            wrong = await what_is_wrong(pool, settings, state)
            told = wrong or await what_is_unwise(pool, state)
    except TimeoutError as error:
        wrong = told = ALL_IN_USE if isinstance(error, NoConnectionFreeError) else SILENT
    if wrong:
        return Response(Health("not ready", told), status_code=503, headers={"Retry-After": "2"})
    return Response(Health("ready", told))


async def what_is_unwise(pool: Pool, state: State) -> str:
    """What an operator should look at though the service works."""
    told = [state.unwise, *await warnings_of(pool, wall_now())]
    return " ".join(each for each in told if each)


async def what_is_wrong(pool: Pool, settings: Settings, state: State) -> str:
    """Why the service is not ready; empty when it is."""
    wrong = (
        wrong_with_kernels(state.warming)
        or await wrong_with_database(pool)
        or await state.writes.what_is_wrong(pool)
    )
    if not wrong and settings.jobs != "none":
        return await wrong_with_jobs(pool, settings, state.started_at)
    return wrong


def wrong_with_kernels(warming: asyncio.Future[None]) -> str:
    if not warming.done():
        return "The decisions are being compiled; this takes a minute at the very first start."
    return "The decisions could not be compiled." if warming.exception() else ""


async def wrong_with_database(pool: Pool) -> str:
    async with pool.acquire() as connection:
        return unfitness(await facts_of(connection)) or await wrong_with_schema(connection)


async def wrong_with_schema(connection: Connection) -> str:
    try:
        missing = missing_of(FILES, await connection.fetch(SELECT_APPLIED))
    except MigrationError as error:
        return str(error)
    except asyncpg.UndefinedTableError:
        missing = FILES
    return f"Migration {missing[0].name} is not applied." if missing else ""


async def wrong_with_jobs(pool: Pool, settings: Settings, since: datetime) -> str:
    late = overdue(watched_tasks(settings), await last_successes(pool), since, wall_now())
    return f"Jobs are behind: {', '.join(late)}." if late else ""
