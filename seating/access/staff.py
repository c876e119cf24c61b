"""Staff accounts: roles, PINs, and who may change whom."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct, convert

from policies.access.pins import SHORTEST
from policies.access.rights import at_least
from policies.house.house import Role
from policies.words.message import message
from seating.access.audit import keep_record
from seating.access.credentials import Pepper, hash_pin
from seating.access.pins import TURNS, check_not_easy
from seating.access.sessions import (
    OpenSession,
    StaffMember,
    end_session,
    end_sessions,
    open_sessions,
)
from seating.clock import wall_now
from seating.db import Connection, Pool, transaction
from seating.errors import Invalid, NotAllowed, NotFound

SELECT_STAFF = """
select staff_id, name, role, pin_hash is not null as has_pin, locked_until from staff
where venue_id = $1 and left_at is null order by name, staff_id
"""

SELECT_PERSON = """
select staff_id, name, role, pin_hash is not null as has_pin, locked_until from staff
where venue_id = $1 and staff_id = $2 and left_at is null for update
"""

INSERT_PERSON = """
insert into staff (venue_id, staff_id, name, role) values ($1, $2, $3, $4)
on conflict (venue_id, staff_id) do nothing
"""

TAKE_BACK = """
update staff set name = $3, role = $4, left_at = null
where venue_id = $1 and staff_id = $2 and left_at is not null
"""

SELECT_LEFT = """
select role from staff
where venue_id = $1 and staff_id = $2 and left_at is not null for update
"""

SET_PIN = """
update staff set pin_hash = $3, failures = 0, locked_until = null, pin_first = false
where venue_id = $1 and staff_id = $2 and left_at is null
"""

MARK_FIRST = (
    "update staff set pin_first = true, pin_set_at = $3 where venue_id = $1 and staff_id = $2"
)

FORGIVE_EVERYWHERE = """
update known_login set failures = 0, locked_until = null where venue_id = $1 and staff_id = $2
"""

SET_NAME = "update staff set name = $3 where venue_id = $1 and staff_id = $2"

SET_ROLE = "update staff set role = $3 where venue_id = $1 and staff_id = $2"

REMOVE_PERSON = (
    "update staff set left_at = $3, pin_hash = null where venue_id = $1 and staff_id = $2"
)

LOCK_OWNERS = """
select staff_id from staff
where venue_id = $1 and role = 'owner' and left_at is null order by staff_id for update
"""


class StaffAccount(Struct, frozen=True, kw_only=True):
    """A member of staff, without secrets."""

    staff_id: str
    name: str
    role: Role
    has_pin: bool
    locked_until: datetime | None


class NewPerson(Struct, frozen=True, kw_only=True):
    """Somebody to be added, with a first PIN (4-8 digits)."""

    staff_id: str
    name: str
    role: Role
    pin: str


class PinChange(Struct, frozen=True, kw_only=True):
    """A PIN that was set, and how many sessions of the person that ended."""

    staff_id: str
    sessions_ended: int


def may_change(by: Role, target: Role) -> bool:
    """Whether `by` may change `target`: a manager hosts and below, an owner everybody."""
    return by == "owner" or (by == "manager" and not at_least(target, "manager"))


def check_may_change(by: Role, target: Role) -> None:
    """Raise NotAllowed unless `may_change`."""
    if not may_change(by, target):
        raise NotAllowed(message("owners-only"))


async def staff_of(db: Pool | Connection, venue_id: str) -> list[StaffAccount]:
    """Return the staff who have not left."""
    return convert(await db.fetch(SELECT_STAFF, venue_id), list[StaffAccount], from_attributes=True)


async def lock_person(conn: Connection, venue_id: str, staff_id: str) -> StaffAccount:
    """Return a member of staff, the row locked. Raises NotFound."""
    row = await conn.fetchrow(SELECT_PERSON, venue_id, staff_id)
    if row is None:
        raise NotFound(message("no-such-person"))
    return convert(row, StaffAccount, from_attributes=True)


async def add_person(
    conn: Connection, by: StaffMember, staff_id: str, name: str, role: Role
) -> None:
    """Add a member of staff, or take back one who has left, who needs a new PIN.

    Raises NotAllowed, or Invalid for an id of somebody who is here.
    """
    check_may_change(by.role, role)
    if await conn.execute(INSERT_PERSON, by.venue_id, staff_id, name, role) == "INSERT 0 0":
        await _take_back(conn, by, staff_id, name, role)
    facts = {"staff_id": staff_id, "name": name, "role": role}
    await keep_record(conn, by.venue_id, "AddPerson", facts, by=by.staff_id)


async def _take_back(
    conn: Connection, by: StaffMember, staff_id: str, name: str, role: Role
) -> None:
    before = await conn.fetchval(SELECT_LEFT, by.venue_id, staff_id)
    if before is None:
        raise Invalid(message("person-id-taken"), pointer="/staff_id")
    check_may_change(by.role, before)
    await conn.execute(TAKE_BACK, by.venue_id, staff_id, name, role)


async def set_pin(
    conn: Connection,
    venue_id: str,
    staff_id: str,
    pin: str,
    pepper: Pepper | None,
    *,
    first: bool = True,
) -> int:
    """Set a new PIN (4-8 digits); returns how many sessions that ended. Raises NotFound.

    `first`: it opens nothing but the setting of one's own, and waits FIRST_PIN_LIFE for that.
    """
    return await _keep_pin(conn, venue_id, staff_id, await hash_pin(pin, pepper), first=first)


async def _keep_pin(
    conn: Connection, venue_id: str, staff_id: str, pin_hash: str, *, first: bool
) -> int:
    if await conn.execute(SET_PIN, venue_id, staff_id, pin_hash) == "UPDATE 0":
        raise NotFound(message("no-such-person"))
    if first:
        await must_change_pin(conn, venue_id, staff_id)
    await conn.execute(FORGIVE_EVERYWHERE, venue_id, staff_id)
    return len(await end_sessions(conn, venue_id, staff_id=staff_id, why="new_pin"))


async def must_change_pin(conn: Connection, venue_id: str, staff_id: str) -> None:
    """Let the PIN of a person open nothing but the setting of another."""
    await conn.execute(MARK_FIRST, venue_id, staff_id, wall_now())


async def hire(pool: Pool, by: StaffMember, person: NewPerson, pepper: Pepper | None) -> None:
    """Add a person with a first PIN. Raises as `add_person`, and Invalid for an easy PIN."""
    check_not_easy(person.pin, person.role)
    pin_hash = await _hashed(by, person.pin, pepper)
    async with transaction(pool) as conn:
        await add_person(conn, by, person.staff_id, person.name, person.role)
        await _first_pin(conn, by, person.staff_id, pin_hash)


async def change_pin(
    pool: Pool, by: StaffMember, staff_id: str, pin: str, pepper: Pepper | None
) -> PinChange:
    """Set the first PIN of somebody one may change. Raises NotFound, NotAllowed, Invalid.

    One's own is changed by the one before (seating/access/pins.py).
    """
    if staff_id == by.staff_id:
        raise Invalid(message("own-pin-by-the-old-one"), pointer="/pin")
    pin_hash = await _hashed(by, pin, pepper)
    async with transaction(pool) as conn:
        role = (await lock_person(conn, by.venue_id, staff_id)).role
        check_may_change(by.role, role)
        check_not_easy(pin, role)
        return await _first_pin(conn, by, staff_id, pin_hash)


async def _hashed(by: StaffMember, pin: str, pepper: Pepper | None) -> str:
    """Hash in the tablet's turn; without a connection, which others need in theirs."""
    async with TURNS.turn(by.device_id):
        return await hash_pin(pin, pepper)


async def _first_pin(conn: Connection, by: StaffMember, staff_id: str, pin_hash: str) -> PinChange:
    ended = await _keep_pin(conn, by.venue_id, staff_id, pin_hash, first=True)
    facts = {"staff_id": staff_id, "sessions_ended": ended}
    await keep_record(conn, by.venue_id, "ChangePin", facts, by=by.staff_id)
    return PinChange(staff_id=staff_id, sessions_ended=ended)


async def sessions_one_may_end(conn: Connection, by: StaffMember) -> list[OpenSession]:
    """Return the open sessions of those whom one may change, and one's own."""
    return [
        each
        for each in await open_sessions(conn, by, of=None)
        if each.staff_id == by.staff_id or may_change(by.role, each.role)
    ]


async def end_session_of(conn: Connection, by: StaffMember, session_id: UUID) -> None:
    """End a session that `sessions_one_may_end` lists. Raises NotFound."""
    if session_id not in {each.session_id for each in await sessions_one_may_end(conn, by)}:
        raise NotFound(message("no-such-session"))
    await end_session(conn, by, session_id, of=None)


async def change_name(conn: Connection, by: StaffMember, staff_id: str, name: str) -> None:
    """Change a name, one's own or of somebody one may change. Raises NotFound, NotAllowed."""
    before = await lock_person(conn, by.venue_id, staff_id)
    if staff_id != by.staff_id:
        check_may_change(by.role, before.role)
    await conn.execute(SET_NAME, by.venue_id, staff_id, name)
    facts = {"staff_id": staff_id, "name": name, "before": before.name}
    await keep_record(conn, by.venue_id, "ChangeName", facts, by=by.staff_id)


async def change_role(conn: Connection, by: StaffMember, staff_id: str, role: Role) -> None:
    """Change a role. Raises NotFound, NotAllowed, or Invalid if no owner would remain.

    A host who becomes more than that needs a longer PIN, and sets it before anything else.
    """
    check_may_change(by.role, role)
    before = await _check_may_lose(conn, by, staff_id, role)
    await conn.execute(SET_ROLE, by.venue_id, staff_id, role)
    if SHORTEST[role] > SHORTEST[before]:
        await must_change_pin(conn, by.venue_id, staff_id)
    facts = {"staff_id": staff_id, "role": role, "before": before}
    await keep_record(conn, by.venue_id, "ChangeRole", facts, by=by.staff_id)


async def remove_person(conn: Connection, by: StaffMember, staff_id: str) -> None:
    """Mark a person as having left; ends their sessions. Raises as `change_role`."""
    await _check_may_lose(conn, by, staff_id, None)
    await close_account(conn, by.venue_id, staff_id)
    await keep_record(conn, by.venue_id, "RemovePerson", {"staff_id": staff_id}, by=by.staff_id)


async def close_account(conn: Connection, venue_id: str, staff_id: str) -> None:
    """Mark a person as having left, without a PIN; ends their sessions."""
    await conn.execute(REMOVE_PERSON, venue_id, staff_id, wall_now())
    await end_sessions(conn, venue_id, staff_id=staff_id, why="account_closed")


async def owners_of(conn: Connection, venue_id: str) -> list[str]:
    """Return the ids of the owners who have not left, the rows locked."""
    return [row["staff_id"] for row in await conn.fetch(LOCK_OWNERS, venue_id)]


async def _check_may_lose(
    conn: Connection, by: StaffMember, staff_id: str, role: Role | None
) -> Role:
    """Return the role so far; raises if this person may not lose it."""
    owners = await owners_of(conn, by.venue_id)
    before = (await lock_person(conn, by.venue_id, staff_id)).role
    check_may_change(by.role, before)
    if owners == [staff_id] and role != "owner":
        raise Invalid(message("house-needs-owner"))
    return before
