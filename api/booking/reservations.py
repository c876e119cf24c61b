"""/v1/venues/{venue}/reservations: book, read, list, change, cancel, calendar file."""

from typing import Annotated, Any, Final
from uuid import UUID

from litestar import Request, Response, get, patch, post
from litestar.params import FromPath, JSONBody, QueryParameter

from api.booking.answers import (
    Page,
    ReservationMade,
    ReservationSeen,
    created_response,
    json_response,
    reservation_answer,
)
from api.booking.answers import reservation_seen as seen_outside
from api.booking.bodies import Cancellation, NewReservation, ReservationChange
from api.booking.dependencies import GivenBooker, GivenOnce, GivenReader, GivenVersion
from api.http.access import needs_scope
from api.http.calendar_file import icalendar_response
from api.http.dependencies import GivenClock, GivenPool
from api.http.described import CALENDAR_SPECS, response_specs
from api.http.fields import VenueId, such_as
from api.http.queries import Cursor, Limit, cursor_of, instant_of, position_in
from seating.book.in_force import house_of
from seating.book.reservations import Reservation, read_reservation, reservations_of_client
from seating.booking.changing import cancel, change
from seating.booking.making import create_reservation
from seating.booking.slot_holds import read_hold
from seating.correspondence.calendar_file import icalendar
from seating.db import Connection, run
from seating.turnaways.log import LoggedRefusal

BOOKINGS: Final = [needs_scope("bookings")]
ONE: Final = "/venues/{venue:str}/reservations/{reservation_id:uuid}"

Since = Annotated[
    str | None,
    QueryParameter(
        max_length=40,
        description="RFC 3339; changed then or later. Send the latest `updated_at` you have seen:"
        " stamps rise in the order in which changes become visible, so you miss none.",
        schema_extra=such_as("2026-11-28T19:30:00+01:00", format="date-time"),
    ),
]
OfPartner = Annotated[
    str | None,
    QueryParameter(
        max_length=200, description="Your own reference.", schema_extra=such_as("order-4711")
    ),
]


@post(
    "/venues/{venue:str}/reservations",
    guards=BOOKINGS,
    operation_id="createReservation",
    responses=response_specs(201, ReservationMade, 409, 410, 422),
    tags=["reservations"],
)
async def book(
    request: Request[Any, Any, Any],
    venue: VenueId,
    data: JSONBody[NewReservation],
    booker: GivenBooker,
    clock: GivenClock,
    once: GivenOnce,
) -> Response[bytes]:
    """Book a table, or confirm a slot hold."""

    async def work(conn: Connection) -> Response[bytes]:
        hold_id = data.slot_hold_id
        held = await read_hold(conn, venue, hold_id, booker, clock) if hold_id else None
        done = await create_reservation(conn, venue, data.order(held), booker, clock)
        return await created_response(conn, request, venue, done, data.referral_code, 201)

    return await once(data, work)


@get(
    ONE,
    guards=BOOKINGS,
    operation_id="getReservation",
    responses=response_specs(200, ReservationSeen),
    tags=["reservations"],
)
async def reservation(
    venue: VenueId, reservation_id: FromPath[UUID], booker: GivenBooker, reader: GivenReader
) -> Response[bytes]:
    """Read a reservation of yours."""
    found = await read_reservation(reader, venue, reservation_id, booker)
    known = (await house_of(reader, venue)).on(found.service_date)
    return reservation_answer(known.house, found)


@get(
    "/venues/{venue:str}/reservations",
    guards=BOOKINGS,
    operation_id="listReservations",
    responses=response_specs(200, Page),
    tags=["reservations"],
)
async def reservations(
    venue: VenueId,
    booker: GivenBooker,
    reader: GivenReader,
    updated_since: Since = None,
    partner_reference: OfPartner = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response[bytes]:
    """List your reservations, in the order of their last change."""
    found = await reservations_of_client(
        reader,
        venue,
        booker.client_id or "",
        updated_since=instant_of("updated_since", updated_since),
        partner_reference=partner_reference,
        after=position_in(cursor),
        limit=limit + 1,
    )
    known, shown = await house_of(reader, venue), found[:limit]
    more = cursor_of(shown[-1].updated_at, shown[-1].reservation_id) if found[limit:] else None
    return json_response(
        Page(
            items=[seen_outside(known.on(one.service_date).house, one) for one in shown],
            next_cursor=more,
        ),
        200,
    )


@patch(
    ONE,
    guards=BOOKINGS,
    operation_id="changeReservation",
    responses=response_specs(200, ReservationSeen, 409, 412, 422, 428),
    tags=["reservations"],
)
async def update(
    venue: VenueId,
    reservation_id: FromPath[UUID],
    data: JSONBody[ReservationChange],
    booker: GivenBooker,
    clock: GivenClock,
    pool: GivenPool,
    expected_version: GivenVersion,
) -> Response[bytes]:
    """Move or resize a reservation; if that is refused it stays as it was."""

    async def work(conn: Connection) -> Response[bytes]:
        done = await change(
            conn, venue, reservation_id, data.change(), booker, clock, version=expected_version
        )
        return await _answer(conn, venue, done)

    return await run(pool, work)


@post(
    f"{ONE}/cancel",
    guards=BOOKINGS,
    status_code=200,
    operation_id="cancelReservation",
    responses=response_specs(200, ReservationSeen, 409, 422),
    tags=["reservations"],
)
async def call_off(
    venue: VenueId,
    reservation_id: FromPath[UUID],
    data: JSONBody[Cancellation],
    booker: GivenBooker,
    clock: GivenClock,
    once: GivenOnce,
) -> Response[bytes]:
    """Cancel a reservation; cancelling again gives the same answer."""

    async def work(conn: Connection) -> Response[bytes]:
        done = await cancel(conn, venue, reservation_id, data.reason, booker, clock)
        return await _answer(conn, venue, done)

    return await once(data, work)


@get(
    f"{ONE}/calendar.ics",
    guards=BOOKINGS,
    operation_id="getReservationCalendar",
    responses=CALENDAR_SPECS,
    tags=["reservations"],
)
async def calendar_file(
    venue: VenueId, reservation_id: FromPath[UUID], booker: GivenBooker, reader: GivenReader
) -> Response[bytes]:
    """Get the reservation as a calendar file; a later file updates an earlier one."""
    found = await read_reservation(reader, venue, reservation_id, booker)
    known = (await house_of(reader, venue)).on(found.service_date)
    return icalendar_response(icalendar(known.house, found))


async def _answer(
    conn: Connection, venue: str, done: Reservation | LoggedRefusal
) -> Response[bytes]:
    known = await house_of(conn, venue)
    if isinstance(done, Reservation):
        known = known.on(done.service_date)
    return reservation_answer(known.house, done)


HANDLERS: Final = (book, reservation, reservations, update, call_off, calendar_file)
