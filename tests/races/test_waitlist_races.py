"""Two tablets and one waiting party; two sweeps and one table that turned."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from policies.floor import orders
from seating.errors import Stale
from seating.waitlist.turns import promote_waiting
from tests.races.conftest import alternating, kinds, together
from tests.support.house import CLOCK, SEVEN, book, house_text, move_clock, open_house, order
from tests.support.stand import pass_minutes, reserve, stand, tell
from tests.support.waitlist import ask, joined, suggested, wish

if TYPE_CHECKING:
    from seating.book.reservations import Booker
    from seating.db import Pool
    from seating.floor.answers import CommandResult
    from seating.waitlist.entries import WaitlistPlace


async def test_two_tablets_seat_a_waiting_party_once(pools: tuple[Pool, Pool]) -> None:
    await open_house(pools[0], house_text(2, 2, 2, 2))
    await move_clock(pools[0], SEVEN)
    told = await tell(pools[0], orders.Wait(id=uuid4(), party_size=2))
    wait_id = told.waiting[0].wait_id

    async def seat(pool: Pool, number: int) -> CommandResult:
        table = (str(number % 4 + 1),)
        return await tell(pool, orders.Seat(id=uuid4(), tables=table, wait_id=wait_id, version=1))

    outcomes = await together(alternating(pools, 8, seat))
    assert kinds(outcomes) == {"CommandResult": 1, "Stale": 7}
    assert {str(error) for error in outcomes if isinstance(error, Stale)} == {"It has been seated."}
    assert await pools[0].fetchval("select count(*) from seating") == 1


async def test_two_sweeps_prompt_once(pools: tuple[Pool, Pool]) -> None:
    await open_house(pools[0], house_text(2))
    await move_clock(pools[0], SEVEN)
    await reserve(pools[0], 1)
    entry = await joined(pools[0], 2)
    await pass_minutes(pools[0], 20)
    prompted = await together(alternating(pools, 6, lambda pool, _: promote_waiting(pool, CLOCK)))
    assert sum(prompted) == 1
    assert await suggested(pools[0]) == {entry.wait_id: ["1"]}


async def test_the_same_wish_sent_by_many_joins_once(pools: tuple[Pool, Pool]) -> None:
    await move_clock(pools[0], SEVEN)
    asked = wish(1)

    async def send(pool: Pool, _: int) -> WaitlistPlace | object:
        return await ask(pool, asked)

    outcomes = await together(alternating(pools, 6, send))
    assert kinds(outcomes) == {"WaitlistPlace": 6}
    assert await pools[0].fetchval("select count(*) from wait_entry") == 1


async def test_a_call_and_a_booking_at_once_never_share_the_table(
    pools: tuple[Pool, Pool], partner: Booker
) -> None:
    await move_clock(pools[0], SEVEN)
    entry = await joined(pools[0], 1)
    call = orders.Notify(id=uuid4(), wait_id=entry.wait_id, version=1)
    soon = order(2, starts=SEVEN + timedelta(minutes=30))
    outcomes = await together([tell(pools[0], call), book(pools[1], soon, partner)])
    (seen,) = (await stand(pools[0])).waiting
    assert seen.state == "notified"
    booked = {"CommandResult": 1, "BookingResult": 1}
    refused = {"CommandResult": 1, "LoggedRefusal": 1}
    assert kinds(outcomes) == (refused if seen.kept_tables else booked)
    assert await pools[0].fetchval("select count(*) from intention") == 1
