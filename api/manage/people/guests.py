"""What is held about a guest, handed out; and the guest erased."""

from typing import Final
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, JSONBody

from api.http.access import confirmed, needs_role
from api.http.dependencies import GivenClock, GivenPool, GivenStaff
from seating.db import Connection, run
from seating.privacy.erasing import ErasedGuest, EraseGuest, erase_guest
from seating.privacy.exporting import GuestExport, export_guest

SURE: Final = [needs_role("manager"), confirmed]


@get("/guests/{guest_id:uuid}/export", guards=SURE, tags=["guests"])
async def export(
    guest_id: FromPath[UUID], staff: GivenStaff, pool: GivenPool, clock: GivenClock
) -> GuestExport:
    """Everything held about a guest and whom it was told to; put on record."""

    async def work(conn: Connection) -> GuestExport:
        return await export_guest(conn, staff.venue_id, guest_id, by=staff.staff_id, clock=clock)

    return await run(pool, work)


@post("/guests/{guest_id:uuid}/erase", guards=SURE, status_code=200, tags=["guests"])
async def erase(
    guest_id: FromPath[UUID],
    data: JSONBody[EraseGuest],
    staff: GivenStaff,
    pool: GivenPool,
    clock: GivenClock,
) -> ErasedGuest:
    """Erase a guest everywhere; their visits stay as numbers of nobody's."""

    async def work(conn: Connection) -> ErasedGuest:
        asked = (staff.venue_id, guest_id, data)
        return await erase_guest(conn, *asked, by=staff.staff_id, clock=clock)

    return await run(pool, work)


HANDLERS: Final = (export, erase)
