"""Approval of gestures beyond a host's limits."""

from typing import Any, Final

from litestar import Response, get, post
from litestar.params import JSONBody

from api.http.access import needs_role
from api.http.dependencies import GivenClock, GivenConnection, GivenPool, GivenStaff, who_of
from api.http.refusals import gesture_response
from policies.gestures.approvals import AnswerApproval, Approval
from policies.gestures.etiquette import EtiquetteObjection
from policies.gestures.purses import OverLimit
from seating.db import Connection, run
from seating.gestures import approvals
from seating.gestures.approvals import ApprovalResult

MANAGER: Final = [needs_role("manager")]


@get("/approvals", guards=MANAGER, tags=["gestures"])
async def questions(
    staff: GivenStaff, conn: GivenConnection, clock: GivenClock
) -> tuple[Approval, ...]:
    """Tonight's approval requests, open ones first."""
    return await approvals.open_approvals(conn, staff.venue_id, clock)


@post("/approvals/answer", guards=MANAGER, status_code=200, tags=["gestures"])
async def reply(
    data: JSONBody[AnswerApproval], staff: GivenStaff, pool: GivenPool, clock: GivenClock
) -> Response[ApprovalResult]:
    """Approve or deny a request; approval offers the gesture at once."""

    async def work(conn: Connection) -> ApprovalResult | OverLimit | EtiquetteObjection:
        return await approvals.answer_approval(conn, staff.venue_id, data, who_of(staff), clock)

    response: Response[Any] = gesture_response(await run(pool, work))
    return response


HANDLERS: Final = (questions, reply)
