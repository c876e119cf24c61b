"""One wish sent eleven times at once under eleven keys, by two processes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from seating.booking.making import BookingResult
from seating.errors import ReferenceTaken
from tests.races.conftest import open_period, together
from tests.support.house import SEVEN, book, house_text, open_house, order

if TYPE_CHECKING:
    from seating.book.reservations import Booker
    from seating.db import Pool


async def test_one_wish_takes_one_table(pools: tuple[Pool, Pool], partner: Booker) -> None:
    await open_house(pools[0], house_text(*[2] * 12))
    await open_period(pools[0], SEVEN)
    wish = replace(order(known=False), partner_reference="order-7")

    async def send(number: int) -> str:
        try:
            done = await book(pools[number % 2], wish, partner)
        except ReferenceTaken:
            return "taken"
        return "booked" if isinstance(done, BookingResult) else done.no.code

    answers = await together(send(number) for number in range(11))
    assert sorted(answers) == ["booked"] + ["taken"] * 10
    assert await pools[0].fetchval("select count(*) from reservation") == 1
