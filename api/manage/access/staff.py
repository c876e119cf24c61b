"""Staff accounts: managers administer hosts, owners everybody."""

from litestar import delete, get, post, put
from litestar.params import FromPath, JSONBody
from msgspec import Struct
from msgspec.structs import asdict

from api.http.access import confirmed, needs_role
from api.http.dependencies import GivenConnection, GivenPepper, GivenPool, GivenStaff
from api.http.fields import Pin, ShortName
from policies.house.house import Key, Role
from seating.access.staff import (
    NewPerson,
    PinChange,
    StaffAccount,
    change_name,
    change_pin,
    change_role,
    hire,
    remove_person,
    staff_of,
)

MANAGER = [needs_role("manager")]
SURE = [needs_role("manager"), confirmed]


class PersonToAdd(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    staff_id: Key
    name: ShortName
    role: Role
    pin: Pin


class NewPin(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pin: Pin


class PersonName(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: ShortName


class NewRole(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    role: Role


@get("/staff", guards=MANAGER, tags=["staff"])
async def people(staff: GivenStaff, conn: GivenConnection) -> list[StaffAccount]:
    """All staff of the venue."""
    return await staff_of(conn, staff.venue_id)


@post("/staff", guards=SURE, status_code=204, tags=["staff"])
async def add(
    data: JSONBody[PersonToAdd], staff: GivenStaff, pool: GivenPool, pepper: GivenPepper
) -> None:
    """Add a person with a first PIN; under the id of one who has left, they are back."""
    await hire(pool, staff, NewPerson(**asdict(data)), pepper)


@put("/staff/{staff_id:str}/pin", guards=SURE, tags=["staff"])
async def pin(
    staff_id: FromPath[str],
    data: JSONBody[NewPin],
    staff: GivenStaff,
    pool: GivenPool,
    pepper: GivenPepper,
) -> PinChange:
    """Set somebody's first PIN, which opens only the setting of their own; their sessions end."""
    return await change_pin(pool, staff, staff_id, data.pin, pepper)


@put("/staff/{staff_id:str}/name", guards=MANAGER, status_code=204, tags=["staff"])
async def name(
    staff_id: FromPath[str], data: JSONBody[PersonName], staff: GivenStaff, conn: GivenConnection
) -> None:
    """Change the name that colleagues see; the id stays."""
    await change_name(conn, staff, staff_id, data.name)


@put("/staff/{staff_id:str}/role", guards=SURE, status_code=204, tags=["staff"])
async def role(
    staff_id: FromPath[str], data: JSONBody[NewRole], staff: GivenStaff, conn: GivenConnection
) -> None:
    """Change a role, effective with the next request."""
    await change_role(conn, staff, staff_id, data.role)


@delete("/staff/{staff_id:str}", guards=SURE, tags=["staff"])
async def gone(staff_id: FromPath[str], staff: GivenStaff, conn: GivenConnection) -> None:
    """Remove a person."""
    await remove_person(conn, staff, staff_id)


HANDLERS = (people, add, pin, name, role, gone)
