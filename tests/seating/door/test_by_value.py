"""The door of a house that decides by value: advice, quotes, and what quotes are learned from."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import msgspec
import pytest

from policies.floor import orders
from policies.house.room import Needs
from policies.lookahead.quotes import (
    QuoteModel,
    QuoteOutcome,
    SimulatedWait,
    first_model,
    from_scales,
    learned_from,
    quoted,
)
from policies.words.catalogue import say
from seating.db import transaction
from seating.door.options import DoorOptions, options_for_promise, options_for_walk_in
from seating.forecast.quote_models import learn_quotes, quote_model_of
from tests.support.house import CLOCK, NOON, SEVEN, VENUE, at, house_text, move_clock, open_house
from tests.support.rules import FIRST_COME, rule
from tests.support.stand import pass_minutes, reserve, take_back, tell, waits, walk_in

if TYPE_CHECKING:
    from asyncpg import Record

    from policies.book.picture import WaitEntry
    from seating.db import Pool
    from seating.floor.answers import CommandResult

KEPT = """
select simulated_minutes, simulated::text, quote_learned, quoted_minutes, quoted_likely
from wait_entry
"""
HALF_PAST = at(0.5)


@pytest.fixture(autouse=True)
async def house(pool: Pool) -> None:
    """A two and a six at seven in the evening."""
    await open_house(pool, house_text(2, 6))
    await move_clock(pool, SEVEN)


@pytest.fixture
async def by_value(pool: Pool) -> None:
    """That house decides by value."""
    await rule(pool, decisions={"by_value": True})


async def door(pool: Pool, size: int = 2) -> DoorOptions:
    async with transaction(pool) as conn:
        return await options_for_walk_in(conn, VENUE, size, Needs(), CLOCK)


async def a_six_is_promised(pool: Pool) -> None:
    """The six at half past, and a two at the only other table, about to leave."""
    await move_clock(pool, NOON)
    await reserve(pool, 1, party_size=6, starts=HALF_PAST)
    await move_clock(pool, SEVEN - timedelta(minutes=80))
    await walk_in(pool, "1")
    await move_clock(pool, SEVEN - timedelta(minutes=5))


async def waiting(pool: Pool, quoted: int | None = None) -> CommandResult:
    order = orders.Wait(id=uuid4(), party_size=2, quoted_minutes=quoted)
    return await tell(pool, order)


async def seat(pool: Pool, entry: WaitEntry, *tables: str) -> CommandResult:
    order = orders.Seat(
        id=uuid4(), tables=tables, party_size=2, wait_id=entry.wait_id, version=entry.version
    )
    return await tell(pool, order)


async def kept(pool: Pool) -> Record:
    row = await pool.fetchrow(KEPT)
    assert row is not None
    return row


async def model(pool: Pool) -> QuoteModel:
    async with transaction(pool) as conn:
        return await quote_model_of(conn, VENUE)


async def test_without_the_rule_the_door_is_as_it_was(pool: Pool) -> None:
    await rule(pool, decisions=FIRST_COME)
    found = await door(pool)
    assert [each.tables for each in found.options] == [("1",), ("2",)]
    assert (found.advice, found.because) == (None, "")
    assert {(each.worth, each.advised) for each in found.options} == {(None, False)}
    told = await waiting(pool)
    assert told.waiting[0].quoted_minutes == 5  # a table is free: by the plan, the shortest
    assert await pool.fetchval("select simulated_minutes from wait_entry") is None


@pytest.mark.usefixtures("by_value")
async def test_the_table_to_take_comes_first_and_says_why(pool: Pool) -> None:
    found = await door(pool)
    assert found.advice is not None
    assert found.options[0].advised
    assert found.options[0].tables == found.advice.tables == ("1",)
    assert found.because.startswith("Seat them now at table 1: ")


@pytest.mark.usefixtures("by_value")
async def test_a_wait_is_advised_for_the_sake_of_a_promise_and_both_can_be_done(
    pool: Pool,
) -> None:
    await a_six_is_promised(pool)
    await move_clock(pool, SEVEN)
    found = await door(pool)
    assert [(each.kind, each.advised) for each in found.options] == [
        ("wait", True),
        ("table", False),
    ]
    assert found.advice is not None
    assert found.advice.threatened is not None
    assert found.advice.threatened.party_size == 6
    assert "the party of 6 at 19:30" in found.because
    assert [say(each) for each in found.reasons] == [found.because]
    assert "лучше" in say(found.reasons[0], "ru").casefold()
    told = await walk_in(pool, *found.options[1].tables)
    assert told.state == "seated"


@pytest.mark.usefixtures("by_value")
async def test_a_promised_party_that_waits_is_weighed_as_what_it_is(pool: Pool) -> None:
    await move_clock(pool, NOON)
    made = await reserve(pool, 1, party_size=6, starts=SEVEN)
    await move_clock(pool, SEVEN)
    async with transaction(pool) as conn:
        found = await options_for_promise(conn, VENUE, made.reservation_id, CLOCK)
    assert [(each.tables, each.advised) for each in found.options] == [(("2",), True)]
    assert found.because.startswith("Seat them now at table 2: ")
    behind = (await door(pool, 6)).options
    assert [(each.kind, each.advised) for each in behind] == [("wait", True), ("table", False)]
    assert [each.party_size for each in behind[1].exposes_parties] == [6]


@pytest.mark.usefixtures("by_value")
async def test_who_joins_the_list_is_quoted_and_the_order_repeated_is_the_same(pool: Pool) -> None:
    await walk_in(pool, "1")
    await walk_in(pool, "2")
    order = orders.Wait(id=uuid4(), party_size=2)
    told = await tell(pool, order)
    assert told.waiting[0].quoted_minutes == (await kept(pool))["quoted_minutes"]
    assert (told.waiting[0].quoted_minutes or 0) > 30
    await pass_minutes(pool, 20)
    assert await tell(pool, order) == told


@pytest.mark.usefixtures("by_value")
async def test_another_quote_by_the_host_stands_and_teaches_nothing(pool: Pool) -> None:
    await walk_in(pool, "1")
    await walk_in(pool, "2")
    told = await waiting(pool, 7)
    assert told.waiting[0].quoted_minutes == 7
    assert (await kept(pool))["simulated_minutes"] is None


@pytest.mark.usefixtures("by_value")
async def test_every_quoted_party_teaches_once(pool: Pool) -> None:
    sat = await walk_in(pool, "1")
    await walk_in(pool, "2")
    entry = (await waiting(pool)).waiting[0]
    await pass_minutes(pool, 12)
    await tell(pool, orders.Clear(id=uuid4(), seating_id=sat.seating_id, version=sat.version))
    await seat(pool, entry, "1")
    assert await learn_quotes(pool, CLOCK) == 0
    await pass_minutes(pool, 3)
    entry_kept = await kept(pool)
    simulated = msgspec.json.decode(entry_kept["simulated"], type=SimulatedWait)
    told = quoted(simulated, first_model())
    assert (entry_kept["quoted_likely"], entry_kept["quoted_minutes"]) == (told.likely, told.latest)
    await asyncio.gather(*(learn_quotes(pool, CLOCK) for _ in range(4)))
    learned = learned_from(first_model(), simulated, QuoteOutcome(12, sat=True), 30.0)
    assert await model(pool) == learned
    assert await pool.fetchval("select learned from quote_scale") == 1
    assert await learn_quotes(pool, CLOCK) == 0


@pytest.mark.usefixtures("by_value")
async def test_what_was_a_slip_teaches_nothing(pool: Pool) -> None:
    await walk_in(pool, "1")
    await walk_in(pool, "2")
    told = await waiting(pool)
    left = await tell(pool, orders.Leave(**waits(told)))
    await take_back(pool, left)
    await pass_minutes(pool, 5)
    assert await learn_quotes(pool, CLOCK) == 0
    assert await model(pool) == first_model()


@pytest.mark.usefixtures("by_value")
async def test_who_leaves_after_the_quote_stretches_it(pool: Pool) -> None:
    await walk_in(pool, "1")
    await walk_in(pool, "2")
    told = await waiting(pool)
    await pass_minutes(pool, (told.waiting[0].quoted_minutes or 0) + 5)
    await tell(pool, orders.Leave(**waits(told)))
    await pass_minutes(pool, 3)
    await learn_quotes(pool, CLOCK)
    assert sum((await model(pool)).latest.offsets) > sum(first_model().latest.offsets)


async def test_factors_learned_before_are_read_as_what_they_say_of_the_house(pool: Pool) -> None:
    await pool.execute(
        "insert into quote_scale (venue_id, short, middle, long) values ($1, 2.0, 1.5, 1.15)", VENUE
    )
    assert await model(pool) == from_scales((2.0, 1.5, 1.15)) != first_model()


@pytest.mark.usefixtures("by_value")
async def test_before_the_doors_open_nobody_is_quoted(pool: Pool) -> None:
    await move_clock(pool, SEVEN - timedelta(hours=3))
    assert (await waiting(pool)).waiting[0].quoted_minutes is None


async def test_off_the_base_rule_keeps_a_table_for_who_is_due_and_says_so(pool: Pool) -> None:
    await open_house(pool, house_text(2, 2))
    await rule(pool, decisions=FIRST_COME)
    await reserve(pool, 1, starts=at(0.25))
    await move_clock(pool, SEVEN - timedelta(minutes=80))
    await walk_in(pool, "2")
    await move_clock(pool, SEVEN)
    found = await door(pool)
    assert found.advice is None
    assert found.because.startswith("Better let them wait: a reserved party due by 19:15")
