"""Two hundred ask for the last table of a slot at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seating.booking.making import BookingResult
from seating.db import open_pool
from seating.forecast.prices import refresh_prices
from seating.turnaways.log import LoggedRefusal
from tests.races.conftest import alternating, kinds, open_period, together
from tests.support.house import CLOCK, SEVEN, book, order
from tests.support.rules import beyond, rule

if TYPE_CHECKING:
    from collections import Counter

    from seating.book.reservations import Booker
    from seating.db import Pool

ASKING = 200
CODES = "select code, sum(repeats + 1) as times from turnaway group by code"


async def test_one_gets_it_and_everybody_else_gets_a_reason(
    pools: tuple[Pool, Pool], partner: Booker, yeses: Counter[str]
) -> None:
    await open_period(pools[0], SEVEN)
    outcomes = await together(
        alternating(pools, ASKING, lambda pool, number: book(pool, order(number), partner))
    )
    refused = [outcome for outcome in outcomes if isinstance(outcome, LoggedRefusal)]
    assert kinds(outcomes) == {"BookingResult": 1, "LoggedRefusal": ASKING - 1}
    assert yeses["yes"] == 1
    assert {refusal.no.code for refusal in refused} == {"NO_TABLE_FITS"}
    assert len({refusal.turnaway_id for refusal in refused}) == ASKING - 1
    rows = await pools[0].fetch(CODES)
    assert [tuple(row) for row in rows] == [("NO_TABLE_FITS", ASKING - 1)]


async def test_by_value_no_more_than_the_cap_get_beyond_it_each_with_its_risk(
    pools: tuple[Pool, Pool], partner: Booker
) -> None:
    careless = {"by_value": True, "walked_cost": 0, "late_cost": 0}
    await rule(pools[0], decisions=careless, overbooking=beyond(2))
    await open_period(pools[0], SEVEN)
    assert await refresh_prices(pools[0], CLOCK) == 1
    outcomes = await together(
        alternating(pools, 40, lambda pool, number: book(pool, order(number), partner))
    )
    assert kinds(outcomes) == {"BookingResult": 3, "LoggedRefusal": 37}
    rows = await pools[0].fetch(
        "select kind, explained is not null as explained, risk is not null as risk"
        " from reservation order by kind"
    )
    beyond_room = ("overbooked", True, True)
    assert [tuple(row) for row in rows] == [beyond_room, beyond_room, ("physical", True, False)]


async def test_the_period_need_not_exist_beforehand(
    pools: tuple[Pool, Pool], partner: Booker
) -> None:
    outcomes = await together(
        alternating(pools, 40, lambda pool, number: book(pool, order(number), partner))
    )
    assert kinds(outcomes) == {"BookingResult": 1, "LoggedRefusal": 39}


async def test_a_crowd_that_waits_for_few_connections_opens_an_evening_all_the_same(
    database: str, partner: Booker
) -> None:
    """Whoever opens it keeps its place in the queue until it has it."""
    async with (
        await open_pool(database, min_size=2, max_size=2) as one,
        await open_pool(database, min_size=2, max_size=2) as other,
    ):
        outcomes = await together(
            alternating((one, other), 12, lambda each, number: book(each, order(number), partner))
        )
    assert kinds(outcomes) == {"BookingResult": 1, "LoggedRefusal": 11}


async def test_control_without_the_lock_several_are_told_yes_and_the_constraint_stops_them(
    pools: tuple[Pool, Pool],
    partner: Booker,
    yeses: Counter[str],
    unlocked: None,  # noqa: ARG001
) -> None:
    await open_period(pools[0], SEVEN)
    outcomes = await together(
        alternating(pools, 40, lambda pool, number: book(pool, order(number), partner))
    )
    assert yeses["yes"] > 1
    assert kinds(outcomes)["BookingResult"] == 1
    assert kinds(outcomes)["ExclusionViolationError"] == yeses["yes"] - 1


async def test_control_without_lock_and_constraint_the_table_is_promised_twice(
    pools: tuple[Pool, Pool],
    partner: Booker,
    unlocked: None,  # noqa: ARG001
) -> None:
    await open_period(pools[0], SEVEN)
    await pools[0].execute("alter table intention drop constraint intention_overlap")
    outcomes = await together(
        alternating(pools, 40, lambda pool, number: book(pool, order(number), partner))
    )
    assert sum(isinstance(outcome, BookingResult) for outcome in outcomes) > 1
