"""The staff that a house file names: who is new, whose role is another, who is no longer in it."""

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from policies.house.file import HouseError
from policies.house.house import Person
from seating.access.audit import keep_record
from seating.access.staff import close_account, owners_of
from seating.db import Connection

REASON = "the house file says so"

STAFF_LOADED = """
select h.house -> 'staff' from venue v
join house h on h.venue_id = v.venue_id and h.version = v.house_version
where v.venue_id = $1
"""

LOCK_STAFF = """
select staff_id, name, role, left_at is not null as has_left from staff
where venue_id = $1 order by staff_id for update
"""

PUT_PERSON = """
insert into staff (venue_id, staff_id, name, role) values ($1, $2, $3, $4)
on conflict (venue_id, staff_id) do update set
    name = excluded.name, role = excluded.role, left_at = null
"""


RENAME_PERSON = "update staff set name = $3 where venue_id = $1 and staff_id = $2"


class KnownPerson(Struct, frozen=True, kw_only=True):
    """Somebody who has or had an account here."""

    staff_id: str
    name: str
    role: str
    has_left: bool


async def staff_loaded(conn: Connection, venue_id: str) -> tuple[Person, ...]:
    """Return the staff of the house in force, as its file named them."""
    text = await conn.fetchval(STAFF_LOADED, venue_id)
    return msgspec.json.decode(text or "[]", type=tuple[Person, ...])


async def put_staff(
    conn: Connection, venue_id: str, before: Sequence[Person], after: Sequence[Person]
) -> None:
    """Carry out what changed between two files: people, names, roles, departures; all recorded.

    What the file did not change stays as /manage/staff left it, and so do people who were never in
    a file. Raises HouseError if the house had an owner and would have none.
    """
    had_owner = bool(await owners_of(conn, venue_id))
    rows = await conn.fetch(LOCK_STAFF, venue_id)
    known = {row["staff_id"]: msgspec.convert(dict(row), KnownPerson) for row in rows}
    earlier = {person.id: person for person in before}
    for person in after:
        was = earlier.pop(person.id, None)
        if person != was:
            await _put_person(conn, venue_id, person, was, known.get(person.id))
    for staff_id in sorted(earlier):
        if staff_id in known and not known[staff_id].has_left:
            await close_account(conn, venue_id, staff_id)
            await _record(conn, venue_id, "RemovePerson", {"staff_id": staff_id})
    if had_owner and not await owners_of(conn, venue_id):
        raise HouseError((_no_owner(known),))


async def _put_person(
    conn: Connection,
    venue_id: str,
    person: Person,
    was: Person | None,
    known: KnownPerson | None,
) -> None:
    if was is not None and was.role == person.role:
        await conn.execute(RENAME_PERSON, venue_id, person.id, person.name)
        return
    await conn.execute(PUT_PERSON, venue_id, person.id, person.name, person.role)
    if known is None or known.has_left:
        facts = {"staff_id": person.id, "name": person.name, "role": person.role}
        await _record(conn, venue_id, "AddPerson", facts)
    elif known.role != person.role:
        facts = {"staff_id": person.id, "role": person.role, "before": known.role}
        await _record(conn, venue_id, "ChangeRole", facts)


async def _record(conn: Connection, venue_id: str, kind: str, facts: dict[str, str]) -> None:
    await keep_record(conn, venue_id, kind, facts, by=None, reason=REASON)


def _no_owner(known: dict[str, KnownPerson]) -> str:
    owners = ", ".join(
        each.staff_id for each in known.values() if each.role == "owner" and not each.has_left
    )
    return (
        f"staff: the house would have no owner left; keep {owners} as one, or give somebody else"
        ' the role "owner"'
    )
