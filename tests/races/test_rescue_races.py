"""Hosts who open and take at once: one has the tables, the others are told by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from policies.floor.orders import Seat
from policies.rescue.orders import ListRescue, OpenOption, TakeOption
from seating.book.actions import ActionAuthor
from seating.db import run, transaction
from seating.errors import RoomChanged
from seating.floor.orders import execute_command
from seating.rescue.listing import list_rescue
from seating.rescue.opening import open_option
from seating.rescue.rows import OptionStatus
from seating.rescue.taking import RescueOutcome, take_option
from seating.rescue.taps import OptionCommand
from seating.turnaways.at_the_door import DoorTurnaway, record_door_turnaway
from tests.races.conftest import alternating, kinds, open_period, together
from tests.support.gestures import overridden
from tests.support.house import CLOCK, HOST, SEVEN, VENUE, move_clock
from tests.support.rescues import NEIGHBOURS

if TYPE_CHECKING:
    from seating.db import Pool

HOSTS = 6
NEAR_BY = "select option_id from rescue_option where rescue_id = $1 and kind = 'partner'"
NEW_HOST = "insert into staff (venue_id, staff_id, name, role) values ($1, $2, $2, 'host')"


@pytest.fixture
async def hosts(pools: tuple[Pool, Pool]) -> list[ActionAuthor]:
    """Hosts of the house with one table of two, at seven."""
    pool, people = pools[0], [ActionAuthor(staff_id=f"host{n}", actor="host") for n in range(HOSTS)]
    await move_clock(pool, SEVEN)
    await open_period(pool, SEVEN)
    async with transaction(pool) as conn:
        for each in people:
            await conn.execute(NEW_HOST, VENUE, each.staff_id)
    return people


async def listed(pool: Pool, who: ActionAuthor) -> OptionCommand:
    """A party told no, and the tap that opens the table for it."""
    said = DoorTurnaway(turnaway_id=uuid4(), party_size=2, code="NO_TABLE_FITS", kind="denial")
    await run(pool, lambda conn: record_door_turnaway(conn, VENUE, said, HOST, CLOCK))
    wish = ListRescue(id=uuid4(), turnaway_id=said.turnaway_id)
    found = await run(pool, lambda conn: list_rescue(conn, VENUE, wish, who, CLOCK))
    option = next(each.option for each in found.options if each.option.kind == "table")
    return OptionCommand(found.rescue_id, option.option_id, OpenOption(id=uuid4()), who)


async def opens(pool: Pool, tap: OptionCommand) -> OptionStatus:
    return await run(pool, lambda conn: open_option(conn, VENUE, tap, CLOCK))


async def takes(pool: Pool, tap: OptionCommand) -> RescueOutcome:
    order = TakeOption(id=uuid4(), reason="because it rains")
    taking = OptionCommand(tap.rescue_id, tap.option_id, order, tap.who)
    return await run(pool, lambda conn: take_option(conn, VENUE, taking, order, CLOCK))


async def sits(pool: Pool, who: ActionAuthor) -> Any:  # noqa: ANN401 - told
    order = Seat(id=uuid4(), tables=("1",), party_size=2, name="The walk-in")
    return await run(pool, lambda conn: execute_command(conn, VENUE, order, who, CLOCK))


async def test_of_hosts_who_open_the_same_table_one_has_it(
    pools: tuple[Pool, Pool], hosts: list[ActionAuthor]
) -> None:
    taps = [await listed(pools[0], each) for each in hosts]
    outcomes = await together(alternating(pools, HOSTS, lambda pool, n: opens(pool, taps[n])))
    assert kinds(outcomes) == {"OptionStatus": 1, "RoomChanged": HOSTS - 1}
    (winner,) = (each.staff_id for each in outcomes if isinstance(each, OptionStatus))
    for each in outcomes:
        if isinstance(each, RoomChanged):
            assert f"{winner} keeps table 1 for another party" in each.detail
    assert await pools[0].fetchval("select count(*) from intention where kind = 'rescue'") == 1


@pytest.mark.usefixtures("unlocked")
async def test_control_without_the_lock_several_open_it_and_the_constraint_stops_them(
    pools: tuple[Pool, Pool], hosts: list[ActionAuthor], monkeypatch: pytest.MonkeyPatch
) -> None:
    taps = [await listed(pools[0], each) for each in hosts]
    monkeypatch.setattr("seating.db.TRIES", 1)
    outcomes = await together(alternating(pools, HOSTS, lambda pool, n: opens(pool, taps[n])))
    assert kinds(outcomes)["LostRaceError"] > 0
    assert kinds(outcomes)["OptionStatus"] == 1


async def test_a_walk_in_who_sits_down_meanwhile_overrides_it_and_is_named(
    pools: tuple[Pool, Pool], hosts: list[ActionAuthor]
) -> None:
    tap = await listed(pools[0], hosts[0])
    await opens(pools[0], tap)
    sat, taken = await together([sits(pools[1], hosts[1]), takes(pools[0], tap)])
    if isinstance(taken, RescueOutcome):
        assert type(sat).__name__ == "TableOccupied"
    else:
        assert isinstance(taken, RoomChanged), taken
        assert "The walk-in" in taken.detail
    uncleared = "select count(*) from seating where cleared_at is null"
    assert await pools[0].fetchval(uncleared) == 1


async def test_a_party_is_seated_once_however_many_take_it_at_once(
    pools: tuple[Pool, Pool], hosts: list[ActionAuthor]
) -> None:
    tap = await listed(pools[0], hosts[0])
    await opens(pools[0], tap)
    outcomes = await together(alternating(pools, HOSTS, lambda pool, _: takes(pool, tap)))
    assert kinds(outcomes)["RescueOutcome"] == 1
    assert await pools[0].fetchval("select count(*) from seating") == 1


async def test_the_same_tap_at_once_is_answered_alike(
    pools: tuple[Pool, Pool], hosts: list[ActionAuthor]
) -> None:
    tap = await listed(pools[0], hosts[0])
    opened = await together(alternating(pools, HOSTS, lambda pool, _: opens(pool, tap)))
    assert kinds(opened) == {"OptionStatus": HOSTS}
    order = TakeOption(id=uuid4())
    taking = OptionCommand(tap.rescue_id, tap.option_id, order, tap.who)

    async def take(pool: Pool, _: int) -> RescueOutcome:
        return await run(pool, lambda conn: take_option(conn, VENUE, taking, order, CLOCK))

    taken = await together(alternating(pools, HOSTS, take))
    assert kinds(taken) == {"RescueOutcome": HOSTS}
    assert len({each.action_id for each in taken}) == 1


async def test_one_host_opens_two_at_most_however_fast_the_taps(
    pools: tuple[Pool, Pool], hosts: list[ActionAuthor]
) -> None:
    await overridden(pools[0], {"neighbours": NEIGHBOURS})
    found = await listed(pools[0], hosts[0])
    rows = await pools[0].fetch(NEAR_BY, found.rescue_id)
    ids = [row["option_id"] for row in rows]
    taps = [OptionCommand(found.rescue_id, each, OpenOption(id=uuid4()), hosts[0]) for each in ids]
    assert len(taps) == 3
    outcomes = await together(alternating(pools, 3, lambda pool, n: opens(pool, taps[n])))
    assert kinds(outcomes) == {"OptionStatus": 2, "TooManyOpen": 1}
