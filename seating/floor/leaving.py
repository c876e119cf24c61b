"""A party leaves the waitlist, by a host's tap or by its own link."""

from uuid import UUID, uuid4

from policies.floor.orders import Leave
from seating.book.actions import Who
from seating.book.reservations import Booker
from seating.clock import Clock
from seating.db import Connection, LostRaceError
from seating.errors import NotPossibleNow, Stale
from seating.floor.orders import obey
from seating.waitlist.entries import (
    ON_THE_LIST,
    Kept,
    OnList,
    kept_entry,
    page_of,
    placed,
    read_waiting,
)


async def leave(
    conn: Connection, venue_id: str, wait_id: UUID, booker: Booker, clock: Clock
) -> OnList:
    """Take a party off the list by its own wish; one that has left already is returned as it is.

    Raises NotFound, and NotPossibleNow once it was seated.
    """
    kept = await read_waiting(conn, venue_id, wait_id, booker, clock)
    return await _leave(conn, venue_id, kept, clock)


async def leave_by_link(conn: Connection, token: str, clock: Clock) -> OnList:
    """Take the party off the list whose page this is. Raises as `leave`."""
    venue_id, kept = await page_of(conn, token, clock)
    return await _leave(conn, venue_id, kept, clock)


async def _leave(conn: Connection, venue_id: str, kept: Kept, clock: Clock) -> OnList:
    if kept.state == "seated":
        raise NotPossibleNow("the party has been seated", now=kept)
    if kept.state in ON_THE_LIST:
        order = Leave(id=uuid4(), wait_id=kept.wait_id, version=kept.version)
        try:
            await obey(conn, venue_id, order, Who(staff_id="", actor="guest"), clock)
        except Stale as changed:
            raise LostRaceError("the entry changed before its period was locked") from changed
    now = await clock.now(conn)
    return await placed(conn, venue_id, await kept_entry(conn, venue_id, kept.wait_id), now)
