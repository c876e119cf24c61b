"""A lever pulled ahead and bookings of that date at once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from policies.floor.orders import Levers
from seating.db import run
from seating.floor import levers_ahead
from seating.floor.orders import execute_command
from seating.turnaways.log import LoggedRefusal
from tests.races.conftest import together
from tests.support.house import CLOCK, VENUE, at, book, order
from tests.support.stand import BORIS

if TYPE_CHECKING:
    import pytest

    from seating.book.reservations import Booker
    from seating.db import Pool
    from seating.floor.answers import CommandResult

DAYS = range(1, 9)

BOOKED = """
select count(*) from reservation where state = 'booked' and period_id = $1
"""


async def pull(pool: Pool, day: int) -> CommandResult:
    wish = Levers(id=uuid4(), online_paused=True, service_date=date(2027, 3, 3 + day))
    return await run(pool, lambda conn: execute_command(conn, VENUE, wish, BORIS, CLOCK))


async def untold(pools: tuple[Pool, Pool], partner: Booker) -> int:
    """Let a site book dates nobody has booked while they are paused: bookings made, not told."""
    missing = 0
    for day in DAYS:
        wishes = [order(10 * day + n, starts=at(24 * day + n / 2)) for n in range(4)]
        outcomes = await together(
            [
                *(book(pools[n % 2], wish, partner) for n, wish in enumerate(wishes)),
                pull(pools[1], day),
            ]
        )
        told: CommandResult = outcomes[-1]
        made = sum(not isinstance(each, LoggedRefusal) for each in outcomes[:-1])
        missing += made - sum(each.reservations for each in told.promised)
        late = await book(pools[0], order(999, starts=at(24 * day)), partner)
        assert isinstance(late, LoggedRefusal)
        assert late.no.code == "PAUSED"
    return missing


async def test_who_pauses_a_date_is_told_every_booking_that_was_faster(
    pools: tuple[Pool, Pool], partner: Booker
) -> None:
    assert await untold(pools, partner) == 0


async def test_control_without_the_locks_some_are_booked_that_nobody_was_told(
    pools: tuple[Pool, Pool], partner: Booker, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unlocked(*_: object) -> int:
        return 0

    monkeypatch.setattr(levers_ahead, "LOCK_HOUSE", "select $1::text")
    monkeypatch.setattr(levers_ahead, "lock_rows", unlocked)
    assert await untold(pools, partner) > 0
