"""Booking below HTTP: by staff, over the hold of another, and what a "no" leaves behind."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from msgspec.structs import replace

from policies.floor import orders
from policies.house.room import Needs
from seating.book.asked import MAX_DAYS_AHEAD
from seating.book.reservations import Booker, Reservation
from seating.booking.changing import Change, cancel, change
from seating.booking.making import BookingResult
from seating.booking.slot_holds import ClientSlotHold, HoldRequest, hold_slot
from seating.db import run, transaction
from seating.errors import HoldMismatch, Invalid, NotAllowed, NotFound, TooFarOff
from seating.turnaways.log import LoggedRefusal
from tests.support.house import (
    CLOCK,
    HOST,
    NOON,
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
from tests.support.stand import promise, tell

if TYPE_CHECKING:
    from uuid import UUID

    from seating.db import Pool

NONE = Needs()
MANAGER = Booker(channel="desk", actor="manager", staff_id="anna")


@pytest.fixture
async def partner(pool: Pool) -> Booker:
    await open_house(pool, house_text(2, 4))
    return site((await new_site(pool))[0])


async def hold(pool: Pool, partner: Booker, needs: Needs = NONE) -> UUID:
    wish = HoldRequest(party_size=2, starts=SEVEN, needs=needs)
    held = await run(pool, lambda conn: hold_slot(conn, VENUE, wish, partner, CLOCK))
    assert isinstance(held, ClientSlotHold)
    return held.slot_hold_id


async def test_only_its_site_confirms_a_hold(pool: Pool, partner: Booker) -> None:
    held = await hold(pool, partner)
    rival = site((await new_site(pool))[0])
    with pytest.raises(NotFound):
        await book(pool, replace(order(1), slot_hold_id=held), rival)
    assert isinstance(
        await book(pool, replace(order(1), slot_hold_id=held), partner), BookingResult
    )


@pytest.mark.parametrize(("wished", "seconds"), [(None, 300), (1, 1), (45, 45), (9000, 600)])
async def test_a_hold_lasts_as_long_as_it_was_asked_for(
    pool: Pool, partner: Booker, wished: int | None, seconds: int
) -> None:
    wish = HoldRequest(party_size=2, starts=SEVEN, ttl_s=wished)
    held = await run(pool, lambda conn: hold_slot(conn, VENUE, wish, partner, CLOCK))
    assert isinstance(held, ClientSlotHold)
    assert held.expires_at == NOON + timedelta(seconds=seconds)


@pytest.mark.parametrize("wished", [0, -30])
async def test_a_hold_of_no_time_is_not_one_of_the_usual_time(
    pool: Pool, partner: Booker, wished: int
) -> None:
    wish = HoldRequest(party_size=2, starts=SEVEN, ttl_s=wished)
    with pytest.raises(Invalid, match="at least one second"):
        await run(pool, lambda conn: hold_slot(conn, VENUE, wish, partner, CLOCK))
    assert not await pool.fetchval("select exists (select from slot_hold)")


async def test_a_hold_keeps_the_needs_it_was_asked_with(pool: Pool, partner: Booker) -> None:
    held = await hold(pool, partner, needs=Needs(area="room"))
    other = replace(order(1), slot_hold_id=held, needs=Needs(high_chairs=1))
    with pytest.raises(HoldMismatch):
        await book(pool, other, partner)
    done = await booked(pool, replace(order(1), slot_hold_id=held), partner)
    assert done.reservation.needs == Needs(area="room")


async def test_a_plan_makes_room_by_moving_others(pool: Pool, partner: Booker) -> None:
    """The party of two on the large table moves to the small one for a party of four."""
    held = replace(order(1), tables=())
    await booked(pool, held, partner)
    await pool.execute("update intention set table_id = '2'")
    done = await booked(pool, order(2, party_size=4), partner)
    assert done.tables == ("2",)
    rows = await pool.fetch("select distinct table_id from intention order by 1")
    assert [row["table_id"] for row in rows] == ["1", "2"]


async def test_a_guest_refused_and_then_placed_is_recovered(pool: Pool, partner: Booker) -> None:
    first = await booked(pool, order(1, party_size=4), partner)
    assert isinstance(await book(pool, order(2, party_size=4), partner), LoggedRefusal)
    async with transaction(pool) as conn:
        await cancel(conn, VENUE, first.reservation.reservation_id, "ill", partner, CLOCK)
    done = await booked(pool, order(2, party_size=4), partner)
    row = await pool.fetchrow("select code, recovered_by from turnaway")
    assert row is not None
    assert tuple(row) == ("NO_TABLE_FITS", done.reservation.reservation_id)


async def test_a_guest_has_as_many_bookings_as_the_house_allows(
    pool: Pool, partner: Booker
) -> None:
    outcomes = [await book(pool, order(1, starts=at(24 * day)), partner) for day in range(7)]
    assert [isinstance(outcome, BookingResult) for outcome in outcomes] == [True] * 6 + [False]
    last = outcomes[-1]
    assert isinstance(last, LoggedRefusal)
    assert last.no.code == "GUEST_LIMIT"


async def test_nobody_means_a_year_from_next(pool: Pool, partner: Booker) -> None:
    for away in (timedelta(days=MAX_DAYS_AHEAD + 1), timedelta(days=-3)):
        with pytest.raises(TooFarOff):
            await book(pool, order(1, starts=NOON + away), HOST)
    assert await pool.fetchval("select count(*) from turnaway") == 0
    assert isinstance(await book(pool, order(1, starts=at(24 * 90)), HOST), BookingResult)
    assert isinstance(await book(pool, order(2, starts=at(24 * 90)), partner), LoggedRefusal)


async def test_a_person_may_overrule_tonight_and_a_manager_any_night(
    pool: Pool, partner: Booker
) -> None:
    for days in (0, 1):
        await booked(pool, order(days, starts=at(24 * days), party_size=4), partner)
    beyond = replace(order(8, party_size=4), overrule="She is the mayor")
    done = await booked(pool, beyond, HOST)
    assert (done.reservation.kind, done.tables) == ("overbooked", ())
    tomorrow = replace(beyond, starts=at(24), guest=order(9).guest)
    with pytest.raises(NotAllowed):
        await book(pool, tomorrow, HOST)
    assert isinstance(await book(pool, tomorrow, MANAGER), BookingResult)
    assert isinstance(await book(pool, beyond, partner), LoggedRefusal)


async def test_a_change_of_nothing_but_notes_keeps_time_and_table(
    pool: Pool, partner: Booker
) -> None:
    done = await booked(pool, order(1), partner)
    await move_clock(pool, at(-0.5))
    async with transaction(pool) as conn:
        changed = await change(
            conn,
            VENUE,
            done.reservation.reservation_id,
            Change(special_request="A birthday"),
            partner,
            CLOCK,
            version=1,
        )
    assert isinstance(changed, Reservation)
    assert (changed.special_request, changed.starts, changed.version) == ("A birthday", SEVEN, 2)
    assert await pool.fetchval("select count(*) from intention") == 1


async def test_a_place_left_behind_goes_to_a_promise_without_a_table(pool: Pool) -> None:
    await open_house(pool, house_text(2, 2))
    leaving, other = await booked(pool, order(1), HOST), await booked(pool, order(2), HOST)
    (table,) = other.tables
    await tell(pool, orders.BlockTable(id=uuid4(), table_id=table, starts=SEVEN, ends=at(3)))
    assert (await promise(pool, other.reservation.reservation_id)).exposed
    wish = Change(starts=at(24))
    which = leaving.reservation.reservation_id
    await run(pool, lambda conn: change(conn, VENUE, which, wish, HOST, CLOCK, version=None))
    kept = await promise(pool, other.reservation.reservation_id)
    assert (kept.exposed, kept.tables) == (False, leaving.tables)
