"""The owner's way in for whoever has the machine: a new PIN and a pairing code, always.

Nobody who can run commands beside the database is kept out of it; this spares them the SQL, and
leaves a record.
"""

from typing import Literal

from asyncpg import Record
from msgspec import Struct

from policies.words.message import message
from seating.access.audit import keep_record
from seating.access.credentials import Pepper, new_pin
from seating.access.devices import PairingCode, make_pairing_code
from seating.access.staff import INSERT_PERSON, set_pin
from seating.db import Connection, Pool
from seating.errors import Invalid

# The name and id of an account made where nobody is left.
OWNER = "owner"

VENUES_HERE = "select venue_id from venue order by venue_id"

LOCK_PEOPLE = """
select staff_id, role, left_at from staff where venue_id = $1 order by staff_id for update
"""

MAKE_OWNER = """
update staff set role = 'owner', left_at = null where venue_id = $1 and staff_id = $2
"""

How = Literal["known", "back", "raised", "new"]
"""Of an owner: there already; had left; was manager or host; an account that was not there."""


class FreshLogin(Struct, frozen=True, kw_only=True):
    """An owner's new PIN and a code for one tablet; never logged."""

    venue_id: str
    staff_id: str
    how: How
    pin: str
    code: PairingCode


async def venues_here(db: Pool | Connection) -> list[str]:
    """Return the ids of the venues in this database."""
    return [row["venue_id"] for row in await db.fetch(VENUES_HERE)]


async def let_owner_in(
    conn: Connection,
    venue_id: str,
    staff_id: str | None = None,
    *,
    reason: str,
    pepper: Pepper | None,
) -> FreshLogin:
    """Give an owner a new PIN and a pairing code, and record it.

    `staff_id`: which owner, where there are several. Where none is left, the one who left last
    comes back, or this person (or a new account) becomes the owner. Raises Invalid.
    """
    people = await conn.fetch(LOCK_PEOPLE, venue_id)
    who, how = _chosen(people, staff_id)
    if how == "new":
        await conn.execute(INSERT_PERSON, venue_id, who, who.capitalize(), "owner")
    elif how != "known":
        await conn.execute(MAKE_OWNER, venue_id, who)
    pin = new_pin()
    ended = await set_pin(conn, venue_id, who, pin, pepper)
    code = await make_pairing_code(conn, venue_id, None)
    facts = {"staff_id": who, "how": how, "sessions_ended": ended}
    await keep_record(conn, venue_id, "LetOwnerIn", facts, by=None, reason=reason)
    return FreshLogin(venue_id=venue_id, staff_id=who, how=how, pin=pin, code=code)


def _chosen(people: list[Record], staff_id: str | None) -> tuple[str, How]:
    owners = [row["staff_id"] for row in people if row["role"] == "owner" and not row["left_at"]]
    if not owners:
        return _heir(people, staff_id)
    named = ", ".join(owners)
    if staff_id is None and len(owners) > 1:
        raise Invalid(message("name-the-owner", owners=named))
    if staff_id is not None and staff_id not in owners:
        raise Invalid(message("no-owner-here", person=staff_id, owners=named))
    return staff_id or owners[0], "known"


def _heir(people: list[Record], staff_id: str | None) -> tuple[str, How]:
    """Who becomes the owner of a house without one."""
    known = {row["staff_id"]: row for row in people}
    left = [row for row in people if row["role"] == "owner"]
    if staff_id is None and left:
        staff_id = max(left, key=lambda row: row["left_at"])["staff_id"]
    if staff_id is None:
        free = (OWNER, *(f"{OWNER}-{number}" for number in range(2, len(people) + 2)))
        return next(each for each in free if each not in known), "new"
    if staff_id not in known:
        return staff_id, "new"
    return staff_id, "back" if known[staff_id]["left_at"] else "raised"
