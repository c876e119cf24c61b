"""Two hosts at once: one table, one tap, one party; with and without the period's lock."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from policies.floor import orders
from seating.db import transaction
from seating.errors import TableOccupied
from seating.floor.orders import execute_command
from seating.jobs import sweeps
from seating.turnaways.log import LoggedRefusal
from tests.races.conftest import RECOUNT, alternating, kinds, open_period, together
from tests.support.house import (
    CLOCK,
    HOST,
    SEVEN,
    VENUE,
    at,
    book,
    house_text,
    move_clock,
    open_house,
    order,
)
from tests.support.stand import (
    ANNA,
    about,
    of,
    picture,
    reserve,
    take_back,
    tell,
    walk_in,
    with_lunch,
)

if TYPE_CHECKING:
    from seating.db import Pool

ROOM = house_text(2, 2, 4, 4, joins=[("1", "2")])
SITTING = """
select table_id, count(*) from seating_table where to_at is null group by table_id order by table_id
"""


@pytest.fixture(autouse=True)
async def evening(pools: tuple[Pool, Pool]) -> None:
    await open_house(pools[0], ROOM)
    await move_clock(pools[0], SEVEN)
    await open_period(pools[0], SEVEN)


async def sitting(pool: Pool) -> list[tuple[str, int]]:
    return [tuple(row) for row in await pool.fetch(SITTING)]


async def test_of_many_parties_for_one_table_one_sits(pools: tuple[Pool, Pool]) -> None:
    outcomes = await together(alternating(pools, 20, lambda pool, _: walk_in(pool, "1")))
    assert kinds(outcomes) == {"Seating": 1, "TableOccupied": 19}


async def test_control_without_the_lock_the_index_still_lets_one_sit(
    pools: tuple[Pool, Pool],
    unlocked: None,  # noqa: ARG001
) -> None:
    outcomes = await together(alternating(pools, 20, lambda pool, _: walk_in(pool, "1")))
    assert kinds(outcomes) == {"Seating": 1, "TableOccupied": 19}
    assert await sitting(pools[0]) == [("1", 1)]


async def test_the_index_is_answered_as_an_occupied_table_and_never_as_a_failure(
    pools: tuple[Pool, Pool],
    unlocked: None,  # noqa: ARG001
) -> None:
    def seat() -> orders.Seat:
        return orders.Seat(id=uuid4(), tables=("1",), party_size=2)

    async def second() -> None:
        async with transaction(pools[1]) as conn:
            await execute_command(conn, VENUE, seat(), ANNA, CLOCK)

    async with transaction(pools[0]) as conn:
        await execute_command(conn, VENUE, seat(), ANNA, CLOCK)
        seating = asyncio.create_task(second())
        done, _ = await asyncio.wait([seating], timeout=0.3)
        assert not done
    with pytest.raises(TableOccupied):
        await seating


async def test_control_without_lock_and_index_several_sit_at_one_table(
    pools: tuple[Pool, Pool],
    unlocked: None,  # noqa: ARG001
) -> None:
    await pools[0].execute("drop index seating_table_occupied")
    await together(alternating(pools, 20, lambda pool, _: walk_in(pool, "1")))
    assert (await sitting(pools[0]))[0][1] > 1


async def test_one_tap_sent_many_times_happens_once_and_is_answered_alike(
    pools: tuple[Pool, Pool],
) -> None:
    wish = orders.Seat(id=uuid4(), tables=("1",), party_size=2)
    outcomes = await together(alternating(pools, 20, lambda pool, _: tell(pool, wish)))
    assert kinds(outcomes) == {"CommandResult": 20}
    assert all(outcome == outcomes[0] for outcome in outcomes)
    assert await pools[0].fetchval("select count(*) from action") == 1
    assert len((await picture(pools[0])).seatings) == 1


async def test_one_undo_sent_many_times_happens_once(pools: tuple[Pool, Pool]) -> None:
    told = await tell(pools[0], orders.Seat(id=uuid4(), tables=("1",), party_size=2))
    outcomes = await together(alternating(pools, 10, lambda pool, _: take_back(pool, told)))
    assert kinds(outcomes) == {"CommandResult": 1, "CannotUndo": 9}


async def test_parties_crossing_the_room_end_at_tables_of_their_own(
    pools: tuple[Pool, Pool],
) -> None:
    one, other = await walk_in(pools[0], "1"), await walk_in(pools[0], "2")
    swap = orders.Swap(**of(one), other_id=other.seating_id, other_version=other.version)
    back = orders.Swap(**of(other), other_id=one.seating_id, other_version=one.version)
    outcomes = await together(
        [
            tell(pools[0], swap),
            tell(pools[1], back),
            tell(pools[0], orders.Move(**of(one), tables=("3",))),
        ]
    )
    assert kinds(outcomes) == {"CommandResult": 1, "Stale": 2}
    assert all(count == 1 for _, count in await sitting(pools[0]))


async def test_one_reservation_is_seated_once(pools: tuple[Pool, Pool]) -> None:
    coming = await reserve(pools[0])

    async def seat(pool: Pool, number: int) -> object:
        tables = (str(number % 4 + 1),)
        return await tell(pool, orders.Seat(**about(coming), tables=tables))

    outcomes = await together(alternating(pools, 12, seat))
    assert kinds(outcomes) == {"CommandResult": 1, "Stale": 11}


async def test_walk_ins_and_bookings_at_once_leave_every_promise_a_table_or_a_case(
    pools: tuple[Pool, Pool],
) -> None:
    """A seating never sees the plan half made: what it takes is moved or shown as exposed."""

    async def act(pool: Pool, number: int) -> object:
        if number % 3:
            return await book(pool, order(number, starts=at(number % 5 / 4)), HOST)
        return await walk_in(pool, str(number // 3 % 4 + 1))

    await together(alternating(pools, 24, act))
    now = await picture(pools[0])
    sits = {table for seating in now.seatings for table in seating.tables}
    assert len(sits) == len([t for seating in now.seatings for t in seating.tables])
    for each in now.promises:
        assert bool(each.tables) != each.exposed, each
    assert await pools[0].fetch(RECOUNT) == []


async def test_a_booking_for_dinner_waits_for_the_host_who_extends_a_lunch_into_it(
    pools: tuple[Pool, Pool],
) -> None:
    pool = pools[0]
    await open_house(pool, with_lunch(house_text(2)))
    await move_clock(pool, at(-4))
    await open_period(pool, at(-4), at(-1))
    extend = orders.Extend(**of(await walk_in(pool, "1")), minutes=120)
    async with transaction(pool) as conn:
        await execute_command(conn, VENUE, extend, ANNA, CLOCK)
        booking = asyncio.create_task(book(pools[1], order(1, starts=at(-1)), HOST))
        done, _ = await asyncio.wait([booking], timeout=0.3)
        assert not done
    assert isinstance(await booking, LoggedRefusal)


async def test_sweepers_hosts_and_sites_at_once_close_a_period_once(
    pools: tuple[Pool, Pool],
) -> None:
    pool = pools[0]
    for number in range(4):
        await reserve(pool, number, starts=at(1))
    await move_clock(pool, at(6))
    sweeping = alternating(pools, 6, lambda each, _: sweeps.sweep_all(each, CLOCK))
    outcomes = await together([*sweeping, walk_in(pool, "1"), walk_in(pools[1], "2")])
    assert kinds(outcomes) == {"NoneType": 6, "NotPossibleNow": 2}
    ended = "select count(*) from outbox where event = 'reservation.no_show'"
    assert await pool.fetchval(ended) == 4
    assert await pool.fetchval("select count(*) from period where closed_at is not null") == 1
