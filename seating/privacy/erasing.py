"""Erases a guest from the book: once per id, in one transaction, on record by pseudonym."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated, Final
from uuid import UUID, uuid4

import msgspec
from asyncpg import Record
from msgspec import Meta, Struct
from msgspec.structs import replace

from policies.floor.orders import Command, ReasonText
from policies.privacy.redaction import redacted_text
from policies.words.message import message
from seating.access.audit import keep_record
from seating.book.actions import ActionKey, fingerprint, keep_answer, replayed_answer
from seating.book.announcing import announced
from seating.book.guests import kept_guest
from seating.book.reservations import Booker
from seating.booking.changing import cancel
from seating.clock import Clock, wall_now
from seating.db import Connection
from seating.errors import NotPossibleNow
from seating.privacy.documents import redact_documents
from seating.privacy.forgetting import TOUCH_PERIODS, forget_rows
from seating.privacy.person import PersonalData, find_person, lock_records

EVER: Final = datetime(1, 1, 2, tzinfo=UTC)
OVERLAP: Final = timedelta(hours=1)
"""Documents so young are looked into twice: the second time with the periods locked."""

# In the order in which their periods are locked.
STANDING = """
select reservation_id, state in ('arrived', 'seated') as here, starts
from reservation where venue_id = $1 and reservation_id = any($2::uuid[])
  and state in ('requested', 'booked', 'arrived', 'seated')
order by period_id, reservation_id
"""

STILL_HERE = """
select exists (select from wait_entry where venue_id = $1 and wait_id = any($2::uuid[])
                 and state in ('waiting', 'notified'))
    or exists (select from seating where venue_id = $1 and seating_id = any($3::uuid[])
                 and cleared_at is null)
"""

RECORD_ERASURE = """
insert into erasure (venue_id, erasure_id, pseudonym_hash, guests, at, by, why)
values ($1, $2, $3, $4, $5, $6, $7)
"""

# By it tablets forget a guest.
NOTIFY_ERASED = f"""
select {announced("guest.erased", subject="id", version="0")} from unnest($2::text[]) as id
"""

HASH_OF_GUESTS = """
select array(select sha256(convert_to($1 || '/' || id, 'UTF8')) from unnest($2::text[]) as id)
"""


class EraseGuest(Command, frozen=True, kw_only=True):
    """Erase a guest. `cancel_bookings`: cancel the bookings to come as well; else they forbid it.

    `reason` is kept: write no name into it.
    """

    reason: ReasonText
    cancel_bookings: bool = False


class ErasedGuest(Struct, frozen=True, kw_only=True):
    """What was erased: visits, waits and refusals that stay as numbers of nobody's.

    `records`: of this person, with those merged. `sites`: ids of the booking sites that were told
    of the guest, who have copies of their own and are to be asked.
    """

    records: int
    reservations: int
    waits: int
    turnaways: int
    cancelled: tuple[UUID, ...] = ()
    sites: Annotated[tuple[str, ...], Meta(max_length=1000)] = ()


SITES_TOLD = """
select distinct client_id from (
    select client_id from reservation where venue_id = $1 and reservation_id = any($2::uuid[])
    union select client_id from wait_entry where venue_id = $1 and wait_id = any($2::uuid[])
    union select e.client_id from webhook_delivery d
        join webhook_endpoint e using (venue_id, endpoint_id)
        where d.venue_id = $1 and d.subject = any($3::text[])) told
where client_id is not null order by client_id
"""


async def erase_guest(
    conn: Connection,
    venue_id: str,
    guest_id: UUID,
    command: EraseGuest,
    *,
    by: str,
    clock: Clock,
) -> ErasedGuest:
    """Erase a guest with all records merged into theirs. Raises NotFound, IdReused, NotPossibleNow.

    A party that is here is erased after it has left; bookings to come are cancelled with it where
    the command says so.
    """
    asked = fingerprint(guest_id, command.cancel_bookings)
    key = ActionKey(command.id, "EraseGuest", asked, command.reason)
    earlier = await replayed_answer(conn, venue_id, key, ErasedGuest)
    if earlier is not None:
        return earlier
    kept = await kept_guest(conn, venue_id, guest_id)
    await lock_records(conn, venue_id, [kept])
    person = await find_person(conn, venue_id, [kept])
    await _require_leave(conn, venue_id, person, command)
    begun, pseudonym = wall_now(), uuid4()
    known = person.known(await _of_records(conn, venue_id, person, {kept: pseudonym}))
    await redact_documents(conn, venue_id, person, known, since=EVER)
    await conn.execute(TOUCH_PERIODS, venue_id, person.parties)
    cancelled = await _cancel_bookings(conn, venue_id, person, command, by=by, clock=clock)
    now = await clock.now(conn)
    answer = ErasedGuest(
        records=len(person.guests),
        reservations=len(person.reservations),
        waits=len(person.waits),
        turnaways=len(person.turnaways),
        cancelled=cancelled,
        sites=await sites_told(conn, venue_id, person),
    )
    why = redacted_text(command.reason, person.known({}))
    key = replace(key, reason=why)
    await forget(
        conn, venue_id, {kept: pseudonym}, by=by, why=why, at=now, since=min(begun, now) - OVERLAP
    )
    facts = {"guest": str(pseudonym), "erasure_id": str(command.id)}
    facts |= msgspec.to_builtins(answer)
    await keep_record(conn, venue_id, "GuestErased", facts, by=by, reason=why)
    return await keep_answer(conn, venue_id, key, answer, by=by, at=now, subject_id=pseudonym)


async def forget(
    conn: Connection,
    venue_id: str,
    pseudonyms: dict[UUID, UUID],
    *,
    by: str | None,
    why: str,
    at: datetime,
    since: datetime = EVER,
) -> None:
    """Take guests out of every table, each leaving a pseudonym; tablets are told to forget.

    The records merged into one of them go with it. `since`: documents from before are done.
    """
    person = await find_person(conn, venue_id, list(pseudonyms))
    of_records = await _of_records(conn, venue_id, person, pseudonyms)
    await redact_documents(conn, venue_id, person, person.known(of_records), since=since)
    await forget_rows(conn, venue_id, person, of_records)
    ids = [str(each) for each in of_records]
    hashes = await conn.fetchval(HASH_OF_GUESTS, venue_id, ids)
    await conn.execute(RECORD_ERASURE, venue_id, uuid4(), hashes, len(ids), at, by, why)
    await conn.execute(NOTIFY_ERASED, venue_id, ids)


async def sites_told(conn: Connection, venue_id: str, person: PersonalData) -> tuple[str, ...]:
    """Return the ids of the clients that were told of this person, or told us."""
    subjects = [str(each) for each in person.things]
    rows = await conn.fetch(SITES_TOLD, venue_id, person.parties, subjects)
    return tuple(row["client_id"] for row in rows)


async def _of_records(
    conn: Connection, venue_id: str, person: PersonalData, pseudonyms: Mapping[UUID, UUID]
) -> dict[UUID, UUID]:
    """Return what each record becomes, those merged into others too."""
    merged = {each: await kept_guest(conn, venue_id, each) for each in person.guests}
    return {each: pseudonyms[kept] for each, kept in merged.items()}


async def _cancel_bookings(
    conn: Connection,
    venue_id: str,
    person: PersonalData,
    command: EraseGuest,
    *,
    by: str,
    clock: Clock,
) -> tuple[UUID, ...]:
    """Cancel what is to come. Raises NotPossibleNow while a party is here or may still come."""
    rows = await _require_leave(conn, venue_id, person, command)
    booker = Booker(channel="phone", actor="manager", staff_id=by)
    for row in rows:
        await cancel(conn, venue_id, row["reservation_id"], "-", booker, clock)
    return tuple(row["reservation_id"] for row in rows)


async def _require_leave(
    conn: Connection, venue_id: str, person: PersonalData, command: EraseGuest
) -> list[Record]:
    """Return the bookings to come. Raises NotPossibleNow if they or the party's presence forbid."""
    rows = await conn.fetch(STANDING, venue_id, person.reservations)
    here = await conn.fetchval(STILL_HERE, venue_id, person.waits, person.seatings)
    if here or any(row["here"] for row in rows):
        raise NotPossibleNow(message("guest-still-here"))
    if rows and not command.cancel_bookings:
        raise NotPossibleNow(
            message("guest-has-bookings", count=len(rows)), pointer="/cancel_bookings"
        )
    return rows
