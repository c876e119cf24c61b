"""What staff see of the messages to guests: of one reservation, and how the house stands."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct

from policies.correspondence.notices import NoticeKind
from policies.correspondence.sending import NoticeChannel
from seating.correspondence.rows import NoticeStatus
from seating.db import Connection

WEEK: Final = timedelta(days=7)

OF_RESERVATION = """
select notice_id, kind, status, why, channel, language, segments, made_at, due_at, sent_at
from guest_notice where venue_id = $1 and subject_id = $2 order by seq
"""

COUNTS_SINCE = """
select status, coalesce(why, '') as why, coalesce(channel, '') as channel, count(*)::int as notices,
       coalesce(sum(segments), 0)::int as segments
from guest_notice where venue_id = $1 and made_at > $2
group by status, coalesce(why, ''), coalesce(channel, '')
order by status, why, channel
"""


class NoticeSeen(Struct, frozen=True, kw_only=True):
    """A message to a guest as staff see it.

    `status` skipped: never sent, `why`: superseded, over, no_address, not_wanted, not_configured,
    told_by_site; of one that failed, or is tried again, a code of the mail server or provider.
    `sent`: taken by one of them; `delivered`: arrived, of text messages only. `due_at`: not sent
    before, `made_at`, `sent_at`: business time.
    """

    notice_id: UUID
    kind: NoticeKind
    status: NoticeStatus
    why: str | None
    channel: NoticeChannel | None
    language: str | None
    segments: int | None
    made_at: datetime
    due_at: datetime
    sent_at: datetime | None


class NoticeCount(Struct, frozen=True, kw_only=True):
    """How many messages came to this, and the segments of the text messages among them."""

    status: NoticeStatus
    why: str
    channel: str
    notices: int
    segments: int


async def notices_of_reservation(
    conn: Connection, venue_id: str, reservation_id: UUID
) -> tuple[NoticeSeen, ...]:
    """Return the messages to the guest of a reservation, the first one first."""
    rows = await conn.fetch(OF_RESERVATION, venue_id, reservation_id)
    return tuple(msgspec.convert(row, NoticeSeen, from_attributes=True) for row in rows)


async def week_of_notices(
    conn: Connection, venue_id: str, *, now: datetime
) -> tuple[NoticeCount, ...]:
    """Return what became of the messages of the last seven days."""
    rows = await conn.fetch(COUNTS_SINCE, venue_id, now - WEEK)
    return tuple(msgspec.convert(row, NoticeCount, from_attributes=True) for row in rows)
