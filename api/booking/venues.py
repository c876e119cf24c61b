"""GET /v1/venues: what a booking site has to know of a house."""

from typing import Final

from litestar import Response, get
from msgspec import Struct

from api.booking.answers import answered
from api.booking.described import answers
from api.booking.fields import VenueId
from api.booking.given import GivenBooker, GivenReader
from api.booking.queries import Cursor, Limit
from policies.calendar import largest_party
from policies.house import Area, HouseRules
from seating.house import Known, house_of
from seating.venues import venues_of_client


class VenueSeen(Struct, frozen=True, kw_only=True):
    """A house, and the rules a booking site keeps to. Times in minutes unless named otherwise."""

    id: str
    name: str
    zone: str
    currency: str
    locale: str
    phone: str | None
    address: str | None
    areas: tuple[Area, ...]
    party_min: int
    party_max: int
    slot_minutes: int
    hold_seconds: int
    window_days: int
    min_notice_minutes: int
    cancel_cutoff_minutes: int
    house_rules: HouseRules | None


class Venues(Struct, frozen=True, kw_only=True):
    items: list[VenueSeen]
    next_cursor: str | None


def venue_seen(known: Known) -> VenueSeen:
    venue, booking = known.house.venue, known.house.booking
    return VenueSeen(
        id=venue.id,
        name=venue.name,
        zone=venue.zone,
        currency=venue.currency,
        locale=venue.locale,
        phone=venue.phone,
        address=venue.address,
        areas=known.house.areas,
        party_min=1,
        party_max=min(booking.party_max_online, largest_party(known.house)),
        slot_minutes=booking.slot_minutes,
        hold_seconds=booking.hold_seconds,
        window_days=booking.window_days,
        min_notice_minutes=booking.min_notice_minutes,
        cancel_cutoff_minutes=booking.cancel_cutoff_minutes,
        house_rules=known.house.house_rules,
    )


@get("/venues", operation_id="listVenues", responses=answers(200, Venues), tags=["venues"])
async def venues(
    booker: GivenBooker, reader: GivenReader, limit: Limit = 50, cursor: Cursor = None
) -> Response[bytes]:
    """The houses that let you in."""
    ids = await venues_of_client(
        reader, booker.client_id or "", after=cursor or "", limit=limit + 1
    )
    shown = [venue_seen(await house_of(reader, venue)) for venue in ids[:limit]]
    return answered(Venues(items=shown, next_cursor=ids[limit - 1] if ids[limit:] else None), 200)


@get(
    "/venues/{venue:str}",
    operation_id="getVenue",
    responses=answers(200, VenueSeen),
    tags=["venues"],
)
async def venue_(venue: VenueId, reader: GivenReader) -> Response[bytes]:
    """One house."""
    known = await house_of(reader, venue)
    return answered(venue_seen(known), 200, {"ETag": f'"v{known.version}"'})


HANDLERS: Final = (venues, venue_)
