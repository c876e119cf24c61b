"""Requests to book and change, and their translation for the engine."""

from contextlib import suppress
from typing import Final
from uuid import UUID

from msgspec import ValidationError, convert, structs

from api.booking.fields import Locale
from api.google.proto import Enumerated, Sent, Text, instant_of, number_of, required
from api.google.slots import SlotSent, area_of, is_at_once, mode_of, party_of, service_of
from api.http.queries import validation_error
from policies.words.letters import without_unseen
from policies.words.message import message
from seating.book.guests import Contact, local_e164
from seating.booking.changing import Change
from seating.booking.making import BookingRequest
from seating.db import Connection
from seating.errors import HoldExpired, Invalid
from seating.partners.google_bookings import (
    Echo,
    GoogleBooking,
    GoogleBookingRequest,
    GoogleUser,
)

NAME_LENGTH: Final = 200
CANCELED: Final = "CANCELED"


class BookingStatus(Enumerated):
    """Status of a booking, numbered as in version 3 of the API."""

    NAMES = (
        "BOOKING_STATUS_UNSPECIFIED",
        "CONFIRMED",
        "PENDING_MERCHANT_CONFIRMATION",
        "CANCELED",
        "NO_SHOW",
        "NO_SHOW_PENALIZED",
        "FAILED",
        "DECLINED_BY_MERCHANT",
    )


class UserSent(Sent, frozen=True, kw_only=True):
    """The user who books."""

    user_id: Text = None
    given_name: Text = None
    family_name: Text = None
    telephone: Text = None
    email: Text = None
    language_code: Text = None

    def user(self) -> GoogleUser:
        """The user as sent. Raises ValidationException without a user_id."""
        return GoogleUser(
            user_id=required(self.user_id, "$.user_information.user_id"),
            given_name=self.given_name or "",
            family_name=self.family_name or "",
            telephone=self.telephone or "",
            email=self.email or "",
        )


class LeaseRef(Sent, frozen=True, kw_only=True):
    """A slot hold that the same client made on /v1; other leases do not exist here."""

    lease_id: Text = None

    def slot_hold_id(self) -> UUID:
        """Raises HoldExpired for anything that is no UUID."""
        try:
            return UUID(self.lease_id or "")
        except ValueError:
            raise HoldExpired(message("lease-over")) from None


class CreateBookingRequest(Sent, frozen=True, kw_only=True):
    slot: SlotSent | None = None
    user_information: UserSent | None = None
    idempotency_token: Text = None
    additional_request: Text = None
    offer_id: Text = None
    lease_ref: LeaseRef | None = None

    async def wish(self, conn: Connection, venue_id: str) -> GoogleBookingRequest:
        """The requested booking. Raises ValidationException, Invalid, HoldExpired."""
        slot = required(self.slot, "$.slot")
        sent = required(self.user_information, "$.user_information")
        wanted, user = slot.wanted(), sent.user()
        order = BookingRequest(
            starts=wanted.starts,
            party_size=wanted.party_size,
            needs=wanted.needs,
            guest=await contact_of(conn, venue_id, sent),
            special_request=self.additional_request or "",
            slot_hold_id=self.lease_ref.slot_hold_id() if self.lease_ref else None,
        )
        token = required(self.idempotency_token, "$.idempotency_token")
        echo = structs.replace(
            slot.echo(), offer_id=self.offer_id or "", language_code=sent.language_code or ""
        )
        return GoogleBookingRequest(
            token=token, request=order, user=user, at_once=wanted.at_once, echo=echo
        )


class BookingSent(Sent, frozen=True, kw_only=True):
    """The wanted state of a booking: cancelled, or with the slot's start or party size."""

    booking_id: Text = None
    status: BookingStatus | None = None
    slot: SlotSent | None = None

    @property
    def is_cancelled(self) -> bool:
        """Whether the booking is to be cancelled."""
        return self.status is not None and self.status.name == CANCELED

    def check(self, booking: GoogleBooking) -> None:
        """Raises Invalid where the slot names another merchant, service or room."""
        slot, needs = self.slot or SlotSent(), booking.reservation.needs
        if slot.merchant_id not in {None, "", booking.venue_id}:
            raise Invalid(message("booking-keeps-merchant"), pointer="/booking/slot/merchant_id")
        room = slot.resources.room_id if slot.resources else None
        if room and room != needs.area:
            where = "/booking/slot/resources/room_id"
            raise Invalid(message("booking-keeps-room"), pointer=where)
        service, own = slot.service_id, service_of(needs, room or booking.echo.room_id)
        if service and service != own and area_of(service, room) != needs.area:
            raise Invalid(message("booking-keeps-service"), pointer="/booking/slot/service_id")

    def echo(self) -> Echo:
        """What the booking's answers repeat from now on."""
        return self.slot.echo() if self.slot else Echo()

    def at_once(self, booking: GoogleBooking) -> bool:
        """Whether only an immediate answer is of use; without a mode, the booking's counts."""
        if self.slot is None:
            return False
        return is_at_once(mode_of(self.slot.confirmation_mode) or booking.echo.confirmation_mode)

    def change(self) -> Change:
        """The fields to change. Raises ValidationException."""
        slot = self.slot or SlotSent()
        path = "$.booking.slot"
        party = slot.resources if slot.resources and number_of(slot.resources.party_size) else None
        starts = number_of(slot.start_sec) != 0
        return Change(
            starts=instant_of(slot.start_sec, f"{path}.start_sec") if starts else None,
            party_size=party_of(party, f"{path}.resources.party_size") if party else None,
        )


class UpdateBookingRequest(Sent, frozen=True, kw_only=True):
    booking: BookingSent | None = None


class GetBookingStatusRequest(Sent, frozen=True, kw_only=True):
    booking_id: Text = None


class ListBookingsRequest(Sent, frozen=True, kw_only=True):
    user_id: Text = None


async def contact_of(conn: Connection, venue_id: str, sent: UserSent) -> Contact:
    """The guest as stored. Raises ValidationException without a name, Invalid for the phone."""
    user = sent.user()
    name = without_unseen(f"{user.given_name} {user.family_name}").strip()[:NAME_LENGTH].strip()
    if not name:
        raise validation_error(
            "$.user_information.given_name", message("name-required"), source="body"
        )
    where = "/user_information/telephone"
    phone = await local_e164(conn, venue_id, user.telephone or None, pointer=where)
    language = locale_of(sent.language_code)
    return Contact(name=name, phone=phone, email=user.email or None, locale=language)


def locale_of(language_code: str | None) -> str | None:
    """The language of a guest as /v1 takes it; what is none is not stored."""
    with suppress(ValidationError):
        return convert(language_code, Locale)
    return None
