"""A called party stands in the plan: its table is kept for its minutes, and let go after them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from policies.floor import orders
from policies.house.room import Needs
from seating.booking.making import BookingResult
from seating.db import transaction
from seating.door.options import options_for_waiting, options_for_walk_in
from seating.errors import NotFound
from seating.jobs.sweeps import sweep_all
from seating.turnaways.log import LoggedRefusal
from seating.waitlist.entries import read_own_entry
from tests.support.house import (
    CLOCK,
    HOST,
    SEVEN,
    VENUE,
    book,
    house_text,
    move_clock,
    new_site,
    open_house,
    order,
    site,
)
from tests.support.rules import FIRST_COME, rule
from tests.support.stand import (
    clear,
    pass_minutes,
    picture,
    reserve,
    stand,
    take_back,
    tell,
    waits,
    walk_in,
)
from tests.support.waitlist import joined

if TYPE_CHECKING:
    from uuid import UUID

    from seating.db import Pool
    from seating.door.stand_view import WaitEntryView
    from seating.floor.answers import CommandResult

CALL = timedelta(minutes=10)


@pytest.fixture
async def house(pool: Pool) -> Pool:
    """At seven; one table for two."""
    await open_house(pool, house_text(2))
    await rule(pool, decisions=FIRST_COME)
    await move_clock(pool, SEVEN)
    return pool


async def call(pool: Pool, wait_id: UUID, version: int = 1) -> CommandResult:
    return await tell(pool, orders.Notify(id=uuid4(), wait_id=wait_id, version=version))


async def entry(pool: Pool) -> WaitEntryView:
    return (await stand(pool)).waiting[0]


async def site_books(pool: Pool, minutes: int, number: int = 9) -> BookingResult | LoggedRefusal:
    client_id, _ = await new_site(pool, "bistro")
    wish = order(number, starts=SEVEN + timedelta(minutes=minutes))
    return await book(pool, wish, site(client_id))


async def test_a_site_cannot_book_away_the_table_of_a_party_that_was_called(house: Pool) -> None:
    waiting = await joined(house, 1)
    await call(house, waiting.wait_id)
    refused = await site_books(house, 30)
    assert isinstance(refused, LoggedRefusal)
    assert refused.no.code == "NO_TABLE_FITS"
    await pass_minutes(house, 9)
    seen = await entry(house)
    assert (seen.kept_tables, seen.kept_until) == (("1",), SEVEN + CALL)
    await tell(house, orders.Seat(id=uuid4(), tables=("1",), wait_id=waiting.wait_id, version=2))
    assert await house.fetchval("select state from slot_hold") == "confirmed"
    assert await house.fetchval("select count(*) from intention") == 0


async def test_the_kept_table_is_offered_to_the_called_party_and_to_no_walk_in(
    house: Pool,
) -> None:
    waiting = await joined(house, 1)
    await call(house, waiting.wait_id)
    async with transaction(house) as conn:
        own = await options_for_waiting(conn, VENUE, waiting.wait_id, CLOCK)
        other = await options_for_walk_in(conn, VENUE, 2, Needs(), CLOCK)
        page = await read_own_entry(conn, VENUE, waiting.wait_id, HOST, CLOCK)
        with pytest.raises(NotFound):
            await options_for_waiting(conn, VENUE, uuid4(), CLOCK)
    assert [(each.kind, each.tables) for each in own.options] == [("table", ("1",))]
    assert (own.parties_ahead, other.parties_ahead) == (0, 1)
    assert [each.kind for each in other.options] == ["wait"]
    assert (page.seats_from, page.seats_until) == (SEVEN, SEVEN + CALL)


async def test_a_booking_after_the_call_and_a_whole_turn_is_taken_and_never_exposed(
    house: Pool,
) -> None:
    waiting = await joined(house, 1)
    await call(house, waiting.wait_id)
    assert isinstance(await site_books(house, 105), BookingResult)
    await pass_minutes(house, 10)
    sat = await tell(
        house, orders.Seat(id=uuid4(), tables=("1",), wait_id=waiting.wait_id, version=2)
    )
    assert sat.exposed == ()
    assert await house.fetchval("select count(*) from exposure") == 0


async def test_the_call_exposes_no_promise_and_the_host_sees_that_nothing_is_kept(
    house: Pool,
) -> None:
    promised = await reserve(house, 2, starts=SEVEN + timedelta(minutes=30))
    told = await tell(house, orders.Wait(id=uuid4(), party_size=2, quoted_minutes=5))
    called = await tell(house, orders.Notify(**waits(told)))
    assert called.exposed == ()
    seen = await entry(house)
    assert (seen.state, seen.kept_tables, seen.kept_until) == ("notified", (), None)
    assert (await picture(house)).promises[0].tables == promised.tables == ("1",)


async def test_the_table_is_on_sale_again_when_the_minutes_are_over(house: Pool) -> None:
    waiting = await joined(house, 1)
    await call(house, waiting.wait_id)
    await pass_minutes(house, 10)  # no job runs
    assert (await entry(house)).kept_until is None
    assert isinstance(await site_books(house, 30), BookingResult)
    assert await house.fetchval("select state from slot_hold") == "expired"


async def test_the_sweep_lets_the_table_go_and_another_call_keeps_it_anew(house: Pool) -> None:
    waiting = await joined(house, 1)
    await call(house, waiting.wait_id)
    await pass_minutes(house, 10)
    await sweep_all(house, CLOCK)
    assert await house.fetchval("select count(*) from intention") == 0
    await call(house, waiting.wait_id, 2)
    await pass_minutes(house, 5)
    await call(house, waiting.wait_id, 3)  # and once more while it is kept
    assert (await entry(house)).kept_until == SEVEN + timedelta(minutes=15) + CALL
    states = await house.fetch("select state from slot_hold order by created_at")
    assert [row["state"] for row in states] == ["expired", "given_back", "held"]


@pytest.mark.parametrize("turned_away", [False, True])
async def test_a_called_party_that_leaves_gives_its_table_back(
    house: Pool, *, turned_away: bool
) -> None:
    waiting = await joined(house, 1)
    await call(house, waiting.wait_id)
    left = await tell(
        house,
        orders.Leave(id=uuid4(), wait_id=waiting.wait_id, version=2, turned_away=turned_away),
    )
    assert await house.fetchval("select count(*) from intention") == 0
    await take_back(house, left)
    assert (await entry(house)).kept_tables == ("1",)


async def test_undoing_a_call_frees_the_table_and_undoing_the_seating_keeps_it_again(
    house: Pool,
) -> None:
    waiting = await joined(house, 1)
    called = await call(house, waiting.wait_id)
    sat = await tell(
        house, orders.Seat(id=uuid4(), tables=("1",), wait_id=waiting.wait_id, version=2)
    )
    await take_back(house, sat)
    assert (await entry(house)).kept_until == SEVEN + CALL
    await take_back(house, called)
    seen = await entry(house)
    assert (seen.state, seen.kept_until) == ("waiting", None)
    assert isinstance(await site_books(house, 30), BookingResult)


async def test_undoing_the_joining_takes_its_calls_along(house: Pool) -> None:
    told = await tell(house, orders.Wait(id=uuid4(), party_size=2))
    called = await tell(house, orders.Notify(**waits(told)))
    await take_back(house, called)
    await take_back(house, told)
    assert await house.fetchval("select count(*) from slot_hold") == 0


async def test_the_tables_shown_to_the_host_are_the_ones_kept(pool: Pool) -> None:
    await open_house(pool, house_text(2, 4))
    await move_clock(pool, SEVEN)
    small, large = await walk_in(pool, "1", size=2), await walk_in(pool, "2", size=4)
    waiting = await joined(pool, 1)
    await clear(pool, large)  # the prompt names the only free table
    await clear(pool, small)  # by now the smaller one would be the better fit
    await call(pool, waiting.wait_id)
    assert (await entry(pool)).kept_tables == ("2",)


async def test_somebody_seated_at_the_kept_table_moves_the_called_party_to_another(
    pool: Pool,
) -> None:
    await open_house(pool, house_text(2, 2))
    await move_clock(pool, SEVEN)
    waiting = await joined(pool, 1)
    await call(pool, waiting.wait_id)
    (kept,) = (await entry(pool)).kept_tables
    await walk_in(pool, kept)  # the host seats somebody else there: a fact wins
    seen = await entry(pool)
    assert len(seen.kept_tables) == 1
    assert seen.kept_tables != (kept,)


async def test_a_called_party_is_ahead_but_waits_for_no_second_table(pool: Pool) -> None:
    await open_house(pool, house_text(2, 2))
    await rule(pool, decisions=FIRST_COME)
    await move_clock(pool, SEVEN)
    first = await joined(pool, 1)
    await call(pool, first.wait_id)
    await pass_minutes(pool, 1)
    second = await joined(pool, 2)
    assert (second.parties_ahead, second.quoted_minutes) == (1, 5)
