"""Guests' links: random tokens, each for one page; stored as hashes, never logged.

They live in wall time, like all of access: a demo's clock neither ends nor revives one.
"""

import re
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from msgspec import Struct

from policies.words.message import message
from seating.access.credentials import hash_of, new_token, venue_of
from seating.clock import wall_now
from seating.db import Connection
from seating.errors import NotFound

LinkKind = Literal["waitlist", "reservation", "silence"]

LINK_TOKEN: Final = re.compile(rb'/[rw]/([^"/\\\s]{40,300})"')
"""The token at the end of a guest's link that stands as a string in JSON."""

MAKE_LINK = """
insert into guest_link (venue_id, token_hash, kind, subject_id, expires_at)
values ($1, $2, $3, $4, $5)
"""

FOLLOW_LINK = """
select venue_id, subject_id, expires_at from guest_link
where venue_id = $1 and token_hash = $2 and kind = $3 and expires_at > $4
"""


class Link(Struct, frozen=True, kw_only=True):
    """The subject of a link (a reservation or waitlist entry) and its expiry."""

    venue_id: str
    subject_id: UUID
    expires_at: datetime


async def make_link(
    conn: Connection, venue_id: str, kind: LinkKind, subject_id: UUID, *, life: timedelta
) -> tuple[str, datetime]:
    """Return a new token for the subject's page, and when it expires; earlier ones stay valid."""
    token, expires_at = new_token(venue_id), wall_now() + life
    await conn.execute(MAKE_LINK, venue_id, hash_of(token), kind, subject_id, expires_at)
    return token, expires_at


async def follow_link(conn: Connection, token: str, kind: LinkKind) -> Link:
    """Return the link of a token. Raises NotFound: unknown, of another kind, or expired."""
    row = await conn.fetchrow(FOLLOW_LINK, venue_of(token), hash_of(token), kind, wall_now())
    if row is None:
        raise NotFound(message("link-over"))
    return Link(**dict(row))
