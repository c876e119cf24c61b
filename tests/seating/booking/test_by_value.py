"""Deciding by value in the service: prices made by the job, answers kept with what they rest on."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import msgspec
import pytest
from msgspec.structs import replace

from policies.book.answers import Explanation
from seating.book.in_force import house_of
from seating.booking.changing import Change, cancel, change
from seating.booking.desk.entries import entry_of
from seating.booking.making import BookingResult, HeldTableGrant
from seating.booking.reinstating import reinstate
from seating.booking.slot_holds import ClientSlotHold, HoldRequest, hold_slot
from seating.db import run, transaction
from seating.forecast.overbooked_report import overbooking_report
from seating.forecast.period_values import prospect_of
from seating.forecast.prices import refresh_prices
from seating.turnaways.log import LoggedRefusal
from tests.support.gestures import overridden
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
    open_house,
    order,
    site,
)
from tests.support.rules import FIRST_COME, PEAK, beyond, make_dear, rule
from tests.support.stand import picture, stand

if TYPE_CHECKING:
    from seating.db import Pool

SITE = site("s")
PRICES = "select made_at, period_version, jsonb_array_length(prices) as rows from bid_price"


@pytest.fixture(autouse=True)
async def by_value(pool: Pool) -> None:
    """Two tables of two and one of four in a house that decides by value."""
    await open_house(pool, house_text(2, 2, 4))
    await rule(pool, decisions={"by_value": True}, overbooking=beyond(4))
    await pool.execute("insert into client (client_id, name, secret_hash) values ('s', 'S', '')")


async def priced(pool: Pool) -> None:
    """A period of which one booking is known, and its prices."""
    await booked(pool, order(0), SITE)
    assert await refresh_prices(pool, CLOCK) == 1


async def explained_of(pool: Pool, table: str, where: str = "true") -> Explanation | None:
    text = await pool.fetchval(f"select explained::text from {table} where {where} limit 1")
    return msgspec.json.decode(text, type=Explanation) if text else None


async def test_before_the_first_prices_the_room_is_sold_and_nothing_beyond(pool: Pool) -> None:
    made = [await book(pool, order(number), SITE) for number in range(4)]
    assert [isinstance(each, BookingResult) for each in made] == [True, True, True, False]
    assert isinstance(made[-1], LoggedRefusal)
    assert made[-1].no.code == "NO_TABLE_FITS"
    assert await explained_of(pool, "reservation") is None


async def test_an_answer_by_value_is_kept_with_what_it_rests_on(pool: Pool) -> None:
    await priced(pool)
    made = await booked(pool, order(1), SITE)
    kept = await explained_of(
        pool, "reservation", f"reservation_id = '{made.reservation.reservation_id}'"
    )
    assert kept is not None
    assert kept.value > 0
    assert kept.made_at == NOON
    async with transaction(pool) as conn:
        entry = await entry_of(conn, VENUE, made.reservation.reservation_id, HOST, CLOCK)
    assert entry.explained == kept
    assert entry.because.startswith("Accepted. Worth about €")


async def test_a_table_worth_more_to_others_is_refused_and_the_turnaway_says_why(
    pool: Pool,
) -> None:
    await priced(pool)
    await make_dear(pool, 50)
    refused = await book(pool, order(1), SITE)
    assert isinstance(refused, LoggedRefusal)
    assert refused.no.code == "BID_PRICE"
    assert await explained_of(pool, "turnaway") == refused.no.explained
    overruled = replace(order(2), overrule="an old friend", reservation_id=uuid4())
    assert isinstance(await book(pool, overruled, HOST), BookingResult)


async def test_a_held_table_that_a_host_grants_is_refused_by_no_price(pool: Pool) -> None:
    await rule(pool, holds=[PEAK], decisions={"by_value": True})
    await booked(pool, order(0, starts=at(-1)), SITE)
    assert await refresh_prices(pool, CLOCK) == 1
    await make_dear(pool, 50)
    asked = order(2, starts=at(1))
    assert isinstance(refused := await book(pool, asked, HOST), LoggedRefusal)
    assert refused.no.code == "BID_PRICE"
    first, *_ = (await stand(pool)).held
    granted = replace(asked, grant=HeldTableGrant(held_id=first.held_id, reason="a regular"))
    made = await booked(pool, granted, HOST)
    assert made.tables


async def test_a_price_overruled_gives_a_free_table_and_no_promise_beyond_the_room(
    pool: Pool,
) -> None:
    await priced(pool)
    await make_dear(pool, 50)
    made = await booked(pool, replace(order(2), overrule="an old friend"), HOST)
    assert made.tables
    assert made.reservation.kind == "physical"
    key = made.reservation.reservation_id
    why = "select overruled_why from reservation where reservation_id = $1"
    assert await pool.fetchval(why, key) == "an old friend"
    later = Change(starts=at(1), party_size=4, overrule="an old friend")
    assert isinstance(
        await run(
            pool,
            lambda conn: change(
                conn, VENUE, key, replace(later, overrule=None), HOST, CLOCK, version=1
            ),
        ),
        LoggedRefusal,
    )
    await run(pool, lambda conn: change(conn, VENUE, key, later, HOST, CLOCK, version=1))
    (moved,) = (e for e in (await picture(pool)).promises if e.reservation_id == key)
    assert (moved.kind, moved.starts, moved.tables) == ("physical", at(1), ("3",))


async def test_what_was_cancelled_by_mistake_is_booked_again_whatever_the_price(
    pool: Pool,
) -> None:
    await priced(pool)
    made = (await booked(pool, order(1), HOST)).reservation
    await run(pool, lambda conn: cancel(conn, VENUE, made.reservation_id, "oops", HOST, CLOCK))
    await make_dear(pool, 50)
    again = await run(
        pool, lambda conn: reinstate(conn, VENUE, made.reservation_id, HOST, CLOCK, version=2)
    )
    assert not isinstance(again, LoggedRefusal)
    assert again.kind == "physical"


async def test_a_slot_hold_is_judged_when_it_is_made_and_kept_whatever_happens(pool: Pool) -> None:
    await priced(pool)
    held = await run(
        pool,
        lambda conn: hold_slot(conn, VENUE, HoldRequest(party_size=2, starts=SEVEN), SITE, CLOCK),
    )
    assert isinstance(held, ClientSlotHold)
    await make_dear(pool, 50)
    again = await run(
        pool,
        lambda conn: hold_slot(conn, VENUE, HoldRequest(party_size=2, starts=SEVEN), SITE, CLOCK),
    )
    assert isinstance(again, LoggedRefusal)
    assert again.no.code == "BID_PRICE"
    made = await booked(pool, replace(order(1), slot_hold_id=held.slot_hold_id), SITE)
    assert made.tables


async def test_a_change_keeps_the_promise_it_had_when_the_new_time_is_worth_more_to_others(
    pool: Pool,
) -> None:
    await priced(pool)
    made = (await booked(pool, order(1), SITE)).reservation
    await make_dear(pool, 50)

    async def moved(wish: Change, version: int) -> object:
        return await run(
            pool,
            lambda conn: change(
                conn, VENUE, made.reservation_id, wish, SITE, CLOCK, version=version
            ),
        )

    assert isinstance(await moved(Change(party_size=4), 1), LoggedRefusal)
    assert not isinstance(await moved(Change(starts=at(-1)), 1), LoggedRefusal)


async def test_prices_are_made_again_when_enough_was_asked_and_not_before(pool: Pool) -> None:
    await priced(pool)
    assert await refresh_prices(pool, CLOCK) == 0
    await move_clock(pool, NOON + timedelta(minutes=1))
    for number in range(9):
        await book(pool, order(number, party_size=7, known=False), SITE)
    assert await refresh_prices(pool, CLOCK) == 0
    await book(pool, order(10, party_size=7, known=False), SITE)
    assert await refresh_prices(pool, CLOCK) == 1
    assert await refresh_prices(pool, CLOCK) == 0


async def test_prices_follow_new_rules_of_the_period_at_once(pool: Pool) -> None:
    await priced(pool)
    await move_clock(pool, NOON + timedelta(minutes=1))
    await overridden(pool, {"decisions": {"stay_caution": 0.1}})
    assert await refresh_prices(pool, CLOCK) == 1
    assert await refresh_prices(pool, CLOCK) == 0


@pytest.mark.parametrize(("minutes", "due"), [(4, 0), (5, 1)])
async def test_on_the_day_prices_are_five_minutes_old_at_most(
    pool: Pool, minutes: int, due: int
) -> None:
    await priced(pool)
    await move_clock(pool, NOON + timedelta(minutes=minutes))
    assert await refresh_prices(pool, CLOCK) == due


async def test_a_week_ahead_an_hour_is_enough(pool: Pool) -> None:
    await booked(pool, order(1, starts=at(24 * 7)), SITE)
    await refresh_prices(pool, CLOCK)
    await move_clock(pool, NOON + timedelta(minutes=59))
    assert await refresh_prices(pool, CLOCK) == 0
    await move_clock(pool, NOON + timedelta(minutes=60))
    assert await refresh_prices(pool, CLOCK) == 1


async def test_any_number_of_processes_write_one_row(pool: Pool) -> None:
    await booked(pool, order(0), SITE)
    await asyncio.gather(*(refresh_prices(pool, CLOCK) for _ in range(4)))
    (row,) = await pool.fetch(PRICES)
    assert row["made_at"] == NOON
    assert row["rows"] == 2
    assert await refresh_prices(pool, CLOCK) == 0


async def test_without_the_rule_nothing_is_priced(pool: Pool) -> None:
    await rule(pool, overbooking=beyond(4), decisions=FIRST_COME)
    await booked(pool, order(0), SITE)
    assert await refresh_prices(pool, CLOCK) == 0


async def test_the_prospect_kept_in_memory_is_lent_to_one_at_a_time(pool: Pool) -> None:
    await priced(pool)
    told = await picture(pool)
    async with transaction(pool) as conn:
        house = (await house_of(conn, VENUE)).house
    async with prospect_of(told, house, now=NOON) as one:
        async with prospect_of(told, house, now=NOON) as other:
            assert one is not other
        async with prospect_of(told, house, now=NOON) as again:
            assert again is other


async def test_a_wish_given_up_for_a_suggestion_is_counted(pool: Pool) -> None:
    await priced(pool)
    await booked(pool, replace(order(1), wished_start=at(0.5)), HOST)
    async with transaction(pool) as conn:
        told = await overbooking_report(conn, VENUE, SEVEN.date(), SEVEN.date())
    assert (told.booked, told.moved) == (2, 1)
    kept = await explained_of(pool, "reservation", "explained is not null")
    assert kept is not None
    assert told.walked_expected == pytest.approx(kept.walked_expected)
    assert kept.told is not None
    assert 0 < kept.walked_expected < kept.told.walked < kept.told.own_wait
