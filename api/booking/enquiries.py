"""POST /v1/venues/{venue}/enquiries: requests that staff answer by hand."""

from typing import Any, Final

from litestar import Request, Response, post
from litestar.params import JSONBody

from api.booking.answers import ReservationMade, created_response
from api.booking.bodies import NewEnquiry
from api.booking.dependencies import GivenBooker, GivenOnce
from api.http.access import needs_scope
from api.http.dependencies import GivenClock
from api.http.described import response_specs
from api.http.fields import VenueId
from seating.booking.enquiries import create_enquiry
from seating.db import Connection


@post(
    "/venues/{venue:str}/enquiries",
    guards=[needs_scope("enquiries")],
    status_code=202,
    operation_id="createEnquiry",
    responses=response_specs(202, ReservationMade, 409, 422),
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
    """Ask for a party above the largest join or a whole area; staff will answer."""

    async def work(conn: Connection) -> Response[bytes]:
        done = await create_enquiry(conn, venue, data.order(), booker, clock)
        return await created_response(conn, request, venue, done, data.referral_code, 202)

    return await once(data, work)


HANDLERS: Final = (enquire,)
