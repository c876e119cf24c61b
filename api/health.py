"""Is this process alive, and is the whole able to serve?"""

import asyncio
from datetime import datetime
from typing import Final

import asyncpg
from litestar import Response, get
from litestar.datastructures import State
from msgspec import Struct

from api.access import OPEN
from api.given import GivenPool, GivenSettings
from api.jobs import JOBS, behind
from seating.clock import wall_now
from seating.db import Pool
from seating.job_runs import last_successes
from seating.migrate import MIGRATIONS, SELECT_APPLIED, MigrationError, missing_of, read_migrations

FILES: Final = read_migrations(MIGRATIONS)


class Health(Struct, frozen=True, omit_defaults=True):
    status: str
    detail: str = ""


@get("/healthz", opt=OPEN, tags=["health"])
async def alive() -> Health:
    """This process answers."""
    return Health("alive")


@get("/readyz", opt=OPEN, tags=["health"])
async def ready(pool: GivenPool, settings: GivenSettings, state: State) -> Response[Health]:
    """Kernels loaded, database reachable, schema current, jobs on time; otherwise 503 and why."""
    wrong = wrong_with_kernels(state.warming) or await wrong_with_schema(pool)
    if not wrong and settings.jobs != "none":
        wrong = await wrong_with_jobs(pool, state.started_at)
    health = Health("not ready", wrong) if wrong else Health("ready")
    return Response(health, status_code=503 if wrong else 200)


def wrong_with_kernels(warming: asyncio.Future[None]) -> str:
    if not warming.done():
        return "The decisions are being compiled; this takes a minute at the very first start."
    return "The decisions could not be compiled." if warming.exception() else ""


async def wrong_with_schema(pool: Pool) -> str:
    try:
        missing = missing_of(FILES, await pool.fetch(SELECT_APPLIED))
    except MigrationError as error:
        return str(error)
    except asyncpg.UndefinedTableError:
        missing = FILES
    return f"Migration {missing[0].name} is not applied." if missing else ""


async def wrong_with_jobs(pool: Pool, since: datetime) -> str:
    late = behind(JOBS, await last_successes(pool), since, wall_now())
    return f"Jobs are behind: {', '.join(late)}." if late else ""
