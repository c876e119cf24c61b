"""What a host may give, what is to be brought, and each tap about it."""

from typing import Any, Final

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody

from api.http.dependencies import GivenClock, GivenConnection, GivenPool, GivenStaff, who_of
from api.http.refusals import answered
from policies.gestures.approvals import Approval, AskApproval
from policies.gestures.etiquette import Unfit
from policies.gestures.gesture import Gesture
from policies.gestures.orders import (
    AcceptGesture,
    AnswerGesture,
    DeclineGesture,
    DeliverGesture,
    OfferGesture,
    UndoGesture,
    VoidGesture,
)
from policies.gestures.purses import Beyond
from seating.db import Connection, run
from seating.gestures import approvals, complaints, offers, suggestions
from seating.gestures.complaints import Complain, Complaint
from seating.gestures.suggestions import SuggestGestures, Suggestions, TakeSuggestion
from seating.gestures.tonight import Giving, giving_tonight

TAPS: Final[dict[str, type[AnswerGesture]]] = {
    "accept": AcceptGesture,
    "decline": DeclineGesture,
    "deliver": DeliverGesture,
    "void": VoidGesture,
    "undo": UndoGesture,
}


@get("/gestures", tags=["gestures"])
async def giving(staff: GivenStaff, conn: GivenConnection, clock: GivenClock) -> Giving:
    """Tonight's purses, catalogue, tasks by carrier, and who is kept waiting."""
    return await giving_tonight(conn, staff.venue_id, who_of(staff), clock)


@post("/gestures/offer", status_code=201, tags=["gestures"])
async def offer(
    data: JSONBody[OfferGesture], staff: GivenStaff, pool: GivenPool, clock: GivenClock
) -> Response[Gesture]:
    """Offer an item to a party; beyond one's own limits the answer says what a manager can do."""

    async def work(conn: Connection) -> Gesture | Beyond | Unfit:
        return await offers.offer(conn, staff.venue_id, data, who_of(staff), clock)

    return answered(await run(pool, work))


@post("/complaints", status_code=201, tags=["gestures"])
async def complain(
    data: JSONBody[Complain], staff: GivenStaff, pool: GivenPool, clock: GivenClock
) -> Complaint:
    """Note that a party is not content; a refund may name it."""

    async def work(conn: Connection) -> Complaint:
        return await complaints.complain(conn, staff.venue_id, data, who_of(staff), clock)

    return await run(pool, work)


@post("/gestures/ask", status_code=201, tags=["gestures"])
async def ask(
    data: JSONBody[AskApproval], staff: GivenStaff, pool: GivenPool, clock: GivenClock
) -> Response[Approval]:
    """Ask a manager for what is beyond one's own limits."""

    async def work(conn: Connection) -> Approval | Unfit:
        return await approvals.ask(conn, staff.venue_id, data, who_of(staff), clock)

    return answered(await run(pool, work))


@post("/gestures/suggest", status_code=201, tags=["gestures"])
async def suggest(
    data: JSONBody[SuggestGestures], staff: GivenStaff, pool: GivenPool, clock: GivenClock
) -> Suggestions:
    """Up to three gestures that fit this party now, each with its reason."""

    async def work(conn: Connection) -> Suggestions:
        return await suggestions.suggest(conn, staff.venue_id, data, who_of(staff), clock)

    return await run(pool, work)


@post("/gestures/take", status_code=200, tags=["gestures"])
async def take(
    data: JSONBody[TakeSuggestion], staff: GivenStaff, pool: GivenPool, clock: GivenClock
) -> Response[Gesture]:
    """Offer what was suggested, in one's own words."""

    async def work(conn: Connection) -> Gesture | Beyond | Unfit:
        return await suggestions.take(conn, staff.venue_id, data, who_of(staff), clock)

    return answered(await run(pool, work))


def handler_of(name: str, order: type[AnswerGesture]) -> HTTPRouteHandler:
    """The route of one tap; its body is the order's Struct."""

    async def handle(
        data: JSONBody[Any], staff: GivenStaff, pool: GivenPool, clock: GivenClock
    ) -> Gesture:
        async def work(conn: Connection) -> Gesture:
            return await offers.answer(conn, staff.venue_id, data, who_of(staff), clock)

        return await run(pool, work)

    handle.__name__ = f"gesture_{name}"
    handle.__doc__ = order.__doc__
    handle.__annotations__["data"] = JSONBody[order]  # type: ignore[misc, valid-type]
    return post(f"/gestures/{name}", status_code=200, tags=["gestures"])(handle)


HANDLERS: Final = (
    giving,
    offer,
    complain,
    ask,
    suggest,
    take,
    *(handler_of(name, order) for name, order in TAPS.items()),
)
