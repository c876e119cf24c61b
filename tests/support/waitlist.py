"""Parties that wait: put on the list from outside, as a booking site or a guest would."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from seating.book.guests import Contact
from seating.book.reservations import Booker
from seating.db import run
from seating.waitlist.entries import WaitlistPlace
from seating.waitlist.joining import JoinRequest, join
from tests.support.house import CLOCK, VENUE, phone

if TYPE_CHECKING:
    from seating.db import Pool
    from seating.turnaways.log import LoggedRefusal

GUEST = Booker(channel="guest", actor="guest")


def wish(number: int = 0, **more: Any) -> JoinRequest:  # noqa: ANN401 - any field
    """Guest `number` wants to wait for a table for two."""
    guest = Contact(name=f"Guest {number}", phone=phone(number))
    fields: dict[str, Any] = {"wait_id": uuid4(), "party_size": 2, "guest": guest} | more
    return JoinRequest(**fields)


async def ask(
    pool: Pool, asked: JoinRequest, booker: Booker = GUEST
) -> WaitlistPlace | LoggedRefusal:
    return await run(pool, lambda conn: join(conn, VENUE, asked, booker, CLOCK))


async def joined(pool: Pool, number: int = 0, booker: Booker = GUEST, **more: Any) -> WaitlistPlace:  # noqa: ANN401
    """A party that was let onto the list."""
    entry = await ask(pool, wish(number, **more), booker)
    assert isinstance(entry, WaitlistPlace), entry
    return entry


async def suggested(pool: Pool) -> dict[UUID, list[str]]:
    """Whom the host was prompted to call, and to which tables."""
    rows = await pool.fetch(
        "select wait_id, suggested_tables from wait_entry where suggested_at is not null"
    )
    return {row["wait_id"]: row["suggested_tables"] for row in rows}
