"""Staff accounts: managers administer hosts, owners everybody."""

from typing import Annotated

from litestar import delete, get, post, put
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from api.http.access import needs_role
from api.http.dependencies import GivenConnection, GivenStaff
from api.http.fields import Pin, ShortName
from policies.house.house import Key, Role
from seating.access.staff import (
    PinChange,
    StaffAccount,
    add_person,
    change_name,
    change_pin,
    change_role,
    remove_person,
    staff_of,
)

MANAGER = [needs_role("manager")]


class NewPerson(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
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


class PinChanged(Struct, frozen=True, kw_only=True):
    """A PIN that was set.

    `log_in_again`: it is one's own, so the session of this call has ended; `detail` says so.
    """

    staff_id: Key
    sessions_ended: Annotated[int, Meta(ge=0)]
    log_in_again: bool
    detail: Annotated[str, Meta(max_length=200)]


def pin_changed(change: PinChange) -> PinChanged:
    own = "Your PIN is a new one, and your session is over: log in again with it."
    theirs = "The PIN is a new one; whoever was logged in with the old one logs in again."
    return PinChanged(
        staff_id=change.staff_id,
        sessions_ended=change.sessions_ended,
        log_in_again=change.log_in_again,
        detail=own if change.log_in_again else theirs,
    )


@get("/staff", guards=MANAGER, tags=["staff"])
async def people(staff: GivenStaff, conn: GivenConnection) -> list[StaffAccount]:
    """All staff of the venue."""
    return await staff_of(conn, staff.venue_id)


@post("/staff", guards=MANAGER, status_code=204, tags=["staff"])
async def add(data: JSONBody[NewPerson], staff: GivenStaff, conn: GivenConnection) -> None:
    """Add a person with a first PIN; under the id of one who has left, they are back."""
    await add_person(conn, staff, data.staff_id, data.name, data.role)
    await change_pin(conn, staff, data.staff_id, data.pin)


@put("/staff/{staff_id:str}/pin", guards=MANAGER, tags=["staff"])
async def pin(
    staff_id: FromPath[str], data: JSONBody[NewPin], staff: GivenStaff, conn: GivenConnection
) -> PinChanged:
    """Set a new PIN; the person's sessions end, one's own too."""
    return pin_changed(await change_pin(conn, staff, staff_id, data.pin))


@put("/staff/{staff_id:str}/name", guards=MANAGER, status_code=204, tags=["staff"])
async def name(
    staff_id: FromPath[str], data: JSONBody[PersonName], staff: GivenStaff, conn: GivenConnection
) -> None:
    """Change the name that colleagues see; the id stays."""
    await change_name(conn, staff, staff_id, data.name)


@put("/staff/{staff_id:str}/role", guards=MANAGER, status_code=204, tags=["staff"])
async def role(
    staff_id: FromPath[str], data: JSONBody[NewRole], staff: GivenStaff, conn: GivenConnection
) -> None:
    """Change a role, effective with the next request."""
    await change_role(conn, staff, staff_id, data.role)


@delete("/staff/{staff_id:str}", guards=MANAGER, tags=["staff"])
async def gone(staff_id: FromPath[str], staff: GivenStaff, conn: GivenConnection) -> None:
    """Remove a person."""
    await remove_person(conn, staff, staff_id)


HANDLERS = (people, add, pin, name, role, gone)
