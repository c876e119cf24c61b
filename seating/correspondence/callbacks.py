"""What a provider tells of a text message that was sent: signed, and once.

A message that is on its way becomes delivered or failed, and stays what it became first: a
callback sent again, or an old one kept by somebody, changes nothing.
"""

from collections.abc import Mapping
from uuid import UUID

from seating.correspondence.texting import TextCallback, TextGateway
from seating.db import Connection

TELL_END = """
update guest_notice set status = $4, why = $5, provider_ref = coalesce(provider_ref, $3)
where venue_id = $1 and notice_id = $2 and channel = 'text' and status in ('sending', 'sent')
  and (provider_ref is null or provider_ref = $3)
"""


async def hear_callback(
    conn: Connection,
    venue_id: str,
    notice_id: UUID,
    gateway: TextGateway,
    *,
    url: str,
    headers: Mapping[str, str],
    body: bytes,
) -> TextCallback:
    """Apply a callback that came to `url`, our public address. Raises BadCallback."""
    told = gateway.read(url, headers, body)
    if told.end is not None:
        ref = told.provider_ref
        await conn.execute(TELL_END, venue_id, notice_id, ref, told.end, told.why)
    return told
