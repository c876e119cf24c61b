"""Finding reservations again, booking ended ones anew, links for their guests."""

from datetime import date, datetime
from typing import Annotated, Any, Final
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, JSONBody, QueryParameter, SkipValidation
from msgspec import Struct

from api.edge.compressing import WITH_A_SECRET
from api.edge.public_address import page_link
from api.host.desk.reservations import SentToDesk, answered
from api.host.fields import Tag, Version, Why
from api.http.dependencies import GivenClock, GivenConnection, GivenPool, GivenStaff, booker_of
from api.http.fields import Sent
from api.http.queries import Cursor, Limit, cursor_of_place, place_in, validation_error
from policies.book.picture import ReservationState
from policies.words.message import CalendarDate, message
from seating.booking.by_link import LinkForGuest, link_for_guest
from seating.booking.desk import writing
from seating.booking.desk.entries import BookEntry
from seating.booking.desk.writing import DeskAnswer, WrittenEntry
from seating.booking.finding import FoundReservations, PlaceInSearch, Sought, find_reservations
from seating.db import Connection, run

SoughtName = Annotated[
    str | None, QueryParameter(min_length=2, max_length=100, description="Parts of the name.")
]
SoughtPhone = Annotated[
    str | None, QueryParameter(min_length=4, max_length=30, description="Or its last digits.")
]
SoughtCode = Annotated[str | None, QueryParameter(min_length=4, max_length=20)]
SoughtDate = Annotated[date | None, QueryParameter(description="A service date.")]
SoughtStates = Annotated[list[ReservationState] | None, QueryParameter(name="state", max_items=9)]
SoughtTags = Annotated[list[Tag] | None, QueryParameter(max_items=20)]


def sought(
    *,
    name: SoughtName = None,
    phone: SoughtPhone = None,
    code: SoughtCode = None,
    from_date: SoughtDate = None,
    to_date: SoughtDate = None,
    states: SoughtStates = None,
    tag: SoughtTags = None,
) -> Sought:
    if from_date and to_date and to_date < from_date:
        since = CalendarDate(from_date, "year")
        raise validation_error("to_date", message("search-ends-early", since=since))
    return Sought(
        name=name,
        phone=phone,
        code=code,
        from_date=from_date,
        to_date=to_date,
        states=tuple(states or ()),
        tags=tuple(tag or ()),
    )


GivenSought = NamedDependency[SkipValidation[Sought]]


class FoundPage(Struct, frozen=True, kw_only=True):
    """Reservations, the nearest first from today on, then the past; `next_cursor`: what follows."""

    items: tuple[BookEntry, ...]
    next_cursor: str | None


class Reinstated(SentToDesk, frozen=True, kw_only=True):
    """`overrule`: the reason to book it against a "no"."""

    version: Version
    overrule: Why | None = None


class LinkWanted(Sent, frozen=True, kw_only=True):
    id: UUID


class GuestLink(Struct, frozen=True, kw_only=True):
    """The page of one reservation, for its guest only: it is not shown again."""

    url: str
    expires_at: datetime


def page_of(found: FoundReservations) -> FoundPage:
    cursor = cursor_of_place(found.after) if found.after else None
    return FoundPage(items=found.items, next_cursor=cursor)


@get(
    "/reservations/search",
    tags=["desk"],
    dependencies={"sought": Provide(sought, sync_to_thread=False)},
)
async def search(
    sought: GivenSought,
    staff: GivenStaff,
    conn: GivenConnection,
    clock: GivenClock,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> FoundPage:
    """Find reservations of any date by name, phone, code, dates, states and tags."""
    after = place_in(cursor, PlaceInSearch)
    found = await find_reservations(conn, staff.venue_id, sought, clock, after=after, limit=limit)
    return page_of(found)


@post("/reservations/{reservation_id:uuid}/reinstate", status_code=200, tags=["desk"])
async def reinstate(
    reservation_id: FromPath[UUID],
    data: JSONBody[Reinstated],
    staff: GivenStaff,
    pool: GivenPool,
    clock: GivenClock,
) -> Response[WrittenEntry]:
    """Book again what was cancelled, declined or walked by mistake, if there is a place."""

    async def work(conn: Connection) -> DeskAnswer:
        asked = (staff.venue_id, data.asked(), reservation_id, data.version, data.overrule)
        return await writing.reinstate_reservation(conn, *asked, booker_of(staff), clock)

    return await answered(pool, staff, clock, data.id, work)


@post("/reservations/{reservation_id:uuid}/guest-link", opt=WITH_A_SECRET, tags=["desk"])
async def guest_link(
    request: Request[Any, Any, Any],
    reservation_id: FromPath[UUID],
    data: JSONBody[LinkWanted],
    staff: GivenStaff,
    pool: GivenPool,
    clock: GivenClock,
) -> GuestLink:
    """A link to the guest's own page, to be sent as a text; links made before stay valid."""

    async def work(conn: Connection) -> tuple[str, LinkForGuest]:
        asked = (staff.venue_id, data.id, reservation_id)
        return await link_for_guest(conn, *asked, booker_of(staff), clock)

    token, made = await run(pool, work)
    url = page_link(request, "r", token)
    return GuestLink(url=url, expires_at=made.expires_at)


HANDLERS: Final = (search, reinstate, guest_link)
