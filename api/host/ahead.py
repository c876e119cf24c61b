"""Ahead of tonight: the days of the calendar, levers in force, notes per service."""

from datetime import date, timedelta
from typing import Annotated, Final
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, JSONBody, QueryParameter

from api.host.roles.late import author_of
from api.host.roles.table import right_of
from api.http.dependencies import GivenClock, GivenConnection, GivenPool, GivenStaff, who_of
from seating.book import service_notes
from seating.book.in_force import house_of
from seating.book.levers import LeverShown, levers_standing
from seating.book.service_notes import ChangeNote, DeleteNote, ServiceNote, WriteNote
from seating.db import Connection, run
from seating.door.days import DAYS_AT_MOST, DaysAhead, days_ahead, first_day
from seating.door.service_lines import ServiceLine, service_lines

FirstDay = Annotated[date | None, QueryParameter(name="from")]
LastDay = Annotated[date | None, QueryParameter(description="The last date, inclusive.")]
DayCount = Annotated[int, QueryParameter(ge=1, le=DAYS_AT_MOST)]
ONE: Final = "/notes/{note_id:uuid}"


@get("/days", tags=["ahead"])
async def days(
    staff: GivenStaff,
    conn: GivenConnection,
    clock: GivenClock,
    from_: FirstDay = None,
    days: DayCount = 60,
) -> DaysAhead:
    """Each date ahead with its services: what is booked, held, waiting, pulled, noted."""
    return await days_ahead(conn, staff.venue_id, from_, days, clock)


@get("/periods", tags=["ahead"])
async def periods(
    staff: GivenStaff,
    conn: GivenConnection,
    clock: GivenClock,
    from_: FirstDay = None,
    to: LastDay = None,
) -> tuple[ServiceLine, ...]:
    """The services of some dates, a week from today by default: hours, booked, capacity."""
    return await service_lines(conn, staff.venue_id, from_, to, clock)


@get("/levers", tags=["ahead"])
async def levers(
    staff: GivenStaff, conn: GivenConnection, clock: GivenClock
) -> tuple[LeverShown, ...]:
    """The levers in force for today and later, in the order they were pulled."""
    in_force, now = await house_of(conn, staff.venue_id), await clock.now(conn)
    today = in_force.service_date_at(now)
    return await levers_standing(conn, staff.venue_id, today, date.max, now=now)


@get("/notes", tags=["ahead"])
async def notes(
    staff: GivenStaff,
    conn: GivenConnection,
    clock: GivenClock,
    from_: FirstDay = None,
    days: DayCount = 60,
) -> tuple[ServiceNote, ...]:
    """The notes of the dates from today, or `from`, on."""
    in_force, now = await house_of(conn, staff.venue_id), await clock.now(conn)
    first = first_day(in_force, from_, now)
    last = first + timedelta(days=days - 1)
    return await service_notes.notes_of_dates(conn, staff.venue_id, first, last)


@post("/notes", status_code=200, tags=["ahead"])
async def write(
    data: JSONBody[WriteNote], staff: GivenStaff, pool: GivenPool, clock: GivenClock
) -> ServiceNote:
    """Write a note for a service or a whole day, also one that a tablet could not send before."""
    who = await author_of(pool, staff, data, right_of("POST", "/host/notes") or "host")

    async def work(conn: Connection) -> ServiceNote:
        return await service_notes.write_note(conn, staff.venue_id, data, who, clock)

    return await run(pool, work)


@post(f"{ONE}/change", status_code=200, tags=["ahead"])
async def change(
    note_id: FromPath[UUID],
    data: JSONBody[ChangeNote],
    staff: GivenStaff,
    pool: GivenPool,
    clock: GivenClock,
) -> ServiceNote:
    """Write a note anew; one that has changed since is refused (409)."""

    async def work(conn: Connection) -> ServiceNote:
        asked = (staff.venue_id, note_id)
        return await service_notes.change_note(conn, *asked, data, who_of(staff), clock)

    return await run(pool, work)


@post(f"{ONE}/delete", status_code=200, tags=["ahead"])
async def delete(
    note_id: FromPath[UUID],
    data: JSONBody[DeleteNote],
    staff: GivenStaff,
    pool: GivenPool,
    clock: GivenClock,
) -> ServiceNote:
    """Delete a note; one that has changed since is refused (409)."""

    async def work(conn: Connection) -> ServiceNote:
        asked = (staff.venue_id, note_id)
        return await service_notes.delete_note(conn, *asked, data, who_of(staff), clock)

    return await run(pool, work)


HANDLERS: Final = (days, periods, levers, notes, write, change, delete)
