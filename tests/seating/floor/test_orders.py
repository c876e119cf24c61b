"""The floor: parties sit, move, share, leave; what happened in the room is never refused."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, get_args
from uuid import uuid4

import msgspec
import pytest
from msgspec.structs import replace

from api.background.broadcast import Event
from policies.book.lifecycles import NotPossible
from policies.book.refusals import CommandCode
from policies.floor import orders
from seating.errors import (
    IdReused,
    Invalid,
    NotAllowed,
    NotFound,
    NotPossibleNow,
    Stale,
    TableOccupied,
)
from seating.floor.answers import ERRORS
from tests.support.house import NOON, SEVEN, at, house_text, move_clock, open_house
from tests.support.stand import (
    BORIS,
    about,
    clear,
    into,
    of,
    other,
    pass_minutes,
    picture,
    promise,
    reserve,
    state,
    tell,
    waits,
    walk_in,
)

if TYPE_CHECKING:
    from seating.db import Pool

ROOM = house_text(2, 2, 4, 4, joins=[("1", "2")])


@pytest.fixture(autouse=True)
async def evening(pool: Pool) -> None:
    await open_house(pool, ROOM)
    await move_clock(pool, SEVEN)


async def test_a_walk_in_stays_the_turn_of_where_it_sits_a_promised_party_what_it_was_promised(
    pool: Pool,
) -> None:
    outside = "turn_times = [{ party_max = 4, minutes = 60, areas = ['terrace'] }, "
    text = house_text(2, 2, 2, 2, terrace=2).replace("turn_times = [", outside)
    await open_house(pool, text)
    await move_clock(pool, SEVEN)
    assert (await walk_in(pool, "3")).expected_end == at(1)
    assert (await walk_in(pool, "1")).expected_end == at(1.5)
    promised = await reserve(pool, 1)
    assert promised.ends == at(1.5)
    told = await tell(pool, orders.Seat(**about(promised), tables=("4",)))
    assert told.seatings[0].expected_end == at(1.5)


async def test_a_walk_in_sits_at_once_and_its_turn_is_expected(pool: Pool) -> None:
    told = await tell(pool, orders.Seat(id=uuid4(), tables=("1",), party_size=2, name="Ines"))
    (seated,) = told.seatings
    assert (seated.tables, seated.name, seated.party_size) == (("1",), "Ines", 2)
    assert seated.expected_end == at(1.5)


async def test_tables_nobody_declared_as_a_join_are_joined_on_the_spot(pool: Pool) -> None:
    seated = await walk_in(pool, "2", "4", size=5)
    assert (await picture(pool)).seatings[0].tables == ("2", "4")
    assert seated.party_size == 5


async def test_where_somebody_sits_nobody_else_does(pool: Pool) -> None:
    await walk_in(pool, "1", "2", size=4)
    with pytest.raises(TableOccupied) as caught:
        await walk_in(pool, "2")
    assert caught.value.now is not None


@pytest.mark.parametrize("tables", [("9",), ("1", "1")])
async def test_tables_have_to_exist_and_be_named_once(pool: Pool, tables: tuple[str, ...]) -> None:
    with pytest.raises(Invalid):
        await walk_in(pool, *tables)


async def test_a_reservation_sits_without_being_marked_arrived_first(pool: Pool) -> None:
    coming = await reserve(pool)
    await tell(pool, orders.Seat(**about(coming), tables=("3",)))
    now = await promise(pool, coming.reservation_id)
    assert (now.state, now.arrived, now.tables) == ("seated", 2, ())


async def test_who_was_counted_in_stays_counted_when_the_party_sits_incomplete(pool: Pool) -> None:
    coming = await reserve(pool, party_size=4)
    told = await tell(pool, orders.Arrive(**about(coming), arrived=2))
    await tell(pool, orders.Seat(**about(told.reservations[0]), tables=("3",)))
    now = await promise(pool, coming.reservation_id)
    assert (now.arrived, now.party_size) == (2, 4)
    told = await tell(pool, orders.Arrive(**about(now), arrived=5))
    assert told.seatings[0].party_size == 5


async def test_the_last_table_cleared_finishes_the_reservation(pool: Pool) -> None:
    coming = await reserve(pool, party_size=4)
    told = await tell(pool, orders.Seat(**about(coming), tables=("1", "2")))
    told = await tell(pool, orders.Split(**of(told.seatings[0]), party_size=2, tables=("2",)))
    rest, part = told.seatings
    await clear(pool, rest)
    assert await state(pool, coming.reservation_id) == "seated"
    await clear(pool, part)
    assert await state(pool, coming.reservation_id) == "finished"


async def test_guests_of_merged_parties_are_counted_once(pool: Pool) -> None:
    one, two = await walk_in(pool, "1"), await walk_in(pool, "2")
    await tell(pool, orders.Merge(**of(one), **into(two)))
    now = await picture(pool)
    (joined,) = now.seatings
    assert (joined.party_size, set(joined.tables)) == (4, {"1", "2"})
    assert sum(covers for _, covers in now.started) == 4


async def test_a_split_party_that_sits_together_again_is_one_party(pool: Pool) -> None:
    whole = await walk_in(pool, "1", "2", size=4)
    told = await tell(pool, orders.Split(**of(whole), party_size=1, tables=("2",)))
    rest, part = told.seatings
    told = await tell(pool, orders.Merge(**of(part), **into(rest)))
    assert told.seatings[1].party_size == 4


@pytest.mark.parametrize(("size", "tables"), [(4, ("2",)), (1, ("1", "2"))])
async def test_a_split_leaves_somebody_and_a_table(
    pool: Pool, size: int, tables: tuple[str, ...]
) -> None:
    whole = await walk_in(pool, "1", "2", size=4)
    with pytest.raises(Invalid):
        await tell(pool, orders.Split(**of(whole), party_size=size, tables=tables))


async def test_two_parties_change_places(pool: Pool) -> None:
    one, two = await walk_in(pool, "1"), await walk_in(pool, "3")
    await tell(pool, orders.Swap(**of(one), **other(two)))
    now = {each.seating_id: each.tables for each in (await picture(pool)).seatings}
    assert now == {one.seating_id: ("3",), two.seating_id: ("1",)}


async def test_a_party_moves_to_tables_some_of_which_are_its_own(pool: Pool) -> None:
    seated = await walk_in(pool, "1")
    await tell(pool, orders.Move(**of(seated), tables=("1", "2")))
    assert (await picture(pool)).seatings[0].tables == ("1", "2")


async def test_a_party_stays_longer_from_now_once_it_is_overdue(pool: Pool) -> None:
    seated = await walk_in(pool, "1")
    now = await pass_minutes(pool, 120)
    told = await tell(pool, orders.Extend(**of(seated), minutes=30))
    assert (told.seatings[0].expected_end - now).total_seconds() == 30 * 60


async def test_dessert_after_the_bill_is_possible_a_second_bill_is_not(pool: Pool) -> None:
    seated = await walk_in(pool, "1")
    told = await tell(pool, orders.Serve(**of(seated), check_down=True))
    with pytest.raises(NotPossible):
        await tell(pool, orders.Serve(**of(told.seatings[0]), check_down=True))
    told = await tell(pool, orders.Serve(**of(told.seatings[0]), check_down=False))
    assert told.seatings[0].state == "dessert"


async def test_a_waiting_party_sits(pool: Pool) -> None:
    told = await tell(pool, orders.Wait(id=uuid4(), party_size=2, name="Ola", quoted_minutes=20))
    told = await tell(pool, orders.Seat(**waits(told), tables=("1",)))
    assert (told.seatings[0].name, told.waiting[0].state) == ("Ola", "seated")
    assert (await picture(pool)).waiting == ()


async def test_the_same_tap_twice_happens_once_and_is_answered_alike(pool: Pool) -> None:
    wish = orders.Seat(id=uuid4(), tables=("1",), party_size=2)
    assert await tell(pool, wish) == await tell(pool, wish)
    assert len((await picture(pool)).seatings) == 1


async def test_an_id_stands_for_one_kind_of_order(pool: Pool) -> None:
    seated = await walk_in(pool, "1")
    with pytest.raises(IdReused):
        await tell(pool, orders.Wait(id=seated.seating_id, party_size=2))


async def test_an_id_sent_again_with_something_else_is_no_replay(pool: Pool) -> None:
    wish = orders.Seat(id=uuid4(), tables=("1",), party_size=2)
    await tell(pool, wish)
    with pytest.raises(IdReused):
        await tell(pool, replace(wish, tables=("2",)))
    assert (await picture(pool)).seatings[0].tables == ("1",)


async def test_who_saw_an_older_version_is_told_what_is_true_now(pool: Pool) -> None:
    seated = await walk_in(pool, "1")
    await tell(pool, orders.Move(**of(seated), tables=("2",)))
    with pytest.raises(Stale) as caught:
        await clear(pool, seated)
    assert caught.value.now == (await picture(pool)).seatings[0]


async def test_what_has_ended_meanwhile_is_stale_not_unknown(pool: Pool) -> None:
    seated = await walk_in(pool, "1")
    await clear(pool, seated)
    with pytest.raises(Stale) as caught:
        await clear(pool, seated)
    assert getattr(caught.value.now, "state", None) == "cleared"
    coming = await reserve(pool)
    await tell(pool, orders.Walk(**about(coming)))
    with pytest.raises(Stale) as caught:
        await tell(pool, orders.Arrive(**about(coming), arrived=2))
    assert getattr(caught.value.now, "state", None) == "walked"
    with pytest.raises(NotFound):
        await tell(pool, orders.Clear(id=uuid4(), seating_id=uuid4(), version=1))


async def test_nobody_arrives_days_ahead_or_after_the_close(pool: Pool) -> None:
    tomorrow = await reserve(pool, starts=at(24))
    with pytest.raises(NotPossibleNow, match="still ahead"):
        await tell(pool, orders.Arrive(**about(tomorrow), arrived=2))
    late = await reserve(pool)
    await move_clock(pool, at(6))
    with pytest.raises(NotPossibleNow, match="is over"):
        await tell(
            pool,
            orders.Arrive(id=uuid4(), reservation_id=late.reservation_id, version=2, arrived=2),
        )


async def test_a_host_overrules_for_tonight_only_a_manager_any_night(pool: Pool) -> None:
    await move_clock(pool, NOON)
    asked = await reserve(pool, starts=at(48), party_size=4)
    await pool.execute("update reservation set state = 'requested'")
    await pool.execute("delete from intention")
    for number in (1, 2, 3):
        await reserve(pool, number, starts=at(48), party_size=4)
    with pytest.raises(NotPossibleNow, match="Give a reason"):
        await tell(pool, orders.Approve(**about(asked)))
    wish = orders.Approve(**about(asked), reason="an old friend")
    with pytest.raises(NotAllowed):
        await tell(pool, wish)
    told = await tell(pool, wish, BORIS)
    assert (told.reservations[-1].kind, told.reservations[-1].overruled) == ("overbooked", True)


async def test_a_request_declined_is_a_turnaway(pool: Pool) -> None:
    asked = await reserve(pool, starts=at(1))
    await pool.execute("update reservation set state = 'requested'")
    await pool.execute("delete from intention")
    await tell(pool, orders.Decline(**about(asked)))
    assert await state(pool, asked.reservation_id) == "declined"
    assert await pool.fetchval("select kind from turnaway") == "denial"


async def test_a_lever_is_announced_so_that_every_tablet_understands(pool: Pool) -> None:
    heard: asyncio.Queue[str] = asyncio.Queue()
    async with pool.acquire() as conn:
        await conn.add_listener("maitred", lambda *told: heard.put_nowait(told[3]))
        told = await tell(pool, orders.Levers(id=uuid4(), online_paused=True))
        event = msgspec.json.decode(await asyncio.wait_for(heard.get(), 30), type=Event)
        await conn.reset()
    assert told.period is not None
    assert (event.event, event.id) == ("period.changed", told.period.period_id)
    assert event.version == told.period_version


def test_every_refusal_of_a_command_has_an_error_with_its_code() -> None:
    assert set(ERRORS) == set(get_args(CommandCode))
    assert all(error.code == code for code, error in ERRORS.items())
