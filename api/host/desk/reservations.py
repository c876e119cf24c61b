"""Reservations taken by staff, by phone or at the desk; any date."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from litestar import Response, get, patch, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, JSONBody, SkipValidation
from msgspec import Meta
from msgspec.structs import replace

from api.host.fields import (
    AskedArea,
    AskedSize,
    AskedStay,
    ForGuest,
    GivenNeeds,
    Name,
    PersonName,
    Stay,
    Tags,
    Text,
    ToChange,
    Version,
    Why,
    as_shown,
    once_each,
)
from api.http.dependencies import (
    GivenClock,
    GivenConnection,
    GivenPool,
    GivenSearches,
    GivenStaff,
    booker_of,
)
from api.http.fields import AskedDate, Instant, PartySize, Phone, Sent
from api.http.refusals import refusal_response
from policies.floor.orders import Anyway, TableId, TableIds
from policies.house.room import Needs, Preferences
from seating.access.sessions import StaffMember
from seating.book.guests import Contact, local_e164
from seating.booking.availability import (
    Search,
    SearchResult,
    search_availability,
    searches_for_change,
)
from seating.booking.changing import Change
from seating.booking.desk import entries, writing
from seating.booking.desk.entries import BookEntry
from seating.booking.desk.writing import DeskAnswer, DeskOrder, WrittenEntry
from seating.booking.making import BookingRequest, HeldTableGrant
from seating.clock import Clock, wall_now
from seating.db import Connection, Pool, run

TablesOrNone = Annotated[tuple[TableId, ...], Meta(max_length=20)]


class GuestSent(Sent, frozen=True, kw_only=True):
    """The guest; a phone number without country code is read as one of the venue's country."""

    name: PersonName
    phone: Phone | None = None
    email: Name | None = None
    locale: Name | None = None


class SentToDesk(Sent, frozen=True, kw_only=True):
    """`anyway`: the codes of warnings that ask, accepted. `dry_run`: only the answer, no write."""

    id: UUID
    anyway: Anyway = ()
    dry_run: bool = False

    def asked(self) -> DeskOrder:
        return DeskOrder(action_id=self.id, anyway=self.anyway, dry_run=self.dry_run)


class NewReservation(SentToDesk, frozen=True, kw_only=True):
    """`accepted_house_rules`: the version read out. `overrule`: the reason to book against a "no".

    `special_request`: the guest's words, shown to the guest. `notes`: the house's, to staff only.

    `wished_start`: the start the guest first asked for, if they took a suggested one instead.

    `duration_minutes`: how long the party keeps its table, if not for the turn time of the house.
    """

    channel: Literal["phone", "desk"]
    party_size: PartySize
    starts: Instant
    guest: GuestSent
    needs: Needs = Needs()
    preferences: Preferences | None = None
    special_request: Text = ""
    notes: Text = ""
    accepted_house_rules: Version | None = None
    tables: TableIds | None = None
    overrule: Why | None = None
    grant: HeldTableGrant | None = None
    wished_start: Instant | None = None
    duration_minutes: Stay | None = None

    def order(self, phone: str | None) -> BookingRequest:
        guest = self.guest
        return BookingRequest(
            reservation_id=self.id,
            party_size=self.party_size,
            starts=self.starts,
            guest=Contact(name=guest.name, phone=phone, email=guest.email, locale=guest.locale),
            needs=self.needs,
            preferences=self.preferences if self.preferences != Preferences() else None,
            special_request=self.special_request,
            notes=self.notes,
            accepted_house_rules=self.accepted_house_rules,
            tables=self.tables or (),
            overrule=self.overrule,
            grant=self.grant,
            wished_start=self.wished_start,
            duration_minutes=self.duration_minutes,
        )


class ChangedReservation(SentToDesk, frozen=True, kw_only=True):
    """The fields to change. `special_request` of a booking that came by a site is the site's.

    `duration_minutes` stays as it is when the start or the size changes; "usual" gives the table
    for the turn time of the house again.

    `preferences` without any wish take the earlier ones out.

    `needs` and `tags` are set as a whole. `tables`: these and no others, promised to the party; an
    empty list ends such a promise. `phone`: whose booking it is goes by the number.
    """

    version: Version
    starts: Instant | None = None
    party_size: PartySize | None = None
    special_request: Text | None = None
    notes: Text | None = None
    overrule: Why | None = None
    duration_minutes: Stay | Literal["usual"] | None = None
    preferences: Preferences | None = None
    name: PersonName | None = None
    phone: Phone | None = None
    email: Name | None = None
    needs: Needs | None = None
    tables: TablesOrNone | None = None
    tags: Tags | None = None

    def wish(self, phone: str | None) -> Change:
        return Change(
            starts=self.starts,
            party_size=self.party_size,
            special_request=self.special_request,
            notes=self.notes,
            overrule=self.overrule,
            duration_minutes=self.duration_minutes,
            preferences=self.preferences,
            name=self.name,
            phone=phone,
            email=self.email,
            needs=self.needs,
            tables=self.tables,
            tags=once_each(self.tags),
        )


class CancelledReservation(SentToDesk, frozen=True, kw_only=True):
    reason: Why


async def answered(
    pool: Pool,
    staff: StaffMember,
    clock: Clock,
    action_id: UUID,
    work: Callable[[Connection], Awaitable[DeskAnswer]],
    status: int = 200,
) -> Response[Any]:
    """What the desk is answered: the reservation and what that changed, or a refusal."""
    answer = await run(pool, work)
    if answer.no is not None:
        return refusal_response(
            answer.no,
            public=False,
            because=answer.because,
            turnaway_id=answer.turnaway_id,
            answers=answer.answers,
        )
    entry = answer.entry
    if entry is not None and entry.dry_run:
        return Response(entry, status_code=200)
    if entry is not None:
        result = await as_shown(pool, staff, writing.touched_by_desk(entry, action_id), clock)
        entry = replace(entry, result=result)
    return Response(entry, status_code=status)


@post("/reservations", tags=["desk"])
async def reserve(
    data: JSONBody[NewReservation], staff: GivenStaff, pool: GivenPool, clock: GivenClock
) -> Response[WrittenEntry]:
    """Make a reservation; a refusal names the binding rule and alternatives."""

    async def work(conn: Connection) -> DeskAnswer:
        phone = await local_e164(conn, staff.venue_id, data.guest.phone, pointer="/guest/phone")
        booker = booker_of(staff, data.channel)
        asked = (staff.venue_id, data.asked(), data.order(phone))
        return await writing.reserve(conn, *asked, booker, clock)

    return await answered(pool, staff, clock, data.id, work, 201)


@get("/reservations", tags=["desk"])
async def reservations(
    date: AskedDate, staff: GivenStaff, conn: GivenConnection, clock: GivenClock
) -> tuple[BookEntry, ...]:
    """Every reservation of a service date, in any state."""
    return await entries.entries_of_date(conn, staff.venue_id, date, clock)


@get("/reservations/{reservation_id:uuid}", tags=["desk"])
async def reservation(
    reservation_id: FromPath[UUID], staff: GivenStaff, conn: GivenConnection, clock: GivenClock
) -> BookEntry:
    """One reservation."""
    return await entries.entry_of(conn, staff.venue_id, reservation_id, booker_of(staff), clock)


@patch("/reservations/{reservation_id:uuid}", tags=["desk"])
async def change(
    reservation_id: FromPath[UUID],
    data: JSONBody[ChangedReservation],
    staff: GivenStaff,
    pool: GivenPool,
    clock: GivenClock,
) -> Response[WrittenEntry]:
    """Move, resize or mend a reservation; if that is refused it stays as it was."""

    async def work(conn: Connection) -> DeskAnswer:
        phone = await local_e164(conn, staff.venue_id, data.phone, pointer="/phone")
        booker, wish = booker_of(staff), data.wish(phone)
        asked = (staff.venue_id, data.asked(), reservation_id)
        return await writing.change_reservation(conn, *asked, wish, data.version, booker, clock)

    return await answered(pool, staff, clock, data.id, work)


@post("/reservations/{reservation_id:uuid}/cancel", status_code=200, tags=["desk"])
async def cancel(
    reservation_id: FromPath[UUID],
    data: JSONBody[CancelledReservation],
    staff: GivenStaff,
    pool: GivenPool,
    clock: GivenClock,
) -> Response[WrittenEntry]:
    """Cancel a reservation for the guest."""

    async def work(conn: Connection) -> DeskAnswer:
        asked = (staff.venue_id, data.asked(), reservation_id)
        return await writing.cancel_reservation(conn, *asked, data.reason, booker_of(staff), clock)

    return await answered(pool, staff, clock, data.id, work)


@get("/requests", tags=["desk"])
async def requests(
    staff: GivenStaff, conn: GivenConnection, clock: GivenClock
) -> tuple[BookEntry, ...]:
    """Requests that await approval, on any date."""
    return await entries.pending_requests(conn, staff.venue_id, clock)


def wish(
    date: AskedDate,
    party_size: AskedSize,
    needs: GivenNeeds,
    preferred_area: AskedArea = None,
    guest_id: ForGuest = None,
    duration_minutes: AskedStay = None,
) -> Search:
    return Search(
        service_date=date,
        party_size=party_size,
        channel="phone",
        needs=needs,
        preferences=Preferences(area=preferred_area) if preferred_area else None,
        guest_id=guest_id,
        duration_minutes=duration_minutes,
    )


@get(
    "/availability",
    dependencies={"wish": Provide(wish, sync_to_thread=False)},
    tags=["desk"],
)
async def availability(
    wish: NamedDependency[SkipValidation[Search]],
    staff: GivenStaff,
    conn: GivenConnection,
    clock: GivenClock,
    searches: GivenSearches,
    reservation_id: ToChange = None,
) -> SearchResult:
    """What can be booked for a party on a date; or where its reservation could be moved."""
    changed = (reservation_id, booker_of(staff))
    (wish,) = await searches_for_change(conn, staff.venue_id, (wish,), *changed)
    found = await search_availability(conn, staff.venue_id, wish, clock)
    searches.note(staff.venue_id, wish, found, now=wall_now())
    return found


HANDLERS: Final = (
    reserve,
    reservations,
    reservation,
    change,
    cancel,
    requests,
    availability,
)
