"""Reservations and slot holds as answered to their booking site."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, Response
from msgspec import Meta, Struct, convert, field
from msgspec.structs import asdict, replace

from api.booking.fields import (
    AreaKey,
    Code,
    Duration,
    Guarantee,
    NeedsSent,
    Notes,
    PersonName,
    PreferencesSent,
    Reason,
    Reference,
    Version,
    preferences_seen,
)
from api.edge.public_address import page_link
from api.http.fields import Moment, NextCursor, PartySize, VenueKey
from api.http.refusals import refusal_response
from policies.book.answers import No
from policies.book.picture import ReservationState, SlotHoldState
from policies.house.calendar import zone_of
from policies.house.house import House
from policies.house.room import Needs, preferences_met
from seating.book.in_force import house_of
from seating.book.reservations import Reservation, cancel_until
from seating.booking.by_link import booking_link, save_referral
from seating.booking.making import BookingResult
from seating.booking.slot_holds import ClientSlotHold
from seating.db import Connection
from seating.turnaways.log import LoggedRefusal

TableUntil = Annotated[
    datetime,
    Meta(
        tz=True,
        description="The table is the party's until then, by the venue's clock. Tell it to the"
        " guest: house rules may refer to it.",
        examples=["2026-11-28T21:00:00+01:00"],
    ),
]


class GuestSeen(Struct, frozen=True, kw_only=True):
    name: PersonName


class ReservationSeen(Struct, frozen=True, kw_only=True):
    """A reservation made by this booking site. Tables and internal reasons are not shown."""

    id: UUID
    venue: VenueKey
    code: Code
    status: ReservationState
    version: Version
    start: Moment
    duration_s: Duration
    table_until: TableUntil
    party_size: PartySize
    area: AreaKey | None
    needs: NeedsSent
    preferences: PreferencesSent | None
    guest: GuestSeen
    notes: Notes
    partner_reference: Reference | None
    guarantee: Guarantee | None
    cancel_until: Moment
    cancelled_because: (
        Annotated[Reason, Meta(description="Your words; those of the house are not shown.")] | None
    )
    created_at: Moment
    updated_at: Moment


class ReservationMade(ReservationSeen, frozen=True, kw_only=True):
    """A new reservation. `manage_url` is for its guest only and is not returned again.

    `preferences_met`: whether its table is as the party would like it, as things are now; null for
    a request, and without preferences.
    """

    preferences_met: bool | None
    manage_url: Annotated[
        str,
        Meta(
            max_length=400,
            description="The guest's own page: changes, cancelling, a calendar file.",
            examples=["https://book.example/r/bistro:a-secret"],
        ),
    ]


class SlotHoldSeen(Struct, frozen=True, kw_only=True):
    """A place held for some minutes while a guest decides."""

    id: UUID
    status: SlotHoldState
    start: Moment
    duration_s: Duration
    party_size: PartySize
    area: AreaKey | None
    needs: NeedsSent = field(default_factory=NeedsSent)
    preferences: PreferencesSent | None = None
    expires_at: Moment


class Page(Struct, frozen=True, kw_only=True):
    """A page of reservations; `next_cursor` leads to the next one."""

    items: Annotated[list[ReservationSeen], Meta(max_length=200)]
    next_cursor: NextCursor | None


def reservation_seen(house: House, kept: Reservation) -> ReservationSeen:
    zone = zone_of(house)
    return ReservationSeen(
        id=kept.reservation_id,
        venue=house.venue.id,
        code=kept.code,
        status=kept.state,
        version=kept.public_version,
        start=kept.starts.astimezone(zone),
        duration_s=int((kept.ends - kept.starts).total_seconds()),
        table_until=kept.ends.astimezone(zone),
        party_size=kept.party_size,
        area=kept.needs.area,
        needs=needs_seen(kept.needs),
        preferences=preferences_seen(kept.preferences),
        guest=GuestSeen(name=kept.name),
        notes=kept.special_request,
        partner_reference=kept.partner_reference,
        guarantee=convert(kept.guarantee, Guarantee | None),
        cancel_until=cancel_until(kept, house).astimezone(zone),
        cancelled_because=None if kept.cancelled_by_house else kept.cancelled_why,
        created_at=kept.created_at.astimezone(zone),
        updated_at=kept.updated_at.astimezone(zone),
    )


def slot_hold_seen(house: House, held: ClientSlotHold) -> SlotHoldSeen:
    zone = zone_of(house)
    return SlotHoldSeen(
        id=held.slot_hold_id,
        status=held.state,
        start=held.starts.astimezone(zone),
        duration_s=int((held.ends - held.starts).total_seconds()),
        party_size=held.party_size,
        area=held.needs.area,
        needs=needs_seen(held.needs),
        preferences=preferences_seen(held.preferences),
        expires_at=held.expires_at.astimezone(zone),
    )


def needs_seen(needs: Needs) -> NeedsSent:
    return NeedsSent(step_free=needs.step_free, quiet=needs.quiet, high_chairs=needs.high_chairs)


def reservation_answer(house: House, done: Reservation | LoggedRefusal) -> Response[bytes]:
    """The reservation with its ETag, or the refusal as a problem document."""
    if isinstance(done, LoggedRefusal):
        return public_refusal(house, done.no)
    return json_response(reservation_seen(house, done), 200, {"ETag": etag_of(done)})


def etag_of(kept: Reservation) -> str:
    return f'"v{kept.public_version}"'


def reservation_created(
    house: House, done: BookingResult, status: int, manage_url: str
) -> Response[bytes]:
    """A new reservation with ETag, Location and the URL of the guest's page."""
    kept = done.reservation
    where = f"/v1/venues/{house.venue.id}/reservations/{kept.reservation_id}"
    seen = asdict(reservation_seen(house, kept))
    met = preferences_met(house, kept.preferences, done.tables)
    made = ReservationMade(**seen, manage_url=manage_url, preferences_met=met)
    return json_response(made, status, {"ETag": etag_of(kept), "Location": where})


def slot_hold_answer(house: House, done: ClientSlotHold | LoggedRefusal) -> Response[bytes]:
    if isinstance(done, LoggedRefusal):
        return public_refusal(house, done.no)
    where = f"/v1/venues/{house.venue.id}/slot-holds/{done.slot_hold_id}"
    return json_response(slot_hold_seen(house, done), 201, {"Location": where})


def public_refusal(house: House, no: No) -> Response[bytes]:
    """The public problem document, with alternatives in the venue's zone."""
    zone = zone_of(house)
    local = tuple(instant.astimezone(zone) for instant in no.alternatives)
    return refusal_response(replace(no, alternatives=local), public=True)


def json_response(
    seen: Struct, status: int, headers: dict[str, str] | None = None
) -> Response[bytes]:
    """Encode now: the bytes sent are the bytes stored for replays of an Idempotency-Key."""
    return Response(
        msgspec.json.encode(seen),
        status_code=status,
        media_type="application/json",
        headers=headers,
    )


async def created_response(
    conn: Connection,
    request: Request[Any, Any, Any],
    venue: str,
    done: BookingResult | LoggedRefusal,
    referral_code: str | None,
    status: int,
) -> Response[bytes]:
    """The answer to a booking or an enquiry; stores its referral code and the guest's link."""
    known = await house_of(conn, venue)
    if isinstance(done, LoggedRefusal):
        return public_refusal(known.house, done.no)
    house = known.on(done.reservation.service_date).house
    await save_referral(conn, venue, done.reservation.reservation_id, referral_code)
    token = await booking_link(conn, venue, done.reservation, request.app.state.clock)
    return reservation_created(house, done, status, page_link(request, "r", token))
