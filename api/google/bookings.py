"""CreateBooking, UpdateBooking, GetBookingStatus, ListBookings."""

from typing import Final, Literal

from litestar import post
from litestar.params import JSONBody
from msgspec import Struct

from api.google.answers import (
    STATUS,
    Booked,
    BookingSeen,
    Failed,
    Status,
    answer_of,
    booking_seen,
    id_of,
    parts_of,
)
from api.google.bodies import (
    CreateBookingRequest,
    GetBookingStatusRequest,
    ListBookingsRequest,
    UpdateBookingRequest,
)
from api.google.dependencies import GivenBooker, GivenFacade, GivenReader
from api.google.proto import required
from api.google.slots import merchant_of
from api.http.dependencies import GivenClock, GivenPool
from seating.db import Connection, run
from seating.partners.google_bookings import (
    GoogleBooking,
    NotBooked,
    book_once,
    bookings_of_user,
    cancel_booking,
    change_booking,
    read_booking,
)

Prepayment = Literal["PREPAYMENT_NOT_PROVIDED"]


class GetBookingStatusResponse(Struct, frozen=True, kw_only=True):
    booking_id: str
    booking_status: Status
    prepayment_status: Prepayment = "PREPAYMENT_NOT_PROVIDED"


class ListBookingsResponse(Struct, frozen=True, kw_only=True):
    bookings: list[BookingSeen]


@post("/CreateBooking", status_code=200)
async def create(
    data: JSONBody[CreateBookingRequest],
    facade: GivenFacade,
    booker: GivenBooker,
    pool: GivenPool,
    clock: GivenClock,
) -> Booked | Failed:
    """Book; a repeated idempotency_token returns its booking, after a failure it tries again."""
    venue = merchant_of(facade, required(data.slot, "$.slot").merchant_id)

    async def work(conn: Connection) -> GoogleBooking | NotBooked:
        return await book_once(conn, venue, await data.wish(conn, venue), booker, clock)

    return answer_of(await run(pool, work))


@post("/UpdateBooking", status_code=200)
async def update(
    data: JSONBody[UpdateBookingRequest],
    facade: GivenFacade,
    booker: GivenBooker,
    pool: GivenPool,
    clock: GivenClock,
) -> Booked | Failed:
    """Cancel, move or resize; repeating it gives the same answer."""
    sent = required(data.booking, "$.booking")
    venue, subject = parts_of(facade, required(sent.booking_id, "$.booking.booking_id"))

    async def work(conn: Connection) -> GoogleBooking | NotBooked:
        booking = await read_booking(conn, venue, subject, booker)
        sent.check(booking)
        if sent.is_cancelled:
            return await cancel_booking(conn, venue, subject, booker, clock)
        wish = sent.change()
        return await change_booking(
            conn,
            venue,
            subject,
            wish,
            booker,
            clock,
            at_once=sent.at_once(booking),
            echo=sent.echo(),
        )

    return answer_of(await run(pool, work))


@post("/GetBookingStatus", status_code=200)
async def status(
    data: JSONBody[GetBookingStatusRequest],
    facade: GivenFacade,
    booker: GivenBooker,
    reader: GivenReader,
) -> GetBookingStatusResponse:
    """The status of a booking."""
    venue, subject = parts_of(facade, required(data.booking_id, "$.booking_id"))
    state = (await read_booking(reader, venue, subject, booker)).reservation.state
    return GetBookingStatusResponse(booking_id=id_of(venue, subject), booking_status=STATUS[state])


@post("/ListBookings", status_code=200)
async def bookings(
    data: JSONBody[ListBookingsRequest],
    facade: GivenFacade,
    booker: GivenBooker,
    reader: GivenReader,
) -> ListBookingsResponse:
    """The bookings of a user at all merchants."""
    user, merchants = required(data.user_id, "$.user_id"), sorted(facade.merchants)
    found = await bookings_of_user(reader, merchants, user, booker)
    return ListBookingsResponse(bookings=[booking_seen(kept) for kept in found])


HANDLERS: Final = (create, update, status, bookings)
