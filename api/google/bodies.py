"""Requests to book and change, and their translation for the engine."""

from typing import Final, Literal
from uuid import UUID

from api.google.proto import Sent, Text, instant_of, number_of, required
from api.google.slots import SlotSent, party_of, service_of
from api.http.queries import validation_error
from policies.house.room import Needs
from seating.book.guests import Contact, local_e164
from seating.booking.changing import Change
from seating.booking.making import BookingRequest
from seating.db import Connection
from seating.errors import HoldExpired, Invalid
from seating.partners.google_bookings import GoogleBookingRequest, GoogleUser

NAME_LENGTH: Final = 200

BookingStatus = Literal[
    "BOOKING_STATUS_UNSPECIFIED",
    "CONFIRMED",
    "PENDING_MERCHANT_CONFIRMATION",
    "PENDING_CLIENT_CONFIRMATION",
    "CANCELED",
    "NO_SHOW",
    "NO_SHOW_PENALIZED",
    "FAILED",
    "DECLINED_BY_MERCHANT",
]


class UserSent(Sent, frozen=True, kw_only=True):
    """The user who books."""

    user_id: Text = None
    given_name: Text = None
    family_name: Text = None
    telephone: Text = None
    email: Text = None

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
            raise HoldExpired("this lease is none of ours, or is over") from None


class CreateBookingRequest(Sent, frozen=True, kw_only=True):
    slot: SlotSent | None = None
    user_information: UserSent | None = None
    idempotency_token: Text = None
    additional_request: Text = None
    lease_ref: LeaseRef | None = None

    async def wish(self, conn: Connection, venue_id: str) -> GoogleBookingRequest:
        """The requested booking. Raises ValidationException, Invalid, HoldExpired."""
        slot = required(self.slot, "$.slot")
        wanted, user = slot.wanted(), required(self.user_information, "$.user_information").user()
        order = BookingRequest(
            starts=wanted.starts,
            party_size=wanted.party_size,
            needs=wanted.needs,
            guest=await contact_of(conn, venue_id, user),
            special_request=self.additional_request or "",
            slot_hold_id=self.lease_ref.slot_hold_id() if self.lease_ref else None,
        )
        token = required(self.idempotency_token, "$.idempotency_token")
        return GoogleBookingRequest(token=token, request=order, user=user, at_once=wanted.at_once)


class BookingSent(Sent, frozen=True, kw_only=True):
    """The wanted state of a booking: cancelled, or with the slot's start or party size."""

    booking_id: Text = None
    status: BookingStatus | None = None
    slot: SlotSent | None = None

    def check(self, venue_id: str, needs: Needs) -> None:
        """Raises Invalid where the slot names another merchant or another service."""
        slot = self.slot or SlotSent()
        if slot.merchant_id not in {None, "", venue_id}:
            raise Invalid("a booking stays with its merchant", pointer="/booking/slot/merchant_id")
        if slot.service_id not in {None, "", service_of(needs)}:
            raise Invalid("a booking stays with its service", pointer="/booking/slot/service_id")

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


async def contact_of(conn: Connection, venue_id: str, user: GoogleUser) -> Contact:
    """The guest as stored. Raises ValidationException without a name, Invalid for the phone."""
    name = f"{user.given_name} {user.family_name}".strip()[:NAME_LENGTH].strip()
    if not name:
        raise validation_error(
            "$.user_information.given_name", "A name is required.", source="body"
        )
    where = "/user_information/telephone"
    phone = await local_e164(conn, venue_id, user.telephone or None, pointer=where)
    return Contact(name=name, phone=phone, email=user.email or None)
