"""The thread of a visit: what its guest and the house write to each other, a line at a time."""

from datetime import datetime, timedelta
from typing import Annotated, Final
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from policies.words.letters import LINES
from policies.words.message import message
from seating.book.announcing import EventOf, announced
from seating.clock import Clock
from seating.db import Connection
from seating.errors import Invalid, NotFound, NotPossibleNow

LONGEST: Final = 280
"""Characters of one message."""

AT_ONCE: Final = 5
AT_ONCE_WITHIN: Final = timedelta(minutes=10)
IN_ALL: Final = 30
"""So many may a guest write within ten minutes, and of one visit: beyond it a call is quicker."""

MessageText = Annotated[str, Meta(min_length=1, max_length=LONGEST, pattern=LINES)]

THREAD = """
select m.message_id, m.by_guest, s.name as by, m.text, m.written_at, m.read_at
from thread_message m left join staff s on s.venue_id = $1 and s.staff_id = m.staff_id
where m.venue_id = $1 and m.reservation_id = $2
order by m.number
"""

PERIOD_OF_VISIT = "select period_id from reservation where venue_id = $1 and reservation_id = $2"

# One writer of a thread after the other: the limits count what is there.
LOCK_VISIT = """
select period_id from reservation where venue_id = $1 and reservation_id = $2 for no key update
"""

WRITTEN_BY_GUEST = """
select count(*) as in_all, count(*) filter (where written_at > $3) as lately
from thread_message where venue_id = $1 and reservation_id = $2 and by_guest
"""

WRITE = """
insert into thread_message (venue_id, message_id, reservation_id, by_guest, staff_id, text,
                            written_at)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict do nothing returning true
"""

READ = """
update thread_message set read_at = $3
where venue_id = $1 and reservation_id = $2 and by_guest and read_at is null
returning true
"""

THREAD_EVENT = EventOf("thread.", "$2::text", ("written", "read"))
TELL = f"select {announced(THREAD_EVENT, subject='$3::text', version='1', period='$4::text')}"


class ThreadMessage(Struct, frozen=True, kw_only=True):
    """A message; `by`: the name of who wrote it for the house. `read_at`: by somebody of it."""

    message_id: UUID
    by_guest: bool
    by: str | None
    text: str
    written_at: datetime
    read_at: datetime | None


async def thread_of(
    conn: Connection, venue_id: str, reservation_id: UUID
) -> tuple[ThreadMessage, ...]:
    """Return the thread of a visit, the oldest message first."""
    rows = await conn.fetch(THREAD, venue_id, reservation_id)
    return tuple(msgspec.convert(dict(row), ThreadMessage) for row in rows)


async def write_as_guest(
    conn: Connection, venue_id: str, reservation_id: UUID, message_id: UUID, text: str, clock: Clock
) -> None:
    """Write to the house; the same id again changes nothing.

    Raises Invalid for empty or too long words, NotPossibleNow beyond what a guest may write.
    """
    said, now = _line(text), await clock.now(conn)
    period_id = await conn.fetchval(LOCK_VISIT, venue_id, reservation_id)
    counted = await conn.fetchrow(WRITTEN_BY_GUEST, venue_id, reservation_id, now - AT_ONCE_WITHIN)
    if counted and (counted["in_all"] >= IN_ALL or counted["lately"] >= AT_ONCE):
        raise NotPossibleNow(message("thread-is-full"))
    row = (venue_id, message_id, reservation_id, True, None, said, now)
    if await conn.fetchval(WRITE, *row):
        await conn.execute(TELL, venue_id, "written", str(reservation_id), period_id)


async def write_as_house(
    conn: Connection,
    venue_id: str,
    reservation_id: UUID,
    message_id: UUID,
    text: str,
    staff_id: str,
    clock: Clock,
) -> tuple[ThreadMessage, ...]:
    """Answer a guest, which takes what it wrote as read; returns the thread.

    The same id again changes nothing. Raises NotFound, Invalid.
    """
    said, now = _line(text), await clock.now(conn)
    period_id = await conn.fetchval(LOCK_VISIT, venue_id, reservation_id)
    if period_id is None:
        raise NotFound(message("no-such-reservation"))
    row = (venue_id, message_id, reservation_id, False, staff_id, said, now)
    written = await conn.fetchval(WRITE, *row)
    await conn.execute(READ, venue_id, reservation_id, now)
    if written:
        await conn.execute(TELL, venue_id, "written", str(reservation_id), period_id)
    return await thread_of(conn, venue_id, reservation_id)


async def mark_read(conn: Connection, venue_id: str, reservation_id: UUID, clock: Clock) -> None:
    """Note that somebody of the house has read what the guest wrote."""
    period_id = await conn.fetchval(PERIOD_OF_VISIT, venue_id, reservation_id)
    if period_id is None:
        raise NotFound(message("no-such-reservation"))
    if await conn.fetch(READ, venue_id, reservation_id, await clock.now(conn)):
        await conn.execute(TELL, venue_id, "read", str(reservation_id), period_id)


def _line(text: str) -> str:
    said = " ".join(text.split())
    if not 1 <= len(said) <= LONGEST:
        raise Invalid(message("thread-line-length", most=LONGEST), pointer="/text")
    return said
