"""Staff sessions at a tablet: a PIN opens one and ends the one before."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct, convert

from policies.house.house import Role
from policies.words.message import Message, message
from seating.access.credentials import hash_of, new_token, pin_matches, venue_of
from seating.clock import wall_now
from seating.db import Connection, Pool, transaction
from seating.errors import Locked, SessionEnded, Unauthenticated

SESSION_LIFE = timedelta(hours=16)
WRONG_PINS = 5
PIN_LOCK = timedelta(minutes=5)

Why = Literal["logged_out", "next_login", "new_pin", "tablet_revoked", "account_closed"]

# What a screen shows whose session has ended.
SENTENCES: Final[dict[Why, Message]] = {
    "logged_out": message("session-logged-out"),
    "next_login": message("session-next-login"),
    "new_pin": message("session-new-pin"),
    "tablet_revoked": message("device-not-paired"),
    "account_closed": message("session-account-closed"),
}
OVER = message("session-over")

# Counted before the PIN is compared, so that concurrent guesses cannot exceed the limit.
COUNT_PIN = """
update staff set
    failures = case when locked_until is null then failures + 1 else 1 end,
    locked_until = case when locked_until is null and failures + 1 >= $4 then $3 + $5 end
where venue_id = $1 and staff_id = $2 and left_at is null
    and (locked_until is null or locked_until <= $3)
returning pin_hash
"""

SELECT_PIN_LOCK = """
select locked_until from staff
where venue_id = $1 and staff_id = $2 and left_at is null and locked_until > $3
"""

RESET_FAILURES = """
update staff set failures = 0, locked_until = null where venue_id = $1 and staff_id = $2
"""

LOCK_DEVICE = """
select 1 from device
where venue_id = $1 and device_id = $2 and revoked_at is null for update
"""

INSERT_SESSION = """
insert into session
    (venue_id, session_id, token_hash, csrf_hash, device_id, staff_id, expires_at)
values ($1, $2, $3, $4, $5, $6, $7)
"""

END_SESSIONS = """
update session set ended_at = $2, ended_why = $6
where venue_id = $1 and ended_at is null
    and ($3::uuid is null or session_id = $3)
    and ($4::uuid is null or device_id = $4)
    and ($5::text is null or staff_id = $5)
returning session_id
"""

NOTIFY = "select pg_notify('maitred', $1)"

SELECT_MEMBER = """
select s.venue_id, s.staff_id, p.name, p.role, s.device_id, s.session_id, s.expires_at, s.csrf_hash
from session s
join device d on d.venue_id = s.venue_id and d.device_id = s.device_id
join staff p on p.venue_id = s.venue_id and p.staff_id = s.staff_id
where s.venue_id = $1 and s.token_hash = $2 and s.ended_at is null and s.expires_at > $3
    and d.revoked_at is null and p.left_at is null
"""

SELECT_END = "select ended_why from session where venue_id = $1 and token_hash = $2"

SELECT_LIVE_SESSIONS = """
select session_id from session
where venue_id = $1 and session_id = any($2::uuid[]) and ended_at is null and expires_at > $3
"""


class StaffMember(Struct, frozen=True, kw_only=True):
    """The person of a session, with role and device."""

    venue_id: str
    staff_id: str
    name: str
    role: Role
    device_id: UUID
    session_id: UUID
    expires_at: datetime
    csrf_hash: bytes


def csrf_of(token: str) -> str:
    """Return the CSRF token of a session, derived from its token."""
    return hash_of(f"csrf {token}").hex()


async def log_in(pool: Pool, venue_id: str, device_id: UUID, staff_id: str, pin: str) -> str:
    """Open a session by PIN; return its token. Ends the device's earlier session.

    Raises Unauthenticated (wrong PIN, unknown person, revoked device) or Locked (five wrong PINs).
    """
    await _check_pin(pool, venue_id, staff_id, pin)
    async with transaction(pool) as conn:
        if await conn.fetchval(LOCK_DEVICE, venue_id, device_id) is None:
            raise Unauthenticated(message("device-not-paired"))
        await conn.execute(RESET_FAILURES, venue_id, staff_id)
        await end_sessions(conn, venue_id, device_id=device_id, why="next_login")
        return await _open_session(conn, venue_id, device_id, staff_id)


async def _check_pin(pool: Pool, venue_id: str, staff_id: str, pin: str) -> None:
    now = wall_now()
    row = await pool.fetchrow(COUNT_PIN, venue_id, staff_id, now, WRONG_PINS, PIN_LOCK)
    if row is None and (until := await pool.fetchval(SELECT_PIN_LOCK, venue_id, staff_id, now)):
        when = until.isoformat(timespec="seconds")
        raise Locked(message("pin-locked", until=when))
    if not await pin_matches(pin, row["pin_hash"] if row else None):
        raise Unauthenticated(message("wrong-pin"))


async def _open_session(conn: Connection, venue_id: str, device_id: UUID, staff_id: str) -> str:
    token = new_token(venue_id)
    hashes = (hash_of(token), hash_of(csrf_of(token)))
    until = wall_now() + SESSION_LIFE
    await conn.execute(INSERT_SESSION, venue_id, uuid4(), *hashes, device_id, staff_id, until)
    return token


async def end_sessions(
    conn: Connection,
    venue_id: str,
    *,
    session_id: UUID | None = None,
    device_id: UUID | None = None,
    staff_id: str | None = None,
    why: Why | None = None,
) -> tuple[UUID, ...]:
    """End the matching sessions, and notify every process to close their live streams.

    `why` is told to the screens that still have their tokens. Returns which ended.
    """
    which = (session_id, device_id, staff_id)
    rows = await conn.fetch(END_SESSIONS, venue_id, wall_now(), *which, why)
    for row in rows:
        await conn.execute(NOTIFY, _ended(venue_id, row["session_id"]))
    return tuple(row["session_id"] for row in rows)


def _ended(venue_id: str, session_id: UUID) -> str:
    event = {"venue": venue_id, "event": "session.ended", "id": session_id, "version": 0}
    return msgspec.json.encode(event).decode()


async def member_of_session(db: Pool | Connection, token: str) -> StaffMember | None:
    """Return the person of a session token, None if it has ended."""
    row = await db.fetchrow(SELECT_MEMBER, venue_of(token), hash_of(token), wall_now())
    return None if row is None else convert(row, StaffMember, from_attributes=True)


async def ended_session(db: Pool | Connection, token: str) -> SessionEnded | Unauthenticated:
    """Return what to tell whoever shows a token of no open session."""
    row = await db.fetchrow(SELECT_END, venue_of(token), hash_of(token))
    if row is None:
        return Unauthenticated(message("log-in-or-token"))
    return SessionEnded(SENTENCES.get(row["ended_why"], OVER))


async def live_sessions(
    db: Pool | Connection, venue_id: str, sessions: Sequence[UUID]
) -> frozenset[UUID]:
    """Return those of the sessions that are still open."""
    rows = await db.fetch(SELECT_LIVE_SESSIONS, venue_id, sessions, wall_now())
    return frozenset(row["session_id"] for row in rows)
