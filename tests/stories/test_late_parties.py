"""A party is late and says so: what it is told by its page is what then happens."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from policies.floor import orders
from seating.booking.by_link import booking_link, own_booking
from seating.db import run, transaction
from seating.floor.by_guest import tell_late_by_link
from seating.jobs.sweeps import mark_late_and_no_show
from tests.support.house import (
    CLOCK,
    HOST,
    SEVEN,
    VENUE,
    booked,
    house_text,
    move_clock,
    open_house,
)
from tests.support.house import order as wish
from tests.support.stand import about, promise, tell, walk_in

if TYPE_CHECKING:
    from datetime import datetime

    from policies.book.picture import Promise
    from seating.db import Pool

EIGHT = SEVEN + timedelta(hours=1)


def minutes(count: int) -> datetime:
    """So many minutes after eight."""
    return EIGHT + timedelta(minutes=count)


async def told(pool: Pool, token: str, late: int) -> Promise:
    """The guest's promise once it has told on its page how late it is."""
    await run(pool, lambda conn: tell_late_by_link(conn, token, uuid4(), late, CLOCK))
    async with transaction(pool) as conn:
        own = await own_booking(conn, token, CLOCK)
    return await promise(pool, own.reservation.reservation_id)


async def test_whoever_comes_after_its_grace_sits_where_its_page_said(pool: Pool) -> None:
    """At 19:55 for 20:00: kept until 20:25; after that table 2, free at 20:40."""
    await open_house(pool, house_text(2, 2))
    await move_clock(pool, SEVEN + timedelta(minutes=10))
    sits = await walk_in(pool, "2")
    assert sits.expected_end == minutes(40)
    made = (await booked(pool, wish(1, starts=EIGHT), HOST)).reservation
    async with transaction(pool) as conn:
        token = await booking_link(conn, VENUE, made, CLOCK)
    await move_clock(pool, minutes(-5))
    late = await told(pool, token, 10)
    assert late.late_told is not None
    said = late.late_told
    assert (said.kept_until, said.then_at, said.then_tables) == (minutes(25), minutes(40), ("2",))
    await move_clock(pool, minutes(24))
    await mark_late_and_no_show(pool, CLOCK)
    assert (await promise(pool, made.reservation_id)).tables == ("1",)
    await move_clock(pool, minutes(25))
    await mark_late_and_no_show(pool, CLOCK)
    await walk_in(pool, "1")
    kept = await promise(pool, made.reservation_id)
    assert (kept.state, kept.tables, kept.late_until) == ("booked", ("2",), minutes(40))
    await move_clock(pool, minutes(35))
    cleared = orders.Clear(id=uuid4(), seating_id=sits.seating_id, version=sits.version)
    await tell(pool, cleared)
    seated = await tell(pool, orders.Seat(tables=("2",), **about(kept)))
    assert [each.state for each in seated.reservations] == ["seated"]
    assert seated.warnings == (), "it was its own place"


async def test_whoever_comes_in_time_sits_at_its_own_table_and_nobody_lost_one(pool: Pool) -> None:
    await open_house(pool, house_text(2, 2))
    await move_clock(pool, SEVEN)
    made = (await booked(pool, wish(1, starts=EIGHT), HOST)).reservation
    next_one = (await booked(pool, wish(2, starts=minutes(90)), HOST)).reservation
    await booked(pool, wish(3, starts=EIGHT), HOST)
    async with transaction(pool) as conn:
        token = await booking_link(conn, VENUE, made, CLOCK)
    await move_clock(pool, minutes(-5))
    late = await told(pool, token, 20)
    after = await promise(pool, next_one.reservation_id)
    assert after.tables, "a late party takes nobody's table"
    assert late.late_told is not None
    assert late.ends == late.late_told.table_until
    assert late.tables != after.tables or late.ends <= after.starts
    await move_clock(pool, minutes(20))
    seated = await tell(pool, orders.Seat(tables=late.tables, **about(late)))
    (sits,) = seated.seatings
    assert sits.expected_end == late.ends, "as long as it was told"
