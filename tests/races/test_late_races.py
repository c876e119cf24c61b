"""Tablets that come back at once: what each did without the network, sent twice and together."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from policies.floor import orders
from seating.errors import TableOccupied
from tests.races.conftest import alternating, kinds, open_period, together
from tests.support.house import SEVEN, house_text, move_clock, open_house
from tests.support.stand import picture, reserve, tell

if TYPE_CHECKING:
    from seating.db import Pool

BEFORE = SEVEN - timedelta(minutes=4)


@pytest.fixture(autouse=True)
async def evening(pools: tuple[Pool, Pool]) -> None:
    await open_house(pools[0], house_text(2, 2, 4))
    await move_clock(pools[0], SEVEN)
    await open_period(pools[0], SEVEN)


async def test_an_act_that_is_sent_on_time_and_late_at_once_happens_once(
    pools: tuple[Pool, Pool],
) -> None:
    """The first answer was slow: the tablet has put the act into its queue meanwhile."""
    act = uuid4()
    on_time = orders.Seat(id=act, tables=("1",), party_size=2)
    late = orders.Seat(id=act, tables=("1",), party_size=2, happened_at=BEFORE, by="anna")
    outcomes = await together(
        alternating(pools, 20, lambda pool, number: tell(pool, late if number % 3 else on_time))
    )
    assert kinds(outcomes) == {"CommandResult": 20}
    assert all(each == outcomes[0] for each in outcomes)
    assert len((await picture(pools[0])).seatings) == 1


async def test_of_tablets_that_seated_at_one_table_one_is_confirmed_and_the_others_are_asked(
    pools: tuple[Pool, Pool],
) -> None:
    async def seat(pool: Pool, number: int) -> object:
        at = BEFORE + timedelta(seconds=number)
        wish = orders.Seat(id=uuid4(), tables=("1",), party_size=2, happened_at=at)
        return await tell(pool, wish)

    outcomes = await together(alternating(pools, 12, seat))
    assert kinds(outcomes) == {"CommandResult": 1, "TableOccupied": 11}
    (there,) = (await picture(pools[0])).seatings
    named = {
        getattr(each.now, "seating_id", None)
        for each in outcomes
        if isinstance(each, TableOccupied)
    }
    assert named == {there.seating_id}


async def test_a_party_that_two_tablets_seated_at_different_tables_sits_at_one(
    pools: tuple[Pool, Pool],
) -> None:
    """Versions do not count for what happened: the lifecycle and the lock do."""
    coming = await reserve(pools[0])

    async def seat(pool: Pool, number: int) -> object:
        wish = orders.Seat(
            id=uuid4(),
            reservation_id=coming.reservation_id,
            version=1,
            tables=(str(number % 3 + 1),),
            happened_at=BEFORE,
        )
        return await tell(pool, wish)

    outcomes = await together(alternating(pools, 9, seat))
    assert kinds(outcomes)["CommandResult"] == 1
    assert len((await picture(pools[0])).seatings) == 1
