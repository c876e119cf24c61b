"""Tablets: list, pairing codes, rename, revoke."""

from uuid import UUID

from litestar import delete, get, patch, post
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from api.http.access import confirmed, needs_role
from api.http.dependencies import GivenConnection, GivenStaff
from api.http.fields import ShortName
from seating.access.devices import (
    KnownDevice,
    PairingCode,
    devices_of,
    make_pairing_code,
    rename_device,
    revoke_device,
    unlock_device,
)

MANAGER = [needs_role("manager")]
SURE = [needs_role("manager"), confirmed]


class NewName(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: ShortName


@get("/devices", guards=MANAGER, tags=["devices"])
async def devices(staff: GivenStaff, conn: GivenConnection) -> list[KnownDevice]:
    """The paired tablets, with their wrong PINs in a row and until when they are locked."""
    return await devices_of(conn, staff.venue_id)


@post("/pairing-codes", guards=SURE, tags=["devices"])
async def pairing_code(staff: GivenStaff, conn: GivenConnection) -> PairingCode:
    """Make a pairing code for one tablet, valid for ten minutes."""
    return await make_pairing_code(conn, staff.venue_id, staff.staff_id)


@patch("/devices/{device_id:uuid}", guards=MANAGER, status_code=204, tags=["devices"])
async def rename(
    device_id: FromPath[UUID], data: JSONBody[NewName], staff: GivenStaff, conn: GivenConnection
) -> None:
    """Rename a tablet."""
    await rename_device(conn, staff, device_id, data.name)


@delete("/devices/{device_id:uuid}", guards=SURE, tags=["devices"])
async def revoke(device_id: FromPath[UUID], staff: GivenStaff, conn: GivenConnection) -> None:
    """Revoke a lost tablet, effective at once."""
    await revoke_device(conn, staff, device_id)


@post("/devices/{device_id:uuid}/unlock", guards=SURE, status_code=204, tags=["devices"])
async def unlock(device_id: FromPath[UUID], staff: GivenStaff, conn: GivenConnection) -> None:
    """Unlock a tablet after wrong PINs; another one than that which is locked asks for it."""
    await unlock_device(conn, staff, device_id)


HANDLERS = (devices, pairing_code, rename, revoke, unlock)
