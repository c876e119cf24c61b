"""POST /v1/venues/{venue}/enquiries: what a person of the house has to answer."""

from typing import Final

from litestar import Response, post
from litestar.params import JSONBody

from api.access import needs_scope
from api.booking.answers import ReservationSeen, reservation_answer
from api.booking.described import answers
from api.booking.fields import VenueId
from api.booking.given import GivenBooker, GivenOnce
from api.booking.orders import NewEnquiry
from api.given import GivenClock
from seating.db import Connection
from seating.enquiries import ask_a_person
from seating.house import house_of


@post(
    "/venues/{venue:str}/enquiries",
    guards=[needs_scope("enquiries")],
    status_code=202,
    operation_id="createEnquiry",
    responses=answers(202, ReservationSeen, 409, 422),
    tags=["enquiries"],
)
async def enquire(
    venue: VenueId,
    data: JSONBody[NewEnquiry],
    booker: GivenBooker,
    clock: GivenClock,
    once: GivenOnce,
) -> Response[bytes]:
    """Ask for a party above the largest join or a whole area; somebody will answer."""

    async def work(conn: Connection) -> Response[bytes]:
        done = await ask_a_person(conn, venue, data.order(), booker, clock)
        return reservation_answer((await house_of(conn, venue)).house, done, 202)

    return await once(data, work)


HANDLERS: Final = (enquire,)
