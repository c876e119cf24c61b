"""Facts against intentions: what happens in the room wins, and the plan makes way at once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from msgspec.structs import replace

from policies.door.options import walk_in_options
from policies.floor import orders
from policies.house.room import Needs
from seating.book.in_force import house_of
from seating.booking.slot_holds import ClientSlotHold, HoldRequest, hold_slot
from seating.db import transaction
from seating.errors import Invalid, NeedsAnyway
from seating.turnaways.log import LoggedRefusal
from tests.support.house import (
    CLOCK,
    HOST,
    SEVEN,
    VENUE,
    at,
    book,
    house_text,
    move_clock,
    new_site,
    open_house,
    order,
    site,
)
from tests.support.stand import (
    about,
    clear,
    moved_in,
    of,
    pass_minutes,
    picture,
    promise,
    reserve,
    stand,
    take_back,
    tell,
    walk_in,
)

if TYPE_CHECKING:
    from uuid import UUID

    from seating.db import Pool

ROOM = house_text(2, 2, 4, joins=[("1", "2")], terrace=1)
CASES = "select reservation_id, how from exposure order by opened_at, reservation_id"


@pytest.fixture(autouse=True)
async def evening(pool: Pool) -> None:
    await open_house(pool, ROOM)
    await move_clock(pool, SEVEN)


async def block(pool: Pool, table: str) -> UUID:
    told = await tell(pool, orders.BlockTable(id=uuid4(), table_id=table, reason="broken leg"))
    return told.blocks[0].block_id


async def cases(pool: Pool) -> list[tuple[UUID, str | None]]:
    return [tuple(row) for row in await pool.fetch(CASES)]


async def test_a_walk_in_sits_where_another_was_meant_who_gets_another_table(pool: Pool) -> None:
    coming = await reserve(pool, starts=at(0.5))
    seat = orders.Seat(id=uuid4(), tables=coming.tables, party_size=2)
    told = await tell(pool, seat)
    assert moved_in(told) == (coming.reservation_id,)
    now = await promise(pool, coming.reservation_id)
    assert now.tables
    assert now.tables != coming.tables
    assert not now.exposed


async def test_whoever_loses_the_last_table_is_shown_as_exposed_until_there_is_room(
    pool: Pool,
) -> None:
    coming = await reserve(pool, starts=at(0.25), party_size=4)
    seated = await walk_in(pool, "3", size=4)
    with pytest.raises(NeedsAnyway, match=r"Guest 0 \(4\), due at 19:15, has no table now"):
        await walk_in(pool, "1")
    await walk_in(pool, "1", anyway=("DUE_PARTY_LOSES_TABLE",))
    now = await promise(pool, coming.reservation_id)
    assert (now.exposed, now.tables) == (True, ())
    assert await cases(pool) == [(coming.reservation_id, None)]
    told = await clear(pool, seated)
    assert moved_in(told) == (coming.reservation_id,)
    now = await promise(pool, coming.reservation_id)
    assert (now.exposed, now.tables) == (False, ("3",))
    assert await cases(pool) == [(coming.reservation_id, "booked")]


async def test_a_block_moves_the_plan_and_its_lifting_heals_it(pool: Pool) -> None:
    coming = await reserve(pool, starts=at(1), party_size=4)
    broken = await block(pool, "3")
    moved = await promise(pool, coming.reservation_id)
    assert moved.tables == ("1", "2")
    await block(pool, "1")
    assert (await promise(pool, coming.reservation_id)).exposed
    await tell(pool, orders.LiftBlock(id=uuid4(), block_id=broken, version=1))
    healed = await promise(pool, coming.reservation_id)
    assert (healed.tables, healed.exposed) == (("3",), False)


async def test_a_table_promised_by_name_gives_way_to_a_fact_too(pool: Pool) -> None:
    coming = await reserve(pool, starts=at(1))
    told = await tell(pool, orders.Assign(**about(coming), tables=("1",), fixed=True))
    assert told.reservations[-1].fixed
    broken = await tell(pool, orders.BlockTable(id=uuid4(), table_id="1"))
    now = await promise(pool, coming.reservation_id)
    assert (now.exposed, now.fixed) == (False, False)
    assert now.tables not in {(), ("1",)}
    await take_back(pool, broken)
    now = await promise(pool, coming.reservation_id)
    assert (now.tables, now.fixed) == (("1",), True)


async def test_a_slot_hold_makes_way_for_a_block(pool: Pool) -> None:
    """It used to keep its table in the plan, which no block could then be written over."""
    partner = site((await new_site(pool))[0])
    wish = HoldRequest(party_size=4, starts=at(1))
    async with transaction(pool) as conn:
        held = await hold_slot(conn, VENUE, wish, partner, CLOCK)
    assert isinstance(held, ClientSlotHold)
    for table in ("3", "2", "1"):
        await block(pool, table)
    (hold,) = (await picture(pool)).slot_holds
    assert hold.tables == ()


async def test_a_block_may_not_overlap_another_nor_lie_behind(pool: Pool) -> None:
    await block(pool, "1")
    with pytest.raises(Invalid, match="Table 1 is out of use then already"):
        await block(pool, "1")
    past = orders.BlockTable(id=uuid4(), table_id="2", starts=at(-1), ends=at(-0.5))
    with pytest.raises(Invalid, match="later than now"):
        await tell(pool, past)


async def test_a_block_of_days_makes_way_on_each_of_them(pool: Pool) -> None:
    later = [await reserve(pool, n, starts=at(24 * n), party_size=4) for n in (1, 2)]
    wish = orders.BlockTable(id=uuid4(), table_id="3", ends=at(72))
    told = await tell(pool, wish)
    assert set(moved_in(told)) == {each.reservation_id for each in later}
    for each in later:
        assert (await promise(pool, each.reservation_id)).tables == ("1", "2")


async def test_who_was_booked_beyond_the_room_gets_the_first_table_that_is_free(
    pool: Pool,
) -> None:
    """Once it has one it is no longer overruled, which a constraint insists on."""
    seated = await walk_in(pool, "3", size=4)
    others = [await walk_in(pool, table) for table in ("1", "2")]
    wish = order(1, starts=at(0.25), party_size=4)
    made = await book(pool, replace(wish, overrule="an old friend"), HOST)
    assert not isinstance(made, LoggedRefusal)
    beyond = await promise(pool, made.reservation.reservation_id)
    assert (beyond.kind, beyond.overruled, beyond.tables) == ("overbooked", True, ())
    for each in others:
        await clear(pool, each)
    joined = await promise(pool, made.reservation.reservation_id)
    assert (joined.kind, joined.overruled, joined.tables) == ("physical", False, ("1", "2"))
    await clear(pool, seated)
    told = await tell(pool, orders.Assign(**about(joined), tables=("3",)))
    assert told.reservations[-1].tables == ("3",)


async def test_a_table_can_be_assigned_after_the_doors_are_stopped(pool: Pool) -> None:
    coming = await reserve(pool, starts=at(1))
    await tell(pool, orders.Levers(id=uuid4(), seating_stopped=True, close_early=True))
    told = await tell(pool, orders.Assign(**about(coming), tables=("2",)))
    assert told.reservations[-1].tables == ("2",)


async def test_a_party_that_grows_at_the_door_gets_a_table_for_its_size(pool: Pool) -> None:
    coming = await reserve(pool)
    told = await tell(pool, orders.Arrive(**about(coming), arrived=4))
    grown = told.reservations[-1]
    assert (grown.party_size, grown.ends) == (4, at(2))
    assert grown.tables in {("3",), ("1", "2")}


async def test_a_party_that_shrinks_gives_the_large_table_back(pool: Pool) -> None:
    coming = await reserve(pool, party_size=4)
    assert coming.tables == ("3",)
    told = await tell(pool, orders.Resize(**about(coming), party_size=2))
    assert told.reservations[-1].tables in {("1",), ("2",)}


async def test_a_party_larger_than_the_room_stands_without_a_table(pool: Pool) -> None:
    coming = await reserve(pool)
    told = await tell(pool, orders.Resize(**about(coming), party_size=9))
    assert told.exposed == (coming.reservation_id,)


async def test_a_seated_party_is_resized_where_it_sits(pool: Pool) -> None:
    coming = await reserve(pool)
    told = await tell(pool, orders.Seat(**about(coming), tables=("3",)))
    told = await tell(pool, orders.Resize(**about(told.reservations[0]), party_size=3))
    assert told.seatings[0].party_size == 3
    assert sum(covers for _, covers in (await picture(pool)).started) == 3


async def test_a_no_show_that_comes_is_owed_its_place(pool: Pool) -> None:
    coming = await reserve(pool)
    await pass_minutes(pool, 16)
    (shown,) = (await stand(pool)).reservations
    assert (shown.state, shown.tables) == ("no_show", ())
    gone = await promise(pool, coming.reservation_id)
    told = await tell(pool, orders.Arrive(**about(gone), arrived=2))
    assert told.reservations[-1].tables


async def test_only_a_party_that_knew_the_rule_is_owed_nothing(pool: Pool) -> None:
    await reserve(pool, 1)
    await pool.execute("delete from acknowledgement")
    (unknowing,) = (await stand(pool)).reservations
    await pass_minutes(pool, 16)
    (still,) = (await stand(pool)).reservations
    assert (unknowing.place_owed, still.place_owed) == (True, True)
    await pool.execute(
        "insert into acknowledgement select venue_id, reservation_id, 3, 'phone', 'anna', now(),"
        " array['late']"
        " from reservation"
    )
    (knew,) = (await stand(pool)).reservations
    assert not knew.place_owed


async def test_a_no_show_that_called_gets_the_grace_anew(pool: Pool) -> None:
    coming = await reserve(pool)
    await pass_minutes(pool, 30)
    gone = await promise(pool, coming.reservation_id)
    await tell(pool, orders.Reopen(**about(gone)))
    await pass_minutes(pool, 14)
    assert (await promise(pool, coming.reservation_id)).state == "booked"
    await pass_minutes(pool, 2)
    assert (await promise(pool, coming.reservation_id)).state == "no_show"


async def test_a_guest_who_booked_again_meanwhile_arrives_all_the_same(pool: Pool) -> None:
    first = await reserve(pool)
    await pass_minutes(pool, 16)
    gone = await promise(pool, first.reservation_id)
    await reserve(pool, starts=at(0.5))
    told = await tell(pool, orders.Arrive(**about(gone), arrived=2))
    assert told.reservations[-1].state == "arrived"


async def test_a_shut_terrace_moves_its_parties_and_opens_again(pool: Pool) -> None:
    coming = await reserve(pool, starts=at(1), party_size=4)
    assert coming.tables == ("3",)
    told = await tell(pool, orders.Levers(id=uuid4(), areas_shut=("terrace",)))
    assert moved_in(told) == (coming.reservation_id,)
    assert (await promise(pool, coming.reservation_id)).tables == ("1", "2")
    await take_back(pool, told)
    assert (await promise(pool, coming.reservation_id)).tables == ("3",)
    with pytest.raises(Invalid):
        await tell(pool, orders.Levers(id=uuid4(), areas_shut=("cellar",)))


@pytest.mark.parametrize("lever", ["seating_stopped", "last_orders", "close_early"])
async def test_a_lever_empties_the_door_until_it_is_taken_back(pool: Pool, lever: str) -> None:
    told = await tell(pool, orders.Levers(id=uuid4(), **{lever: True}))  # type: ignore[arg-type]
    assert await offers(pool) == 0
    await pass_minutes(pool, 50)
    await take_back(pool, told)
    assert await offers(pool) > 0


async def offers(pool: Pool) -> int:
    told = await picture(pool)
    async with transaction(pool) as conn:
        known = await house_of(conn, VENUE)
        now = await CLOCK.now(conn)
    return len(walk_in_options(told, known.house, 2, Needs(), now=now))


async def test_paused_online_booking_is_paused_for_sites_only(pool: Pool) -> None:
    partner = site((await new_site(pool))[0])
    await tell(pool, orders.Levers(id=uuid4(), online_paused=True))
    refused = await book(pool, order(1, starts=at(1)), partner)
    assert isinstance(refused, LoggedRefusal)
    assert refused.no.code == "PAUSED"
    assert (await reserve(pool, 2, starts=at(1))).state == "booked"


async def test_an_overrun_moves_the_next_plan_though_nobody_taps(pool: Pool) -> None:
    seated = await walk_in(pool, "1")
    next_party = await reserve(pool, starts=at(1.5))
    await tell(pool, orders.Assign(**about(next_party), tables=("1",)))
    now = await pass_minutes(pool, 89)
    assert now < seated.expected_end + timedelta(minutes=1)
    await tell(pool, orders.Extend(**of(seated), minutes=30))
    assert (await promise(pool, next_party.reservation_id)).tables not in {(), ("1",)}


async def test_whoever_looks_sees_a_plan_moved_whose_table_stays_taken(pool: Pool) -> None:
    await walk_in(pool, "1")
    next_party = await reserve(pool, starts=at(1.5))
    await tell(pool, orders.Assign(**about(next_party), tables=("1",)))
    await pass_minutes(pool, 89)
    seen = {each.reservation_id: each.tables for each in (await stand(pool)).reservations}
    assert seen[next_party.reservation_id] not in {(), ("1",)}


async def test_a_plan_that_reaches_back_never_lies_over_a_block_that_has_ended(
    pool: Pool,
) -> None:
    """A no-show that comes late is planned from its start on, when the table was still blocked."""
    coming = await reserve(pool, party_size=4)
    await tell(pool, orders.BlockTable(id=uuid4(), table_id="3", ends=at(0.25)))
    await walk_in(pool, "1", anyway=("DUE_PARTY_LOSES_TABLE",))
    await pass_minutes(pool, 20)
    gone = await promise(pool, coming.reservation_id)
    told = await tell(pool, orders.Arrive(**about(gone), arrived=4))
    assert told.exposed == (coming.reservation_id,)
    assert (await stand(pool)).blocks == ()
