"""The list of erasures beside the backups: whoever was erased stays erased after a restore.

A backup holds a guest until it ages out, and the database's own record of the erasure is restored
away with everything since. So the record is kept twice: in the table `erasure`, and as a file in
the folder of the backups. A job compares the two. What the file knows and the table does not was
lost by a restore: those guests are erased anew, and the table knows again. Both hold hashes of
random ids only, which lead to nobody who is not in a backup.
"""

import asyncio
import logging
import os
import re
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

from seating.access.audit import keep_record
from seating.access.owners import venues_here
from seating.book.reservations import Booker
from seating.booking.changing import cancel
from seating.clock import Clock
from seating.db import Connection, Pool, run
from seating.privacy.erasing import forget
from seating.privacy.person import find_person, lock_records

log = logging.getLogger("maitred.retention")

FILE: Final = "erased.txt"
LINE: Final = re.compile(r"(\S+) ([0-9a-f]{64})")
"""A venue and the SHA-256 of an erased record."""
RESTORED: Final = "erased before, and brought back by a restore"

LISTED = """
select venue_id, encode(unnest(pseudonym_hash), 'hex') as hash from erasure
"""

BROUGHT_BACK = """
select distinct coalesce(merged_into, guest_id) as guest_id from guest
where venue_id = $1
  and encode(sha256(convert_to(venue_id || '/' || guest_id, 'UTF8')), 'hex') = any($2::text[])
order by 1
"""

LIST_AGAIN = """
insert into erasure (venue_id, erasure_id, pseudonym_hash, guests, at, why)
select $1, $2, array(select decode(hash, 'hex') from unnest($3::text[]) as hash),
       cardinality($3::text[]), $4, $5
"""

TO_COME = """
select reservation_id from reservation where venue_id = $1 and reservation_id = any($2::uuid[])
  and state in ('requested', 'booked') and starts > $3
order by period_id, reservation_id
"""


async def keep_erasure_list(folder: Path, pool: Pool, clock: Clock) -> int:
    """Bring the file and the table together; return how many guests were erased anew."""
    file = folder / FILE
    in_file = await asyncio.to_thread(read_list, file)
    in_table = frozenset((row["venue_id"], row["hash"]) for row in await pool.fetch(LISTED))
    if in_table - in_file:
        await asyncio.to_thread(write_list, file, in_table | in_file)
    lost = in_file - in_table
    if not lost:
        return 0
    venues = await venues_here(pool)
    counts = [
        await _erase_anew(pool, venue_id, sorted(h for v, h in lost if v == venue_id), clock)
        for venue_id in sorted({venue for venue, _ in lost}.intersection(venues))
    ]
    if any(counts):
        log.warning("a restore had brought back guests who were erased: erased %s", sum(counts))
    return sum(counts)


def read_list(file: Path) -> frozenset[tuple[str, str]]:
    """Return what the file lists; nothing without a file, and no line that was cut off."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return frozenset()
    return frozenset((found[1], found[2]) for line in lines if (found := LINE.fullmatch(line)))


def write_list(file: Path, erasures: frozenset[tuple[str, str]]) -> None:
    """Write the list whole or not at all, for its owner's eyes."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = file.with_name(f"{file.name}.{uuid4().hex}.partial")
    text = "".join(f"{venue} {hash_}\n" for venue, hash_ in sorted(erasures))
    try:
        with open(partial, "x", encoding="utf-8", opener=_owners) as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)


def _owners(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


async def _erase_anew(pool: Pool, venue_id: str, hashes: list[str], clock: Clock) -> int:
    async def work(conn: Connection) -> int:
        now = await clock.now(conn)
        rows = await conn.fetch(BROUGHT_BACK, venue_id, hashes)
        guests: list[UUID] = [row["guest_id"] for row in rows]
        if guests:
            await lock_records(conn, venue_id, guests)
            await _cancel_to_come(conn, venue_id, guests, clock)
            pseudonyms = {guest: uuid4() for guest in guests}
            await forget(conn, venue_id, pseudonyms, by=None, why=RESTORED, at=now)
            for pseudonym in pseudonyms.values():
                facts = {"guest": str(pseudonym), "restored": True}
                await keep_record(conn, venue_id, "GuestErased", facts, by=None, reason=RESTORED)
        await conn.execute(LIST_AGAIN, venue_id, uuid4(), hashes, now, RESTORED)
        return len(guests)

    return await run(pool, work)


async def _cancel_to_come(
    conn: Connection, venue_id: str, guests: list[UUID], clock: Clock
) -> None:
    """Cancel bookings that had been cancelled or were over when the guest was erased."""
    person = await find_person(conn, venue_id, guests)
    now = await clock.now(conn)
    booker = Booker(channel="phone", actor="manager", staff_id="job")
    for row in await conn.fetch(TO_COME, venue_id, person.reservations, now):
        await cancel(conn, venue_id, row["reservation_id"], "-", booker, clock)
