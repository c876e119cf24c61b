"""The last table with overbooking off and on, and held tables released by everybody at once."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING
from unittest.mock import Mock
from uuid import uuid4

from msgspec.structs import replace

from policies.booking import tables
from seating.booking.desk.writing import DeskOrder, reserve
from seating.booking.making import BookingResult, HeldTableGrant
from seating.db import run, transaction
from seating.jobs.sweeps import release_held_tables
from tests.races.conftest import alternating, kinds, open_period, together
from tests.support.house import CLOCK, HOST, SEVEN, VENUE, at, book, move_clock, order
from tests.support.patience import WAITING
from tests.support.rules import FIRST_COME, PEAK, beyond, rule
from tests.support.stand import stand

if TYPE_CHECKING:
    import pytest

    from seating.book.reservations import Booker
    from seating.db import Pool

ASKING = 200


async def test_with_overbooking_off_exactly_one_gets_the_last_table(
    pools: tuple[Pool, Pool], partner: Booker
) -> None:
    await open_period(pools[0], SEVEN)
    outcomes = await together(
        alternating(pools, ASKING, lambda pool, number: book(pool, order(number), partner))
    )
    assert kinds(outcomes) == {"BookingResult": 1, "LoggedRefusal": ASKING - 1}


async def test_with_a_cap_of_two_exactly_three_two_of_them_marked_with_their_risk(
    pools: tuple[Pool, Pool], partner: Booker
) -> None:
    await rule(pools[0], overbooking=beyond(2), decisions=FIRST_COME)
    await open_period(pools[0], SEVEN)
    outcomes = await together(
        alternating(pools, ASKING, lambda pool, number: book(pool, order(number), partner))
    )
    assert kinds(outcomes) == {"BookingResult": 3, "LoggedRefusal": ASKING - 3}
    made = [outcome.reservation.kind for outcome in outcomes if isinstance(outcome, BookingResult)]
    assert sorted(made) == ["overbooked", "overbooked", "physical"]
    risks = await pools[0].fetchval(
        "select count(*) from reservation where (risk ->> 'probability')::float > 0"
    )
    assert risks == 2


async def test_control_without_lock_and_cap_more_are_promised_beyond_the_room(
    pools: tuple[Pool, Pool],
    partner: Booker,
    unlocked: None,  # noqa: ARG001
) -> None:
    await rule(pools[0], overbooking=beyond(2), decisions=FIRST_COME)
    await open_period(pools[0], SEVEN)
    await pools[0].execute("alter table period drop constraint period_overbooking_cap")
    await book(pools[0], order(999), partner)
    outcomes = await together(
        alternating(pools, 40, lambda pool, number: book(pool, order(number), partner))
    )
    assert kinds(outcomes)["BookingResult"] > 2


async def test_control_without_the_rule_the_constraint_still_keeps_the_cap(
    pools: tuple[Pool, Pool], partner: Booker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "over_cap", Mock(return_value=False))
    await rule(pools[0], overbooking=beyond(2), decisions=FIRST_COME)
    await open_period(pools[0], SEVEN)
    outcomes = await together(
        alternating(pools, 20, lambda pool, number: book(pool, order(number), partner))
    )
    counted = kinds(outcomes)
    assert counted["BookingResult"] == 3
    assert counted["CheckViolationError"] > 0


async def test_two_jobs_and_two_bookers_release_each_held_table_once(
    pools: tuple[Pool, Pool], partner: Booker
) -> None:
    window = PEAK | {"count": 1, "ladder": [{"minutes_before": 45, "keep": 0}]}
    await rule(pools[0], holds=[window])
    await open_period(pools[0], SEVEN)
    for day in range(3):
        await open_period(pools[0], SEVEN + timedelta(days=day))
        await move_clock(pools[0], at(1 + 24 * day) - timedelta(minutes=45))
        later = at(1 + 24 * day)
        await asyncio.gather(
            *(release_held_tables(pool, CLOCK) for pool in (*pools, *pools)),
            *(book(pool, order(n, starts=later), partner) for n, pool in enumerate(pools)),
        )
    rows = await pools[0].fetch(
        "select subject, count(*) as times from outbox"
        " where event = 'held_table.released' group by subject"
    )
    assert [row["times"] for row in rows] == [1, 1, 1]


async def test_a_held_table_granted_by_phone_twice_at_once_is_told_twice_alike(
    pools: tuple[Pool, Pool],
) -> None:
    """Both find nothing answered yet, and both wait for the period."""
    await rule(pools[0], holds=[PEAK | {"count": 1, "ladder": []}])
    await open_period(pools[0], SEVEN)
    (held,) = (await stand(pools[0])).held
    id_, grant = uuid4(), HeldTableGrant(held_id=held.held_id, reason="a regular")
    wanted = DeskOrder(action_id=id_)
    wish = replace(order(1, starts=at(1)), reservation_id=id_, grant=grant)
    async with transaction(pools[0]) as first:
        await first.execute("select 1 from period for update")
        both = [
            asyncio.create_task(
                run(pool, lambda conn: reserve(conn, VENUE, wanted, wish, HOST, CLOCK))
            )
            for pool in pools
        ]
        while await pools[0].fetchval(WAITING) < len(both):  # noqa: ASYNC110 - no event for it
            await asyncio.sleep(0.01)
    one, other = await asyncio.gather(*both)
    assert one.entry is not None
    assert one == other
