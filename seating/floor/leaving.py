"""Taking a party off the waitlist for an API client, or by the guest's own link; coming back."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from policies.book.lifecycles import GUEST_SLIP_SECONDS, TooLate
from policies.floor.orders import Leave, Undo
from policies.words.message import message
from seating.book.actions import ActionAuthor
from seating.book.reservations import Booker
from seating.clock import Clock
from seating.db import Connection, LostRaceError
from seating.errors import CannotUndo, NotPossibleNow, Stale
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

OWN_LEAVE = """
select action_id, at from action
where venue_id = $1 and period_id = $2 and subject_id = $3 and at > $4 and kind = 'Leave'
  and staff_id is null and undone_by is null
order by at desc limit 1
"""

WAITS_TWICE = """
select exists (
    select from wait_entry w join wait_entry other using (venue_id, period_id, guest_id)
    where w.venue_id = $1 and w.wait_id = $2 and other.wait_id <> w.wait_id
      and other.state in ('waiting', 'notified'))
"""

GUEST = ActionAuthor(staff_id="", actor="guest")
GUEST_SLIP = timedelta(seconds=GUEST_SLIP_SECONDS)


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


async def back_until(
    conn: Connection, venue_id: str, entry: StoredEntry, clock: Clock
) -> datetime | None:
    """Return until when a party may take back that it left; None if it may not, or was sent off."""
    left = await _own_leave(conn, venue_id, entry, await clock.now(conn))
    return None if left is None else left[1] + GUEST_SLIP


async def come_back_by_link(conn: Connection, token: str, clock: Clock) -> WaitlistPlace:
    """Take back that the party whose page the token opens left: it has its old place again.

    One that is on the list is returned as it is. Raises NotFound; NotPossibleNow when it did not
    leave by itself, left too long ago, or waits under another entry by now.
    """
    venue_id, entry = await entry_by_token(conn, token, clock)
    if entry.state in ON_THE_LIST:
        return entry
    now = await clock.now(conn)
    left = await _own_leave(conn, venue_id, entry, now)
    if left is None:
        raise NotPossibleNow(message("may-not-come-back"), now=entry)
    try:
        undo = Undo(id=uuid4(), action_id=left[0])
        await execute_command(conn, venue_id, undo, GUEST, clock)
    except (CannotUndo, TooLate) as too_late:
        raise NotPossibleNow(message("place-gone"), now=entry) from too_late
    if await conn.fetchval(WAITS_TWICE, venue_id, entry.wait_id):
        raise NotPossibleNow(message("waits-under-another"), now=entry)
    return await with_place(conn, venue_id, await read_entry(conn, venue_id, entry.wait_id), now)


async def _own_leave(
    conn: Connection, venue_id: str, entry: StoredEntry, now: datetime
) -> tuple[UUID, datetime] | None:
    """Return id and time of the latest leaving that can be taken back."""
    if entry.state != "left":
        return None
    row = await conn.fetchrow(OWN_LEAVE, venue_id, entry.period_id, entry.wait_id, now - GUEST_SLIP)
    return None if row is None else (row["action_id"], row["at"])


async def _leave(
    conn: Connection, venue_id: str, entry: StoredEntry, clock: Clock
) -> WaitlistPlace:
    if entry.state == "seated":
        raise NotPossibleNow(message("party-seated"), now=entry)
    if entry.state in ON_THE_LIST:
        command = Leave(id=uuid4(), wait_id=entry.wait_id, version=entry.version)
        try:
            await execute_command(conn, venue_id, command, GUEST, clock)
        except Stale as changed:
            raise LostRaceError("the entry changed before its period was locked") from changed
    now = await clock.now(conn)
    return await with_place(conn, venue_id, await read_entry(conn, venue_id, entry.wait_id), now)
