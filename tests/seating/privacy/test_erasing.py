"""An erasure among others: who books meanwhile, who has a name like no other, or like many."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from msgspec.structs import replace

from seating.db import run
from seating.privacy.erasing import ErasedGuest, EraseGuest, erase_guest
from tests.support.house import CLOCK, HOST, VENUE, at, booked, house_text, open_house, order

if TYPE_CHECKING:
    from seating.db import Pool

NAMES = "select array(select name from reservation order by starts)"
ODD = "Zoë \"Q\\d+\" (x|y*) 'O''Neill; Щукин_%"


async def erased(pool: Pool, guest_id: UUID) -> ErasedGuest:
    command = EraseGuest(id=uuid4(), reason="asked", cancel_bookings=True)
    about = (VENUE, guest_id, command)
    return await run(pool, lambda conn: erase_guest(conn, *about, by="anna", clock=CLOCK))


async def everything(pool: Pool) -> str:
    tables = await pool.fetch("select tablename from pg_tables where schemaname = 'public'")
    rows = [await pool.fetch(f"select x::text from {table} x") for (table,) in tables]
    return " ".join(row[0] for found in rows for row in found)


async def test_a_booking_made_at_the_same_moment_is_either_erased_or_somebody_new_s(
    pool: Pool,
) -> None:
    await open_house(pool, house_text(2, 2, 2, 2))
    await booked(pool, order(1), HOST)
    guest = await pool.fetchval("select guest_id from guest")
    meanwhile = booked(pool, order(1, starts=at(2)), HOST)
    told, _ = await asyncio.gather(erased(pool, guest), meanwhile)
    names = await pool.fetchval(NAMES)
    assert names[0] == "-"
    assert len(told.cancelled) == names.count("-")
    kept = await pool.fetchval("select array(select name from guest where phone is not null)")
    assert kept == [name for name in names if name != "-"]


async def test_a_name_with_every_odd_character_is_found_and_a_namesake_keeps_theirs(
    pool: Pool,
) -> None:
    await open_house(pool, house_text(2, 2, 2, 2))
    for number, hours in ((1, 0), (2, 2)):
        wish = order(number, starts=at(hours))
        await booked(pool, replace(wish, guest=replace(wish.guest, name=ODD)), HOST)
    first = await pool.fetchval("select guest_id from reservation order by starts limit 1")
    await erased(pool, first)
    assert await pool.fetchval(NAMES) == ["-", ODD]
    second = await pool.fetchval("select guest_id from guest where phone is not null")
    assert str(first) not in await everything(pool)
    await erased(pool, second)
    left = await everything(pool)
    assert not [word for word in ("Zoë", "Neill", "Щукин") if word in left]
