"""A tap taken back: everything is as it was, the plan too, unless something came between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from msgspec.structs import replace

from policies.book.lifecycles import TooLate
from policies.floor import orders
from seating.errors import CannotUndo, NotFound
from tests.support.house import SEVEN, at, house_text, move_clock, open_house
from tests.support.stand import (
    about,
    clear,
    into,
    of,
    other,
    pass_minutes,
    picture,
    reserve,
    state,
    take_back,
    tell,
    waits,
    walk_in,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from policies.book.picture import Picture
    from policies.floor.orders import Order
    from seating.db import Pool

ROOM = house_text(2, 2, 4, 4, joins=[("1", "2")])


@pytest.fixture(autouse=True)
async def evening(pool: Pool) -> None:
    await open_house(pool, ROOM)
    await move_clock(pool, SEVEN)


async def arrive(pool: Pool) -> Order:
    return orders.Arrive(**about(await reserve(pool, party_size=4)), arrived=6)


async def resize(pool: Pool) -> Order:
    return orders.Resize(**about(await reserve(pool)), party_size=4)


async def walk(pool: Pool) -> Order:
    return orders.Walk(**about(await reserve(pool)))


async def assign(pool: Pool) -> Order:
    return orders.Assign(**about(await reserve(pool)), tables=("4",), fixed=True)


async def seat(pool: Pool) -> Order:
    return orders.Seat(**about(await reserve(pool)), tables=("3",), party_size=3)


async def seat_over_a_plan(pool: Pool) -> Order:
    coming = await reserve(pool, starts=at(0.5))
    return orders.Seat(id=uuid4(), tables=coming.tables, party_size=2)


async def seat_from_the_waitlist(pool: Pool) -> Order:
    told = await tell(pool, orders.Wait(id=uuid4(), party_size=2))
    return orders.Seat(**waits(told), tables=("1",))


async def move(pool: Pool) -> Order:
    return orders.Move(**of(await walk_in(pool, "1")), tables=("2", "3"))


async def swap(pool: Pool) -> Order:
    one, two = await walk_in(pool, "1"), await walk_in(pool, "2")
    return orders.Swap(**of(one), **other(two))


async def split(pool: Pool) -> Order:
    return orders.Split(**of(await walk_in(pool, "1", "2", size=4)), party_size=1, tables=("2",))


async def merge(pool: Pool) -> Order:
    coming = await reserve(pool)
    told = await tell(pool, orders.Seat(**about(coming), tables=("1",)))
    host = await walk_in(pool, "2")
    return orders.Merge(**of(told.seatings[0]), **into(host))


async def serve(pool: Pool) -> Order:
    return orders.Serve(**of(await walk_in(pool, "1")), check_down=True)


async def extend(pool: Pool) -> Order:
    await reserve(pool, starts=at(1.5))
    return orders.Extend(**of(await walk_in(pool, "1")), minutes=60)


async def clear_a_reservation(pool: Pool) -> Order:
    told = await tell(pool, orders.Seat(**about(await reserve(pool)), tables=("1",)))
    return orders.Clear(**of(told.seatings[0]))


async def block(pool: Pool) -> Order:
    await reserve(pool, starts=at(1))
    return orders.BlockTable(id=uuid4(), table_id="1")


async def lift(pool: Pool) -> Order:
    told = await tell(pool, orders.BlockTable(id=uuid4(), table_id="1"))
    return orders.LiftBlock(id=uuid4(), block_id=told.blocks[0].block_id, version=1)


async def levers(pool: Pool) -> Order:
    await reserve(pool, starts=at(1))
    return orders.Levers(id=uuid4(), online_paused=True, areas_shut=("room",), last_orders=True)


async def wait(pool: Pool) -> Order:  # noqa: ARG001 - like the others
    return orders.Wait(id=uuid4(), party_size=2)


async def notify(pool: Pool) -> Order:
    told = await tell(pool, orders.Wait(id=uuid4(), party_size=2))
    return orders.Notify(**waits(told))


async def leave(pool: Pool) -> Order:
    told = await tell(pool, orders.Wait(id=uuid4(), party_size=2))
    return orders.Leave(**waits(told))


KINDS: list[Callable[[Pool], Awaitable[Order]]] = [
    arrive,
    resize,
    walk,
    assign,
    seat,
    seat_over_a_plan,
    seat_from_the_waitlist,
    move,
    swap,
    split,
    merge,
    serve,
    extend,
    clear_a_reservation,
    block,
    lift,
    levers,
    wait,
    notify,
    leave,
]


def unversioned(now: Picture) -> dict[str, Any]:
    """What is true, whatever version it has and whether a guest's second table is allowed."""
    things: dict[str, Any] = {
        name: sorted((replace(thing, version=1) for thing in getattr(now, name)), key=repr)
        for name in ("promises", "seatings", "blocks", "waiting")
    }
    things["blocks"] = {each.table_id for each in now.blocks}
    return things | {"period": replace(now.period, version=0), "started": sorted(now.started)}


@pytest.mark.parametrize("prepare", KINDS)
async def test_every_order_taken_back_leaves_the_room_as_it_was(
    pool: Pool, prepare: Callable[[Pool], Awaitable[Order]]
) -> None:
    wish = await prepare(pool)
    was = unversioned(await picture(pool))
    told = await tell(pool, wish)
    assert unversioned(await picture(pool)) != was
    await take_back(pool, told)
    assert unversioned(await picture(pool)) == was


@pytest.mark.parametrize("prepare", KINDS)
async def test_after_its_time_no_order_is_taken_back(
    pool: Pool, prepare: Callable[[Pool], Awaitable[Order]]
) -> None:
    told = await tell(pool, await prepare(pool))
    assert told.undo_until is not None
    await move_clock(pool, told.undo_until)
    await pass_minutes(pool, 0.1)
    with pytest.raises(TooLate):
        await take_back(pool, told)


async def test_nothing_is_taken_back_twice_but_a_replay_is_answered(pool: Pool) -> None:
    told = await tell(pool, orders.Seat(id=uuid4(), tables=("1",), party_size=2))
    again = orders.Undo(id=uuid4(), action_id=told.action_id)
    assert await tell(pool, again) == await tell(pool, again)
    with pytest.raises(CannotUndo, match="already"):
        await take_back(pool, told)
    with pytest.raises(NotFound):
        await tell(pool, orders.Undo(id=uuid4(), action_id=uuid4()))


async def test_a_cleared_party_cannot_return_to_a_table_that_is_taken(pool: Pool) -> None:
    told = await clear(pool, await walk_in(pool, "1"))
    await walk_in(pool, "1")
    with pytest.raises(CannotUndo, match="Another party"):
        await take_back(pool, told)


async def test_what_changed_again_is_left_alone(pool: Pool) -> None:
    seated = await tell(pool, orders.Seat(id=uuid4(), tables=("1",), party_size=2))
    await tell(pool, orders.Move(**of(seated.seatings[0]), tables=("2",)))
    with pytest.raises(CannotUndo, match="since"):
        await take_back(pool, seated)
    waiting = await tell(pool, orders.Wait(id=uuid4(), party_size=2))
    await tell(pool, orders.Seat(**waits(waiting), tables=("1",)))
    with pytest.raises(CannotUndo):
        await take_back(pool, waiting)


async def test_a_block_lifted_and_set_anew_is_not_set_twice(pool: Pool) -> None:
    set_first = await tell(pool, orders.BlockTable(id=uuid4(), table_id="1"))
    wish = orders.LiftBlock(id=uuid4(), block_id=set_first.blocks[0].block_id, version=1)
    lifted = await tell(pool, wish)
    with pytest.raises(CannotUndo):
        await take_back(pool, set_first)
    await tell(pool, orders.BlockTable(id=uuid4(), table_id="1"))
    with pytest.raises(CannotUndo, match="Table 1 has been put out of use again since"):
        await take_back(pool, lifted)


async def test_a_lever_taken_back_leaves_the_others_where_they_are(pool: Pool) -> None:
    paused = await tell(pool, orders.Levers(id=uuid4(), online_paused=True))
    await tell(pool, orders.Levers(id=uuid4(), seating_stopped=True))
    await take_back(pool, paused)
    period = (await picture(pool)).period
    assert (period.online_paused, period.seating_stopped) == (False, True)
    again = await tell(pool, orders.Levers(id=uuid4(), online_paused=True))
    await tell(pool, orders.Levers(id=uuid4(), online_paused=False))
    with pytest.raises(CannotUndo, match="This has been changed again since"):
        await take_back(pool, again)


async def test_a_party_given_up_is_reopened_not_taken_back(pool: Pool) -> None:
    coming = await reserve(pool)
    told = await tell(pool, orders.NoShow(**about(coming)))
    with pytest.raises(CannotUndo):
        await take_back(pool, told)
    told = await tell(pool, orders.Reopen(**about(told.reservations[0])))
    assert await state(pool, coming.reservation_id) == "booked"
    assert told.reservations[-1].tables


async def test_other_tablets_hear_of_a_seating_that_never_was(pool: Pool) -> None:
    told = await tell(pool, orders.Seat(id=uuid4(), tables=("1",), party_size=2))
    await take_back(pool, told)
    events = await pool.fetch("select event from outbox where subject = $1", str(told.action_id))
    assert [row["event"] for row in events] == ["seating.seated", "seating.unseated"]


async def test_an_undo_that_costs_a_due_party_its_table_tells_so_and_asks_nothing(
    pool: Pool,
) -> None:
    await open_house(pool, house_text(2))
    await move_clock(pool, SEVEN)
    cleared = await clear(pool, await walk_in(pool, "1"))
    coming = await reserve(pool)
    (told,) = (await take_back(pool, cleared)).warnings
    assert (told.code, told.asks) == ("DUE_PARTY_LOSES_TABLE", False)
    assert told.reservation_id == coming.reservation_id
