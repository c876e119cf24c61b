"""The access rules in the book: nobody is given, or moved to, a place that is kept for others."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from msgspec.structs import replace

from policies.floor.orders import Assign, BlockTable
from policies.house.room import EVERYWHERE, Needs
from seating.booking.by_link import GUEST
from seating.booking.changing import Change, change
from seating.booking.making import BookingResult
from seating.booking.slot_holds import ClientSlotHold, HoldRequest, hold_slot
from seating.db import run
from seating.errors import MaitredError
from tests.support.drafts import published
from tests.support.house import (
    CLOCK,
    HOST,
    SEVEN,
    VENUE,
    at,
    book,
    booked,
    house_text,
    move_clock,
    new_site,
    open_house,
    order,
    site,
)
from tests.support.stand import BORIS, promise, tell

if TYPE_CHECKING:
    from uuid import UUID

    from seating.book.reservations import Booker, Reservation
    from seating.db import Connection, Pool
    from seating.turnaways.log import LoggedRefusal

TODAY = date(2027, 3, 3)
ROOM = house_text(2, 2, 4, 4, 2, 4, terrace=2, joins=[("1", "2")])
"""Tables 5 and 6 are on the terrace, which becomes the walk-ins'."""
RULED = 'access = [{ name = "Walk-ins outside", to = "walk_ins", areas = ["terrace"] }]\n' + ROOM

MISPLACED = """
select r.reservation_id, i.table_id
from reservation r
join intention i on i.venue_id = r.venue_id and i.subject_id = r.reservation_id
where r.venue_id = $1 and i.table_id in ('5', '6') and r.overruled_why is null
  and r.channel not in ('walk_in', 'waitlist') and r.created_at >= $2
"""


async def misplaced(pool: Pool) -> int:
    """Reservations made since seven in the morning that stand where only walk-ins may be."""
    return len(await pool.fetch(MISPLACED, VENUE, SEVEN - timedelta(hours=11)))


async def block(pool: Pool, table: str) -> None:
    order_given = BlockTable(
        id=uuid4(), table_id=table, starts=at(0), ends=at(4), reason="a broken leg"
    )
    await tell(pool, order_given, BORIS)


async def _hold(
    wish: HoldRequest, ours: Booker, conn: Connection
) -> ClientSlotHold | LoggedRefusal:
    return await hold_slot(conn, VENUE, wish, ours, CLOCK)


async def _change(key: UUID, wish: Change, conn: Connection) -> Reservation | LoggedRefusal:
    return await change(conn, VENUE, key, wish, GUEST, CLOCK, version=None)


async def fill_up(pool: Pool, ours: Booker) -> list[BookingResult]:
    """Ask for everything an evening has, by every channel that books ahead."""
    made = []
    for number, size in enumerate((2, 4, 2, 4, 2, 2, 3, 4, 2)):
        for booker in (ours, HOST):
            about = order(2 * number + (booker is HOST), party_size=size, starts=at(number % 3 / 4))
            if number % 4 == 3:
                about = replace(about, needs=Needs(area="terrace"))
            done = await book(pool, about, booker)
            made += [done] if isinstance(done, BookingResult) else []
    return made


async def hold_and_confirm(pool: Pool, ours: Booker) -> None:
    for number, size in ((50, 2), (51, 4), (52, 2)):
        wish = HoldRequest(party_size=size, starts=at(2))
        held = await run(pool, partial(_hold, wish, ours))
        if isinstance(held, ClientSlotHold):
            about = order(number, party_size=size, starts=at(2))
            await book(pool, replace(about, slot_hold_id=held.slot_hold_id), ours)


async def an_evening(pool: Pool) -> list[BookingResult]:
    client, _ = await new_site(pool)
    made = await fill_up(pool, site(client))
    await hold_and_confirm(pool, site(client))
    for done in made[:4]:
        key = done.reservation.reservation_id
        for wish in (Change(starts=at(1.5)), Change(party_size=4)):
            await run(pool, partial(_change, key, wish))
    for table in ("3", "1"):
        await block(pool, table)
    return made


async def test_nobody_is_booked_or_moved_where_a_rule_keeps_the_place_for_others(
    pool: Pool,
) -> None:
    await open_house(pool, RULED)
    made = await an_evening(pool)
    assert len(made) >= 4
    assert await misplaced(pool) == 0


async def test_control_without_the_rules_parties_are_where_they_may_not_be(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    await open_house(pool, RULED)
    for module in ("policies.plan.occupancy", "policies.book.question"):
        monkeypatch.setattr(f"{module}.admitted_to", lambda *_: EVERYWHERE)
    await an_evening(pool)
    assert await misplaced(pool) > 0


async def test_what_was_promised_before_the_rule_stays(pool: Pool) -> None:
    await open_house(pool, ROOM)
    client, _ = await new_site(pool)
    outside = replace(order(0), needs=Needs(area="terrace"))
    made = await booked(pool, outside, site(client))
    plain = [await booked(pool, order(n, party_size=4), site(client)) for n in (1, 2, 3)]
    assert [each.tables for each in plain] == [("3",), ("4",), ("6",)]
    told = await published(pool, RULED, TODAY)
    assert told.stranded == ()
    assert (await promise(pool, made.reservation.reservation_id)).tables == ("5",)
    assert (await promise(pool, plain[2].reservation.reservation_id)).tables == ("6",)
    await block(pool, "3")
    (lost,) = (await promise(pool, plain[0].reservation.reservation_id),)
    assert (lost.exposed, lost.tables) == (False, ("1", "2"))
    assert (await promise(pool, made.reservation.reservation_id)).tables == ("5",)


async def test_a_person_assigns_such_a_table_with_a_reason_that_is_kept(pool: Pool) -> None:
    await open_house(pool, RULED)
    client, _ = await new_site(pool)
    await move_clock(pool, SEVEN - timedelta(hours=1))
    key = (await booked(pool, order(0), site(client))).reservation.reservation_id
    assign = Assign(id=uuid4(), reservation_id=key, version=1, tables=("5",))
    with pytest.raises(MaitredError, match="Walk-ins outside"):
        await tell(pool, assign)
    await tell(pool, replace(assign, id=uuid4(), reason="they asked for air"))
    assert (await promise(pool, key)).tables == ("5",)
    assert await pool.fetchval(
        "select overruled_why from reservation where reservation_id = $1", key
    ) == "they asked for air"  # fmt: skip
    assert await misplaced(pool) == 0
    await block(pool, "1")
    assert (await promise(pool, key)).tables == ("5",)
