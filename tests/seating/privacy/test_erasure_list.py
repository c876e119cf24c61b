"""Whoever was erased stays erased after a restore of a backup from before."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING
from uuid import uuid4

from seating.access.recorded import EventFilter, events_of, told_in
from seating.db import run
from seating.privacy.erasing import EraseGuest, erase_guest
from seating.privacy.erasure_list import FILE, keep_erasure_list, read_list
from tests.support.house import CLOCK, HOST, VENUE, booked, house_text, open_house, order

if TYPE_CHECKING:
    from pathlib import Path

    from asyncpg import Record

    from seating.db import Pool

ROWS = """
select r.reservation_id, g.guest_id, g.name, g.phone from reservation r
join guest g using (venue_id, guest_id)
"""
AS_IN_THE_BACKUP = """
with back as (
    insert into guest (venue_id, guest_id, name, phone, created_at)
    values ($1, $2, $3, $4, now()) returning guest_id)
update reservation r set name = $3, guest_id = back.guest_id, state = 'booked'
from back where r.reservation_id = $5
"""
STANDS = "select array(select name || ' ' || state from reservation)"


async def erased(pool: Pool, guest: Record) -> None:
    command = EraseGuest(id=uuid4(), reason="asked", cancel_bookings=True)
    about = (VENUE, guest["guest_id"], command)
    await run(pool, lambda conn: erase_guest(conn, *about, by="anna", clock=CLOCK))


async def test_a_guest_whom_a_restore_brings_back_is_erased_anew_with_the_bookings_to_come(
    pool: Pool, tmp_path: Path
) -> None:
    await open_house(pool, house_text(2, 2))
    await booked(pool, order(1), HOST)
    (guest,) = await pool.fetch(ROWS)
    folder = tmp_path / "backups"
    await erased(pool, guest)
    assert await keep_erasure_list(folder, pool, CLOCK) == 0
    listed = (folder / FILE).read_text()
    assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o600
    assert len(listed.splitlines()) == 1
    assert str(guest["guest_id"]) not in listed

    # What a restore does: the guest is there again, and no table knows of the erasure.
    back = (guest["guest_id"], guest["name"], guest["phone"], guest["reservation_id"])
    await pool.execute(AS_IN_THE_BACKUP, VENUE, *back)
    await pool.execute("delete from erasure")
    assert await pool.fetchval(STANDS) == ["Guest 1 booked"]
    assert await keep_erasure_list(folder, pool, CLOCK) == 1
    assert await pool.fetchval(STANDS) == ["- cancelled"]
    assert [row["phone"] for row in await pool.fetch(ROWS)] == [None]
    async with pool.acquire() as conn:
        latest, *_ = await events_of(conn, VENUE, EventFilter(kind="GuestErased"), 5)
    assert told_in("en", latest)[1].startswith("A restored backup held a guest who had been erased")
    assert told_in("ru", latest)[1].startswith("В восстановленной копии были данные гостя")
    assert await keep_erasure_list(folder, pool, CLOCK) == 0
    assert (folder / FILE).read_text() == listed


def test_a_list_with_lines_cut_off_or_scribbled_in_is_read_as_far_as_it_is_one(
    tmp_path: Path,
) -> None:
    good, odd = f"{VENUE} {'a' * 64}", f"{VENUE} {'z' * 64}"
    (tmp_path / FILE).write_text(f"{good}\n{odd}\n\n# a remark\n{VENUE} abc", encoding="utf-8")
    assert read_list(tmp_path / FILE) == {(VENUE, "a" * 64)}
    assert read_list(tmp_path / "none") == frozenset()
