"""Twenty ask at once for the last of a share of the pace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from seating.turnaways.log import LoggedRefusal
from tests.races.conftest import alternating, kinds, open_period, together
from tests.support.house import SEVEN, book, house_text, open_house, order

if TYPE_CHECKING:
    from collections import Counter

    from seating.book.reservations import Booker
    from seating.db import Pool

ASKING, SHARE = 20, 3


@pytest.fixture
async def shared(pools: tuple[Pool, Pool]) -> tuple[Pool, Pool]:
    """Ten tables; of the parties that start in a quarter of an hour three may come by sites."""
    limits = f"pacing = 500\npacing_limits = [{{ parties = {SHARE}, channels = ['online'] }}]"
    await open_house(pools[0], house_text(*[2] * 10).replace("pacing = 500", limits))
    await open_period(pools[0], SEVEN)
    return pools


async def test_no_more_than_the_share_is_booked_and_everybody_else_hears_why(
    shared: tuple[Pool, Pool], partner: Booker
) -> None:
    outcomes = await together(
        alternating(shared, ASKING, lambda pool, number: book(pool, order(number), partner))
    )
    assert kinds(outcomes) == {"BookingResult": SHARE, "LoggedRefusal": ASKING - SHARE}
    refused = [outcome for outcome in outcomes if isinstance(outcome, LoggedRefusal)]
    assert {refusal.no.code for refusal in refused} == {"PACING_FULL"}


async def test_control_without_the_lock_more_are_told_yes(
    shared: tuple[Pool, Pool],
    partner: Booker,
    yeses: Counter[str],
    unlocked: None,  # noqa: ARG001
) -> None:
    await together(
        alternating(shared, ASKING, lambda pool, number: book(pool, order(number), partner))
    )
    assert yeses["yes"] > SHARE
