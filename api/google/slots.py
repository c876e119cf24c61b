"""Slots and services: merchant, service, start and party size in Google's messages."""

from typing import Final

from msgspec import UNSET, Struct, UnsetType

from api.google.proto import (
    Enumerated,
    Number,
    Sent,
    Text,
    instant_of,
    int64,
    number_of,
    required,
)
from api.http.queries import validation_error
from policies.house.room import Needs
from policies.words.message import message
from seating.access.clients import GoogleClient
from seating.errors import Invalid, NotFound
from seating.partners.google_bookings import Echo
from seating.partners.google_lookups import SlotQuery

SERVICE: Final = "reservation"
AREA: Final = f"{SERVICE}:"
MOST_GUESTS: Final = 1000

ASYNCHRONOUS: Final = "CONFIRMATION_MODE_ASYNCHRONOUS"


class ConfirmationMode(Enumerated):
    """Whether the answer has to be final."""

    NAMES = (
        "CONFIRMATION_MODE_UNSPECIFIED",
        "CONFIRMATION_MODE_SYNCHRONOUS",
        ASYNCHRONOUS,
    )


class PartySent(Sent, frozen=True, kw_only=True):
    """`resource_ids` of a slot_time, `resources` of a slot; the room is an area of the house."""

    party_size: Number = None
    room_id: Text = None
    staff_id: Text = None


class SlotTimeSent(Sent, frozen=True, kw_only=True):
    """A slot without its merchant."""

    service_id: Text = None
    start_sec: Number = None
    duration_sec: Number = None
    resource_ids: PartySent | None = None
    availability_tag: Text = None
    confirmation_mode: ConfirmationMode | None = None

    def wanted(self, number: int) -> SlotQuery:
        """The slot as the engine takes it. Raises ValidationException, Invalid."""
        path = f"$.slot_time[{number}]"
        return SlotQuery(
            starts=instant_of(self.start_sec, f"{path}.start_sec"),
            party_size=party_of(self.resource_ids, f"{path}.resource_ids.party_size"),
            needs=needs_of(self.service_id, f"{path}.service_id", self.resource_ids),
            at_once=is_at_once(mode_of(self.confirmation_mode)),
        )


class SlotSent(Sent, frozen=True, kw_only=True):
    """A slot of a merchant; an update may leave most of it out."""

    merchant_id: Text = None
    service_id: Text = None
    start_sec: Number = None
    duration_sec: Number = None
    resources: PartySent | None = None
    availability_tag: Text = None
    confirmation_mode: ConfirmationMode | None = None

    def wanted(self) -> SlotQuery:
        """The slot as the engine takes it. Raises ValidationException, Invalid."""
        return SlotQuery(
            starts=instant_of(self.start_sec, "$.slot.start_sec"),
            party_size=party_of(self.resources, "$.slot.resources.party_size"),
            needs=needs_of(self.service_id, "$.slot.service_id", self.resources),
            at_once=is_at_once(mode_of(self.confirmation_mode)),
        )

    def echo(self) -> Echo:
        """What the booking's answers repeat of it."""
        party = self.resources or PartySent()
        return Echo(
            confirmation_mode=mode_of(self.confirmation_mode),
            availability_tag=self.availability_tag or "",
            room_id=party.room_id or "",
            staff_id=party.staff_id or "",
        )


class PartySeen(Struct, frozen=True, kw_only=True):
    party_size: int
    room_id: str | UnsetType = UNSET
    staff_id: str | UnsetType = UNSET


class SlotTimeSeen(Struct, frozen=True, kw_only=True):
    service_id: str
    start_sec: str
    duration_sec: str
    resource_ids: PartySeen
    availability_tag: str | UnsetType = UNSET
    confirmation_mode: str | UnsetType = UNSET


class SlotSeen(Struct, frozen=True, kw_only=True):
    merchant_id: str
    service_id: str
    start_sec: str
    duration_sec: str
    resources: PartySeen
    availability_tag: str | UnsetType = UNSET
    confirmation_mode: str | UnsetType = UNSET


def slot_time_seen(sent: SlotTimeSent) -> SlotTimeSeen:
    """The slot_time of the request, repeated in the answer."""
    return SlotTimeSeen(
        service_id=sent.service_id or "",
        start_sec=int64(number_of(sent.start_sec)),
        duration_sec=int64(number_of(sent.duration_sec)),
        resource_ids=party_seen(sent.resource_ids or PartySent()),
        availability_tag=sent.availability_tag or UNSET,
        confirmation_mode=mode_of(sent.confirmation_mode) or UNSET,
    )


def slot_seen(sent: SlotSent) -> SlotSeen:
    """The slot of the request, repeated in the answer."""
    return SlotSeen(
        merchant_id=sent.merchant_id or "",
        service_id=sent.service_id or "",
        start_sec=int64(number_of(sent.start_sec)),
        duration_sec=int64(number_of(sent.duration_sec)),
        resources=party_seen(sent.resources or PartySent()),
        availability_tag=sent.availability_tag or UNSET,
        confirmation_mode=mode_of(sent.confirmation_mode) or UNSET,
    )


def party_seen(sent: PartySent) -> PartySeen:
    return PartySeen(
        party_size=number_of(sent.party_size),
        room_id=sent.room_id or UNSET,
        staff_id=sent.staff_id or UNSET,
    )


def is_at_once(mode: str) -> bool:
    """Whether only an immediate confirmation is of use; for Google, unspecified means so."""
    return mode != ASYNCHRONOUS


def mode_of(sent: ConfirmationMode | None) -> str:
    """The name of the mode, "" where none was sent."""
    return sent.name if sent else ""


def merchant_of(facade: GoogleClient, merchant_id: str | None) -> str:
    """The venue id. Raises NotFound for a venue without a grant for this client."""
    if merchant_id not in facade.merchants:
        raise NotFound(message("no-such-merchant"), pointer="/merchant_id")
    return str(merchant_id)


def party_of(sent: PartySent | None, path: str) -> int:
    """The party size. Raises ValidationException."""
    size = number_of(sent.party_size if sent else None)
    if not 1 <= size <= MOST_GUESTS:
        raise validation_error(
            path, message("guests-out-of-range", most=MOST_GUESTS), source="body"
        )
    return size


def needs_of(service_id: str | None, path: str, party: PartySent | None = None) -> Needs:
    """The area of a service or room. Raises ValidationException, Invalid.

    Whether the area exists is checked by the engine.
    """
    return Needs(area=area_of(required(service_id, path), (party or PartySent()).room_id))


def area_of(service_id: str, room_id: str | None) -> str | None:
    """The area of a room, or of a service `reservation:AREA`, None without. Raises Invalid."""
    service, separator, named = service_id.partition(":")
    if service != SERVICE or bool(separator) != bool(named):
        detail = message("no-such-service", service=SERVICE, area=AREA)
        raise Invalid(detail, pointer="/service_id")
    if room_id and named not in {"", room_id}:
        raise Invalid(message("service-of-other-area"), pointer="/room_id")
    return room_id or named or None


def service_of(needs: Needs, room_id: str) -> str:
    """The service_id of a booking: its area is part of it unless it was named as a room."""
    return f"{AREA}{needs.area}" if needs.area and not room_id else SERVICE
