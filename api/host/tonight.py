"""The stand's views: tonight's period, the floor, options at the door, the action log."""

from datetime import date
from typing import Annotated, Final
from uuid import UUID

from litestar import get
from litestar.params import QueryParameter
from msgspec import Struct

from api.host.fields import AskedPeriod, GivenNeeds
from api.http.access import OPEN, paired_device
from api.http.dependencies import GivenClock, GivenConnection, GivenDevice, GivenStaff
from api.http.queries import Cursor, Limit, cursor_of_place, place_in
from policies.words.message import message
from seating.door.floor_plan import Floor, read_floor
from seating.door.journal import JournalEntry, JournalRead, PlaceInJournal, read_journal
from seating.door.locked_view import LockedView
from seating.door.options import (
    DoorOptions,
    options_for_promise,
    options_for_waiting,
    options_for_walk_in,
)
from seating.door.stand_view import StandView
from seating.door.tonight import read_locked_view, read_stand_view
from seating.errors import Invalid

SizeAtDoor = Annotated[int | None, QueryParameter(ge=1, le=1000)]
AskedParty = Annotated[UUID | None, QueryParameter()]
AskedServer = Annotated[
    str | None, QueryParameter(max_length=40, description="The staff id of a server.")
]
OnDate = Annotated[date | None, QueryParameter(description="A service date.")]


class JournalPage(Struct, frozen=True, kw_only=True):
    """What was done, the latest first; `next_cursor`: what was done before."""

    items: tuple[JournalEntry, ...]
    next_cursor: str | None


@get("/tonight", tags=["tonight"])
async def show(
    staff: GivenStaff, conn: GivenConnection, clock: GivenClock, period: AskedPeriod = None
) -> StandView:
    """The present state of a period: tonight's unless another is named."""
    return await read_stand_view(conn, staff.venue_id, period, clock, staff.staff_id)


@get("/locked", opt=OPEN, guards=[paired_device], tags=["tonight"])
async def locked(device: GivenDevice, conn: GivenConnection, clock: GivenClock) -> LockedView:
    """What a locked tablet shows by its own right: the room, tables, times and sizes."""
    return await read_locked_view(conn, device.venue_id, clock)


@get("/house", tags=["tonight"])
async def house(staff: GivenStaff, conn: GivenConnection, clock: GivenClock) -> Floor:
    """The room, today's periods, staff and who is logged in."""
    return await read_floor(conn, staff.venue_id, clock)


@get("/door", tags=["tonight"])
async def door(
    needs: GivenNeeds,
    staff: GivenStaff,
    conn: GivenConnection,
    clock: GivenClock,
    party_size: SizeAtDoor = None,
    reservation_id: AskedParty = None,
    wait_id: AskedParty = None,
    server: AskedServer = None,
) -> DoorOptions:
    """Options at the door now: for a walk-in of this size, a reservation or a waiting party.

    `server`: who is to serve it, where that is not who is next.
    """
    venue_id, who = staff.venue_id, staff.staff_id
    if wait_id is not None:
        return await options_for_waiting(conn, venue_id, wait_id, clock, who, server)
    if reservation_id is not None:
        return await options_for_promise(conn, venue_id, reservation_id, clock, who, server)
    if party_size is None:
        detail = message("whose-party")
        raise Invalid(detail, pointer="/party_size")
    return await options_for_walk_in(conn, venue_id, party_size, needs, clock, who, server)


@get("/actions", tags=["tonight"])
async def actions(
    staff: GivenStaff,
    conn: GivenConnection,
    clock: GivenClock,
    date: OnDate = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> JournalPage:
    """The journal of a service date, today's by default: who did what, the latest first."""
    after = place_in(cursor, PlaceInJournal)
    read = await read_journal(conn, staff.venue_id, date, clock, after=after, limit=limit)
    return journal_page(read)


def journal_page(read: JournalRead) -> JournalPage:
    return JournalPage(
        items=read.items, next_cursor=cursor_of_place(read.after) if read.after else None
    )


HANDLERS: Final = (show, house, door, actions)
