"""Two reservations change dates past each other."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

from seating.book import periods
from seating.booking.changing import Change, change
from seating.db import run, transaction
from tests.races.conftest import RECOUNT, kinds, open_period, together
from tests.support.house import CLOCK, VENUE, at, booked, order

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

    from seating.book.reservations import Booker, Reservation
    from seating.booking.making import BookingResult
    from seating.db import Connection, Pool
    from seating.turnaways.log import LoggedRefusal

DOUBLE = """
select count(*) from intention a join intention b on a.venue_id = b.venue_id
  and a.table_id = b.table_id and a.subject_id < b.subject_id
  and tstzrange(a.starts, a.ends) && tstzrange(b.starts, b.ends)
"""


async def move(
    pool: Pool, one: BookingResult, hours: float, partner: Booker
) -> Reservation | LoggedRefusal:
    """Without a second try, so that a deadlock shows."""
    async with transaction(pool) as conn:
        return await moved(conn, one, hours, partner)


async def moved(
    conn: Connection, one: BookingResult, hours: float, partner: Booker
) -> Reservation | LoggedRefusal:
    wish, reservation_id = Change(starts=at(hours)), one.reservation.reservation_id
    return await change(conn, VENUE, reservation_id, wish, partner, CLOCK, version=1)


async def cross(pools: tuple[Pool, Pool], partner: Booker, rounds: int, later: float) -> list[Any]:
    """Monday's party moves to Tuesday, Tuesday's to Monday, `later` hours into the evening."""
    outcomes: list[Any] = []
    for number in range(rounds):
        here, there = 48 * number, 48 * number + 24
        await open_period(pools[0], at(here), at(there))
        one = await booked(pools[0], order(2 * number, starts=at(here)), partner)
        other = await booked(pools[0], order(2 * number + 1, starts=at(there)), partner)
        outcomes += await together(
            [
                move(pools[0], one, there + later, partner),
                move(pools[1], other, here + later, partner),
            ]
        )
    return outcomes


async def test_moves_to_free_times_both_happen(pools: tuple[Pool, Pool], partner: Booker) -> None:
    outcomes = await cross(pools, partner, 15, later=2)
    assert kinds(outcomes) == {"Reservation": 30}
    assert await pools[0].fetchval(DOUBLE) == 0
    assert await pools[0].fetch(RECOUNT) == []


async def test_moves_into_each_others_place_double_book_nobody(
    pools: tuple[Pool, Pool], partner: Booker
) -> None:
    outcomes = await cross(pools, partner, 15, later=0.5)
    assert set(kinds(outcomes)) <= {"Reservation", "LoggedRefusal"}
    assert await pools[0].fetchval(DOUBLE) == 0
    assert await pools[0].fetch(RECOUNT) == []


async def test_control_locking_in_the_order_asked_for_is_a_deadlock(
    pools: tuple[Pool, Pool], partner: Booker, monkeypatch: pytest.MonkeyPatch
) -> None:
    take, first = periods.take_rows, asyncio.Barrier(2)

    async def unsorted(
        conn: Connection, venue_id: str, period_ids: Sequence[str], **more: bool
    ) -> int:
        found = 0
        for period_id in period_ids:
            found += await take(conn, venue_id, [period_id], **more)
            if len(period_ids) > 1 and period_id == period_ids[0]:
                async with asyncio.timeout(60):
                    await first.wait()  # until each has locked one
        return found

    monkeypatch.setattr(periods, "take_rows", unsorted)
    outcomes = await cross(pools, partner, 1, later=2)
    assert kinds(outcomes)["DeadlockDetectedError"] == 1


async def test_two_moves_of_one_reservation_are_done_one_after_the_other(
    pools: tuple[Pool, Pool], partner: Booker
) -> None:
    one = await booked(pools[0], order(1), partner)
    outcomes = await together(
        [
            run(
                pools[number % 2], partial(moved, one=one, hours=24 * (number + 1), partner=partner)
            )
            for number in range(10)
        ]
    )
    assert kinds(outcomes) == {"Reservation": 1, "Stale": 9}
    assert await pools[0].fetch(RECOUNT) == []


async def test_another_size_and_another_time_at_once_both_stand(
    pools: tuple[Pool, Pool], partner: Booker
) -> None:
    """Neither rests on what the reservation was before the other."""
    for day in range(10):
        one = await booked(pools[0], order(day, starts=at(24 * day)), partner)
        work = [
            partial(alter, one=one, wish=Change(party_size=1), partner=partner),
            partial(alter, one=one, wish=Change(starts=at(24 * day + 1)), partner=partner),
        ]
        await together(run(pool, each) for pool, each in zip(pools, work, strict=True))
    rows = await pools[0].fetch("select party_size, starts from reservation order by starts")
    assert [tuple(row) for row in rows] == [(1, at(24 * day + 1)) for day in range(10)]


async def alter(
    conn: Connection, one: BookingResult, wish: Change, partner: Booker
) -> Reservation | LoggedRefusal:
    reservation_id = one.reservation.reservation_id
    return await change(conn, VENUE, reservation_id, wish, partner, CLOCK, version=None)
