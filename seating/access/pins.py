"""PINs at a tablet: compared one at a time for each, wrong ones counted; logging in, confirming.

A guess is counted before it is compared, for the tablet and for the person it is for, so that
guesses at once cannot exceed the limit (policies/access/guesses.py); a right PIN takes it back.
"""

from asyncio import Lock
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct, convert
from msgspec.structs import replace

from policies.access import guesses
from policies.access.guesses import PERSON, TABLET, Guesses, Schedule, is_lock
from policies.access.pins import why_too_easy
from policies.house.house import Role
from policies.words.message import Message, message
from seating.access.audit import Kind, keep_attempt, keep_record
from seating.access.credentials import Pepper, check_hash, has_key_of, hash_pin
from seating.access.sessions import CONFIRM_SESSION, StaffMember, end_sessions, open_session
from seating.clock import wall_now
from seating.db import Connection, Pool, transaction
from seating.errors import Invalid, Locked, TooManyRequests, Unauthenticated, WrongPin

ASKING_PER_TABLET = 4
ASKING = 200
"""PINs that wait to be compared: of one tablet, and of all in this process."""

FIRST_PIN_LIFE = timedelta(days=14)
"""How long a PIN that somebody else chose waits for its person."""

LOCK_TABLET = """
select name, failures, failed_at, locked_until from device
where venue_id = $1 and device_id = $2 and revoked_at is null for update
"""

LOCK_PERSON = """
select p.pin_hash, p.role, p.pin_first, p.pin_set_at, k.staff_id is not null as known_here,
    case when k.staff_id is null then p.failures else k.failures end as failures,
    case when k.staff_id is null then p.failed_at else k.failed_at end as failed_at,
    case when k.staff_id is null then p.locked_until else k.locked_until end as locked_until
from staff p
left join known_login k
    on k.venue_id = p.venue_id and k.staff_id = p.staff_id and k.device_id = $3
where p.venue_id = $1 and p.staff_id = $2 and p.left_at is null for update of p
"""

COUNT_AT_TABLET = """
update device set failures = $3, failed_at = $4, locked_until = $5
where venue_id = $1 and device_id = $2
"""

COUNT_ELSEWHERE = """
update staff set failures = $3, failed_at = $4, locked_until = $5
where venue_id = $1 and staff_id = $2
"""

COUNT_WHERE_KNOWN = """
update known_login set failures = $4, failed_at = $5, locked_until = $6
where venue_id = $1 and device_id = $2 and staff_id = $3
"""

FORGIVE_TABLET = """
update device set failures = 0, locked_until = null
where venue_id = $1 and device_id = $2 and revoked_at is null
returning name
"""

# No row where the PIN was changed since it was compared.
ACCEPT_PERSON = """
update staff set pin_hash = coalesce($4, pin_hash),
    failures = case when $5 then failures else 0 end,
    locked_until = case when $5 then locked_until end
where venue_id = $1 and staff_id = $2 and pin_hash = $3 and left_at is null
returning staff_id
"""

KNOW_LOGIN = """
insert into known_login (venue_id, device_id, staff_id, last_at) values ($1, $2, $3, $4)
on conflict (venue_id, device_id, staff_id)
do update set last_at = excluded.last_at, failures = 0, locked_until = null
"""

FORGIVE_AT_TABLET = """
update known_login set failures = 0, locked_until = null where venue_id = $1 and device_id = $2
"""

SET_OWN_PIN = """
update staff set pin_hash = $3, pin_first = false, pin_set_at = $4, failures = 0,
    locked_until = null
where venue_id = $1 and staff_id = $2
"""


class Guess(Struct, frozen=True, kw_only=True):
    """A PIN typed at a tablet for a person, who may be unknown."""

    venue_id: str
    device_id: UUID
    staff_id: str
    pin: str


class Compared(Struct, frozen=True, kw_only=True):
    """A PIN that was right: what was kept of it, and what to keep from now on (None: the same)."""

    kept: str
    anew: str | None
    role: Role
    known_here: bool


class _Person(Struct, frozen=True, kw_only=True):
    """What a guess at a person is compared with; `known_here`: they got in at this tablet once."""

    pin_hash: str | None = None
    role: Role = "host"
    pin_first: bool = False
    pin_set_at: datetime | None = None
    known_here: bool = False
    so_far: Guesses = Guesses()


class _Turns:
    """One PIN of a tablet is compared at a time; few more may wait, so none delays another's."""

    def __init__(self) -> None:
        self._asking: Counter[UUID] = Counter()
        self._turns: defaultdict[UUID, Lock] = defaultdict(Lock)

    @asynccontextmanager
    async def turn(self, device_id: UUID) -> AsyncIterator[None]:
        """Wait for the tablet's turn. Raises TooManyRequests where too many wait."""
        if self._asking[device_id] >= ASKING_PER_TABLET or self._asking.total() >= ASKING:
            raise TooManyRequests(message("pins-at-once"))
        self._asking[device_id] += 1
        try:
            async with self._turns[device_id]:
                yield
        finally:
            self._asking[device_id] -= 1
            if not self._asking[device_id]:
                del self._asking[device_id], self._turns[device_id]


TURNS = _Turns()


async def log_in(pool: Pool, guess: Guess, pepper: Pepper | None) -> str:
    """Open a session by PIN; return its token. Ends the tablet's earlier session.

    Raises WrongPin (or an unknown person), Unauthenticated (revoked tablet, a PIN that is too old),
    Locked (too many wrong PINs) or TooManyRequests (too many at once).
    """
    compared = await compare(pool, guess, pepper)
    async with transaction(pool) as conn:
        tablet = await _accept(conn, guess, compared)
        venue_id, device_id = guess.venue_id, guess.device_id
        await end_sessions(conn, venue_id, device_id=device_id, why="next_login")
        facts = {"device_id": device_id, "tablet": tablet}
        await keep_record(conn, venue_id, "LogIn", facts, by=guess.staff_id)
        return await open_session(conn, venue_id, device_id, guess.staff_id)


async def confirm(pool: Pool, member: StaffMember, pin: str, pepper: Pepper | None) -> None:
    """Take the PIN again for what has consequences. Raises as `log_in`."""
    guess = _own(member, pin)
    compared = await compare(pool, guess, pepper)
    async with transaction(pool) as conn:
        await _accept(conn, guess, compared)
        await conn.execute(CONFIRM_SESSION, member.venue_id, member.session_id, wall_now())


async def change_own_pin(
    pool: Pool, member: StaffMember, old: str, new: str, pepper: Pepper | None
) -> int:
    """Set one's own PIN by the one before; this session goes on, one's others end: how many.

    Raises Invalid for one that is too easy or the old one, and as `log_in` for a wrong old one.
    """
    check_not_easy(new, member.role)
    if new == old:
        raise Invalid(message("pin-is-the-old-one"), pointer="/pin")
    guess = _own(member, old)
    compared = await compare(pool, guess, pepper)
    async with TURNS.turn(member.device_id):
        kept = await hash_pin(new, pepper)
    venue_id, who = member.venue_id, member.staff_id
    async with transaction(pool) as conn:
        await _accept(conn, guess, compared)
        await conn.execute(SET_OWN_PIN, venue_id, who, kept, wall_now())
        await conn.execute(CONFIRM_SESSION, venue_id, member.session_id, wall_now())
        ended = await end_sessions(
            conn, venue_id, staff_id=who, but=member.session_id, why="new_pin"
        )
        facts = {"staff_id": who, "sessions_ended": len(ended)}
        await keep_record(conn, venue_id, "ChangePin", facts, by=who)
    return len(ended)


def check_not_easy(pin: str, role: Role) -> None:
    """Raise Invalid for a PIN that is too easy to guess for somebody of this role."""
    why = why_too_easy(pin, role)
    if why is not None:
        raise Invalid(why, pointer="/pin")


async def unlock_tablet(conn: Connection, by: StaffMember, device_id: UUID) -> bool:
    """Forgive the wrong PINs of a tablet, whoever they were for; False if there is no such."""
    name = await conn.fetchval(FORGIVE_TABLET, by.venue_id, device_id)
    if name is None:
        return False
    await conn.execute(FORGIVE_AT_TABLET, by.venue_id, device_id)
    facts = {"device_id": device_id, "tablet": name}
    await keep_record(conn, by.venue_id, "UnlockTablet", facts, by=by.staff_id)
    return True


async def compare(pool: Pool, guess: Guess, pepper: Pepper | None) -> Compared:
    """Count a guess and compare it, in its tablet's turn. Raises as `log_in`."""
    async with TURNS.turn(guess.device_id):
        now = wall_now()
        person, tablet = await _count(pool, guess, pepper, now)
        check = await check_hash(guess.pin, person.pin_hash, pepper)
    if not check.matches or person.pin_hash is None:
        await _record_wrong(pool, guess, person, tablet)
        raise WrongPin(_said_of_wrong(tablet))
    if person.pin_first and person.pin_set_at and person.pin_set_at <= now - FIRST_PIN_LIFE:
        raise Unauthenticated(message("first-pin-too-old", days=FIRST_PIN_LIFE.days))
    return Compared(
        kept=person.pin_hash, anew=check.anew, role=person.role, known_here=person.known_here
    )


async def _count(
    pool: Pool, guess: Guess, pepper: Pepper | None, now: datetime
) -> tuple[_Person, Guesses]:
    """Count a guess as wrong, or raise Locked. The statements are the same for unknown people."""
    where = (guess.venue_id, guess.device_id)
    async with transaction(pool) as conn:
        row = await conn.fetchrow(LOCK_TABLET, *where)
        if row is None:
            raise Unauthenticated(message("device-not-paired"))
        tablet = convert(dict(row), Guesses)
        person = await _person(conn, guess)
        _check_may_guess(TABLET, tablet, "tablet-locked", now)
        if not has_key_of(person.pin_hash, pepper):
            raise Unauthenticated(message("pin-key-lost"))
        _check_may_guess(PERSON, person.so_far, "pin-locked", now)
        tablet = guesses.one_more(TABLET, tablet, now)
        counted = guesses.one_more(PERSON, person.so_far, now)
        await conn.execute(COUNT_AT_TABLET, *where, *_row(tablet))
        if person.known_here:
            await conn.execute(COUNT_WHERE_KNOWN, *where, guess.staff_id, *_row(counted))
        else:
            await conn.execute(COUNT_ELSEWHERE, guess.venue_id, guess.staff_id, *_row(counted))
    return replace(person, so_far=counted), tablet


async def _person(conn: Connection, guess: Guess) -> _Person:
    row = await conn.fetchrow(LOCK_PERSON, guess.venue_id, guess.staff_id, guess.device_id)
    if row is None:
        return _Person()
    return convert(dict(row) | {"so_far": convert(dict(row), Guesses)}, _Person)


def _row(so_far: Guesses) -> tuple[int, datetime | None, datetime | None]:
    return so_far.failures, so_far.failed_at, so_far.locked_until


def _check_may_guess(schedule: Schedule, so_far: Guesses, key: str, now: datetime) -> None:
    """Raise Locked while nothing is looked at; `key`: what is said of a lock."""
    until = guesses.waits_until(schedule, so_far, now)
    if until is None:
        return
    seconds = _seconds(until - now)
    said = message("pin-not-looked-at", seconds=seconds)
    if is_lock(schedule, so_far.failures):
        said = message(key, minutes=_minutes(until - now))
    refused = Locked(said)
    refused.seconds = seconds
    raise refused


def _said_of_wrong(tablet: Guesses) -> Message:
    """What is said of a wrong PIN: that it is, and what it costs this tablet."""
    wait = guesses.wait_after(TABLET, tablet.failures)
    if is_lock(TABLET, tablet.failures):
        return message("tablet-locked", minutes=_minutes(wait))
    return message("wrong-pin-wait", seconds=_seconds(wait)) if wait else message("wrong-pin")


def _seconds(wait: timedelta) -> int:
    return -(-wait // timedelta(seconds=1))


def _minutes(wait: timedelta) -> int:
    return -(-wait // timedelta(minutes=1))


async def _accept(conn: Connection, guess: Guess, compared: Compared) -> str:
    """Take back what was counted against a right PIN; returns the tablet's name.

    Raises Unauthenticated if the tablet or the PIN has changed meanwhile.
    """
    where, who = (guess.venue_id, guess.device_id), guess.staff_id
    tablet: str | None = await conn.fetchval(FORGIVE_TABLET, *where)
    if tablet is None:
        raise Unauthenticated(message("device-not-paired"))
    row = (guess.venue_id, who, compared.kept, compared.anew, compared.known_here)
    if await conn.fetchval(ACCEPT_PERSON, *row) is None:
        raise WrongPin(message("wrong-pin"))
    await conn.execute(KNOW_LOGIN, *where, who, wall_now())
    return tablet


async def _record_wrong(pool: Pool, guess: Guess, person: _Person, tablet: Guesses) -> None:
    """Record a wrong PIN, and what it locked."""
    known = person.pin_hash is not None
    locked = is_lock(TABLET, tablet.failures)
    barred = known and is_lock(PERSON, person.so_far.failures)
    kind: Kind = "PersonLocked" if barred else "TabletLocked" if locked else "WrongPin"
    facts: Mapping[str, object] = {
        "device_id": guess.device_id,
        "staff_id": guess.staff_id if known else None,
        "in_a_row": tablet.failures,
        "tablet_locked": locked,
    }
    await keep_attempt(pool, guess.venue_id, kind, facts)


def _own(member: StaffMember, pin: str) -> Guess:
    return Guess(
        venue_id=member.venue_id,
        device_id=member.device_id,
        staff_id=member.staff_id,
        pin=pin,
    )
