"""The kitchen's screen: what is to be brought and known, noted by one tap."""

from typing import Final

from litestar import get, post
from litestar.params import JSONBody

from api.http.dependencies import GivenClock, GivenConnection, GivenPool, GivenStaff, who_of
from seating.access.sessions import StaffMember
from seating.clock import Clock
from seating.db import Connection, Pool, run
from seating.kitchen.marks import (
    KitchenMark,
    NoteInKitchen,
    UnnoteInKitchen,
    note_in_kitchen,
)
from seating.kitchen.view import KitchenView, kitchen_view


@get("/kitchen", tags=["gestures"])
async def kitchen(staff: GivenStaff, conn: GivenConnection, clock: GivenClock) -> KitchenView:
    """Gestures to be brought, allergies of guests who sit, large parties to come.

    Ask again after `gesture.*`, `kitchen.*`, `seating.*`, `reservation.*`.
    """
    return await kitchen_view(conn, staff.venue_id, clock)


@post("/kitchen/note", status_code=200, tags=["gestures"])
async def note(
    data: JSONBody[NoteInKitchen], staff: GivenStaff, pool: GivenPool, clock: GivenClock
) -> KitchenMark:
    """The kitchen knows of it."""
    return await _noted(data, staff, pool, clock)


@post("/kitchen/unnote", status_code=200, tags=["gestures"])
async def unnote(
    data: JSONBody[UnnoteInKitchen], staff: GivenStaff, pool: GivenPool, clock: GivenClock
) -> KitchenMark:
    """That was a slip of the finger."""
    return await _noted(data, staff, pool, clock)


async def _noted(
    command: NoteInKitchen | UnnoteInKitchen, staff: StaffMember, pool: Pool, clock: Clock
) -> KitchenMark:
    async def work(conn: Connection) -> KitchenMark:
        return await note_in_kitchen(conn, staff.venue_id, command, who_of(staff), clock)

    return await run(pool, work)


HANDLERS: Final = (kitchen, note, unnote)
