"""What a manager is told of holding tables back follows from the prices of the night."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seating.db import transaction
from seating.forecast.prices import refresh_prices
from seating.house.hold_hints import PeriodHints, hold_hints
from tests.support.house import CLOCK, HOST, SEVEN, VENUE, booked, house_text, open_house, order
from tests.support.rules import PEAK, make_dear, rule

if TYPE_CHECKING:
    from seating.db import Pool


async def hints(pool: Pool) -> PeriodHints:
    async with transaction(pool) as conn:
        (found,) = await hold_hints(conn, VENUE, SEVEN.date(), CLOCK)
    return found


async def test_the_dearer_a_table_the_fewer_are_held_and_the_sentence_says_so(pool: Pool) -> None:
    await open_house(pool, house_text(2, 2, 2, 4))
    await rule(pool, decisions={"by_value": True, "discretion_value": 100}, holds=[PEAK])
    await booked(pool, order(0), HOST)
    assert not (await hints(pool)).priced
    await refresh_prices(pool, CLOCK)
    await make_dear(pool, 0)
    twos, fours = (await hints(pool)).hints
    assert (twos.seats, twos.tables, twos.held, twos.hold) == (2, 3, 2, 3)
    assert (fours.seats, fours.hold) == (4, 1)
    assert [rung.keep for rung in twos.ladder] == [2, 2]
    await make_dear(pool, 100)
    twos, fours = (await hints(pool)).hints
    assert (twos.hold, fours.hold) == (0, 0)
    assert twos.holding <= twos.selling
    assert twos.sentence.startswith("Hold 0 of 3 tables for 2: ")
    assert f"{twos.selling / 100:.2f} EUR" in twos.sentence
