"""Held tables: out of sale on every channel, granted with a reason, given back rung by rung."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from msgspec.structs import replace

from policies.floor import orders
from policies.house.room import Needs
from seating.booking.making import BookingResult, HeldTableGrant
from seating.db import run, transaction
from seating.door.options import options_for_walk_in
from seating.errors import Invalid, NotAllowed, NotFound
from seating.house.overrides import Override, override
from seating.jobs.sweeps import release_held_tables
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
    open_house,
    order,
    site,
)
from tests.support.rules import PEAK, rule
from tests.support.stand import BORIS, clear, picture, reserve, stand, take_back, tell, walk_in

if TYPE_CHECKING:
    from seating.db import Pool

EIGHT = at(1)


@pytest.fixture
async def held(pool: Pool) -> None:
    """Three tables of two, two of them held from eight to ten."""
    await open_house(pool, house_text(2, 2, 2))
    await rule(pool, holds=[PEAK])
    await pool.execute("insert into client (client_id, name, secret_hash) values ('s', 'S', '')")


async def states(pool: Pool) -> list[str]:
    rows = await pool.fetch("select state from held_table order by release_at desc")
    return [row["state"] for row in rows]


pytestmark = pytest.mark.usefixtures("held")


async def test_held_tables_are_out_of_sale_on_every_channel(pool: Pool) -> None:
    await book(pool, order(1, starts=EIGHT), HOST)
    for booker in (HOST, site("s")):
        refused = await book(pool, order(2, starts=EIGHT), booker)
        assert isinstance(refused, LoggedRefusal)
        assert refused.no.code == "HELD_BACK"
    assert await states(pool) == ["held", "held"]


async def test_outside_the_window_nothing_is_held_back(pool: Pool) -> None:
    made = [await book(pool, order(n, starts=at(-1)), HOST) for n in range(3)]
    assert all(isinstance(each, BookingResult) for each in made)


async def test_a_rung_puts_one_table_on_sale_without_any_job(pool: Pool) -> None:
    await book(pool, order(1, starts=EIGHT), HOST)
    await move_clock(pool, EIGHT - timedelta(minutes=45))
    assert isinstance(await book(pool, order(2, starts=EIGHT), site("s")), BookingResult)
    assert isinstance(await book(pool, order(3, starts=EIGHT), site("s")), LoggedRefusal)
    assert await states(pool) == ["held", "released"]


async def test_readers_count_a_release_before_anybody_wrote_it(pool: Pool) -> None:
    await book(pool, order(1, starts=EIGHT), HOST)
    await move_clock(pool, EIGHT - timedelta(minutes=15))
    assert await states(pool) == ["held", "held"]
    assert (await stand(pool)).held == ()


async def test_the_job_releases_what_nobody_met(pool: Pool) -> None:
    await book(pool, order(1, starts=EIGHT), HOST)
    await move_clock(pool, EIGHT - timedelta(minutes=15))
    assert await release_held_tables(pool, CLOCK) == 1
    assert await release_held_tables(pool, CLOCK) == 0
    assert await states(pool) == ["released", "released"]


async def test_the_host_sees_them_and_when_they_go(pool: Pool) -> None:
    await book(pool, order(1, starts=EIGHT), HOST)
    held = (await stand(pool)).held
    assert [each.release_at for each in held] == [
        EIGHT - timedelta(minutes=minutes) for minutes in (45, 15)
    ] or [each.release_at for each in held] == [
        EIGHT - timedelta(minutes=minutes) for minutes in (15, 45)
    ]
    assert all(len(each.tables) == 1 for each in held)


async def test_a_walk_in_is_granted_one_with_a_reason(pool: Pool) -> None:
    await move_clock(pool, EIGHT - timedelta(minutes=50))
    await walk_in(pool, "1")
    async with transaction(pool) as conn:
        offered = (await options_for_walk_in(conn, VENUE, 2, Needs(), CLOCK)).options
    option = next(each for each in offered if each.held_id is not None)
    assert option.full_turn
    seat = orders.Seat(
        id=uuid4(), tables=option.tables, party_size=2, held_id=option.held_id, reason="first visit"
    )
    told = await tell(pool, seat)
    assert [each.state for each in told.held] == ["granted"]
    assert sorted(await states(pool)) == ["granted", "held"]
    reason = await pool.fetchval("select reason from held_table where state = 'granted'")
    assert reason == "first visit"


async def test_a_grant_needs_its_reason(pool: Pool) -> None:
    await book(pool, order(1, starts=EIGHT), HOST)
    held = (await stand(pool)).held[0]
    seat = orders.Seat(id=uuid4(), tables=held.tables, party_size=2, held_id=held.held_id)
    with pytest.raises(Invalid):
        await tell(pool, seat)
    assert await states(pool) == ["held", "held"]


async def test_a_grant_taken_back_is_held_again(pool: Pool) -> None:
    await move_clock(pool, EIGHT - timedelta(minutes=50))
    await book(pool, order(1, starts=EIGHT), HOST)
    held = (await stand(pool)).held[0]
    seat = orders.Seat(
        id=uuid4(), tables=held.tables, party_size=2, held_id=held.held_id, reason="a birthday"
    )
    told = await tell(pool, seat)
    await take_back(pool, told)
    assert await states(pool) == ["held", "held"]
    assert all(each.tables for each in (await picture(pool)).held)


async def test_a_regular_on_the_phone_is_granted_one(pool: Pool) -> None:
    await book(pool, order(1, starts=EIGHT), HOST)
    held = (await stand(pool)).held[0]
    wish = replace(
        order(2, starts=EIGHT), grant=HeldTableGrant(held_id=held.held_id, reason="a regular")
    )
    made = await book(pool, wish, HOST)
    assert isinstance(made, BookingResult)
    assert made.reservation.kind == "physical"
    assert sorted(await states(pool)) == ["granted", "held"]
    with pytest.raises(NotFound):
        await book(pool, replace(wish, guest=order(3).guest), HOST)


async def test_a_booking_site_grants_nothing(pool: Pool) -> None:
    await book(pool, order(1, starts=EIGHT), HOST)
    held = (await stand(pool)).held[0]
    wish = replace(
        order(2, starts=EIGHT), grant=HeldTableGrant(held_id=held.held_id, reason="let me in")
    )
    with pytest.raises(NotAllowed):
        await book(pool, wish, site("s"))


async def test_a_manager_gives_one_back_and_it_is_on_sale_at_once(pool: Pool) -> None:
    await book(pool, order(1, starts=EIGHT), HOST)
    held = (await stand(pool)).held[0]
    release = orders.ReleaseHeld(id=uuid4(), held_id=held.held_id, version=held.version)
    await tell(pool, release, BORIS)
    assert isinstance(await book(pool, order(2, starts=EIGHT), site("s")), BookingResult)


async def test_a_manager_holds_one_more(pool: Pool) -> None:
    more = orders.HoldMore(id=uuid4(), window="peak", reason="a critic may come")
    await tell(pool, more, BORIS)
    refused = await book(pool, order(1, starts=EIGHT), HOST)
    assert isinstance(refused, LoggedRefusal)
    assert await states(pool) == ["held"] * 3


async def test_a_promise_outlives_a_held_table_when_room_is_lost(pool: Pool) -> None:
    coming = await reserve(pool, 1, starts=EIGHT)
    for table in coming.tables:
        await tell(pool, orders.BlockTable(id=uuid4(), table_id=table, ends=at(4)))
    kept = next(p for p in (await picture(pool)).promises if p.state == "booked")
    assert kept.tables
    assert not kept.exposed
    assert sorted(await states(pool)) == ["held", "held"] or "cancelled" in await states(pool)
    await tell(pool, orders.BlockTable(id=uuid4(), table_id=kept.tables[0], ends=at(4)))
    assert "cancelled" in await states(pool)
    last = next(p for p in (await picture(pool)).promises if p.state == "booked")
    assert last.tables
    assert not last.exposed


async def test_guests_who_sit_down_move_a_held_table_not_themselves(pool: Pool) -> None:
    await move_clock(pool, SEVEN)
    await reserve(pool, 1, starts=at(3.0))
    spot = (await stand(pool)).held[0].tables
    party = await walk_in(pool, *spot)
    now = (await stand(pool)).held
    assert all(each.tables != spot for each in now)
    await clear(pool, party)


async def test_replayed_grants_happen_once(pool: Pool) -> None:
    await move_clock(pool, EIGHT - timedelta(minutes=50))
    await book(pool, order(1, starts=EIGHT), HOST)
    held = (await stand(pool)).held[0]
    seat = orders.Seat(
        id=uuid4(), tables=held.tables, party_size=2, held_id=held.held_id, reason="a birthday"
    )
    assert await tell(pool, seat) == await tell(pool, seat)
    assert (
        await pool.fetchval("select count(*) from outbox where event = 'held_table.granted'") == 1
    )


async def test_nothing_is_written_by_looking(pool: Pool) -> None:
    await run(pool, lambda conn: options_for_walk_in(conn, VENUE, 2, Needs(), CLOCK))
    assert await states(pool) == []


async def test_tonight_hold_three_then_one(pool: Pool) -> None:
    await book(pool, order(1, starts=EIGHT), HOST)
    await differ(pool, holds=[PEAK | {"count": 3}])
    assert sorted(await states(pool)) == ["cancelled", "held", "held"]
    await differ(pool, holds=[PEAK | {"count": 1}])
    assert sorted(await states(pool)) == ["cancelled", "held", "released"]
    assert isinstance(await book(pool, order(2, starts=EIGHT), HOST), BookingResult)


async def differ(pool: Pool, **rules: Any) -> None:  # noqa: ANN401 - rules are JSON
    """Change tonight's rules as a manager."""
    wish = Override(id=uuid4(), rules=rules, reason="a big night")
    await run(pool, lambda conn: override(conn, VENUE, "2027-03-03.dinner", wish, "marat", CLOCK))
