"""The staff that a house file names: who is new, whose role is another, who is no longer in it."""

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from policies.access.pins import SHORTEST
from policies.house.file import HouseError
from policies.house.house import Person, Role
from policies.words.message import message
from seating.access.audit import Kind, keep_record
from seating.access.staff import close_account, must_change_pin, owners_of
from seating.db import Connection

REASON = "the house file says so"

LOCK_STAFF = """
select staff_id, role, file_role, left_at is not null as has_left from staff
where venue_id = $1 order by staff_id for update
"""

PUT_PERSON = """
insert into staff (venue_id, staff_id, name, file_name, role, file_role)
values ($1, $2, $3, $3, $4, $4)
on conflict (venue_id, staff_id) do update set
    name = case when staff.file_name = $3 then staff.name else $3 end, file_name = $3,
    role = excluded.role, file_role = excluded.file_role, left_at = null
"""

RENAME_PERSON = """
update staff set name = $3, file_name = $3
where venue_id = $1 and staff_id = $2 and file_name is distinct from $3
"""

LEAVE_FILE = """
update staff set file_role = null, file_name = null where venue_id = $1 and staff_id = $2
"""


class KnownPerson(Struct, frozen=True, kw_only=True):
    """Somebody who has or had an account. `file_role`: what the file said when last loaded."""

    staff_id: str
    role: Role
    file_role: Role | None
    has_left: bool


async def put_staff(conn: Connection, venue_id: str, named: Sequence[Person]) -> None:
    """Carry out what a house file says anew of the staff: people, names, roles, departures.

    What it said before stays as /manage/staff left it since, and so does who was never in a file.
    All is recorded, but for the people a house opens with. Raises HouseError if the house had an
    owner and would have none.
    """
    before = await owners_of(conn, venue_id)
    rows = await conn.fetch(LOCK_STAFF, venue_id)
    known = {row["staff_id"]: msgspec.convert(dict(row), KnownPerson) for row in rows}
    if not known:
        first = [(venue_id, person.id, person.name, person.role) for person in named]
        await conn.executemany(PUT_PERSON, first)
        return
    for person in named:
        await _put_person(conn, venue_id, person, known.pop(person.id, None))
    for person_left in known.values():
        await _leave(conn, venue_id, person_left)
    if before and not await owners_of(conn, venue_id):
        raise HouseError((message("no-owner-left", owners=tuple(before)),))


async def _put_person(
    conn: Connection, venue_id: str, person: Person, known: KnownPerson | None
) -> None:
    if known is not None and known.file_role == person.role:
        await conn.execute(RENAME_PERSON, venue_id, person.id, person.name)
        return
    await conn.execute(PUT_PERSON, venue_id, person.id, person.name, person.role)
    if known is None or known.has_left:
        facts = {"staff_id": person.id, "name": person.name, "role": person.role}
        await _record(conn, venue_id, "AddPerson", facts)
    elif known.role != person.role:
        if SHORTEST[person.role] > SHORTEST[known.role]:
            await must_change_pin(conn, venue_id, person.id)
        facts = {"staff_id": person.id, "role": person.role, "before": known.role}
        await _record(conn, venue_id, "ChangeRole", facts)


async def _leave(conn: Connection, venue_id: str, known: KnownPerson) -> None:
    if known.file_role is None:
        return
    await conn.execute(LEAVE_FILE, venue_id, known.staff_id)
    if not known.has_left:
        await close_account(conn, venue_id, known.staff_id)
        await _record(conn, venue_id, "RemovePerson", {"staff_id": known.staff_id})


async def _record(conn: Connection, venue_id: str, kind: Kind, facts: dict[str, str]) -> None:
    await keep_record(conn, venue_id, kind, facts, by=None, reason=REASON)
