"""GET /v1/venues: name, zone, areas, booking limits and house rules of each venue."""

from typing import Annotated, Final

from litestar import Response, get
from msgspec import Meta, Struct, convert

from api.booking.answers import json_response
from api.booking.dependencies import GivenBooker, GivenReader
from api.booking.fields import AreaKey, Locale, Minutes, PersonName, RulesVersion, Seconds
from api.http.described import response_specs
from api.http.fields import NextCursor, PartySize, VenueId, VenueKey
from api.http.queries import Cursor, Limit, cursor_of_name, name_in
from policies.house.calendar import largest_party_online
from policies.house.wording import address_line
from seating.access.clients import venues_of_client
from seating.book.in_force import HouseVersion, house_of


class AreaSeen(Struct, frozen=True, kw_only=True):
    """An area that a guest may ask for."""

    id: AreaKey
    name: Annotated[str, Meta(max_length=80, examples=["Terrace"])]


class HouseRuleSeen(Struct, frozen=True, kw_only=True):
    """One house rule, its text by language."""

    key: Annotated[str, Meta(max_length=40, examples=["late"])]
    text: Annotated[
        dict[str, Annotated[str, Meta(max_length=140)]],
        Meta(examples=[{"en": "We keep your table for 15 minutes."}]),
    ]


class HouseRulesSeen(Struct, frozen=True, kw_only=True):
    """What a guest accepts by booking; send this `version` as `accepted_house_rules`."""

    version: RulesVersion
    rules: Annotated[tuple[HouseRuleSeen, ...], Meta(max_length=7)]


class PostalAddressSeen(Struct, frozen=True, kw_only=True):
    """The address in parts; the country by ISO 3166-1 alpha-2."""

    street_address: Annotated[str, Meta(max_length=120, examples=["Am Markt 1"])]
    locality: Annotated[str, Meta(max_length=120, examples=["Berlin"])]
    postal_code: Annotated[str, Meta(max_length=20, examples=["10115"])] | None
    region: Annotated[str, Meta(max_length=120, examples=["Berlin"])] | None
    country: Annotated[str, Meta(max_length=2, pattern=r"^[A-Z]{2}\Z", examples=["DE"])]


class VenueSeen(Struct, frozen=True, kw_only=True):
    """A venue and its limits for online bookings. Times in minutes unless named otherwise.

    Cancelling ends `cancel_cutoff_minutes` before the start; whoever books later than that may
    still cancel within `cancel_grace_minutes`.
    """

    id: VenueKey
    name: PersonName
    zone: Annotated[str, Meta(max_length=60, description="IANA.", examples=["Europe/Berlin"])]
    currency: Annotated[str, Meta(max_length=3, pattern=r"^[A-Z]{3}\Z", examples=["EUR"])]
    locale: Locale
    phone: Annotated[str, Meta(max_length=40, examples=["+493023125024"])] | None
    address: Annotated[str, Meta(max_length=400, examples=["Am Markt 1, Berlin"])] | None
    postal_address: PostalAddressSeen | None
    web: Annotated[str, Meta(max_length=500, examples=["https://kastanie.example"])] | None
    areas: Annotated[tuple[AreaSeen, ...], Meta(max_length=100)]
    party_min: PartySize
    party_max: PartySize
    slot_minutes: Annotated[int, Meta(ge=5, le=60, examples=[15])]
    hold_seconds: Seconds
    window_days: Annotated[int, Meta(ge=0, le=400, examples=[60])]
    min_notice_minutes: Minutes
    cancel_cutoff_minutes: Minutes
    cancel_grace_minutes: Minutes
    house_rules: HouseRulesSeen | None


class Venues(Struct, frozen=True, kw_only=True):
    items: Annotated[list[VenueSeen], Meta(max_length=200)]
    next_cursor: NextCursor | None


def venue_seen(known: HouseVersion) -> VenueSeen:
    venue, booking, rules = known.house.venue, known.house.booking, known.house.house_rules
    return VenueSeen(
        id=venue.id,
        name=venue.name,
        zone=venue.zone,
        currency=venue.currency,
        locale=venue.locale,
        phone=venue.phone,
        address=address_line(venue),
        postal_address=convert(
            venue.postal_address, PostalAddressSeen | None, from_attributes=True
        ),
        web=venue.web,
        areas=tuple(AreaSeen(id=each.id, name=each.name) for each in known.house.areas),
        party_min=1,
        party_max=largest_party_online(known.house),
        slot_minutes=booking.slot_minutes,
        hold_seconds=booking.hold_seconds,
        window_days=booking.window_days,
        min_notice_minutes=booking.min_notice_minutes,
        cancel_cutoff_minutes=booking.cancel_cutoff_minutes,
        cancel_grace_minutes=booking.cancel_grace_minutes,
        house_rules=convert(rules, HouseRulesSeen | None, from_attributes=True),
    )


@get("/venues", operation_id="listVenues", responses=response_specs(200, Venues), tags=["venues"])
async def venues(
    booker: GivenBooker, reader: GivenReader, limit: Limit = 50, cursor: Cursor = None
) -> Response[bytes]:
    """List the venues that grant you access."""
    ids = await venues_of_client(
        reader, booker.client_id or "", after=name_in(cursor), limit=limit + 1
    )
    shown = [venue_seen(await house_of(reader, venue)) for venue in ids[:limit]]
    more = cursor_of_name(ids[limit - 1]) if ids[limit:] else None
    return json_response(Venues(items=shown, next_cursor=more), 200)


@get(
    "/venues/{venue:str}",
    operation_id="getVenue",
    responses=response_specs(200, VenueSeen),
    tags=["venues"],
)
async def venue_(venue: VenueId, reader: GivenReader) -> Response[bytes]:
    """Read one venue."""
    known = await house_of(reader, venue)
    return json_response(venue_seen(known), 200, {"ETag": f'"v{known.version}"'})


HANDLERS: Final = (venues, venue_)
