"""Advice to managers, each piece with its evidence, and a draft made of one."""

from typing import Any, Final

from litestar import Request, get, post
from litestar.params import JSONBody

from api.http.access import needs_role
from api.http.dependencies import GivenClock, GivenConnection, GivenPool, GivenStaff
from api.http.languages import language_asked
from policies.advice.advice import AdviceReport
from seating.advice.advice import advice_for, spoken
from seating.advice.drafts import AdviceDraft, DraftAdvice, draft_advice
from seating.db import Connection, run

MANAGER: Final = [needs_role("manager")]


@get("/advice", guards=MANAGER, tags=["rules"])
async def given(
    request: Request[Any, Any, Any], staff: GivenStaff, conn: GivenConnection, clock: GivenClock
) -> AdviceReport:
    """What the house's evenings say of its rules and turn times, and how much that rests on.

    The words are in the language of Accept-Language.
    """
    language = language_asked(request.headers.get("accept-language"))
    return spoken(await advice_for(conn, staff.venue_id, clock), language)


@post("/advice/draft", guards=MANAGER, tags=["rules"])
async def drafted(
    data: JSONBody[DraftAdvice], staff: GivenStaff, pool: GivenPool, clock: GivenClock
) -> AdviceDraft:
    """Make a draft of a piece of advice, from what is in force today."""

    async def work(conn: Connection) -> AdviceDraft:
        return await draft_advice(conn, staff.venue_id, data, staff.staff_id, clock)

    return await run(pool, work)


HANDLERS: Final = (given, drafted)
