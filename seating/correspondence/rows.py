"""The rows of notices: leased, prepared, marked.

A lease ends by itself, so a killed process loses nothing. Where one ended between sending and
marking, nobody knows whether the notice went out: it is sent again RESENDS times at most, under
the same Message-ID (or id, at a provider that knows ids), and then given up as `unknown`.
"""

from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

import msgspec
from msgspec import Struct

from policies.correspondence.notices import NoticeKind, NoticeSubject
from policies.correspondence.sending import NoticeChannel
from seating.db import Connection, Pool, run

LEASE: Final = timedelta(seconds=90)
"""Longer than an attempt may take (mailing.SECONDS, texting.SECONDS), what is read before too."""
RESENDS: Final = 1
"""How often a notice is sent again that may have gone out."""
LONGEST_WAIT: Final = timedelta(hours=12)
"""Longer than any wait: what is due later was written before the clock was set back, and is due."""

NoticeStatus = Literal["waiting", "sending", "sent", "delivered", "failed", "skipped"]

VENUES_WITH_NOTICES = """
select distinct venue_id from guest_notice
where status in ('waiting', 'sending') and due_at <= $1 and (next_at <= $2 or next_at > $3)
order by venue_id
"""

# One at a time, whoever is called to a table first, then the oldest; none of a party of whom one is
# on its way (guest_notice_one_at_a_time decides between two who look at the same moment).
LEASE_NOTICE = """
with due as (
    select notice_id, status from guest_notice n
    where venue_id = $1 and status in ('waiting', 'sending') and due_at <= $2
      and (next_at <= $3 or next_at > $5)
      and not exists (
          select from guest_notice b
          where b.venue_id = $1 and b.subject_id = n.subject_id and b.status = 'sending'
            and b.notice_id <> n.notice_id)
    order by kind <> 'waitlist_ready', seq limit 1
    for update skip locked)
update guest_notice n
set status = 'sending', next_at = $4, attempts = n.attempts + 1,
    lost = n.lost + (due.status = 'sending')::int
from due where n.venue_id = $1 and n.notice_id = due.notice_id
returning n.notice_id, n.subject_kind, n.subject_id, n.kind, n.mark, n.by_house, n.attempts, n.lost
"""

PREPARE = """
update guest_notice set channel = $4, language = $5, told = $6, segments = $7
where venue_id = $1 and notice_id = $2 and attempts = $3 and status = 'sending'
"""

# No effect where a provider has told the end already, or another process leased it meanwhile.
MARK_NOTICE = """
update guest_notice
set status = $4, why = $5, next_at = coalesce($6, next_at), due_at = coalesce($7, due_at),
    sent_at = coalesce($8, sent_at), provider_ref = coalesce($9, provider_ref), lost = lost + $10
where venue_id = $1 and notice_id = $2 and attempts = $3 and status = 'sending'
"""

TOLD_LAST = """
select told from guest_notice
where venue_id = $1 and subject_id = $2 and status in ('sent', 'delivered') and told is not null
order by sent_at desc, seq desc limit 1
"""


class LeasedNotice(Struct, frozen=True, kw_only=True):
    """A leased notice; `attempts` includes the present one."""

    notice_id: UUID
    subject_kind: NoticeSubject
    subject_id: UUID
    kind: NoticeKind
    mark: str
    by_house: bool
    attempts: int
    lost: int


class Prepared(Struct, frozen=True, kw_only=True):
    """What a notice is about to tell, and how."""

    channel: NoticeChannel
    language: str
    told: str
    segments: int | None = None


class Ended(Struct, frozen=True, kw_only=True):
    """How an attempt ended; `waiting`: tried again at `again_at` (wall) or `due_at` (business).

    `sent_at`: business time. `unknown`: it may have gone out.
    """

    status: NoticeStatus
    why: str | None = None
    again_at: datetime | None = None
    due_at: datetime | None = None
    sent_at: datetime | None = None
    provider_ref: str | None = None
    unknown: bool = False


async def venues_with_notices(pool: Pool, now: datetime, wall: datetime) -> list[str]:
    """Return the venues with a notice due at `now`, in business time, and at `wall`."""
    rows = await pool.fetch(VENUES_WITH_NOTICES, now, wall, wall + LONGEST_WAIT)
    return [row["venue_id"] for row in rows]


async def lease_notice(
    pool: Pool, venue_id: str, now: datetime, wall: datetime
) -> LeasedNotice | None:
    """Lease the venue's next notice, None where none is due."""

    async def work(conn: Connection) -> LeasedNotice | None:
        until = wall + LEASE
        row = await conn.fetchrow(LEASE_NOTICE, venue_id, now, wall, until, wall + LONGEST_WAIT)
        return None if row is None else msgspec.convert(row, LeasedNotice, from_attributes=True)

    return await run(pool, work)


async def prepare(conn: Connection, venue_id: str, leased: LeasedNotice, made: Prepared) -> None:
    """Write down what a leased notice is about to tell."""
    which = (venue_id, leased.notice_id, leased.attempts)
    await conn.execute(PREPARE, *which, made.channel, made.language, made.told, made.segments)


async def mark(db: Connection | Pool, venue_id: str, leased: LeasedNotice, ended: Ended) -> None:
    """Write down how an attempt ended."""
    which = (venue_id, leased.notice_id, leased.attempts)
    await db.execute(
        MARK_NOTICE,
        *which,
        ended.status,
        ended.why,
        ended.again_at,
        ended.due_at,
        ended.sent_at,
        ended.provider_ref,
        int(ended.unknown),
    )


async def told_last(conn: Connection, venue_id: str, subject_id: UUID) -> str | None:
    """Return what a party was told last, None if nothing yet."""
    found: str | None = await conn.fetchval(TOLD_LAST, venue_id, subject_id)
    return found
