"""Gestures: what may be given and is to be served, offers, and the changes of their state."""

from typing import Any, Final

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody

from api.http.dependencies import GivenClock, GivenConnection, GivenPool, GivenStaff, who_of
from api.http.refusals import gesture_response
from policies.gestures.approvals import Approval, AskApproval
from policies.gestures.etiquette import EtiquetteObjection
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
from policies.gestures.purses import OverLimit
from seating.db import Connection, run
from seating.gestures import approvals, complaints, offers, suggestions
from seating.gestures.complaints import Complain, Complaint
from seating.gestures.suggestions import SuggestGestures, Suggestions, TakeSuggestion
from seating.gestures.tonight import GesturesTonight, gestures_tonight

TAPS: Final[dict[str, type[AnswerGesture]]] = {
    "accept": AcceptGesture,
    "decline": DeclineGesture,
    "deliver": DeliverGesture,
    "void": VoidGesture,
    "undo": UndoGesture,
}


@get("/gestures", tags=["gestures"])
async def giving(staff: GivenStaff, conn: GivenConnection, clock: GivenClock) -> GesturesTonight:
    """Tonight's purses, catalogue, tasks by carrier, and promised parties kept waiting."""
    return await gestures_tonight(conn, staff.venue_id, who_of(staff), clock)


@post("/gestures/offer", status_code=201, tags=["gestures"])
async def offer(
    data: JSONBody[OfferGesture], staff: GivenStaff, pool: GivenPool, clock: GivenClock
) -> Response[Gesture]:
    """Offer an item to a party; beyond one's limits, a 409 that says what a manager may do."""

    async def work(conn: Connection) -> Gesture | OverLimit | EtiquetteObjection:
        return await offers.offer_gesture(conn, staff.venue_id, data, who_of(staff), clock)

    return gesture_response(await run(pool, work))


@post("/complaints", status_code=201, tags=["gestures"])
async def complain(
    data: JSONBody[Complain], staff: GivenStaff, pool: GivenPool, clock: GivenClock
) -> Complaint:
    """Record a complaint of a party; a refund may refer to it."""

    async def work(conn: Connection) -> Complaint:
        return await complaints.record_complaint(conn, staff.venue_id, data, who_of(staff), clock)

    return await run(pool, work)


@post("/gestures/ask", status_code=201, tags=["gestures"])
async def ask(
    data: JSONBody[AskApproval], staff: GivenStaff, pool: GivenPool, clock: GivenClock
) -> Response[Approval]:
    """Ask a manager to approve a gesture beyond one's own limits."""

    async def work(conn: Connection) -> Approval | EtiquetteObjection:
        return await approvals.ask_approval(conn, staff.venue_id, data, who_of(staff), clock)

    return gesture_response(await run(pool, work))


@post("/gestures/suggest", status_code=201, tags=["gestures"])
async def suggest(
    data: JSONBody[SuggestGestures], staff: GivenStaff, pool: GivenPool, clock: GivenClock
) -> Suggestions:
    """Up to three gestures that fit this party now, each with its reason."""

    async def work(conn: Connection) -> Suggestions:
        return await suggestions.suggest_gestures(conn, staff.venue_id, data, who_of(staff), clock)

    return await run(pool, work)


@post("/gestures/take", status_code=200, tags=["gestures"])
async def take(
    data: JSONBody[TakeSuggestion], staff: GivenStaff, pool: GivenPool, clock: GivenClock
) -> Response[Gesture]:
    """Offer a suggested gesture, with one's own line."""

    async def work(conn: Connection) -> Gesture | OverLimit | EtiquetteObjection:
        return await suggestions.take_suggestion(conn, staff.venue_id, data, who_of(staff), clock)

    return gesture_response(await run(pool, work))


def handler_of(name: str, order: type[AnswerGesture]) -> HTTPRouteHandler:
    """The route of one state change; its body is the order's Struct."""

    async def handle(
        data: JSONBody[Any], staff: GivenStaff, pool: GivenPool, clock: GivenClock
    ) -> Gesture:
        async def work(conn: Connection) -> Gesture:
            return await offers.answer_gesture(conn, staff.venue_id, data, who_of(staff), clock)

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
