"""Taking a party off the waitlist for an API client, or by the guest's own link."""

from uuid import UUID, uuid4

from policies.floor.orders import Leave
from seating.book.actions import ActionAuthor
from seating.book.reservations import Booker
from seating.clock import Clock
from seating.db import Connection, LostRaceError
from seating.errors import NotPossibleNow, Stale
from seating.floor.orders import execute_command
from seating.waitlist.entries import (
    ON_THE_LIST,
    StoredEntry,
    WaitlistPlace,
    entry_by_token,
    read_entry,
    read_own_entry,
    with_place,
)


async def leave_waitlist(
    conn: Connection, venue_id: str, wait_id: UUID, booker: Booker, clock: Clock
) -> WaitlistPlace:
    """Take a party off the list at its own wish; one that has left already is returned as it is.

    Raises NotFound, NotPossibleNow once it was seated, and LostRaceError.
    """
    entry = await read_own_entry(conn, venue_id, wait_id, booker, clock)
    return await _leave(conn, venue_id, entry, clock)


async def leave_waitlist_by_link(conn: Connection, token: str, clock: Clock) -> WaitlistPlace:
    """Take off the list the party whose page the token opens. Raises as `leave_waitlist`."""
    venue_id, entry = await entry_by_token(conn, token, clock)
    return await _leave(conn, venue_id, entry, clock)


async def _leave(
    conn: Connection, venue_id: str, entry: StoredEntry, clock: Clock
) -> WaitlistPlace:
    if entry.state == "seated":
        raise NotPossibleNow("the party has been seated", now=entry)
    if entry.state in ON_THE_LIST:
        command = Leave(id=uuid4(), wait_id=entry.wait_id, version=entry.version)
        try:
            await execute_command(
                conn, venue_id, command, ActionAuthor(staff_id="", actor="guest"), clock
            )
        except Stale as changed:
            raise LostRaceError("the entry changed before its period was locked") from changed
    now = await clock.now(conn)
    return await with_place(conn, venue_id, await read_entry(conn, venue_id, entry.wait_id), now)
