"""Tables go to another server while parties sit down there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from policies.floor import orders
from tests.races.conftest import kinds, open_period, together
from tests.support.house import SEVEN, house_text, move_clock, open_house
from tests.support.sections import SERVERS, served
from tests.support.stand import picture, tell

if TYPE_CHECKING:
    from collections import Counter

    from seating.db import Pool

TABLES = "1234"


@pytest.fixture(autouse=True)
async def evening(pools: tuple[Pool, Pool]) -> None:
    """The evening of Ana, who serves every table, and of Ben, who comes to help."""
    await open_house(pools[0], house_text(*[2] * len(TABLES)) + SERVERS)
    await move_clock(pools[0], SEVEN)
    await open_period(pools[0], SEVEN)
    await tell(pools[0], served(ana=TABLES))


async def handed_over(pools: tuple[Pool, Pool]) -> Counter[str]:
    """Each of the tables is taken by a party and given to Ben at once."""
    one, other = pools
    return kinds(
        await together(
            act
            for table in TABLES
            for act in (
                tell(one, orders.Seat(id=uuid4(), tables=(table,), party_size=2)),
                tell(other, served(ben=table)),
            )
        )
    )


async def servers_of_parties(pool: Pool) -> list[str | None]:
    return [each.server for each in (await picture(pool)).seatings]


async def test_whoever_sits_down_meanwhile_goes_over_with_the_table(
    pools: tuple[Pool, Pool],
) -> None:
    assert await handed_over(pools) == {"CommandResult": 2 * len(TABLES)}
    assert await servers_of_parties(pools[0]) == ["ben"] * len(TABLES)


async def test_control_without_the_lock_a_party_is_left_with_who_has_its_table_no_more(
    pools: tuple[Pool, Pool],
    unlocked: None,  # noqa: ARG001
) -> None:
    await handed_over(pools)
    assert "ana" in await servers_of_parties(pools[0])
