"""What is held about a guest, handed out; and the guest erased."""

from typing import Final
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, JSONBody

from api.http.access import confirmed, needs_role
from api.http.dependencies import GivenClock, GivenPool, GivenStaff
from api.http.fields import Phone, Sent
from seating.book.guests import local_e164
from seating.db import Connection, run
from seating.privacy.by_number import erase_number, export_number
from seating.privacy.erasing import ErasedGuest, EraseGuest, erase_guest
from seating.privacy.exporting import GuestExport, export_guest

SURE: Final = [needs_role("manager"), confirmed]


class GuestOfNumber(Sent, frozen=True, kw_only=True):
    """Whose number it is; without country code, of the venue's country."""

    phone: Phone


class EraseNumber(EraseGuest, frozen=True, kw_only=True):
    """Erase whoever left this number; the rest as for a guest."""

    phone: Phone


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


@post("/guests/by-number/export", guards=SURE, status_code=200, tags=["guests"])
async def export_by_number(
    data: JSONBody[GuestOfNumber], staff: GivenStaff, pool: GivenPool, clock: GivenClock
) -> GuestExport:
    """The same by a phone number, also of who only waited or was turned away."""

    async def work(conn: Connection) -> GuestExport:
        phone = str(await local_e164(conn, staff.venue_id, data.phone, pointer="/phone"))
        return await export_number(conn, staff.venue_id, phone, by=staff.staff_id, clock=clock)

    return await run(pool, work)


@post("/guests/by-number/erase", guards=SURE, status_code=200, tags=["guests"])
async def erase_by_number(
    data: JSONBody[EraseNumber], staff: GivenStaff, pool: GivenPool, clock: GivenClock
) -> ErasedGuest:
    """The same by a phone number, also of who only waited or was turned away."""

    async def work(conn: Connection) -> ErasedGuest:
        phone = str(await local_e164(conn, staff.venue_id, data.phone, pointer="/phone"))
        asked = (staff.venue_id, phone, data)
        return await erase_number(conn, *asked, by=staff.staff_id, clock=clock)

    return await run(pool, work)


HANDLERS: Final = (export, erase, export_by_number, erase_by_number)
