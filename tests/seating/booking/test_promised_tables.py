"""A promised table: kept by a move where it is free, else said to be promised no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from msgspec.structs import replace

from policies.floor import orders
from seating.book.reservations import Reservation
from seating.booking.by_link import GUEST
from seating.booking.changing import Change, change
from seating.booking.desk.entries import BookEntry, entry_of
from seating.db import run
from seating.errors import NeedsAnyway
from tests.support.house import (
    CLOCK,
    HOST,
    SEVEN,
    VENUE,
    at,
    booked,
    house_text,
    move_clock,
    open_house,
    order,
    rewrite_house,
)
from tests.support.stand import pass_minutes, promise, stand, take_back, tell, walk_in

if TYPE_CHECKING:
    from uuid import UUID

    from seating.db import Connection, Pool


@pytest.fixture
async def kept(pool: Pool) -> Reservation:
    """Of two tables for four, the second is promised to a party of four at seven."""
    await open_house(pool, house_text(4, 4))
    return await promised(pool, 0, "2")


async def promised(pool: Pool, number: int, table: str, hours: float = 0) -> Reservation:
    wish = replace(order(number, party_size=4, starts=at(hours)), tables=(table,))
    done = await booked(pool, wish, HOST)
    assert (done.tables, done.reservation.fixed) == ((table,), True)
    return done.reservation


async def move(pool: Pool, kept: Reservation, **wish: Any) -> Reservation:  # noqa: ANN401
    key = kept.reservation_id
    done = await run(
        pool,
        lambda conn: change(conn, VENUE, key, Change(**wish), GUEST, CLOCK, version=None),
    )
    assert isinstance(done, Reservation), done
    return done


async def at_the_desk(pool: Pool, key: UUID) -> BookEntry:
    return await run(pool, lambda conn: entry_of(conn, VENUE, key, HOST, CLOCK))


async def test_a_move_keeps_the_promised_table_where_it_is_free(
    pool: Pool, kept: Reservation
) -> None:
    for hours in (0.25, 24):
        moved = await move(pool, kept, starts=at(hours))
        entry = await at_the_desk(pool, moved.reservation_id)
        assert (entry.tables, entry.fixed, entry.lost_tables) == (("2",), True, ())
    fewer = await move(pool, kept, party_size=2)
    entry = await at_the_desk(pool, fewer.reservation_id)
    assert (entry.tables, entry.fixed, entry.lost_tables) == (("2",), True, ())


async def test_a_table_that_is_promised_no_more_is_told_to_host_and_guest(
    pool: Pool, kept: Reservation
) -> None:
    await promised(pool, 1, "2", hours=2.25)
    moved = await move(pool, kept, starts=at(1))
    assert (moved.fixed, moved.lost_tables) == (False, ("2",))
    entry = await at_the_desk(pool, moved.reservation_id)
    assert (entry.tables, entry.fixed, entry.lost_tables) == (("1",), False, ("2",))
    await move_clock(pool, SEVEN)
    (first, other) = (await stand(pool)).reservations
    assert (first.fixed, first.lost_tables, other.lost_tables) == (False, ("2",), ())
    back = orders.Assign(
        id=uuid4(),
        reservation_id=moved.reservation_id,
        version=moved.version,
        tables=("1",),
        fixed=True,
    )
    told = await tell(pool, back)
    assert (told.reservations[-1].fixed, told.reservations[-1].lost_tables) == (True, ())


async def test_a_request_is_promised_no_table(pool: Pool, kept: Reservation) -> None:
    await rewrite_house(pool, "{periods,0,needs_approval}", value=True)
    moved = await move(pool, kept, starts=at(1))
    assert (moved.state, moved.fixed, moved.lost_tables) == ("requested", False, ("2",))


async def test_a_fact_that_takes_the_promised_table_is_told_and_undone(
    pool: Pool, kept: Reservation
) -> None:
    await move_clock(pool, SEVEN)
    sat = orders.Seat(id=uuid4(), tables=("2",), party_size=2)
    with pytest.raises(NeedsAnyway, match="no longer has table 2, which was promised"):
        await tell(pool, sat)
    told = await tell(pool, replace(sat, anyway=("PROMISED_TABLES_TAKEN",)))
    now = await promise(pool, kept.reservation_id)
    assert (now.tables, now.fixed, now.lost_tables) == (("1",), False, ("2",))
    await take_back(pool, told)
    now = await promise(pool, kept.reservation_id)
    assert (now.tables, now.fixed, now.lost_tables) == (("2",), True, ())


async def test_a_party_that_grew_out_of_it_and_one_that_came_too_late(
    pool: Pool, kept: Reservation
) -> None:
    late = await promised(pool, 1, "1")
    await move_clock(pool, SEVEN)
    await tell(
        pool,
        orders.Resize(
            id=uuid4(), reservation_id=kept.reservation_id, version=kept.version, party_size=5
        ),
    )
    assert (await promise(pool, kept.reservation_id)).lost_tables == ("2",)
    await pass_minutes(pool, 31)
    await walk_in(pool, "1")
    now = await promise(pool, late.reservation_id)
    assert (now.state, now.fixed, now.lost_tables) == ("no_show", False, ("1",))


async def test_a_change_against_the_engine_keeps_the_promised_table_unless_somebody_has_it(
    pool: Pool, kept: Reservation
) -> None:
    late = Change(starts=at(3.5), overrule="an old friend")
    key = kept.reservation_id
    await move_clock(pool, SEVEN)

    async def move_by_staff(conn: Connection) -> Reservation:
        done = await change(conn, VENUE, key, late, HOST, CLOCK, version=None)
        assert isinstance(done, Reservation), done
        return done

    moved = await run(pool, move_by_staff)
    entry = await at_the_desk(pool, moved.reservation_id)
    assert (entry.tables, entry.fixed, entry.kind) == (("2",), True, "physical")

    other = await promised(pool, 1, "2", hours=1)
    late, key = Change(starts=at(2.75), overrule="a birthday"), other.reservation_id
    moved = await run(pool, move_by_staff)
    assert (moved.fixed, moved.lost_tables) == (False, ("2",))
