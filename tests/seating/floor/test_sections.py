"""Sections as the stand sets them: who serves which tables, and what is written of each party."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from policies.book.rotation import rotation
from policies.floor import orders
from seating.errors import Invalid
from tests.support.hearing import listening
from tests.support.house import NOON, SEVEN, house_text, move_clock, open_house
from tests.support.sections import SERVERS, served
from tests.support.stand import (
    clear,
    into,
    of,
    pass_minutes,
    picture,
    take_back,
    tell,
    walk_in,
    with_lunch,
)

if TYPE_CHECKING:
    from policies.book.rotation import ServerLoad
    from seating.db import Pool
    from seating.floor.answers import CommandResult

ROOM = house_text(2, 2, 2, 2, 4, 4) + SERVERS


async def opened(pool: Pool) -> None:
    await open_house(pool, ROOM)
    await move_clock(pool, SEVEN)


async def loads(pool: Pool) -> dict[str, ServerLoad]:
    now = await pass_minutes(pool, 0)
    return {each.server: each for each in rotation(await picture(pool), now)}


async def sections_of(pool: Pool) -> dict[str, str | None]:
    return {each.table_id: each.server for each in (await picture(pool)).sections}


async def test_each_seating_is_written_to_the_server_of_its_section(pool: Pool) -> None:
    await opened(pool)
    await tell(pool, served(ana="125", ben="346"))
    first, second = await walk_in(pool, "1"), await walk_in(pool, "6", size=4)
    assert (first.server, second.server) == ("ana", "ben")
    found = await loads(pool)
    assert (found["ana"].covers, found["ben"].covers) == (2, 4)
    assert list(found) == ["ana", "ben"], "who serves fewer guests is next"
    await clear(pool, second)
    await pass_minutes(pool, 11)
    ben = (await loads(pool))["ben"]
    assert (ben.tables, ben.covers_tonight, ben.lately, ben.last_at) == (0, 4, 0, SEVEN)


async def test_without_sections_nobody_is_written(pool: Pool) -> None:
    await opened(pool)
    assert (await walk_in(pool, "1")).server is None
    found = await picture(pool)
    assert (found.sections, found.served) == ((), ())


async def test_a_host_may_name_another_server_and_nobody_who_is_not_on_the_staff(
    pool: Pool,
) -> None:
    await opened(pool)
    await tell(pool, served(ana="1"))
    told = await tell(pool, orders.Seat(id=uuid4(), tables=("1",), party_size=2, server="ben"))
    assert told.seatings[0].server == "ben"
    for wish in (
        orders.Seat(id=uuid4(), tables=("2",), party_size=2, server="eve"),
        served(ana="2", eve="3"),
    ):
        with pytest.raises(Invalid):
            await tell(pool, wish)
    await pool.execute("update staff set left_at = now() where staff_id = 'ben'")
    with pytest.raises(Invalid):
        await tell(pool, served(ana="2", ben="3"))
    assert await sections_of(pool) == {"1": "ana"}


async def test_who_goes_home_hands_over_tables_and_the_parties_at_them(pool: Pool) -> None:
    await opened(pool)
    await tell(pool, served(ana="125", ben="34"))
    sits = await walk_in(pool, "1")
    told = await tell(pool, served(ben="125"))
    assert [(each.seating_id, each.server) for each in told.seatings] == [(sits.seating_id, "ben")]
    assert {each.server: each.section for each in (await loads(pool)).values()} == {
        "ben": ("1", "2", "3", "4", "5")
    }
    await take_back(pool, told)
    found = await loads(pool)
    assert (found["ana"].covers, found["ben"].covers) == (2, 0)
    assert found["ana"].section == ("1", "2", "5")


async def test_a_party_that_moves_is_served_where_it_sits_now(pool: Pool) -> None:
    await opened(pool)
    await tell(pool, served(ana="12", ben="3"))
    sits = await walk_in(pool, "1")
    moved = (await tell(pool, orders.Move(**of(sits), tables=("3",)))).seatings[0]
    assert moved.server == "ben"
    again = {**of(sits), "version": moved.version}
    back = await tell(pool, orders.Move(**again, tables=("4",)))
    assert back.seatings[0].server == "ben", "nobody serves table 4: who had the party keeps it"


async def test_parties_that_change_places_or_part_are_served_where_they_sit_now(
    pool: Pool,
) -> None:
    await opened(pool)
    await tell(pool, served(ana="125", ben="346"))
    one, other = await walk_in(pool, "1"), await walk_in(pool, "3")
    swap = orders.Swap(**of(one), other_id=other.seating_id, other_version=other.version)
    swapped = (await tell(pool, swap)).seatings
    assert {each.tables: each.server for each in swapped} == {("1",): "ana", ("3",): "ben"}
    large = await walk_in(pool, "5", size=4)
    parted = (await tell(pool, orders.Split(**of(large), party_size=2, tables=("6",)))).seatings
    assert {each.tables: each.server for each in parted} == {("5",): "ana", ("6",): "ben"}


async def test_guests_of_parties_that_became_one_are_counted_once(pool: Pool) -> None:
    await opened(pool)
    await tell(pool, served(ana="12"))
    one, other = await walk_in(pool, "1"), await walk_in(pool, "2")
    await tell(pool, orders.Merge(**of(one), **into(other), anyway=("TABLES_NOT_A_JOIN",)))
    ana = (await loads(pool))["ana"]
    assert (ana.covers, ana.covers_tonight) == (4, 4)


async def test_the_evening_knows_nothing_of_the_sections_of_lunch(pool: Pool) -> None:
    await open_house(pool, with_lunch(ROOM))
    await move_clock(pool, NOON)
    await tell(pool, served(ana="1"))
    await clear(pool, await walk_in(pool, "1"))
    assert (await loads(pool))["ana"].covers_tonight == 2
    await move_clock(pool, SEVEN)
    found = await picture(pool)
    assert (found.sections, found.served) == ((), ())


async def test_every_tablet_hears_that_sections_have_changed(pool: Pool) -> None:
    await opened(pool)
    async with listening(pool) as ear:
        await tell(pool, served(ana="1"))
        await ear.until("sections.changed")


async def test_taking_back_sections_leaves_what_was_given_to_others_since(pool: Pool) -> None:
    await opened(pool)
    first = await tell(pool, served(ana="1234"))
    await tell(pool, served(ben="4"))
    await take_back(pool, first)
    assert await sections_of(pool) == {"1": None, "2": None, "3": None, "4": "ben"}


async def test_two_hosts_at_once_count_each_server_right(pool: Pool) -> None:
    """Both tell the sections and seat at the same time; no guest is lost or counted twice."""
    await opened(pool)

    async def both(*wishes: orders.Order) -> list[CommandResult]:
        return list(await asyncio.gather(*(tell(pool, wish) for wish in wishes)))

    await both(served(ana="125"), served(ben="346"))
    sat = (orders.Seat(id=uuid4(), tables=(table,), party_size=2) for table in "1234")
    await both(*sat)
    found = await loads(pool)
    assert {name: (each.tables, each.covers, each.lately) for name, each in found.items()} == {
        "ana": (2, 4, 2),
        "ben": (2, 4, 2),
    }
    told = await both(served(ben="1"), orders.Seat(id=uuid4(), tables=("5",), party_size=4))
    found = await loads(pool)
    assert (found["ana"].covers, found["ben"].covers) == (6, 6), told
