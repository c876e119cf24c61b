"""People of whom the house knows no more than a number: they waited or were turned away.

Export and erasure go by a guest's record. Such a person has none, so one is made of what they left,
within the transaction: an erasure leaves its pseudonym, an export nothing.
"""

from typing import Final
from uuid import UUID, uuid4

import msgspec

from policies.words.message import message
from seating.book.guests import forget_guest
from seating.clock import Clock
from seating.db import Connection
from seating.errors import NotFound
from seating.privacy.erasing import ErasedGuest, EraseGuest, erase_guest
from seating.privacy.exporting import GuestExport, export_guest

RECORD_OF_NUMBER: Final = """
select coalesce(merged_into, guest_id) from guest where venue_id = $1 and phone = $2
"""

RECORD_OF_TRACES: Final = """
insert into guest (venue_id, guest_id, name, phone, created_at)
select $1, $3, coalesce(nullif(name, ''), '-'), $2, at from (
    select name, joined_at as at from wait_entry where venue_id = $1 and phone = $2
    union all select name, at from turnaway where venue_id = $1 and phone = $2
    union all select name, listed_at from rescue where venue_id = $1 and phone = $2) as traces
order by at desc limit 1
"""

EARLIER_ERASURE: Final = """
select answer::text from action where venue_id = $1 and action_id = $2 and kind = 'EraseGuest'
"""


async def export_number(
    conn: Connection, venue_id: str, phone: str, *, by: str, clock: Clock
) -> GuestExport:
    """Return everything held about whoever left this number (E.164). Raises NotFound."""
    known: UUID | None = await conn.fetchval(RECORD_OF_NUMBER, venue_id, phone)
    guest_id = known or await _made_of_traces(conn, venue_id, phone)
    told = await export_guest(conn, venue_id, guest_id, by=by, clock=clock)
    if known is None:
        await forget_guest(conn, venue_id, guest_id)
    return told


async def erase_number(
    conn: Connection, venue_id: str, phone: str, command: EraseGuest, *, by: str, clock: Clock
) -> ErasedGuest:
    """Erase whoever left this number (E.164), once per id. Raises as `erase_guest`."""
    earlier = await conn.fetchval(EARLIER_ERASURE, venue_id, command.id)
    if earlier is not None:
        return msgspec.json.decode(earlier, type=ErasedGuest)
    known: UUID | None = await conn.fetchval(RECORD_OF_NUMBER, venue_id, phone)
    guest_id = known or await _made_of_traces(conn, venue_id, phone)
    return await erase_guest(conn, venue_id, guest_id, command, by=by, clock=clock)


async def _made_of_traces(conn: Connection, venue_id: str, phone: str) -> UUID:
    made = uuid4()
    if await conn.execute(RECORD_OF_TRACES, venue_id, phone, made) == "INSERT 0 0":
        raise NotFound(message("no-such-guest"))
    return made
