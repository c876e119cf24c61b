"""The manager's knob: its frontier in figures and words, the same drawn, and setting it."""

from typing import Annotated, Any, Final

from litestar import Request, Response, get, post
from litestar.params import JSONBody, QueryParameter

from api.http.access import needs_role
from api.http.dependencies import GivenClock, GivenConnection, GivenPool, GivenStaff
from api.http.languages import language_asked
from api.manage.frontier.drawing import drawing
from api.manage.frontier.style import POLICY
from policies.value.frontier.report import FrontierReport
from seating.db import Connection, run
from seating.house.frontier import SetKnob, frontier_shown, set_knob
from seating.house.rule_versions import RulesVersion

MANAGER: Final = [needs_role("manager")]
SVG: Final = "image/svg+xml"
Load = Annotated[int | None, QueryParameter(ge=0, le=9)]


@get("/frontier", guards=MANAGER, tags=["rules"])
async def shown(
    request: Request[Any, Any, Any],
    staff: GivenStaff,
    conn: GivenConnection,
    clock: GivenClock,
    load: Load = None,
) -> FrontierReport:
    """Net against walked and waiting parties by position of the knob, and where the rules stand.

    `load`: which of the loads, by default the one most like the house's own. The words are in the
    language of Accept-Language.
    """
    language = language_asked(request.headers.get("accept-language"))
    return await frontier_shown(conn, staff.venue_id, language, clock, load)


@get("/frontier/drawing", guards=MANAGER, media_type=SVG, tags=["rules"])
async def drawn(
    request: Request[Any, Any, Any],
    staff: GivenStaff,
    conn: GivenConnection,
    clock: GivenClock,
    load: Load = None,
) -> Response[str]:
    """The frontier as a picture (SVG), by day and by night."""
    language = language_asked(request.headers.get("accept-language"))
    report = await frontier_shown(conn, staff.venue_id, language, clock, load)
    headers = {"Content-Security-Policy": POLICY, "Content-Language": language}
    return Response(drawing(report, language), media_type=SVG, headers=headers)


@post("/frontier/position", guards=MANAGER, tags=["rules"])
async def turned(
    data: JSONBody[SetKnob], staff: GivenStaff, pool: GivenPool, clock: GivenClock
) -> RulesVersion:
    """Make a draft from the version in force with the knob at a position; publish it as any."""

    async def work(conn: Connection) -> RulesVersion:
        return await set_knob(conn, staff.venue_id, data, staff.staff_id, clock)

    return await run(pool, work)


HANDLERS: Final = (shown, drawn, turned)
