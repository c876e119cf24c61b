"""Bookings and failures as Google's messages. Tables and internal reasons are not shown."""

from typing import Final, Literal
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType, structs

from api.google.proto import int64
from api.google.slots import PartySeen, SlotSeen, service_of
from api.http.refusals import PUBLIC_REFUSALS, Cause
from policies.book.answers import No
from policies.book.picture import ReservationState
from policies.words.catalogue import say
from policies.words.message import message
from seating.access.clients import GoogleClient
from seating.book.reservations import Reservation
from seating.errors import NotFound
from seating.partners.google_bookings import Echo, GoogleBooking, NotBooked

Status = Literal[
    "CONFIRMED", "PENDING_MERCHANT_CONFIRMATION", "CANCELED", "NO_SHOW", "DECLINED_BY_MERCHANT"
]
STATUS: Final[dict[ReservationState, Status]] = {
    "requested": "PENDING_MERCHANT_CONFIRMATION",
    "booked": "CONFIRMED",
    "arrived": "CONFIRMED",
    "seated": "CONFIRMED",
    "finished": "CONFIRMED",
    "cancelled": "CANCELED",
    "declined": "DECLINED_BY_MERCHANT",
    "walked": "DECLINED_BY_MERCHANT",
    "no_show": "NO_SHOW",
}


class UserSeen(Struct, frozen=True, kw_only=True):
    user_id: str
    given_name: str
    family_name: str
    telephone: str
    email: str
    language_code: str | UnsetType = UNSET


class OfferInfo(Struct, frozen=True, kw_only=True):
    offer_id: str


class BookingSeen(Struct, frozen=True, kw_only=True):
    booking_id: str
    slot: SlotSeen
    user_information: UserSeen
    status: Status
    offer_info: OfferInfo | UnsetType = UNSET


class BookingFailure(Struct, frozen=True, kw_only=True):
    cause: Cause
    description: str


class Booked(Struct, frozen=True, kw_only=True):
    """The booking was made, changed or cancelled."""

    booking: BookingSeen


class Failed(Struct, frozen=True, kw_only=True):
    """The booking was refused, and why."""

    booking_failure: BookingFailure


def booking_seen(kept: GoogleBooking) -> BookingSeen:
    return BookingSeen(
        booking_id=id_of(kept.venue_id, kept.reservation.reservation_id),
        slot=slot_of(kept.venue_id, kept.reservation, kept.echo),
        user_information=UserSeen(
            **structs.asdict(kept.user), language_code=kept.echo.language_code or UNSET
        ),
        status=STATUS[kept.reservation.state],
        offer_info=OfferInfo(offer_id=kept.echo.offer_id) if kept.echo.offer_id else UNSET,
    )


def slot_of(venue_id: str, reservation: Reservation, echo: Echo) -> SlotSeen:
    starts, ends = int(reservation.starts.timestamp()), int(reservation.ends.timestamp())
    return SlotSeen(
        merchant_id=venue_id,
        service_id=service_of(reservation.needs, echo.room_id),
        start_sec=int64(starts),
        duration_sec=int64(ends - starts),
        resources=PartySeen(
            party_size=reservation.party_size,
            room_id=(echo.room_id and reservation.needs.area) or UNSET,
            staff_id=echo.staff_id or UNSET,
        ),
        availability_tag=echo.availability_tag or UNSET,
        confirmation_mode=echo.confirmation_mode or UNSET,
    )


def answer_of(done: GoogleBooking | NotBooked) -> Booked | Failed:
    """The booking, or the refusal with Google's cause."""
    if isinstance(done, GoogleBooking):
        return Booked(booking=booking_seen(done))
    cause = "SLOT_ALREADY_BOOKED_BY_USER" if done.same_slot else PUBLIC_REFUSALS[done.no.code].cause
    return failed(cause, sentence_of(done.no))


def failed(cause: Cause, sentence: str) -> Failed:
    return Failed(booking_failure=BookingFailure(cause=cause, description=sentence))


def sentence_of(no: No) -> str:
    """The public sentence of a refusal."""
    return say(PUBLIC_REFUSALS[no.code].sentence or no.said)


def id_of(venue_id: str, subject: UUID) -> str:
    """The public id, `VENUE:UUID`: it names its venue, so no look-up is needed to find it."""
    return f"{venue_id}:{subject}"


def parts_of(facade: GoogleClient, id_: str) -> tuple[str, UUID]:
    """Split such an id. Raises NotFound if it is none, or of a venue without a grant."""
    venue_id, _, subject = id_.rpartition(":")
    try:
        found = UUID(subject)
    except ValueError:
        found = None
    if found is None or venue_id not in facade.merchants:
        raise NotFound(message("nothing-of-yours"))
    return venue_id, found
