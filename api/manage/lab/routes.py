"""The lab: ask for a run, watch it, stop it, open one of its evenings."""

from typing import Annotated, Any, Final
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath, JSONBody, PathParameter

from api.http.access import needs_role
from api.http.dependencies import GivenClock, GivenConnection, GivenPool, GivenStaff
from api.http.languages import language_asked
from seating.db import Connection, run
from seating.lab import answers, runs
from seating.lab.answers import LabNight, LabOffer, LabResults
from seating.lab.runs import AskLab

MANAGER: Final = [needs_role("manager")]
NightNumber = Annotated[int, PathParameter(ge=0, le=1000)]


@get("/lab", guards=MANAGER, tags=["lab"])
async def offered(staff: GivenStaff, conn: GivenConnection, clock: GivenClock) -> LabOffer:
    """Evenings that could be played, how long a night takes, and the latest runs."""
    return await answers.offer(conn, staff.venue_id, clock)


@post("/lab/runs", guards=MANAGER, tags=["lab"])
async def asked(
    request: Request[Any, Any, Any],
    data: JSONBody[AskLab],
    staff: GivenStaff,
    pool: GivenPool,
    clock: GivenClock,
) -> LabResults:
    """Queue a run: drafts beside the rules in force, on past evenings or drawn ones."""
    language = language_asked(request.headers.get("accept-language"))

    async def work(conn: Connection) -> LabResults:
        run_id = await runs.ask(conn, staff.venue_id, data, staff.staff_id, clock)
        return await answers.results(conn, staff.venue_id, run_id, language)

    return await run(pool, work)


@get("/lab/runs/{run_id:uuid}", guards=MANAGER, tags=["lab"])
async def found(
    run_id: FromPath[UUID],
    request: Request[Any, Any, Any],
    staff: GivenStaff,
    conn: GivenConnection,
) -> LabResults:
    """A run with what it found so far; its words are in the language of Accept-Language."""
    language = language_asked(request.headers.get("accept-language"))
    return await answers.results(conn, staff.venue_id, run_id, language)


@post("/lab/runs/{run_id:uuid}/cancel", guards=MANAGER, status_code=204, tags=["lab"])
async def stopped(
    run_id: FromPath[UUID], staff: GivenStaff, conn: GivenConnection, clock: GivenClock
) -> None:
    """Stop a run within the night that it plays; what it has played is kept."""
    await runs.stop(conn, staff.venue_id, run_id, await clock.now(conn))


@get("/lab/runs/{run_id:uuid}/nights/{number:int}", guards=MANAGER, tags=["lab"])
async def opened(
    run_id: FromPath[UUID], number: NightNumber, staff: GivenStaff, conn: GivenConnection
) -> LabNight:
    """One evening of a run, counted from 0: who sat where when, with each version."""
    return await answers.night(conn, staff.venue_id, run_id, number)


HANDLERS: Final = (offered, asked, found, stopped, opened)
