"""A booking site's own reference: one live booking of a start has it, however often it is sent."""

from datetime import datetime
from uuid import UUID

from policies.words.message import message
from seating.db import Connection
from seating.errors import ReferenceTaken

LIVE_OF_REFERENCE = """
select reservation_id from reservation
where venue_id = $1 and client_id = $2 and partner_reference = $3 and starts = $4
  and state in ('requested', 'booked', 'arrived', 'seated')
  and reservation_id is distinct from $5::uuid
limit 1
"""


async def check_reference(
    conn: Connection,
    venue_id: str,
    client_id: str | None,
    reference: str | None,
    starts: datetime,
    *,
    besides: UUID | None = None,
) -> None:
    """Raise ReferenceTaken where another live booking of the site has the reference and start.

    The caller holds the lock of the start's period, so of two at once the second sees the first.
    `besides`: the reservation that is being changed.
    """
    if reference is None or client_id is None:
        return
    other = await conn.fetchval(LIVE_OF_REFERENCE, venue_id, client_id, reference, starts, besides)
    if other is not None:
        raise ReferenceTaken(
            message("reference-taken", reservation=str(other)),
            pointer="/partner_reference",
        )
