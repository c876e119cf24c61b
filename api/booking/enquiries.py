"""POST /v1/venues/{venue}/enquiries: what a person of the house has to answer."""

from typing import Any, Final

from litestar import Request, Response, post
from litestar.params import JSONBody

from api.booking.answers import ReservationMade, made
from api.booking.bodies import NewEnquiry
from api.booking.dependencies import GivenBooker, GivenOnce
from api.http.access import needs_scope
from api.http.dependencies import GivenClock
from api.http.described import answers
from api.http.fields import VenueId
from seating.booking.enquiries import ask_a_person
from seating.db import Connection


@post(
    "/venues/{venue:str}/enquiries",
    guards=[needs_scope("enquiries")],
    status_code=202,
    operation_id="createEnquiry",
    responses=answers(202, ReservationMade, 409, 422),
    tags=["enquiries"],
)
async def enquire(
    request: Request[Any, Any, Any],
    venue: VenueId,
    data: JSONBody[NewEnquiry],
    booker: GivenBooker,
    clock: GivenClock,
    once: GivenOnce,
) -> Response[bytes]:
    """Ask for a party above the largest join or a whole area; somebody will answer."""

    async def work(conn: Connection) -> Response[bytes]:
        done = await ask_a_person(conn, venue, data.order(), booker, clock)
        return await made(conn, request, venue, done, data.referral_code, 202)

    return await once(data, work)


HANDLERS: Final = (enquire,)
