"""Tablets: paired by a code from a manager, named, revoked."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from msgspec import Struct, convert

from policies.access.guesses import TABLET, Guesses, is_lock, waits_until
from policies.words.message import message
from seating.access import attempts
from seating.access.audit import keep_attempt, keep_record
from seating.access.credentials import hash_of, new_token, venue_of
from seating.access.pins import unlock_tablet
from seating.access.sessions import StaffMember, end_sessions
from seating.clock import wall_now
from seating.db import Connection, Pool, transaction
from seating.errors import NotAllowed, NotFound, Unauthenticated

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 8
CODE_LIFE = timedelta(minutes=10)
LONGEST = 2 * CODE_LIFE
"""What a clock that is set back may add to it."""

INSERT_PAIRING = """
insert into pairing (venue_id, code_hash, made_by, expires_at) values ($1, $2, $3, $4)
"""

FIND_PAIRING = """
select made_by, device_id from pairing
where venue_id = $1 and code_hash = $2 and expires_at > $3 and expires_at <= $4 for update
"""

KEEP_PAIRED = "update pairing set device_id = $3 where venue_id = $1 and code_hash = $2"

INSERT_DEVICE = """
insert into device (venue_id, device_id, name, token_hash, paired_at, paired_by)
values ($1, $2, $3, $4, $5, $6)
"""

# The answer with the token may not have arrived, or the browser may keep no cookie of this kind.
PAIR_ANEW = """
update device set token_hash = $3, name = $4, paired_at = $5
where venue_id = $1 and device_id = $2 and seen_at is null and revoked_at is null
"""

SELECT_DEVICE = """
select venue_id, device_id, name, paired_at, seen_at from device
where venue_id = $1 and token_hash = $2 and revoked_at is null
"""

# No row where the code paired anew in between: this token is no longer the tablet's.
SEE_DEVICE = """
update device set seen_at = coalesce(seen_at, $3)
where venue_id = $1 and token_hash = $2 and revoked_at is null
returning venue_id, device_id, name, paired_at, seen_at
"""

SELECT_DEVICES = """
select venue_id, device_id, name, paired_at, seen_at, failures, failed_at, locked_until
from device where venue_id = $1 and revoked_at is null order by name, device_id
"""

RENAME_DEVICE = """
update device d set name = $3
from (select name from device where venue_id = $1 and device_id = $2 for update) as before
where venue_id = $1 and device_id = $2 and revoked_at is null
returning before.name
"""

REVOKE_DEVICE = """
update device set revoked_at = $3 where venue_id = $1 and device_id = $2 and revoked_at is null
"""


class Device(Struct, frozen=True, kw_only=True):
    """A paired tablet; `seen_at`: when it first came back with its token."""

    venue_id: str
    device_id: UUID
    name: str
    paired_at: datetime
    seen_at: datetime | None


class KnownDevice(Device, frozen=True, kw_only=True):
    """A paired tablet as managers see it: wrong PINs in a row, and until when it is locked."""

    wrong_pins: int
    locked_until: datetime | None


class PairingCode(Struct, frozen=True, kw_only=True):
    """A code to type into a new tablet: it pairs one, which may try again until it is seen."""

    code: str
    expires_at: datetime


async def make_pairing_code(conn: Connection, venue_id: str, made_by: str | None) -> PairingCode:
    """Make a pairing code; `made_by`: a manager, None for the installation's first device."""
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    expires_at = wall_now() + CODE_LIFE
    await conn.execute(INSERT_PAIRING, venue_id, hash_of(code), made_by, expires_at)
    await keep_record(conn, venue_id, "MakePairingCode", {"expires_at": expires_at}, by=made_by)
    return PairingCode(code=code, expires_at=expires_at)


async def pair(pool: Pool, venue_id: str, code: str, name: str, address: str) -> str:
    """Pair a device by its code; return its token. Raises Unauthenticated, Locked.

    Until the device is seen with its token, the code gives it another one, and only the last of
    them is good: an answer that was lost costs no code, and one code pairs one device.
    """
    now, limits = wall_now(), {f"pairing {address}": attempts.LIMIT}
    await attempts.check(pool, limits, now)
    token = await _paired(pool, venue_id, _as_typed(code), name, now)
    if token is None:
        await attempts.count_failure(pool, limits, now)
        await keep_attempt(pool, venue_id, "WrongPairingCode", {})
        raise Unauthenticated(message("pairing-code-not-of-venue"))
    return token


async def _paired(pool: Pool, venue_id: str, code: str, name: str, now: datetime) -> str | None:
    token = new_token(venue_id)
    async with transaction(pool) as conn:
        found = await conn.fetchrow(FIND_PAIRING, venue_id, hash_of(code), now, now + LONGEST)
        if found is None:
            return None
        if found["device_id"] is None:
            device_id = uuid4()
            row = (venue_id, device_id, name, hash_of(token), now, found["made_by"])
            await conn.execute(INSERT_DEVICE, *row)
            await conn.execute(KEEP_PAIRED, venue_id, hash_of(code), device_id)
        else:
            device_id = found["device_id"]
            anew = (venue_id, device_id, hash_of(token), name, now)
            if await conn.execute(PAIR_ANEW, *anew) == "UPDATE 0":
                return None
        facts = {"device_id": device_id, "tablet": name, "code_of": found["made_by"]}
        await keep_record(conn, venue_id, "PairDevice", facts, by=None)
        return token


def _as_typed(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter in CODE_LETTERS)


async def device_of_token(db: Pool | Connection, token: str) -> Device | None:
    """Return the paired device of a token, or None; from then on its pairing code is used up."""
    key = (venue_of(token), hash_of(token))
    row = await db.fetchrow(SELECT_DEVICE, *key)
    if row is not None and row["seen_at"] is None:
        row = await db.fetchrow(SEE_DEVICE, *key, wall_now())
    return None if row is None else convert(row, Device, from_attributes=True)


async def devices_of(conn: Connection, venue_id: str) -> list[KnownDevice]:
    """Return the paired devices."""
    return [_known(dict(row), wall_now()) for row in await conn.fetch(SELECT_DEVICES, venue_id)]


def _known(row: dict[str, object], now: datetime) -> KnownDevice:
    wrong = convert(row, Guesses)
    until = waits_until(TABLET, wrong, now) if is_lock(TABLET, wrong.failures) else None
    return convert(row | {"wrong_pins": wrong.failures, "locked_until": until}, KnownDevice)


async def rename_device(conn: Connection, by: StaffMember, device_id: UUID, name: str) -> None:
    """Rename a device. Raises NotFound."""
    before = await conn.fetchval(RENAME_DEVICE, by.venue_id, device_id, name)
    if before is None:
        raise NotFound(message("no-such-device"))
    facts = {"device_id": device_id, "name": name, "before": before}
    await keep_record(conn, by.venue_id, "RenameDevice", facts, by=by.staff_id)


async def unlock_device(conn: Connection, by: StaffMember, device_id: UUID) -> None:
    """Forgive a device its wrong PINs, whoever they were for. Raises NotFound.

    Not by that device: who guesses there in a manager's session would go on. Raises NotAllowed.
    """
    if device_id == by.device_id:
        raise NotAllowed(message("unlock-from-another-tablet"))
    if not await unlock_tablet(conn, by, device_id):
        raise NotFound(message("no-such-device"))


async def revoke_device(conn: Connection, by: StaffMember, device_id: UUID) -> None:
    """Revoke a device; ends its sessions and live streams. Raises NotFound."""
    if await conn.execute(REVOKE_DEVICE, by.venue_id, device_id, wall_now()) == "UPDATE 0":
        raise NotFound(message("no-such-device"))
    ended = await end_sessions(conn, by.venue_id, device_id=device_id, why="tablet_revoked")
    facts = {"device_id": device_id, "sessions_ended": len(ended)}
    await keep_record(conn, by.venue_id, "RevokeDevice", facts, by=by.staff_id)
