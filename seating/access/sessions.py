"""Staff sessions at a tablet: a PIN opens one and ends the one before.

A session is good together with the tablet it was opened at, until it is ended, SESSION_LIFE is over
or nobody has touched the tablet for IDLE. All of it is wall time; a clock that is set back keeps
nobody out, and no session open for longer than LONGEST.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID, uuid4

from asyncpg import Record
from msgspec import Struct, convert

from policies.house.house import Role
from policies.words.message import Message, message
from seating.access.audit import keep_record
from seating.access.credentials import hash_of, new_token, venue_of
from seating.book.announcing import announced
from seating.clock import Clock, wall_now
from seating.db import Connection, Pool, transaction
from seating.errors import NotFound, SessionEnded, Unauthenticated

SESSION_LIFE = timedelta(hours=16)
LONGEST = SESSION_LIFE + timedelta(hours=1)
IDLE = timedelta(minutes=15)
SEEN_EVERY = timedelta(minutes=1)
CONFIRMED_FOR = timedelta(minutes=5)
SLACK = timedelta(minutes=1)
"""What the clocks of two machines may differ by."""


Why = Literal[
    "logged_out",
    "next_login",
    "new_pin",
    "tablet_revoked",
    "account_closed",
    "locked",
    "idle",
    "ended_elsewhere",
    "other_tablet",
]

# What a screen shows whose session has ended.
SENTENCES: Final[dict[Why, Message]] = {
    "logged_out": message("session-logged-out"),
    "next_login": message("session-next-login"),
    "new_pin": message("session-new-pin"),
    "tablet_revoked": message("device-not-paired"),
    "account_closed": message("session-account-closed"),
    "locked": message("session-locked"),
    "idle": message("session-idle"),
    "ended_elsewhere": message("session-ended-elsewhere"),
    "other_tablet": message("session-other-tablet"),
}
OVER = message("session-over")

INSERT_SESSION = """
insert into session
    (venue_id, session_id, token_hash, csrf_hash, device_id, staff_id, expires_at, opened_at,
     seen_at, confirmed_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $8)
"""

END_SESSIONS = """
update session set ended_at = $2, ended_why = $7
where venue_id = $1 and ended_at is null
    and ($3::uuid is null or session_id = $3)
    and ($4::uuid is null or device_id = $4)
    and ($5::text is null or staff_id = $5)
    and ($6::uuid is null or session_id <> $6)
returning session_id
"""

TELL_ENDED = f"select {announced('session.ended', subject='$2::uuid', version='0')}"

SELECT_MEMBER = """
select s.venue_id, s.staff_id, p.name, p.role, s.device_id, s.session_id, s.expires_at, s.csrf_hash,
    s.seen_at, s.confirmed_at, p.pin_first as must_change_pin
from session s
join device d on d.venue_id = s.venue_id and d.device_id = s.device_id
join staff p on p.venue_id = s.venue_id and p.staff_id = s.staff_id
where s.venue_id = $1 and s.token_hash = $2 and d.token_hash = $3 and s.ended_at is null
    and s.expires_at > $4 and s.expires_at <= $5 and s.seen_at > $6
    and d.revoked_at is null and p.left_at is null
"""

SEE_SESSION = """
update session set seen_at = $3 where venue_id = $1 and session_id = $2 and ended_at is null
"""

CONFIRM_SESSION = """
update session set confirmed_at = $3, seen_at = $3
where venue_id = $1 and session_id = $2 and ended_at is null
"""

SELECT_END = """
select s.ended_why, s.ended_at is null and s.expires_at > $4 as open, s.seen_at <= $5 as idle,
    s.session_id, s.staff_id, s.device_id, d.token_hash = $3 as same_tablet
from session s join device d on d.venue_id = s.venue_id and d.device_id = s.device_id
where s.venue_id = $1 and s.token_hash = $2
"""

SELECT_LIVE_SESSIONS = """
select session_id from session
where venue_id = $1 and session_id = any($2::uuid[]) and ended_at is null and expires_at > $3
    and seen_at > $4
"""

SELECT_OPEN_SESSIONS = """
select s.session_id, s.staff_id, p.name, p.role, s.device_id, d.name as device, s.opened_at,
    s.seen_at
from session s
join device d on d.venue_id = s.venue_id and d.device_id = s.device_id
join staff p on p.venue_id = s.venue_id and p.staff_id = s.staff_id
where s.venue_id = $1 and s.ended_at is null and s.expires_at > $2 and s.seen_at > $3
    and ($4::text is null or s.staff_id = $4)
order by s.seen_at desc, s.session_id
"""

# Also one that has ended: the tablet may have had no network since.
SELECT_WAS_HERE = """
select p.role
from session s join staff p on p.venue_id = s.venue_id and p.staff_id = s.staff_id
where s.venue_id = $1 and s.device_id = $2 and s.staff_id = $3 and s.opened_at > $4
    and p.left_at is null
limit 1
"""

SELECT_VENUES = "select venue_id from venue"

SELECT_IDLE = """
select session_id from session
where venue_id = $1 and ended_at is null and expires_at > $2 and seen_at <= $3
order by session_id for update skip locked
"""


class StaffMember(Struct, frozen=True, kw_only=True):
    """The person of a session, with role and device.

    `seen_at`: when somebody last touched the tablet, to the minute. `confirmed_at`: when the PIN
    was last given. `must_change_pin`: somebody else chose it.
    """

    venue_id: str
    staff_id: str
    name: str
    role: Role
    device_id: UUID
    session_id: UUID
    expires_at: datetime
    csrf_hash: bytes
    seen_at: datetime
    confirmed_at: datetime | None
    must_change_pin: bool


class OpenSession(Struct, frozen=True, kw_only=True):
    """A session as its owner sees it. `seen_at`: the last touch, to the minute."""

    session_id: UUID
    staff_id: str
    name: str
    role: Role
    device_id: UUID
    device: str
    opened_at: datetime
    seen_at: datetime
    this_one: bool


def is_confirmed(member: StaffMember, now: datetime) -> bool:
    """Whether the PIN was given within CONFIRMED_FOR; not by a clock that was set back since."""
    if member.confirmed_at is None:
        return False
    return -SLACK <= now - member.confirmed_at <= CONFIRMED_FOR


def csrf_of(token: str) -> str:
    """Return the CSRF token of a session, derived from its token."""
    return hash_of(f"csrf {token}").hex()


async def open_session(conn: Connection, venue_id: str, device_id: UUID, staff_id: str) -> str:
    """Open a session; return its token. Whoever opens it has just given the PIN."""
    token, now = new_token(venue_id), wall_now()
    hashes = (hash_of(token), hash_of(csrf_of(token)))
    who = (device_id, staff_id)
    await conn.execute(INSERT_SESSION, venue_id, uuid4(), *hashes, *who, now + SESSION_LIFE, now)
    return token


async def end_sessions(
    conn: Connection,
    venue_id: str,
    *,
    session_id: UUID | None = None,
    device_id: UUID | None = None,
    staff_id: str | None = None,
    but: UUID | None = None,
    why: Why | None = None,
) -> tuple[UUID, ...]:
    """End the matching sessions, and notify every process to close their live streams.

    `but`: a session that goes on. `why` is told to the screens that still have their tokens.
    Returns which ended.
    """
    which = (session_id, device_id, staff_id, but)
    rows = await conn.fetch(END_SESSIONS, venue_id, wall_now(), *which, why)
    for row in rows:
        await conn.execute(TELL_ENDED, venue_id, row["session_id"])
    return tuple(row["session_id"] for row in rows)


async def member_of_session(
    db: Pool | Connection, token: str, device_token: str
) -> StaffMember | None:
    """Return the person of a session token; None if it has ended, or at another tablet."""
    now = wall_now()
    hashes = (hash_of(token), hash_of(device_token))
    row = await db.fetchrow(SELECT_MEMBER, venue_of(token), *hashes, now, now + LONGEST, now - IDLE)
    return None if row is None else convert(row, StaffMember, from_attributes=True)


async def see_session(db: Pool | Connection, member: StaffMember) -> None:
    """Keep that somebody has touched the tablet; written at most once in SEEN_EVERY."""
    now = wall_now()
    if abs(now - member.seen_at) >= SEEN_EVERY:
        await db.execute(SEE_SESSION, member.venue_id, member.session_id, now)


async def ended_session(
    pool: Pool, token: str, device_token: str
) -> SessionEnded | Unauthenticated:
    """Return what to tell whoever shows a token of no open session.

    A token that comes without its tablet is in wrong hands: its session ends, and that is recorded.
    """
    venue_id, now = venue_of(token), wall_now()
    hashes = (hash_of(token), hash_of(device_token))
    row = await pool.fetchrow(SELECT_END, venue_id, *hashes, now, now - IDLE)
    if row is None:
        return Unauthenticated(message("log-in-or-token"))
    why = row["ended_why"]
    if row["open"]:
        why = "idle" if row["idle"] else None
        if not row["same_tablet"]:
            await _end_elsewhere(pool, venue_id, row)
            why = "other_tablet"
    return SessionEnded(SENTENCES.get(why, OVER))


async def _end_elsewhere(pool: Pool, venue_id: str, row: Record) -> None:
    which: UUID = row["session_id"]
    async with transaction(pool) as conn:
        if await end_sessions(conn, venue_id, session_id=which, why="other_tablet"):
            facts = {"staff_id": row["staff_id"], "device_id": row["device_id"]}
            await keep_record(conn, venue_id, "SessionAtOtherTablet", facts, by=None)


async def open_sessions(conn: Connection, by: StaffMember, *, of: str | None) -> list[OpenSession]:
    """Return the open sessions of a person, or of all; the last touched first."""
    now = wall_now()
    rows = await conn.fetch(SELECT_OPEN_SESSIONS, by.venue_id, now, now - IDLE, of)
    return [
        convert(dict(row) | {"this_one": row["session_id"] == by.session_id}, OpenSession)
        for row in rows
    ]


async def end_session(
    conn: Connection, by: StaffMember, session_id: UUID, *, of: str | None
) -> OpenSession:
    """End one of the open sessions that `open_sessions` lists; recorded. Raises NotFound."""
    listed = await open_sessions(conn, by, of=of)
    found = next((each for each in listed if each.session_id == session_id), None)
    if found is None:
        raise NotFound(message("no-such-session"))
    await end_sessions(conn, by.venue_id, session_id=session_id, why="ended_elsewhere")
    facts = {"staff_id": found.staff_id, "device_id": found.device_id, "tablet": found.device}
    await keep_record(conn, by.venue_id, "EndSession", facts, by=by.staff_id)
    return found


async def end_other_sessions(conn: Connection, by: StaffMember) -> None:
    """End one's own sessions at other tablets."""
    for each in await open_sessions(conn, by, of=by.staff_id):
        if not each.this_one:
            await end_session(conn, by, each.session_id, of=by.staff_id)


async def role_of_who_was_here(conn: Connection, at: StaffMember, staff_id: str) -> Role | None:
    """Return the role of a person who logged in at this tablet within LONGEST; None: nobody did."""
    since = wall_now() - LONGEST
    role: Role | None = await conn.fetchval(
        SELECT_WAS_HERE, at.venue_id, at.device_id, staff_id, since
    )
    return role


async def live_sessions(
    db: Pool | Connection, venue_id: str, sessions: Sequence[UUID]
) -> frozenset[UUID]:
    """Return those of the sessions that are still open."""
    now = wall_now()
    rows = await db.fetch(SELECT_LIVE_SESSIONS, venue_id, sessions, now, now - IDLE)
    return frozenset(row["session_id"] for row in rows)


async def end_idle_sessions(pool: Pool, clock: Clock) -> int:  # noqa: ARG001 - a sweep's signature
    """End the sessions of tablets that nobody has touched for IDLE; return how many.

    They are refused without it; it closes their live streams.
    """
    ended = 0
    for venue in await pool.fetch(SELECT_VENUES):
        venue_id, now = venue["venue_id"], wall_now()
        async with transaction(pool) as conn:
            for row in await conn.fetch(SELECT_IDLE, venue_id, now, now - IDLE):
                which = row["session_id"]
                ended += len(await end_sessions(conn, venue_id, session_id=which, why="idle"))
    return ended
