"""What staff ask of a manager, and the manager's yes or no."""

from typing import Any, Final

from litestar import Response, get, post
from litestar.params import JSONBody

from api.http.access import needs_role
from api.http.dependencies import GivenClock, GivenConnection, GivenPool, GivenStaff, who_of
from api.http.refusals import answered
from policies.gestures.approvals import AnswerApproval, Approval
from policies.gestures.etiquette import Unfit
from policies.gestures.purses import Beyond
from seating.db import Connection, run
from seating.gestures import approvals
from seating.gestures.approvals import Answered

MANAGER: Final = [needs_role("manager")]


@get("/approvals", guards=MANAGER, tags=["gestures"])
async def questions(
    staff: GivenStaff, conn: GivenConnection, clock: GivenClock
) -> tuple[Approval, ...]:
    """What was asked tonight, what waits for an answer first."""
    return await approvals.questions(conn, staff.venue_id, clock)


@post("/approvals/answer", guards=MANAGER, status_code=200, tags=["gestures"])
async def reply(
    data: JSONBody[AnswerApproval], staff: GivenStaff, pool: GivenPool, clock: GivenClock
) -> Response[Answered]:
    """Yes or no, with a line; the yes gives it at once."""

    async def work(conn: Connection) -> Answered | Beyond | Unfit:
        return await approvals.reply(conn, staff.venue_id, data, who_of(staff), clock)

    told: Response[Any] = answered(await run(pool, work))
    return told


HANDLERS: Final = (questions, reply)
