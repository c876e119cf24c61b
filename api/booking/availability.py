"""GET /v1/venues/{venue}/availability: bookable starts, by the same engine that books."""

from datetime import date, timedelta
from typing import Annotated, Final
from uuid import UUID

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency, Provide
from litestar.params import QueryParameter, SkipValidation
from msgspec import Meta, Struct

from api.booking.answers import json_response
from api.booking.dependencies import GivenBooker, GivenReader
from api.booking.fields import AreaKey, Duration
from api.http.access import needs_scope
from api.http.dependencies import GivenClock, GivenSearches
from api.http.described import response_specs
from api.http.fields import Moment, VenueId, such_as
from api.http.parameters import words_about
from api.http.queries import validation_error
from policies.house.calendar import zone_of
from policies.house.house import House
from policies.house.room import Needs, Preferences
from policies.words.message import message
from seating.book.in_force import house_of
from seating.booking.availability import (
    EnquiryHint,
    Search,
    SearchResult,
    Slot,
    search_availability,
    searches_for_change,
)
from seating.clock import wall_now

DAYS_AT_MOST: Final = 14
SERVICE_DATE: Final = "A service date of the venue, as 2026-11-28."
NO_STORE: Final = {"Cache-Control": "no-store"}

# Parsed by hand: Litestar's errors would name the Python parameter (`date_`).
Day = Annotated[
    str | None,
    QueryParameter(
        name="date",
        max_length=10,
        description=SERVICE_DATE,
        schema_extra=such_as("2026-11-28", format="date"),
    ),
]
From = Annotated[
    str | None,
    QueryParameter(
        name="from",
        max_length=10,
        description=SERVICE_DATE,
        schema_extra=such_as("2026-11-28", format="date"),
    ),
]
To = Annotated[
    str | None,
    QueryParameter(
        name="to",
        max_length=10,
        description=SERVICE_DATE,
        schema_extra=such_as("2026-12-04", format="date"),
    ),
]
Size = Annotated[int, QueryParameter(ge=1, le=1000, description="Guests.")]
AreaAsked = Annotated[
    str | None,
    QueryParameter(
        pattern=r"^[a-z0-9][a-z0-9_-]{0,39}\Z",
        max_length=40,
        description="An area of the venue.",
        schema_extra=such_as("terrace"),
    ),
]
NeedsAsked = Annotated[
    str | None,
    QueryParameter(
        name="needs",
        max_length=40,
        description="`step_free`, `quiet` or both with a comma.",
        schema_extra=such_as("step_free", pattern=r"^(step_free|quiet)(,(step_free|quiet))?\Z"),
    ),
]
PreferredArea = Annotated[
    str | None,
    QueryParameter(
        pattern=r"^[a-z0-9][a-z0-9_-]{0,39}\Z",
        max_length=40,
        description="An area the party would like: its tables are tried first, others are not left"
        " out.",
        schema_extra=such_as("terrace"),
    ),
]
Chairs = Annotated[int, QueryParameter(ge=0, le=50, description="High chairs.")]


ToChange = Annotated[
    UUID | None,
    QueryParameter(
        description="A reservation of yours to be changed: the starts it could be moved to, with"
        " its own needs. It does not stand in its own way.",
        schema_extra=such_as("0198c0de-0000-7000-8000-000000000001"),
    ),
]


class SlotSeen(Struct, frozen=True, kw_only=True):
    """A start that can be booked now, and how long the table is kept.

    `areas`: where a table is free; where others would have to move first, the one area found.
    `areas_by_request`: where a booking that asks for the area is answered by a person.
    `requires_approval`: a booking that names none of `areas` but these waits for that answer.
    """

    start: Moment
    duration_s: Duration
    areas: Annotated[tuple[AreaKey, ...], Meta(max_length=100)]
    areas_by_request: Annotated[tuple[AreaKey, ...], Meta(max_length=100)]
    requires_approval: bool


class EnquirySeen(Struct, frozen=True, kw_only=True):
    """Where a party goes that is too large to be booked at once, and up to which size it is."""

    party_max: Annotated[int, Meta(ge=1, le=1000, description="Guests.", examples=[8])]
    detail: Annotated[
        str, Meta(max_length=300, examples=["We book up to 8 guests here. Send us an enquiry."])
    ]
    path: Annotated[
        str,
        Meta(max_length=200, description="To be posted to.", examples=["/v1/venues/x/enquiries"]),
    ]


class Availability(Struct, frozen=True, kw_only=True):
    """`alternatives`: the nearest starts on other dates, when `items` is empty.

    `enquiry`: the party is larger than what is booked here at once; an enquiry is answered by a
    person. Null otherwise.
    """

    items: Annotated[list[SlotSeen], Meta(max_length=10_000)]
    alternatives: Annotated[list[SlotSeen], Meta(max_length=1000)]
    enquiry: EnquirySeen | None


def days(date_: Day = None, from_: From = None, to: To = None) -> list[date]:
    """The service dates: `date`, or all from `from` to `to`. Raises ValidationException."""
    if date_ is not None:
        return [day_of("date", date_)]
    first, last = day_of("from", from_, or_else="date"), day_of("to", to)
    if not timedelta(0) <= last - first < timedelta(days=DAYS_AT_MOST):
        raise validation_error("to", message("days-after-from", most=DAYS_AT_MOST - 1))
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def day_of(name: str, text: str | None, or_else: str | None = None) -> date:
    if text is None:
        raise validation_error(or_else or name, message("date-or-from-and-to"))
    try:
        return msgspec.convert(text, date)
    except msgspec.ValidationError as error:
        raise validation_error(name, words_about(text, date)) from error


def needs(area: AreaAsked = None, needs_: NeedsAsked = None, high_chairs: Chairs = 0) -> Needs:
    said = frozenset(needs_.split(",") if needs_ else ())
    if not said <= {"step_free", "quiet"}:
        raise validation_error("needs", message("needs-unknown"))
    return Needs(
        area=area,
        step_free="step_free" in said,
        quiet="quiet" in said,
        high_chairs=high_chairs,
    )


def wishes(
    days: NamedDependency[SkipValidation[list[date]]],
    needs: NamedDependency[SkipValidation[Needs]],
    party_size: Size,
    preferred_area: PreferredArea = None,
) -> list[Search]:
    return [
        Search(
            service_date=day,
            party_size=party_size,
            channel="partner",
            needs=needs,
            preferences=Preferences(area=preferred_area) if preferred_area else None,
        )
        for day in days
    ]


def slots_seen(house: House, slots: tuple[Slot, ...]) -> list[SlotSeen]:
    zone = zone_of(house)
    return [
        SlotSeen(
            start=slot.start.astimezone(zone),
            duration_s=slot.duration_s,
            areas=slot.areas,
            areas_by_request=slot.areas_by_request,
            requires_approval=slot.requires_approval,
        )
        for slot in slots
    ]


def availability_seen(house: House, found: list[SearchResult]) -> Availability:
    items = [slot for one in found for slot in slots_seen(house, one.slots)]
    others = {slot.start: slot for one in found for slot in slots_seen(house, one.alternatives)}
    hints = [one.enquiry for one in found if one.enquiry is not None]
    return Availability(
        items=items,
        alternatives=[] if items else list(others.values()),
        enquiry=enquiry_seen(house, hints[0]) if hints and not items else None,
    )


def enquiry_seen(house: House, hint: EnquiryHint) -> EnquirySeen:
    return EnquirySeen(
        party_max=hint.party_max,
        detail=hint.detail,
        path=f"/v1/venues/{house.venue.id}/enquiries",
    )


@get(
    "/venues/{venue:str}/availability",
    guards=[needs_scope("availability")],
    dependencies={
        "days": Provide(days, sync_to_thread=False),
        "needs": Provide(needs, sync_to_thread=False),
        "wishes": Provide(wishes, sync_to_thread=False),
    },
    operation_id="getAvailability",
    responses=response_specs(200, Availability, 422),
    tags=["availability"],
)
async def availability(
    venue: VenueId,
    wishes: NamedDependency[SkipValidation[list[Search]]],
    booker: GivenBooker,
    reader: GivenReader,
    clock: GivenClock,
    searches: GivenSearches,
    reservation_id: ToChange = None,
) -> Response[bytes]:
    """Find starts that can be booked; booking one succeeds unless somebody was faster."""
    asked = await searches_for_change(reader, venue, wishes, reservation_id, booker)
    found = [await search_availability(reader, venue, each, clock) for each in asked]
    searches.note_all(venue, asked, found, now=wall_now())
    house = (await house_of(reader, venue)).house
    return json_response(availability_seen(house, found), 200, NO_STORE)


HANDLERS: Final = (availability,)
